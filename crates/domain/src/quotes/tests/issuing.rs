//! When a draft is issued, and when the prices moved under it.

use super::*;
use crate::base::{Fen, Refusal};
use crate::pricing::ManualAsk;

#[track_caller]
fn codes(priced: &PricedDraft, rule: &IssueRule) -> Vec<&'static str> {
    priced.problems(rule).iter().map(|problem| problem.kind.code()).collect()
}

fn saw(net: Fen) -> Seen {
    Seen { net: Some(net), agreed: None }
}

#[test]
fn a_priced_draft_is_issued_at_the_figures_that_were_shown() {
    let priced = sixty_pails(12, "128.00");
    let shown = ShownFigures::of(&priced);
    assert_eq!(decide_issue(&priced, &rule(), &shown, &Seen::default()), Ok(()));
    assert_eq!(decide_issue(&priced, &rule(), &shown, &saw(Fen(706_560))), Ok(()));
}

#[test]
fn a_new_revision_with_the_same_figures_changes_nothing() {
    let shown = ShownFigures::of(&sixty_pails(12, "128.00"));
    assert_eq!(decide_issue(&sixty_pails(13, "128.00"), &rule(), &shown, &Seen::default()), Ok(()));
}

#[test]
fn other_figures_are_refused_with_old_and_new() {
    let shown = ShownFigures::of(&sixty_pails(12, "128.00"));
    let refused = decide_issue(&sixty_pails(13, "132.00"), &rule(), &shown, &saw(Fen(706_560))).unwrap_err();
    let facts = refused.facts();
    assert_eq!((refused.code(), facts["difference"].as_str()), ("price_changed", Some("220.80")));
    let line = &facts["lines"][0];
    assert_eq!(line["old_unit_price"], "117.76");
    assert_eq!(line["new_unit_price"], "121.44");
    assert_eq!(
        refused.sentence(),
        "价格刚刚变了：「外墙乳胶漆」单价 117.76 → 121.44，合计 7,065.60 → 7,286.40 元。还没有出具，请看过新价格再决定。"
    );
}

#[test]
fn a_price_set_by_hand_is_told_as_kept_and_how_far_below_the_rules_it_lies_now() {
    let pails = |n: i64, price: &str| {
        let (mut pail, product) = line("a", "2", "桶");
        pail.extra.manual = Some(ManualAsk::UnitPrice(yuan("110.00")));
        let lines = vec![(pail, product)];
        price_draft(&book(n, price), &context("2026-05-05T10:00"), "", lines, &Whole::default())
    };
    let (before, now) = (pails(12, "128.00"), pails(13, "132.00"));
    let moved = Repriced::moved(&ShownFigures::of(&before), &now).unwrap();
    assert_eq!((moved.difference().unwrap(), moved.lines.len()), (Fen::ZERO, 1));
    let share = |bp: u32| BasisPoints::of_whole(bp).unwrap();
    let hand = moved.lines[0].hand.unwrap();
    assert_eq!((hand.unit_price, hand.old_below, hand.new_below), (yuan("110.00"), share(659), share(943)));
    let beyond = |limit: Option<u32>| moved.clone().beside(limit.map(share)).lines[0].hand.unwrap().beyond;
    assert_eq!((beyond(Some(942)), beyond(Some(943)), beyond(None)), (Some(share(942)), None, None));
    let refused = QuoteRefused::PriceChanged { repriced: Box::new(moved.clone()) };
    assert_eq!(
        refused.sentence(),
        "价格刚刚变了：「外墙乳胶漆」手改价 110.00 不变，等级价 117.76 → 121.44，让价 6.59% → 9.43%，合计 220.00 元不变。还没有出具，请看过新价格再决定。"
    );
    assert_eq!(refused.facts()["lines"][0]["hand"]["new_below"], "9.43");
    assert_eq!(refused.facts()["lines"][0]["hand"]["new_above"], serde_json::Value::Null);
    let plain = Repriced::moved(&ShownFigures::of(&sixty_pails(12, "128.00")), &sixty_pails(13, "132.00"));
    assert_eq!(plain.unwrap().lines[0].hand, None);
    let fallen = Repriced::moved(&ShownFigures::of(&now), &pails(14, "100.00")).unwrap();
    let refused = QuoteRefused::PriceChanged { repriced: Box::new(fallen) };
    assert_eq!(
        refused.sentence(),
        "价格刚刚变了：「外墙乳胶漆」手改价 110.00 不变，等级价 121.44 → 92.00，现在比等级价高 19.57%，合计 220.00 元不变。还没有出具，请看过新价格再决定。"
    );
    assert_eq!(refused.facts()["lines"][0]["hand"]["new_above"], "19.57");
}

#[test]
fn another_total_over_the_same_prices_is_not_called_a_change_of_prices() {
    let shown = ShownFigures::of(&sixty_pails(12, "128.00"));
    let refused = decide_issue(&sixty_pails(12, "128.00"), &rule(), &shown, &saw(Fen(700_000))).unwrap_err();
    let facts = refused.facts();
    assert_eq!((refused.code(), facts["old"]["net"].as_str()), ("price_changed", Some("7000.00")));
    let now = (facts["new"]["net"].as_str(), facts["difference"].as_str());
    assert_eq!(now, (Some("7065.60"), Some("65.60")));
    assert_eq!(
        refused.sentence(),
        "你看到的合计不是现在的合计：各行的价格没有变，现在合计 7,065.60 元。还没有出具，请看过再决定。"
    );
}

#[test]
fn whoever_agreed_to_the_new_figures_goes_on_with_them_and_with_no_others() {
    let shown = ShownFigures::of(&sixty_pails(12, "128.00"));
    let priced = sixty_pails(13, "132.00");
    let agreed = Some(ShownFigures::of(&priced).code());
    let seen = Seen { net: Some(priced.amounts.net), agreed: agreed.clone() };
    assert_eq!(decide_issue(&priced, &rule(), &shown, &seen), Ok(()));
    let other_total = Seen { net: Some(Fen(priced.amounts.net.0 + 1)), agreed: agreed.clone() };
    let moved_again = sixty_pails(14, "133.00");
    for (priced, seen) in [
        (&priced, &other_total),
        (&priced, &saw(priced.amounts.net)),
        (&moved_again, &Seen { net: None, agreed }),
    ] {
        let refused = decide_issue(priced, &rule(), &shown, seen).unwrap_err();
        assert_eq!(refused.code(), "price_changed", "{seen:?}");
    }
}

#[test]
fn the_same_total_from_other_lines_is_another_quotation_and_can_be_agreed_to() {
    let two = |first: &str, second: &str| {
        let lines = vec![line("a", first, "桶"), line("b", second, "桶")];
        price_draft(&book(12, "128.00"), &context("2026-05-05T10:00"), "", lines, &Whole::default())
    };
    let (shown, priced) = (ShownFigures::of(&two("1", "2")), two("2", "1"));
    let refused = decide_issue(&priced, &rule(), &shown, &saw(priced.amounts.net)).unwrap_err();
    assert_eq!(refused.code(), "price_changed");
    let agreed = refused.facts()["agree"].as_str().map(str::to_string);
    assert_eq!(decide_issue(&priced, &rule(), &shown, &Seen { net: None, agreed }), Ok(()));
}

#[test]
fn nothing_without_lines_or_without_quantity_is_issued() {
    let empty = price_draft(&book(12, "128.00"), &context("2026-05-05T10:00"), "", vec![], &Whole::default());
    assert_eq!(codes(&empty, &rule()), ["empty"]);
    let zero = price_draft(
        &book(12, "128.00"),
        &context("2026-05-05T10:00"),
        "",
        vec![line("a", "0", "桶")],
        &Whole::default(),
    );
    assert_eq!(codes(&zero, &rule()), ["zero_qty"]);
}

#[test]
fn under_the_floor_only_who_may_issues_and_the_others_learn_who_that_is() {
    // Tier A of 97.82 is 89.99, of 97.83 it is 90.00.
    assert_eq!(codes(&sixty_pails(12, "97.83"), &rule()), Vec::<&str>::new());
    let low = sixty_pails(12, "97.82");
    let refused = decide_issue(&low, &rule(), &ShownFigures::of(&low), &Seen::default()).unwrap_err();
    assert_eq!(refused.sentence(), "「外墙乳胶漆」的单价低于底价，只有王建国可以出这张报价单。");
    let owner = IssueRule { may_below_floor: true, ..rule() };
    assert_eq!(decide_issue(&low, &owner, &ShownFigures::of(&low), &Seen::default()), Ok(()));
}

#[test]
fn validity_is_counted_from_the_day_of_issue_unless_a_day_was_chosen() {
    let today = day("2026-05-05");
    assert_eq!(last_valid_day(None, today, 7), day("2026-05-12"));
    assert_eq!(last_valid_day(Some(day("2026-05-06")), today, 7), day("2026-05-06"));
    let priced = sixty_pails(12, "128.00");
    let until = |valid_until| IssueRule { valid_until, ..rule() };
    assert_eq!(codes(&priced, &until(day("2026-05-04"))), ["valid_until_past"]);
    assert_eq!(codes(&priced, &until(day("2026-05-05"))), Vec::<&str>::new());
    assert_eq!(codes(&priced, &until(day("2027-05-06"))), Vec::<&str>::new());
    assert_eq!(codes(&priced, &until(day("2027-05-07"))), ["valid_until_too_far"]);
}

#[test]
fn nothing_is_promised_for_a_day_before_that_of_issue() {
    let priced = sixty_pails(12, "128.00");
    let wished = |delivery_day| IssueRule { delivery_day, ..rule() };
    for fine in [None, Some(day("2026-05-05")), Some(day("2026-06-01"))] {
        assert_eq!(codes(&priced, &wished(fine)), Vec::<&str>::new(), "{fine:?}");
    }
    for past in ["2026-05-04", "1970-01-01"] {
        assert_eq!(codes(&priced, &wished(Some(day(past)))), ["delivery_day_past"], "{past}");
    }
    let past = wished(Some(day("2026-05-04")));
    let refused = decide_issue(&priced, &past, &ShownFigures::of(&priced), &Seen::default()).unwrap_err();
    assert_eq!(refused.sentence(), "送货日期 2026年5月4日 已经过去。请改成今天或以后的日期，或清空。");
}

#[test]
fn no_more_is_asked_ahead_than_is_to_be_paid() {
    let priced = sixty_pails(12, "128.00");
    let total = priced.amounts.net;
    let ahead = |fen| codes(&priced, &IssueRule { deposit: fen, ..rule() });
    assert_eq!(ahead(Some(total)), [""; 0]);
    assert_eq!(ahead(None), [""; 0]);
    assert_eq!(ahead(Some(Fen(total.0 + 1))), ["deposit_above_total"]);
}
