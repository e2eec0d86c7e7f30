//! Rules that are paused because they ran too often, and letting them go on; what the clock could not do, and trying it
//! again.

use app::automation::{self, Held};
use axum::http::StatusCode;
use domain::base::Invalid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Empty, Json, Path, SignedIn};
use crate::problem::Problem;

/// A rule that is paused. Moments are milliseconds.
#[derive(Serialize, ToSchema)]
pub struct PausedRule {
    pub key: String,
    pub name: String,
    pub paused_at: i64,
    /// How often it had run within an hour.
    pub fires: i64,
    /// How many times it would have run since.
    pub held: i64,
}

/// All rules that are paused, and whether one may let them go on.
#[derive(Serialize, ToSchema)]
pub struct PausedRules {
    pub items: Vec<PausedRule>,
    pub may_resume: bool,
}

/// How a rule goes on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeRule {
    /// What becomes of what waits: `run` or `drop`.
    pub held: String,
}

/// What the clock could not do and does not try again by itself.
#[derive(Serialize, ToSchema)]
pub struct LaidAside {
    /// Events that could not be looked at: no rule was started by them.
    pub events: i64,
    /// Timers of rules that could not be carried out.
    pub timers: i64,
}

impl From<automation::Aside> for LaidAside {
    fn from(aside: automation::Aside) -> LaidAside {
        LaidAside { events: aside.events, timers: aside.timers }
    }
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(paused))
        .routes(routes!(resume))
        .routes(routes!(aside))
        .routes(routes!(try_again))
}

/// The rules that were paused because they ran too often.
#[utoipa::path(get, path = "/api/rules/paused", responses((status = 200, body = PausedRules)))]
async fn paused(who: SignedIn) -> Result<Json<PausedRules>, Problem> {
    let found = automation::paused_rules(&who.ctx, &who.actor).await?;
    let rule = |it: automation::PausedRule| PausedRule {
        key: it.key,
        name: it.name,
        paused_at: it.paused_at.0,
        fires: it.fires,
        held: it.held,
    };
    Ok(Json(PausedRules { items: found.items.into_iter().map(rule).collect(), may_resume: found.may_resume }))
}

/// Let a paused rule go on.
#[utoipa::path(post, path = "/api/rules/{key}/resume", params(("key" = String, Path)), responses((status = 204)))]
async fn resume(
    who: SignedIn,
    Path(key): Path<String>,
    Json(body): Json<ResumeRule>,
) -> Result<StatusCode, Problem> {
    let held = match body.held.as_str() {
        "run" => Held::Run,
        "drop" => Held::Drop,
        _ => return Err(Invalid::none_of("held", ["run", "drop"]).into()),
    };
    automation::resume_rule(&who.ctx, &who.actor, &key, held).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the clock could not do and has laid aside.
#[utoipa::path(get, path = "/api/clock/aside", responses((status = 200, body = LaidAside)))]
async fn aside(who: SignedIn) -> Result<Json<LaidAside>, Problem> {
    Ok(Json(automation::aside(&who.ctx, &who.actor).await?.into()))
}

/// Have all that the clock has laid aside tried again; says how much that is.
#[utoipa::path(post, path = "/api/clock/retry", request_body = Empty, responses((status = 200, body = LaidAside)))]
async fn try_again(who: SignedIn, Json(Empty {}): Json<Empty>) -> Result<Json<LaidAside>, Problem> {
    Ok(Json(automation::try_again(&who.ctx, &who.actor).await?.into()))
}
