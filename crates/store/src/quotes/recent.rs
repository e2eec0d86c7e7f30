//! What a customer bought last, and what a person quoted lately.

use domain::base::{CustomerId, Date, PersonId, ProductId, Qty, UnitPrice};

use super::head::opt_day;
use crate::{Row, StoreError, Tx, params};

/// A product as a customer bought it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoughtLine {
    pub product: ProductId,
    pub qty: Qty,
    pub unit: String,
    pub unit_price: Option<UnitPrice>,
    pub day: Date,
    pub number: String,
}

const LAST_BOUGHT: &str = "
    SELECT product_id, qty, unit, unit_price, signed_day, number FROM (
        SELECT l.product_id, l.qty, l.unit, l.unit_price, s.signed_day, k.number, s.id AS order_id, l.ord,
            ROW_NUMBER() OVER (PARTITION BY l.product_id ORDER BY s.signed_day DESC, s.id DESC, l.ord) AS nth
        FROM sales_order s
        JOIN quote q ON q.id = s.quote_id
        JOIN quote_chain k ON k.id = q.chain_id
        JOIN quote_line l ON l.quote_id = q.id
        WHERE s.customer_id = $1 AND l.product_id IS NOT NULL
    ) AS bought
    WHERE nth = 1 ORDER BY signed_day DESC, order_id DESC, ord LIMIT $2";
const QUOTED_LATELY: &str = "
    SELECT l.product_id, MAX(q.updated_at) AS at
    FROM quote q JOIN quote_line l ON l.quote_id = q.id
    WHERE q.owner_id = $1 AND q.listed_day >= $2 AND l.product_id IS NOT NULL
    GROUP BY l.product_id ORDER BY at DESC, l.product_id LIMIT $3";

/// The products of the catalogue that a customer bought, each as it was bought last, the newest first.
pub async fn last_bought(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    limit: u32,
) -> Result<Vec<BoughtLine>, StoreError> {
    tx.query(LAST_BOUGHT, params![customer, limit]).await?.iter().map(bought_of).collect()
}

/// The products of the catalogue in a person's own quotations since a day, the newest first.
pub async fn quoted_lately(
    tx: &mut Tx<'_>,
    person: PersonId,
    since: Date,
    limit: u32,
) -> Result<Vec<ProductId>, StoreError> {
    let rows = tx.query(QUOTED_LATELY, params![person, since, limit]).await?;
    rows.iter().map(|row| Ok(ProductId(row.int("product_id")?))).collect()
}

fn bought_of(row: &Row) -> Result<BoughtLine, StoreError> {
    let day = opt_day(row, "signed_day")?;
    Ok(BoughtLine {
        product: ProductId(row.int("product_id")?),
        qty: Qty(row.int("qty")?),
        unit: row.text("unit")?,
        unit_price: row.opt_int("unit_price")?.map(UnitPrice),
        day: day.ok_or_else(|| StoreError::Decode("signed_day is null".to_string()))?,
        number: row.text("number")?,
    })
}
