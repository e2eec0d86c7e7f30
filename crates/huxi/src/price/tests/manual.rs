//! Manual prices of a case: of a line, of the whole order, and what cannot be read.

use serde_json::{Value, json};

use super::*;

fn lowered(manual: Value) -> Value {
    outcome(&e1_with("/manual", manual))
}

#[test]
fn a_manual_price_works_on_what_is_left_and_is_listed_as_a_policy() {
    let priced = lowered(json!([{"line": "1", "unit_price": "112.00"}]));
    let line = &priced["lines"][0];
    assert_eq!((&line["unit_price"], &line["amount"]), (&json!("117.76"), &json!("7065.60")));
    assert_eq!(line["discounts"], json!([{"policy": "manual", "amount": "345.60"}]));
    assert_eq!(
        (&line["net"], &line["net_ex_tax"], &line["tax"]),
        (&json!("6720.00"), &json!("5946.90"), &json!("773.10"))
    );
    assert_eq!(line["pocket_unit_price"], "112.0000");
    let step = line["trace"].as_array().unwrap().last().unwrap();
    assert_eq!((&step["stage"], &step["rule"]), (&json!("manual"), &json!("manual")));
    assert_eq!((&step["in"], &step["out"]), (&json!("7065.60"), &json!("6720.00")));
    assert_eq!((&priced["order"]["discount"], &priced["applied"]), (&json!("345.60"), &json!(["manual"])));
}

#[test]
fn percent_then_an_amount_of_the_whole_order() {
    let priced = lowered(json!([{"line": "1", "percent_off": "3"}, {"line": null, "amount_off": "3.63"}]));
    assert_eq!(priced["lines"][0]["net"], "6850.00");
    assert_eq!(priced["order"]["discount"], "215.60");
    assert_eq!(
        priced["lines"][0]["discounts"],
        json!([{"policy": "manual", "amount": "211.97"}, {"policy": "manual", "amount": "3.63"}])
    );
}

#[test]
fn a_manual_price_under_the_floor_is_not_cut_but_told() {
    let priced = lowered(json!([{"line": "1", "unit_price": "89.99"}]));
    assert_eq!(
        (&priced["lines"][0]["net"], &priced["lines"][0]["below_floor"]),
        (&json!("5399.40"), &json!(true))
    );
    assert_eq!(priced["approvals"][0]["code"], "below_floor");
    let at_floor = lowered(json!([{"line": "1", "unit_price": "90.00"}]));
    assert_eq!(at_floor["lines"][0]["below_floor"], false);
}

#[track_caller]
fn unreadable(manual: Value, path: &str) {
    let told = answer(&e1_with("/manual", manual).to_string(), false);
    assert_eq!(told.code, 2);
    assert!(told.err.starts_with(path), "{}", told.err);
}

#[test]
fn a_manual_price_names_a_line_of_the_case_and_one_way() {
    unreadable(json!([{"line": "2", "unit_price": "1"}]), "$.manual[0].line");
    unreadable(json!([{"line": "1"}]), "$.manual[0]");
    unreadable(json!([{"line": "1", "unit_price": "1", "amount_off": "1"}]), "$.manual[0]");
    unreadable(json!([{"line": null, "unit_price": "1"}]), "$.manual[0]");
    unreadable(json!([{"line": "1", "percent_off": "100.01"}]), "$.manual[0].percent_off");
    unreadable(json!([{"line": "1", "amount_off": "-1"}]), "$.manual[0].amount_off");
    unreadable(json!([{"line": "1", "amount_off": "0.001"}]), "$.manual[0].amount_off");
}
