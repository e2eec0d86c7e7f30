//! What changed prices come to that cannot be read off their row: formulas, and whatever prices many goods. They are
//! computed as a document would compute them, and held against what was in force, the cost and the floor.

use std::collections::{BTreeMap, HashMap};

use super::Found;
use super::price_rows::{Sold, below_floor, cheaper, jumped};
use crate::base::{BasisPoints, Date, OutOfRange, ProductId, UnitPrice};
use crate::pricing::base_price::Question;
use crate::pricing::book::{BookEntry, BookRows, PriceBook};
use crate::pricing::corridor::{answers_itself, book_with, each_entry, point_of};
use crate::pricing::entry_row::{EntryPoint, EntryRow};
use crate::pricing::list::{EntryGoods, Formula, FormulaOf, Gives, PriceEntry, PriceList};
use crate::pricing::ratio::Ratio;
use crate::pricing::trace::tiered;

/// A list as it would be, beside what is in force.
#[derive(Clone, Copy, Debug)]
pub struct ComputedCheck<'a> {
    /// The rows by key, and the list that they make.
    pub rows: &'a BTreeMap<String, EntryRow>,
    pub list: &'a PriceList,
    /// The same of what is in force.
    pub in_force: &'a BTreeMap<String, EntryRow>,
    pub list_in_force: Option<&'a PriceList>,
    /// Products that are sold, categories, and the lists besides this one.
    pub book: &'a BookRows,
    /// The lowest percent that a customer of the list may have.
    pub lowest_tier: BasisPoints,
    /// The day from which the rows would be in force.
    pub on: Date,
}

/// One sort of risk of one row: of all its goods the one with the largest, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    pub key: String,
    pub what: Found,
    pub product: ProductId,
    /// Of how many goods of the row it is true, the named one included.
    pub goods: usize,
}

/// The jumps, and the prices below cost or floor, of the rows that change: each sort once for each row.
///
/// Prices of one product, by themselves and beside one, are looked at by `check_price_rows`. An entry for many goods is
/// looked at for those that it gives the price of, and a formula without a figure is told as that.
pub fn check_computed(check: ComputedCheck<'_>) -> Vec<Computed> {
    let changed = changed(&check);
    let by_row = |row: &EntryRow| is_computed(&row.goods, row.gives);
    let any = check.in_force.values().any(by_row)
        || changed.values().any(|key| check.rows.get(*key).is_some_and(by_row));
    if changed.is_empty() || !any {
        return Vec::new();
    }
    let book = book_with(check.list, check.book);
    let old = check.list_in_force.map(|list| book.beside(list.clone()));
    let mut found: BTreeMap<(&str, &'static str), Computed> = BTreeMap::new();
    each_entry(check.list, &book, check.on, |asked, entry, _| {
        let Some(key) = changed.get(&point_of(entry)).copied() else { return };
        let single = matches!(entry.entry.goods, EntryGoods::Product(_));
        if !single && !answers_itself(asked, entry) {
            return;
        }
        // What cannot be computed is told as that, and a figure too large to compare is far above any cost or floor.
        for what in risks(&check, asked, entry, old.as_ref()).unwrap_or_default() {
            let product = asked.product.id;
            let first = || Computed { key: key.to_string(), what: what.clone(), product, goods: 0 };
            let told = found.entry((key, what.code())).or_insert_with(first);
            told.goods += 1;
            if what.risk() > told.what.risk() {
                (told.what, told.product) = (what, product);
            }
        }
    });
    found.into_values().collect()
}

/// The keys of the rows that change, by their point; with another base also those whose formula asks it.
fn changed<'a>(check: &ComputedCheck<'a>) -> HashMap<EntryPoint, &'a str> {
    let rebased = check.list_in_force.is_some_and(|old| old.base != check.list.base);
    let rows = check.rows.iter().filter(|(key, row)| {
        let asks_base = matches!(row.gives, Gives::Formula(Formula { of: FormulaOf::Base, .. }));
        check.in_force.get(*key) != Some(*row) || (rebased && asks_base)
    });
    rows.map(|(key, row)| (row.point(), key.as_str())).collect()
}

/// Whether a price has to be computed: it is a formula, or stands for many goods.
fn is_computed(goods: &EntryGoods, gives: Gives) -> bool {
    !matches!((goods, gives), (EntryGoods::Product(_), Gives::Price(_)))
}

fn risks(
    check: &ComputedCheck<'_>,
    asked: &Question<'_>,
    entry: BookEntry<'_>,
    old: Option<&PriceBook>,
) -> Result<Vec<Found>, OutOfRange> {
    let points = asked.follow(entry, check.list).map_err(|_| OutOfRange)?;
    let exact = asked.base_step(points).exact()?;
    let price = as_paid(asked, exact)?;
    let includes_tax = asked.context.prices_include_tax;
    let sold = Sold { facts: asked.product, factor: asked.factor, includes_tax };
    let mut found = Vec::new();
    if is_computed(&entry.entry.goods, entry.entry.gives) {
        found.extend(cheaper(price, sold)?);
        found.extend(below_floor(exact, sold, check.lowest_tier)?);
    }
    let before = old.and_then(|old| price_before(old, asked, (check.list, entry.entry)));
    found.extend(before.and_then(|before| jumped(before, price)));
    Ok(found)
}

/// What the list in force gives for the same product, unit and quantity on the same day, on the tax basis of the new one.
///
/// `None` where two plain prices of the product stand beside each other, which `check_price_rows` compares, and where
/// another break answered: a new break moves no price.
fn price_before(
    old: &PriceBook,
    asked: &Question<'_>,
    (list, entry): (&PriceList, &PriceEntry),
) -> Option<UnitPrice> {
    let beside = Question { book: old, ..*asked };
    let (found, old_list) = beside.answer_of(old.place_of(list.revision.item)?).ok()??;
    let computed = |entry: &PriceEntry| is_computed(&entry.goods, entry.gives);
    if found.entry.min_qty != entry.min_qty || !(computed(found.entry) || computed(entry)) {
        return None;
    }
    let points = beside.follow(found, old_list).ok()?;
    as_paid(&beside, beside.base_step(points).exact().ok()?).ok()
}

/// The price of one unit of the entry, rounded as it is paid: what stood before rounding tells more of the cost.
pub(super) fn as_paid(asked: &Question<'_>, exact: Ratio) -> Result<UnitPrice, OutOfRange> {
    tiered(exact, BasisPoints::WHOLE, asked.product.price_decimals)
}
