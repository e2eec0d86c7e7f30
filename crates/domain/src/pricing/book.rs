//! The price book: all lists, tiers and products of one moment, indexed once so that a line finds its entries at once.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::list::{EntryGoods, PriceClass, PriceEntry, PriceList, Tier};
use super::price::PricingContext;
use super::ratio::Ratio;
use super::trace::tax_ratio;
use super::who::CustomerFacts;
use crate::base::{BasisPoints, CategoryId, CustomerId, IdMap, ItemId, OutOfRange, ProductId, UnitPrice};
use crate::catalog::{Product, Units};

/// Whether cost and floor are entered with tax in the catalogue.
pub const COSTS_INCLUDE_TAX: bool = true;

/// What pricing knows of a product. Money is per base unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductFacts {
    pub id: ProductId,
    pub units: Units,
    pub category: Option<CategoryId>,
    pub series: Option<String>,
    pub tax_rate: BasisPoints,
    /// Given by cases of `huxi price` alone.
    pub list_price: Option<UnitPrice>,
    pub cost: Option<UnitPrice>,
    pub floor_price: Option<UnitPrice>,
    /// Whether cost and floor include tax; `None`: as the list that gives the price does. The catalogue's always do.
    pub costs_include_tax: Option<bool>,
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

/// One price list, indexed by what its entries are for: compiled once from its revision, and shared by every book that
/// holds it.
#[derive(Debug)]
pub struct BookList {
    /// Its entries stand side by side when they are for the same goods.
    list: PriceList,
    of_product: IdMap<ProductId, Range<usize>>,
    of_series: HashMap<String, Range<usize>>,
    of_category: IdMap<CategoryId, Range<usize>>,
    of_all: Range<usize>,
}

/// What a price book is put together from; whatever did not change is shared with the book before.
#[derive(Clone, Debug, Default)]
pub struct BookParts {
    pub products: Arc<HashMap<ProductId, Arc<ProductFacts>>>,
    /// Child and parent.
    pub category_parents: Vec<(CategoryId, CategoryId)>,
    pub lists: Vec<Arc<BookList>>,
    pub tiers: Vec<Tier>,
}

/// Immutable; made once for each snapshot of configuration and shared by all who price.
#[derive(Debug, Default)]
pub struct PriceBook {
    products: Arc<HashMap<ProductId, Arc<ProductFacts>>>,
    category_parents: IdMap<CategoryId, CategoryId>,
    /// By item id.
    lists: Vec<Arc<BookList>>,
    list_at: HashMap<ItemId, usize>,
    /// Places of the lists that name no customer, and of those that name one: a document asks the first and its
    /// own, so that a thousand other customers' contracts cost it nothing.
    general: Vec<usize>,
    of_customer: HashMap<CustomerId, Vec<usize>>,
    tiers: HashMap<String, Tier>,
}

/// An entry, and the place of its list among the lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct BookEntry<'a> {
    pub list: usize,
    pub entry: &'a PriceEntry,
}

impl BookList {
    /// The list with its entries in order.
    pub fn new(mut list: PriceList) -> BookList {
        list.entries.sort_by(|a, b| a.goods.cmp(&b.goods));
        let mut of_product = IdMap::default();
        let mut of_series = HashMap::new();
        let mut of_category = IdMap::default();
        let mut of_all = 0..0;
        let mut from = 0;
        for same in list.entries.chunk_by(|a, b| a.goods == b.goods) {
            let range = from..from + same.len();
            from = range.end;
            match same.first().map(|entry| &entry.goods) {
                Some(EntryGoods::Product(id)) => drop(of_product.insert(*id, range)),
                Some(EntryGoods::Series(series)) => drop(of_series.insert(series.clone(), range)),
                Some(EntryGoods::Category(id)) => drop(of_category.insert(*id, range)),
                Some(EntryGoods::All) => of_all = range,
                None => {}
            }
        }
        BookList { list, of_product, of_series, of_category, of_all }
    }

    /// The list, its entries ordered by what they are for.
    pub fn list(&self) -> &PriceList {
        &self.list
    }

    /// Whether it can price anything for this customer, now or at another time: no contract of somebody else does.
    pub fn is_for(&self, customer: &CustomerFacts) -> bool {
        self.list.who.holds(customer, None)
    }

    fn entries_of(&self, goods: Goods<'_>) -> &[PriceEntry] {
        let range = match goods {
            Goods::Product(id) => self.of_product.get(&id),
            Goods::Series(series) => self.of_series.get(series),
            Goods::Category(id) => self.of_category.get(&id),
            Goods::All => Some(&self.of_all),
        };
        range.and_then(|range| self.list.entries.get(range.clone())).unwrap_or_default()
    }
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
            costs_include_tax: Some(COSTS_INCLUDE_TAX),
            price_decimals: product.price_decimals,
        }
    }
}

impl ProductFacts {
    /// Whether cost and floor include tax where a list on this basis gives the price.
    pub(super) fn costs_basis(&self, list_includes_tax: bool) -> bool {
        self.costs_include_tax.unwrap_or(list_includes_tax)
    }

    /// What cost and floor are multiplied with to stand on the basis `to`, where a list on the basis `list_includes_tax`
    /// gives the price. Whoever compares a price with them asks here.
    pub(super) fn costs_ratio(&self, list_includes_tax: bool, to: bool) -> Result<Ratio, OutOfRange> {
        tax_ratio(self.costs_basis(list_includes_tax), to, self.tax_rate)
    }

    /// The cost of a base unit on the basis of the list that gives the price, exact.
    pub(super) fn cost_on(&self, list_includes_tax: bool) -> Result<Option<Ratio>, OutOfRange> {
        self.on_list(self.cost, list_includes_tax)
    }

    /// The same of the floor.
    pub(super) fn floor_on(&self, list_includes_tax: bool) -> Result<Option<Ratio>, OutOfRange> {
        self.on_list(self.floor_price, list_includes_tax)
    }

    fn on_list(
        &self,
        figure: Option<UnitPrice>,
        list_includes_tax: bool,
    ) -> Result<Option<Ratio>, OutOfRange> {
        let ratio = self.costs_ratio(list_includes_tax, list_includes_tax)?;
        figure.map(|figure| Ratio::whole(figure.0).times(ratio)).transpose()
    }
}

impl PriceBook {
    /// The book of these rows.
    pub fn new(rows: BookRows) -> PriceBook {
        let products = rows.products.into_iter().map(|product| (product.id, Arc::new(product)));
        PriceBook::of(BookParts {
            products: Arc::new(products.collect()),
            category_parents: rows.category_parents,
            lists: rows.lists.into_iter().map(|list| Arc::new(BookList::new(list))).collect(),
            tiers: rows.tiers,
        })
    }

    /// The book of these parts.
    pub fn of(parts: BookParts) -> PriceBook {
        let mut lists = parts.lists;
        lists.sort_by_key(|list| list.list.revision);
        let (general, of_customer) = by_customer(&lists);
        let places = lists.iter().enumerate().map(|(place, list)| (list.list.revision.item, place));
        PriceBook {
            products: parts.products,
            category_parents: parts.category_parents.into_iter().collect(),
            list_at: places.collect(),
            general,
            of_customer,
            lists,
            tiers: parts.tiers.into_iter().map(|tier| (tier.name.clone(), tier)).collect(),
        }
    }

    /// The same book with `list` in place of its other self; all else is shared.
    pub(super) fn beside(&self, list: PriceList) -> PriceBook {
        let others = self.lists.iter().filter(|other| other.list.revision.item != list.revision.item);
        let mut lists: Vec<Arc<BookList>> = others.cloned().collect();
        lists.push(Arc::new(BookList::new(list)));
        PriceBook::of(BookParts {
            products: Arc::clone(&self.products),
            category_parents: self.category_parents.iter().map(|(child, parent)| (*child, *parent)).collect(),
            lists,
            tiers: self.tiers.values().cloned().collect(),
        })
    }

    /// The compiled list of that item.
    pub fn list_of(&self, item: ItemId) -> Option<&Arc<BookList>> {
        self.lists.get(self.place_of(item)?)
    }

    /// Whether a list names this customer: any two whom none names pay the same when all else of them is the same.
    pub fn names(&self, customer: CustomerId) -> bool {
        self.of_customer.contains_key(&customer)
    }

    /// The lists that formulas of others ask.
    pub fn bases(&self) -> BTreeSet<ItemId> {
        self.lists.iter().filter_map(|list| list.list.base).collect()
    }

    pub fn product(&self, id: ProductId) -> Option<&ProductFacts> {
        self.products.get(&id).map(Arc::as_ref)
    }

    /// Every product, by id.
    pub(super) fn products(&self) -> Vec<&ProductFacts> {
        let mut products: Vec<&ProductFacts> = self.products.values().map(Arc::as_ref).collect();
        products.sort_unstable_by_key(|product| product.id);
        products
    }

    pub fn tier(&self, name: &str) -> Option<&Tier> {
        self.tiers.get(name)
    }

    pub(super) fn list(&self, place: usize) -> Option<&PriceList> {
        self.lists.get(place).map(|list| &list.list)
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

    /// Places of the lists that answer this customer at this moment.
    pub(super) fn lists_for(&self, context: &PricingContext) -> Vec<usize> {
        self.lists_where(context, |list| list.window.holds(context.at))
    }

    /// Places of the lists that are for this customer, now or at another time, in order.
    pub(super) fn lists_ever_for(&self, context: &PricingContext) -> Vec<usize> {
        let mut places = self.lists_where(context, |_| true);
        places.sort_unstable();
        places
    }

    fn lists_where(&self, context: &PricingContext, also: impl Fn(&PriceList) -> bool) -> Vec<usize> {
        let own = context.customer.id.and_then(|id| self.of_customer.get(&id));
        let asked = self.general.iter().chain(own.into_iter().flatten()).copied();
        let holds = |place: &usize| {
            self.list(*place).is_some_and(|list| {
                also(list) && list.who.holds(&context.customer, context.channel.as_deref())
            })
        };
        asked.filter(holds).collect()
    }

    /// The entries of the list at this place for these goods.
    pub(super) fn entries_of<'a>(
        &'a self,
        place: usize,
        goods: Goods<'_>,
    ) -> impl Iterator<Item = BookEntry<'a>> {
        let entries = self.lists.get(place).map(|list| list.entries_of(goods)).unwrap_or_default();
        entries.iter().map(move |entry| BookEntry { list: place, entry })
    }
}

/// The places of the lists that name no customer, and those of each customer that one names.
fn by_customer(lists: &[Arc<BookList>]) -> (Vec<usize>, HashMap<CustomerId, Vec<usize>>) {
    let mut general = Vec::new();
    let mut of_customer: HashMap<CustomerId, Vec<usize>> = HashMap::new();
    for (place, list) in lists.iter().enumerate() {
        match &list.list.who.customers {
            None => general.push(place),
            Some(customers) => {
                let unlike: BTreeSet<CustomerId> = customers.iter().copied().collect();
                unlike.into_iter().for_each(|id| of_customer.entry(id).or_default().push(place));
            }
        }
    }
    (general, of_customer)
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
