//! The price book: all lists, tiers and products of one moment, indexed once so that a line finds its entries at once.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::list::{EntryGoods, PriceEntry, PriceList, Tier};
use super::price::PricingContext;
use crate::base::{BasisPoints, CategoryId, CustomerId, ItemId, ProductId, UnitPrice};
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
    /// Places of the lists that name no customer, and of those that name one: a document asks the first and its
    /// own, so that a thousand other customers' contracts cost it nothing.
    general: Vec<usize>,
    of_customer: HashMap<CustomerId, Vec<usize>>,
    /// All entries, those of the same goods side by side and in them those of the same list.
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
        entries.sort_by(|a, b| a.entry.goods.cmp(&b.entry.goods).then(a.list.cmp(&b.list)));
        let (general, of_customer) = by_customer(&lists);
        let mut book = PriceBook {
            general,
            of_customer,
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

    pub fn tier(&self, name: &str) -> Option<&Tier> {
        self.tiers.get(name)
    }

    pub(super) fn list(&self, place: usize) -> Option<&PriceList> {
        self.lists.get(place)
    }

    /// Places of the lists that answer this customer at this moment, ascending.
    pub(super) fn lists_for(&self, context: &PricingContext) -> Vec<usize> {
        let own = context.customer.id.and_then(|id| self.of_customer.get(&id));
        let asked = self.general.iter().chain(own.into_iter().flatten()).copied();
        let holds = |place: &usize| {
            self.list(*place).is_some_and(|list| {
                list.window.holds(context.at) && list.who.holds(&context.customer, context.channel.as_deref())
            })
        };
        let mut places: Vec<usize> = asked.filter(holds).collect();
        places.sort_unstable();
        places
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

/// The places of the lists that name no customer, and those of each customer that one names.
fn by_customer(lists: &[PriceList]) -> (Vec<usize>, HashMap<CustomerId, Vec<usize>>) {
    let mut general = Vec::new();
    let mut of_customer: HashMap<CustomerId, Vec<usize>> = HashMap::new();
    for (place, list) in lists.iter().enumerate() {
        match &list.who.customers {
            None => general.push(place),
            Some(customers) => {
                let unlike: BTreeSet<CustomerId> = customers.iter().copied().collect();
                unlike.into_iter().for_each(|id| of_customer.entry(id).or_default().push(place));
            }
        }
    }
    (general, of_customer)
}

/// The entries of one list among those of the same goods.
pub(super) fn of_list(entries: &[BookEntry], place: usize) -> &[BookEntry] {
    let from = entries.partition_point(|entry| entry.list < place);
    let rest = entries.get(from..).unwrap_or_default();
    let until = rest.partition_point(|entry| entry.list == place);
    rest.get(..until).unwrap_or_default()
}

/// The goods whose entries are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Goods<'a> {
    Product(ProductId),
    Series(&'a str),
    Category(CategoryId),
    All,
}
