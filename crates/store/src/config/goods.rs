//! The products as configuration speaks of them.

use std::collections::HashMap;

use domain::base::{BasisPoints, Factor, ProductId, UnitPrice};
use domain::catalog::{Product, Units};

use crate::{Row, StoreError, Tx};

const PRODUCTS: &str = "
    SELECT id, code, name, spec, series, barcode, base_unit, tax_rate, cost, floor_price, price_decimals, archived
    FROM product ORDER BY id";
const UNITS: &str =
    "SELECT product_id, unit, numerator, denominator FROM product_unit ORDER BY product_id, ord, unit";
const STAMP: &str =
    "SELECT COUNT(*) AS products, CAST(COALESCE(SUM(version), 0) AS BIGINT) AS versions FROM product";

/// Changes whenever a product is made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductStamp {
    products: i64,
    versions: i64,
}

/// What the products are at; cheap enough to ask every second.
pub async fn product_stamp(tx: &mut Tx<'_>) -> Result<ProductStamp, StoreError> {
    let row = tx.query_one(STAMP, &[]).await?;
    Ok(ProductStamp { products: row.int("products")?, versions: row.int("versions")? })
}

/// Every product with its units, archived ones too, by id.
pub async fn products(tx: &mut Tx<'_>) -> Result<Vec<Product>, StoreError> {
    let mut units: HashMap<i64, Vec<(String, Factor)>> = HashMap::new();
    for row in tx.query(UNITS, &[]).await? {
        let factor = Factor::new(row.int("numerator")?, row.int("denominator")?)
            .ok_or_else(|| StoreError::Decode("a factor is not positive".to_string()))?;
        units.entry(row.int("product_id")?).or_default().push((row.text("unit")?, factor));
    }
    let rows = tx.query(PRODUCTS, &[]).await?;
    rows.iter().map(|row| product(row, units.remove(&row.int("id")?).unwrap_or_default())).collect()
}

fn product(row: &Row, others: Vec<(String, Factor)>) -> Result<Product, StoreError> {
    let unsound = |what: &str| StoreError::Decode(format!("a product has an unsound {what}"));
    let tax_rate = u32::try_from(row.int("tax_rate")?).ok().and_then(BasisPoints::of_whole);
    Ok(Product {
        id: ProductId(row.int("id")?),
        code: row.text("code")?,
        name: row.text("name")?,
        spec: Some(row.text("spec")?).filter(|spec| !spec.is_empty()),
        category: None,
        series: row.opt_text("series")?,
        barcode: row.opt_text("barcode")?,
        units: Units::new(&row.text("base_unit")?, others).map_err(|_| unsound("unit"))?,
        tax_rate: tax_rate.ok_or_else(|| unsound("tax rate"))?,
        list_price: None,
        cost: row.opt_int("cost")?.map(UnitPrice),
        floor_price: row.opt_int("floor_price")?.map(UnitPrice),
        price_decimals: u8::try_from(row.int("price_decimals")?)
            .map_err(|_| unsound("number of decimals"))?,
        archived: row.flag("archived")?,
    })
}
