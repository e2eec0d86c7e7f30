//! What a list does to the prices of lists that lean on it: their formulas ask it, so they move without a change of their
//! own. Told are those that come to lie below cost or floor by it, and those that jump.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Found;
use super::computed::as_paid;
use super::price_rows::{Sold, below_floor, cheaper, jumped};
use super::tier_prices::EXAMPLES_MAX;
use crate::base::{BasisPoints, Date, ItemId, OutOfRange, ProductId};
use crate::pricing::base_price::Question;
use crate::pricing::book::{BookEntry, BookRows, PriceBook};
use crate::pricing::corridor::{answers_itself, each_entry_of, point_of, products_of};
use crate::pricing::floor::lowest_percent;
use crate::pricing::list::{EntryGoods, Formula, FormulaOf, Gives, PriceClass, PriceEntry, PriceList, Tier};
use crate::pricing::moment::Moment;
use crate::pricing::ratio::Ratio;

/// A list as it would be, beside what is in force.
#[derive(Clone, Copy, Debug)]
pub struct LeaningCheck<'a> {
    pub list: &'a PriceList,
    pub list_in_force: Option<&'a PriceList>,
    /// Products that are sold, categories, and the lists besides this one.
    pub book: &'a BookRows,
    /// The tiers in force.
    pub tiers: &'a [Tier],
    /// The day from which the list would be in force.
    pub on: Date,
}

/// What becomes of the prices of all lists that lean on it. What lay below cost or floor before is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaning {
    pub cost: Moved,
    pub floor: Moved,
    pub jump: Moved,
}

/// The prices of one sort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub prices: usize,
    /// A few of each list, the worst of all first.
    pub worst: Vec<MovedPrice>,
}

/// One of them, and what is the matter with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedPrice {
    pub list: ItemId,
    pub product: ProductId,
    pub what: Found,
}

/// The moments in which prices of the list change, each with the products; `None`: they may be any.
type Changes = BTreeMap<Moment, Option<BTreeSet<ProductId>>>;

/// Of these lists those whose formulas ask the list `item`, by themselves or through another one.
pub fn leaning_on<'a>(item: ItemId, lists: impl IntoIterator<Item = &'a PriceList>) -> BTreeSet<ItemId> {
    let asking = lists.into_iter().filter_map(|list| {
        let base = list.base?;
        list.entries.iter().any(asks_base).then_some((list.revision.item, base))
    });
    let asking: Vec<(ItemId, ItemId)> = asking.collect();
    let mut found = BTreeSet::new();
    loop {
        let leans = |base: &ItemId| *base == item || found.contains(base);
        let more = asking.iter().filter(|(id, base)| *id != item && !found.contains(id) && leans(base));
        let more: Vec<ItemId> = more.map(|(id, _)| *id).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// What the list brings about in the lists that lean on it.
///
/// Only products whose price in the list changes are asked, and of the other lists only entries whose formula asks their
/// base: each is worked out once before and once after, at its own unit and break, in every moment in which prices of the list
/// change. An entry for many goods counts for those that it gives the price of.
pub fn check_leaning(check: LeaningCheck<'_>) -> Leaning {
    let mut told = Leaning::default();
    let leaning = leaning_on(check.list.revision.item, &check.book.lists);
    if leaning.is_empty() {
        return told;
    }
    let changes = changes(&check);
    if changes.is_empty() {
        return told;
    }
    let book = book_of(&check, &leaning);
    let old = check.list_in_force.map(|list| book.beside(list.clone()));
    for list in check.book.lists.iter().filter(|list| leaning.contains(&list.revision.item)) {
        let tiers = list.who.tiers.as_deref();
        let lowest = lowest_percent(check.tiers, (list.class, list.tier_applies), tiers);
        let (mut own, mut seen) = (Leaning::default(), HashSet::new());
        for (moment, products) in &changes {
            let products = match products {
                Some(ids) => ids.iter().filter_map(|id| book.product(*id)).collect(),
                None => products_of(list, &book),
            };
            each_entry_of(list, (&book, products), *moment, |asked, entry, _| {
                let single = matches!(entry.entry.goods, EntryGoods::Product(_));
                if !asks_base(entry.entry) || (!single && !answers_itself(asked, entry)) {
                    return;
                }
                // What cannot be computed, or is too large to compare, lies below nothing.
                for what in comes_to(asked, (list, entry), old.as_ref(), lowest).unwrap_or_default() {
                    let product = asked.product.id;
                    if seen.insert((what.code(), product, point_of(entry))) {
                        own.add(MovedPrice { list: list.revision.item, product, what });
                    }
                }
            });
        }
        told.take(own);
    }
    told.put_worst_first();
    told
}

fn asks_base(entry: &PriceEntry) -> bool {
    matches!(entry.gives, Gives::Formula(Formula { of: FormulaOf::Base, .. }))
}

/// The list as it would be, with head office's others and those that lean on it.
fn book_of(check: &LeaningCheck<'_>, leaning: &BTreeSet<ItemId>) -> PriceBook {
    let item = check.list.revision.item;
    let asked = |list: &&PriceList| {
        list.revision.item != item
            && (list.class == PriceClass::List || leaning.contains(&list.revision.item))
    };
    let mut lists: Vec<PriceList> = check.book.lists.iter().filter(asked).cloned().collect();
    lists.push(check.list.clone());
    PriceBook::new(BookRows {
        products: check.book.products.clone(),
        category_parents: check.book.category_parents.clone(),
        lists,
        tiers: Vec::new(),
    })
}

/// When prices of the list change, and of which products: where a row that is not the same begins to hold, and where it
/// ceases to, since another one may then hold in its place.
fn changes(check: &LeaningCheck<'_>) -> Changes {
    let mut found = Changes::new();
    let start = Moment::start_of(check.on);
    let whole = |list: &PriceList| (list.base, list.includes_tax);
    if check.list_in_force.is_none_or(|old| whole(old) != whole(check.list)) {
        found.insert(start, None);
    }
    let old = by_goods(check.list_in_force.map(|list| list.entries.as_slice()).unwrap_or_default());
    let new = by_goods(&check.list.entries);
    for (these, those) in [(&new, &old), (&old, &new)] {
        for (goods, entries) in these {
            let beside = those.get(goods).map(Vec::as_slice).unwrap_or_default();
            for entry in entries.iter().filter(|entry| !beside.contains(*entry)) {
                let begins = entry.window.from.map_or(start, |from| from.max(start));
                let over = entry.window.to.map(Moment::just_after).filter(|over| *over >= start);
                for moment in [begins].into_iter().chain(over) {
                    let products = found.entry(moment).or_insert_with(|| Some(BTreeSet::new()));
                    match goods {
                        EntryGoods::Product(id) => products.iter_mut().for_each(|ids| {
                            ids.insert(*id);
                        }),
                        EntryGoods::Series(_) | EntryGoods::Category(_) | EntryGoods::All => *products = None,
                    }
                }
            }
        }
    }
    found
}

fn by_goods(entries: &[PriceEntry]) -> HashMap<&EntryGoods, Vec<&PriceEntry>> {
    let mut found: HashMap<&EntryGoods, Vec<&PriceEntry>> = HashMap::with_capacity(entries.len());
    for entry in entries {
        found.entry(&entry.goods).or_default().push(entry);
    }
    found
}

/// What is true of the entry's price that was not before; `None` where it cannot be said or has not moved.
fn comes_to(
    asked: &Question<'_>,
    (list, entry): (&PriceList, BookEntry<'_>),
    old: Option<&PriceBook>,
    lowest_tier: BasisPoints,
) -> Option<Vec<Found>> {
    let after = exact(asked, entry, list)?;
    let before = old.and_then(|book| {
        let beside = Question { book, ..*asked };
        exact(&beside, BookEntry { list: book.place_of(list.revision.item)?, ..entry }, list)
    });
    if before.is_some_and(|before| before.compare(after) == Ok(Ordering::Equal)) {
        return None;
    }
    let is = under(asked, after, lowest_tier).ok()?;
    let was = before.and_then(|before| under(asked, before, lowest_tier).ok()).unwrap_or_default();
    let fallen = is.into_iter().zip(was).filter_map(|(is, was)| is.filter(|_| was.is_none()));
    let jump = before.and_then(|before| jumped(as_paid(asked, before).ok()?, as_paid(asked, after).ok()?));
    Some(fallen.chain(jump).collect())
}

fn exact(asked: &Question<'_>, entry: BookEntry<'_>, list: &PriceList) -> Option<Ratio> {
    let points = asked.follow(entry, list).ok()?;
    asked.base_step(points).exact().ok()
}

/// That the price lies below cost, and below the floor.
fn under(
    asked: &Question<'_>,
    exact: Ratio,
    lowest_tier: BasisPoints,
) -> Result<[Option<Found>; 2], OutOfRange> {
    let includes_tax = asked.context.prices_include_tax;
    let sold = Sold { facts: asked.product, factor: asked.factor, includes_tax };
    Ok([cheaper(as_paid(asked, exact)?, sold)?, below_floor(exact, sold, lowest_tier)?])
}

impl Leaning {
    fn sorts(&mut self) -> [&mut Moved; 3] {
        [&mut self.cost, &mut self.floor, &mut self.jump]
    }

    fn add(&mut self, price: MovedPrice) {
        let sort = match price.what {
            Found::BelowCost { .. } => &mut self.cost,
            Found::BelowFloor { .. } => &mut self.floor,
            _ => &mut self.jump,
        };
        sort.prices += 1;
        sort.worst.push(price);
    }

    /// Those of one list, and a few of them to be named: of them who does not see every list is told.
    fn take(&mut self, mut own: Leaning) {
        own.put_worst_first();
        let Leaning { cost, floor, jump } = own;
        for (all, own) in self.sorts().into_iter().zip([cost, floor, jump]) {
            all.prices += own.prices;
            all.worst.extend(own.worst.into_iter().take(EXAMPLES_MAX));
        }
    }

    fn put_worst_first(&mut self) {
        for sort in self.sorts() {
            sort.worst.sort_by_key(|it| Reverse(it.what.risk()));
        }
    }
}
