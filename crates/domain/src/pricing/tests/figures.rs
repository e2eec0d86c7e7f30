//! Tier, rounding, tax and floor, to the fen.

use super::*;
use crate::base::Fen;
use crate::pricing::ratio::Ratio;
use crate::pricing::trace::tiered;

fn v12() -> BookRows {
    let mut rows = rows(vec![PriceList {
        window: days("2026-05-01", ""),
        name: "V12".to_string(),
        entries: vec![entry("128.00")],
        ..list(1)
    }]);
    rows.tiers = vec![tier("A", "92"), tier("B", "110")];
    rows
}

fn changed(change: impl Fn(&mut ProductFacts)) -> BookRows {
    let mut rows = v12();
    rows.products.iter_mut().for_each(change);
    rows
}

#[track_caller]
fn unit_price(rows: BookRows, context: &PricingContext, unit: &str, expected: &str) {
    assert_eq!(priced(rows, context, line("1", unit)).unwrap().unit_price.to_yuan(), expected);
}

fn without_tax() -> PricingContext {
    PricingContext { prices_include_tax: false, ..context() }
}

#[test]
fn a_line_ends_at_its_highest_quantity_and_amount() {
    let of = |price: &str, qty: &str, unit: &str| {
        let rows = rows(vec![PriceList { entries: vec![entry(price)], ..list(1) }]);
        priced(rows, &context(), line(qty, unit)).map(|line| line.net)
    };
    let too_large = Err(PricingRefused::TooLarge { product: ProductId(1) });
    assert_eq!(of("1.00", "10000000", "桶"), Ok(Fen(1_000_000_000)));
    assert_eq!(of("1.00", "10000000.001", "桶"), too_large);
    assert_eq!(of("1.00", "2500000.25", "箱"), too_large);
    assert_eq!(of("100.00", "10000000", "桶"), Ok(crate::base::NET_MAX));
    assert_eq!(of("100.01", "10000000", "桶"), too_large);
    assert_eq!(of("1.00", "99999999999999", "桶"), too_large);
}

#[test]
fn a_product_without_a_floor_is_held_by_no_cost() {
    let below = |floor_price: Option<UnitPrice>| {
        let rows = changed(|product| (product.cost, product.floor_price) = (Some(yuan("120")), floor_price));
        let line = priced(rows, &context(), line("1", "桶")).unwrap();
        assert!(Some(line.unit_price) < line.cost, "117.76 where it costs 120");
        line.below_floor
    };
    assert_eq!((below(None), below(Some(yuan("118")))), (false, true));
}

#[test]
fn e1_without_policies_is_7065_60_with_812_86_tax() {
    let document = price_document(&PriceBook::new(v12()), &context(), &[line("60", "桶")]).unwrap();
    let priced = &document.lines[0];
    assert_eq!(priced.list, Some(Revision { item: ItemId(1), n: 12 }));
    assert_eq!(priced.used, vec![Revision { item: ItemId(1), n: 12 }, Revision { item: ItemId(900), n: 3 }]);
    assert_eq!(priced.list_unit_price.to_yuan(), "128.00");
    assert_eq!(priced.unit_price.to_yuan(), "117.76");
    assert_eq!((priced.amount, priced.net), (Fen(706_560), Fen(706_560)));
    assert_eq!((priced.net_ex_tax, priced.tax), (Fen(625_274), Fen(81_286)));
    assert_eq!(priced.net_unit_price, yuan("117.76"));
    assert_eq!((priced.floor, priced.below_floor), (Some(yuan("90")), false));
    assert_eq!(document.totals.net, Fen(706_560));
    let outs: Vec<_> = priced.trace.iter().filter_map(TraceStep::out).map(UnitPrice::to_yuan).collect();
    assert_eq!(outs, ["128.00", "117.76"]);
}

#[test]
fn e2_as_quantity_breaks_of_a_list_is_10598_40_and_turns_over_at_300() {
    let at = |min, price: &str| PriceEntry { min_qty: Qty::whole(min), ..entry(price) };
    // 36.00, from 100 on 95 % of it, from 300 on 92 %: the whole quantity at the step that it reaches.
    let entries = vec![at(0, "36.00"), at(100, "34.20"), at(300, "33.12")];
    let book = PriceBook::new(rows(vec![PriceList { entries, ..list(1) }]));
    let net = |quantities: &[&str]| {
        let lines: Vec<LineRequest> = quantities.iter().map(|qty| line(qty, "桶")).collect();
        price_document(&book, &context(), &lines).unwrap().totals.net
    };
    assert_eq!(net(&["320"]), Fen(1_059_840));
    assert_eq!(net(&["200", "120"]), Fen(1_059_840), "lines of one product add up");
    assert_eq!((net(&["99"]), net(&["100"])), (Fen(356_400), Fen(342_000)));
    assert_eq!((net(&["299"]), net(&["300"])), (Fen(1_022_580), Fen(993_600)), "one more costs less");
}

#[test]
fn the_tier_applies_to_lists_and_regions_and_to_a_contract_only_when_it_says_so() {
    let of = |class, tier_applies| {
        let mut rows = v12();
        rows.lists.iter_mut().for_each(|list| (list.class, list.tier_applies) = (class, tier_applies));
        rows
    };
    unit_price(of(PriceClass::List, false), &context(), "桶", "117.76");
    unit_price(of(PriceClass::Region, false), &context(), "桶", "117.76");
    unit_price(of(PriceClass::Contract, false), &context(), "桶", "128.00");
    unit_price(of(PriceClass::Contract, true), &context(), "桶", "117.76");
    let mut own = v12();
    own.lists.clear();
    own.products = vec![ProductFacts { list_price: Some(yuan("100")), ..pail() }];
    unit_price(own, &context(), "桶", "92.00");
}

#[test]
fn a_tier_may_raise_and_a_customer_without_one_pays_the_list() {
    let tiered = |tier: Option<&str>| {
        let mut context = context();
        context.customer.tier = tier.map(str::to_string);
        context
    };
    unit_price(v12(), &tiered(Some("B")), "桶", "140.80");
    unit_price(v12(), &tiered(None), "桶", "128.00");
    unit_price(v12(), &tiered(Some("没有的等级")), "桶", "128.00");
}

#[test]
fn the_unit_price_rounds_once_to_the_decimals_of_the_product() {
    let priced_at = |price: &str, decimals| {
        let mut rows = changed(|product| product.price_decimals = decimals);
        rows.lists[0].entries = vec![entry(price)];
        rows
    };
    // 10.0625 × 92 % = 9.2575
    unit_price(priced_at("10.0625", 4), &context(), "桶", "9.2575");
    unit_price(priced_at("10.0625", 3), &context(), "桶", "9.258");
    unit_price(priced_at("10.0625", 2), &context(), "桶", "9.26");
    unit_price(priced_at("10.0625", 0), &context(), "桶", "9.00");
    // A box rounds as one: 10.05 × 4 × 92 % = 36.984, not four pails at 9.25.
    unit_price(priced_at("10.05", 2), &context(), "箱", "36.98");
    // 3.125 × 92 % = 2.875: the half goes up.
    unit_price(priced_at("3.125", 2), &context(), "桶", "2.88");
}

#[test]
fn what_a_tier_makes_of_a_price_is_rounded_once_at_the_end() {
    let at = |exact: Ratio, percent: u32, decimals: u8| {
        tiered(exact, BasisPoints::of_markup(percent).unwrap(), decimals).unwrap().0
    };
    // 92 % of 33.3333…: 30.66666…, not 92 % of 33.3333.
    let third = Ratio::whole(1_000_000).over(Ratio::whole(3)).unwrap();
    assert_eq!([4, 3, 2, 0].map(|decimals| at(third, 9_200, decimals)), [306_667, 306_670, 306_700, 310_000]);
    assert_eq!(at(Ratio::whole(31_250), 9_200, 2), 28_800, "the half goes up");
    assert_eq!(at(Ratio::whole(31_250), 10_000, 4), 31_250, "no tier");
}

#[test]
fn a_list_with_tax_is_converted_to_a_document_without_and_back() {
    let including = |includes_tax| {
        let mut rows = v12();
        rows.lists[0].includes_tax = Some(includes_tax);
        rows
    };
    // 128 ÷ 1.13 × 92 % = 104.2124 and 128 × 1.13 × 92 % = 133.0688, each rounded once.
    unit_price(including(true), &without_tax(), "桶", "104.21");
    unit_price(including(false), &context(), "桶", "133.07");
    unit_price(including(true), &context(), "桶", "117.76");
    unit_price(including(false), &without_tax(), "桶", "117.76");
    let converted = priced(including(true), &without_tax(), line("1", "桶")).unwrap();
    assert_eq!(converted.list_unit_price.to_yuan(), "113.2743");
    assert_eq!((converted.floor, converted.cost), (Some(yuan("79.646")), Some(yuan("86.7257"))));
}

/// The pail of the catalogue, cost 113.00 and floor 101.70 with tax, that is 100.00 and 90.00 without, in a list on that
/// basis, without tiers.
fn of_the_catalogue(list_includes_tax: Option<bool>, gives: Gives) -> BookRows {
    let mut rows = changed(|product| {
        (product.cost, product.floor_price) = (Some(yuan("113")), Some(yuan("101.70")));
        product.costs_include_tax = Some(true);
    });
    rows.tiers.clear();
    rows.lists[0].includes_tax = list_includes_tax;
    rows.lists[0].entries = vec![PriceEntry { gives, ..entry("0") }];
    rows
}

#[test]
fn cost_and_floor_of_the_catalogue_include_tax_whatever_list_gives_the_price() {
    for includes_tax in [None, Some(true), Some(false)] {
        let by_cost = of_the_catalogue(includes_tax, formula(FormulaOf::Cost, "100", "0"));
        for (context, cost, floor) in [(context(), "113", "101.70"), (without_tax(), "100", "90")] {
            let told = priced(by_cost.clone(), &context, line("1", "桶")).unwrap();
            let found = (told.unit_price, told.cost, told.floor, told.below_floor);
            assert_eq!(found, (yuan(cost), Some(yuan(cost)), Some(yuan(floor)), false), "{includes_tax:?}");
            assert_eq!(replay(&told.trace), Ok(told.unit_price));
            let boxed = priced(by_cost.clone(), &context, line("1", "箱")).unwrap();
            assert_eq!(boxed.unit_price.0, 4 * told.unit_price.0, "{includes_tax:?}");
        }
    }
    // 90.00 without tax are 101.70 with it, and one step less lies below the floor.
    let below = |price: &str| {
        let rows = of_the_catalogue(Some(false), Gives::Price(yuan(price)));
        [context(), without_tax()].map(|it| priced(rows.clone(), &it, line("1", "桶")).unwrap().below_floor)
    };
    assert_eq!((below("90.00"), below("89.99")), ([false; 2], [true; 2]));
    // What is added to the cost is money of the list.
    let plus = of_the_catalogue(Some(false), formula(FormulaOf::Cost, "50", "1"));
    unit_price(plus, &context(), "桶", "57.63");
}

#[test]
fn in_a_case_cost_and_floor_stand_on_the_basis_of_the_list_that_gave_the_price() {
    let mut rows = v12();
    rows.lists[0].includes_tax = Some(false);
    let told = priced(rows.clone(), &context(), line("1", "桶")).unwrap();
    assert_eq!((told.cost, told.floor), (Some(yuan("110.74")), Some(yuan("101.70"))));
    rows.lists.clear();
    rows.products = vec![ProductFacts { list_price: Some(yuan("100")), ..pail() }];
    let told = priced(rows, &without_tax(), line("1", "桶")).unwrap();
    assert_eq!(
        (told.cost, told.floor),
        (Some(yuan("98")), Some(yuan("90"))),
        "without a list the document's"
    );
}

#[test]
fn tax_is_added_when_prices_do_not_include_it() {
    let line = priced(v12(), &without_tax(), line("60", "桶")).unwrap();
    assert_eq!((line.net, line.net_ex_tax, line.tax), (Fen(706_560), Fen(706_560), Fen(91_853)));
}

#[test]
fn a_formula_over_a_list_with_another_tax_basis_converts_before_it_adds() {
    let mut rows = v12();
    rows.tiers.clear();
    rows.lists[0].includes_tax = Some(false);
    let follows = PriceEntry { gives: formula(FormulaOf::Base, "50", "1"), ..entry("0") };
    let derived =
        PriceList { class: PriceClass::Region, base: Some(ItemId(1)), includes_tax: Some(true), ..list(2) };
    rows.lists.push(PriceList { entries: vec![follows], ..derived });
    // 128 × 1.13 × 50 % + 1
    unit_price(rows, &context(), "桶", "73.32");
}

#[test]
fn a_price_at_the_floor_is_allowed_and_one_step_below_it_is_marked() {
    let with_floor = |floor: &str| {
        let floor = yuan(floor);
        changed(move |product| product.floor_price = Some(floor))
    };
    let below = |rows, unit| priced(rows, &context(), line("0.3", unit)).unwrap().below_floor;
    assert!(!below(with_floor("117.76"), "桶"));
    assert!(below(with_floor("117.7601"), "桶"));
    assert!(!below(with_floor("117.76"), "箱"));
    assert!(below(with_floor("117.7601"), "箱"));
    let boxed = priced(with_floor("117.76"), &context(), line("1", "箱")).unwrap();
    assert_eq!(boxed.floor, Some(yuan("471.04")));
    let none = priced(changed(|product| product.floor_price = None), &context(), line("1", "桶")).unwrap();
    assert_eq!((none.floor, none.below_floor), (None, false));
}

#[test]
fn a_quantity_of_nothing_costs_nothing_and_keeps_its_unit_price() {
    let nothing = priced(v12(), &context(), line("0", "桶")).unwrap();
    assert_eq!((nothing.net, nothing.net_unit_price), (Fen(0), yuan("117.76")));
}

#[test]
fn figures_too_large_to_count_are_refused_and_never_wrap() {
    let huge = LineRequest { qty: Qty(i64::MAX), ..line("0", "桶") };
    let refused = priced(v12(), &context(), huge).unwrap_err();
    assert_eq!(refused.code(), "too_large");
    let mut rows = v12();
    rows.lists[0].entries = vec![PriceEntry { gives: Gives::Price(UnitPrice(i64::MAX)), ..entry("0") }];
    assert_eq!(priced(rows, &context(), line("1", "箱")).unwrap_err().code(), "too_large");
    let near = LineRequest { qty: Qty::whole(8_000_000), ..line("0", "桶") };
    let book = PriceBook::new(v12());
    assert!(price_document(&book, &context(), std::slice::from_ref(&near)).is_ok());
    let refused = price_document(&book, &context(), &[near.clone(), near]).unwrap_err();
    assert_eq!((refused.line, refused.refused.code()), (1, "too_large"));
}

#[test]
fn a_trace_keeps_its_facts_when_stored_and_read_again() {
    let line = priced(v12(), &context(), line("3", "箱")).unwrap();
    let stored = serde_json::to_string(&line).unwrap();
    let read: PricedLine = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, line);
    assert_eq!(replay(&read.trace), Ok(line.unit_price));
}
