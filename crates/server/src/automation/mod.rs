//! Rules that are paused because they ran too often, and letting them go on.

use app::automation::{self, Held};
use axum::http::StatusCode;
use domain::base::{FieldFault, Invalid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, Path, SignedIn};
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

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(paused)).routes(routes!(resume))
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
        _ => return Err(Invalid::one("held", FieldFault::NoChoice).into()),
    };
    automation::resume_rule(&who.ctx, &who.actor, &key, held).await?;
    Ok(StatusCode::NO_CONTENT)
}
