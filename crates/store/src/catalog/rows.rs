//! How a product looks in the database, and back.

use domain::base::{
    BasisPoints, CategoryId, Factor, Instant, ProductId, UnitPrice, fold_width, pinyin_initials,
};
use domain::catalog::{Picture, Product, Units};

use crate::{Row, StoreError};

/// A barcode and the unit that it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barcode {
    pub code: String,
    pub unit: String,
}

/// A product as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProduct {
    pub product: Product,
    pub category_name: Option<String>,
    pub barcodes: Vec<Barcode>,
    /// In their order, the main one first.
    pub pictures: Vec<Picture>,
    pub version: i64,
    pub updated_at: Instant,
}

/// Where the next page of a product list begins: after this rank and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductAfter {
    pub rank: i64,
    pub id: ProductId,
}

pub(super) fn stored(
    row: &Row,
    units: Vec<(String, Factor)>,
    barcodes: Vec<Barcode>,
    pictures: Vec<Picture>,
) -> Result<StoredProduct, StoreError> {
    let unsound = |what: &str| StoreError::Decode(format!("a product has an unsound {what}"));
    let tax_rate = u32::try_from(row.int("tax_rate")?).ok().and_then(BasisPoints::of_whole);
    let spec = row.text("spec")?;
    let product = Product {
        id: ProductId(row.int("id")?),
        code: row.text("code")?,
        name: row.text("name")?,
        spec: if spec.is_empty() { None } else { Some(spec) },
        category: row.opt_int("category_id")?.map(CategoryId),
        series: row.opt_text("series")?,
        barcode: barcodes.first().map(|barcode| barcode.code.clone()),
        units: Units::kept(row.text("base_unit")?, units),
        tax_rate: tax_rate.ok_or_else(|| unsound("tax rate"))?,
        list_price: None,
        cost: row.opt_int("cost")?.map(UnitPrice),
        floor_price: row.opt_int("floor_price")?.map(UnitPrice),
        price_decimals: u8::try_from(row.int("price_decimals")?)
            .map_err(|_| unsound("number of decimals"))?,
        archived: row.flag("archived")?,
    };
    Ok(StoredProduct {
        product,
        category_name: row.opt_text("category_name")?,
        barcodes,
        pictures,
        version: row.int("version")?,
        updated_at: Instant(row.int("updated_at")?),
    })
}

/// Everything that a product is found by, in lower case.
pub(super) fn search_text(product: &Product, barcodes: &[Barcode]) -> String {
    let mut words = vec![product.code.clone(), product.name.clone()];
    words.extend(product.spec.clone());
    words.extend(product.series.clone());
    words.extend(barcodes.iter().map(|barcode| barcode.code.clone()));
    words.push(initials(product));
    fold_width(&words.join(" ")).to_lowercase()
}

/// Pinyin initials of name and specification.
pub(super) fn initials(product: &Product) -> String {
    pinyin_initials(&format!("{}{}", product.name, product.spec.as_deref().unwrap_or_default()))
}
