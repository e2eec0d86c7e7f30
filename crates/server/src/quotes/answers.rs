//! What a customer pays for a product today and why, and who pays what for it.

use app::quotes::{self, OtherPrice, PaidPrices as AppPaid, PriceAnswer as AppAnswer, PriceAsked};
use domain::base::{CustomerId, FieldFault, Invalid, ProductId, Qty, UnitPrice};
use domain::pricing::read_qty;
use domain::words::price_rows;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lines::PricedLine;
use crate::http::{AppState, Json, Path, Query, SignedIn};
use crate::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(answer)).routes(routes!(paid))
}

/// For whom and how much.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
struct AnswerWanted {
    customer: i64,
    /// One when left out.
    qty: Option<String>,
    /// The base unit when left out.
    unit: Option<String>,
}

/// Today's price of a product for a customer, by which rules, and what else his lists say.
#[derive(Serialize, ToSchema)]
pub struct PriceAnswer {
    pub day: String,
    pub includes_tax: bool,
    pub line: PricedLine,
    pub alternatives: Vec<AlternativePrice>,
}

/// A price that was not used.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlternativePrice {
    pub item_id: i64,
    pub n: i64,
    pub list_name: String,
    /// What its class is called: `区域价目表`.
    pub class_name: String,
    /// What the entry is for: the product, a series, a category, everything.
    pub goods: String,
    pub unit: String,
    pub min_qty: Option<String>,
    pub note: Option<String>,
    /// Null when it cannot be worked out.
    pub unit_price: Option<String>,
    /// Why it is not the price, in words.
    pub reason: String,
}

/// Who pays what for one base unit of a product today.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaidPrices {
    pub unit: String,
    pub includes_tax: bool,
    pub prices: Vec<PaidPrice>,
    /// Customers for whom there is no price.
    pub without: i64,
}

/// One price, and how many of the customers in sight pay it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaidPrice {
    pub item_id: Option<i64>,
    pub n: Option<i64>,
    pub list_name: String,
    pub class_name: String,
    pub tier: Option<String>,
    pub unit_price: String,
    pub customers: i64,
    /// Some of them by name.
    pub examples: Vec<String>,
}

/// What a customer pays for a product today, and why.
#[utoipa::path(get, path = "/api/products/{id}/answer", params(("id" = i64, Path), AnswerWanted),
    responses((status = 200, body = PriceAnswer)))]
async fn answer(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wanted): Query<AnswerWanted>,
) -> Result<Json<PriceAnswer>, Problem> {
    let not_a_figure = |_| Invalid::one("qty", FieldFault::Said(price_rows::QTY_WRONG.to_string()));
    let qty = wanted.qty.as_deref().map(read_qty).transpose().map_err(not_a_figure)?;
    let asked = PriceAsked {
        product: ProductId(id),
        customer: CustomerId(wanted.customer),
        qty: qty.unwrap_or(Qty::whole(1)),
        unit: wanted.unit,
    };
    Ok(Json(quotes::price_answer(&who.ctx, &who.actor, asked).await?.into()))
}

/// Who pays what for one base unit of a product today, among the customers that one sees.
#[utoipa::path(get, path = "/api/products/{id}/paid", params(("id" = i64, Path)),
    responses((status = 200, body = PaidPrices)))]
async fn paid(who: SignedIn, Path(id): Path<i64>) -> Result<Json<PaidPrices>, Problem> {
    Ok(Json(quotes::paid_prices(&who.ctx, &who.actor, ProductId(id)).await?.into()))
}

impl From<AppAnswer> for PriceAnswer {
    fn from(answer: AppAnswer) -> PriceAnswer {
        PriceAnswer {
            day: answer.day.to_string(),
            includes_tax: answer.includes_tax,
            line: answer.line.into(),
            alternatives: answer.alternatives.into_iter().map(AlternativePrice::from).collect(),
        }
    }
}

impl From<OtherPrice> for AlternativePrice {
    fn from(other: OtherPrice) -> AlternativePrice {
        let OtherPrice { alternative, goods, reason } = other;
        AlternativePrice {
            item_id: alternative.list.item.0,
            n: alternative.list.n,
            list_name: alternative.list_name,
            class_name: price_rows::class(alternative.class).to_string(),
            goods,
            unit: alternative.unit,
            min_qty: Some(alternative.min_qty).filter(|qty| *qty != Qty::ZERO).map(Qty::to_text),
            note: alternative.note,
            unit_price: alternative.unit_price.map(UnitPrice::to_yuan),
            reason,
        }
    }
}

impl From<AppPaid> for PaidPrices {
    fn from(paid: AppPaid) -> PaidPrices {
        let price = |it: quotes::PaidPrice| {
            let (item_id, n, list_name) = match it.list {
                Some((item, n, name)) => (Some(item.0), Some(n), name),
                None => (None, None, String::new()),
            };
            PaidPrice {
                item_id,
                n,
                list_name,
                class_name: price_rows::class(it.class).to_string(),
                tier: it.tier,
                unit_price: it.unit_price.to_yuan(),
                customers: it.customers,
                examples: it.examples,
            }
        };
        let prices = paid.prices.into_iter().map(price).collect();
        PaidPrices { unit: paid.unit, includes_tax: paid.includes_tax, prices, without: paid.without }
    }
}
