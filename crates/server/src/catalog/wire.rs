//! What goes over the wire for products and categories.

use app::catalog::Barcode as StoredBarcode;
use app::catalog::{CategoryNode, ProductChange, ProductForm, SeenProduct};
use domain::base::{BasisPoints, CategoryId, FieldFault, Invalid, UnitPrice, parse_decimal};
use domain::catalog::{Picture, factor_text};
use domain::pricing::PriceClass;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::http::Ref;

/// A unit and how many base units one holds, as a decimal or a fraction.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub unit: String,
    pub factor: String,
}

/// A barcode and the unit that it stands on.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Barcode {
    pub code: String,
    pub unit: String,
}

/// A product; `cost` and `floor_price` (yuan per base unit) only for those who may see them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Product {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub category: Option<Ref>,
    pub base_unit: String,
    /// The base unit first, with factor 1.
    pub units: Vec<Unit>,
    pub barcodes: Vec<Barcode>,
    /// In their order, the main one first.
    pub pictures: Vec<ProductPicture>,
    pub tax_rate: String,
    pub price_decimals: u8,
    pub archived: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = true)]
    pub cost: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = true)]
    pub floor_price: Option<Option<String>>,
    pub version: i64,
    pub updated_at: i64,
    pub actions: Vec<ProductAction>,
}

/// A picture of a product: two files of `/api/products/{id}/pictures/{file}`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductPicture {
    /// The large one; names the picture.
    pub file: String,
    /// The small one, at most 160 pixels a side.
    pub thumb: String,
    /// Pixels of the large one.
    pub width: u32,
    pub height: u32,
}

/// What this person may do with a product now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductAction {
    Edit,
    Archive,
    Restore,
}

/// A product in a list, with today's price of one base unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductRow {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub category: Option<Ref>,
    pub base_unit: String,
    pub units: Vec<Unit>,
    pub barcodes: Vec<Barcode>,
    pub tax_rate: String,
    pub archived: bool,
    pub price: Option<ShownPrice>,
    /// What the customer of the query calls it.
    pub customer_code: Option<String>,
    /// The small file of its main picture.
    pub thumb: Option<String>,
}

/// A price as it is shown in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownPrice {
    pub unit: String,
    pub unit_price: String,
    pub includes_tax: bool,
    /// The list that gives it and what this kind of list is called; null where it is the list for all.
    pub list_name: Option<String>,
    pub class_name: Option<String>,
}

/// One page of products.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductPage {
    pub items: Vec<ProductRow>,
    pub next: Option<String>,
    pub total: i64,
}

/// A category in tree order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Category {
    pub id: i64,
    pub name: String,
    pub parent_id: Option<i64>,
    pub depth: u32,
    /// Products directly in it, archived ones not counted.
    pub products: i64,
}

/// All categories.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryList {
    pub items: Vec<Category>,
}

/// A new category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCategory {
    pub name: String,
    pub parent_id: Option<i64>,
}

/// A new product.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProduct {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub spec: String,
    pub category_id: Option<i64>,
    pub base_unit: String,
    /// Units other than the base unit.
    #[serde(default)]
    pub units: Vec<Unit>,
    #[serde(default)]
    pub barcodes: Vec<Barcode>,
    /// Percent.
    pub tax_rate: String,
    pub price_decimals: Option<u8>,
    pub cost: Option<String>,
    pub floor_price: Option<String>,
}

/// The fields of a product that are to change.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProductEdit {
    pub code: Option<String>,
    pub name: Option<String>,
    pub spec: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub category_id: Option<Option<i64>>,
    pub base_unit: Option<String>,
    pub units: Option<Vec<Unit>>,
    pub barcodes: Option<Vec<Barcode>>,
    pub tax_rate: Option<String>,
    pub price_decimals: Option<u8>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub cost: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub floor_price: Option<Option<String>>,
}

/// Tells "null" from "left out".
fn given<'d, D: Deserializer<'d>, T: Deserialize<'d>>(reader: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(reader).map(Some)
}

impl Product {
    pub fn of(seen: SeenProduct) -> Product {
        let units = units(&seen);
        let category = category(&seen);
        let product = seen.stored.product;
        let money = |price: Option<UnitPrice>| seen.sees_cost.then(|| price.map(UnitPrice::to_yuan));
        let actions = match (seen.may_change, product.archived) {
            (false, _) => vec![],
            (true, false) => vec![ProductAction::Edit, ProductAction::Archive],
            (true, true) => vec![ProductAction::Restore],
        };
        Product {
            id: product.id.0,
            cost: money(product.cost),
            floor_price: money(product.floor_price),
            code: product.code,
            name: product.name,
            spec: product.spec.unwrap_or_default(),
            category,
            base_unit: product.units.base().to_string(),
            units,
            barcodes: barcodes(seen.stored.barcodes),
            pictures: seen.stored.pictures.into_iter().map(ProductPicture::from).collect(),
            tax_rate: product.tax_rate.to_percent(),
            price_decimals: product.price_decimals,
            archived: product.archived,
            version: seen.stored.version,
            updated_at: seen.stored.updated_at.0,
            actions,
        }
    }
}

impl From<Picture> for ProductPicture {
    fn from(picture: Picture) -> ProductPicture {
        let Picture { file, thumb, width, height } = picture;
        ProductPicture { file, thumb, width, height }
    }
}

impl ProductRow {
    pub fn of(seen: SeenProduct) -> ProductRow {
        let units = units(&seen);
        let category = category(&seen);
        let includes_tax = seen.prices_include_tax;
        let (list_name, class) = seen.list.filter(|(_, class)| *class != PriceClass::List).unzip();
        let class_name = class.map(|class| domain::words::price_rows::class(class).to_string());
        let price = seen.price.map(|price| ShownPrice {
            unit: price.unit,
            unit_price: price.unit_price.to_yuan(),
            includes_tax,
            list_name,
            class_name,
        });
        let product = seen.stored.product;
        ProductRow {
            id: product.id.0,
            code: product.code,
            name: product.name,
            spec: product.spec.unwrap_or_default(),
            category,
            base_unit: product.units.base().to_string(),
            units,
            barcodes: barcodes(seen.stored.barcodes),
            tax_rate: product.tax_rate.to_percent(),
            archived: product.archived,
            price,
            customer_code: seen.customer_code,
            thumb: seen.stored.pictures.into_iter().next().map(|picture| picture.thumb),
        }
    }
}

impl Category {
    pub fn of(node: CategoryNode) -> Category {
        let category = node.counted.category;
        Category {
            id: category.id.0,
            name: category.name,
            parent_id: category.parent.map(|parent| parent.0),
            depth: node.depth,
            products: node.counted.products,
        }
    }
}

impl NewProduct {
    /// The form that the use-case takes, or every field that is no number.
    pub fn form(self) -> Result<ProductForm, Invalid> {
        let mut faults = Invalid::default();
        let form = ProductForm {
            code: self.code,
            name: self.name,
            spec: self.spec,
            category: self.category_id.map(CategoryId),
            base_unit: self.base_unit,
            units: pairs(self.units),
            barcodes: stored(self.barcodes),
            tax_rate: percent(&mut faults, "tax_rate", &self.tax_rate).unwrap_or_default(),
            price_decimals: self.price_decimals.unwrap_or(2),
            cost: self.cost.as_deref().and_then(|text| price(&mut faults, "cost", text)),
            floor_price: self.floor_price.as_deref().and_then(|text| price(&mut faults, "floor_price", text)),
        };
        faults.or_go_on()?;
        Ok(form)
    }
}

impl ProductEdit {
    /// The change that the use-case takes, or every field that is no number.
    pub fn change(self) -> Result<ProductChange, Invalid> {
        let mut faults = Invalid::default();
        let mut money = |path: &str, given: Option<Option<String>>| {
            given.map(|text| text.as_deref().and_then(|text| price(&mut faults, path, text)))
        };
        let cost = money("cost", self.cost);
        let floor_price = money("floor_price", self.floor_price);
        let change = ProductChange {
            code: self.code,
            name: self.name,
            spec: self.spec,
            category: self.category_id.map(|id| id.map(CategoryId)),
            base_unit: self.base_unit,
            units: self.units.map(pairs),
            barcodes: self.barcodes.map(stored),
            tax_rate: self.tax_rate.as_deref().and_then(|text| percent(&mut faults, "tax_rate", text)),
            price_decimals: self.price_decimals,
            cost,
            floor_price,
        };
        faults.or_go_on()?;
        Ok(change)
    }
}

fn units(seen: &SeenProduct) -> Vec<Unit> {
    let units = &seen.stored.product.units;
    let base = Unit { unit: units.base().to_string(), factor: "1".to_string() };
    let others =
        units.others().iter().map(|(unit, factor)| Unit { unit: unit.clone(), factor: factor_text(*factor) });
    std::iter::once(base).chain(others).collect()
}

fn category(seen: &SeenProduct) -> Option<Ref> {
    let id = seen.stored.product.category?;
    Some(Ref { id: id.0, name: seen.stored.category_name.clone().unwrap_or_default() })
}

fn barcodes(kept: Vec<StoredBarcode>) -> Vec<Barcode> {
    kept.into_iter().map(|barcode| Barcode { code: barcode.code, unit: barcode.unit }).collect()
}

fn stored(entered: Vec<Barcode>) -> Vec<StoredBarcode> {
    entered.into_iter().map(|barcode| StoredBarcode { code: barcode.code, unit: barcode.unit }).collect()
}

fn pairs(units: Vec<Unit>) -> Vec<(String, String)> {
    units.into_iter().map(|unit| (unit.unit, unit.factor)).collect()
}

fn price(faults: &mut Invalid, path: &str, text: &str) -> Option<UnitPrice> {
    parse_decimal(text, 4).map(UnitPrice).map_err(|fault| faults.add(path, FieldFault::Number(fault))).ok()
}

fn percent(faults: &mut Invalid, path: &str, text: &str) -> Option<BasisPoints> {
    let whole = parse_decimal(text, 2).map_err(|fault| faults.add(path, FieldFault::Number(fault))).ok()?;
    let share = u32::try_from(whole).ok().and_then(BasisPoints::of_whole);
    if share.is_none() {
        faults.add(path, FieldFault::NotInRange { min: 0, max: 100 });
    }
    share
}
