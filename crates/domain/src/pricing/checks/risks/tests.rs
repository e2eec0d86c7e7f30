//! What must be acknowledged is counted too, and what shows cost is counted for those who see cost.

use std::collections::BTreeSet;

use super::*;
use crate::base::{BasisPoints, Date, ItemId};
use crate::pricing::RowFault;
use crate::pricing::checks::{LeaningPrice, TierPrice};
use crate::pricing::corridor::Band;

const PRICE: UnitPrice = UnitPrice(900_000);
const LEAST: UnitPrice = UnitPrice(1_000_000);

fn worst() -> Vec<TierPrice> {
    let text = String::new;
    let item = ItemId(1);
    vec![TierPrice { item, list: text(), product: text(), unit: text(), price: PRICE, least: LEAST }]
}

fn leaning() -> Vec<LeaningPrice> {
    let what = Found::PriceJump { old: PRICE, new: LEAST, change: 3_100 };
    vec![LeaningPrice { item: ItemId(1), list: String::new(), product: String::new(), what }]
}

/// One of each that is found of prices and tiers.
fn of_prices() -> Vec<Found> {
    let (to, text, percent) = (Date::constant(2026, 5, 5), String::new, BasisPoints::default());
    vec![
        Found::Unreadable { fault: RowFault::NotReadable },
        Found::UnknownProduct,
        Found::ArchivedProduct,
        Found::UnknownUnit { unit: text() },
        Found::PriceZero,
        Found::EmptyRange { from: to, to },
        Found::OverlappingPrice { other_key: text() },
        Found::TaxBasisMissing,
        Found::TooManyRows { rows: 2, rows_max: 1 },
        Found::TaxBasisChanged { includes_tax: true },
        Found::BelowCost { unit: text(), price: PRICE, cost: LEAST },
        Found::BelowFloor { unit: text(), lowest: PRICE, floor: LEAST, tier_percent: percent, listed: false },
        Found::PriceJump { old: PRICE, new: LEAST, change: 3_100 },
        Found::UnitsApart {
            unit: text(),
            price: LEAST,
            base_unit: text(),
            each: LEAST,
            base_price: PRICE,
            change: 3_100,
        },
        Found::AlreadyEnded { to },
        Found::Overruled { by_key: text(), until: None },
        Found::NoPriceForBaseUnit { unit: text() },
        Found::TierTooLow { percent },
        Found::TierAboveList { percent },
        Found::TierInUse { customers: 1 },
        Found::TierPercentChanged { old: percent, new: percent },
        Found::TierPercentJump { old: percent, new: percent, change: -3_100 },
        Found::TierBelowCost { percent, prices: 1, worst: worst() },
        Found::TierBelowFloor { percent, prices: 1, worst: worst() },
        Found::LeaningBelowCost { prices: 1, worst: leaning() },
        Found::LeaningBelowFloor { prices: 1, worst: leaning() },
        Found::LeaningJump { prices: 1, worst: leaning() },
    ]
}

/// One of each that is found of lists and of all other kinds.
fn of_others() -> Vec<Found> {
    let (to, text, item) = (Date::constant(2026, 5, 5), String::new, ItemId(1));
    let (product, list, price) = (text(), text(), PRICE);
    let band = Band { min: BasisPoints::default(), max: BasisPoints::default() };
    vec![
        Found::UnknownRole,
        Found::DepthHigh { depth: BasisPoints::default() },
        Found::RoleWithoutLimit { role: text() },
        Found::ListEnded { to },
        Found::ClassMisplaced,
        Found::ContractForEveryone,
        Found::UnknownBase,
        Found::OverlappingList { item, list: text(), goods: text() },
        Found::UnknownCategory,
        Found::UnknownSeries { series: text() },
        Found::FormulaWithoutFigure { product: text(), why: "" },
        Found::OutsideCorridor {
            product: text(),
            price,
            list_price: price,
            share: 1,
            band,
            lowest: price,
            highest: price,
            ask: Vec::new(),
        },
        Found::PutsOutside { item, list, rows: 1, product, share: 1, band, moved_to: None },
        Found::PutsOthersOutside { lists: 1, rows: 1 },
        Found::UnknownRegion,
        Found::BlockNew { block: "" },
        Found::UnknownCustomer,
        Found::BlockNeeded { block: "" },
        Found::BlockAdvised { block: "" },
        Found::PartAdvised { block: "", part: "" },
        Found::BlockEmpty,
        Found::SecondLanguageMissing,
        Found::SealRemoved,
        Found::SealExchanged,
    ]
}

#[test]
fn every_risk_is_in_one_list_and_those_that_show_cost_in_the_list_of_cost() {
    let all = [of_prices(), of_others()].concat();
    for found in &all {
        let code = found.code();
        let (told, cost) = (TOLD_TO_ALL.contains(&code), OF_COST.contains(&code));
        assert_eq!(found.risk().is_some(), told != cost, "{code}");
        assert_eq!(found.shows_cost(), cost, "{code}");
        let risk = Findings::of(vec![Finding::of_list(found.clone())]).risk_mark(true);
        assert_eq!(risk.is_some(), found.risk().is_some(), "{code}");
    }
    // Each arm of `code` is a variant, as the compiler holds; of each there is one above.
    let (_, codes) = include_str!("../../checks.rs").split_once("pub fn code(").unwrap();
    let (codes, _) = codes.split_once("/// Whether the facts show").unwrap();
    let codes = codes.lines().filter(|line| line.trim().starts_with("Found::")).count();
    let met: BTreeSet<&str> = all.iter().map(Found::code).collect();
    assert_eq!(met.len(), codes, "a variant of Found that is not above: {met:?}");
}

#[test]
fn a_row_is_told_once_with_all_its_reasons_whether_these_are_listed_or_not() {
    let jump = |key: &str, change| Finding::of_row(key, Found::PriceJump { old: PRICE, new: LEAST, change });
    let cost =
        |key: &str| Finding::of_row(key, Found::BelowCost { unit: String::new(), price: PRICE, cost: LEAST });
    let jumps = (0..1_200_i64).map(|n| jump(&format!("{n:05}"), 5_000 + n));
    let found: Vec<Finding> = jumps.chain([cost("00003"), cost("X")]).collect();
    let findings = Findings::of(found.clone());
    assert_eq!((findings.found.len(), findings.unlisted.len()), (1_000, 202));
    let rows = findings.risk_rows(true);
    assert_eq!((rows.len(), rows[0].key, findings.risk_count(true)), (1_201, Some("01199"), 1_202));
    let codes = |rows: &[RiskRow<'_>], key: &str| -> Vec<&'static str> {
        let row = rows.iter().find(|row| row.key == Some(key));
        row.into_iter().flat_map(|row| &row.reasons).map(|finding| finding.what.code()).collect()
    };
    assert_eq!(codes(&rows, "00003"), ["price_jump", "below_cost"]);
    let blind = findings.risk_rows(false);
    assert_eq!(
        (blind.len(), codes(&blind, "00003"), codes(&blind, "X")),
        (1_200, vec!["price_jump"], vec![])
    );
    // However they were put together; and the mark stands for those that are not listed too.
    assert_eq!(Findings::of(found[..700].to_vec()).and(found[700..].to_vec()), findings);
    let mut other = found;
    other[1] = jump("00001", 5_002);
    assert_ne!(Findings::of(other).risk_mark(true), findings.risk_mark(true));
}
