//! The operations on items: what is configured, its rows, its history, and the ways back.

use app::config::{self, RowsAsked};
use axum::http::StatusCode;
use domain::base::{Instant, Invalid, ItemId, Limit, OrgId, ProductId};
use domain::config::{Kind, PAGE_ROWS_MAX};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drafts::seen;
use super::wire::{
    Diff, Item, ItemList, ItemRow, NameGiven, NewItem, NewRegionalItem, ProductPrices, ReasonGiven, Revision,
    RevisionPage, RowPage, RowPaging,
};
use super::wire_drafts::{Draft, DraftsWanted, NewDraft, Rollback};
use crate::documents::{Inline, inline};
use crate::http::{AppState, Empty, Json, Paging, Path, Query, SignedIn, Versioned, mark, mark_of};
use crate::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(create_regional))
        .routes(routes!(picture))
        .routes(routes!(read, rename))
        .routes(routes!(retire))
        .routes(routes!(rows))
        .routes(routes!(revisions))
        .routes(routes!(diff))
        .routes(routes!(begin))
        .routes(routes!(roll_back))
        .routes(routes!(void))
        .routes(routes!(prices))
}

/// Which items.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
struct ItemsWanted {
    /// Of this kind only.
    kind: Option<String>,
    limit: Option<i64>,
    after: Option<String>,
}

/// Which rows of an item.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
struct RowsWanted {
    /// Of this revision, else of what is in force at `at`, else now.
    rev: Option<i64>,
    at: Option<i64>,
    /// Words of key, product code, name or pinyin initials.
    q: Option<String>,
    limit: Option<i64>,
    after: Option<String>,
}

/// Between which revisions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
struct DiffWanted {
    from: Option<i64>,
    /// When left out, what is in force.
    to: Option<i64>,
    limit: Option<i64>,
    after: Option<String>,
}

/// What is configured, by its number.
#[utoipa::path(get, path = "/api/config/items", params(ItemsWanted), responses((status = 200, body = ItemList)))]
async fn list(who: SignedIn, Query(wanted): Query<ItemsWanted>) -> Result<Json<ItemList>, Problem> {
    let unknown = || Invalid::none_of("kind", Kind::ALL.iter().map(|kind| kind.key()));
    let kind = wanted.kind.map(|kind| Kind::from_key(&kind).ok_or_else(unknown)).transpose()?;
    let paging = Paging { limit: wanted.limit, after: wanted.after };
    let page = (paging.after()?.map(ItemId), paging.limit()?);
    let (found, next) = config::items_page(&who.ctx, &who.actor, kind, page).await?;
    let items = found.into_iter().map(ItemRow::from).collect();
    Ok(Json(ItemList { items, next: next.map(|id| mark(&id)) }))
}

/// Make a price list; answers with its first draft.
#[utoipa::path(post, path = "/api/config/items", request_body = NewItem, responses((status = 201, body = Draft)))]
async fn make(who: SignedIn, Json(body): Json<NewItem>) -> Result<(StatusCode, Versioned<Draft>), Problem> {
    let (_, draft) = config::create_item(&who.ctx, &who.actor, body.asked()?).await?;
    Ok((StatusCode::CREATED, seen(&who, draft).await?))
}

/// Give an item another name.
#[utoipa::path(patch, path = "/api/config/items/{id}", params(("id" = i64, Path)), request_body = NameGiven,
    responses((status = 200, body = ItemRow)))]
async fn rename(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<NameGiven>,
) -> Result<Json<ItemRow>, Problem> {
    config::rename_item(&who.ctx, &who.actor, ItemId(id), &body.name).await?;
    Ok(Json(config::item(&who.ctx, &who.actor, ItemId(id)).await?.into()))
}

/// Take a price list out of use that gives no price any more.
#[utoipa::path(post, path = "/api/config/items/{id}/retire", params(("id" = i64, Path)),
    request_body = Empty, responses((status = 204)))]
async fn retire(who: SignedIn, Path(id): Path<i64>, _: Json<Empty>) -> Result<StatusCode, Problem> {
    config::retire_item(&who.ctx, &who.actor, ItemId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give a region an item of its own; the one that it has is given back.
#[utoipa::path(post, path = "/api/config/regional-items", request_body = NewRegionalItem, responses((status = 201, body = Item)))]
async fn create_regional(
    who: SignedIn,
    Json(body): Json<NewRegionalItem>,
) -> Result<(StatusCode, Json<Item>), Problem> {
    let unknown = || Invalid::none_of("kind", Kind::ALL.iter().map(|kind| kind.key()));
    let kind = Kind::from_key(&body.kind).ok_or_else(unknown)?;
    let id = config::create_regional(&who.ctx, &who.actor, kind, OrgId(body.org_id)).await?;
    let row = config::item(&who.ctx, &who.actor, id).await?.into();
    Ok((StatusCode::CREATED, Json(Item { row, drafts: Vec::new() })))
}

/// A picture that a row of the item names, in whichever revision or draft.
#[utoipa::path(get, path = "/api/config/items/{id}/pictures/{file}",
    params(("id" = i64, Path), ("file" = String, Path)),
    responses((status = 200, description = "The picture", content_type = "image/png")))]
async fn picture(who: SignedIn, Path((id, file)): Path<(i64, String)>) -> Result<Inline, Problem> {
    let content = config::picture(&who.ctx, &who.actor, ItemId(id), &file).await?;
    Ok(inline(content, "image/png", &format!("{file}.png")))
}

/// One item with its open drafts.
#[utoipa::path(get, path = "/api/config/items/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Item)))]
async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Json<Item>, Problem> {
    let row = config::item(&who.ctx, &who.actor, ItemId(id)).await?.into();
    let asked = DraftsWanted { item: Some(id), ..DraftsWanted::default() }.asked()?;
    let (drafts, _) = config::drafts(&who.ctx, &who.actor, asked, None, Limit::USUAL).await?;
    Ok(Json(Item { row, drafts: drafts.into_iter().map(Draft::from).collect() }))
}

/// A page of the rows of a revision.
#[utoipa::path(get, path = "/api/config/items/{id}/rows", params(("id" = i64, Path), RowsWanted),
    responses((status = 200, body = RowPage)))]
async fn rows(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wanted): Query<RowsWanted>,
) -> Result<Json<RowPage>, Problem> {
    let asked = RowsAsked {
        rev: wanted.rev,
        at: wanted.at.map(Instant),
        search: wanted.q.unwrap_or_default(),
        after: mark_of(wanted.after.as_deref())?,
        limit: Limit::new(wanted.limit, PAGE_ROWS_MAX)?,
    };
    Ok(Json(config::rows(&who.ctx, &who.actor, ItemId(id), asked).await?.into()))
}

/// The history of an item, newest first.
#[utoipa::path(get, path = "/api/config/items/{id}/revisions", params(("id" = i64, Path), Paging),
    responses((status = 200, body = RevisionPage)))]
async fn revisions(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(paging): Query<Paging>,
) -> Result<Json<RevisionPage>, Problem> {
    let (before, limit) = (paging.after()?, paging.limit()?);
    let (found, next) = config::revisions(&who.ctx, &who.actor, ItemId(id), before, limit).await?;
    let items = found.into_iter().map(Revision::from).collect();
    Ok(Json(RevisionPage { items, next: next.map(|n| mark(&n)) }))
}

/// What differs between two revisions.
#[utoipa::path(get, path = "/api/config/items/{id}/diff", params(("id" = i64, Path), DiffWanted),
    responses((status = 200, body = Diff)))]
async fn diff(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wanted): Query<DiffWanted>,
) -> Result<Json<Diff>, Problem> {
    let (after, limit) = RowPaging { limit: wanted.limit, after: wanted.after }.page()?;
    let between = (wanted.from, wanted.to);
    Ok(Json(config::diff(&who.ctx, &who.actor, ItemId(id), between, after, limit).await?.into()))
}

/// Begin a draft on the newest revision.
#[utoipa::path(post, path = "/api/config/items/{id}/drafts", params(("id" = i64, Path)), request_body = NewDraft,
    responses((status = 201, body = Draft)))]
async fn begin(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<NewDraft>,
) -> Result<(StatusCode, Versioned<Draft>), Problem> {
    let id = config::create_draft(&who.ctx, &who.actor, ItemId(id), &body.title).await?;
    Ok((StatusCode::CREATED, seen(&who, id).await?))
}

/// Restore the rows of an older revision as a new one.
#[utoipa::path(post, path = "/api/config/items/{id}/rollback", params(("id" = i64, Path)), request_body = Rollback,
    responses((status = 201, body = Draft)))]
async fn roll_back(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<Rollback>,
) -> Result<(StatusCode, Versioned<Draft>), Problem> {
    let (item, at) = (ItemId(id), body.effective_at.map(Instant));
    let id = config::roll_back(&who.ctx, &who.actor, item, body.to, &body.reason, at).await?;
    Ok((StatusCode::CREATED, seen(&who, id).await?))
}

/// Withdraw an older revision: nothing more is issued or signed on it.
#[utoipa::path(post, path = "/api/config/items/{id}/revisions/{n}/void",
    params(("id" = i64, Path), ("n" = i64, Path)), request_body = ReasonGiven,
    responses((status = 200, body = Revision)))]
async fn void(
    who: SignedIn,
    Path((id, n)): Path<(i64, i64)>,
    Json(body): Json<ReasonGiven>,
) -> Result<Json<Revision>, Problem> {
    config::void_revision(&who.ctx, &who.actor, ItemId(id), n, &body.reason).await?;
    Ok(Json(config::revision(&who.ctx, &who.actor, ItemId(id), n).await?.into()))
}

/// What a product cost, costs and will cost by the lists.
#[utoipa::path(get, path = "/api/products/{id}/prices", params(("id" = i64, Path)),
    responses((status = 200, body = ProductPrices)))]
async fn prices(who: SignedIn, Path(id): Path<i64>) -> Result<Json<ProductPrices>, Problem> {
    Ok(Json(config::product_prices(&who.ctx, &who.actor, ProductId(id)).await?.into()))
}
