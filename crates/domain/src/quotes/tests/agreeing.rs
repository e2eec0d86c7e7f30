//! What is agreed by hand: how far one may go, who may go further, and what stands outside the catalogue.

use super::*;
use crate::base::{Fen, FieldFault, Instant, NumberFault, PersonId, Qty, Refusal};
use crate::pricing::ManualAsk;

fn limit(depth: u32, rounding: i64) -> LimitRow {
    LimitRow { depth: BasisPoints::of_whole(depth).unwrap(), rounding: Fen(rounding) }
}

fn decider(name: &str, limit: LimitRow, below_floor: bool) -> Decider {
    let person = PersonId(i64::try_from(name.len()).unwrap());
    Decider { person, name: name.to_string(), limit, below_floor }
}

/// A seller with 5 % and ten yuan; a manager with 12 %, and the boss, whom no limit binds.
pub(super) fn sellers_rule() -> IssueRule {
    IssueRule {
        limit: limit(500, 1_000),
        deciders: vec![
            decider("小赵", limit(800, 1_000), false),
            decider("王建国", limit(1_200, 5_000), false),
            decider("老板", limit(0, 0), true),
        ],
        ..rule()
    }
}

fn pails(manual: Option<ManualAsk>, whole: Whole) -> PricedDraft {
    let (mut sixty, product) = line("a", "60", "桶");
    sixty.extra.manual = manual;
    let lines = vec![(sixty, product)];
    price_draft(&book(12, "128.00"), &context("2026-05-05T10:00"), "苏州金鼎", lines, &whole)
}

fn codes(draft: &PricedDraft, rule: &IssueRule) -> Vec<&'static str> {
    draft.problems(rule).iter().map(|problem| problem.kind.code()).collect()
}

#[test]
fn within_the_limit_it_is_issued_and_beyond_it_those_who_may_are_named() {
    let at = |price: &str| pails(Some(ManualAsk::UnitPrice(yuan(price))), Whole::default());
    assert_eq!(codes(&at("111.88"), &sellers_rule()), [""; 0]);
    let beyond = at("108.00");
    let problem = &beyond.problems(&sellers_rule())[0];
    assert_eq!(problem.line.as_deref(), Some("a"));
    let ProblemKind::BeyondLimit { asked, limit, deciders, .. } = &problem.kind else {
        panic!("{problem:?}")
    };
    assert_eq!((asked.to_percent(), limit.to_percent()), ("8.29".to_string(), "5".to_string()));
    assert_eq!(deciders, &["王建国", "老板"], "8.29 % is beyond 小赵's 8 %");
    let boss = IssueRule { may_below_floor: true, ..sellers_rule() };
    assert_eq!(codes(&beyond, &boss), [""; 0]);
}

#[test]
fn under_the_floor_is_told_as_such_and_not_as_a_limit() {
    let under = pails(Some(ManualAsk::UnitPrice(yuan("89.99"))), Whole::default());
    assert_eq!(codes(&under, &sellers_rule()), ["below_floor"]);
    let at = pails(Some(ManualAsk::UnitPrice(yuan("90.00"))), Whole::default());
    assert_eq!(codes(&at, &sellers_rule()), ["beyond_limit"]);
}

#[test]
fn whoever_sees_no_floor_is_told_of_the_own_limit_alone() {
    let blind = IssueRule { sees_floor: false, ..sellers_rule() };
    for (price, told) in [("90.00", "beyond_limit"), ("89.99", "beyond_limit"), ("1", "beyond_limit")] {
        let draft = pails(Some(ManualAsk::UnitPrice(yuan(price))), Whole::default());
        assert_eq!(codes(&draft, &blind), [told], "{price}");
    }
    let own = priced_own(own("goods", Some("300.01"), "某某石材"));
    assert_eq!(
        (codes(&own, &blind), own.is_below_hidden_floor(blind.person)),
        (vec![], true),
        "issuing looks again"
    );
    let refused =
        Problem { line: None, kind: ProblemKind::BelowHiddenFloor { deciders: vec!["老板".into()] } };
    let refused = QuoteRefused::CannotIssue { problems: vec![refused] };
    let sentence = "这张报价单的价格超出了你能出的范围。老板可以出这张报价单：草稿已经保存，可以请对方处理。";
    assert_eq!(refused.sentence(), sentence);
    assert_eq!(refused.facts()["problems"][0]["code"], "beyond_limit");
}

#[test]
fn once_issuing_was_refused_for_the_floor_only_those_are_offered_and_named_who_may_go_below_it() {
    let blind = IssueRule { sees_floor: false, approvers: vec!["老板".into()], ..sellers_rule() };
    let told = IssueRule { floor_told: true, ..blind.clone() };
    let offered = |draft: &PricedDraft, rule: &IssueRule| -> Vec<String> {
        draft.may_be_asked(rule).iter().map(|decider| decider.name.clone()).collect()
    };
    // 60 pails at 104.00 with a floor of 105: within 王建国's 12 %, yet not his to issue.
    let mut draft = pails(Some(ManualAsk::UnitPrice(yuan("104.00"))), Whole::default());
    assert_eq!(offered(&draft, &blind), ["王建国", "老板"]);
    draft.lines[0].outcome.as_mut().unwrap().below_floor = true;
    assert_eq!(
        offered(&draft, &blind),
        ["王建国", "老板"],
        "a floor that nobody was refused for is no answer"
    );
    assert_eq!(offered(&draft, &told), ["老板"]);
    let problems = draft.problems(&told);
    let [limit, floor] = &problems[..] else { panic!("{problems:?}") };
    let ProblemKind::BeyondLimit { deciders, .. } = &limit.kind else { panic!("{limit:?}") };
    assert_eq!(deciders, &["老板"], "the limit names whoever may issue all of it");
    assert_eq!(floor.kind, ProblemKind::BelowHiddenFloor { deciders: vec!["老板".into()] });
    let sees = IssueRule { sees_floor: true, ..told };
    assert_eq!(codes(&draft, &sees), ["below_floor"], "whoever sees floors is told as before");
}

#[test]
fn the_whole_document_is_judged_by_its_worst_line_and_told_once() {
    let whole =
        Whole { off: Some(ManualAsk::PercentOff(BasisPoints::of_whole(600).unwrap())), ..Whole::default() };
    let lines = vec![line("a", "60", "桶"), line("b", "10", "桶")];
    let draft = price_draft(&book(12, "128.00"), &context("2026-05-05T10:00"), "", lines, &whole);
    let problems = draft.problems(&sellers_rule());
    assert_eq!(problems.len(), 1);
    assert!(
        matches!(&problems[0].kind, ProblemKind::WholeBeyondLimit { deciders, .. } if deciders.len() == 3)
    );
    assert_eq!(problems[0].line, None);
}

#[test]
fn rounding_has_its_own_limit_in_yuan() {
    let off = |fen| pails(None, Whole { rounding: Fen(fen), ..Whole::default() });
    assert_eq!(codes(&off(1_000), &sellers_rule()), [""; 0]);
    assert_eq!(off(560).amounts.net, Fen(706_000));
    let beyond = off(1_001);
    let problems = beyond.problems(&sellers_rule());
    let ProblemKind::RoundingBeyondLimit { deciders, .. } = &problems[0].kind else { panic!("{problems:?}") };
    assert_eq!(deciders, &["王建国", "老板"]);
    let refused = QuoteRefused::CannotIssue { problems };
    let told = &refused.facts()["problems"][0];
    assert_eq!(
        (&told["asked"], &told["limit"], &told["who_may"][0]),
        (&"10.01".into(), &"10.00".into(), &"王建国".into())
    );
}

#[test]
fn those_are_asked_who_may_issue_all_of_it_and_it_is_said_how_far_it_goes() {
    let at = |price: &str, rounding| {
        let whole = Whole { rounding: Fen(rounding), ..Whole::default() };
        pails(Some(ManualAsk::UnitPrice(yuan(price))), whole)
    };
    let names = |draft: &PricedDraft| -> Vec<String> {
        draft.may_be_asked(&sellers_rule()).iter().map(|decider| decider.name.clone()).collect()
    };
    let deep = at("108.00", 1_500);
    assert_eq!(names(&deep), ["王建国", "老板"]);
    let beyond = check_ask(&deep.problems(&sellers_rule()), true).unwrap();
    assert_eq!(beyond.rounding, Some((Fen(1_500), Fen(1_000))));
    let (asked, limit) = beyond.depth.unwrap();
    assert_eq!((limit.to_percent().as_str(), asked > limit, beyond.below_floor), ("5", true, false));
    assert_eq!(names(&at("112.00", 6_000)), ["老板"], "six tens are beyond 王建国's fifty");
    let under = at("89.99", 0);
    assert_eq!(names(&under), ["老板"]);
    assert!(check_ask(&under.problems(&sellers_rule()), true).unwrap().below_floor);
    assert_eq!(check_ask(&at("112.00", 0).problems(&sellers_rule()), true), Err(QuoteRefused::NothingToAsk));
    let unseen = check_ask(&at("112.00", 0).problems(&sellers_rule()), false);
    assert_eq!(unseen, Ok(Beyond::default()), "who does not see the floor may always ask");
}

#[test]
fn what_the_writer_can_mend_alone_is_mended_first() {
    let draft = pails(Some(ManualAsk::UnitPrice(yuan("108.00"))), Whole::default());
    let late = IssueRule { valid_until: day("2026-01-01"), ..sellers_rule() };
    let Err(QuoteRefused::CannotIssue { problems }) = check_ask(&draft.problems(&late), true) else {
        panic!("asked with a day that is over")
    };
    assert!(matches!(&problems[..], [only] if only.kind.code() == "valid_until_past"));
}

/// The seller has asked, and nothing came of it yet.
fn waiting(seller: PersonId, manager: PersonId) -> Ask {
    Ask {
        by: (seller, "小陈".to_string()),
        to: (manager, "王建国".to_string()),
        version: 4,
        net: Fen(1),
        beyond: Beyond::default(),
        reason: "老客户".to_string(),
        at: Instant(0),
        end: None,
    }
}

#[test]
fn only_who_was_asked_gives_back_and_only_who_asked_or_owns_takes_back() {
    let (seller, manager, owner) = (PersonId(1), PersonId(2), PersonId(3));
    let waiting = waiting(seller, manager);
    assert_eq!(waiting.check_give_back(manager, None), Ok(()));
    assert_eq!(waiting.check_give_back(seller, None), Err(QuoteRefused::NotAsked));
    assert_eq!(waiting.check_withdraw(seller, owner), Ok(()));
    assert_eq!(waiting.check_withdraw(owner, owner), Ok(()));
    assert_eq!(waiting.check_withdraw(manager, owner), Err(QuoteRefused::NotAsked));
    assert_eq!((waiting.changed(4), waiting.changed(5)), (false, true));
    for outcome in AskOutcome::ALL {
        assert_eq!(AskOutcome::from_key(outcome.key()), Some(outcome));
        let end = Some(AskEnd { outcome, at: Instant(1), words: String::new() });
        let ended = Ask { end, ..waiting.clone() };
        assert_eq!(ended.check_give_back(manager, None), Err(QuoteRefused::NotAsked));
        assert_eq!(ended.is_told(None), outcome == AskOutcome::GivenBack);
        assert!(!ended.changed(5));
    }
}

#[test]
fn whoever_took_a_draft_over_keeps_the_reason_and_may_give_it_back_while_it_is_in_their_hands() {
    let (seller, manager, boss) = (PersonId(1), PersonId(2), PersonId(3));
    let end = Some(AskEnd { outcome: AskOutcome::TakenOver, at: Instant(1), words: String::new() });
    let taken = Ask { end, ..waiting(seller, manager) };
    assert!(taken.is_told(Some(manager)) && taken.is_told(Some(boss)));
    assert!(!taken.is_told(Some(seller)), "whoever asked took it back into their own hands");
    assert!(!taken.is_told(None), "it went to another with its customer");
    assert_eq!(taken.check_give_back(manager, Some(manager)), Ok(()));
    assert_eq!(taken.check_give_back(boss, Some(boss)), Ok(()), "whoever holds it, asked or not");
    assert_eq!(taken.check_give_back(manager, Some(boss)), Err(QuoteRefused::NotAsked));
    assert_eq!(taken.check_give_back(seller, Some(seller)), Err(QuoteRefused::NotAsked));
    assert_eq!(taken.check_give_back(manager, None), Err(QuoteRefused::NotAsked));
}

#[test]
fn an_amount_beyond_what_there_is_is_named_with_the_largest_possible() {
    let boss = IssueRule { may_below_floor: true, ..sellers_rule() };
    let off = |fen| Whole { off: Some(ManualAsk::AmountOff(Fen(fen))), ..Whole::default() };
    let told = |draft: &PricedDraft| {
        let alone = |problem| QuoteRefused::CannotIssue { problems: vec![problem] }.sentence();
        draft.problems(&boss).into_iter().map(alone).collect::<Vec<_>>()
    };
    let over = pails(None, off(706_561));
    assert_eq!(told(&over), ["整单优惠不能大于合计 7,065.60 元，请改小一些。"]);
    let refused = over.refuse_new_slips(&[], &Whole::default()).unwrap_err();
    assert_eq!(refused.fields[0].0, "whole");
    assert_eq!(refused.sentence(), "「整单优惠」填得不对：不能大于 7065.60 元。");
    assert_eq!(
        over.refuse_new_slips(&[], &off(706_561)),
        Ok(()),
        "kept from before, it hinders issuing alone"
    );
    let line = pails(Some(ManualAsk::AmountOff(Fen(9_999_900))), Whole::default());
    assert_eq!(told(&line), ["「外墙乳胶漆」减价的金额不能大于这一行的 7,065.60 元，请改小一些。"]);
    let refused = line.refuse_new_slips(&[], &Whole::default()).unwrap_err();
    assert_eq!(refused.fields[0].0, "lines[0].manual.amount_off");
    let kept = [line.lines[0].line.clone()];
    assert_eq!(line.refuse_new_slips(&kept, &Whole::default()), Ok(()));
    let rounding = pails(None, Whole { rounding: Fen(6_561), ..off(700_000) });
    assert_eq!(told(&rounding), ["抹零不能大于合计 65.60 元，请改小一些。"]);
    let all_but_a_fen = pails(None, off(706_559));
    assert_eq!((told(&all_but_a_fen), all_but_a_fen.amounts.net), (Vec::new(), Fen(1)));
}

#[test]
fn nothing_to_pay_is_issued_only_where_somebody_with_the_right_made_every_line_free() {
    let boss = IssueRule { may_below_floor: true, ..sellers_rule() };
    let free = pails(Some(ManualAsk::UnitPrice(yuan("0"))), Whole::default());
    assert_eq!(codes(&free, &boss), [""; 0]);
    assert_eq!(codes(&free, &sellers_rule())[0], "zero_total");
    let slip = pails(None, Whole { off: Some(ManualAsk::AmountOff(Fen(706_560))), ..Whole::default() });
    assert_eq!(codes(&slip, &boss), ["zero_total"], "taken off the whole, it is a slip");
    let percent =
        pails(None, Whole { off: Some(ManualAsk::PercentOff(BasisPoints::WHOLE)), ..Whole::default() });
    assert_eq!(codes(&percent, &boss), ["zero_total"]);
}

#[test]
fn without_a_limit_nothing_may_be_taken_off() {
    let draft = pails(Some(ManualAsk::AmountOff(Fen(1))), Whole::default());
    let problems = draft.problems(&rule());
    assert!(matches!(&problems[0].kind, ProblemKind::BeyondLimit { deciders, .. } if deciders.is_empty()));
}

#[test]
fn e9_earns_14_2_percent() {
    let mut draft = pails(Some(ManualAsk::PercentOff(BasisPoints::of_whole(300).unwrap())), Whole::default());
    assert_eq!(draft.amounts.net, Fen(685_363));
    for line in &mut draft.lines {
        line.outcome.as_mut().unwrap().cost = Some(yuan("98.00"));
    }
    let margin = Margin::of_lines(&draft.lines).unwrap();
    assert_eq!(margin.percent().as_deref(), Some("14.2"));
    assert_eq!(margin.of, Fen(606_516));
    draft.lines[0].outcome.as_mut().unwrap().cost = None;
    assert_eq!(Margin::of_lines(&draft.lines), None, "nobody guesses a cost");
    assert_eq!(Margin::of_lines(&[]), None);
}

#[test]
fn e9_goes_to_whom_three_percent_is_within_his_limit() {
    let draft = pails(Some(ManualAsk::PercentOff(BasisPoints::of_whole(300).unwrap())), Whole::default());
    let rule = IssueRule {
        limit: limit(200, 0),
        deciders: vec![
            decider("小赵", limit(299, 0), false),
            decider("王建国", limit(300, 0), false),
            decider("老板", limit(0, 0), true),
        ],
        ..rule()
    };
    let problems = draft.problems(&rule);
    let ProblemKind::BeyondLimit { limit: held, deciders, .. } = &problems[0].kind else {
        panic!("{problems:?}")
    };
    assert_eq!(
        (held.to_percent().as_str(), deciders.as_slice()),
        ("2", &["王建国".to_string(), "老板".into()][..])
    );
    let manager = IssueRule { limit: limit(300, 0), ..rule };
    assert_eq!(codes(&draft, &manager), [""; 0]);
}

pub(super) fn own(kind: &str, cost: Option<&str>, supplier: &str) -> OwnText {
    OwnText {
        kind: kind.to_string(),
        name: "进口岩板".to_string(),
        price: "300".to_string(),
        cost: cost.map(str::to_string),
        supplier: supplier.to_string(),
        ..OwnText::default()
    }
}

pub(super) fn own_line(own: OwnText) -> Result<DraftLine, QuoteRefused> {
    let text = LineText {
        id: "o".to_string(),
        product: NO_PRODUCT,
        qty: "2".to_string(),
        unit: "块".to_string(),
        note: String::new(),
        extra: LineExtraText { own: Some(own), group: "客厅".to_string(), ..LineExtraText::default() },
    };
    DraftLine::accept_all(vec![text], &KnownNames::none()).map(|mut lines| lines.remove(0))
}

fn priced_own(text: OwnText) -> PricedDraft {
    let line = own_line(text).unwrap();
    let product = QuotedProduct::of_own(line.extra.own.as_ref().unwrap(), &line.unit);
    let lines = vec![(line, product)];
    price_draft(&book(12, "128.00"), &context("2026-05-05T10:00"), "", lines, &Whole::default())
}

#[test]
fn goods_outside_the_catalogue_need_cost_and_supplier_and_are_not_sold_below_cost() {
    assert_eq!(codes(&priced_own(own("goods", None, "某某石材")), &sellers_rule()), ["cost_missing"]);
    assert_eq!(codes(&priced_own(own("goods", Some("250"), "")), &sellers_rule()), ["supplier_missing"]);
    let whole = priced_own(own("goods", Some("250"), "某某石材"));
    assert_eq!((codes(&whole, &sellers_rule()), whole.amounts.net), (vec![], Fen(60_000)));
    assert_eq!(
        codes(&priced_own(own("goods", Some("300.01"), "某某石材")), &sellers_rule()),
        ["below_floor"]
    );
    assert_eq!(
        codes(&priced_own(own("freight", None, "")), &sellers_rule()),
        [""; 0],
        "freight needs neither"
    );
}

#[test]
fn goods_are_not_sold_below_a_cost_whoever_entered_it() {
    for by in [PersonId(7), PersonId(8)] {
        let mut priced = priced_own(own("goods", Some("300.01"), "某某石材"));
        priced.lines[0].line.extra.own.as_mut().unwrap().cost_by = Some(by);
        assert_eq!(codes(&priced, &sellers_rule()), ["below_floor"]);
    }
}

#[test]
fn a_hidden_floor_is_tried_by_prices_of_ones_own_and_beside_a_cost_of_somebody_else() {
    let (me, other) = (PersonId(9), PersonId(8));
    let by_hand = Some(ManualAsk::UnitPrice(yuan("130")));
    assert!(!pails(None, Whole::default()).may_try_hidden_floor(me), "the rules alone made its prices");
    assert!(pails(by_hand, Whole::default()).may_try_hidden_floor(me), "a price above theirs is a try too");
    let rounded = Whole { rounding: Fen(1), ..Whole::default() };
    assert!(pails(None, rounded).may_try_hidden_floor(me));
    let slab = |cost: Option<&str>, by: Option<PersonId>| {
        let mut priced = priced_own(own("goods", cost, "某某石材"));
        priced.lines[0].line.extra.own.as_mut().unwrap().cost_by = by;
        priced.may_try_hidden_floor(me)
    };
    assert!(slab(Some("250"), Some(other)));
    assert!(!slab(Some("250"), Some(me)), "whoever entered the cost knows it");
    assert!(!slab(None, None));
}

#[test]
fn what_is_wrong_outside_the_catalogue_is_named() {
    let fault = |text: OwnText| own_line(text).unwrap_err();
    let wrong = QuoteRefused::field("lines[0].own.kind", FieldFault::NoChoice);
    assert_eq!(fault(own("gift", None, "")), wrong);
    let nameless = OwnText { name: " ".to_string(), ..own("goods", None, "") };
    assert_eq!(fault(nameless), QuoteRefused::field("lines[0].own.name", FieldFault::Missing));
    let negative = OwnText { price: "-1".to_string(), ..own("goods", None, "") };
    assert_eq!(fault(negative), QuoteRefused::field("lines[0].own.price", FieldFault::Negative));
    let text = own("goods", Some("便宜"), "");
    assert_eq!(fault(text).sentence(), "「第 1 行的成本」填得不对：不是数字。");
}

#[test]
fn a_manual_price_is_one_of_three_ways() {
    let manual = |manual: ManualText| {
        let text = LineText {
            id: "a".to_string(),
            product: ProductId(1),
            qty: "1".to_string(),
            unit: "桶".to_string(),
            note: String::new(),
            extra: LineExtraText { manual: Some(manual), ..LineExtraText::default() },
        };
        DraftLine::accept_all(vec![text], &KnownNames::none()).map(|lines| lines[0].extra.manual)
    };
    let some = |text: &str| Some(text.to_string());
    let price = ManualText { unit_price: some("１１２．5"), ..ManualText::default() };
    assert_eq!(manual(price.clone()), Ok(Some(ManualAsk::UnitPrice(yuan("112.5")))));
    let both = ManualText { amount_off: some("1"), ..price };
    assert_eq!(manual(both), Err(QuoteRefused::field("lines[0].manual", FieldFault::OneOnly)));
    let over = ManualText { percent_off: some("100.01"), ..ManualText::default() };
    let too_large = FieldFault::Number(NumberFault::TooLarge);
    assert_eq!(manual(over), Err(QuoteRefused::field("lines[0].manual.percent_off", too_large)));
    assert_eq!(manual(ManualText::default()), Ok(None));
}

#[test]
fn terms_are_read_and_what_is_wrong_is_named() {
    let terms = |terms: TermsText| {
        let text = DraftText {
            customer: CustomerId(1),
            valid_until: None,
            notes: String::new(),
            lines: vec![],
            terms,
            whole: WholeText { rounding: Some("3.63".to_string()), ..WholeText::default() },
        };
        Draft::accept(text, &KnownNames::none())
    };
    let some = |text: &str| Some(text.to_string());
    let sound = TermsText {
        site_address: " 园区星湖街 ".to_string(),
        delivery_day: some("2026-05-08"),
        invoice: some("special"),
        payment: some("monthly"),
        deposit_percent: some("30%"),
        pictures: Some(true),
        ..TermsText::default()
    };
    let draft = terms(sound.clone()).unwrap();
    assert_eq!((draft.terms.site_address.as_str(), draft.whole.rounding), ("园区星湖街", Fen(363)));
    assert_eq!(draft.terms.deposit, BasisPoints::of_whole(3_000).map(Deposit::Percent));
    assert!(draft.terms.shows_pictures(false) && Terms::default().shows_pictures(true));
    assert!(!Terms { pictures: Some(false), ..Terms::default() }.shows_pictures(true));
    let kept = serde_json::to_string(&draft.terms).unwrap();
    assert_eq!(serde_json::from_str::<Terms>(&kept).unwrap(), draft.terms);
    let wrong = |text: TermsText, path: &str, fault: FieldFault| {
        assert_eq!(terms(text), Err(QuoteRefused::field(path, fault)));
    };
    wrong(TermsText { invoice: some("x"), ..sound.clone() }, "terms.invoice", FieldFault::NoChoice);
    wrong(
        TermsText { delivery_day: some("明天"), ..sound.clone() },
        "terms.delivery_day",
        FieldFault::NotADay,
    );
    let long = TermsText { site_phone: "1".repeat(TERM_LETTERS_MAX + 1), ..sound.clone() };
    wrong(long, "terms.site_phone", FieldFault::TooLong { letters_max: TERM_LETTERS_MAX });
    let both = TermsText { deposit_amount: some("100"), ..sound };
    wrong(both, "terms.deposit_percent", FieldFault::OneOnly);
}

#[test]
fn a_cost_stays_with_its_line_and_with_who_entered_it() {
    use crate::base::PersonId;
    let entered = own_line(own("goods", Some("250"), "某某石材")).unwrap().extra.own.unwrap();
    let mut first = entered.clone();
    first.keep_cost(None, (PersonId(7), false));
    assert_eq!(first.cost_by, Some(PersonId(7)));
    let mut blind = OwnItem { cost: None, ..entered.clone() };
    blind.keep_cost(Some(&first), (PersonId(8), false));
    assert_eq!((blind.cost, blind.cost_by), (first.cost, Some(PersonId(7))));
    let mut other = OwnItem { cost: Some(yuan("260")), ..entered.clone() };
    let mut guessed = other.clone();
    other.keep_cost(Some(&first), (PersonId(8), true));
    assert_eq!((other.cost, other.cost_by), (Some(yuan("260")), Some(PersonId(8))));
    guessed.keep_cost(Some(&first), (PersonId(8), false));
    assert_eq!(
        (guessed.cost, guessed.cost_by),
        (first.cost, Some(PersonId(7))),
        "nobody overwrites what they do not see"
    );
    guessed.cost = Some(yuan("240"));
    guessed.keep_cost(Some(&first), (PersonId(7), false));
    assert_eq!(guessed.cost, Some(yuan("240")), "whoever entered it sees it");
    let mut same = entered;
    same.keep_cost(Some(&first), (PersonId(8), true));
    assert_eq!(same.cost_by, Some(PersonId(7)));
    assert_eq!(same.entered(Qty::whole(1), "块").cost, Some(yuan("250")));
}
