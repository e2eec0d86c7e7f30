//! What is said of a price list before it is published.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::base::{Date, parse_date};
use crate::pricing::checks::{CheckedProduct, Finding, Findings, Found, PriceCheck, check_price_rows};

fn row(price: &str) -> PriceRow {
    PriceRow {
        product: ProductId(1),
        unit: None,
        min_qty: Qty::ZERO,
        price: yuan(price),
        from: None,
        to: None,
        note: None,
    }
}

fn day(text: &str) -> Option<Date> {
    Some(parse_date(text).unwrap())
}

/// Findings for `rows` over `in_force`, for the pail with cost 98, floor 90; tier A 92 %; from 5 May on.
fn findings(rows: &[PriceRow], in_force: &[PriceRow]) -> Findings {
    findings_of(&ListRow::with_tax(true), rows, in_force)
}

/// The same of a list that says this of the whole.
fn findings_of(list: &ListRow, rows: &[PriceRow], in_force: &[PriceRow]) -> Findings {
    let keyed = |rows: &[PriceRow]| -> BTreeMap<String, EntryRow> {
        rows.iter().map(|row| (row.key("P1"), EntryRow::from(row.clone()))).collect()
    };
    let list = Some(list);
    let (rows, in_force) = (keyed(rows), keyed(in_force));
    let check = PriceCheck {
        rows: &rows,
        list,
        in_force: &in_force,
        list_in_force: list,
        tiers: &[tier("A", "92"), tier("B", "95")],
        on: parse_date("2026-05-05").unwrap(),
    };
    let facts = pail();
    check_price_rows(check, |id| {
        (id == ProductId(1)).then_some(CheckedProduct { facts: &facts, archived: false })
    })
}

#[track_caller]
fn check(rows: &[PriceRow], in_force: &[PriceRow], expected: &[&str]) {
    let findings = findings(rows, in_force);
    let codes: Vec<_> = findings.found.iter().map(|finding| finding.what.code()).collect();
    assert_eq!(codes, expected, "{findings:?}");
}

#[test]
fn a_good_list_has_no_findings() {
    check(&[row("128")], &[], &[]);
    check(&[row("128")], &[row("120")], &[]);
}

#[test]
fn a_price_of_zero_blocks() {
    check(&[row("0")], &[], &["price_zero"]);
    assert_eq!(findings(&[row("0")], &[]).blocks, 1);
    assert_eq!(findings(&[row("97.99")], &[]).blocks, 0);
}

#[test]
fn below_cost_and_below_the_floor_with_the_deepest_tier_are_told() {
    check(&[row("98")], &[], &[]);
    check(&[row("97.99")], &[], &["below_cost"]);
    // 97.83 × 92 % = 90.00, 97.82 × 92 % = 89.99; the floor is 90.00.
    check(&[row("97.83")], &[], &["below_cost"]);
    check(&[row("97.82")], &[], &["below_cost", "below_floor"]);
    let boxes = PriceRow { unit: Some("箱".to_string()), ..row("391.96") };
    check(&[row("128"), boxes], &[], &["below_cost"]);
}

#[test]
fn costs_with_tax_are_held_against_a_list_without_tax_as_against_one_with_it() {
    // Cost 113.00 and floor 101.70 with tax, that is 100.00 and 90.00 without.
    let (cost, floor_price) = (Some(yuan("113")), Some(yuan("101.70")));
    let facts = ProductFacts { cost, floor_price, costs_include_tax: Some(true), ..pail() };
    let told = |includes_tax: bool, price: UnitPrice, unit: Option<&str>| {
        let row = PriceRow { price, unit: unit.map(str::to_string), ..row("1") };
        let rows = BTreeMap::from([(row.key("P1"), EntryRow::from(row))]);
        let (list, nothing) = (ListRow::with_tax(includes_tax), BTreeMap::new());
        let list = Some(&list);
        let on = parse_date("2026-05-05").unwrap();
        let check = PriceCheck { rows: &rows, list, in_force: &nothing, list_in_force: list, tiers: &[], on };
        let found =
            check_price_rows(check, |_| Some(CheckedProduct { facts: &facts, archived: false })).found;
        found.into_iter().map(|it| it.what).filter(|it| it.code().starts_with("below")).collect::<Vec<_>>()
    };
    let codes = |found: Vec<Found>| found.iter().map(Found::code).collect::<Vec<_>>();
    for whole in 80..=120_i64 {
        for (unit, factor) in [(None, 1), (Some("箱"), 4)] {
            let without = codes(told(false, UnitPrice(whole * factor * 10_000), unit));
            let with_tax = codes(told(true, UnitPrice(whole * factor * 11_300), unit));
            assert_eq!(without, with_tax, "{whole} {unit:?}");
            let expected: &[&str] = match whole {
                ..90 => &["below_cost", "below_floor"],
                90..100 => &["below_cost"],
                _ => &[],
            };
            assert_eq!(without, expected, "{whole} {unit:?}");
        }
    }
    let below = Found::BelowCost { unit: "桶".to_string(), price: yuan("99"), cost: yuan("100") };
    assert_eq!(told(false, yuan("99"), None), [below], "told as the list tells its prices");
}

#[test]
fn the_lowest_tier_is_the_lowest_that_a_customer_of_the_list_may_have() {
    let codes = |list: ListRow, price: &str| -> Vec<&'static str> {
        findings_of(&list, &[row(price)], &[]).found.iter().map(|finding| finding.what.code()).collect()
    };
    let contract = ListRow { class: PriceClass::Contract, ..ListRow::with_tax(true) };
    assert_eq!(codes(contract.clone(), "97.82"), ["below_cost"], "no tier works on its prices");
    assert_eq!(codes(contract.clone(), "89.99"), ["below_cost", "below_floor"]);
    let with_tier = ListRow { tier_applies: true, ..contract };
    assert_eq!(codes(with_tier, "97.82"), ["below_cost", "below_floor"]);
    // 97.82 × 95 % = 92.93: whoever has tier A is not priced by this list.
    let for_whom = ForWhom { tiers: vec!["B".to_string()], ..ForWhom::default() };
    let of_b = ListRow { for_whom, ..ListRow::with_tax(true) };
    assert_eq!(codes(of_b.clone(), "97.82"), ["below_cost"]);
    // 94.73 × 95 % = 89.99.
    assert_eq!(codes(of_b, "94.73"), ["below_cost", "below_floor"]);
}

#[test]
fn a_price_that_moves_by_more_than_30_percent_is_told_with_old_new_and_percent() {
    check(&[row("130")], &[row("100")], &[]);
    check(&[row("130.01")], &[row("100")], &["price_jump"]);
    check(&[row("140")], &[row("200")], &[]);
    check(&[row("139.99")], &[row("200")], &["price_jump"]);
    let findings = findings(&[row("132")], &[row("100")]);
    let expected = Found::PriceJump { old: yuan("100"), new: yuan("132"), change: 3_200 };
    assert_eq!(findings.found[0].what, expected);
}

#[test]
fn a_price_of_a_box_is_held_against_as_many_pails() {
    let boxes = |price: &str| PriceRow { unit: Some("箱".to_string()), ..row(price) };
    for (price, expected) in
        [("2080", &[][..]), ("2080.01", &["units_apart"]), ("1120", &[]), ("1119.99", &["units_apart"])]
    {
        check(&[row("400"), boxes(price)], &[], expected);
        // It was there before, and the box comes to it.
        check(&[row("400"), boxes(price)], &[row("400")], expected);
    }
    let told = findings(&[row("371.30"), boxes("15400")], &[row("371.30")]);
    let expected = Found::UnitsApart {
        unit: "箱".to_string(),
        price: yuan("15400"),
        base_unit: "桶".to_string(),
        each: yuan("3850"),
        base_price: yuan("371.30"),
        change: 93_690,
    };
    assert_eq!(told.found, [Finding::of_row("P1|箱", expected)]);
    assert_eq!((told.risk_count(false), told.blocks), (1, 0), "it must be seen, and stops nobody");
    // The pail moves away from a box that stays: it is told at the pail, and of a pair that stays nothing is.
    let moved = findings(&[row("128"), boxes("700")], &[row("170"), boxes("700")]);
    let keys: Vec<_> = moved.found.iter().map(|it| (it.row_key.as_deref(), it.what.code())).collect();
    assert_eq!(keys, [(Some("P1"), "units_apart")]);
    check(&[row("128"), boxes("700")], &[row("128"), boxes("700")], &[]);
    // Breaks and prices of another time are no measure, and without a price of the base unit there is none.
    let many = PriceRow { min_qty: Qty::whole(10), ..boxes("9999") };
    check(&[row("400"), boxes("1600"), many], &[], &[]);
    let over = PriceRow { to: day("2026-05-31"), ..row("128") };
    let later = PriceRow { from: day("2026-06-01"), ..boxes("9999") };
    check(&[over, later], &[], &[]);
}

proptest! {
    #[test]
    fn a_box_within_30_percent_of_its_pails_is_never_told_and_beyond_it_always(
        pail in 1_000_000..5_000_000_i64,
        share in 1..40_000_i64,
    ) {
        // Per box of 4, in basis points of the pails in it.
        let price = UnitPrice(pail * 4 * share / 10_000);
        let boxes = PriceRow { unit: Some("箱".to_string()), price, ..row("1") };
        let found = findings(&[PriceRow { price: UnitPrice(pail), ..row("1") }, boxes], &[]);
        let told = found.found.iter().any(|it| it.what.code() == "units_apart");
        let (figure, due) = (i128::from(price.0) * 100, i128::from(pail) * 4);
        prop_assert_eq!(told, price.0 > 0 && (figure > due * 130 || figure < due * 70));
    }
}

#[test]
fn a_jump_is_measured_against_what_holds_on_the_first_day() {
    let until_june = PriceRow { to: day("2026-05-31"), ..row("100") };
    let from_june = PriceRow { from: day("2026-06-01"), ..row("130") };
    let in_force = [until_june.clone(), from_june.clone()];
    let of = |from: &str, price: &str| PriceRow { from: day(from), ..row(price) };
    check(&[until_june.clone(), from_june.clone(), of("2026-06-02", "169")], &in_force, &[]);
    check(&[until_june, from_june, of("2026-06-02", "169.01")], &in_force, &["price_jump"]);
}

#[test]
fn an_unknown_unit_an_unknown_and_an_archived_product_block() {
    check(&[row("128"), PriceRow { unit: Some("吨".to_string()), ..row("128") }], &[], &["unknown_unit"]);
    check(&[PriceRow { product: ProductId(9), ..row("128") }], &[], &["unknown_product"]);
    let rows = BTreeMap::from([("P1".to_string(), EntryRow::from(row("128")))]);
    let nothing = BTreeMap::new();
    let facts = pail();
    let list = ListRow::with_tax(true);
    let list = Some(&list);
    let on = parse_date("2026-05-05").unwrap();
    let new = PriceCheck { rows: &rows, list, in_force: &nothing, list_in_force: list, tiers: &[], on };
    let archived = |_| Some(CheckedProduct { facts: &facts, archived: true });
    assert_eq!(check_price_rows(new, archived).found[0].what, Found::ArchivedProduct);
    // A row that stays as it is does not stop the release because its product was archived since.
    let same = PriceCheck { in_force: &rows, ..new };
    assert_eq!(check_price_rows(same, archived).found, vec![]);
}

#[test]
fn rows_that_price_the_same_from_the_same_day_overlap() {
    let base = PriceRow { unit: Some("桶".to_string()), ..row("127") };
    check(&[row("128"), base], &[], &["overlapping_price", "overlapping_price"]);
    let breaks = PriceRow { min_qty: Qty::whole(10), ..row("127") };
    check(&[row("128"), breaks], &[], &[]);
    let later = PriceRow { from: day("2026-06-01"), ..row("127") };
    check(&[row("128"), later], &[], &[]);
}

#[test]
fn days_that_end_before_they_begin_block_and_what_is_over_is_told() {
    let of = |from: &str, to: &str| PriceRow { from: day(from), to: day(to), ..row("128") };
    check(&[of("2026-05-05", "2026-05-05")], &[], &[]);
    check(&[of("2026-05-06", "2026-05-05")], &[], &["empty_range"]);
    check(&[of("2026-05-01", "2026-05-04")], &[], &["already_ended"]);
}

#[test]
fn a_new_price_that_another_row_goes_on_overruling_is_told() {
    let summer = PriceRow { from: day("2026-05-01"), to: day("2026-08-31"), ..row("120") };
    check(&[row("128"), summer.clone()], &[row("127"), summer.clone()], &["overruled"]);
    let findings = findings(&[row("128"), summer.clone()], &[row("127"), summer]);
    let expected = Found::Overruled { by_key: "P1|||2026-05-01".to_string(), until: day("2026-08-31") };
    assert_eq!(findings.found[0].what, expected);
    let to_come = PriceRow { from: day("2026-05-06"), ..row("120") };
    check(&[row("128"), to_come.clone()], &[to_come], &[]);
}

#[test]
fn a_product_with_prices_for_boxes_or_large_quantities_only_is_told() {
    let boxes = PriceRow { unit: Some("箱".to_string()), ..row("500") };
    check(std::slice::from_ref(&boxes), &[], &["no_price_for_base_unit"]);
    check(&[boxes, row("128")], &[], &[]);
    check(&[PriceRow { min_qty: Qty(1), ..row("128") }], &[], &["no_price_for_base_unit"]);
}

#[test]
fn a_list_says_whether_its_prices_include_tax_and_a_change_of_that_is_told() {
    let nothing = BTreeMap::new();
    let on = parse_date("2026-05-05").unwrap();
    let of = |list, list_in_force| {
        let check = PriceCheck { rows: &nothing, list, in_force: &nothing, list_in_force, tiers: &[], on };
        let findings = check_price_rows(check, |_| None);
        findings.found.into_iter().map(|finding| finding.what.code()).collect::<Vec<_>>()
    };
    let (with, without) = (ListRow::with_tax(true), ListRow::with_tax(false));
    let (with, without) = (Some(&with), Some(&without));
    assert_eq!(of(with, None), Vec::<&str>::new());
    assert_eq!(of(None, with), ["tax_basis_missing"]);
    assert_eq!(of(without, with), ["tax_basis_changed"]);
}

#[test]
fn findings_are_counted_in_full_and_listed_up_to_a_limit_those_that_block_first() {
    let zero = |from: usize| {
        let from = parse_date("2026-05-05")
            .unwrap()
            .checked_add(jiff::Span::new().days(i64::try_from(from).unwrap()));
        PriceRow { from: from.ok(), ..row("0") }
    };
    let mut rows: Vec<PriceRow> = (0..1_001).map(zero).collect();
    rows.push(PriceRow { min_qty: Qty::whole(7), ..row("97.99") });
    let findings = findings(&rows, &[]);
    assert_eq!(findings.counts.get("price_zero"), Some(&1_001));
    let blocking = findings.found.iter().take_while(|finding| finding.blocks).count();
    assert_eq!(blocking, 1_000, "listed up to the limit");
    assert!(findings.blocks >= 1_001);
    let told: Vec<&str> = findings.found.iter().skip(blocking).map(|it| it.what.code()).collect();
    assert!(told.contains(&"below_cost"), "{told:?}");
    assert_eq!(findings.counts.values().sum::<usize>(), findings.blocks + findings.warns);
    assert!(findings.warns_for(false) < findings.warns_for(true));
}

#[test]
fn more_findings_are_counted_with_those_that_were_cut() {
    let zero = |n: usize| Finding::of_row(&format!("{n:05}"), Found::PriceZero);
    let findings = Findings::of((0..1_500).map(zero).collect()).and((1_500..2_000).map(zero).collect());
    assert_eq!((findings.found.len(), findings.blocks, findings.warns), (1_000, 2_000, 0));
}

#[test]
fn figures_of_findings_go_out_as_decimal_text() {
    let told = |found: Found| serde_json::to_value(found).unwrap();
    let tier_percent = BasisPoints::of_whole(9_250).unwrap();
    let (unit, lowest, floor) = ("根".to_string(), yuan("19.62"), yuan("19.7425"));
    let floor = told(Found::BelowFloor { unit, lowest, floor, tier_percent, listed: false });
    let expected = serde_json::json!({
        "code": "below_floor", "unit": "根", "lowest": "19.62", "floor": "19.7425", "tier_percent": "92.5",
        "listed": false,
    });
    assert_eq!(floor, expected);
    let jump = told(Found::PriceJump { old: yuan("100"), new: yuan("9"), change: -9_105 });
    let expected =
        serde_json::json!({"code": "price_jump", "old": "100.00", "new": "9.00", "change": "-91.05"});
    assert_eq!(jump, expected);
}

#[test]
fn what_must_be_seen_stands_first_by_its_size_and_has_a_mark_of_its_own() {
    let jump = |key: &str, change| {
        let what = Found::PriceJump { old: yuan("100"), new: yuan("200"), change };
        Finding::of_row(key, what)
    };
    let cost = Found::BelowCost { unit: "桶".to_string(), price: yuan("49"), cost: yuan("98") };
    let tier_percent = BasisPoints::of_whole(9_000).unwrap();
    let floor = Found::BelowFloor {
        unit: "桶".to_string(),
        lowest: yuan("60"),
        floor: yuan("100"),
        tier_percent,
        listed: true,
    };
    let ended = Finding::of_row("P0", Found::AlreadyEnded { to: parse_date("2026-01-01").unwrap() });
    let found = vec![
        ended,
        jump("P1", 3_100),
        jump("P3", -9_000),
        Finding::of_row("P2", cost),
        jump("P4", 92_300),
        Finding::of_row("P5", floor),
    ];
    let findings = Findings::of(found.clone());
    let keys =
        |sees: bool| -> Vec<_> { findings.risks(sees).filter_map(|it| it.row_key.as_deref()).collect() };
    assert_eq!(keys(true), ["P4", "P3", "P2", "P5", "P1"]);
    assert_eq!(keys(false), ["P4", "P3", "P1"], "neither a cost nor a floor is told by a warning");
    assert_eq!((findings.risk_count(true), findings.risk_count(false)), (5, 3));
    assert_eq!(findings.found.last().map(|it| it.what.code()), Some("already_ended"));
    let mark = findings.risk_mark(true);
    assert_ne!(mark, findings.risk_mark(false));
    assert_eq!(
        mark,
        Findings::of(found.iter().rev().cloned().collect()).risk_mark(true),
        "whatever their order"
    );
    assert_ne!(mark, Findings::of(found[..4].to_vec()).risk_mark(true));
    let other = found.iter().take(4).cloned().chain([jump("P4", 92_301)]);
    assert_ne!(mark, Findings::of(other.collect()).risk_mark(true), "another figure is to be seen anew");
    assert_eq!(Findings::of(found[..1].to_vec()).risk_mark(true), None);
}
