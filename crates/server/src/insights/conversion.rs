//! 成交率: what became of what was sent.

use app::insights::{ConversionRow as Found, conversion as found};
use domain::base::Invalid;
use domain::insights::{ConversionBy, Counted};
use domain::quotes::days_before;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::today::TodaySum;
use crate::http::{AppState, Json, Query, SignedIn};
use crate::problem::Problem;
use crate::quotes::day_of;

/// A period, and by what quotations are put together.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ConversionQuery {
    /// `person`, `category` or `month`.
    by: String,
    /// First day of issue; 90 days before `to` when left out.
    from: Option<String>,
    /// Last day of issue; today when left out.
    to: Option<String>,
}

/// One group; the parts add up to `sent`.
#[derive(Serialize, ToSchema)]
pub struct ConversionRow {
    /// Of a person or a category; null for a month and for goods without a category.
    pub id: Option<i64>,
    /// A name, or `2026-05`.
    pub name: String,
    pub sent: TodaySum,
    pub signed: TodaySum,
    pub lost: TodaySum,
    pub cancelled: TodaySum,
    pub expired: TodaySum,
    pub open: TodaySum,
    /// Signed of sent by number, in tenths of a percent; null when nothing was sent.
    pub rate_permille: Option<i64>,
    /// The same by money.
    pub money_permille: Option<i64>,
}

/// What became of the quotations of a period.
#[derive(Serialize, ToSchema)]
pub struct ConversionBody {
    pub by: String,
    pub from: String,
    pub to: String,
    pub items: Vec<ConversionRow>,
}

const DAYS_USUAL: u32 = 90;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(conversion))
}

/// What became of the quotations that were issued in a period.
#[utoipa::path(get, path = "/api/insights/conversion", params(ConversionQuery), responses((status = 200, body = ConversionBody)))]
async fn conversion(
    who: SignedIn,
    Query(query): Query<ConversionQuery>,
) -> Result<Json<ConversionBody>, Problem> {
    let today = who.ctx.day(who.ctx.moment().await.map_err(app::AppError::from)?.now);
    let unknown = || Invalid::none_of("by", ConversionBy::ALL.map(ConversionBy::key));
    let by = ConversionBy::from_key(&query.by).ok_or_else(unknown)?;
    let to = day_of("to", query.to.as_deref())?.unwrap_or(today);
    let from = day_of("from", query.from.as_deref())?.unwrap_or(days_before(to, DAYS_USUAL));
    let rows = found(&who.ctx, &who.actor, by, from, to).await?;
    Ok(Json(ConversionBody {
        by: by.key().to_string(),
        from: from.to_string(),
        to: to.to_string(),
        items: rows.into_iter().map(row_of).collect(),
    }))
}

fn row_of(found: Found) -> ConversionRow {
    let sum = |it: Counted| TodaySum { count: it.count, net: it.net.to_yuan() };
    let figures = found.figures;
    ConversionRow {
        id: found.id,
        name: found.name,
        rate_permille: figures.rate_permille(),
        money_permille: figures.money_permille(),
        sent: sum(figures.sent),
        signed: sum(figures.signed),
        lost: sum(figures.lost),
        cancelled: sum(figures.cancelled),
        expired: sum(figures.expired),
        open: sum(figures.open),
    }
}
