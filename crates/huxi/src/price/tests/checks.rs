//! `huxi price --check`.

use serde_json::{Value, json};

use super::{answer, e1, e1_with};

#[track_caller]
fn check(case: &Value, code: u8, expected: Value) {
    let answer = answer(&case.to_string(), true);
    assert_eq!((answer.code, answer.err.as_str()), (code, ""), "{}", answer.out);
    let outcome: Value = serde_json::from_str(&answer.out).unwrap();
    let conflicts = outcome["conflicts"].as_array().unwrap();
    assert!(conflicts.iter().all(|conflict| conflict["sentence"].as_str().unwrap().ends_with('。')));
    let told: Vec<Value> = conflicts
        .iter()
        .map(|conflict| json!([conflict["code"], conflict["blocks"], conflict["items"]]))
        .collect();
    assert_eq!(json!(told), expected);
}

#[test]
fn a_good_case_has_no_conflicts() {
    check(&e1(), 0, json!([]));
}

#[test]
fn what_blocks_exits_with_1_and_what_warns_with_0() {
    let twin = json!({"id": "V11", "from": "2026-05-01", "entries": [{"product": "P1", "price": "127"}]});
    check(&e1_with("/price_lists/-", twin), 1, json!([["overlapping_price", true, ["V11", "V12"]]]));
    let within = json!({"product": "P1", "price": "127"});
    check(&e1_with("/price_lists/0/entries/-", within), 1, json!([["overlapping_price", true, ["V12"]]]));
    check(&e1_with("/tiers/A", json!("70")), 0, json!([["below_floor_possible", false, ["V12", "P1"]]]));
}

#[test]
fn every_conflict_is_named_at_once() {
    let mut case = e1_with("/price_lists/0/for", json!({"tags": []}));
    case["price_lists"][0]["to"] = json!("2026-04-30");
    case["price_lists"][0]["base"] = json!("V0");
    case["price_lists"][0]["entries"] = json!([{"product": "P9", "price": "1"}]);
    let expected = json!([
        ["empty_list", true, ["V12"]],
        ["empty_range", true, ["V12"]],
        ["unknown_reference", true, ["V12", "V0"]],
        ["unknown_reference", true, ["V12", "P9"]]
    ]);
    check(&case, 1, expected);
    let mut circle = e1_with("/price_lists/-", json!({"id": "V13", "base": "V12"}));
    circle["price_lists"][0]["base"] = json!("V13");
    check(&circle, 1, json!([["cycle", true, ["V12", "V13"]]]));
    check(
        &e1_with("/categories", json!({"甲": "乙", "乙": "甲"})),
        1,
        json!([["cycle", true, ["乙", "甲"]]]),
    );
}
