//! HQ's corridor: which row counts, and which prices lie outside.

use super::*;
use crate::base::parse_date;

const NANJING: OrgId = OrgId(3);

fn band(min: &str, max: &str) -> Band {
    Band { min: share(min), max: share(max) }
}

fn row_of(region: Option<OrgId>, category: Option<i64>, min: &str, max: &str) -> CorridorRow {
    CorridorRow { region, category: category.map(CategoryId), band: band(min, max) }
}

#[test]
fn the_regions_row_counts_before_that_for_all_then_the_nearest_category() {
    let corridor = Corridor::of([
        row_of(None, None, "95", "110"),
        row_of(None, Some(11), "90", "120"),
        row_of(Some(SUZHOU), None, "97", "103"),
        row_of(Some(SUZHOU), Some(12), "80", "130"),
    ]);
    let of = |region, categories: &[i64]| {
        let categories: Vec<CategoryId> = categories.iter().copied().map(CategoryId).collect();
        corridor.band(region, &categories)
    };
    assert_eq!(of(SUZHOU, &[12, 11]), Some(band("80", "130")));
    assert_eq!(of(SUZHOU, &[13, 11]), Some(band("97", "103")), "the own region before the nearer category");
    assert_eq!(of(NANJING, &[12, 11]), Some(band("90", "120")), "a category includes what lies beneath it");
    assert_eq!(of(NANJING, &[]), Some(band("95", "110")));
    assert_eq!(Corridor::default().band(SUZHOU, &[CategoryId(12)]), None);
}

#[test]
fn a_row_of_the_corridor_reads_back_and_one_that_is_turned_is_refused() {
    let content = r#"{"region":2,"category":null,"min":"95","max":"110.5"}"#;
    let row = CorridorRow::read(content).unwrap();
    assert_eq!((row.content().as_str(), row.key().as_str()), (content, "2|*"));
    assert_eq!(CorridorRow::read(r#"{"min":"110","max":"95"}"#), Err(RowFault::BandTurned));
    assert!(CorridorRow::read(r#"{"min":"-5","max":"95"}"#).is_err());
}

/// The points of the region's list, over HQ's 128.00 with 120.00 from 40 on, that lie outside of 95–110 %.
#[track_caller]
fn check(entries: Vec<PriceEntry>, expected: &[(&str, i64)]) {
    check_list(PriceList { entries, ..regional() }, expected);
}

fn regional() -> PriceList {
    PriceList { class: PriceClass::Region, base: Some(ItemId(1)), ..list(5) }
}

#[track_caller]
fn check_list(own: PriceList, expected: &[(&str, i64)]) {
    let many = PriceEntry { min_qty: Qty::whole(40), ..entry("120") };
    let hq = PriceList { entries: vec![entry("128"), many], ..list(1) };
    let rows = rows(vec![hq]);
    let corridor = Corridor::of([row_of(None, None, "95", "110")]);
    let on = parse_date("2026-05-05").unwrap();
    let around = Surroundings { rows: &rows, region: SUZHOU, corridor: &corridor, on };
    let found = outside(&own, around);
    let found: Vec<(String, i64)> = found.iter().map(|it| (it.price.to_yuan(), it.share)).collect();
    let expected: Vec<(String, i64)> =
        expected.iter().map(|(price, share)| (price.to_string(), *share)).collect();
    assert_eq!(found, expected);
}

#[test]
fn both_ends_of_the_band_are_inside_and_a_fen_beyond_is_not() {
    check(vec![entry("121.60")], &[]);
    check(vec![entry("121.59")], &[("121.59", 9_499)]);
    check(vec![entry("140.80")], &[]);
    check(vec![entry("140.81")], &[("140.81", 11_001)]);
}

#[test]
fn each_price_point_is_compared_with_that_of_head_office() {
    // 115.00 is fine beside 120.00 from 40 pails on, but 90 % of the single price.
    let many = PriceEntry { min_qty: Qty::whole(40), ..entry("115") };
    check(vec![many], &[]);
    check(vec![entry("115")], &[("115.00", 8_984)]);
    let boxes = PriceEntry { unit: Some("箱".to_string()), ..entry("500") };
    check(vec![boxes], &[]);
    let boxes = PriceEntry { unit: Some("箱".to_string()), ..entry("480") };
    check(vec![boxes], &[("480.00", 9_375)]);
}

#[test]
fn a_formula_over_the_base_and_an_entry_for_a_category_are_judged_by_their_figures() {
    let follows = |percent: &str| PriceEntry { gives: formula(FormulaOf::Base, percent, "0"), ..entry("0") };
    check(vec![follows("95")], &[]);
    check(vec![follows("94.99")], &[("121.5872", 9_499)]);
    let all_paint = PriceEntry { goods: EntryGoods::Category(CategoryId(11)), ..follows("90") };
    check(vec![all_paint.clone()], &[("115.20", 9_000)]);
    // What the narrower entry wins is judged there, not here.
    check(vec![all_paint, entry("125")], &[]);
}

#[test]
fn a_price_that_comes_from_the_cost_is_told_as_it_is_paid() {
    // 107.77 % of the cost of 98.00 is 105.6146.
    let over_cost = PriceEntry { gives: formula(FormulaOf::Cost, "107.77", "0"), ..entry("0") };
    check(vec![over_cost], &[("105.61", 8_251)]);
}

#[test]
fn prices_without_tax_are_compared_with_prices_without_tax() {
    let without = PriceList { includes_tax: Some(false), entries: vec![entry("110")], ..regional() };
    let hq_with = |entries| PriceList { includes_tax: Some(true), entries, ..list(1) };
    let rows = rows(vec![hq_with(vec![entry("128")])]);
    let corridor = Corridor::of([row_of(None, None, "95", "110")]);
    let on = parse_date("2026-05-05").unwrap();
    // 128.00 with tax is 113.27 without: 110.00 is 97.11 % of that.
    let around = Surroundings { rows: &rows, region: SUZHOU, corridor: &corridor, on };
    assert_eq!(outside(&without, around), vec![]);
}

#[test]
fn a_product_that_head_office_does_not_price_is_not_judged() {
    let rows = rows(Vec::new());
    let corridor = Corridor::of([row_of(None, None, "95", "110")]);
    let on = parse_date("2026-05-05").unwrap();
    let around = Surroundings { rows: &rows, region: SUZHOU, corridor: &corridor, on };
    let own = PriceList { entries: vec![entry("1")], ..regional() };
    assert_eq!(outside(&own, around), vec![]);
}

#[test]
fn a_formula_without_a_figure_is_named_once() {
    let rows = rows(Vec::new());
    let on = parse_date("2026-05-05").unwrap();
    let follows = PriceEntry { gives: formula(FormulaOf::Base, "95", "0"), ..entry("0") };
    let own = PriceList { entries: vec![follows], ..regional() };
    let found = failing(&own, &rows, on);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].refused.code(), "no_price");
    let over_cost = PriceEntry { gives: formula(FormulaOf::Cost, "115", "0"), ..entry("0") };
    assert_eq!(failing(&PriceList { entries: vec![over_cost], ..regional() }, &rows, on), vec![]);
}

#[test]
fn what_was_not_used_says_why() {
    let own = |entries| PriceList { entries, ..regional() };
    let later = PriceEntry { window: days("2026-06-01", "2026-06-30"), ..entry("100") };
    let over = PriceEntry { window: days("2026-04-01", "2026-04-30"), ..entry("101") };
    let many = PriceEntry { min_qty: Qty::whole(40), ..entry("102") };
    let boxes = PriceEntry { unit: Some("箱".to_string()), ..entry("500") };
    let theirs = PriceList {
        who: Who { customers: Some(vec![CustomerId(9)]), ..Who::default() },
        entries: vec![entry("1")],
        ..list(7)
    };
    let hq = PriceList { entries: vec![entry("128")], ..list(1) };
    let rows = rows(vec![hq, own(vec![entry("125"), later, over, many, boxes]), theirs]);
    let found = alternatives(&PriceBook::new(rows), &context(), &line("1", "桶")).unwrap();
    let told: Vec<_> = found.iter().map(|it| (it.unit_price.unwrap().to_yuan(), it.why.clone())).collect();
    let day = |text| parse_date(text).unwrap();
    assert_eq!(
        told,
        vec![
            ("100.00".to_string(), NotUsed::NotYet { from: day("2026-06-01") }),
            ("101.00".to_string(), NotUsed::Over { to: day("2026-04-30") }),
            ("102.00".to_string(), NotUsed::TooFew { min_qty: Qty::whole(40) }),
            ("500.00".to_string(), NotUsed::OtherUnit { unit: "箱".to_string() }),
            ("128.00".to_string(), NotUsed::Outranked),
        ],
        "nothing of another customer's list"
    );
}

#[test]
fn the_ends_are_said_in_what_the_product_is_priced_in_and_never_beyond_the_band() {
    let ends = |min: &str, max: &str| {
        let own = PriceList { entries: vec![entry("130")], ..regional() };
        let rows = rows(vec![PriceList { entries: vec![entry("128")], ..list(1) }]);
        let corridor = Corridor::of([row_of(None, None, min, max)]);
        let on = parse_date("2026-05-05").unwrap();
        let around = Surroundings { rows: &rows, region: SUZHOU, corridor: &corridor, on };
        let found = ranges(&own, around);
        assert_eq!(found.len(), 1);
        [found[0].list_price, found[0].lowest, found[0].highest].map(UnitPrice::to_yuan)
    };
    assert_eq!(ends("95", "110"), ["128.00", "121.60", "140.80"]);
    // 42.6624 and 142.2208: both rounded into the band.
    assert_eq!(ends("33.33", "111.11"), ["128.00", "42.67", "142.22"]);
}
