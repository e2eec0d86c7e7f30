//! What browsers say of those who work on a quotation.

use app::insights::{MarkText, note_activity};
use axum::http::StatusCode;
use domain::base::{Instant, QuoteId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, BareJson, Query, SignedIn};
use crate::problem::Problem;

/// Marks of activity, at most 100.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityBatch {
    pub events: Vec<ActivityEvent>,
}

/// One mark.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityEvent {
    /// Made by the browser; the same id twice is one mark.
    pub id: String,
    /// opened, first_input, focus, blur, active, idle, pdf.
    pub kind: String,
    pub quote_id: i64,
    /// By the browser's clock.
    pub at: i64,
    /// Of kind `active` only: how long the span was that ended.
    pub active_ms: Option<i64>,
}

/// A page that closes sends its last marks without headers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ActivityQuery {
    /// In place of the header Idempotency-Key; marks carry ids of their own.
    #[serde(rename = "key")]
    _key: Option<String>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(note))
}

/// Take in marks of activity; what is unknown or came before is left out without a word.
#[utoipa::path(post, path = "/api/activity", params(ActivityQuery), request_body = ActivityBatch, responses((status = 204)))]
async fn note(
    who: SignedIn,
    Query(ActivityQuery { _key: _ }): Query<ActivityQuery>,
    BareJson(batch): BareJson<ActivityBatch>,
) -> Result<StatusCode, Problem> {
    let marks = batch.events.into_iter().map(|event| MarkText {
        key: event.id,
        kind: event.kind,
        quote: QuoteId(event.quote_id),
        at: Instant(event.at),
        active_ms: event.active_ms,
    });
    note_activity(&who.ctx, &who.actor, marks.collect()).await?;
    Ok(StatusCode::NO_CONTENT)
}
