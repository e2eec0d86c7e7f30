//! What a person must have seen before it is confirmed or published: prices and tiers that jump, and prices below cost
//! or floor, their own or through a tier or a list that they lean on.

use std::collections::HashMap;

use super::{
    Finding, Findings, Found, LEANING_BELOW_COST, LEANING_BELOW_FLOOR, LEANING_JUMP, TIER_BELOW_COST,
    TIER_BELOW_FLOOR, UNITS_APART,
};
use crate::base::UnitPrice;
use crate::config::{Rows, content_hash};

/// The codes of those that everybody sees, and of those that only show to people who see costs.
const TOLD_TO_ALL: &[&str] = &["price_jump", UNITS_APART, "tier_percent_jump", LEANING_JUMP];
const OF_COST: &[&str] = &[
    "below_cost",
    "below_floor",
    TIER_BELOW_COST,
    TIER_BELOW_FLOOR,
    LEANING_BELOW_COST,
    LEANING_BELOW_FLOOR,
];

/// One row, and all for which it must be acknowledged: one look of a person answers for all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskRow<'a> {
    /// `None` for the whole list.
    pub key: Option<&'a str>,
    /// The largest first.
    pub reasons: Vec<&'a Finding>,
}

impl Found {
    /// How far it lies beyond what is usual, in basis points: of what it was for a jump, of the price of the base unit for one of
    /// another unit, of the cost or the floor for a
    /// price below it. `None` for what nobody has to acknowledge.
    pub fn risk(&self) -> Option<i64> {
        match self {
            Found::PriceJump { change, .. }
            | Found::UnitsApart { change, .. }
            | Found::TierPercentJump { change, .. } => Some(change.saturating_abs()),
            Found::BelowCost { price, cost, .. } => Some(loss(*price, *cost)),
            Found::BelowFloor { lowest, floor, .. } => Some(loss(*lowest, *floor)),
            Found::TierBelowCost { worst, .. } | Found::TierBelowFloor { worst, .. } => {
                Some(worst.first().map_or(0, |it| loss(it.price, it.least)))
            }
            Found::LeaningBelowCost { worst, .. }
            | Found::LeaningBelowFloor { worst, .. }
            | Found::LeaningJump { worst, .. } => {
                Some(worst.first().and_then(|it| it.what.risk()).unwrap_or(0))
            }
            _ => None,
        }
    }
}

impl Finding {
    /// Whether this reader must have seen it.
    fn is_risk_for(&self, sees_cost: bool) -> bool {
        self.what.risk().is_some() && (sees_cost || !self.what.shows_cost())
    }
}

impl Findings {
    /// What this reader must have seen, the largest first; at most as many as findings are listed.
    pub fn risks(&self, sees_cost: bool) -> impl Iterator<Item = &Finding> {
        self.found.iter().filter(move |it| it.is_risk_for(sees_cost))
    }

    /// The same whether listed or not, row by row: the row with the largest comes first.
    pub fn risk_rows(&self, sees_cost: bool) -> Vec<RiskRow<'_>> {
        let mut rows: Vec<RiskRow<'_>> = Vec::new();
        let mut places: HashMap<Option<&str>, usize> = HashMap::new();
        for finding in self.all_risks(sees_cost) {
            let key = finding.row_key.as_deref();
            let place = *places.entry(key).or_insert(rows.len());
            match rows.get_mut(place) {
                Some(row) => row.reasons.push(finding),
                None => rows.push(RiskRow { key, reasons: vec![finding] }),
            }
        }
        rows
    }

    fn all_risks(&self, sees_cost: bool) -> impl Iterator<Item = &Finding> {
        self.risks(sees_cost).chain(self.unlisted.iter().filter(move |it| it.is_risk_for(sees_cost)))
    }

    /// How many there are of those, listed or not.
    pub fn risk_count(&self, sees_cost: bool) -> usize {
        let count =
            |codes: &[&str]| -> usize { codes.iter().filter_map(|code| self.counts.get(*code)).sum() };
        count(TOLD_TO_ALL) + if sees_cost { count(OF_COST) } else { 0 }
    }

    /// What stands for just these risks: another row, figure or number of them makes another mark. `None` without any.
    pub fn risk_mark(&self, sees_cost: bool) -> Option<String> {
        let count = self.risk_count(sees_cost);
        if count == 0 {
            return None;
        }
        let told = |finding: &Finding| {
            let key = format!("{} {}", finding.what.code(), finding.row_key.as_deref().unwrap_or_default());
            (key, serde_json::to_string(finding).unwrap_or_default())
        };
        let mut rows: Rows = self.all_risks(sees_cost).map(told).collect();
        rows.insert(String::new(), count.to_string());
        Some(content_hash(&rows))
    }
}

/// How much of the cost or the floor is not paid, in basis points.
pub(super) fn loss(price: UnitPrice, least: UnitPrice) -> i64 {
    let missing = i128::from(least.0) - i128::from(price.0);
    match i128::from(least.0) {
        0 => 0,
        least => i64::try_from(missing * 10_000 / least).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests;
