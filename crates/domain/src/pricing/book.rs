//! The price book: all lists, tiers and products of one moment, indexed once so that a line finds its entries at once.

use std::collections::HashMap;
use std::ops::Range;

use super::list::{EntryGoods, PriceClass, PriceEntry, PriceList, Tier};
use crate::base::{BasisPoints, CategoryId, ItemId, ProductId, UnitPrice};
use crate::catalog::{Product, Units};

/// What pricing knows of a product. Money is per base unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductFacts {
    pub id: ProductId,
    pub units: Units,
    pub category: Option<CategoryId>,
    pub series: Option<String>,
    pub tax_rate: BasisPoints,
    pub list_price: Option<UnitPrice>,
    pub cost: Option<UnitPrice>,
    pub floor_price: Option<UnitPrice>,
    pub price_decimals: u8,
}

/// What a price book is made of; the order of nothing in it matters.
#[derive(Clone, Debug, Default)]
pub struct BookRows {
    pub products: Vec<ProductFacts>,
    /// Child and parent.
    pub category_parents: Vec<(CategoryId, CategoryId)>,
    pub lists: Vec<PriceList>,
    pub tiers: Vec<Tier>,
}

/// Immutable; made once for each snapshot of configuration and shared by all who price.
#[derive(Debug, Default)]
pub struct PriceBook {
    products: HashMap<ProductId, ProductFacts>,
    category_parents: HashMap<CategoryId, CategoryId>,
    /// By item id; their entries have moved to `entries`.
    lists: Vec<PriceList>,
    list_at: HashMap<ItemId, usize>,
    /// All entries, those of the same goods side by side.
    entries: Vec<BookEntry>,
    of_product: HashMap<ProductId, Range<usize>>,
    of_series: HashMap<String, Range<usize>>,
    of_category: HashMap<CategoryId, Range<usize>>,
    of_all: Range<usize>,
    tiers: HashMap<String, Tier>,
}

/// An entry, and the place of its list among the lists.
#[derive(Debug)]
pub(super) struct BookEntry {
    pub list: usize,
    pub entry: PriceEntry,
}

impl From<&Product> for ProductFacts {
    fn from(product: &Product) -> ProductFacts {
        ProductFacts {
            id: product.id,
            units: product.units.clone(),
            category: product.category,
            series: product.series.clone(),
            tax_rate: product.tax_rate,
            list_price: product.list_price,
            cost: product.cost,
            floor_price: product.floor_price,
            price_decimals: product.price_decimals,
        }
    }
}

impl PriceBook {
    /// The book of these rows.
    pub fn new(rows: BookRows) -> PriceBook {
        let mut lists = rows.lists;
        lists.sort_by_key(|list| list.revision);
        let mut entries = Vec::with_capacity(lists.iter().map(|list| list.entries.len()).sum());
        for (place, list) in lists.iter_mut().enumerate() {
            let taken = std::mem::take(&mut list.entries);
            entries.extend(taken.into_iter().map(|entry| BookEntry { list: place, entry }));
        }
        entries.sort_by(|a, b| a.entry.goods.cmp(&b.entry.goods));
        let mut book = PriceBook {
            products: rows.products.into_iter().map(|product| (product.id, product)).collect(),
            category_parents: rows.category_parents.into_iter().collect(),
            list_at: lists.iter().enumerate().map(|(place, list)| (list.revision.item, place)).collect(),
            lists,
            tiers: rows.tiers.into_iter().map(|tier| (tier.name.clone(), tier)).collect(),
            ..PriceBook::default()
        };
        book.index(entries);
        book
    }

    pub fn product(&self, id: ProductId) -> Option<&ProductFacts> {
        self.products.get(&id)
    }

    /// Every product, by id.
    pub(super) fn products(&self) -> Vec<&ProductFacts> {
        let mut products: Vec<&ProductFacts> = self.products.values().collect();
        products.sort_unstable_by_key(|product| product.id);
        products
    }

    pub fn tier(&self, name: &str) -> Option<&Tier> {
        self.tiers.get(name)
    }

    pub(super) fn list(&self, place: usize) -> Option<&PriceList> {
        self.lists.get(place)
    }

    /// Of which class the list is.
    pub fn class_of(&self, list: ItemId) -> Option<PriceClass> {
        self.place_of(list).and_then(|place| self.list(place)).map(|list| list.class)
    }

    pub(super) fn place_of(&self, list: ItemId) -> Option<usize> {
        self.list_at.get(&list).copied()
    }

    pub(super) fn parent(&self, category: CategoryId) -> Option<CategoryId> {
        self.category_parents.get(&category).copied()
    }

    /// More steps upward than this are a circle.
    pub(super) fn category_steps_max(&self) -> usize {
        self.category_parents.len()
    }

    pub(super) fn entries_of(&self, goods: Goods<'_>) -> &[BookEntry] {
        let range = match goods {
            Goods::Product(id) => self.of_product.get(&id),
            Goods::Series(series) => self.of_series.get(series),
            Goods::Category(id) => self.of_category.get(&id),
            Goods::All => Some(&self.of_all),
        };
        range.and_then(|range| self.entries.get(range.clone())).unwrap_or_default()
    }

    fn index(&mut self, entries: Vec<BookEntry>) {
        let mut from = 0;
        for same in entries.chunk_by(|a, b| a.entry.goods == b.entry.goods) {
            let range = from..from + same.len();
            from = range.end;
            match same.first().map(|entry| &entry.entry.goods) {
                Some(EntryGoods::Product(id)) => drop(self.of_product.insert(*id, range)),
                Some(EntryGoods::Series(series)) => drop(self.of_series.insert(series.clone(), range)),
                Some(EntryGoods::Category(id)) => drop(self.of_category.insert(*id, range)),
                Some(EntryGoods::All) => self.of_all = range,
                None => {}
            }
        }
        self.entries = entries;
    }
}

/// The goods whose entries are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Goods<'a> {
    Product(ProductId),
    Series(&'a str),
    Category(CategoryId),
    All,
}

impl Goods<'_> {
    pub fn category(&self) -> Option<CategoryId> {
        match self {
            Goods::Category(id) => Some(*id),
            Goods::Product(_) | Goods::Series(_) | Goods::All => None,
        }
    }
}
