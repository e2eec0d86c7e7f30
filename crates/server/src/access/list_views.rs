//! Views of lists: each person's own.

use app::AppError;
use app::access::{self, ListView as Kept};
use axum::http::StatusCode;
use domain::access::{Actor, ListName, Right, ViewSettings};
use domain::base::{FieldFault, Invalid};
use domain::customers::CustomerColumn;
use domain::quotes::{OrderColumn, QuoteColumn};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::customers::CustomersWanted;
use crate::http::{AppState, Json, Path, Query, SignedIn, columns_of, read_query};
use crate::orders::OrderQuery;
use crate::problem::Problem;
use crate::quotes::QuoteQuery;

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
    can_be_opened(&who.actor, list, &settings)?;
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
    ListName::from_key(key).ok_or_else(|| Invalid::none_of("list", ListName::ALL.map(ListName::key)))
}

/// What the list itself would refuse is refused here: a view that is kept can be opened.
fn can_be_opened(actor: &Actor, list: ListName, settings: &ViewSettings) -> Result<(), Problem> {
    let query = query_of(settings)?;
    let read = match list {
        ListName::Quotes => read_query::<QuoteQuery>(&query).and_then(|query| query.listing().map(drop)),
        ListName::Orders => read_query::<OrderQuery>(&query).and_then(|query| query.listing().map(drop)),
        ListName::Customers => read_query::<CustomersWanted>(&query).map(drop),
    };
    read.map_err(of_view)?;
    let columns = settings.columns.join(",");
    let needed = match list {
        ListName::Quotes => {
            let columns = columns_of(&columns, QuoteColumn::ALL, QuoteColumn::key)?;
            columns.contains(&QuoteColumn::Margin).then_some(Right::PriceCost)
        }
        ListName::Orders => {
            let columns = columns_of(&columns, OrderColumn::ALL, OrderColumn::key)?;
            columns.contains(&OrderColumn::Net).then_some(Right::PriceRead)
        }
        ListName::Customers => {
            columns_of(&columns, CustomerColumn::ALL, CustomerColumn::key)?;
            None
        }
    };
    needed.map_or(Ok(()), |right| actor.need(right)).map_err(|refused| AppError::from(refused).into())
}

/// The query with which the view is opened.
fn query_of(settings: &ViewSettings) -> Result<String, Invalid> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in &settings.filters {
        // The page and the order are no filters.
        if ["limit", "after", "sort"].contains(&name.as_str()) {
            return Err(Invalid::one(format!("filters.{name}"), FieldFault::UnknownName));
        }
        query.append_pair(name, value);
    }
    if let Some(sort) = &settings.sort {
        query.append_pair("sort", sort);
    }
    Ok(query.finish())
}

/// The fault at its place in the view.
fn of_view(faults: Invalid) -> Invalid {
    let named = |(path, fault): (String, FieldFault)| match path.as_str() {
        "sort" => (path, fault),
        _ => (format!("filters.{path}"), fault),
    };
    Invalid { fields: faults.fields.into_iter().map(named).collect() }
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
