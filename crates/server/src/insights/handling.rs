//! 处理时长: how much active time a quotation takes.

use app::insights::{HandlingTimes, handling_times};
use domain::base::{Date, PersonId};
use domain::quotes::days_before;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, Query, Ref, SignedIn};
use crate::problem::Problem;
use crate::quotes::day_of;

/// A period, and the seed that draws the sample.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct HandlingQuery {
    /// First day of issue; 30 days before `to` when left out.
    from: Option<String>,
    /// Last day of issue; today when left out.
    to: Option<String>,
    seed: Option<u64>,
}

/// P50 and P90 (nearest rank) of active time over a sample of issued quotations.
#[derive(Serialize, ToSchema)]
pub struct HandlingTimeBody {
    pub from: String,
    pub to: String,
    pub seed: u64,
    /// Size of the sample.
    pub n: usize,
    /// Issued quotations with a mark of opening.
    pub population: usize,
    pub p50_seconds: Option<i64>,
    pub p90_seconds: Option<i64>,
    pub by_owner: Vec<OwnerTimeBody>,
    pub sample: Vec<MeasuredQuoteBody>,
    pub next: Option<String>,
}

/// The measure of one owner's quotations in the sample.
#[derive(Serialize, ToSchema)]
pub struct OwnerTimeBody {
    pub owner: Ref,
    pub n: usize,
    pub p50_seconds: i64,
    pub p90_seconds: i64,
}

/// One quotation of the sample.
#[derive(Serialize, ToSchema)]
pub struct MeasuredQuoteBody {
    pub quote_id: i64,
    pub number: Option<String>,
    pub customer: Ref,
    pub owner: Ref,
    pub line_count: i64,
    pub active_seconds: i64,
    pub opened_at: i64,
    pub issued_at: i64,
}

const DAYS_USUAL: u32 = 29;
const SEED_USUAL: u64 = 1;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(handling))
}

/// How much active time quotations took in a period.
#[utoipa::path(get, path = "/api/insights/handling-time", params(HandlingQuery), responses((status = 200, body = HandlingTimeBody)))]
async fn handling(
    who: SignedIn,
    Query(query): Query<HandlingQuery>,
) -> Result<Json<HandlingTimeBody>, Problem> {
    let today = who.ctx.day(who.ctx.moment().await.map_err(app::AppError::from)?.now);
    let to = day_of("to", query.to.as_deref())?.unwrap_or(today);
    let from = day_of("from", query.from.as_deref())?.unwrap_or(days_before(to, DAYS_USUAL));
    let seed = query.seed.unwrap_or(SEED_USUAL);
    let times = handling_times(&who.ctx, &who.actor, from, to, seed).await?;
    Ok(Json(body_of(times, from, to, seed)))
}

fn body_of(times: HandlingTimes, from: Date, to: Date, seed: u64) -> HandlingTimeBody {
    let name = |id: PersonId| {
        let found = times.owners.iter().find(|(owner, _)| *owner == id);
        Ref { id: id.0, name: found.map(|(_, name)| name.clone()).unwrap_or_default() }
    };
    let by_owner = times.figures.by_owner.iter().map(|it| OwnerTimeBody {
        owner: name(it.owner),
        n: it.n,
        p50_seconds: seconds(it.p50_ms),
        p90_seconds: seconds(it.p90_ms),
    });
    let sample = times.sample.iter().map(|it| MeasuredQuoteBody {
        quote_id: it.measured.quote.0,
        number: it.quote.number.clone(),
        customer: Ref { id: it.quote.customer.0.0, name: it.quote.customer.1.clone() },
        owner: Ref { id: it.quote.owner.0.0, name: it.quote.owner.1.clone() },
        line_count: it.quote.line_count,
        active_seconds: seconds(it.measured.active_ms),
        opened_at: it.measured.opened_at.0,
        issued_at: it.measured.issued_at.0,
    });
    HandlingTimeBody {
        from: from.to_string(),
        to: to.to_string(),
        seed,
        n: times.figures.sample.len(),
        population: times.figures.population,
        p50_seconds: times.figures.p50_ms.map(seconds),
        p90_seconds: times.figures.p90_ms.map(seconds),
        by_owner: by_owner.collect(),
        sample: sample.collect(),
        next: None,
    }
}

fn seconds(ms: i64) -> i64 {
    (ms + 500).div_euclid(1_000)
}
