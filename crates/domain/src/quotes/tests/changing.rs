//! What somebody changed in a draft that another had left.

use proptest::prelude::*;

use super::*;
use crate::base::{Fen, PersonId, Qty};
use crate::pricing::ManualAsk;

fn own(name: &str) -> OwnItem {
    OwnItem {
        kind: OwnKind::Service,
        name: name.to_string(),
        spec: String::new(),
        price: yuan("100"),
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        cost: Some(yuan("80")),
        supplier: "建材城".to_string(),
        cost_by: Some(PersonId(1)),
        set_price: Some(yuan("100")),
        set_for: None,
    }
}

fn line(id: &str, product: i64, own: Option<OwnItem>) -> DraftLine {
    DraftLine {
        id: id.to_string(),
        product: ProductId(product),
        qty: Qty(60_000),
        unit: "桶".to_string(),
        note: String::new(),
        extra: LineExtra { own, ..LineExtra::default() },
    }
}

/// Two products and something that stands in no catalogue.
fn left() -> Stood {
    let lines = [line("a", 1, None), line("b", 2, None), line("c", 0, Some(own("运到六楼")))];
    Stood {
        customer: CustomerId(1),
        customer_name: "苏州金鼎".to_string(),
        valid_until: None,
        notes: String::new(),
        lines: StoodLine::all(&lines, &[ShownLine { unit_price: Some(yuan("32")), net: None }]),
        terms: Terms::default(),
        whole: Whole::default(),
    }
}

/// The line of that id as it may be edited.
fn at<'s>(stood: &'s mut Stood, id: &str) -> &'s mut StoodLine {
    stood.lines.iter_mut().find(|line| line.id == id).unwrap()
}

/// Everything that somebody may do to a draft, each beside all others.
const DEEDS: &[fn(&mut Stood)] = &[
    |stood| stood.customer = CustomerId(2),
    |stood| at(stood, "a").extra.manual = Some(ManualAsk::UnitPrice(yuan("30"))),
    |stood| at(stood, "b").qty = Qty(1_000),
    |stood| at(stood, "c").extra.own.as_mut().unwrap().price = yuan("90"),
    |stood| stood.lines.push(StoodLine { id: "d".to_string(), ..stood.lines[0].clone() }),
    |stood| stood.whole.off = BasisPoints::of_whole(500).map(ManualAsk::PercentOff),
    |stood| stood.whole.rounding = Fen(400),
    |stood| stood.terms.includes_tax = Some(false),
    |stood| stood.terms.invoice = Some(Invoice::Plain),
    |stood| stood.terms.payment_words = "验收后".to_string(),
    |stood| stood.terms.deposit = Some(Deposit::Amount(Fen(100))),
    |stood| stood.terms.delivery_words = "上午".to_string(),
    |stood| stood.terms.site_address = "园区".to_string(),
    |stood| stood.terms.site_phone = "13900001111".to_string(),
    |stood| stood.terms.pictures = Some(true),
    |stood| stood.valid_until = Some(day("2026-05-08")),
    |stood| stood.notes = "先付三成".to_string(),
];

proptest! {
    #[test]
    fn each_thing_that_is_another_is_one_change_and_nothing_else_is(done in any::<u32>()) {
        let (before, mut now) = (left(), left());
        let mut count = 0;
        for (place, deed) in DEEDS.iter().enumerate() {
            if done & (1 << place) != 0 {
                deed(&mut now);
                count += 1;
            }
        }
        prop_assert_eq!(before.changes(&now).len(), count);
        prop_assert!(now.changes(&now).is_empty());
    }
}

/// What is done to a line.
type Edit = fn(&mut StoodLine);

#[test]
fn each_part_of_a_line_is_named() {
    let edits: [(LinePart, &str, Edit); 9] = [
        (LinePart::Product, "a", |line| line.product = ProductId(3)),
        (LinePart::Product, "c", |line| line.extra.own.as_mut().unwrap().name = "吊装".to_string()),
        (LinePart::Qty, "a", |line| line.qty = Qty(0)),
        (LinePart::Unit, "a", |line| line.unit = "箱".to_string()),
        (LinePart::Price, "a", |line| line.extra.manual = Some(ManualAsk::AmountOff(Fen(1)))),
        (LinePart::Price, "c", |line| line.extra.own.as_mut().unwrap().price = yuan("1")),
        (LinePart::TaxRate, "c", |line| {
            line.extra.own.as_mut().unwrap().tax_rate = BasisPoints::of_whole(900).unwrap();
        }),
        (LinePart::Group, "a", |line| line.extra.group = "厨房".to_string()),
        (LinePart::Note, "a", |line| line.note = "要哑光".to_string()),
    ];
    for (part, id, edit) in edits {
        let (before, mut now) = (left(), left());
        edit(at(&mut now, id));
        let changes = before.changes(&now);
        let [Change::Line { parts, now: line, .. }] = &changes[..] else { panic!("{part:?}: {changes:?}") };
        assert_eq!((&parts[..], line.id.as_str()), (&[part][..], id));
    }
}

#[test]
fn a_line_that_is_gone_is_told_by_its_old_place_and_the_others_are_not_moved_by_it() {
    let (before, mut now) = (left(), left());
    now.lines.remove(1);
    let changes = before.changes(&now);
    let [Change::Removed { place: 2, line }] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!(line.product, ProductId(2));
    now.lines.swap(0, 1);
    assert_eq!(before.changes(&now).last(), Some(&Change::Order));
}

#[test]
fn what_moves_by_itself_and_what_goods_cost_us_is_no_change() {
    let (before, mut now) = (left(), left());
    at(&mut now, "a").unit_price = Some(yuan("35"));
    assert_eq!(before.changes(&now), []);
    let told = before.lines.iter().filter_map(|line| line.extra.own.as_ref());
    let told: Vec<_> = told.map(|own| (own.cost, own.cost_by, own.set_price)).collect();
    assert_eq!(told, [(None, None, None)]);
}
