//! Speed of hands: pasted lines, what was bought last, one quotation for several customers.

use app::quotes::{self, CopiedQuote as Copied, LastBought as Bought, PastedView};
use axum::http::StatusCode;
use domain::base::{CustomerId, QuoteId, UnitPrice};
use domain::quotes::Confidence;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lines::{LineProduct, product_of};
use crate::http::{AppState, Json, Path, Query, Ref, SignedIn};
use crate::problem::Problem;

/// A text from a chat or a sheet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasteRequest {
    pub text: String,
}

/// One thing of the text.
#[derive(Serialize, ToSchema)]
pub struct PastedThing {
    /// As it was pasted.
    pub text: String,
    /// What of it names the goods.
    pub words: String,
    /// Null when it says no number.
    pub qty: Option<String>,
    /// The unit as the best product writes it, else as it was pasted; null when it says none.
    pub unit: Option<String>,
    /// `sure`, `likely` (to be looked at) or `none`.
    pub confidence: String,
    /// What it may mean, the best first.
    pub products: Vec<LineProduct>,
}

/// The things of the text in their order.
#[derive(Serialize, ToSchema)]
pub struct PastedThings {
    pub items: Vec<PastedThing>,
}

/// For whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RecentQuery {
    customer: i64,
}

/// A product as the customer bought it last.
#[derive(Serialize, ToSchema)]
pub struct BoughtProduct {
    pub product: LineProduct,
    pub qty: String,
    pub unit: String,
    /// What one of the unit cost then.
    pub price_then: Option<String>,
    /// What it costs now; null when it has no price.
    pub price_now: Option<String>,
    pub day: String,
    /// Of the quotation.
    pub number: String,
}

/// What this customer bought last, and what this person quoted lately; the newest first.
#[derive(Serialize, ToSchema)]
pub struct RecentProducts {
    pub bought: Vec<BoughtProduct>,
    pub own: Vec<LineProduct>,
}

/// For whom a quotation is made again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopiesRequest {
    pub customer_ids: Vec<i64>,
}

/// A draft that was made.
#[derive(Serialize, ToSchema)]
pub struct CopiedQuote {
    pub id: i64,
    pub customer: Ref,
}

/// The drafts that were made, in the order of the customers.
#[derive(Serialize, ToSchema)]
pub struct CopiedQuotes {
    pub items: Vec<CopiedQuote>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(paste)).routes(routes!(recent)).routes(routes!(copies))
}

/// Read a text from a chat or a sheet as lines; saves nothing.
#[utoipa::path(post, path = "/api/quotes/paste", responses((status = 200, body = PastedThings)))]
async fn paste(who: SignedIn, Json(body): Json<PasteRequest>) -> Result<Json<PastedThings>, Problem> {
    let read = quotes::read_pasted_lines(&who.ctx, &who.actor, &body.text).await?;
    Ok(Json(PastedThings { items: read.into_iter().map(thing_of).collect() }))
}

/// What this customer bought last, and what this person quoted lately.
#[utoipa::path(get, path = "/api/quotes/recent-products", params(RecentQuery), responses((status = 200, body = RecentProducts)))]
async fn recent(who: SignedIn, Query(query): Query<RecentQuery>) -> Result<Json<RecentProducts>, Problem> {
    let found = quotes::recent_products(&who.ctx, &who.actor, CustomerId(query.customer)).await?;
    Ok(Json(RecentProducts {
        bought: found.bought.into_iter().map(bought_of).collect(),
        own: found.own.iter().map(product_of).collect(),
    }))
}

/// New drafts with the same lines for other customers, each at their own prices.
#[utoipa::path(post, path = "/api/quotes/{id}/copies", params(("id" = i64, Path)), responses((status = 201, body = CopiedQuotes)))]
async fn copies(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<CopiesRequest>,
) -> Result<(StatusCode, Json<CopiedQuotes>), Problem> {
    let customers = body.customer_ids.into_iter().map(CustomerId).collect();
    let made = quotes::copy_for_customers(&who.ctx, &who.actor, QuoteId(id), customers).await?;
    let copy =
        |it: Copied| CopiedQuote { id: it.id.0, customer: Ref { id: it.customer.0.0, name: it.customer.1 } };
    Ok((StatusCode::CREATED, Json(CopiedQuotes { items: made.into_iter().map(copy).collect() })))
}

fn thing_of(view: PastedView) -> PastedThing {
    let confidence = match view.confidence {
        Confidence::Sure => "sure",
        Confidence::Likely => "likely",
        Confidence::None => "none",
    };
    PastedThing {
        text: view.line.text,
        words: view.line.words,
        qty: view.line.qty.map(|qty| qty.to_text()),
        unit: view.unit.or(view.line.unit),
        confidence: confidence.to_string(),
        products: view.products.iter().map(product_of).collect(),
    }
}

fn bought_of(it: Bought) -> BoughtProduct {
    BoughtProduct {
        product: product_of(&it.product),
        qty: it.qty.to_text(),
        unit: it.unit,
        price_then: it.then.map(UnitPrice::to_yuan),
        price_now: it.now.map(UnitPrice::to_yuan),
        day: it.day.to_string(),
        number: it.number,
    }
}
