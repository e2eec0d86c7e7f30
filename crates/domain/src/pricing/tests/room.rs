//! How far one may go by hand, beside what is taken off the whole document.

use proptest::prelude::*;

use super::*;
use crate::base::Fen;

/// So many pails at 117.76.
fn pails(qty: Qty) -> PricedLine {
    let mut rows = rows(vec![PriceList { entries: vec![entry("128.00")], ..list(1) }]);
    rows.tiers = vec![tier("A", "92")];
    priced(rows, &context(), LineRequest { qty, ..line("0", "桶") }).unwrap()
}

/// The first of these lines after `own` on it and `whole` on all of them.
fn lowered(lines: &[PricedLine], own: ManualAsk, whole: ManualAsk) -> PricedLine {
    let mut lines = lines.to_vec();
    let mut handed: Vec<&mut PricedLine> = lines.iter_mut().collect();
    let asked = [
        Manual { line: Some(0), part: ManualPart::Line, ask: own },
        Manual { line: None, part: ManualPart::Whole, ask: whole },
    ];
    apply_manual(&mut handed, &asked, true).unwrap();
    lines.swap_remove(0)
}

fn room(lowest: &str, most: &str) -> Room {
    Room { lowest: yuan(lowest), share: share(most) }
}

#[test]
fn what_is_taken_off_the_whole_leaves_less_room_to_the_line() {
    let (five, line) = (share("5"), pails(Qty::whole(60)));
    assert_eq!(line.room(five, 2, None), room("111.88", "5"));
    let three = ManualAsk::PercentOff(share("3"));
    let whole = WholeOff { ask: three, others: Fen::ZERO };
    assert_eq!(line.room(five, 2, Some(whole)), room("115.34", "2.06"));
    let exceeds = |own| lowered(std::slice::from_ref(&line), own, three).depth().exceeds(five);
    assert!(!exceeds(ManualAsk::UnitPrice(yuan("115.34"))));
    assert!(exceeds(ManualAsk::UnitPrice(yuan("115.33"))));
    assert!(!exceeds(ManualAsk::PercentOff(share("2.06"))));
    assert!(exceeds(ManualAsk::PercentOff(share("2.07"))));
}

#[test]
fn of_an_amount_off_the_whole_the_line_bears_its_share() {
    let (five, line) = (share("5"), pails(Qty::whole(60)));
    let hundred = ManualAsk::AmountOff(Fen(10_000));
    let whole = WholeOff { ask: hundred, others: line.net };
    assert_eq!(line.room(five, 2, Some(whole)).lowest, yuan("112.69"));
    let lines = [line.clone(), line];
    let exceeds =
        |price: &str| lowered(&lines, ManualAsk::UnitPrice(yuan(price)), hundred).depth().exceeds(five);
    assert!(!exceeds("112.69"));
    assert!(exceeds("112.68"));
}

#[test]
fn where_the_whole_uses_the_limit_up_there_is_no_room() {
    let line = pails(Qty::whole(60));
    for whole in ["5", "6", "100"] {
        let whole = WholeOff { ask: ManualAsk::PercentOff(share(whole)), others: Fen::ZERO };
        assert_eq!(line.room(share("5"), 2, Some(whole)), room("117.76", "0"));
    }
    let all = WholeOff { ask: ManualAsk::PercentOff(share("5")), others: Fen::ZERO };
    assert_eq!(line.room(share("100"), 2, Some(all)), room("0", "100"), "no limit is none beside it");
    assert_eq!(pails(Qty::ZERO).room(share("5"), 2, Some(all)), room("111.88", "5"), "nothing bears nothing");
}

proptest! {
    #[test]
    fn whoever_uses_the_room_there_is_stays_within_the_limit(
        limit in 0u32..=4_000,
        whole in prop_oneof![
            (0u32..=4_000).prop_map(|share| ManualAsk::PercentOff(BasisPoints::of_whole(share).unwrap())),
            (0i64..2_000_000).prop_map(|amount| ManualAsk::AmountOff(Fen(amount))),
        ],
        quantities in prop::collection::vec(1i64..200_000, 1..5),
    ) {
        let limit = BasisPoints::of_whole(limit).unwrap();
        let lines: Vec<PricedLine> = quantities.iter().map(|qty| pails(Qty(*qty))).collect();
        let others = Fen(lines.iter().skip(1).map(|line| line.net.0).sum());
        let room = lines[0].room(limit, 2, Some(WholeOff { ask: whole, others }));
        prop_assert!(room.share <= limit);
        if room.share > BasisPoints::default() {
            for own in [ManualAsk::UnitPrice(room.lowest), ManualAsk::PercentOff(room.share)] {
                let depth = lowered(&lines, own, whole).depth();
                prop_assert!(!depth.exceeds(limit), "{own:?} beside {whole:?}: {depth:?}");
            }
        }
    }
}
