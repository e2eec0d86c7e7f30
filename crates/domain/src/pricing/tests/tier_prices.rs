//! What falling tiers bring below cost and floor: the pail (cost 98, floor 90) and plaster (cost 20, no floor).

use super::*;
use crate::base::parse_date;
use crate::pricing::checks::{FallenTier, TierFall, UnderPrice, check_tier_prices};

fn falls(name: &str, old: &str, new: &str) -> FallenTier {
    FallenTier { name: name.to_string(), old: share(old), new: share(new) }
}

fn plaster() -> ProductFacts {
    let (series, cost) = (None, Some(yuan("20")));
    ProductFacts { id: ProductId(2), series, cost, floor_price: None, ..pail() }
}

fn brings(fallen: &[FallenTier], lists: &[PriceList]) -> Vec<TierFall> {
    let mut book = rows(lists.to_vec());
    book.products.push(plaster());
    check_tier_prices(fallen.to_vec(), lists, book, parse_date("2026-05-05").unwrap())
}

/// How many prices the tier brings below cost, and below the floor.
#[track_caller]
fn check(fallen: FallenTier, list: PriceList, expected: (usize, usize)) {
    let found = brings(&[fallen], &[list]);
    assert_eq!((found[0].cost.prices, found[0].floor.prices), expected);
}

fn at(price: &str) -> PriceList {
    PriceList { includes_tax: Some(true), entries: vec![entry(price)], ..list(1) }
}

#[test]
fn a_price_counts_that_lay_above_and_lies_below_at_the_new_percent() {
    check(falls("A", "100", "98"), at("100"), (0, 0));
    check(falls("A", "100", "97.99"), at("100"), (1, 0));
    check(falls("A", "100", "90"), at("100"), (1, 0));
    check(falls("A", "100", "89.99"), at("100"), (1, 1));
    // What lay below already was seen when its list was published.
    check(falls("A", "97", "90"), at("100"), (0, 0));
    check(falls("A", "97", "89"), at("100"), (0, 1));
}

#[test]
fn every_unit_and_break_counts_and_an_entry_for_many_goods_where_it_gives_the_price() {
    let of_box = PriceEntry { unit: Some("箱".to_string()), ..entry("400") };
    let of_many = PriceEntry { min_qty: Qty::whole(40), ..entry("99") };
    let list = PriceList { entries: vec![entry("128"), of_box, of_many], ..at("1") };
    check(falls("A", "100", "95"), list, (2, 0));
    let category = PriceEntry { goods: EntryGoods::Category(CategoryId(11)), ..entry("21") };
    let list = PriceList { entries: vec![entry("128"), category], ..at("1") };
    let found = brings(&[falls("A", "100", "90")], &[list]);
    let worst =
        UnderPrice { list: ItemId(1), product: ProductId(2), price: yuan("18.90"), least: yuan("20") };
    assert_eq!((found[0].cost.prices, &found[0].cost.worst), (1, &vec![worst]));
    let by_cost = PriceEntry { gives: formula(FormulaOf::Cost, "105", "0"), ..entry("1") };
    check(falls("A", "100", "95"), PriceList { entries: vec![by_cost], ..at("1") }, (1, 0));
}

#[test]
fn a_tier_counts_in_the_lists_whose_prices_it_lowers() {
    let fall = || falls("A", "100", "85");
    let contract = PriceList { class: PriceClass::Contract, ..at("100") };
    check(fall(), contract.clone(), (0, 0));
    check(fall(), PriceList { tier_applies: true, ..contract }, (1, 1));
    let of = |tier: &str| {
        let who = Who { tiers: Some(vec![tier.to_string()]), ..Who::default() };
        PriceList { who, ..at("100") }
    };
    check(fall(), of("B"), (0, 0));
    check(fall(), of("A"), (1, 1));
    let over = PriceList { window: days("2026-01-01", "2026-05-04"), ..at("100") };
    check(fall(), over, (0, 0));
    let later = PriceList { window: days("2026-06-01", "2026-06-30"), ..at("100") };
    check(fall(), later, (1, 1));
}

#[test]
fn of_many_prices_the_worst_are_named_for_each_tier() {
    let of = |item, price| PriceList { revision: Revision { item: ItemId(item), n: 1 }, ..at(price) };
    let lists = [of(1, "99"), of(2, "101"), of(3, "98"), of(4, "100"), of(5, "200")];
    let found = brings(&[falls("A", "100", "96"), falls("B", "100", "99.5")], &lists);
    let named = |fall: &TierFall| fall.cost.worst.iter().map(|it| it.list.0).collect::<Vec<_>>();
    assert_eq!((found[0].cost.prices, named(&found[0])), (4, vec![3, 1, 4]));
    assert_eq!((found[1].cost.prices, named(&found[1])), (1, vec![3]));
    assert_eq!(found[1].cost.worst[0].price, yuan("97.51"));
    let next = |fall: &TierFall| fall.cost.next.iter().map(|it| it.list.0).collect::<Vec<_>>();
    assert_eq!((next(&found[0]), next(&found[1])), (vec![2], vec![]), "for who does not see the worst");
    assert!(brings(&[], &lists).is_empty());
}

#[test]
fn a_tier_brings_as_many_below_costs_with_tax_in_a_list_of_either_basis() {
    for (includes_tax, price, least) in [(true, "118.65", "113"), (false, "105", "100")] {
        let list = PriceList { includes_tax: Some(includes_tax), ..at(price) };
        let mut book = rows(vec![list.clone()]);
        let (cost, floor_price) = (Some(yuan("113")), Some(yuan("101.70")));
        book.products = vec![ProductFacts { cost, floor_price, costs_include_tax: Some(true), ..pail() }];
        let falls = vec![falls("A", "100", "90"), falls("B", "100", "85")];
        let found = check_tier_prices(falls, &[list], book, parse_date("2026-05-05").unwrap());
        let prices: Vec<_> = found.iter().map(|it| (it.cost.prices, it.floor.prices)).collect();
        assert_eq!(prices, [(1, 0), (1, 1)], "{includes_tax}");
        assert_eq!(found[0].cost.worst[0].least, yuan(least));
    }
}
