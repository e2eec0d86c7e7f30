//! Views of lists: each person's own.

use app::access::{self, ListView as Kept};
use axum::http::StatusCode;
use domain::access::{ListName, ViewSettings};
use domain::base::{FieldFault, Invalid};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, Path, Query, SignedIn};
use crate::problem::Problem;

/// Which list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ListViewQuery {
    /// `quotes`, `orders` or `customers`.
    list: String,
}

/// A view as it is kept: columns in their order, filters as they stand in the link, what it is sorted by.
#[derive(Serialize, ToSchema)]
pub struct ListView {
    pub id: i64,
    pub name: String,
    pub columns: Vec<String>,
    pub filters: BTreeMap<String, String>,
    pub sort: Option<String>,
}

/// The person's views of one list.
#[derive(Serialize, ToSchema)]
pub struct ListViews {
    pub items: Vec<ListView>,
}

/// A view to keep; one of the same name is replaced.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewListView {
    /// `quotes`, `orders` or `customers`.
    pub list: String,
    pub name: String,
    #[serde(default)]
    pub columns: Vec<String>,
    #[serde(default)]
    pub filters: BTreeMap<String, String>,
    #[serde(default)]
    pub sort: Option<String>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(views, keep)).routes(routes!(forget))
}

/// One's own views of a list.
#[utoipa::path(get, path = "/api/list-views", params(ListViewQuery), responses((status = 200, body = ListViews)))]
async fn views(who: SignedIn, Query(query): Query<ListViewQuery>) -> Result<Json<ListViews>, Problem> {
    Ok(Json(body_of(access::list_views(&who.ctx, &who.actor, list_of(&query.list)?).await?)))
}

/// Keep a view under its name.
#[utoipa::path(post, path = "/api/list-views", responses((status = 201, body = ListViews)))]
async fn keep(
    who: SignedIn,
    Json(body): Json<NewListView>,
) -> Result<(StatusCode, Json<ListViews>), Problem> {
    let list = list_of(&body.list)?;
    let settings = ViewSettings { columns: body.columns, filters: body.filters, sort: body.sort };
    let kept = access::keep_list_view(&who.ctx, &who.actor, list, &body.name, settings).await?;
    Ok((StatusCode::CREATED, Json(body_of(kept))))
}

/// Forget one of one's own views.
#[utoipa::path(delete, path = "/api/list-views/{id}", params(("id" = i64, Path)), responses((status = 204)))]
async fn forget(who: SignedIn, Path(id): Path<i64>) -> Result<StatusCode, Problem> {
    access::forget_list_view(&who.ctx, &who.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn list_of(key: &str) -> Result<ListName, Invalid> {
    ListName::from_key(key).ok_or_else(|| Invalid::one("list", FieldFault::NoChoice))
}

fn body_of(kept: Vec<Kept>) -> ListViews {
    let view = |it: Kept| ListView {
        id: it.id,
        name: it.name,
        columns: it.settings.columns,
        filters: it.settings.filters,
        sort: it.settings.sort,
    };
    ListViews { items: kept.into_iter().map(view).collect() }
}
