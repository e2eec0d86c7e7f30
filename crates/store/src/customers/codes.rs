//! What a customer calls our products.

use std::collections::BTreeMap;

use domain::base::{CustomerId, ProductId, fold_width};

use crate::{Ask, Row, StoreError, Tx, params};

/// A product by the customer's own code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemCode {
    pub product: ProductId,
    pub product_code: String,
    pub product_name: String,
    pub spec: String,
    pub archived: bool,
    /// As the customer writes it.
    pub code: String,
}

const ALL: &str = "
    SELECT k.product_id, k.code, p.code AS product_code, p.name, p.spec, p.archived
    FROM customer_item_code k JOIN product p ON p.id = k.product_id
    WHERE k.customer_id = $1 ORDER BY k.code_key, k.product_id LIMIT $2";
const CLEAR: &str = "DELETE FROM customer_item_code WHERE customer_id = $1 AND product_id = $2";
const PUT: &str = "
    INSERT INTO customer_item_code (customer_id, product_id, code, code_key) VALUES ($1, $2, $3, $4)";

/// As many as a customer can have.
const ALL_MAX: i64 = u32::MAX as i64;

/// The code as it is compared.
pub fn code_key(code: &str) -> String {
    fold_width(code).to_lowercase()
}

/// The customer's codes, in the order of the codes.
pub async fn item_codes(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<ItemCode>, StoreError> {
    tx.query(ALL, params![customer, limit]).await?.iter().map(code_of).collect()
}

/// The customer's codes by product.
pub async fn codes_by_product(
    tx: &mut Tx<'_>,
    customer: CustomerId,
) -> Result<BTreeMap<ProductId, String>, StoreError> {
    let all = item_codes(tx, customer, ALL_MAX).await?;
    Ok(all.into_iter().map(|code| (code.product, code.code)).collect())
}

/// What `codes_by_product` asks, for whoever asks more at once.
pub(crate) fn asks_codes(customer: CustomerId) -> Ask {
    Ask::of(ALL, params![customer, ALL_MAX])
}

/// Takes the customer's code of a product away, where there is one.
pub async fn clear_item_code(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    product: ProductId,
) -> Result<(), StoreError> {
    tx.exec(CLEAR, params![customer, product]).await?;
    Ok(())
}

/// Keeps the customer's code of a product that has none yet; the code must be free.
pub async fn put_item_code(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    product: ProductId,
    code: &str,
) -> Result<(), StoreError> {
    tx.exec(PUT, params![customer, product, code, code_key(code)]).await?;
    Ok(())
}

fn code_of(row: &Row) -> Result<ItemCode, StoreError> {
    Ok(ItemCode {
        product: ProductId(row.int("product_id")?),
        product_code: row.text("product_code")?,
        product_name: row.text("name")?,
        spec: row.text("spec")?,
        archived: row.flag("archived")?,
        code: row.text("code")?,
    })
}
