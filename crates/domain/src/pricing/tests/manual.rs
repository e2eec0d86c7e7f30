//! Manual prices: to the fen, within limits, and the same when they are taken again.

use proptest::prelude::*;

use super::*;
use crate::base::{Fen, OutOfRange};

/// Sixty pails at 117.76.
fn e1() -> PricedLine {
    let mut rows = rows(vec![PriceList { entries: vec![entry("128.00")], ..list(1) }]);
    rows.tiers = vec![tier("A", "92")];
    priced(rows, &context(), line("60", "桶")).unwrap()
}

fn of_line(ask: ManualAsk) -> Manual {
    Manual { line: Some(0), part: ManualPart::Line, ask }
}

fn off_whole(amount: i64) -> Manual {
    Manual { line: None, part: ManualPart::Whole, ask: ManualAsk::AmountOff(Fen(amount)) }
}

fn lowered(asked: &[Manual]) -> PricedLine {
    let mut line = e1();
    apply_manual(&mut [&mut line], asked, true).unwrap();
    line
}

fn share_of(text: &str) -> ManualAsk {
    ManualAsk::PercentOff(share(text))
}

#[test]
fn a_line_is_lowered_by_price_percent_or_amount() {
    assert_eq!(lowered(&[of_line(ManualAsk::UnitPrice(yuan("112")))]).net, Fen(672_000));
    let three = lowered(&[of_line(share_of("3"))]);
    assert_eq!((three.net, three.net_ex_tax, three.tax), (Fen(685_363), Fen(606_516), Fen(78_847)));
    assert_eq!(three.net_unit_price, yuan("114.2272"));
    assert_eq!(three.unit_price, yuan("117.76"), "what the rules gave stays beside it");
    assert_eq!(lowered(&[of_line(ManualAsk::AmountOff(Fen(6_560)))]).net, Fen(700_000));
}

#[test]
fn e1_with_three_percent_by_hand_is_6853_63_and_its_trace_leads_there() {
    let line = lowered(&[of_line(share_of("3"))]);
    assert_eq!((line.list_unit_price, line.unit_price), (yuan("128.00"), yuan("117.76")));
    assert_eq!((line.amount, line.amount.0 - line.net.0), (Fen(706_560), 21_197));
    assert_eq!((line.net, line.net_ex_tax, line.tax), (Fen(685_363), Fen(606_516), Fen(78_847)));
    assert_eq!(line.net_unit_price, yuan("114.2272"));
    let Some(TraceStep::Manual(step)) = line.trace.last() else { panic!("{:?}", line.trace) };
    assert_eq!((step.before, step.out), (Fen(706_560), Fen(685_363)));
}

#[test]
fn a_price_above_the_rules_says_how_far_and_from_where_it_is_asked_about() {
    let above = |price: &str, rules: &str| Above::of(yuan(price), yuan(rules)).map(Above::to_percent);
    assert_eq!(above("166", "153").as_deref(), Some("8.5"));
    assert_eq!(above("1660", "153").as_deref(), Some("984.97"));
    assert_eq!(above("153.0001", "153").as_deref(), Some("0.01"), "what lies above also reads so");
    assert_eq!((above("153", "153"), above("152", "153"), above("1", "0")), (None, None, None));
    assert_eq!(asked_above(yuan("60")), Some(yuan("78")));
    assert_eq!(asked_above(yuan("0.0001")), Some(yuan("0.0001")));
    assert_eq!(asked_above(yuan("0")), None);
    let told = |ask| lowered(&[of_line(ask)]).above().map(Above::to_percent);
    assert_eq!(told(ManualAsk::UnitPrice(yuan("1177.60"))).as_deref(), Some("900"));
    assert_eq!((told(ManualAsk::UnitPrice(yuan("117.76"))), told(share_of("3"))), (None, None));
}

#[test]
fn nothing_goes_below_nothing_and_a_higher_price_is_a_price() {
    assert_eq!(lowered(&[of_line(ManualAsk::AmountOff(Fen(i64::MAX)))]).net, Fen::ZERO);
    assert_eq!(lowered(&[of_line(share_of("1000"))]).net, Fen::ZERO);
    assert_eq!(lowered(&[off_whole(999_999_999)]).net, Fen::ZERO);
    let dearer = lowered(&[of_line(ManualAsk::UnitPrice(yuan("120")))]);
    assert_eq!((dearer.net, dearer.depth().off), (Fen(720_000), Fen::ZERO));
    let mut line = e1();
    let asked = of_line(ManualAsk::UnitPrice(UnitPrice(i64::MAX / 1_000_000)));
    assert_eq!(apply_manual(&mut [&mut line], &[asked], true), Err((0, OutOfRange)));
}

#[test]
fn e3_is_spread_by_largest_remainder() {
    let parts = [Fen(678_000), Fen(954_050), Fen(533_333)];
    assert_eq!(spread(Fen(60_000), &parts), Ok(vec![Fen(18_787), Fen(26_435), Fen(14_778)]));
    assert_eq!(spread(Fen(1), &[Fen(1), Fen(1)]), Ok(vec![Fen(1), Fen(0)]), "the odd fen goes to the first");
    assert_eq!(spread(Fen(5), &[Fen::ZERO]), Ok(vec![Fen::ZERO]));
}

#[test]
fn a_limit_holds_at_its_very_price_and_not_below() {
    let five = share("5");
    assert_eq!(lowest_within(yuan("117.76"), five, 2), yuan("111.88"));
    let at = |price: &str| lowered(&[of_line(ManualAsk::UnitPrice(yuan(price)))]).depth();
    assert!(!at("111.88").exceeds(five));
    assert!(at("111.87").exceeds(five));
    assert_eq!(at("111.87").share().to_percent(), "5.01", "what exceeds also reads so");
    assert!(!lowered(&[of_line(share_of("5"))]).depth().exceeds(five));
    assert!(lowered(&[of_line(share_of("5")), off_whole(1)]).depth().exceeds(five));
    assert_eq!(lowest_within(yuan("117.76"), BasisPoints::default(), 2), yuan("117.76"));
    assert_eq!(lowest_within(yuan("117.76"), share("100"), 2), yuan("0"));
}

#[test]
fn rounding_is_no_depth_but_counts_at_the_floor() {
    let rounding = Manual { line: None, part: ManualPart::Rounding, ask: ManualAsk::AmountOff(Fen(1)) };
    let at_floor = of_line(ManualAsk::UnitPrice(yuan("90")));
    assert!(!lowered(&[at_floor]).below_floor);
    let under = lowered(&[at_floor, rounding]);
    assert!(under.below_floor);
    assert_eq!(under.depth(), lowered(&[at_floor]).depth());
    assert_eq!(under.manual_off(ManualPart::Rounding), Fen(1));
    assert_eq!(under.net_before_whole(), Fen(540_000));
    assert_eq!(under.set_unit_price(), Some(yuan("90")));
}

fn any_manual() -> impl Strategy<Value = Manual> {
    let ask = prop_oneof![
        (0i64..5_000_000).prop_map(|price| ManualAsk::UnitPrice(UnitPrice(price))),
        (0u32..=10_000).prop_map(|share| ManualAsk::PercentOff(BasisPoints::of_whole(share).unwrap())),
        (0i64..100_000_000).prop_map(|amount| ManualAsk::AmountOff(Fen(amount))),
    ];
    (prop::option::of(0usize..4), ask, any::<bool>()).prop_map(|(line, ask, rounding)| {
        let part = match (line, rounding) {
            (Some(_), _) => ManualPart::Line,
            (None, true) => ManualPart::Rounding,
            (None, false) => ManualPart::Whole,
        };
        Manual { line, part, ask }
    })
}

proptest! {
    #[test]
    fn whatever_is_asked_adds_up_to_the_fen_and_can_be_taken_again(
        prices in prop::collection::vec(0i64..5_000_000, 4),
        quantities in prop::collection::vec(0i64..3_000_000, 4),
        asked in prop::collection::vec(any_manual(), 0..5),
        includes_tax in any::<bool>(),
    ) {
        let context = PricingContext { prices_include_tax: includes_tax, ..context() };
        let mut lines: Vec<PricedLine> = prices.iter().zip(&quantities).map(|(price, qty)| {
            let price = PriceEntry { gives: Gives::Price(UnitPrice(*price)), ..entry("0") };
            let rows = rows(vec![PriceList { entries: vec![price], ..list(1) }]);
            priced(rows, &context, LineRequest { qty: Qty(*qty), ..line("0", "桶") }).unwrap()
        }).collect();
        let plain = lines.clone();
        let mut handed: Vec<&mut PricedLine> = lines.iter_mut().collect();
        prop_assert_eq!(apply_manual(&mut handed, &asked, includes_tax), Ok(()));
        for line in &lines {
            prop_assert!(line.net >= Fen::ZERO && line.tax >= Fen::ZERO);
            let rest = if includes_tax { line.net.0 - line.tax.0 } else { line.net.0 };
            prop_assert_eq!(line.net_ex_tax.0, rest);
            prop_assert_eq!(replay(&line.trace), Ok(line.unit_price));
            let parts = [ManualPart::Line, ManualPart::Whole, ManualPart::Rounding];
            let off: i64 = parts.iter().map(|part| line.manual_off(*part).0).sum();
            prop_assert_eq!(line.amount.0 - off, line.net.0);
            let mut running = line.amount;
            for step in line.manual_steps() {
                prop_assert_eq!(step.before, running);
                running = step.out;
            }
            prop_assert_eq!(running, line.net);
        }
        let mut again: Vec<PricedLine> =
            lines.iter().map(|line| line.without_manual(includes_tax).unwrap()).collect();
        let figures = |line: &PricedLine| (line.net, line.net_ex_tax, line.tax, line.net_unit_price);
        prop_assert_eq!(again.iter().map(figures).collect::<Vec<_>>(), plain.iter().map(figures).collect::<Vec<_>>());
        let mut handed: Vec<&mut PricedLine> = again.iter_mut().collect();
        apply_manual(&mut handed, &asked, includes_tax).unwrap();
        prop_assert_eq!(
            again.iter().map(|line| (figures(line), line.trace.clone())).collect::<Vec<_>>(),
            lines.iter().map(|line| (figures(line), line.trace.clone())).collect::<Vec<_>>()
        );
    }

    #[test]
    fn an_amount_off_the_whole_is_borne_whole(parts in prop::collection::vec(0i64..10_000_000, 1..30), of in 0u32..=1_000) {
        let parts: Vec<Fen> = parts.into_iter().map(Fen).collect();
        let total: i64 = parts.iter().map(|part| part.0).sum();
        let amount = Fen(i64::try_from(i128::from(total) * i128::from(of) / 1_000).unwrap());
        let shares = spread(amount, &parts).unwrap();
        prop_assert_eq!(shares.iter().map(|share| share.0).sum::<i64>(), amount.0);
        prop_assert!(shares.iter().zip(&parts).all(|(share, part)| *share >= Fen::ZERO && share <= part));
    }
}
