//! Cases of `huxi price` as an auditor writes them.

mod checks;
mod manual;
mod reading;

use serde_json::{Value, json};

use super::answer;

/// E1 without its policies.
pub fn e1() -> Value {
    json!({
        "at": "2026-05-05T10:00", "prices_include_tax": true,
        "customer": {"id": "C1", "type": "工程商", "tier": "A", "tags": ["季节性客户"], "region": "苏州"},
        "channel": "柜台",
        "categories": {"外墙涂料": "涂料"},
        "products": [{"id": "P1", "category": "外墙涂料", "series": null, "unit": "桶", "units": {"箱": "4"},
            "list_price": "128.00", "cost": "98.00", "floor_price": "90.00", "tax_rate": "13", "price_decimals": 2}],
        "tiers": {"A": "92"},
        "price_lists": [{"id": "V12", "class": "list", "for": {}, "from": "2026-05-01", "to": null, "base": null,
            "tier_applies": true, "entries": [{"product": "P1", "min_qty": "0", "price": "128.00"}]}],
        "groups": [], "policies": [],
        "lines": [{"id": "1", "product": "P1", "qty": "60", "unit": "桶"}],
        "manual": [], "codes": [], "history": {}, "is_return": false
    })
}

/// E1 with the value at `pointer` replaced; a last step `-` adds to a list.
pub fn e1_with(pointer: &str, value: Value) -> Value {
    let mut case = e1();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match case.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.insert(name.to_string(), value)),
        Value::Array(items) if name == "-" => items.push(value),
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        other => panic!("{other} has no members"),
    }
    case
}

pub fn outcome(case: &Value) -> Value {
    let answer = answer(&case.to_string(), false);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{}", answer.out);
    serde_json::from_str(&answer.out).unwrap()
}

#[track_caller]
fn refused(case: &Value, expected: Value) {
    let answer = answer(&case.to_string(), false);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""), "{}", answer.out);
    let mut outcome: Value = serde_json::from_str(&answer.out).unwrap();
    let facts = outcome["refused"].as_object_mut().unwrap();
    let sentence = facts.shift_remove("sentence").unwrap();
    assert!(sentence.as_str().is_some_and(|sentence| sentence.ends_with('。')), "{sentence}");
    assert_eq!(outcome["refused"], expected);
}

#[test]
fn e1_without_policies_to_the_fen() {
    let expected = json!({
        "lines": [{"id": "1", "product": "P1", "qty": "60", "unit": "桶", "price_list": "V12",
            "list_unit_price": "128.00", "unit_price": "117.76", "amount": "7065.60", "discounts": [],
            "net": "7065.60", "net_ex_tax": "6252.74", "tax": "812.86",
            "net_unit_price": "117.7600", "pocket_unit_price": "117.7600", "floor_price": "90.00", "below_floor": false,
            "trace": [
                {"stage": "base", "rule": "V12", "rev": null, "in": null, "out": "128.00",
                    "sentence": "基准价 128.00（价目表 V12，2026年5月1日起）"},
                {"stage": "tier", "rule": "A", "rev": null, "in": "128.00", "out": "117.76",
                    "sentence": "等级 A 92%：128.00 → 117.76"}]}],
        "gifts": [],
        "order": {"amount": "7065.60", "discount": "0.00", "net": "7065.60", "net_ex_tax": "6252.74", "tax": "812.86"},
        "applied": [], "not_applied": [], "codes": [], "approvals": []
    });
    let outcome = outcome(&e1());
    assert_eq!(outcome, expected);
    // Names stand in the order of the published shape, not only with the same values.
    assert_eq!(outcome.to_string(), expected.to_string());
}

#[test]
fn the_same_case_gives_the_same_bytes_whatever_the_order_of_lists_and_entries() {
    let entry = |price: &str, min: &str| json!({"product": "P1", "min_qty": min, "price": price});
    let list = |id: &str, entries: Vec<Value>| json!({"id": id, "entries": entries});
    let there = e1_with(
        "/price_lists",
        json!([list("V1", vec![entry("130", "0"), entry("120", "50")]), list("V2", vec![entry("1", "0")])]),
    );
    let back = e1_with(
        "/price_lists",
        json!([list("V2", vec![entry("1", "0")]), list("V1", vec![entry("120", "50"), entry("130", "0")])]),
    );
    let first = answer(&there.to_string(), false);
    assert_eq!(first, answer(&there.to_string(), false));
    assert_eq!(first, answer(&back.to_string(), false));
}

#[test]
fn a_price_under_the_floor_is_given_and_needs_an_approval() {
    let outcome = outcome(&e1_with("/products/0/floor_price", json!("117.77")));
    assert_eq!(outcome["lines"][0]["below_floor"], true);
    let approval =
        json!({"line": "1", "code": "below_floor", "pocket_unit_price": "117.7600", "floor_price": "117.77"});
    assert_eq!(outcome["approvals"], json!([approval]));
}

#[test]
fn a_case_of_nothing_but_a_moment_costs_nothing() {
    let outcome = outcome(&json!({"at": "2026-05-05"}));
    assert_eq!(outcome["order"]["net"], "0.00");
    assert_eq!(outcome["lines"], json!([]));
}

#[test]
fn the_products_own_list_price_has_no_list_and_no_rule() {
    let outcome = outcome(&e1_with("/price_lists", json!([])));
    assert_eq!(outcome["lines"][0]["price_list"], Value::Null);
    assert_eq!(outcome["lines"][0]["trace"][0]["rule"], Value::Null);
    assert_eq!(outcome["lines"][0]["unit_price"], "117.76");
}

#[test]
fn boxes_conversion_and_a_list_without_tax() {
    let mut case = e1_with("/price_lists/0/includes_tax", json!(false));
    case["lines"][0]["unit"] = json!("箱");
    case["lines"][0]["qty"] = json!(2.5);
    let outcome = outcome(&case);
    let line = &outcome["lines"][0];
    assert_eq!((&line["unit_price"], &line["qty"]), (&json!("532.28"), &json!("2.5")));
    assert_eq!(line["floor_price"], "406.80");
    assert_eq!(
        line["trace"][0]["sentence"],
        "基准价 578.56（价目表 V12，2026年5月1日起，单价 128.00，1 箱 = 4 桶，不含税价加税 13%）"
    );
}

#[test]
fn what_a_rule_refuses_is_told_with_its_facts() {
    let mut no_price = e1_with("/price_lists", json!([]));
    no_price["products"][0]["list_price"] = Value::Null;
    refused(&no_price, json!({"code": "no_price", "line": "1", "product": "P1"}));
    refused(
        &e1_with("/lines/0/unit", json!("吨")),
        json!({"code": "unknown_unit", "line": "1", "product": "P1", "unit": "吨"}),
    );
    let mut no_cost =
        e1_with("/price_lists/0/entries/0", json!({"product": "P1", "formula": {"of": "cost"}}));
    no_cost["products"][0]["cost"] = Value::Null;
    refused(&no_cost, json!({"code": "no_cost", "line": "1", "product": "P1", "price_list": "V12"}));
    let mut cycle = e1_with("/price_lists/0/entries/0", json!({"product": "P1", "formula": {"of": "base"}}));
    cycle["price_lists"][0]["base"] = json!("V12");
    refused(&cycle, json!({"code": "cycle", "line": "1", "product": "P1", "price_list": "V12"}));
}

#[test]
fn lower_ids_win_among_equals_and_numbers_count_by_value() {
    let list = |id: &str, price: &str| json!({"id": id, "entries": [{"price": price}]});
    let price =
        |lists: Value| outcome(&e1_with("/price_lists", lists))["lines"][0]["list_unit_price"].clone();
    assert_eq!(price(json!([list("10", "110"), list("9", "109")])), "109.00");
    assert_eq!(price(json!([list("V9", "109"), list("V10", "110")])), "110.00");
}

#[test]
fn the_case_of_the_handbook_comes_to_what_the_handbook_says() {
    let page = include_str!("../../../../../docs/guide/price-command.md");
    let case = page.split("```json").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let outcome = outcome(&serde_json::from_str(case).unwrap());
    assert_eq!(outcome["lines"][0]["unit_price"], "117.76");
    assert_eq!(
        (&outcome["order"]["net_ex_tax"], &outcome["order"]["tax"]),
        (&json!("6252.74"), &json!("812.86"))
    );
}
