//! The operations on what a customer calls our products.

use app::customers::{self, MeantProduct, NewItemCode as AskedCode};
use domain::base::{CustomerId, FieldFault, Invalid, ProductId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Json, Path, SignedIn};
use crate::problem::Problem;

/// What a customer calls our products, in the order of the codes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemCodes {
    pub items: Vec<ItemCode>,
}

/// A product by the customer's own code.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemCode {
    pub product_id: i64,
    pub product_code: String,
    pub product_name: String,
    pub spec: String,
    pub archived: bool,
    /// As the customer writes it.
    pub code: String,
}

/// Codes to put and to take away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemCodesChange {
    #[serde(default)]
    pub put: Vec<NewItemCode>,
    /// Products whose code goes.
    #[serde(default)]
    pub delete: Vec<i64>,
}

/// A code for a product, which is said by its id or by our own code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewItemCode {
    pub product_id: Option<i64>,
    pub product_code: Option<String>,
    pub code: String,
}

/// What a customer calls our products.
#[utoipa::path(get, path = "/api/customers/{id}/item_codes", params(("id" = i64, Path)),
    responses((status = 200, body = ItemCodes)))]
pub async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Json<ItemCodes>, Problem> {
    Ok(Json(seen(&who, CustomerId(id)).await?))
}

/// Change what a customer calls our products: all of it, or nothing and the rows that are wrong.
#[utoipa::path(put, path = "/api/customers/{id}/item_codes", params(("id" = i64, Path)),
    request_body = ItemCodesChange, responses((status = 200, body = ItemCodes)))]
pub async fn change(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ItemCodesChange>,
) -> Result<Json<ItemCodes>, Problem> {
    let mut put = Vec::with_capacity(body.put.len());
    for (place, row) in body.put.into_iter().enumerate() {
        put.push(row.asked(place)?);
    }
    let delete = body.delete.into_iter().map(ProductId).collect();
    customers::change_item_codes(&who.ctx, &who.actor, CustomerId(id), put, delete).await?;
    Ok(Json(seen(&who, CustomerId(id)).await?))
}

impl NewItemCode {
    fn asked(self, place: usize) -> Result<AskedCode, Invalid> {
        let product = match (self.product_id, self.product_code) {
            (Some(id), None) => MeantProduct::Id(ProductId(id)),
            (None, Some(code)) => MeantProduct::Code(code),
            _ => return Err(Invalid::one(format!("put[{place}].product_id"), FieldFault::Missing)),
        };
        Ok(AskedCode { product, code: self.code })
    }
}

async fn seen(who: &SignedIn, id: CustomerId) -> Result<ItemCodes, Problem> {
    let codes = customers::item_codes(&who.ctx, &who.actor, id).await?;
    let code = |it: customers::ItemCode| ItemCode {
        product_id: it.product.0,
        product_code: it.product_code,
        product_name: it.product_name,
        spec: it.spec,
        archived: it.archived,
        code: it.code,
    };
    Ok(ItemCodes { items: codes.into_iter().map(code).collect() })
}
