//! E10: the old-price guard, and what ends a quotation.

use super::*;
use crate::base::{FieldFault, OrderId, QuoteId, Refusal};

/// Issued on 5 May from V12, valid to 12 May.
fn issued() -> SignFacts {
    SignFacts {
        state: QuoteState::Issued,
        order: None,
        newer: None,
        valid_until: day("2026-05-12"),
        today: day("2026-05-11"),
        clock_behind_ms: None,
        void: Vec::new(),
    }
}

fn v12_void() -> Vec<VoidRevision> {
    let (name, reason) = ("全国价目表".to_string(), "成本上涨".to_string());
    vec![VoidRevision { item: ItemId(5), name, n: 12, reason, released_until: None }]
}

/// The same, and until when head office lets it pass.
fn v12_released(until: &str) -> Vec<VoidRevision> {
    v12_void().into_iter().map(|it| VoidRevision { released_until: Some(day(until)), ..it }).collect()
}

fn order() -> OrderRef {
    OrderRef { id: OrderId(4), number: "SZ26-D000004".to_string() }
}

#[track_caller]
fn check(facts: SignFacts, expected: Option<&str>) {
    let refused = may_sign(&facts).err();
    assert_eq!(refused.as_ref().map(Refusal::code), expected, "{facts:?}");
}

#[test]
fn a_snapshot_is_honoured_until_its_last_valid_day_and_not_after() {
    check(issued(), None);
    check(SignFacts { today: day("2026-05-12"), ..issued() }, None);
    check(SignFacts { today: day("2026-05-13"), ..issued() }, Some("quote_expired"));
}

#[test]
fn withdrawn_prices_are_not_signed_unless_head_office_released_the_quotation() {
    let void = SignFacts { void: v12_void(), ..issued() };
    check(void.clone(), Some("revision_void"));
    check(SignFacts { void: v12_released("2026-05-10"), ..issued() }, Some("revision_void"));
    check(SignFacts { void: v12_released("2026-05-11"), ..issued() }, None);
    let late = SignFacts { void: v12_released("2026-05-20"), today: day("2026-05-13"), ..issued() };
    check(late, Some("quote_expired"));
    let sentence = may_sign(&void).unwrap_err().sentence();
    assert_eq!(
        sentence,
        "这张报价单用到的全国价目表 V12（成本上涨）已被总部作废，不能签。请修订后按新价出具，或请总部放行。"
    );
}

#[test]
fn a_release_lets_nothing_pass_that_was_withdrawn_afterwards() {
    let (name, reason) = ("客户等级".to_string(), "降档".to_string());
    let tier = VoidRevision { item: ItemId(6), name, n: 1, reason, released_until: None };
    let both: Vec<_> = v12_released("2026-05-12").into_iter().chain([tier.clone()]).collect();
    let refused = may_sign(&SignFacts { void: both.clone(), ..issued() }).unwrap_err();
    let expected = QuoteRefused::RevisionVoid { revisions: vec![tier], repriced: None };
    assert_eq!(refused, expected, "only what is not released is named");
    let released = both.into_iter().map(|it| VoidRevision { released_until: Some(day("2026-05-12")), ..it });
    check(SignFacts { void: released.collect(), ..issued() }, None);
}

#[test]
fn a_clock_that_stands_behind_signs_nothing() {
    check(SignFacts { clock_behind_ms: Some(120_001), ..issued() }, Some("clock_behind"));
}

#[test]
fn once_signed_or_replaced_it_is_not_signed_again() {
    check(SignFacts { state: QuoteState::Signed, order: Some(order()), ..issued() }, Some("already_signed"));
    check(SignFacts { order: Some(order()), ..issued() }, Some("already_signed"));
    let newer = Some(NewerVersion { id: QuoteId(2), revision: 2 });
    check(SignFacts { state: QuoteState::Superseded, newer, ..issued() }, Some("superseded"));
    check(SignFacts { state: QuoteState::Draft, ..issued() }, Some("not_issued"));
    check(SignFacts { state: QuoteState::Cancelled, ..issued() }, Some("wrong_state"));
}

#[test]
fn the_signed_day_lies_between_issue_and_today() {
    let (issued_day, today) = (day("2026-05-05"), day("2026-05-11"));
    let sign = |text: &str| check_signature(text, " 王小明 ", issued_day, today);
    assert_eq!(sign("2026-05-05").unwrap().signer, "王小明");
    assert!(sign("2026-05-11").is_ok());
    for (text, fault) in [
        ("2026-05-04", FieldFault::DayBefore { first: issued_day }),
        ("2026-05-12", FieldFault::DayAfter { last: today }),
        ("昨天", FieldFault::NotADay),
    ] {
        assert_eq!(sign(text), Err(QuoteRefused::field("signed_day", fault)));
    }
    for turned in ["\u{202E}=cmd()", "王\u{2069}小明", "王\t小明", "王\u{0}小明"] {
        let refused = check_signature("2026-05-05", turned, issued_day, today);
        assert_eq!(refused.unwrap_err().code(), "invalid", "{turned:?}");
    }
    let broken = check_signature("2026-05-05", "王\n小明", issued_day, today);
    assert_eq!(broken, Err(QuoteRefused::field("signer", FieldFault::LineBreak)));
    let nobody = check_signature("2026-05-05", "  ", issued_day, today);
    assert_eq!(nobody, Err(QuoteRefused::field("signer", FieldFault::Missing)));
    let long = "长".repeat(SIGNER_LETTERS_MAX + 1);
    assert_eq!(check_signature("2026-05-05", &long, issued_day, today).unwrap_err().code(), "invalid");
}

#[test]
fn expiry_follows_from_the_day() {
    let shown = |today: &str| QuoteState::Issued.shown(Some(day("2026-05-12")), day(today));
    assert_eq!(shown("2026-05-12"), ShownState::Issued);
    assert_eq!(shown("2026-05-13"), ShownState::Expired);
    let signed = QuoteState::Signed.shown(Some(day("2026-05-12")), day("2026-06-01"));
    assert_eq!(signed, ShownState::Signed);
    for state in ShownState::ALL {
        assert_eq!(ShownState::from_key(state.key()), Some(state));
    }
}

#[test]
fn only_the_newest_unsigned_version_is_revised_and_only_what_is_issued_is_cancelled() {
    let newer = Some(NewerVersion { id: QuoteId(2), revision: 2 });
    let code = |result: Result<(), QuoteRefused>| result.err().map(|refused| refused.code());
    assert_eq!(code(check_revise(QuoteState::Issued, None, None)), None);
    assert_eq!(code(check_revise(QuoteState::Superseded, newer, None)), Some("superseded"));
    assert_eq!(code(check_revise(QuoteState::Issued, None, Some(&order()))), Some("already_signed"));
    assert_eq!(code(check_revise(QuoteState::Draft, None, None)), Some("not_issued"));
    assert_eq!(code(check_revise(QuoteState::Cancelled, None, None)), Some("wrong_state"));
    assert_eq!(code(check_cancel(QuoteState::Issued, None)), None);
    assert_eq!(code(check_cancel(QuoteState::Signed, Some(&order()))), Some("already_signed"));
    assert_eq!(code(check_cancel(QuoteState::Superseded, None)), Some("wrong_state"));
    assert_eq!(check_reason(" 客户改主意 "), Ok("客户改主意".to_string()));
    assert_eq!(check_reason("\n"), Err(QuoteRefused::field("reason", FieldFault::Missing)));
}

#[test]
fn a_release_needs_withdrawn_prices_and_a_day_that_is_not_over() {
    let (until, today) = (day("2026-05-12"), day("2026-05-11"));
    let release =
        |text: &str, void: &[VoidRevision]| check_release(QuoteState::Issued, text, void, until, today);
    assert_eq!(release("2026-05-11", &v12_void()), Ok(day("2026-05-11")));
    assert_eq!(release("2026-05-11", &[]).unwrap_err().code(), "nothing_to_release");
    assert_eq!(release("2026-05-10", &v12_void()).unwrap_err().code(), "invalid");
    assert_eq!(release("2099-01-01", &v12_void()).unwrap_err().code(), "invalid");
    let expired = check_release(QuoteState::Issued, "2026-05-13", &v12_void(), until, day("2026-05-13"));
    assert_eq!(expired.unwrap_err().code(), "quote_expired");
}
