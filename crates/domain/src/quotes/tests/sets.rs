//! Lists of one's own: what they keep, and what of it goes into a draft.

use super::super::*;
use crate::base::{BasisPoints, Factor, FieldFault, NumberFault, ProductId, Qty, UnitPrice};
use crate::catalog::Units;

fn box_of(pails: i64) -> Units {
    Units::new("桶", vec![("箱".to_string(), Factor::new(pails, 1).unwrap())]).unwrap()
}

fn product(units: Units, archived: bool) -> QuotedProduct {
    QuotedProduct {
        id: ProductId(7),
        code: "P1".into(),
        name: "外墙乳胶漆".into(),
        spec: String::new(),
        units,
        tax_rate: BasisPoints::default(),
        archived,
        customer_code: None,
    }
}

fn draft_line(qty: Qty, unit: &str, extra: LineExtra) -> DraftLine {
    DraftLine { id: "a".into(), product: ProductId(7), qty, unit: unit.into(), note: "先到".into(), extra }
}

fn kept(qty: Qty, unit: &str) -> SetLine {
    let extra = LineExtra { group: "主卧".into(), ..LineExtra::default() };
    SetLine::of(&draft_line(qty, unit, extra), Some(&box_of(4)))
}

fn once() -> Scale {
    Scale::accept(None, None, None, true).unwrap()
}

#[test]
fn a_list_keeps_goods_and_services_and_no_money() {
    let own = OwnItem {
        kind: OwnKind::Freight,
        name: "送货".into(),
        spec: String::new(),
        price: UnitPrice(1_000_000),
        tax_rate: BasisPoints::of_whole(900).unwrap(),
        cost: Some(UnitPrice(500_000)),
        supplier: "顺通".into(),
        cost_by: None,
        set_price: Some(UnitPrice(1_000_000)),
        set_for: None,
    };
    let line = draft_line(Qty::whole(1), "车", LineExtra { own: Some(own), ..LineExtra::default() });
    let kept = SetLine::of(&line, None);
    assert_eq!(kept.product, NO_PRODUCT);
    let text = serde_json::to_string(&kept.extra).unwrap();
    assert!(!text.contains("price") && !text.contains("cost") && !text.contains("顺通"), "{text}");
    let filled = kept.filled("x".into(), kept.own_product().unwrap(), once());
    assert_eq!(filled.said, [FillNote::PriceMissing]);
    assert!(filled.usable());
}

#[test]
fn what_changed_since_is_said_and_nothing_is_dropped() {
    let said = |line: &SetLine, product: QuotedProduct| line.filled("x".into(), product, once());
    let boxes = kept(Qty::whole(5), "箱");
    assert!(said(&boxes, product(box_of(4), false)).said.is_empty());
    let (was, now) = (Factor::new(4, 1).unwrap(), Factor::new(6, 1).unwrap());
    let changed = said(&boxes, product(box_of(6), false));
    assert_eq!(changed.said, [FillNote::UnitChanged { unit: "箱".into(), was, now }]);
    assert_eq!((changed.line.qty, changed.line.unit.as_str()), (Qty::whole(5), "箱"));
    let gone = said(&boxes, product(Units::only("桶").unwrap(), false));
    assert_eq!(gone.said, [FillNote::UnitConverted { unit: "箱".into(), per: was }]);
    assert_eq!((gone.line.qty, gone.line.unit.as_str()), (Qty::whole(20), "桶"));
    assert!(gone.usable() && changed.usable());
    let unknown = SetLine { extra: SetExtra { per: None, ..boxes.extra.clone() }, ..boxes.clone() };
    let unknown = said(&unknown, product(Units::only("桶").unwrap(), false));
    assert_eq!(unknown.said, [FillNote::UnitGone { unit: "箱".into() }]);
    let archived = said(&boxes, product(box_of(4), true));
    assert_eq!(archived.said, [FillNote::Archived]);
    assert!(!archived.usable() && !unknown.usable());
    assert_eq!(archived.line.extra.group, "主卧");
}

#[test]
fn three_sets_are_three_times_as_much_and_nobody_buys_half_a_pail() {
    let times = |text: &str, round_up| Scale::accept(Some(text), None, None, round_up).unwrap();
    assert_eq!(times("3", true).of(Qty::whole(5)), Some(Qty::whole(15)));
    assert_eq!(times("1.15", true).of(Qty::whole(3)), Some(Qty::whole(4)));
    assert_eq!(times("1.15", false).of(Qty::whole(3)), Some(Qty(3_450)));
    assert_eq!(times("1.15", true).of(Qty(2_500)), Some(Qty(2_875)), "what was no whole number stays exact");
    assert_eq!(times("2", true).of(crate::base::QTY_MAX), None);
    let area = |text: &str| Scale::accept(None, Some(text), Some(Qty::whole(100)), true).unwrap();
    assert_eq!(area("120").of(Qty::whole(5)), Some(Qty::whole(6)));
    assert_eq!(area("121").of(Qty::whole(5)), Some(Qty::whole(7)));
    assert_eq!(area("50").of(Qty::ZERO), Some(Qty::ZERO));
}

#[test]
fn a_factor_is_above_nothing_and_of_one_sort() {
    let fault = |times: Option<&str>, area: Option<&str>, of: Option<Qty>| {
        Scale::accept(times, area, of, true).unwrap_err().fields.remove(0)
    };
    assert_eq!(fault(Some("0"), None, None), ("times".into(), FieldFault::NotPositive));
    assert_eq!(fault(Some("-1"), None, None), ("times".into(), FieldFault::NotPositive));
    let far = FieldFault::NotInRange { min: 0, max: TIMES_MAX };
    assert_eq!(fault(Some("10000.001"), None, None), ("times".into(), far));
    assert!(Scale::accept(Some("10000"), None, None, true).is_ok());
    let none = FieldFault::Number(NumberFault::NotANumber);
    assert_eq!(fault(Some("三"), None, None), ("times".into(), none));
    let long = "9".repeat(101);
    assert_eq!(fault(Some(&long), None, None).1, FieldFault::Number(NumberFault::TooLarge));
    assert_eq!(fault(None, Some("1"), None), ("area".into(), FieldFault::NoChoice));
    assert_eq!(fault(Some("1"), Some("1"), Some(Qty(1))), ("area".into(), FieldFault::NoChoice));
    assert_eq!(set_area(" "), Ok(None));
    assert_eq!(set_area("89.5"), Ok(Some(Qty(89_500))));
    assert!(set_area("0").is_err() && set_area("1000000.1").is_err());
    assert_eq!(set_name(" 三居室 ").as_deref(), Ok("三居室"));
    assert!(set_name("").is_err() && set_name(&"长".repeat(41)).is_err());
}
