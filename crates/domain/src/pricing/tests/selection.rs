//! Which price wins, step by step.

use super::*;

/// Prices `qty` pails (or boxes) and expects the unit price.
#[track_caller]
fn check(lists: Vec<PriceList>, qty: &str, unit: &str, expected: &str) {
    check_rows(rows(lists), qty, unit, Ok(expected));
}

#[track_caller]
fn check_rows(rows: BookRows, qty: &str, unit: &str, expected: Result<&str, &str>) {
    // The order of lists and entries never matters: the same question to a book made backwards.
    let mut backwards = rows.clone();
    backwards.lists.reverse();
    backwards.lists.iter_mut().for_each(|list| list.entries.reverse());
    for rows in [rows, backwards] {
        let outcome = priced(rows, &context(), line(qty, unit));
        let outcome = outcome.map(|line| line.unit_price.to_yuan()).map_err(|refused| refused.code());
        assert_eq!(outcome.as_deref().map_err(|code| *code), expected);
    }
}

fn with(list: PriceList, entries: Vec<PriceEntry>) -> PriceList {
    PriceList { entries, ..list }
}

fn words(words: &[&str]) -> Option<Vec<String>> {
    Some(words.iter().map(|word| word.to_string()).collect())
}

#[test]
fn a_contract_beats_a_region_and_a_region_beats_the_list() {
    let of = |item, class, price| with(PriceList { class, ..list(item) }, vec![entry(price)]);
    let all = vec![
        of(1, PriceClass::List, "128"),
        of(2, PriceClass::Region, "126"),
        of(3, PriceClass::Contract, "130"),
    ];
    check(all[..1].to_vec(), "60", "桶", "128.00");
    check(all[..2].to_vec(), "60", "桶", "126.00");
    check(all, "60", "桶", "130.00");
}

#[test]
fn a_contract_that_has_no_price_for_it_leaves_the_list_to_answer() {
    let other = PriceEntry { goods: EntryGoods::Product(ProductId(2)), ..entry("1") };
    let contract = with(PriceList { class: PriceClass::Contract, ..list(2) }, vec![other]);
    check(vec![with(list(1), vec![entry("128")]), contract], "60", "桶", "128.00");
}

#[test]
fn a_list_for_named_customers_beats_one_for_a_criterion_and_that_beats_one_for_all() {
    let named = Who { customers: Some(vec![CustomerId(1)]), ..Who::default() };
    let region = Who { regions: Some(vec![SUZHOU]), types: words(&["工程商"]), ..Who::default() };
    let of = |item, who, price| with(PriceList { who, ..list(item) }, vec![entry(price)]);
    let all = vec![of(1, Who::default(), "128"), of(2, region, "127"), of(3, named, "129")];
    check(all[..2].to_vec(), "60", "桶", "127.00");
    check(all, "60", "桶", "129.00");
}

#[test]
fn a_list_for_somebody_else_does_not_answer() {
    let nanjing = Who { regions: Some(vec![NANJING]), ..Who::default() };
    let lists = vec![
        with(list(1), vec![entry("128")]),
        with(PriceList { who: nanjing, ..list(2) }, vec![entry("100")]),
    ];
    check(lists, "60", "桶", "128.00");
}

#[test]
fn the_product_beats_its_series_its_series_the_nearest_category_and_that_all() {
    let of = |goods, price| PriceEntry { goods, ..entry(price) };
    let all = [
        of(EntryGoods::All, "101"),
        of(EntryGoods::Category(CategoryId(10)), "102"),
        of(EntryGoods::Category(CategoryId(11)), "103"),
        of(EntryGoods::Category(CategoryId(12)), "104"),
        of(EntryGoods::Series("净味".to_string()), "105"),
        entry("106"),
    ];
    for (count, expected) in
        ["101.00", "102.00", "103.00", "104.00", "105.00", "106.00"].into_iter().enumerate()
    {
        check(vec![with(list(1), all[..=count].to_vec())], "60", "桶", expected);
    }
}

#[test]
fn narrower_goods_beat_a_price_in_the_own_unit() {
    let boxes = PriceEntry { goods: EntryGoods::All, unit: Some("箱".to_string()), ..entry("480") };
    check(vec![with(list(1), vec![entry("128"), boxes])], "2", "箱", "512.00");
}

#[test]
fn an_entry_in_the_lines_own_unit_beats_one_in_the_base_unit() {
    let boxes = PriceEntry { unit: Some("箱".to_string()), ..entry("500") };
    let lists = vec![with(list(1), vec![entry("128"), boxes])];
    check(lists.clone(), "2", "箱", "500.00");
    check(lists, "8", "桶", "128.00");
}

#[test]
fn the_own_unit_beats_a_higher_quantity_break_in_the_base_unit() {
    let boxes = PriceEntry { unit: Some("箱".to_string()), ..entry("500") };
    let break_at_8 = PriceEntry { min_qty: Qty::whole(8), ..entry("120") };
    check(vec![with(list(1), vec![boxes, break_at_8])], "2", "箱", "500.00");
}

#[test]
fn an_entry_in_the_base_unit_prices_every_unit_and_one_in_another_unit_only_that() {
    check(vec![with(list(1), vec![entry("128")])], "2", "箱", "512.00");
    let in_base = PriceEntry { unit: Some("桶".to_string()), ..entry("128") };
    check(vec![with(list(1), vec![in_base])], "2", "箱", "512.00");
    let boxes = PriceEntry { unit: Some("箱".to_string()), ..entry("500") };
    check_rows(rows(vec![with(list(1), vec![boxes])]), "8", "桶", Err("no_price"));
}

#[test]
fn the_highest_quantity_break_that_is_reached_wins() {
    let at = |min, price| PriceEntry { min_qty: Qty::whole(min), ..entry(price) };
    let lists = || vec![with(list(1), vec![at(0, "128"), at(50, "125"), at(100, "120")])];
    check(lists(), "49.999", "桶", "128.00");
    check(lists(), "50", "桶", "125.00");
    check(lists(), "99.999", "桶", "125.00");
    check(lists(), "100", "桶", "120.00");
    // 12.5 boxes hold 50 pails: a break is counted in base units.
    check(lists(), "12.499", "箱", "512.00");
    check(lists(), "12.5", "箱", "500.00");
}

#[test]
fn lines_of_one_product_add_up_to_a_break() {
    let at_100 = PriceEntry { min_qty: Qty::whole(100), ..entry("120") };
    let book = PriceBook::new(rows(vec![with(list(1), vec![entry("128"), at_100])]));
    let unit_prices = |second: &str| {
        let lines = [line("60", "桶"), line(second, "箱")];
        let outcome = price_document(&book, &context(), &lines).unwrap();
        outcome.lines.iter().map(|line| line.unit_price.to_yuan()).collect::<Vec<_>>()
    };
    assert_eq!(unit_prices("9.999"), ["128.00", "512.00"]);
    assert_eq!(unit_prices("10"), ["120.00", "480.00"]);
}

#[test]
fn a_unit_that_is_no_whole_number_of_base_units_reaches_its_break_exactly() {
    let mut rows =
        rows(vec![with(list(1), vec![entry("128"), PriceEntry { min_qty: Qty::whole(1), ..entry("100") }])]);
    let thirds = vec![("瓶".to_string(), Factor::new(1, 3).unwrap())];
    rows.products = vec![ProductFacts { units: Units::new("桶", thirds).unwrap(), ..pail() }];
    check_rows(rows.clone(), "2.999", "瓶", Ok("42.67"));
    check_rows(rows, "3", "瓶", Ok("33.33"));
}

#[test]
fn the_class_goes_before_whom_a_list_is_for() {
    let named = Who { customers: Some(vec![CustomerId(1)]), ..Who::default() };
    let of = |item, class, who, price| with(PriceList { class, who, ..list(item) }, vec![entry(price)]);
    let region = of(2, PriceClass::Region, Who::default(), "126");
    check(vec![of(1, PriceClass::List, named.clone(), "120"), region.clone()], "60", "桶", "126.00");
    let contract = of(3, PriceClass::Contract, Who::default(), "130");
    check(vec![of(1, PriceClass::Region, named, "120"), region, contract], "60", "桶", "130.00");
}

#[test]
fn whom_a_list_is_for_goes_before_narrower_goods() {
    let named = Who { customers: Some(vec![CustomerId(1)]), ..Who::default() };
    let wide = PriceEntry { goods: EntryGoods::All, ..entry("120") };
    let lists =
        vec![with(list(1), vec![entry("128")]), with(PriceList { who: named, ..list(2) }, vec![wide])];
    check(lists, "60", "桶", "120.00");
}

#[test]
fn a_higher_quantity_break_goes_before_a_later_first_day() {
    let may = PriceEntry { window: days("2026-05-01", ""), ..entry("130") };
    let break_at_50 = PriceEntry { min_qty: Qty::whole(50), ..entry("125") };
    let lists = vec![with(list(1), vec![may, break_at_50])];
    check(lists.clone(), "49", "桶", "130.00");
    check(lists, "50", "桶", "125.00");
}

#[test]
fn the_later_first_day_of_an_entry_wins() {
    let from = |day: &str, price| PriceEntry { window: days(day, ""), ..entry(price) };
    let entries = vec![entry("128"), from("2026-05-01", "130"), from("2026-04-01", "127")];
    check(vec![with(list(1), entries.clone())], "60", "桶", "130.00");
    let later = from("2026-05-06", "140");
    check(vec![with(list(1), [entries, vec![later]].concat())], "60", "桶", "130.00");
}

#[test]
fn the_later_first_day_of_a_list_wins_and_that_of_an_entry_goes_before_it() {
    let since_april = PriceList { window: days("2026-04-01", ""), ..list(2) };
    let with_129 = with(since_april, vec![entry("129")]);
    check(vec![with(list(1), vec![entry("128")]), with_129.clone()], "1", "桶", "129.00");
    let april = PriceEntry { window: days("2026-04-01", ""), ..entry("127") };
    check(vec![with(list(1), vec![april]), with_129], "1", "桶", "127.00");
}

#[test]
fn of_equals_the_lower_id_wins() {
    check(vec![with(list(1), vec![entry("128")]), with(list(2), vec![entry("127")])], "1", "桶", "128.00");
    check(vec![with(list(3), vec![entry("128")]), with(list(2), vec![entry("127")])], "1", "桶", "127.00");
}

#[test]
fn an_entry_and_a_list_hold_on_their_first_and_last_day_only() {
    for (window, expected) in [
        (days("2026-05-05", "2026-05-05"), Ok("130.00")),
        (days("2026-05-06", ""), Ok("128.00")),
        (days("", "2026-05-04"), Ok("128.00")),
    ] {
        let in_entry = PriceEntry { window, min_qty: Qty::whole(1), ..entry("130") };
        check_rows(rows(vec![with(list(1), vec![entry("128"), in_entry])]), "60", "桶", expected);
        let in_list = PriceList { window, class: PriceClass::Region, ..list(2) };
        let lists = vec![with(list(1), vec![entry("128")]), with(in_list, vec![entry("130")])];
        check_rows(rows(lists), "60", "桶", expected);
    }
}

#[test]
fn the_products_list_price_stands_in_when_no_entry_answers_and_without_it_there_is_no_price() {
    let mut without = rows(vec![]);
    check_rows(without.clone(), "60", "桶", Err("no_price"));
    without.products = vec![ProductFacts { list_price: Some(yuan("131.50")), ..pail() }];
    check_rows(without.clone(), "60", "桶", Ok("131.50"));
    check_rows(without.clone(), "2", "箱", Ok("526.00"));
    without.lists = vec![with(list(1), vec![entry("128")])];
    check_rows(without, "60", "桶", Ok("128.00"));
}

#[test]
fn a_formula_works_on_the_base_list_on_the_list_price_or_on_the_cost() {
    let of = |gives| vec![PriceEntry { gives, ..entry("0") }];
    let base = with(list(1), vec![entry("128")]);
    let derived =
        |gives| with(PriceList { base: Some(ItemId(1)), class: PriceClass::Region, ..list(2) }, of(gives));
    check(vec![base.clone(), derived(formula(FormulaOf::Base, "95", "1.5"))], "60", "桶", "123.10");
    check(vec![base.clone(), derived(formula(FormulaOf::Base, "95", "1.5"))], "1", "箱", "492.40");
    check(vec![base.clone(), derived(formula(FormulaOf::Cost, "120", "0"))], "60", "桶", "117.60");
    let by_list_price = vec![base, derived(formula(FormulaOf::ListPrice, "90", "0"))];
    check_rows(rows(by_list_price.clone()), "60", "桶", Err("no_price"));
    let mut known = rows(by_list_price);
    known.products = vec![ProductFacts { list_price: Some(yuan("130")), ..pail() }];
    check_rows(known, "60", "桶", Ok("117.00"));
}

#[test]
fn a_base_list_is_asked_per_price_point_whatever_its_own_for_and_dates_say() {
    let at_100 = PriceEntry { min_qty: Qty::whole(100), ..entry("120") };
    let base = PriceList {
        who: Who { regions: Some(vec![NANJING]), ..Who::default() },
        window: days("", "2025-12-31"),
        ..list(1)
    };
    let follows = PriceEntry { gives: formula(FormulaOf::Base, "100", "2"), ..entry("0") };
    let lists = || {
        vec![
            with(base.clone(), vec![entry("128"), at_100.clone()]),
            with(PriceList { base: Some(ItemId(1)), ..list(2) }, vec![follows.clone()]),
        ]
    };
    check(lists(), "99", "桶", "130.00");
    check(lists(), "100", "桶", "122.00");
}

#[test]
fn a_base_list_without_an_entry_or_a_formula_without_a_base_falls_back_to_the_list_price() {
    let follows = PriceEntry { gives: formula(FormulaOf::Base, "90", "0"), ..entry("0") };
    let empty_base =
        vec![list(1), with(PriceList { base: Some(ItemId(1)), ..list(2) }, vec![follows.clone()])];
    for lists in [empty_base, vec![with(list(2), vec![follows])]] {
        check_rows(rows(lists.clone()), "1", "桶", Err("no_price"));
        let mut known = rows(lists);
        known.products = vec![ProductFacts { list_price: Some(yuan("100")), ..pail() }];
        check_rows(known, "1", "桶", Ok("90.00"));
    }
}

#[test]
fn a_base_serves_formulas_only() {
    let base = with(PriceList { window: days("", "2025-12-31"), ..list(1) }, vec![entry("128")]);
    let silent = PriceList { base: Some(ItemId(1)), ..list(2) };
    check_rows(rows(vec![base, silent]), "1", "桶", Err("no_price"));
}

#[test]
fn lists_that_name_each_other_are_refused_and_so_is_a_missing_cost() {
    let follows = |item, base| {
        let entries = vec![PriceEntry { gives: formula(FormulaOf::Base, "100", "0"), ..entry("0") }];
        with(PriceList { base: Some(ItemId(base)), ..list(item) }, entries)
    };
    check_rows(rows(vec![follows(1, 2), follows(2, 1)]), "1", "桶", Err("cycle"));
    check_rows(rows(vec![follows(1, 1)]), "1", "桶", Err("cycle"));
    let by_cost = PriceEntry { gives: formula(FormulaOf::Cost, "120", "0"), ..entry("0") };
    let mut costless = rows(vec![with(list(1), vec![by_cost])]);
    costless.products = vec![ProductFacts { cost: None, ..pail() }];
    check_rows(costless, "1", "桶", Err("no_cost"));
}

#[test]
fn categories_that_lie_within_each_other_are_refused() {
    let mut circle = rows(vec![with(list(1), vec![entry("128")])]);
    circle.category_parents = vec![(CategoryId(12), CategoryId(11)), (CategoryId(11), CategoryId(12))];
    check_rows(circle, "1", "桶", Err("cycle"));
}

#[test]
fn one_bad_line_does_not_hide_the_others() {
    let book = PriceBook::new(rows(vec![with(list(1), vec![entry("128")])]));
    let unknown = LineRequest { product: ProductId(7), ..line("1", "桶") };
    let lines = [line("1", "吨"), unknown, line("-1", "桶"), line("2", "桶")];
    let outcomes = price_lines(&book, &context(), &lines);
    let codes: Vec<_> =
        outcomes.iter().map(|outcome| outcome.as_ref().map_err(|refused| refused.code())).collect();
    assert_eq!(codes[0].err(), Some("unknown_unit"));
    assert_eq!(codes[1].err(), Some("unknown_product"));
    assert_eq!(codes[2].err(), Some("negative_qty"));
    assert_eq!(codes[3].map(|line| line.amount.to_yuan()), Ok("256.00".to_string()));
    let refused = price_document(&book, &context(), &lines).unwrap_err();
    assert_eq!((refused.line, refused.refused.code()), (0, "unknown_unit"));
}
