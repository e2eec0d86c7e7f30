//! A case that cannot be read exits 2 and says where.

use serde_json::{Value, json};

use super::{answer, e1, e1_with, outcome};

#[track_caller]
fn unreadable(case: &Value, place: &str) {
    let answer = answer(&case.to_string(), false);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{}", answer.err);
    assert!(answer.err.starts_with(&format!("{place}：")), "{}", answer.err);
    assert_eq!(answer.err.lines().count(), 1);
}

#[test]
fn unknown_names_are_refused_wherever_they_stand() {
    unreadable(&e1_with("/colour", json!(1)), "$.colour");
    unreadable(&e1_with("/products/0/color", json!(null)), "$.products[0].color");
    unreadable(&e1_with("/customer/name", json!("陈")), "$.customer.name");
    unreadable(&e1_with("/price_lists/0/rev", json!(1)), "$.price_lists[0].rev");
    unreadable(&e1_with("/price_lists/0/for/customer", json!([])), "$.price_lists[0].for.customer");
    unreadable(&e1_with("/price_lists/0/entries/0/qty", json!(1)), "$.price_lists[0].entries[0].qty");
    unreadable(&e1_with("/lines/0/price", json!(1)), "$.lines[0].price");
}

#[test]
fn required_names_may_not_be_missing_or_null() {
    for (pointer, place) in [
        ("/at", "$.at"),
        ("/products/0/id", "$.products[0].id"),
        ("/products/0/unit", "$.products[0].unit"),
        ("/products/0/tax_rate", "$.products[0].tax_rate"),
        ("/lines/0/id", "$.lines[0].id"),
        ("/lines/0/product", "$.lines[0].product"),
        ("/lines/0/qty", "$.lines[0].qty"),
        ("/price_lists/0/id", "$.price_lists[0].id"),
    ] {
        unreadable(&e1_with(pointer, Value::Null), place);
        let mut case = e1();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        case.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(name);
        unreadable(&case, place);
    }
}

#[test]
fn figures_have_their_decimals_and_limits() {
    for (pointer, wrong, right) in [
        ("/lines/0/qty", json!("0.0001"), json!("0.001")),
        ("/lines/0/qty", json!(-1), json!(0)),
        ("/lines/0/qty", json!("1,000"), json!("1000.000")),
        ("/products/0/cost", json!("98.00001"), json!("98.0001")),
        ("/products/0/floor_price", json!("-0.01"), json!("0")),
        ("/products/0/tax_rate", json!("100.01"), json!("100")),
        ("/products/0/tax_rate", json!("13.001"), json!(13.01)),
        ("/products/0/price_decimals", json!(5), json!(4)),
        ("/products/0/price_decimals", json!(1.5), json!("0")),
        ("/products/0/units/箱", json!(0), json!("0.001")),
        ("/products/0/units/桶", json!("2"), json!("1")),
        ("/tiers/A", json!("1000.01"), json!("1000")),
        ("/tiers/A", json!(-1), json!(0)),
        ("/price_lists/0/entries/0/price", json!(-1), json!(0)),
        ("/price_lists/0/entries/0/min_qty", json!("1.0001"), json!("1.001")),
    ] {
        let place = format!("${}", pointer.replace("/0", "[0]").replace('/', "."));
        unreadable(&e1_with(pointer, wrong), &place);
        outcome(&e1_with(pointer, right));
    }
}

#[test]
fn a_number_is_read_exactly_and_never_through_a_float() {
    let text = e1_with("/lines/0/qty", json!("0.001")).to_string().replace("\"128.00\"", "99999999.9999");
    let answer = answer(&text, false);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let outcome: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(outcome["lines"][0]["list_unit_price"], "99999999.9999");
}

#[test]
fn days_and_moments_must_be_real() {
    for wrong in
        ["2026-02-30", "2026-5-1", "5月1日", "2026-05-01T24:01", "2026-05-01T10:00+08:00", "9999-01-01"]
    {
        unreadable(&e1_with("/at", json!(wrong)), "$.at");
        unreadable(&e1_with("/price_lists/0/to", json!(wrong)), "$.price_lists[0].to");
    }
}

#[test]
fn a_time_of_day_ends_at_that_moment_and_a_day_at_its_end() {
    let price = |at: &str, to: &str| {
        let mut case = e1_with("/price_lists/0/to", json!(to));
        case["products"][0]["list_price"] = json!("1.00");
        case["at"] = json!(at);
        outcome(&case)["lines"][0]["list_unit_price"].clone()
    };
    assert_eq!(price("2026-05-05T10:00", "2026-05-05T10:00"), "128.00");
    assert_eq!(price("2026-05-05T10:00:01", "2026-05-05T10:00"), "1.00");
    assert_eq!(price("2026-05-05T23:59:59", "2026-05-05"), "128.00");
    assert_eq!(price("2026-05-06", "2026-05-05"), "1.00");
}

#[test]
fn an_entry_gives_one_thing_for_one_kind_of_goods() {
    let at = "/price_lists/0/entries/0";
    let place = "$.price_lists[0].entries[0]";
    unreadable(&e1_with(at, json!({"product": "P1"})), place);
    unreadable(&e1_with(at, json!({"price": 1, "formula": {}})), place);
    unreadable(&e1_with(at, json!({"product": "P1", "series": "净味", "price": 1})), place);
    unreadable(&e1_with(at, json!({"formula": {"of": "margin"}})), "$.price_lists[0].entries[0].formula.of");
    outcome(&e1_with(at, json!({"price": 1})));
    outcome(&e1_with(at, json!({"formula": {"of": "cost", "percent": "120", "plus": "1"}})));
}

#[test]
fn an_emptied_list_does_not_mean_everyone() {
    for name in ["customers", "types", "tiers", "tags", "regions", "channels"] {
        let place = format!("$.price_lists[0].for.{name}");
        unreadable(&e1_with("/price_lists/0/for", json!({name: []})), &place);
    }
}

#[test]
fn a_case_knows_regions_by_name() {
    let list_in = |region: &str| {
        let mut case = e1_with("/price_lists/0/for", json!({"regions": ["南京", "苏州"]}));
        case["customer"]["region"] = json!(region);
        outcome(&case)["lines"][0]["price_list"].clone()
    };
    let found = [list_in("苏州"), list_in("南京"), list_in("无锡")];
    assert_eq!(found, [json!("V12"), json!("V12"), json!(null)]);
}

#[test]
fn ids_stand_once_and_products_of_lines_are_known() {
    unreadable(&e1_with("/lines/-", json!({"id": "1", "product": "P1", "qty": 1})), "$.lines[1].id");
    unreadable(&e1_with("/price_lists/-", json!({"id": "V12"})), "$.price_lists[1].id");
    let twin = json!({"id": "P1", "unit": "桶", "tax_rate": 13});
    unreadable(&e1_with("/products/-", twin), "$.products[1].id");
    unreadable(&e1_with("/lines/0/product", json!("P2")), "$.lines[0].product");
    unreadable(&e1_with("/lines/0/product", json!(1)), "$.lines[0].product");
}

#[test]
fn what_this_calculator_cannot_do_yet_is_refused_and_not_left_out() {
    for (name, used) in [
        ("policies", json!([{"id": "p1", "benefit": {"kind": "percent_off", "percent": "3"}}])),
        ("groups", json!([{"id": "g1"}])),
        ("codes", json!(["五月"])),
        ("history", json!({"order_number": 4})),
        ("is_return", json!(true)),
    ] {
        unreadable(&e1_with(&format!("/{name}"), used), &format!("$.{name}"));
        outcome(&e1_with(&format!("/{name}"), Value::Null));
    }
    outcome(&e1_with("/history", json!({"orders": [], "uses": {}, "order_number": null})));
    unreadable(&e1_with("/history", json!({"visits": []})), "$.history.visits");
    let sentence = answer(&e1_with("/is_return", json!(true)).to_string(), false).err;
    assert!(sentence.contains("目前只算价目表、等级和手工改价"), "{sentence}");
}

#[test]
fn what_is_no_json_says_where_it_breaks() {
    for text in ["", "{", "{\"at\": 1,}", "[1 2]", "null null", "\u{0}"] {
        let answer = answer(text, false);
        assert_eq!(answer.code, 2);
        assert!(answer.err.starts_with("$：第 "), "{}", answer.err);
    }
    unreadable(&json!([]), "$");
    let repeated = e1().to_string().replacen("\"channel\"", "\"at\"", 1);
    assert!(answer(&repeated, false).err.starts_with("$.at：同一个名称"));
}
