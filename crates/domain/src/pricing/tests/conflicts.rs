//! What is found before a list is published.

use super::*;

#[track_caller]
fn check(lists: Vec<PriceList>, expected: &[&str]) {
    let mut rows = rows(lists);
    rows.products[0].floor_price = None;
    check_rows(&rows, expected);
}

#[track_caller]
fn check_rows(rows: &BookRows, expected: &[&str]) {
    let found = conflicts(rows, &context());
    let codes: Vec<_> = found.iter().map(|conflict| conflict.code()).collect();
    assert_eq!(codes, expected, "{found:?}");
}

fn with(list: PriceList, entries: Vec<PriceEntry>) -> PriceList {
    PriceList { entries, ..list }
}

fn regions(regions: &[OrgId]) -> Who {
    Who { regions: Some(regions.to_vec()), ..Who::default() }
}

#[test]
fn equal_entries_of_one_list_overlap_and_breaks_units_goods_and_first_days_keep_them_apart() {
    check(vec![with(list(1), vec![entry("128")])], &[]);
    check(vec![with(list(1), vec![entry("128"), entry("127")])], &["overlapping_price"]);
    let base_unit = PriceEntry { unit: Some("桶".to_string()), ..entry("127") };
    check(vec![with(list(1), vec![entry("128"), base_unit])], &["overlapping_price"]);
    for apart in [
        PriceEntry { min_qty: Qty(1), ..entry("127") },
        PriceEntry { unit: Some("箱".to_string()), ..entry("127") },
        PriceEntry { goods: EntryGoods::All, ..entry("127") },
        PriceEntry { window: days("2026-05-01", ""), ..entry("127") },
    ] {
        check(vec![with(list(1), vec![entry("128"), apart])], &[]);
    }
}

#[test]
fn entries_that_begin_together_overlap_even_when_they_end_apart() {
    let short = PriceEntry { window: days("2026-05-01", "2026-05-03"), ..entry("127") };
    let long = PriceEntry { window: days("2026-05-01", ""), ..entry("128") };
    check(vec![with(list(1), vec![short.clone(), long])], &["overlapping_price"]);
    let ended = PriceList { window: days("", "2026-04-30"), ..list(1) };
    let twin = PriceEntry { ..short.clone() };
    check(vec![with(ended, vec![short, twin])], &[]);
}

#[test]
fn lists_of_one_class_overlap_unless_one_customer_cannot_fit_both() {
    let of = |item, who| with(PriceList { who, ..list(item) }, vec![entry("128")]);
    check(vec![of(1, Who::default()), of(2, Who::default())], &["overlapping_price"]);
    check(vec![of(1, Who::default()), of(2, regions(&[SUZHOU]))], &[]);
    check(vec![of(1, regions(&[SUZHOU])), of(2, regions(&[NANJING]))], &[]);
    check(vec![of(1, regions(&[SUZHOU])), of(2, regions(&[NANJING, SUZHOU]))], &["overlapping_price"]);
    let since = PriceList { window: days("2026-05-01", ""), ..of(2, Who::default()) };
    check(vec![of(1, Who::default()), since], &[]);
    let contract = PriceList { class: PriceClass::Contract, ..of(2, Who::default()) };
    check(vec![of(1, Who::default()), contract], &[]);
}

#[test]
fn an_emptied_criterion_and_a_window_that_ends_before_it_begins_block() {
    check(vec![PriceList { who: regions(&[]), ..list(1) }], &["empty_list"]);
    check(vec![PriceList { window: days("2026-05-02", "2026-05-01"), ..list(1) }], &["empty_range"]);
    check(vec![PriceList { window: days("2026-05-01", "2026-05-01"), ..list(1) }], &[]);
    let empty = PriceEntry { window: days("2026-05-02", "2026-05-01"), ..entry("128") };
    check(vec![with(list(1), vec![empty])], &["empty_range"]);
}

#[test]
fn a_lost_base_and_a_lost_product_are_named() {
    check(vec![PriceList { base: Some(ItemId(7)), ..list(1) }], &["unknown_reference"]);
    let lost = PriceEntry { goods: EntryGoods::Product(ProductId(7)), ..entry("1") };
    check(vec![with(list(1), vec![lost])], &["unknown_reference"]);
}

#[test]
fn circles_of_lists_and_of_categories_are_named_once() {
    let follows = |item, base| PriceList { base: Some(ItemId(base)), ..list(item) };
    check(vec![follows(1, 2), follows(2, 3), follows(3, 2), list(4)], &["cycle"]);
    check(vec![follows(1, 1)], &["cycle"]);
    check(vec![follows(1, 2), list(2)], &[]);
    let found = conflicts(&rows(vec![follows(3, 2), follows(2, 3)]), &context());
    assert_eq!(found, vec![Conflict::Cycle { lists: vec![ItemId(2), ItemId(3)] }]);
    let mut circle = rows(vec![]);
    circle.category_parents = vec![(CategoryId(1), CategoryId(2)), (CategoryId(2), CategoryId(1))];
    check_rows(&circle, &["cycle"]);
}

#[test]
fn the_deepest_tier_may_not_reach_under_the_floor_unseen() {
    let at = |price: &str, change: fn(&mut PriceList)| {
        let mut list = with(list(1), vec![entry(price)]);
        change(&mut list);
        let mut rows = rows(vec![list]);
        rows.tiers = vec![tier("A", "92"), tier("B", "80"), tier("C", "120")];
        rows
    };
    // The floor is 90.00: 112.50 × 80 % is just there.
    check_rows(&at("112.50", |_| {}), &[]);
    check_rows(&at("112.49", |_| {}), &["below_floor_possible"]);
    check_rows(&at("112.49", |list| list.who.tiers = Some(vec!["A".to_string()])), &[]);
    check_rows(&at("90", |list| list.class = PriceClass::Contract), &[]);
    check_rows(&at("89.99", |list| list.class = PriceClass::Contract), &["below_floor_possible"]);
    // The floor stands on the basis of its list.
    check_rows(&at("112.50", |list| list.includes_tax = Some(false)), &[]);
    let boxes = |list: &mut PriceList| list.entries[0].unit = Some("箱".to_string());
    check_rows(&at("450", boxes), &[]);
    check_rows(&at("449.99", boxes), &["below_floor_possible"]);
    let found = conflicts(&at("100", |_| {}), &context());
    assert!(!found[0].blocks());
    let (list, product) = (ItemId(1), ProductId(1));
    let expected = Conflict::BelowFloorPossible { list, product, lowest: yuan("80"), floor: yuan("90") };
    assert_eq!(found, vec![expected]);
}

#[test]
fn without_a_tier_the_list_price_itself_is_the_lowest() {
    let rows = rows(vec![with(list(1), vec![entry("89.99")])]);
    check_rows(&rows, &["below_floor_possible"]);
}
