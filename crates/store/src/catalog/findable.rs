//! Products as they are found: their texts for the memory of whoever looks, and what only the database knows of a search.

use std::collections::BTreeMap;

use domain::base::{CategoryId, CustomerId, ProductId, fold_width};
use domain::catalog::Findable;

use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::{Row, StoreError, Tx, params, search};

const COLUMNS: &str = "SELECT id, code, name, initials, search, category_id, archived FROM product";
const BY_BARCODE: &str = "SELECT product_id FROM product_barcode WHERE code = $1 LIMIT 1";
const ITEM_CODES: &str = "
    SELECT product_id, CASE WHEN code_key = $2 THEN 1 ELSE 0 END AS exact FROM customer_item_code
    WHERE customer_id = $1 AND code_key LIKE $3 ESCAPE '\\' ORDER BY product_id";

/// Every product, archived ones too, by id.
pub async fn findables(tx: &mut Tx<'_>) -> Result<Vec<Findable>, StoreError> {
    tx.query(&format!("{COLUMNS} ORDER BY id"), &[]).await?.iter().map(findable).collect()
}

/// Those of these products that exist, by id.
pub async fn findables_at(tx: &mut Tx<'_>, products: &[ProductId]) -> Result<Vec<Findable>, StoreError> {
    let mut found = Vec::with_capacity(products.len());
    let sql = format!("{COLUMNS} WHERE id IN ({}) ORDER BY id", key_places(1));
    for ids in products.chunks(KEYS_AT_ONCE) {
        for row in tx.query(&sql, &with_keys(&[], ids)).await? {
            found.push(findable(&row)?);
        }
    }
    Ok(found)
}

/// The product that has just what was typed as a barcode.
pub async fn with_barcode(tx: &mut Tx<'_>, typed: &str) -> Result<Option<ProductId>, StoreError> {
    let row = tx.query_opt(BY_BARCODE, params![typed]).await?;
    row.map(|row| row.int("product_id").map(ProductId)).transpose()
}

/// Products whose code at the customer begins with what was typed, each with whether it is that.
pub async fn by_item_code(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    typed: &str,
) -> Result<BTreeMap<ProductId, bool>, StoreError> {
    let rows = tx.query(ITEM_CODES, params![customer, typed, search::begins(typed)]).await?;
    rows.iter().map(|row| Ok((ProductId(row.int("product_id")?), row.flag("exact")?))).collect()
}

fn findable(row: &Row) -> Result<Findable, StoreError> {
    let folded = |text: String| fold_width(&text).to_lowercase();
    Ok(Findable {
        id: ProductId(row.int("id")?),
        code: folded(row.text("code")?),
        name: folded(row.text("name")?),
        initials: row.text("initials")?,
        text: row.text("search")?,
        category: row.opt_int("category_id")?.map(CategoryId),
        archived: row.flag("archived")?,
    })
}
