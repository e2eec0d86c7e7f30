//! The operations on drafts, from the first row to their publication.

use app::AppError;
use app::config::{self, DraftRowsAsked};
use axum::http::StatusCode;
use domain::base::{DraftId, Limit};
use domain::config::PAGE_ROWS_MAX;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::{Diff, ReasonGiven, RowPaging, key_mark};
use super::wire_drafts::{
    Checks, Draft, DraftEdit, DraftPage, DraftRow, DraftRowPage, DraftRowsWanted, DraftsWanted,
    RebaseChoices, RisksSeen, RowsChange, RowsChanged, Submitted,
};
use crate::http::{
    AppState, IfMatch, Json, Paging, Path, Query, SignedIn, Versioned, mark, mark_of, or_current,
};
use crate::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read, retitle, discard))
        .routes(routes!(rows, put_rows))
        .routes(routes!(checks))
        .routes(routes!(diff))
        .routes(routes!(submit))
        .routes(routes!(send_back))
        .routes(routes!(confirm))
        .routes(routes!(publish))
        .routes(routes!(rebase))
}

/// Drafts, newest first.
#[utoipa::path(get, path = "/api/config/drafts", params(DraftsWanted), responses((status = 200, body = DraftPage)))]
async fn list(who: SignedIn, Query(wanted): Query<DraftsWanted>) -> Result<Json<DraftPage>, Problem> {
    let asked = wanted.asked()?;
    let paging = Paging { limit: wanted.limit, after: wanted.after };
    let (before, limit) = (paging.after()?, paging.limit()?);
    let (found, next) = config::drafts(&who.ctx, &who.actor, asked, before, limit).await?;
    let items = found.into_iter().map(Draft::from).collect();
    Ok(Json(DraftPage { items, next: next.map(|id| mark(&id)) }))
}

/// One draft.
#[utoipa::path(get, path = "/api/config/drafts/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Draft)))]
async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Versioned<Draft>, Problem> {
    seen(&who, DraftId(id)).await
}

/// Give a draft another title or note.
#[utoipa::path(patch, path = "/api/config/drafts/{id}", params(("id" = i64, Path)), request_body = DraftEdit,
    responses((status = 200, body = Draft)))]
async fn retitle(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<DraftEdit>,
) -> Result<Versioned<Draft>, Problem> {
    let (id, text) = (DraftId(id), (body.title, body.note));
    let outcome = config::retitle_draft(&who.ctx, &who.actor, id, version, text).await;
    or_now(&who, id, outcome).await?;
    seen(&who, id).await
}

/// Throw a draft away.
#[utoipa::path(delete, path = "/api/config/drafts/{id}",
    params(("id" = i64, Path), ("If-Match" = String, Header)), responses((status = 204)))]
async fn discard(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Problem> {
    let outcome = config::discard_draft(&who.ctx, &who.actor, DraftId(id), version).await;
    or_now(&who, DraftId(id), outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A page of the rows of a draft, each beside the base's.
#[utoipa::path(get, path = "/api/config/drafts/{id}/rows", params(("id" = i64, Path), DraftRowsWanted),
    responses((status = 200, body = DraftRowPage)))]
async fn rows(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wanted): Query<DraftRowsWanted>,
) -> Result<Json<DraftRowPage>, Problem> {
    let asked = DraftRowsAsked {
        search: wanted.q.unwrap_or_default(),
        changed_only: wanted.changed_only.unwrap_or(false),
        after: mark_of(wanted.after.as_deref())?,
        limit: Limit::new(wanted.limit, PAGE_ROWS_MAX)?,
    };
    let page = config::draft_rows(&who.ctx, &who.actor, DraftId(id), asked).await?;
    let items = page.rows.into_iter().map(DraftRow::from).collect();
    Ok(Json(DraftRowPage { items, next: key_mark(page.next), total: page.total }))
}

/// Put rows and take rows away.
#[utoipa::path(put, path = "/api/config/drafts/{id}/rows", params(("id" = i64, Path)), request_body = RowsChange,
    responses((status = 200, body = RowsChanged)))]
async fn put_rows(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<RowsChange>,
) -> Result<Versioned<RowsChanged>, Problem> {
    let id = DraftId(id);
    let outcome = config::put_rows(&who.ctx, &who.actor, id, version, body.split()).await;
    let rows = or_now(&who, id, outcome).await?.into_iter().map(DraftRow::from).collect();
    let Versioned(version, draft) = seen(&who, id).await?;
    Ok(Versioned(version, RowsChanged { draft, rows }))
}

/// What must be mended before publishing, and what is only told.
#[utoipa::path(get, path = "/api/config/drafts/{id}/checks", params(("id" = i64, Path)),
    responses((status = 200, body = Checks)))]
async fn checks(who: SignedIn, Path(id): Path<i64>) -> Result<Json<Checks>, Problem> {
    Ok(Json(config::checks(&who.ctx, &who.actor, DraftId(id)).await?.into()))
}

/// What a draft changes.
#[utoipa::path(get, path = "/api/config/drafts/{id}/diff", params(("id" = i64, Path), RowPaging),
    responses((status = 200, body = Diff)))]
async fn diff(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(paging): Query<RowPaging>,
) -> Result<Json<Diff>, Problem> {
    Ok(Json(config::draft_diff(&who.ctx, &who.actor, DraftId(id), paging.page()?).await?.into()))
}

/// Hand a draft to a second person.
#[utoipa::path(post, path = "/api/config/drafts/{id}/submit", params(("id" = i64, Path)), request_body = Submitted,
    responses((status = 200, body = Draft)))]
async fn submit(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<Submitted>,
) -> Result<Versioned<Draft>, Problem> {
    config::submit(&who.ctx, &who.actor, DraftId(id), body.into()).await?;
    seen(&who, DraftId(id)).await
}

/// Give a draft back to its author.
#[utoipa::path(post, path = "/api/config/drafts/{id}/return", params(("id" = i64, Path)),
    request_body = ReasonGiven, responses((status = 200, body = Draft)))]
async fn send_back(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ReasonGiven>,
) -> Result<Versioned<Draft>, Problem> {
    config::return_draft(&who.ctx, &who.actor, DraftId(id), &body.reason).await?;
    seen(&who, DraftId(id)).await
}

/// Confirm a draft as the second person.
#[utoipa::path(post, path = "/api/config/drafts/{id}/confirm", params(("id" = i64, Path)),
    request_body = RisksSeen, responses((status = 200, body = Draft)))]
async fn confirm(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<RisksSeen>,
) -> Result<Versioned<Draft>, Problem> {
    config::confirm(&who.ctx, &who.actor, DraftId(id), body.seen.as_deref()).await?;
    seen(&who, DraftId(id)).await
}

/// Publish a confirmed draft, at once or at its moment.
#[utoipa::path(post, path = "/api/config/drafts/{id}/publish", params(("id" = i64, Path)),
    request_body = RisksSeen, responses((status = 200, body = Draft)))]
async fn publish(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<RisksSeen>,
) -> Result<Versioned<Draft>, Problem> {
    config::publish(&who.ctx, &who.actor, DraftId(id), body.seen.as_deref()).await?;
    seen(&who, DraftId(id)).await
}

/// Bring a draft onto the newest revision.
#[utoipa::path(post, path = "/api/config/drafts/{id}/rebase", params(("id" = i64, Path)),
    request_body = RebaseChoices, responses((status = 200, body = Draft)))]
async fn rebase(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<RebaseChoices>,
) -> Result<Versioned<Draft>, Problem> {
    let choices = body.choices.into_iter().map(|(key, choice)| (key, choice.into())).collect();
    config::rebase_draft(&who.ctx, &who.actor, DraftId(id), choices).await?;
    seen(&who, DraftId(id)).await
}

/// The draft as this person sees it now.
pub(super) async fn seen(who: &SignedIn, id: DraftId) -> Result<Versioned<Draft>, Problem> {
    let view = config::draft(&who.ctx, &who.actor, id).await?;
    Ok(Versioned(view.draft.version, view.into()))
}

/// The outcome of an edit, or the draft as somebody else has left it.
async fn or_now<T>(who: &SignedIn, id: DraftId, outcome: Result<T, AppError>) -> Result<T, Problem> {
    or_current(outcome, async {
        let Versioned(_, draft) = seen(who, id).await?;
        let by = Some(draft.author.name.clone());
        Ok((draft, by))
    })
    .await
}
