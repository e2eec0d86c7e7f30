//! What a read sheet changes in a list: same file twice, no change.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::outcome::{ReadRow, ReadSheet};
use super::products::ProductIndex;
use super::{Mapping, Meaning};
use crate::base::{Date, ProductId, Qty};
use crate::pricing::rows::PriceRow;

/// What a sheet is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Compare<'a> {
    /// The rows of the list (of the draft, or in force) by key.
    pub rows: &'a BTreeMap<String, PriceRow>,
    /// Whether rows that the file does not name are deleted.
    pub replace_all: bool,
    pub today: Date,
}

/// The changes of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub put: Vec<Change>,
    /// Keys of rows that go; only with `replace_all`.
    pub delete: Vec<String>,
    /// Rows of the file that are in the list already.
    pub unchanged: usize,
    /// Rows of the list that the file does not name, and that stay.
    pub untouched: usize,
}

/// One row that is new or other than it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: String,
    pub new: PriceRow,
    pub old: Option<PriceRow>,
    /// Place of the sheet among those that are read, from 0.
    pub sheet: usize,
    /// Row of the sheet, from 1.
    pub sheet_row: usize,
}

/// How many rows of a file change a list, and how many do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    pub added: usize,
    pub changed: usize,
    /// Rows of the file that are in the list already.
    pub unchanged: usize,
    /// Rows of the list that the file does not name, and that stay.
    pub untouched: usize,
}

/// Product, unit and break, whatever the days.
type Point = (ProductId, Option<String>, Qty);

/// What the read rows change. A field that the file has no column for stays as it is.
pub fn changes(sheet: &ReadSheet, mapping: &Mapping, products: &ProductIndex, with: Compare<'_>) -> Changes {
    changes_of_book(&[(sheet, mapping)], products, with)
}

/// The same for all sheets of a file that are read.
pub fn changes_of_book(
    sheets: &[(&ReadSheet, &Mapping)],
    products: &ProductIndex,
    with: Compare<'_>,
) -> Changes {
    // Room that grows by doubling would take twice as much while it grows.
    let mut put = Vec::with_capacity(sheets.iter().map(|(sheet, _)| sheet.read.len()).sum());
    let changes = each_change(sheets, products, with, |change| put.push(change));
    Changes { put, ..changes }
}

/// How many changes `changes_of_book` would give, without holding any of them.
pub fn count_changes(
    sheets: &[(&ReadSheet, &Mapping)],
    products: &ProductIndex,
    with: Compare<'_>,
) -> ChangeCounts {
    let (mut added, mut changed) = (0, 0);
    let rest = each_change(sheets, products, with, |change| match change.old {
        Some(_) => changed += 1,
        None => added += 1,
    });
    ChangeCounts { added, changed, unchanged: rest.unchanged, untouched: rest.untouched }
}

/// Gives each row that is new or other to `put`; what is left of the changes comes back.
fn each_change(
    sheets: &[(&ReadSheet, &Mapping)],
    products: &ProductIndex,
    with: Compare<'_>,
    mut put: impl FnMut(Change),
) -> Changes {
    let mut points: HashMap<Point, Vec<(&str, &PriceRow)>> = HashMap::with_capacity(with.rows.len());
    // One thing may have a price for each of many days.
    let mut dated: HashMap<(Point, Option<Date>), (&str, &PriceRow)> = HashMap::new();
    for (key, row) in with.rows {
        let point = point(row, products);
        dated.entry((point.clone(), row.from)).or_insert((key, row));
        points.entry(point).or_default().push((key, row));
    }
    let mut changes = Changes::default();
    let mut named: BTreeSet<String> = BTreeSet::new();
    let rows = sheets.iter().enumerate();
    let rows =
        rows.flat_map(|(at, (sheet, mapping))| sheet.read.iter().map(move |read| (at, *mapping, read)));
    for (sheet, mapping, read) in rows {
        let point = point(&read.price_row, products);
        let old = if mapping.columns.contains_key(&Meaning::From) {
            dated.get(&(point, read.price_row.from)).copied()
        } else {
            let same_point = points.get(&point).map(Vec::as_slice).unwrap_or_default();
            standing(same_point, with.today).copied()
        };
        let new = completed(read, old.map(|(_, row)| row), mapping);
        let key = match old {
            Some((key, _)) => key.to_string(),
            None => fresh_key(&new, products, with.rows, &named),
        };
        named.insert(key.clone());
        match old {
            Some((_, old)) if equal(old, &new) => changes.unchanged += 1,
            _ => {
                let old = old.map(|(_, row)| row.clone());
                put(Change { key, new, old, sheet, sheet_row: read.row });
            }
        }
    }
    let absent = with.rows.keys().filter(|key| !named.contains(*key));
    if with.replace_all {
        changes.delete = absent.cloned().collect();
    } else {
        changes.untouched = absent.count();
    }
    changes
}

/// The row that a file without days means: the one with no end that has begun last, else the one that has begun last.
fn standing<'a, 'b>(rows: &'b [(&'a str, &'a PriceRow)], today: Date) -> Option<&'b (&'a str, &'a PriceRow)> {
    let begun = |row: &PriceRow| row.from.is_none_or(|from| from <= today);
    let open = rows.iter().filter(|(_, row)| begun(row) && row.to.is_none()).max_by_key(|(_, row)| row.from);
    let lasting = |row: &PriceRow| row.to.is_none_or(|to| today <= to);
    open.or_else(|| rows.iter().filter(|(_, row)| begun(row) && lasting(row)).max_by_key(|(_, row)| row.from))
}

fn completed(read: &ReadRow, old: Option<&PriceRow>, mapping: &Mapping) -> PriceRow {
    let mut new = read.price_row.clone();
    let Some(old) = old else {
        return new;
    };
    if !mapping.columns.contains_key(&Meaning::From) {
        new.from = old.from;
    }
    if !mapping.columns.contains_key(&Meaning::To) {
        new.to = old.to;
    }
    if !mapping.columns.contains_key(&Meaning::Note) && new.note.is_none() {
        new.note.clone_from(&old.note);
    }
    new
}

/// Equal but for the unit, which may be written or left out when it is the base unit.
fn equal(old: &PriceRow, new: &PriceRow) -> bool {
    let days_and_price = |row: &PriceRow| (row.price, row.min_qty, row.from, row.to, row.note.clone());
    days_and_price(old) == days_and_price(new)
}

/// A key that no other row has: after a product was given the code of another one, the plain key may be taken.
fn fresh_key(
    row: &PriceRow,
    products: &ProductIndex,
    rows: &BTreeMap<String, PriceRow>,
    named: &BTreeSet<String>,
) -> String {
    let code = products.get(row.product).map(|product| product.code.as_str()).unwrap_or_default();
    let key = row.key(code);
    if rows.contains_key(&key) || named.contains(&key) { format!("{key}#{}", row.product.0) } else { key }
}

fn point(row: &PriceRow, products: &ProductIndex) -> Point {
    let base = products.get(row.product).map(|product| product.facts.units.base());
    let unit = row.unit.as_deref().filter(|unit| Some(*unit) != base).map(str::to_string);
    (row.product, unit, row.min_qty)
}
