//! Price list: one row for each price point of a product, and one that says whether the prices include tax.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{AcceptedRow, CheckInput, Difference, KindFacts, RowRefused, percent_of, signed};
use crate::base::{ProductId, UnitPrice};
use crate::config::rows::{Change, ChangeSort, Rows};
use crate::pricing::checks::{
    CheckedProduct, Finding, Findings, Found, PriceCheck, below_cost as below_cost_of, check_price_rows,
};
use crate::pricing::{BookList, LIST_ROW_KEY, ListRow, PriceRow, Revision, RowFault, price_list_of_rows};

/// What the changes of a price list come to. Averages are percent with one decimal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceSummary {
    pub raised: i64,
    pub raised_percent: Option<String>,
    pub lowered: i64,
    pub lowered_percent: Option<String>,
    /// Same price, another break or window.
    pub otherwise: i64,
    pub added: i64,
    pub removed: i64,
    /// The prices now include tax, or no longer do.
    pub includes_tax: Option<bool>,
}

/// The row under the key that its content makes, units named once: the base unit is never spelled out.
pub(super) fn accept<'a>(
    key: Option<&str>,
    content: &str,
    current: impl Fn(&str) -> Option<&'a str>,
    facts: &KindFacts,
) -> Result<AcceptedRow, RowRefused> {
    if key == Some(LIST_ROW_KEY) {
        let row = ListRow::read(content).map_err(RowRefused::Content)?;
        return Ok(AcceptedRow { key: LIST_ROW_KEY.to_string(), content: row.content(), about: None });
    }
    let mut row = PriceRow::read(content).map_err(RowRefused::Content)?;
    let goods = facts.goods(row.product).ok_or(RowRefused::UnknownProduct { product: row.product })?;
    let units = &goods.facts.units;
    row.unit = row.unit.filter(|unit| unit != units.base());
    if let Some(unit) = row.unit.as_deref().filter(|unit| units.factor(unit).is_none()) {
        return Err(RowRefused::UnknownUnit { code: goods.code.clone(), unit: unit.to_string() });
    }
    if row.window().is_empty() {
        return Err(RowRefused::EmptyWindow);
    }
    let [plain, numbered] = keys_of(&row, &goods.code);
    let product = |key: &str| current(key).and_then(about);
    // After a product was given the code of another one, the plain key may be the other's.
    let made = if product(&plain).is_none_or(|id| id == row.product) { plain } else { numbered.clone() };
    // A product whose code has changed keeps the row that was made under its old code.
    let stood = |key: &str| {
        current(key).is_some_and(|now| PriceRow::read(now).is_ok_and(|now| now.point() == row.point()))
    };
    let key = match key {
        None => made,
        Some(key) if key == made || key == numbered || stood(key) => key.to_string(),
        Some(_) => return Err(RowRefused::KeyWrong { made }),
    };
    Ok(AcceptedRow { key, content: row.content(), about: Some(row.product) })
}

pub(super) fn keys_for(content: &str, facts: &KindFacts) -> Vec<String> {
    let Ok(mut row) = PriceRow::read(content) else { return Vec::new() };
    let Some(goods) = facts.goods(row.product) else { return Vec::new() };
    row.unit = row.unit.filter(|unit| unit != goods.facts.units.base());
    keys_of(&row, &goods.code).to_vec()
}

fn keys_of(row: &PriceRow, code: &str) -> [String; 2] {
    let plain = row.key(code);
    let numbered = format!("{plain}#{}", row.product.0);
    [plain, numbered]
}

pub(super) fn about(content: &str) -> Option<ProductId> {
    PriceRow::read(content).ok().map(|row| row.product)
}

/// Prices include tax until somebody says otherwise.
pub(super) fn starting_row() -> AcceptedRow {
    let content = ListRow { includes_tax: true }.content();
    AcceptedRow { key: LIST_ROW_KEY.to_string(), content, about: None }
}

pub(super) fn may_remove(key: &str) -> Result<(), RowRefused> {
    if key == LIST_ROW_KEY { Err(RowRefused::RowNeeded) } else { Ok(()) }
}

pub(super) fn shown(content: &str, facts: &KindFacts) -> Value {
    let goods = PriceRow::read(content).ok().and_then(|row| facts.goods(row.product));
    goods.map_or(json!({}), |goods| {
        json!({
            "product_code": goods.code,
            "product_name": goods.name,
            "spec": goods.spec,
            "base_unit": goods.facts.units.base(),
            "archived": goods.archived,
        })
    })
}

pub(super) fn below_cost(content: &str, facts: &KindFacts) -> Option<Found> {
    let row = PriceRow::read(content).ok()?;
    below_cost_of(&row, &facts.goods(row.product)?.facts)
}

pub(super) fn difference(change: &Change) -> Option<Difference> {
    let (before, after) = (price(change.before.as_deref())?, price(change.after.as_deref())?);
    let delta = after.0 - before.0;
    let percent = percent_of(i128::from(delta), i128::from(before.0));
    Some(Difference { delta: signed(UnitPrice(delta).to_yuan()), percent })
}

pub(super) fn summary(changes: &[Change]) -> PriceSummary {
    let mut summary = PriceSummary::default();
    // Sums of each change in millionths of its own price, so that every product counts alike.
    let (mut raised, mut lowered) = (0_i128, 0_i128);
    for change in changes {
        if change.key == LIST_ROW_KEY {
            let after = change.after.as_deref().and_then(|content| ListRow::read(content).ok());
            summary.includes_tax = after.map(|row| row.includes_tax);
            continue;
        }
        match change.sort() {
            ChangeSort::Added => summary.added += 1,
            ChangeSort::Removed => summary.removed += 1,
            ChangeSort::Same => {}
            ChangeSort::Changed => match step(change) {
                Some(step) if step > 0 => {
                    summary.raised += 1;
                    raised += step;
                }
                Some(step) if step < 0 => {
                    summary.lowered += 1;
                    lowered += step;
                }
                _ => summary.otherwise += 1,
            },
        }
    }
    summary.raised_percent = percent_of(raised, i128::from(summary.raised) * 1_000_000);
    summary.lowered_percent = percent_of(lowered, i128::from(summary.lowered) * 1_000_000);
    summary
}

/// By how much the price moves, in millionths of what it was.
fn step(change: &Change) -> Option<i128> {
    let (before, after) = (price(change.before.as_deref())?, price(change.after.as_deref())?);
    let delta = i128::from(after.0) - i128::from(before.0);
    match before.0 {
        0 => Some(delta.signum() * 1_000_000),
        before => Some(delta * 1_000_000 / i128::from(before)),
    }
}

fn price(content: Option<&str>) -> Option<UnitPrice> {
    PriceRow::read(content?).ok().map(|row| row.price)
}

pub(super) fn check(input: CheckInput<'_>, facts: &KindFacts) -> Findings {
    let (rows, list, unreadable) = read_rows(input.after);
    let (in_force, list_in_force, _) = read_rows(input.before);
    let check = PriceCheck {
        rows: &rows,
        list,
        in_force: &in_force,
        list_in_force,
        tiers: input.tiers,
        on: input.on,
    };
    let product =
        |id| facts.goods(id).map(|goods| CheckedProduct { facts: &goods.facts, archived: goods.archived });
    let findings = check_price_rows(check, product);
    findings.and(unreadable)
}

type ReadRows = (BTreeMap<String, PriceRow>, Option<ListRow>, Vec<Finding>);

/// The rows as prices, what is true of the whole list, and what cannot be read.
fn read_rows(rows: &Rows) -> ReadRows {
    let mut prices = BTreeMap::new();
    let mut list = None;
    let mut unreadable = Vec::new();
    for (key, content) in rows {
        let read = if key == LIST_ROW_KEY {
            ListRow::read(content).map(|row| list = Some(row))
        } else {
            PriceRow::read(content).map(|row| drop(prices.insert(key.clone(), row)))
        };
        if let Err(fault) = read {
            unreadable.push(Finding::unreadable(key, fault));
        }
    }
    (prices, list, unreadable)
}

/// The list that these rows make.
pub(super) fn compile<'a>(
    revision: Revision,
    name: &str,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Arc<BookList>, (String, RowFault)> {
    Ok(Arc::new(BookList::new(price_list_of_rows(revision, name, rows)?)))
}
