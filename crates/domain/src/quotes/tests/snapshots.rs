//! A frozen document keeps its figures for ever.

use proptest::prelude::*;

use super::*;
use crate::base::{Fen, Instant, OrgId, PersonId, Qty};
use crate::documents::document_hash;
use crate::pricing::ManualAsk;

fn frozen(priced: &PricedDraft) -> Snapshot {
    frozen_with(priced, Whole::default())
}

fn frozen_with(priced: &PricedDraft, whole: Whole) -> Snapshot {
    let (lines, costs) = FrozenLine::freeze(priced).unwrap();
    assert_eq!(costs.len(), lines.len());
    let totals = crate::pricing::totals(lines.iter().map(|line| &line.priced)).unwrap();
    Snapshot {
        format: SNAPSHOT_FORMAT,
        number: "SZ26-000123".to_string(),
        revision: 1,
        issued_at: Instant(1_777_946_400_000),
        issued_day: day("2026-05-05"),
        valid_until: day("2026-05-12"),
        seller: FrozenSeller { name: "虎溪建材".to_string(), ..FrozenSeller::default() },
        branch: FrozenBranch { id: OrgId(3), name: "苏州分公司".to_string() },
        customer: FrozenCustomer {
            id: CustomerId(1),
            code: "C0001".to_string(),
            name: "苏州金鼎".to_string(),
            contact: "王小明".to_string(),
            phone: "13800000000".to_string(),
            address: "苏州".to_string(),
        },
        salesperson: FrozenSalesperson { id: PersonId(7), name: "小陈".to_string(), phone: String::new() },
        context: context("2026-05-05T10:00"),
        lines,
        totals,
        used: vec![UsedRevision {
            item: ItemId(5),
            kind: "price_list".to_string(),
            name: "全国价目表".to_string(),
            n: 12,
        }],
        notes: "<script> 😀".to_string(),
        terms: Terms::default(),
        whole,
        option: String::new(),
        template: None,
    }
}

#[test]
fn e1_is_frozen_and_recomputes() {
    let snapshot = frozen(&sixty_pails(12, "128.00"));
    assert_eq!(snapshot.amounts().unwrap().net, Fen(706_560));
    assert_eq!(snapshot.amounts().unwrap().tax, Fen(81_286));
    assert_eq!(snapshot.recompute(), Ok(()));
    assert_eq!(snapshot.lines[0].priced.cost, None, "the document itself does not tell what the goods cost");
}

#[test]
fn what_was_lowered_by_hand_recomputes_and_a_changed_share_is_found() {
    let whole = Whole { off: Some(ManualAsk::AmountOff(Fen(60_000))), rounding: Fen(363) };
    let (mut first, product) = line("a", "60", "桶");
    first.extra.manual = Some(ManualAsk::UnitPrice(yuan("112.5")));
    first.extra.group = "一楼".to_string();
    let lines = vec![(first, product), line("b", "7.5", "箱")];
    let priced = price_draft(&book(12, "128.00"), &context("2026-05-05T10:00"), "", lines, &whole);
    let sound = frozen_with(&priced, whole);
    assert_eq!(sound.recompute(), Ok(()));
    let value = serde_json::to_value(&sound).unwrap();
    assert_eq!(serde_json::from_value::<Snapshot>(value).unwrap(), sound);
    let mut less = sound.clone();
    less.whole.rounding = Fen(364);
    assert_eq!(less.recompute(), Err(SnapshotFault::Amounts { line: 0 }));
    let mut other = sound.clone();
    other.lines[0].extra.manual = None;
    assert!(other.recompute().is_err());
    assert_eq!(sound.lines[0].as_draft().extra.manual, Some(ManualAsk::UnitPrice(yuan("112.5"))));
}

/// Written by the first released shape; it must read and recompute with every later program.
const FORMAT_1: &str = include_str!("format_1.json");
const FORMAT_1_HASH: &str = include_str!("format_1.sha256");

#[test]
fn the_first_shape_is_read_for_ever() {
    let value: serde_json::Value = serde_json::from_str(FORMAT_1).unwrap();
    assert_eq!(document_hash(&value), FORMAT_1_HASH.trim());
    let snapshot: Snapshot = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(snapshot.recompute(), Ok(()));
    assert_eq!(serde_json::to_value(&snapshot).unwrap(), value, "nothing is lost on the way");
    assert_eq!(snapshot, frozen(&sixty_pails(12, "128.00")), "the shape has changed: raise SNAPSHOT_FORMAT");
}

#[test]
fn a_changed_figure_is_found() {
    let sound = frozen(&sixty_pails(12, "128.00"));
    let changed = |change: fn(&mut Snapshot)| {
        let mut snapshot = sound.clone();
        change(&mut snapshot);
        snapshot.recompute().err()
    };
    assert_eq!(
        changed(|it| it.lines[0].priced.unit_price = yuan("1.00")),
        Some(SnapshotFault::UnitPrice { line: 0 })
    );
    assert_eq!(changed(|it| it.lines[0].priced.tax = Fen(1)), Some(SnapshotFault::Amounts { line: 0 }));
    assert_eq!(changed(|it| it.lines[0].priced.qty = Qty(1)), Some(SnapshotFault::Amounts { line: 0 }));
    assert_eq!(changed(|it| it.totals.net = Fen(1)), Some(SnapshotFault::Totals));
}

proptest! {
    #[test]
    fn whatever_was_issued_recomputes_to_its_own_figures(
        cents in prop::collection::vec(1i64..200_000, 1..12),
        quantities in prop::collection::vec(1i64..9_000_000, 12),
        boxes in prop::collection::vec(any::<bool>(), 12),
    ) {
        for price in &cents {
            let price = UnitPrice(price * 100).to_yuan();
            let lines = quantities.iter().zip(&boxes).enumerate().map(|(place, (qty, boxed))| {
                let unit = if *boxed { "箱" } else { "桶" };
                line(&format!("l{place}"), &Qty(*qty).to_text(), unit)
            });
            let priced = price_draft(&book(12, &price), &context("2026-05-05T10:00"), "", lines.collect(), &Whole::default());
            let snapshot = frozen(&priced);
            prop_assert_eq!(snapshot.recompute(), Ok(()));
            prop_assert_eq!(snapshot.amounts().unwrap(), priced.amounts);
            prop_assert_eq!(snapshot.shown().unwrap(), ShownFigures::of(&priced));
            let value = serde_json::to_value(&snapshot).unwrap();
            let again: Snapshot = serde_json::from_value(value.clone()).unwrap();
            prop_assert_eq!(&again, &snapshot);
            let text = serde_json::to_string_pretty(&value).unwrap();
            let reread: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(document_hash(&reread), document_hash(&value));
        }
    }
}

#[test]
fn a_document_remembers_a_published_template_or_the_number_of_a_shipped_one() {
    use crate::quotes::FrozenTemplate;
    let published = FrozenTemplate::Published { item: ItemId(4), n: 2 };
    for (template, text) in
        [(published, r#"{"item":4,"n":2}"#), (FrozenTemplate::Shipped { shipped: 2 }, r#"{"shipped":2}"#)]
    {
        assert_eq!(serde_json::to_string(&template).unwrap(), text);
        assert_eq!(serde_json::from_str::<FrozenTemplate>(text).unwrap(), template);
    }
}
