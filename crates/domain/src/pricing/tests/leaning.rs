//! What a list brings about in lists whose formulas ask it: the pail (cost 98, floor 90) and plaster (cost 20, no floor).

use super::*;
use crate::base::parse_date;
use crate::pricing::checks::{Found, Leaning, LeaningCheck, Moved, check_leaning, leaning_on};

fn plaster() -> ProductFacts {
    let (series, cost) = (None, Some(yuan("20")));
    ProductFacts { id: ProductId(2), series, cost, floor_price: None, ..pail() }
}

/// The base list, with these entries.
fn base(entries: Vec<PriceEntry>) -> PriceList {
    PriceList { includes_tax: Some(true), entries, ..list(1) }
}

/// The contract 7 that asks the base list, with these entries.
fn contract(entries: Vec<PriceEntry>) -> PriceList {
    let class = PriceClass::Contract;
    PriceList { includes_tax: Some(true), class, base: Some(ItemId(1)), entries, ..list(7) }
}

/// So many percent of the base.
fn asks(percent: &str) -> PriceEntry {
    PriceEntry { gives: formula(FormulaOf::Base, percent, "0"), ..entry("0") }
}

fn brings(from: &PriceList, to: &PriceList, others: Vec<PriceList>) -> Leaning {
    let mut book = rows(others);
    book.products.push(plaster());
    check_leaning(LeaningCheck {
        list: to,
        list_in_force: Some(from),
        book: &book,
        tiers: &[tier("A", "92")],
        on: parse_date("2026-05-05").unwrap(),
    })
}

/// How many prices come below cost, below the floor, and jump.
fn counts(told: &Leaning) -> (usize, usize, usize) {
    (told.cost.prices, told.floor.prices, told.jump.prices)
}

#[track_caller]
fn check(prices: [&str; 2], other: PriceList, expected: (usize, usize, usize)) {
    let [from, to] = prices.map(|price| base(vec![entry(price)]));
    assert_eq!(counts(&brings(&from, &to, vec![other])), expected, "{prices:?}");
}

#[test]
fn a_price_counts_that_a_cut_of_the_base_brings_below_or_moves_by_far() {
    check(["120", "109"], contract(vec![asks("90")]), (0, 0, 0));
    check(["120", "108"], contract(vec![asks("90")]), (1, 0, 0));
    check(["120", "99"], contract(vec![asks("90")]), (1, 1, 0));
    check(["150", "104"], contract(vec![asks("95")]), (0, 0, 1));
    check(["150", "90"], contract(vec![asks("90")]), (1, 1, 1));
    // What lay below already was seen when its own list was published, or is not moved.
    check(["108", "107"], contract(vec![asks("90")]), (0, 0, 0));
    check(["108", "108"], contract(vec![asks("50")]), (0, 0, 0));
    check(["100", "120"], contract(vec![asks("90")]), (0, 0, 0));
    // At the lowest tier, where one applies: 95.40 at 92 % is 87.77.
    let tiered = PriceList { tier_applies: true, ..contract(vec![asks("90")]) };
    check(["120", "106"], tiered.clone(), (1, 1, 0));
    check(["120", "106"], PriceList { tier_applies: false, ..tiered }, (1, 0, 0));
}

#[test]
fn only_prices_count_whose_formula_asks_the_list_itself_or_through_another() {
    check(["120", "90"], contract(vec![entry("90")]), (0, 0, 0));
    let by_cost = PriceEntry { gives: formula(FormulaOf::Cost, "50", "0"), ..entry("0") };
    check(["120", "90"], contract(vec![by_cost]), (0, 0, 0));
    let of_another = PriceList { base: Some(ItemId(2)), ..contract(vec![asks("90")]) };
    check(["120", "90"], of_another.clone(), (0, 0, 0));
    let between = PriceList { base: Some(ItemId(1)), entries: vec![asks("100")], ..list(2) };
    let lists = [of_another.clone(), between.clone(), contract(Vec::new())];
    assert_eq!(Vec::from_iter(leaning_on(ItemId(1), &lists)), [ItemId(2), ItemId(7)]);
    let [from, to] = ["120", "97"].map(|price| base(vec![entry(price)]));
    let told = brings(&from, &to, vec![of_another, between]);
    assert_eq!(counts(&told), (2, 2, 0), "97 and 87.30 are below 98; at 92 % and at 90 % below 90");
}

#[test]
fn an_entry_for_many_goods_counts_for_those_whose_price_in_the_base_moves() {
    let both = |pail: &str, other: &str| {
        let of_plaster = PriceEntry { goods: EntryGoods::Product(ProductId(2)), ..entry(other) };
        base(vec![entry(pail), of_plaster])
    };
    let all = PriceEntry { goods: EntryGoods::All, ..asks("50") };
    let told = brings(&both("300", "50"), &both("300", "39"), vec![contract(vec![all.clone()])]);
    assert_eq!((counts(&told), told.cost.worst[0].product), ((1, 0, 0), ProductId(2)));
    // What the narrower entry wins is not moved by the wide one.
    let narrow = PriceEntry { goods: EntryGoods::Product(ProductId(2)), ..entry("60") };
    let told = brings(&both("300", "50"), &both("300", "39"), vec![contract(vec![all.clone(), narrow])]);
    assert_eq!(counts(&told), (0, 0, 0));
    // A base that prices many goods at once, or another tax basis, moves whatever is asked.
    let wide =
        |price: &str| base(vec![PriceEntry { goods: EntryGoods::Category(CategoryId(11)), ..entry(price) }]);
    let told = brings(&wide("300"), &wide("150"), vec![contract(vec![all.clone()])]);
    assert_eq!(counts(&told), (1, 1, 2));
    let net = PriceList { includes_tax: Some(false), ..both("300", "36") };
    assert_eq!(counts(&brings(&net, &both("300", "36"), vec![contract(vec![all])])), (1, 0, 0));
}

#[test]
fn a_price_from_a_later_day_is_looked_at_on_that_day_and_counted_once() {
    let from = base(vec![entry("120")]);
    let later = PriceEntry { window: Window::days(parse_date("2026-07-01"), None), ..entry("100") };
    let to = base(vec![entry("119"), later]);
    assert_eq!(
        counts(&brings(&from, &to, vec![contract(vec![asks("90")])])),
        (1, 0, 0),
        "90.00 from July on"
    );
    let last = PriceEntry { window: Window::days(parse_date("2026-08-01"), None), ..entry("101") };
    let to = base(vec![entry("100"), last]);
    assert_eq!(counts(&brings(&from, &to, vec![contract(vec![asks("90")])])), (1, 0, 0));
    let over = PriceList { window: days("2026-01-01", "2026-05-04"), ..contract(vec![asks("90")]) };
    assert_eq!(counts(&brings(&from, &base(vec![entry("100")]), vec![over])), (0, 0, 0));
}

#[test]
fn a_price_is_looked_at_when_a_row_of_the_base_ends_and_another_holds_in_its_place() {
    let until = |price: &str, to: &str| {
        let window = Window::days(parse_date("2026-03-01"), parse_date(to));
        PriceEntry { window, ..entry(price) }
    };
    let of = |row: PriceEntry| base(vec![entry("120"), row]);
    let brought =
        |from: &PriceList, to: &PriceList| counts(&brings(from, to, vec![contract(vec![asks("80")])]));
    let [december, june, over] = ["2026-12-31", "2026-06-30", "2026-05-04"].map(|to| of(until("200", to)));
    assert_eq!(brought(&december, &june), (1, 0, 1), "from July on 96.00 in place of 160.00");
    assert_eq!(brought(&december, &over), (1, 0, 1), "at once");
    assert_eq!(brought(&june, &december), (0, 0, 1), "dearer from July on, and as before from next year on");
    assert_eq!(brought(&over, &base(vec![entry("120")])), (0, 0, 0), "over already");
    // Within a day too: the noon at which it ends, and the noon at which another begins.
    let noon = Moment::parse("2026-06-30T12:00").map(|(moment, _)| moment);
    let mut to_noon = until("200", "2026-12-31");
    to_noon.window.to = noon;
    assert_eq!(brought(&december, &of(to_noon)), (1, 0, 1));
    let from_noon = PriceEntry { window: Window { from: noon, to: noon }, ..entry("100") };
    assert_eq!(brought(&base(vec![entry("150")]), &base(vec![entry("150"), from_noon])), (1, 1, 1));
}

#[test]
fn of_many_prices_the_worst_are_told_first_and_a_few_of_each_list_are_kept() {
    let breaks = |of: i64, percents: &[&str]| {
        let at = |(place, percent): (i64, &&str)| PriceEntry { min_qty: Qty::whole(place), ..asks(percent) };
        let entries = (0_i64..).zip(percents).map(at).collect();
        PriceList { revision: Revision { item: ItemId(of), n: 1 }, ..contract(entries) }
    };
    let [from, to] = ["120", "100"].map(|price| base(vec![entry(price)]));
    let told = brings(&from, &to, vec![breaks(7, &["97", "96", "95", "94"]), breaks(8, &["97.5", "92"])]);
    let Moved { prices, worst } = &told.cost;
    let named: Vec<i64> = worst.iter().map(|it| it.list.0).collect();
    assert_eq!((*prices, named), (6, vec![8, 7, 7, 7, 8]));
    let (unit, price, cost) = ("桶".to_string(), yuan("92"), yuan("98"));
    assert_eq!(worst[0].what, Found::BelowCost { unit, price, cost });
}
