//! What a draft may hold.

use super::*;
use crate::base::{FieldFault, NumberFault, Qty, Refusal};

fn text(lines: Vec<LineText>) -> DraftText {
    DraftText {
        customer: CustomerId(1),
        valid_until: None,
        notes: String::new(),
        lines,
        terms: TermsText::default(),
        whole: WholeText::default(),
    }
}

fn typed(id: &str, qty: &str) -> LineText {
    LineText {
        id: id.to_string(),
        product: ProductId(1),
        qty: qty.to_string(),
        unit: "桶".to_string(),
        note: String::new(),
        extra: LineExtraText::default(),
    }
}

fn accept(text: DraftText) -> Result<Draft, QuoteRefused> {
    Draft::accept(text, &KnownNames::none())
}

#[track_caller]
fn check(text: DraftText, path: &str, fault: FieldFault) {
    assert_eq!(accept(text), Err(QuoteRefused::field(path, fault)));
}

#[test]
fn an_empty_draft_is_saved_and_so_are_two_thousand_lines_but_not_one_more() {
    assert_eq!(accept(text(vec![])).unwrap().lines.len(), 0);
    let many = |count: usize| (0..count).map(|place| typed(&format!("l{place}"), "1")).collect();
    assert_eq!(accept(text(many(2_000))).unwrap().lines.len(), 2_000);
    let refused = accept(text(many(2_001))).unwrap_err();
    assert_eq!(refused, QuoteRefused::TooManyLines { count: 2_001, limit: 2_000 });
    assert_eq!(refused.sentence(), "报价单有 2001 行，最多 2000 行。请拆成几张报价单。");
}

#[test]
fn quantities_are_read_as_people_type_them() {
    let draft = accept(text(vec![typed("a", "１，２００．５"), typed("b", "-3"), typed("c", "0")]));
    let quantities: Vec<Qty> = draft.unwrap().lines.iter().map(|line| line.qty).collect();
    assert_eq!(quantities, vec![Qty(1_200_500), Qty(-3_000), Qty(0)]);
}

#[test]
fn a_quantity_that_nobody_sells_is_refused_by_its_line_and_a_half_typed_one_is_kept() {
    let most = QTY_TYPED_MAX;
    let qty = |typed_qty: &str| accept(text(vec![typed("a", "1"), typed("b", typed_qty)]));
    assert_eq!(qty("1000000000").unwrap().lines[1].qty, most);
    assert_eq!(qty("-1").unwrap().lines[1].qty, Qty(-1_000));
    let refused = qty("999999999999").unwrap_err();
    assert_eq!(refused, QuoteRefused::field("lines[1].qty", FieldFault::QtyAbove { most }));
    assert_eq!(refused.sentence(), "「第 2 行的数量」填得不对：太大，不能大于 1000000000。");
    let below = qty("-999999999999").unwrap_err();
    assert_eq!(below, QuoteRefused::field("lines[1].qty", FieldFault::Negative));
}

#[test]
fn what_is_wrong_is_named_by_line_and_field() {
    check(text(vec![typed("a", "六十")]), "lines[0].qty", FieldFault::Number(NumberFault::NotANumber));
    check(text(vec![typed("a", "1"), typed("a", "2")]), "lines[1].id", FieldFault::Repeated);
    check(text(vec![typed("", "1")]), "lines[0].id", FieldFault::Missing);
    let long = "长".repeat(LINE_ID_LETTERS_MAX + 1);
    let too_long = FieldFault::TooLong { letters_max: LINE_ID_LETTERS_MAX };
    check(text(vec![typed(&long, "1")]), "lines[0].id", too_long);
    let huge = "9".repeat(10_000_000);
    check(text(vec![typed("a", &huge)]), "lines[0].qty", FieldFault::Number(NumberFault::TooLarge));
    let dated = DraftText { valid_until: Some("2026-13-01".to_string()), ..text(vec![]) };
    check(dated, "valid_until", FieldFault::NotADay);
    let nothing = LineText { product: NO_PRODUCT, ..typed("b", "1") };
    check(text(vec![typed("a", "1"), nothing.clone()]), "lines[1].product_id", FieldFault::NoProduct);
    let refused = accept(text(vec![typed("a", "1"), nothing])).unwrap_err();
    let said =
        "「第 2 行的商品」填得不对：这一行还没有商品。请选一个商品；运费、加工和目录外的，请写成目录外项目。";
    assert_eq!(refused.sentence(), said);
    let both = LineText { product: ProductId(1), ..named("岩板") };
    check(text(vec![typed("b", "1"), both]), "lines[1].product_id", FieldFault::ProductAndOwn);
    let refused = accept(text(vec![typed("a", "1"), typed("b", "1.2345")])).unwrap_err();
    assert_eq!(refused.sentence(), "「第 2 行的数量」填得不对：最多 3 位小数。");
}

/// A line of goods outside the catalogue, every name of it the same.
fn named(name: &str) -> LineText {
    let own = OwnText {
        kind: "goods".to_string(),
        name: name.to_string(),
        spec: name.to_string(),
        price: "1".to_string(),
        supplier: name.to_string(),
        ..OwnText::default()
    };
    let extra = LineExtraText { group: name.to_string(), own: Some(own), ..LineExtraText::default() };
    LineText { product: NO_PRODUCT, unit: name.to_string(), extra, ..typed("a", "1") }
}

#[test]
fn names_of_a_draft_are_one_line_but_for_those_that_it_holds_already() {
    let paths = |refused: QuoteRefused| match refused {
        QuoteRefused::Invalid(faults) => faults.fields,
        other => panic!("{other:?}"),
    };
    let terms = |text: &str| TermsText {
        site_address: "园区\n星湖街".to_string(),
        site_contact: text.to_string(),
        site_phone: text.to_string(),
        ..TermsText::default()
    };
    let whole = |name: &str| DraftText { terms: terms(name), ..text(vec![named(name)]) };
    let broken: Vec<(String, FieldFault)> = [
        "lines[0].unit",
        "lines[0].group",
        "lines[0].own.name",
        "lines[0].own.spec",
        "lines[0].own.supplier",
        "terms.site_contact",
        "terms.site_phone",
    ]
    .map(|path| (path.to_string(), FieldFault::LineBreak))
    .to_vec();
    assert_eq!(paths(accept(whole("甲\n乙")).unwrap_err()), broken);
    let turned: Vec<String> =
        paths(accept(whole("甲\u{202E}乙")).unwrap_err()).into_iter().map(|(path, _)| path).collect();
    assert_eq!(turned, ["lines[0].group", "lines[0].own.name", "lines[0].own.supplier"]);

    let kept = Draft::accept(whole("甲\n乙"), &KnownNames::All).unwrap();
    assert_eq!(kept.lines[0].unit, "甲\n乙", "a price is asked for a draft of old too");
    let known = KnownNames::of(&kept.lines, &kept.terms);
    assert_eq!(Draft::accept(whole("甲\n乙"), &known).as_ref(), Ok(&kept));
    let other = DraftText { terms: terms("甲\n丙"), ..whole("甲\n乙") };
    let told = paths(Draft::accept(other, &known).unwrap_err());
    assert_eq!(told, broken[5..]);
}

#[test]
fn notes_end_at_their_limit_and_may_hold_anything_that_can_be_printed() {
    let longest = "😀".repeat(NOTES_LETTERS_MAX);
    let draft = DraftText { notes: longest.clone(), ..text(vec![]) };
    assert_eq!(accept(draft).unwrap().notes, longest);
    let ten_megabytes = DraftText { notes: "长".repeat(3_500_000), ..text(vec![]) };
    check(ten_megabytes, "notes", FieldFault::TooLong { letters_max: NOTES_LETTERS_MAX });
    let strange =
        DraftText { notes: " <script>alert(1)</script>\u{0}\u{7}\n第二行 ".to_string(), ..text(vec![]) };
    assert_eq!(accept(strange).unwrap().notes, "<script>alert(1)</script>\n第二行");
}

#[test]
fn a_line_without_a_price_says_so_and_the_others_keep_theirs() {
    let mut archived = line("c", "1", "桶");
    archived.1.archived = true;
    let lines = vec![line("a", "60", "桶"), line("b", "1", "吨"), archived, line("d", "-1", "桶")];
    let priced =
        price_draft(&book(12, "128.00"), &context("2026-05-05T10:00"), "苏州金鼎", lines, &Whole::default());
    let codes: Vec<_> =
        priced.lines.iter().map(|line| line.outcome.as_ref().err().map(LineRefusal::code)).collect();
    assert_eq!(codes, vec![None, Some("unknown_unit"), Some("product_archived"), Some("negative_qty")]);
    assert_eq!(priced.amounts.net.to_yuan(), "7065.60");
    let problems = priced.problems(&rule());
    assert_eq!(problems.iter().map(|it| it.line.as_deref().unwrap()).collect::<Vec<_>>(), ["b", "c", "d"]);
}

#[test]
fn a_document_ends_at_its_highest_amount_at_the_line_that_would_go_beyond() {
    let lines = ["a", "b", "c"].map(|id| line(id, "10000000", "桶")).to_vec();
    let priced = price_draft(&book(12, "100.00"), &context("2026-05-05T10:00"), "", lines, &Whole::default());
    let codes: Vec<_> =
        priced.lines.iter().map(|line| line.outcome.as_ref().err().map(LineRefusal::code)).collect();
    assert_eq!(codes, [None, Some("too_large"), Some("too_large")]);
    assert_eq!(priced.amounts.net.to_yuan(), "920000000.00");
    assert!(priced.problems(&rule()).iter().all(|problem| problem.kind.code() == "too_large"));
}
