//! Price lists, their entries, and tiers, as they are priced with.

use serde::{Deserialize, Serialize};

use super::moment::Window;
use super::who::Who;
use crate::base::{BasisPoints, CategoryId, ItemId, ProductId, Qty, UnitPrice};

/// One revision of a config item: what a document leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Revision {
    pub item: ItemId,
    pub n: i64,
}

/// Which lists are asked first: a contract's, then a region's, then the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceClass {
    #[default]
    List,
    Region,
    Contract,
}

/// A price list in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceList {
    pub revision: Revision,
    pub name: String,
    pub class: PriceClass,
    /// Whom it is for.
    pub who: Who,
    pub window: Window,
    /// The list that formulas `of: base` ask.
    pub base: Option<ItemId>,
    /// Read on contracts only: whether the customer's tier applies to its prices.
    pub tier_applies: bool,
    /// Whether its prices include tax; `None` is as the document.
    pub includes_tax: Option<bool>,
    pub entries: Vec<PriceEntry>,
}

/// One price point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceEntry {
    pub goods: EntryGoods,
    /// `None` is the base unit. An entry in the base unit prices every unit, one in another unit only that.
    pub unit: Option<String>,
    /// Reached at, in base units; lines of one product add up.
    pub min_qty: Qty,
    pub window: Window,
    pub gives: Gives,
    /// What is said of the price: a batch, a colour, the reason.
    pub note: Option<String>,
}

/// What an entry is for, from the widest to the narrowest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryGoods {
    All,
    Category(CategoryId),
    Series(String),
    Product(ProductId),
}

/// A price per unit of the entry, or a formula per base unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gives {
    Price(UnitPrice),
    Formula(Formula),
}

/// `percent` of something, plus an amount per base unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Formula {
    pub of: FormulaOf,
    pub percent: BasisPoints,
    pub plus: UnitPrice,
}

/// What a formula starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormulaOf {
    /// The list named by `base`, else the product's list price.
    Base,
    /// The product's own: only cases of `huxi price` give one, so in a company such a formula has no figure.
    ListPrice,
    Cost,
}

/// A price tier: 92 % for tier A.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    pub name: String,
    pub percent: BasisPoints,
    pub revision: Revision,
}
