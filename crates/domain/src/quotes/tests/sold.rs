//! Goods of the catalogue that somebody types as standing outside it.

use super::agreeing::{own, own_line, sellers_rule};
use super::*;
use crate::base::{Qty, Refusal};

/// The pail with a barcode, and 腻子粉, of which the list has no price.
fn catalogue() -> (SoldGoods, Vec<QuotedProduct>) {
    let putty =
        QuotedProduct { id: ProductId(2), code: "P2".to_string(), name: "腻子粉".to_string(), ..pail() };
    let barcodes = ["6901234567892".to_string()];
    let products = vec![pail(), putty];
    let sold = products.iter().map(|it| Sold {
        id: it.id,
        code: &it.code,
        name: &it.name,
        spec: &it.spec,
        barcodes: if it.id == ProductId(1) { barcodes.as_slice() } else { &[] },
    });
    (SoldGoods::new(sold), products)
}

/// Goods of this name, at 300.00 and a cost of one's own.
fn typed(name: &str, spec: &str, qty: Qty) -> PricedDraft {
    let (name, spec) = (name.to_string(), spec.to_string());
    let text = OwnText { name, spec, ..own("goods", Some("250"), "某某石材") };
    let line = DraftLine { qty, ..own_line(text).unwrap() };
    let product = QuotedProduct::of_own(line.extra.own.as_ref().unwrap(), &line.unit);
    let (book, context) = (book(12, "128.00"), context("2026-05-05T10:00"));
    let mut draft = price_draft(&book, &context, "", vec![(line, product)], &Whole::default());
    let (sold, products) = catalogue();
    draft.hold_against(&sold, |id| products.iter().find(|it| it.id == id).cloned(), (&book, &context));
    draft
}

fn codes(draft: &PricedDraft) -> Vec<&'static str> {
    draft.problems(&sellers_rule()).iter().map(|problem| problem.kind.code()).collect()
}

#[test]
fn goods_of_the_catalogue_are_known_by_name_specification_code_and_barcode() {
    for (name, spec) in [
        ("外墙乳胶漆", ""),
        ("外墙乳胶漆", "20kg"),
        ("外墙乳胶漆", "２０ ＫＧ"),
        ("外墙-乳胶漆（20KG）", ""),
        (" 外墙　乳胶漆", ""),
        ("ｐ1", ""),
        ("6901234 567892", ""),
    ] {
        assert_eq!(codes(&typed(name, spec, Qty::whole(2))), ["in_catalogue"], "{name} {spec}");
    }
    for (name, spec) in [
        ("进口岩板", ""),
        ("外墙乳胶漆", "18L"),
        ("外墙乳胶漆 25", ""),
        ("外墙乳胶漆二代", "20kg"),
        ("——", ""),
    ] {
        assert_eq!(codes(&typed(name, spec, Qty::whole(2))), [""; 0], "{name} {spec}");
    }
}

#[test]
fn of_several_sizes_of_one_name_none_is_put_in_the_place_of_the_line() {
    let large =
        QuotedProduct { id: ProductId(3), code: "P3".to_string(), spec: "25kg".to_string(), ..pail() };
    let products = [pail(), large];
    let sold = SoldGoods::new(products.iter().map(|it| Sold {
        id: it.id,
        code: &it.code,
        name: &it.name,
        spec: &it.spec,
        barcodes: &[],
    }));
    let of = |name: &str, spec: &str| {
        let text =
            OwnText { name: name.to_string(), spec: spec.to_string(), ..own("goods", Some("250"), "石材") };
        sold.meant_by(own_line(text).unwrap().extra.own.as_ref().unwrap())
    };
    assert_eq!(of("外墙乳胶漆", ""), [ProductId(1), ProductId(3)]);
    assert_eq!(of("外墙乳胶漆", "25 KG"), [ProductId(3)]);
    assert_eq!(of("外墙乳胶漆", "30kg"), [] as [ProductId; 0]);
    let several = ProblemKind::InCatalogue { own: "漆".to_string(), product: Box::new(pail()), sizes: 2 };
    let refused = QuoteRefused::CannotIssue { problems: vec![Problem { line: None, kind: several }] };
    assert!(refused.sentence().contains("有 2 种规格（如 P1 外墙乳胶漆 20kg）"), "{}", refused.sentence());
    assert_eq!(refused.facts()["problems"][0]["product_id"], serde_json::Value::Null);
}

#[test]
fn what_has_no_price_for_this_customer_may_stand_outside_the_catalogue() {
    assert_eq!(codes(&typed("腻子粉", "20kg", Qty::whole(2))), [""; 0]);
}

#[test]
fn it_is_told_whatever_the_quantity_and_nobody_may_issue_it() {
    for qty in [Qty::ZERO, Qty(-1_000), Qty::whole(20_000_000)] {
        assert_eq!(codes(&typed("外墙乳胶漆", "", qty)), ["in_catalogue"], "{qty:?}");
    }
    let draft = typed("外墙乳胶漆", "", Qty::whole(2));
    let boss = IssueRule { may_below_floor: true, ..sellers_rule() };
    let problems = draft.problems(&boss);
    let ProblemKind::InCatalogue { product, .. } = &problems[0].kind else { panic!("{problems:?}") };
    assert_eq!((problems[0].line.as_deref(), product.id), (Some("o"), ProductId(1)));
    let refused = check_ask(&problems, false).unwrap_err();
    let said = "「外墙乳胶漆」是商品目录里的商品（P1 外墙乳胶漆 20kg），不能按目录外的出具。请改用目录里的商品；真是目录里没有的规格，填在规格里。";
    assert_eq!((refused.code(), refused.sentence()), ("cannot_issue", said.to_string()));
    assert_eq!(refused.facts()["problems"][0]["product_code"], "P1");
}

#[test]
fn a_line_of_the_catalogue_is_never_held_against_it() {
    let mut draft = sixty_pails(12, "128.00");
    let (sold, products) = catalogue();
    let find = |id: ProductId| products.iter().find(|it| it.id == id).cloned();
    draft.hold_against(&sold, find, (&book(12, "128.00"), &context("2026-05-05T10:00")));
    assert!(draft.in_catalogue.is_empty());
}
