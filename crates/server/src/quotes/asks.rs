//! Asking somebody who may (请处理): what goes beyond one's limit waits for them.

use app::quotes;
use domain::base::{PersonId, QuoteId};
use domain::quotes::AskOutcome;
use domain::words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers::{or_now, versioned};
use super::wire::{Quote, ReasonRequest};
use crate::http::{AppState, Empty, IfMatchMaybe, Json, Path, Ref, SignedIn, Versioned};
use crate::problem::Problem;

/// Who is asked, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskRequest {
    /// One of `askable`.
    pub person_id: i64,
    pub reason: String,
}

/// Who was asked to decide on a draft, by whom and why.
#[derive(Serialize, ToSchema)]
pub struct QuoteAsk {
    pub by: Ref,
    pub to: Ref,
    pub reason: String,
    /// How far the draft went beyond the limits of whoever asked.
    pub beyond: String,
    /// What it came to then.
    pub net: String,
    pub at: i64,
    /// The draft is another since.
    pub changed: bool,
    /// When it came back, and with which words; null while it waits, or is in the hands of whoever took it over.
    pub given_back_at: Option<i64>,
    pub words: Option<String>,
}

/// What others changed in a draft that the reader had written or asked for.
#[derive(Serialize, ToSchema)]
pub struct QuoteChanged {
    /// Their names, the first of them first.
    pub by: Vec<String>,
    /// Each change as a sentence: what it was and what it is.
    pub changes: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

impl From<quotes::ChangedView> for QuoteChanged {
    fn from(changed: quotes::ChangedView) -> QuoteChanged {
        let quotes::ChangedView { by, changes, more } = changed;
        QuoteChanged { by, changes, more }
    }
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(ask)).routes(routes!(give_back)).routes(routes!(withdraw))
}

/// Ask somebody who may to decide on a draft beyond one's own limits. Nobody is asked, where `If-Match` names the version
/// in sight, for what somebody has changed since.
#[utoipa::path(post, path = "/api/quotes/{id}/ask",
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header, description = "The version in sight.")),
    responses((status = 200, body = Quote)))]
async fn ask(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatchMaybe(seen): IfMatchMaybe,
    Json(body): Json<AskRequest>,
) -> Result<Versioned<Quote>, Problem> {
    let AskRequest { person_id, reason } = body;
    let to = PersonId(person_id);
    let asked = quotes::ask_for_quote(&who.ctx, &who.actor, (QuoteId(id), seen), to, &reason).await;
    or_now(&who, id, asked).await
}

/// Give a draft back that one was asked to decide on, with a word.
#[utoipa::path(post, path = "/api/quotes/{id}/ask/give-back", params(("id" = i64, Path)), responses((status = 200, body = Quote)))]
async fn give_back(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ReasonRequest>,
) -> Result<Versioned<Quote>, Problem> {
    Ok(versioned(quotes::give_back_quote(&who.ctx, &who.actor, QuoteId(id), &body.reason).await?))
}

/// Take back what one asked.
#[utoipa::path(post, path = "/api/quotes/{id}/ask/withdraw", params(("id" = i64, Path)), request_body = Empty, responses((status = 200, body = Quote)))]
async fn withdraw(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(Empty {}): Json<Empty>,
) -> Result<Versioned<Quote>, Problem> {
    Ok(versioned(quotes::withdraw_ask(&who.ctx, &who.actor, QuoteId(id)).await?))
}

/// What was asked, beside the draft as it stands at `version`.
pub(super) fn ask_of(ask: domain::quotes::Ask, version: i64) -> QuoteAsk {
    let changed = ask.changed(version);
    let back = ask.end.filter(|end| end.outcome == AskOutcome::GivenBack);
    QuoteAsk {
        changed,
        beyond: words::quotes::beyond(&ask.beyond),
        by: Ref { id: ask.by.0.0, name: ask.by.1 },
        to: Ref { id: ask.to.0.0, name: ask.to.1 },
        reason: ask.reason,
        net: ask.net.to_yuan(),
        at: ask.at.0,
        given_back_at: back.as_ref().map(|end| end.at.0),
        words: back.map(|end| end.words),
    }
}
