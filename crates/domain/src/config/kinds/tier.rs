//! Tiers: one row for each tier, its key the name, its content the percent of the list price.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::RowNames;
use super::rules::KindRules;
use super::{
    AcceptedRow, Around, CheckInput, Difference, Kind, KindFacts, RowRefused, percent_of, read_rows, signed,
};
use crate::base::{BasisPoints, Date, visible};
use crate::config::rows::Change;
use crate::pricing::checks::{
    FallenTier, Finding, Findings, Found, TierCheck, TierFall, TierPrice, Under, UnderPrice,
    check_tier_prices, check_tier_rows, tier_jump,
};
use crate::pricing::{Revision, RowFault, Tier, TierRow, tiers_of_rows};

/// A tier whose percent changes; `None` where there was or will be none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierChange {
    pub name: String,
    pub before: Option<BasisPoints>,
    pub after: Option<BasisPoints>,
}

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {
    fn looks_at(&self, other: Kind) -> bool {
        other == Kind::PriceList
    }

    fn names(&self) -> RowNames {
        RowNames { key: true, ..RowNames::default() }
    }

    fn difference(&self, change: &Change) -> Option<Difference> {
        let row = summary_of(change);
        let (before, after) = (row.before?, row.after?);
        let far = tier_jump(before, after).is_some();
        let (before, after) = (i64::from(before.get()), i64::from(after.get()));
        let points = crate::base::Fen(after - before).to_yuan();
        let percent = percent_of(i128::from(after - before), i128::from(before));
        Some(Difference { delta: signed(points), percent, far })
    }
}

pub(super) fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    let key = key.map(visible).filter(|key| !key.is_empty()).ok_or(RowRefused::KeyMissing)?;
    let row = TierRow::read(&key, content).map_err(RowRefused::Content)?;
    Ok(AcceptedRow { key, content: row.content(), about: None })
}

pub(super) fn summary(changes: &[Change]) -> Vec<TierChange> {
    changes.iter().map(summary_of).collect()
}

fn summary_of(change: &Change) -> TierChange {
    let percent = |content: Option<&String>| {
        content.and_then(|content| TierRow::read(&change.key, content).ok()).map(|row| row.percent)
    };
    TierChange {
        name: change.key.clone(),
        before: percent(change.before.as_ref()),
        after: percent(change.after.as_ref()),
    }
}

pub(super) fn check(input: CheckInput<'_>, facts: &KindFacts) -> Findings {
    let (rows, unreadable) = read_rows(input.after, TierRow::read);
    let (in_force, _) = read_rows(input.before, TierRow::read);
    let (rows, in_force): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (rows.into_iter().collect(), in_force.into_iter().collect());
    let check = TierCheck { rows: &rows, in_force: &in_force };
    let mut found = unreadable;
    if let Some(around) = input.around {
        found.extend(under_by_tier(around, fallen(&check), facts, input.on));
    }
    check_tier_rows(check, |tier| facts.customers_of_tier(tier)).and(found)
}

/// The tiers whose customers would pay less; of a new one those that come to have it.
fn fallen(check: &TierCheck<'_>) -> Vec<FallenTier> {
    let fallen = |(name, row): (&String, &TierRow)| {
        let (old, new) =
            (check.in_force.get(name).map_or(BasisPoints::WHOLE, |row| row.percent), row.percent);
        (new < old).then(|| FallenTier { name: name.clone(), old, new })
    };
    check.rows.iter().filter_map(fallen).collect()
}

/// What the tiers bring below cost and floor in the lists around them.
fn under_by_tier(around: &Around, fallen: Vec<FallenTier>, facts: &KindFacts, on: Date) -> Vec<Finding> {
    if fallen.is_empty() {
        return Vec::new();
    }
    let mut book = facts.book_rows();
    book.lists = around.lists.iter().map(|other| other.list.clone()).collect();
    let lists = around.lists.iter().map(|other| &other.list);
    let falls = check_tier_prices(fallen, lists, book, on);
    let told = |under: &Under| {
        let worst = under.worst.iter().chain(&under.next);
        let worst: Vec<TierPrice> = worst.filter_map(|price| tier_price(price, around, facts)).collect();
        (under.prices, worst)
    };
    let mut found = Vec::new();
    for TierFall { tier, cost, floor } in &falls {
        let percent = tier.new;
        if cost.prices > 0 {
            let (prices, worst) = told(cost);
            found.push(Finding::of_row(&tier.name, Found::TierBelowCost { percent, prices, worst }));
        }
        if floor.prices > 0 {
            let (prices, worst) = told(floor);
            found.push(Finding::of_row(&tier.name, Found::TierBelowFloor { percent, prices, worst }));
        }
    }
    found
}

/// The price with the names of its list and product.
fn tier_price(price: &UnderPrice, around: &Around, facts: &KindFacts) -> Option<TierPrice> {
    let list = around.lists.iter().find(|other| other.list.revision.item == price.list)?;
    let unit = facts.goods(price.product)?.facts.units.base().to_string();
    Some(TierPrice {
        item: price.list,
        list: list.list.name.clone(),
        product: facts.named(price.product),
        unit,
        price: price.price,
        least: price.least,
    })
}

/// The tiers that these rows make.
pub(super) fn compile<'a>(
    revision: Revision,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Arc<[Tier]>, (String, RowFault)> {
    Ok(tiers_of_rows(revision, rows)?.into())
}
