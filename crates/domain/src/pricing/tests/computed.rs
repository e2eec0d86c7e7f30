//! What is said of changed prices that must be computed: formulas, and prices of many goods.

use std::collections::BTreeMap;

use super::*;
use crate::base::parse_date;
use crate::pricing::checks::{Computed, ComputedCheck, Found, check_computed};

/// What the change from `in_force` to `entries` comes to, with the lists that formulas ask before and after: for the pail
/// (cost 98, floor 90) and plaster of the same category (cost 20, no floor). The lowest tier is 92 %.
fn rebased(entries: &[EntryRow], in_force: &[EntryRow], bases: [Option<ItemId>; 2]) -> Vec<Computed> {
    let keyed = |entries: &[EntryRow]| -> BTreeMap<String, EntryRow> {
        let code = |row: &EntryRow| row.product().map(|id| format!("P{}", id.0)).unwrap_or_default();
        entries.iter().map(|row| (row.key(&code(row)), row.clone())).collect()
    };
    let made = |keyed: &BTreeMap<String, EntryRow>, base| {
        let entries = keyed.values().cloned().map(PriceEntry::from).collect();
        PriceList { includes_tax: Some(true), base, entries, ..list(1) }
    };
    let (entries, in_force) = (keyed(entries), keyed(in_force));
    let [old_base, base] = bases;
    let (new, old) = (made(&entries, base), made(&in_force, old_base));
    let of = |item, price| PriceList { entries: vec![entry(price)], ..list(item) };
    let mut book = rows(vec![of(2, "128"), of(3, "28")]);
    let (series, cost) = (None, Some(yuan("20")));
    book.products.push(ProductFacts { id: ProductId(2), series, cost, floor_price: None, ..pail() });
    check_computed(ComputedCheck {
        rows: &entries,
        list: &new,
        in_force: &in_force,
        list_in_force: Some(&old),
        book: &book,
        lowest_tier: share("92"),
        on: parse_date("2026-05-05").unwrap(),
    })
}

fn told(entries: &[EntryRow], in_force: &[EntryRow]) -> Vec<Computed> {
    rebased(entries, in_force, [None, None])
}

/// Code, product, and of how many goods.
fn short(found: &[Computed]) -> Vec<(&'static str, i64, usize)> {
    found.iter().map(|it| (it.what.code(), it.product.0, it.goods)).collect()
}

fn of(goods: EntryGoods, gives: Gives) -> EntryRow {
    EntryRow { goods, unit: None, min_qty: Qty::ZERO, gives, from: None, to: None, note: None }
}

fn pail_by(gives: Gives) -> EntryRow {
    of(EntryGoods::Product(ProductId(1)), gives)
}

fn pail_at(price: &str) -> EntryRow {
    pail_by(Gives::Price(yuan(price)))
}

#[test]
fn a_price_that_becomes_a_formula_is_judged_by_what_it_comes_to() {
    let found = told(&[pail_by(formula(FormulaOf::Cost, "5", "0"))], &[pail_at("310")]);
    assert_eq!(short(&found), [("below_cost", 1, 1), ("below_floor", 1, 1), ("price_jump", 1, 1)]);
    let floor = Found::BelowFloor {
        unit: "桶".to_string(),
        lowest: yuan("4.51"),
        floor: yuan("90"),
        tier_percent: share("92"),
        listed: true,
    };
    assert_eq!(found[1].what, floor);
    let jump = Found::PriceJump { old: yuan("310"), new: yuan("4.90"), change: -9_842 };
    assert_eq!((found[2].key.as_str(), &found[2].what), ("P1", &jump));
    // 98 + 2 is what was paid before.
    assert!(told(&[pail_by(formula(FormulaOf::Cost, "100", "2"))], &[pail_at("100")]).is_empty());
    let free = told(&[pail_by(formula(FormulaOf::Cost, "0", "0"))], &[pail_at("310")]);
    assert_eq!(free.len(), 3, "a formula that comes to nothing is no price of zero, which is told as that");
}

#[test]
fn a_formula_that_becomes_a_price_or_another_formula_moves_too() {
    let by_cost = [pail_by(formula(FormulaOf::Cost, "120", "0"))];
    assert_eq!(short(&told(&[pail_at("40")], &by_cost)), [("price_jump", 1, 1)], "the rest its row shows");
    assert!(told(&[pail_at("120")], &by_cost).is_empty());
    let dearer = told(&[pail_by(formula(FormulaOf::Cost, "600", "0"))], &by_cost);
    assert_eq!(short(&dearer), [("price_jump", 1, 1)]);
    assert!(told(&by_cost, &by_cost).is_empty(), "what does not change is not blamed");
    assert!(told(&[pail_at("40")], &[pail_at("310")]).is_empty(), "two plain prices their rows show");
}

#[test]
fn a_price_for_many_goods_names_the_worst_and_counts_the_others() {
    let all_of = of(EntryGoods::Category(CategoryId(11)), Gives::Price(yuan("0.10")));
    let found = told(std::slice::from_ref(&all_of), &[pail_at("310")]);
    assert_eq!(short(&found), [("below_cost", 1, 2), ("below_floor", 1, 1), ("price_jump", 1, 1)]);
    assert_eq!(found[0].key, "*category:11");
    let beside_its_own = told(&[pail_at("310"), all_of], &[pail_at("310")]);
    assert_eq!(short(&beside_its_own), [("below_cost", 2, 1)], "the pail has a price of its own");
    let by_cost = of(EntryGoods::All, formula(FormulaOf::Cost, "5", "0"));
    assert_eq!(short(&told(&[by_cost], &[]))[0], ("below_cost", 1, 2));
}

#[test]
fn a_new_break_moves_no_price_and_another_base_moves_those_that_ask_it() {
    let breaks = EntryRow { min_qty: Qty::whole(40), ..pail_by(formula(FormulaOf::Cost, "300", "0")) };
    assert!(told(&[pail_at("100"), breaks], &[pail_at("100")]).is_empty());
    let follows = [pail_by(formula(FormulaOf::Base, "100", "0"))];
    let (standard, slip) = (Some(ItemId(2)), Some(ItemId(3)));
    assert!(rebased(&follows, &follows, [standard, standard]).is_empty());
    let found = rebased(&follows, &follows, [standard, slip]);
    assert_eq!(short(&found), [("below_cost", 1, 1), ("below_floor", 1, 1), ("price_jump", 1, 1)]);
}

#[test]
fn a_formula_over_the_cost_is_judged_alike_in_a_list_of_either_basis() {
    let (cost, floor_price) = (Some(yuan("113")), Some(yuan("101.70")));
    let facts = ProductFacts { cost, floor_price, costs_include_tax: Some(true), ..pail() };
    let codes = |includes_tax: bool, percent: &str| {
        let row = pail_by(formula(FormulaOf::Cost, percent, "0"));
        let entries = vec![PriceEntry::from(row.clone())];
        let list = PriceList { includes_tax: Some(includes_tax), entries, ..list(1) };
        let book = BookRows { products: vec![facts.clone()], ..rows(Vec::new()) };
        let found = check_computed(ComputedCheck {
            rows: &BTreeMap::from([(row.key("P1"), row)]),
            list: &list,
            in_force: &BTreeMap::new(),
            list_in_force: None,
            book: &book,
            lowest_tier: share("92"),
            on: parse_date("2026-05-05").unwrap(),
        });
        found.iter().map(|it| it.what.code()).collect::<Vec<_>>()
    };
    for (percent, expected) in
        [("100", Vec::new()), ("99", vec!["below_cost"]), ("97", vec!["below_cost", "below_floor"])]
    {
        assert_eq!(codes(true, percent), expected, "with tax {percent}");
        assert_eq!(codes(false, percent), expected, "without tax {percent}");
    }
}
