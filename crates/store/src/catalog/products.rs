//! Products: found by code, barcode, name or pinyin initials, the best fit first.

use std::collections::HashMap;

use domain::base::{CategoryId, CustomerId, Factor, Instant, Limit, ProductId};
use domain::catalog::Product;

use super::pictures::pictures_of;
use super::rows::{Barcode, ProductAfter, StoredProduct, initials, search_text, stored};
use crate::{Row, StoreError, Tx, Value, params, search};

/// What a product list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// What was typed, in lower case and half width.
    pub search: String,
    /// This category and everything beneath it.
    pub category: Option<CategoryId>,
    /// `None` shows both.
    pub archived: Option<bool>,
    /// Whose own codes are looked into too.
    pub customer: Option<CustomerId>,
}

const COLUMNS: &str =
    "p.id, p.code, p.name, p.spec, p.category_id, p.series, p.base_unit, p.tax_rate, p.cost,
    p.floor_price, p.price_decimals, p.archived, p.version, p.updated_at, c.name AS category_name";
const MATCHING: &str = "
    WITH RECURSIVE within (id) AS (
        SELECT CAST($6 AS BIGINT) AS id
        UNION SELECT c.id FROM category c JOIN within w ON c.parent_id = w.id
    ), matching AS (
        SELECT p.id,
            CASE WHEN lower(p.code) = $1 THEN 0
                 WHEN EXISTS (SELECT 1 FROM product_barcode b WHERE b.product_id = p.id AND b.code = $1) THEN 0
                 WHEN EXISTS (SELECT 1 FROM customer_item_code k
                     WHERE k.customer_id = $9 AND k.product_id = p.id AND k.code_key = $1) THEN 0
                 WHEN lower(p.code) LIKE $8 ESCAPE '\\' THEN 1
                 WHEN p.initials LIKE $8 ESCAPE '\\' THEN 2
                 WHEN lower(p.name) LIKE $8 ESCAPE '\\' THEN 2
                 ELSE 3 END AS fit
        FROM product p
        WHERE ((p.search LIKE $2 ESCAPE '\\' AND p.search LIKE $3 ESCAPE '\\'
              AND p.search LIKE $4 ESCAPE '\\' AND p.search LIKE $5 ESCAPE '\\')
            OR ($1 <> '' AND p.id IN (SELECT k.product_id FROM customer_item_code k
                WHERE k.customer_id = $9 AND k.code_key LIKE $8 ESCAPE '\\')))
          AND (CAST($6 AS BIGINT) = 0 OR p.category_id IN (SELECT id FROM within))
          AND (CAST($7 AS BIGINT) = -1 OR p.archived = CAST($7 AS BIGINT))
    )";
/// `$ids` stands for the parameters of one page of products.
const UNITS: &str = "
    SELECT product_id, unit, numerator, denominator FROM product_unit
    WHERE product_id IN ($ids) ORDER BY product_id, ord, unit";
const BARCODES: &str = "
    SELECT product_id, code, unit FROM product_barcode WHERE product_id IN ($ids) ORDER BY product_id, ord, code";
const INSERT: &str = "
    INSERT INTO product (code, name, spec, category_id, series, base_unit, tax_rate, cost, floor_price,
        price_decimals, archived, initials, search, version, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, 1, $13, $13) RETURNING id";
const UPDATE: &str = "
    UPDATE product SET code = $1, name = $2, spec = $3, category_id = $4, series = $5, base_unit = $6, tax_rate = $7,
        cost = $8, floor_price = $9, price_decimals = $10, initials = $11, search = $12, updated_at = $13,
        version = version + 1
    WHERE id = $14 AND version = $15";
const ARCHIVE: &str = "
    UPDATE product SET archived = $2, updated_at = $3, version = version + 1 WHERE id = $1 AND archived <> $2";
const CLEAR_UNITS: &str = "DELETE FROM product_unit WHERE product_id = $1";
const CLEAR_BARCODES: &str = "DELETE FROM product_barcode WHERE product_id = $1";
const PUT_UNIT: &str =
    "INSERT INTO product_unit (product_id, unit, numerator, denominator, ord) VALUES ($1, $2, $3, $4, $5)";
const PUT_BARCODE: &str = "INSERT INTO product_barcode (code, product_id, unit, ord) VALUES ($1, $2, $3, $4)";
const UNITS_IN_USE: &str = "
    SELECT base_unit FROM product WHERE archived = 0
    GROUP BY base_unit ORDER BY COUNT(*) DESC, base_unit LIMIT 60";
const CODE_TAKEN: &str = "SELECT id FROM product WHERE lower(code) = lower($1) ORDER BY id LIMIT 1";
const BARCODE_TAKEN: &str = "SELECT product_id AS id FROM product_barcode WHERE code = $1 LIMIT 1";

/// Base units of products that are sold, the most used first.
pub async fn units_in_use(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    tx.query(UNITS_IN_USE, &[]).await?.iter().map(|row| row.text("base_unit")).collect()
}

/// One page of products, the best fit first; each with where it stands in the list.
pub async fn list(
    tx: &mut Tx<'_>,
    filter: &ProductFilter,
    after: Option<ProductAfter>,
    limit: Limit,
) -> Result<Vec<(ProductAfter, StoredProduct)>, StoreError> {
    let after = after.unwrap_or(ProductAfter { rank: -1, id: ProductId(0) });
    let sql = format!(
        "{MATCHING} SELECT m.fit, {COLUMNS} FROM matching m JOIN product p ON p.id = m.id
         LEFT JOIN category c ON c.id = p.category_id
         WHERE m.fit > $10 OR (m.fit = $10 AND p.id > $11) ORDER BY m.fit, p.id LIMIT $12"
    );
    let mut values = matching(filter);
    values.extend([Value::from(after.rank), Value::from(after.id), Value::from(limit.and_one())]);
    let rows = tx.query(&sql, &values).await?;
    let products = whole(tx, &rows).await?;
    let place = |row: &Row| -> Result<ProductAfter, StoreError> {
        Ok(ProductAfter { rank: row.int("fit")?, id: ProductId(row.int("id")?) })
    };
    rows.iter().zip(products).map(|(row, product)| Ok((place(row)?, product))).collect()
}

/// How many products the filter lets through.
pub async fn count(tx: &mut Tx<'_>, filter: &ProductFilter) -> Result<i64, StoreError> {
    let sql = format!("{MATCHING} SELECT COUNT(*) AS found FROM matching");
    tx.query_one(&sql, &matching(filter)).await?.int("found")
}

/// The product with this id.
pub async fn find(tx: &mut Tx<'_>, id: ProductId) -> Result<Option<StoredProduct>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM product p LEFT JOIN category c ON c.id = p.category_id WHERE p.id = $1"
    );
    let rows = tx.query(&sql, params![id]).await?;
    Ok(whole(tx, &rows).await?.into_iter().next())
}

/// The product that has this code, in whatever case.
pub async fn code_taken_by(tx: &mut Tx<'_>, code: &str) -> Result<Option<ProductId>, StoreError> {
    let row = tx.query_opt(CODE_TAKEN, params![code]).await?;
    row.map(|row| row.int("id").map(ProductId)).transpose()
}

/// The product that has this barcode.
pub async fn barcode_taken_by(tx: &mut Tx<'_>, barcode: &str) -> Result<Option<ProductId>, StoreError> {
    let row = tx.query_opt(BARCODE_TAKEN, params![barcode]).await?;
    row.map(|row| row.int("id").map(ProductId)).transpose()
}

/// Adds a product with its units and barcodes.
pub async fn insert(
    tx: &mut Tx<'_>,
    product: &Product,
    barcodes: &[Barcode],
    now: Instant,
) -> Result<ProductId, StoreError> {
    let id = ProductId(tx.insert(INSERT, &columns(product, barcodes, now)).await?);
    put_parts(tx, id, product, barcodes).await?;
    Ok(id)
}

/// Changes a product that is still at `version`; `false` when somebody else was first.
pub async fn update(
    tx: &mut Tx<'_>,
    product: &Product,
    barcodes: &[Barcode],
    version: i64,
    now: Instant,
) -> Result<bool, StoreError> {
    let mut values = columns(product, barcodes, now);
    values.extend([Value::from(product.id), Value::from(version)]);
    if tx.exec(UPDATE, &values).await? == 0 {
        return Ok(false);
    }
    tx.exec(CLEAR_UNITS, params![product.id]).await?;
    tx.exec(CLEAR_BARCODES, params![product.id]).await?;
    put_parts(tx, product.id, product, barcodes).await?;
    Ok(true)
}

/// Archives or restores; `false` when it was so already.
pub async fn set_archived(
    tx: &mut Tx<'_>,
    id: ProductId,
    archived: bool,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(ARCHIVE, params![id, archived, now]).await? == 1)
}

fn matching(filter: &ProductFilter) -> Vec<Value> {
    let [first, second, third, fourth] = search::all_words(&filter.search);
    let category = filter.category.map_or(0, |category| category.0);
    let archived = filter.archived.map_or(-1, i64::from);
    let begins = search::begins(filter.search.trim());
    let customer = filter.customer.map_or(0, |customer| customer.0);
    params![filter.search.trim(), first, second, third, fourth, category, archived, begins, customer].to_vec()
}

fn columns(product: &Product, barcodes: &[Barcode], now: Instant) -> Vec<Value> {
    params![
        &product.code,
        &product.name,
        product.spec.clone().unwrap_or_default(),
        product.category.map(|category| category.0),
        product.series.clone(),
        product.units.base(),
        product.tax_rate.get(),
        product.cost,
        product.floor_price,
        i64::from(product.price_decimals),
        initials(product),
        search_text(product, barcodes),
        now,
    ]
    .to_vec()
}

async fn put_parts(
    tx: &mut Tx<'_>,
    id: ProductId,
    product: &Product,
    barcodes: &[Barcode],
) -> Result<(), StoreError> {
    let units = (0_i64..).zip(product.units.others());
    let units: Vec<Vec<Value>> = units
        .map(|(place, (unit, factor))| {
            params![id, unit, factor.numerator(), factor.denominator(), place].to_vec()
        })
        .collect();
    if !units.is_empty() {
        tx.exec_many(PUT_UNIT, &units).await?;
    }
    let barcodes = (0_i64..).zip(barcodes);
    let barcodes: Vec<Vec<Value>> =
        barcodes.map(|(place, barcode)| params![&barcode.code, id, &barcode.unit, place].to_vec()).collect();
    if !barcodes.is_empty() {
        tx.exec_many(PUT_BARCODE, &barcodes).await?;
    }
    Ok(())
}

/// Adds units, barcodes and pictures to the rows of one page, with one question for each.
async fn whole(tx: &mut Tx<'_>, rows: &[Row]) -> Result<Vec<StoredProduct>, StoreError> {
    let ids = rows.iter().map(|row| row.int("id")).collect::<Result<Vec<_>, _>>()?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<Value> = ids.iter().map(|id| Value::from(*id)).collect();
    let places = (1..=ids.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    let mut units: HashMap<i64, Vec<(String, Factor)>> = HashMap::new();
    for row in tx.query(&UNITS.replace("$ids", &places), &values).await? {
        let factor = Factor::new(row.int("numerator")?, row.int("denominator")?)
            .ok_or_else(|| StoreError::Decode("a factor is not positive".to_string()))?;
        units.entry(row.int("product_id")?).or_default().push((row.text("unit")?, factor));
    }
    let mut barcodes: HashMap<i64, Vec<Barcode>> = HashMap::new();
    for row in tx.query(&BARCODES.replace("$ids", &places), &values).await? {
        let barcode = Barcode { code: row.text("code")?, unit: row.text("unit")? };
        barcodes.entry(row.int("product_id")?).or_default().push(barcode);
    }
    let mut pictures = pictures_of(tx, &ids).await?;
    let of = rows.iter().zip(&ids);
    of.map(|(row, id)| {
        let (units, barcodes) = (units.remove(id), barcodes.remove(id));
        let pictures = pictures.remove(id).unwrap_or_default();
        stored(row, units.unwrap_or_default(), barcodes.unwrap_or_default(), pictures)
    })
    .collect()
}
