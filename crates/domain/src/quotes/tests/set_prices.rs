//! The price that was set beside a cost outside the catalogue, for whoever does not see that cost.

use proptest::prelude::*;

use super::agreeing::{own, own_line, sellers_rule};
use super::*;
use crate::base::{Fen, PersonId, Qty};
use crate::pricing::ManualAsk;

/// The slabs as the boss (1) wrote them, at `price` after `manual`, with what they cost.
fn set_by_boss(price: &str, manual: Option<ManualAsk>, cost: &str) -> PricedDraft {
    let text = OwnText { price: price.to_string(), ..own("goods", Some(cost), "某某石材") };
    let mut line = own_line(text).unwrap();
    line.extra.manual = manual;
    line.extra.own.as_mut().unwrap().keep_cost(None, (PersonId(1), true));
    let mut lines = vec![line];
    let mut priced = priced_lines(&lines);
    priced.note_set_prices(&mut lines, (&[], &Whole::default()), (PersonId(1), true));
    assert_eq!(priced.lines[0].line, lines[0], "what is shown is what is kept");
    priced
}

fn priced_lines(lines: &[DraftLine]) -> PricedDraft {
    let product = |line: &DraftLine| QuotedProduct::of_own(line.extra.own.as_ref().unwrap(), &line.unit);
    let lines = lines.iter().map(|line| (line.clone(), product(line))).collect();
    price_draft(&book(12, "128.00"), &context("2026-05-05T10:00"), "", lines, &Whole::default())
}

/// The same after `by`, who sees no costs, has saved it at another price.
fn moved_by(by: PersonId, before: &PricedDraft, price: UnitPrice) -> PricedDraft {
    let mut line = before.lines[0].line.clone();
    let kept = line.extra.own.clone().unwrap();
    let mut own =
        OwnItem { price, cost: None, cost_by: None, set_price: None, set_for: None, ..kept.clone() };
    own.keep_cost(Some(&kept), (by, false));
    line.extra.own = Some(own);
    let mut lines = vec![line];
    let mut priced = priced_lines(&lines);
    priced.note_set_prices(&mut lines, (&[], &Whole::default()), (by, false));
    priced
}

#[test]
fn goods_of_a_hidden_cost_are_issued_at_the_price_set_beside_it_or_above() {
    let seller = PersonId(9);
    let held =
        |set: &PricedDraft, price: &str| moved_by(seller, set, yuan(price)).is_below_hidden_floor(seller);
    let set = set_by_boss("100", None, "60");
    let told = ["99.99", "60", "100", "130"].map(|price| held(&set, price));
    assert_eq!(told, [true, true, false, false]);
    // Of 2 × 100 a third of a percent: 199.34, that is 99.67 each.
    let off = Some(ManualAsk::PercentOff(BasisPoints::of_whole(33).unwrap()));
    let lowered = set_by_boss("100", off, "60");
    assert!(!lowered.is_below_hidden_floor(seller), "what the boss gave may be issued as it stands");
    assert!(held(&lowered, "99.99"));
    let under = set_by_boss("100", None, "100.01");
    let told = ["99", "100", "100.01", "500"].map(|price| held(&under, price));
    assert_eq!(told, [true; 4], "set below its cost it is not the seller's at any price");
}

#[test]
fn something_else_made_of_goods_of_a_hidden_cost_is_held_until_it_is_as_it_was() {
    let (seller, set) = (PersonId(9), set_by_boss("100", None, "60"));
    type Alter = fn(&mut DraftLine);
    let ways: [Alter; 4] = [
        |line| line.extra.own.as_mut().unwrap().name.push('大'),
        |line| line.extra.own.as_mut().unwrap().spec.push('大'),
        |line| line.unit.push('大'),
        |line| line.extra.own.as_mut().unwrap().tax_rate = BasisPoints::of_whole(9_900).unwrap(),
    ];
    let line = moved_by(seller, &set, yuan("500")).lines[0].line.clone();
    let is_held = |line: &DraftLine, by| priced_lines(std::slice::from_ref(line)).is_below_hidden_floor(by);
    for (nth, alter) in ways.into_iter().enumerate() {
        let mut other = line.clone();
        alter(&mut other);
        assert!(is_held(&other, seller), "way {nth}");
        assert!(!is_held(&other, PersonId(1)), "way {nth}: whoever entered the cost sees it");
    }
    assert!(!is_held(&line, seller));
    let without_tax = PricingContext { prices_include_tax: false, ..context("2026-05-05T10:00") };
    let product = QuotedProduct::of_own(line.extra.own.as_ref().unwrap(), &line.unit);
    let lines = vec![(line, product)];
    let other = price_draft(&book(12, "128.00"), &without_tax, "", lines, &Whole::default());
    assert!(other.is_below_hidden_floor(seller), "the same figure is another price without tax");
}

#[test]
fn a_price_is_set_by_whoever_agrees_to_it_and_not_by_every_save() {
    let (boss, seller) = ((PersonId(1), true), PersonId(9));
    let lowered = moved_by(seller, &set_by_boss("100", None, "60"), yuan("65"));
    assert!(lowered.is_below_hidden_floor(seller));
    let before = vec![lowered.lines[0].line.clone()];
    let saved = |lines: &[DraftLine], whole: &Whole| {
        let mut lines = lines.to_vec();
        let mut priced = priced_lines(&lines);
        priced.note_set_prices(&mut lines, (&before, whole), boss);
        priced.is_below_hidden_floor(seller)
    };
    assert!(saved(&before, &Whole::default()), "the boss has changed nothing of it");
    let mut noted = before.clone();
    noted[0].note = "送到工地".to_string();
    assert!(saved(&noted, &Whole::default()), "nor with a note");
    let mut agreed = before.clone();
    agreed[0].extra.own.as_mut().unwrap().price = yuan("64");
    assert!(!saved(&agreed, &Whole::default()));
    let other = Whole { rounding: Fen(100), ..Whole::default() };
    assert!(!saved(&before, &other), "what comes off the whole was changed");
}

#[test]
fn a_reduction_given_holds_for_more_of_the_same() {
    let seller = PersonId(9);
    for (off, price) in [(1, "1"), (33, "100"), (1_234, "7.77"), (1, "0.03")] {
        let off = Some(ManualAsk::PercentOff(BasisPoints::of_whole(off).unwrap()));
        let set = set_by_boss(price, off, "0");
        for qty in [1, 3, 10, 99, 100, 12_345] {
            let mut line = set.lines[0].line.clone();
            line.qty = Qty::whole(qty);
            assert!(!priced_lines(&[line]).is_below_hidden_floor(seller), "{qty} at {price} less {off:?}");
        }
    }
}

#[test]
fn whoever_entered_a_cost_and_a_line_of_before_are_held_by_the_cost() {
    let boss = PersonId(1);
    let set = set_by_boss("100", None, "60");
    let held = |price: &str| moved_by(boss, &set, yuan(price)).is_below_hidden_floor(boss);
    assert_eq!((held("60"), held("59.99")), (false, true));
    let mut older = set;
    older.lines[0].line.extra.own.as_mut().unwrap().set_price = None;
    let held = |price: &str| moved_by(PersonId(9), &older, yuan(price)).is_below_hidden_floor(PersonId(9));
    assert_eq!((held("60"), held("59.99")), (false, true));
}

proptest! {
    #[test]
    fn no_prices_tried_tell_one_hidden_cost_from_another(
        set in 1i64..2_000_000,
        costs in (0i64..=1_000, 0i64..=1_000),
        off in prop::option::of(0u32..3_000),
        tried in prop::collection::vec(0i64..2_500_000, 1..20),
    ) {
        let seller = PersonId(9);
        let blind = IssueRule { sees_floor: false, floor_told: true, person: seller, ..sellers_rule() };
        let manual = off.and_then(BasisPoints::of_whole).map(ManualAsk::PercentOff);
        let least = set_by_boss(&UnitPrice(set).to_yuan(), manual, "0").lines[0].line.extra.own.clone();
        let least = least.unwrap().set_price.unwrap().0;
        let draft = |share: i64| {
            let cost = UnitPrice(least * share / 1_000).to_yuan();
            set_by_boss(&UnitPrice(set).to_yuan(), manual, &cost)
        };
        let (mut one, mut other) = (draft(costs.0), draft(costs.1));
        for price in tried.into_iter().chain([set, set - 1]) {
            one = moved_by(seller, &one, UnitPrice(price));
            other = moved_by(seller, &other, UnitPrice(price));
            prop_assert_eq!(one.is_below_hidden_floor(seller), other.is_below_hidden_floor(seller));
            prop_assert_eq!(one.problems(&blind), other.problems(&blind));
        }
    }
}
