//! The checks of price tiers.

use std::collections::BTreeMap;

use super::{Finding, Findings, Found, JUMP_PERCENT};
use crate::base::{BasisPoints, round_half_away};
use crate::pricing::rows::TierRow;

/// The lowest percent of a tier that is taken for meant: 1 %.
const TIER_PERCENT_MIN: u32 = 100;

/// What is checked: the tiers as they would be, and as they are, each by name.
#[derive(Clone, Copy, Debug)]
pub struct TierCheck<'a> {
    pub rows: &'a BTreeMap<String, TierRow>,
    pub in_force: &'a BTreeMap<String, TierRow>,
}

/// The findings about tiers. `customers_of` counts the customers that have a tier.
pub fn check_tier_rows(check: TierCheck<'_>, customers_of: impl Fn(&str) -> i64) -> Findings {
    let mut found = Vec::new();
    for (name, row) in check.rows {
        let percent = row.percent;
        if percent.get() < TIER_PERCENT_MIN {
            found.push(Finding::of_row(name, Found::TierTooLow { percent }));
        }
        if percent > BasisPoints::WHOLE {
            found.push(Finding::of_row(name, Found::TierAboveList { percent }));
        }
        if let Some(old) = check.in_force.get(name).map(|row| row.percent).filter(|old| *old != percent) {
            found.push(Finding::of_row(name, changed(old, percent)));
        }
    }
    for name in check.in_force.keys().filter(|name| !check.rows.contains_key(*name)) {
        let customers = customers_of(name);
        if customers > 0 {
            found.push(Finding::of_row(name, Found::TierInUse { customers }));
        }
    }
    Findings::of(found)
}

fn changed(old: BasisPoints, new: BasisPoints) -> Found {
    match tier_jump(old, new) {
        Some(change) => Found::TierPercentJump { old, new, change },
        None => Found::TierPercentChanged { old, new },
    }
}

/// How far the prices of a tier move, in basis points of what they were, with their sign; `None` within 30 %, the bound of
/// prices. The bound is checked on the exact percents, before anything is rounded.
pub fn tier_jump(old: BasisPoints, new: BasisPoints) -> Option<i64> {
    let (old, new) = (i128::from(old.get()), i128::from(new.get()));
    let moved = new - old;
    let far = old > 0 && moved.abs() * 100 > old * i128::from(JUMP_PERCENT);
    if far { round_half_away(moved * 10_000, old).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(tiers: &[(&str, u32)]) -> BTreeMap<String, TierRow> {
        let tier = |(name, percent): &(&str, u32)| {
            (name.to_string(), TierRow { percent: BasisPoints::of_markup(*percent).unwrap() })
        };
        tiers.iter().map(tier).collect()
    }

    #[track_caller]
    fn check(rows: &[(&str, u32)], in_force: &[(&str, u32)], expected: &[&str]) {
        let (rows, in_force) = (tiers(rows), tiers(in_force));
        let used = |name: &str| if name == "A" { 41 } else { 0 };
        let findings = check_tier_rows(TierCheck { rows: &rows, in_force: &in_force }, used);
        let codes: Vec<_> = findings.found.iter().map(|finding| finding.what.code()).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_tier_lies_between_1_and_100_percent_and_above_is_told() {
        check(&[("A", 100)], &[], &[]);
        check(&[("A", 99)], &[], &["tier_too_low"]);
        check(&[("A", 10_000)], &[], &[]);
        check(&[("A", 10_001)], &[], &["tier_above_list"]);
    }

    #[test]
    fn a_tier_that_customers_have_does_not_go() {
        check(&[], &[("A", 9_200)], &["tier_in_use"]);
        check(&[], &[("B", 9_200)], &[]);
    }

    #[test]
    fn a_changed_percent_is_told() {
        check(&[("A", 9_100)], &[("A", 9_200)], &["tier_percent_changed"]);
        check(&[("A", 9_200)], &[("A", 9_200)], &[]);
    }

    #[test]
    fn a_percent_that_moves_by_more_than_three_tenths_must_be_acknowledged() {
        check(&[("A", 7_000)], &[("A", 10_000)], &["tier_percent_changed"]);
        check(&[("A", 6_999)], &[("A", 10_000)], &["tier_percent_jump"]);
        check(&[("A", 9_100)], &[("A", 7_000)], &["tier_percent_changed"]);
        check(&[("A", 9_101)], &[("A", 7_000)], &["tier_percent_jump"]);
        let (rows, in_force) = (tiers(&[("C", 950), ("B", 9_400)]), tiers(&[("C", 9_700), ("B", 9_500)]));
        let findings = check_tier_rows(TierCheck { rows: &rows, in_force: &in_force }, |_| 12);
        let told: Vec<_> = findings.risks(false).map(|it| (it.row_key.as_deref(), it.what.risk())).collect();
        assert_eq!(told, [(Some("C"), Some(9_021))], "it shows no cost, so everybody sees it");
        assert_eq!((findings.blocks, findings.risk_count(false), findings.risk_count(true)), (0, 1, 1));
        assert!(findings.risk_mark(false).is_some());
    }
}
