//! Products: read, kept, archived. How they are found: `findable.rs`.

use std::collections::HashMap;

use domain::base::{Factor, Instant, ProductId};
use domain::catalog::Product;

use super::pictures::pictures_of;
use super::rows::{Barcode, StoredProduct, initials, search_text, stored};
use crate::{Row, StoreError, Tx, Value, params};

const COLUMNS: &str =
    "p.id, p.code, p.name, p.spec, p.category_id, p.series, p.base_unit, p.tax_rate, p.cost,
    p.floor_price, p.price_decimals, p.archived, p.version, p.updated_at, c.name AS category_name";
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
/// Its row is there from the first product or category on, and counts nothing.
const HOLD_NAMES: &str = "
    INSERT INTO number_series (series, last) VALUES ('catalog', 0)
    ON CONFLICT (series) DO UPDATE SET last = number_series.last";
const BARCODE_TAKEN: &str = "SELECT product_id AS id FROM product_barcode WHERE code = $1 LIMIT 1";

/// Base units of products that are sold, the most used first.
pub async fn units_in_use(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    tx.query(UNITS_IN_USE, &[]).await?.iter().map(|row| row.text("base_unit")).collect()
}

/// Those of these products that exist, in this order; at most a page of them.
pub async fn at(tx: &mut Tx<'_>, products: &[ProductId]) -> Result<Vec<StoredProduct>, StoreError> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM product p LEFT JOIN category c ON c.id = p.category_id WHERE p.id IN ($ids)"
    );
    let ids: Vec<i64> = products.iter().map(|product| product.0).collect();
    let (places, values) = asked(&ids);
    let rows = tx.query(&sql.replace("$ids", &places), &values).await?;
    let found = whole(tx, &rows).await?.into_iter().map(|stored| (stored.product.id, stored));
    let mut found: HashMap<ProductId, StoredProduct> = found.collect();
    Ok(products.iter().filter_map(|product| found.remove(product)).collect())
}

/// The product with this id.
pub async fn find(tx: &mut Tx<'_>, id: ProductId) -> Result<Option<StoredProduct>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM product p LEFT JOIN category c ON c.id = p.category_id WHERE p.id = $1"
    );
    let rows = tx.query(&sql, params![id]).await?;
    Ok(whole(tx, &rows).await?.into_iter().next())
}

/// Keeps others from giving products codes and barcodes, and categories names, until this transaction ends, so that two
/// never take the same: what is taken is looked at after it. It comes after all other locks.
pub async fn hold_names(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.next_lock("number_series")?;
    tx.exec(HOLD_NAMES, &[]).await.map(|_| ())
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

/// A parameter for each of one page of products, and their values.
fn asked(ids: &[i64]) -> (String, Vec<Value>) {
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    (places.join(", "), ids.iter().map(|id| Value::from(*id)).collect())
}

/// Adds units, barcodes and pictures to the rows of one page, with one question for each.
async fn whole(tx: &mut Tx<'_>, rows: &[Row]) -> Result<Vec<StoredProduct>, StoreError> {
    let ids = rows.iter().map(|row| row.int("id")).collect::<Result<Vec<_>, _>>()?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (places, values) = asked(&ids);
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
