//! Price list: one row for each price point of a product, and one that says whether the prices include tax.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::around::{check_around, ranges_around};
use super::names::RowNames;
use super::rules::KindRules;
use super::{AcceptedRow, CheckInput, Difference, Kind, KindFacts, RowRefused, percent_of, signed};
use crate::access::OrgKind;
use crate::base::{CustomerId, ItemId, ProductId, UnitPrice};
use crate::config::refused::ConfigRefused;
use crate::config::rows::{Change, ChangeSort, Rows};
use crate::pricing::checks::{
    CheckedProduct, Finding, Findings, Found, JUMP_PERCENT, PriceCheck, below_cost as below_cost_of,
    check_price_rows,
};
use crate::pricing::{
    BookList, EntryGoods, EntryRow, Formula, FormulaOf, Gives, LIST_ROW_KEY, ListHead, ListRow, PriceClass,
    RowFault, price_list_of_rows,
};

/// How far prices move one way, in percent with one decimal: a mean would be of one slip alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    pub least: String,
    /// As many prices move by less as by more.
    pub median: String,
    pub most: String,
}

/// Prices of which another formula, or a formula no longer or for the first time, says what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormulaChanges {
    pub count: i64,
    /// What gave the first of them before, and what gives it; `None` for a formula that the reader may not see.
    pub first: Option<[Option<Gives>; 2]>,
}

/// What the changes of a price list come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceSummary {
    pub raised: i64,
    pub raised_by: Option<Moves>,
    pub lowered: i64,
    pub lowered_by: Option<Moves>,
    /// A formula in place of a price, a price in place of a formula, another formula.
    pub to_formula: FormulaChanges,
    pub to_price: FormulaChanges,
    pub other_formula: FormulaChanges,
    /// Same price or formula, another break or window.
    pub otherwise: i64,
    pub added: i64,
    pub removed: i64,
    /// The prices now include tax, or no longer do.
    pub includes_tax: Option<bool>,
    /// Something else of the whole list: whom it is for, its days, its base.
    pub settings: bool,
}

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {
    fn looks_at(&self, other: Kind) -> bool {
        matches!(other, Kind::PriceList | Kind::Tier | Kind::PriceCorridor)
    }

    fn names(&self) -> RowNames {
        RowNames { fields: &[("unit", "unit"), ("goods.series", "goods")], ..RowNames::default() }
    }

    /// Price lists only are made by people: HQ's lists and contracts at head office, a region's own list in the region.
    fn may_make(&self, class: PriceClass, scope: OrgKind) -> Result<(), ConfigRefused> {
        match (class, scope) {
            (PriceClass::List | PriceClass::Contract, OrgKind::Hq)
            | (PriceClass::Region, OrgKind::Region) => Ok(()),
            (PriceClass::Region, _) => Err(ConfigRefused::RegionNeeded),
            (PriceClass::List | PriceClass::Contract, _) => Err(ConfigRefused::HeadOfficeOnly),
        }
    }

    fn settings_rows(&self) -> i64 {
        1
    }

    fn cost_formula(&self, content: &str) -> Option<Formula> {
        match EntryRow::read(content).ok()?.gives {
            Gives::Formula(formula) if formula.of == FormulaOf::Cost => Some(formula),
            Gives::Formula(_) | Gives::Price(_) => None,
        }
    }

    fn keys_for(&self, content: &str, facts: &KindFacts) -> Vec<String> {
        let Ok(mut row) = EntryRow::read(content) else { return Vec::new() };
        let Ok(code) = accept_goods(&mut row, facts) else { return Vec::new() };
        keys_of(&row, &code).to_vec()
    }

    fn about(&self, content: &str) -> Option<ProductId> {
        EntryRow::read(content).ok().and_then(|row| row.product())
    }

    /// The customers that the row of the whole list names.
    fn customers(&self, content: &str) -> Vec<CustomerId> {
        ListRow::read(content).map(|row| row.for_whom.customers).unwrap_or_default()
    }

    fn base(&self, content: &str) -> Option<ItemId> {
        ListRow::read(content).ok().and_then(|row| row.base)
    }

    /// Prices include tax until somebody says otherwise.
    fn starting_rows(&self, class: PriceClass) -> Vec<AcceptedRow> {
        let content = ListRow { class, ..ListRow::with_tax(true) }.content();
        vec![AcceptedRow { key: LIST_ROW_KEY.to_string(), content, about: None }]
    }

    fn may_remove(&self, key: &str) -> Result<(), RowRefused> {
        if key == LIST_ROW_KEY { Err(RowRefused::RowNeeded) } else { Ok(()) }
    }

    fn shown(&self, content: &str, facts: &KindFacts) -> Value {
        if let Ok(row) = ListRow::read(content) {
            return shown_list(&row, facts);
        }
        let Ok(row) = EntryRow::read(content) else { return json!({}) };
        let goods = row.product().and_then(|id| facts.goods(id));
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

    fn below_cost(&self, content: &str, facts: &KindFacts, list_includes_tax: bool) -> Option<Found> {
        let row = EntryRow::read(content).ok()?;
        below_cost_of(&row, &facts.goods(row.product()?)?.facts, list_includes_tax)
    }

    fn difference(&self, change: &Change) -> Option<Difference> {
        let (before, after) = (price(change.before.as_deref())?, price(change.after.as_deref())?);
        let delta = after.0 - before.0;
        let percent = percent_of(i128::from(delta), i128::from(before.0));
        let far =
            before.0 > 0 && i128::from(delta).abs() * 100 > i128::from(before.0) * i128::from(JUMP_PERCENT);
        Some(Difference { delta: signed(UnitPrice(delta).to_yuan()), percent, far })
    }

    fn size(&self, change: &Change) -> i64 {
        // What moves by a formula cannot be measured here, and is looked at first.
        if PriceSummary::default().count_formula(change) {
            return i64::MAX;
        }
        let step = if change.sort() == ChangeSort::Changed { step(change) } else { None };
        step.map_or(0, |step| i64::try_from(step.abs()).unwrap_or(i64::MAX))
    }
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
        if row.window().is_empty() {
            return Err(RowRefused::EmptyWindow);
        }
        return Ok(AcceptedRow { key: LIST_ROW_KEY.to_string(), content: row.content(), about: None });
    }
    let mut row = EntryRow::read(content).map_err(RowRefused::Content)?;
    let code = accept_goods(&mut row, facts)?;
    if row.window().is_empty() {
        return Err(RowRefused::EmptyWindow);
    }
    let [plain, numbered] = keys_of(&row, &code);
    let goods = |key: &str| current(key).and_then(|now| EntryRow::read(now).ok()).map(|now| now.goods);
    // After a product was given the code of another one, the plain key may be the other's.
    let made = if goods(&plain).is_none_or(|now| now == row.goods) { plain } else { numbered.clone() };
    // A product whose code has changed keeps the row that was made under its old code.
    let stood = |key: &str| {
        current(key).is_some_and(|now| EntryRow::read(now).is_ok_and(|now| now.point() == row.point()))
    };
    let key = match key {
        None => made,
        Some(key) if key == made || key == numbered || stood(key) => key.to_string(),
        Some(_) => return Err(RowRefused::KeyWrong { made }),
    };
    Ok(AcceptedRow { key, content: row.content(), about: row.product() })
}

/// Units named once, and only those that the goods have; says the product's code.
fn accept_goods(row: &mut EntryRow, facts: &KindFacts) -> Result<String, RowRefused> {
    match &row.goods {
        EntryGoods::Product(id) => {
            let goods = facts.goods(*id).ok_or(RowRefused::UnknownProduct { product: *id })?;
            let units = &goods.facts.units;
            row.unit = row.unit.take().filter(|unit| unit != units.base());
            if let Some(unit) = row.unit.as_deref().filter(|unit| units.factor(unit).is_none()) {
                return Err(RowRefused::UnknownUnit { code: goods.code.clone(), unit: unit.to_string() });
            }
            Ok(goods.code.clone())
        }
        EntryGoods::Category(id) if facts.category(*id).is_none() => {
            Err(RowRefused::UnknownCategory { category: *id })
        }
        EntryGoods::Category(_) | EntryGoods::Series(_) | EntryGoods::All => Ok(String::new()),
    }
}

fn keys_of(row: &EntryRow, code: &str) -> [String; 2] {
    let plain = row.key(code);
    let numbered = match row.product() {
        Some(product) => format!("{plain}#{}", product.0),
        None => format!("{plain}#"),
    };
    [plain, numbered]
}

fn shown_list(row: &ListRow, facts: &KindFacts) -> Value {
    let customers = row.for_whom.customers.iter().map(|id| {
        let name = facts.customer_named(*id).unwrap_or_default();
        json!({ "id": id, "name": name })
    });
    let regions = row.for_whom.regions.iter().filter_map(|id| facts.regions().get(id));
    json!({
        "customers": customers.collect::<Vec<_>>(),
        "regions": regions.collect::<Vec<_>>(),
        "base": row.base.and_then(|id| facts.list_named(id)),
    })
}

pub(super) fn summary(changes: &[Change]) -> PriceSummary {
    let mut summary = PriceSummary::default();
    // Each change in millionths of its own price, so that every product counts alike.
    let (mut raised, mut lowered) = (Vec::new(), Vec::new());
    for change in changes {
        if change.key == LIST_ROW_KEY {
            let read = |content: &Option<String>| content.as_deref().and_then(|it| ListRow::read(it).ok());
            let (before, after) = (read(&change.before), read(&change.after));
            let tax = |row: &Option<ListRow>| row.as_ref().map(|row| row.includes_tax);
            summary.includes_tax = tax(&after).filter(|_| tax(&before) != tax(&after));
            let rest = |row: Option<ListRow>| row.map(|row| ListRow { includes_tax: true, ..row });
            summary.settings = before.is_some() && rest(before) != rest(after);
            continue;
        }
        match change.sort() {
            ChangeSort::Added => summary.added += 1,
            ChangeSort::Removed => summary.removed += 1,
            ChangeSort::Same => {}
            ChangeSort::Changed if summary.count_formula(change) => {}
            ChangeSort::Changed => match step(change) {
                Some(step) if step > 0 => {
                    summary.raised += 1;
                    raised.push(step);
                }
                Some(step) if step < 0 => {
                    summary.lowered += 1;
                    lowered.push(step);
                }
                _ => summary.otherwise += 1,
            },
        }
    }
    summary.raised_by = moves(raised);
    summary.lowered_by = moves(lowered);
    summary
}

impl PriceSummary {
    /// Counts a price that changes by a formula; `false` of any other change.
    fn count_formula(&mut self, change: &Change) -> bool {
        let gives = |content: Option<&str>| EntryRow::read(content?).ok().map(|row| row.gives);
        let (Some(was), Some(is)) = (gives(change.before.as_deref()), gives(change.after.as_deref())) else {
            return false;
        };
        let counted = match (was, is) {
            (Gives::Price(_), Gives::Formula(_)) => &mut self.to_formula,
            (Gives::Formula(_), Gives::Price(_)) => &mut self.to_price,
            (Gives::Formula(was), Gives::Formula(is)) if was != is => &mut self.other_formula,
            (Gives::Formula(_), Gives::Formula(_)) | (Gives::Price(_), Gives::Price(_)) => return false,
        };
        counted.count += 1;
        counted.first = counted.first.or(Some([Some(was), Some(is)]));
        true
    }

    /// The same for those who may not see the cost: they read no formula on it.
    pub(super) fn without_cost(mut self) -> PriceSummary {
        for changes in [&mut self.to_formula, &mut self.to_price, &mut self.other_formula] {
            for side in changes.first.iter_mut().flatten() {
                *side = side
                    .filter(|gives| !matches!(gives, Gives::Formula(Formula { of: FormulaOf::Cost, .. })));
            }
        }
        self
    }
}

/// Least, median and most of steps that all go one way; `None` without any.
fn moves(mut steps: Vec<i128>) -> Option<Moves> {
    steps.sort_unstable_by_key(|step| step.abs());
    let percent = |step: i128| percent_of(step, 1_000_000);
    let (lower, upper) = (steps.get(steps.len().checked_sub(1)? / 2)?, steps.get(steps.len() / 2)?);
    Some(Moves {
        least: percent(*steps.first()?)?,
        median: percent((lower + upper) / 2)?,
        most: percent(*steps.last()?)?,
    })
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
    EntryRow::read(content?).ok().and_then(|row| row.price())
}

pub(super) fn check(input: CheckInput<'_>, facts: &KindFacts) -> Findings {
    let (rows, list, unreadable) = read_rows(input.after);
    let (in_force, list_in_force, _) = read_rows(input.before);
    let check = PriceCheck {
        rows: &rows,
        list: list.as_ref(),
        in_force: &in_force,
        list_in_force: list_in_force.as_ref(),
        tiers: input.tiers,
        on: input.on,
    };
    let product =
        |id| facts.goods(id).map(|goods| CheckedProduct { facts: &goods.facts, archived: goods.archived });
    let findings = check_price_rows(check, product).and(unreadable);
    match input.around {
        Some(around) => {
            let lists = (list.as_ref(), list_in_force.as_ref());
            let findings = findings.and(check_around(around, lists, (&rows, &in_force), facts, input.on));
            Findings { ranges: ranges_around(around, list.as_ref(), &rows, facts, input.on), ..findings }
        }
        None => findings,
    }
}

type ReadRows = (BTreeMap<String, EntryRow>, Option<ListRow>, Vec<Finding>);

/// The rows as prices, what is true of the whole list, and what cannot be read.
fn read_rows(rows: &Rows) -> ReadRows {
    let mut prices = BTreeMap::new();
    let mut list = None;
    let mut unreadable = Vec::new();
    for (key, content) in rows {
        let read = if key == LIST_ROW_KEY {
            ListRow::read(content).map(|row| list = Some(row))
        } else {
            EntryRow::read(content).map(|row| drop(prices.insert(key.clone(), row)))
        };
        if let Err(fault) = read {
            unreadable.push(Finding::unreadable(key, fault));
        }
    }
    (prices, list, unreadable)
}

/// The list that these rows make.
pub(super) fn compile<'a>(
    head: &ListHead<'_>,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Arc<BookList>, (String, RowFault)> {
    Ok(Arc::new(BookList::new(price_list_of_rows(head, rows)?)))
}
