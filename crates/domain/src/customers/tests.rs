use super::*;
use crate::access::{AccessRefused, Actor, Reach, Right};
use crate::base::{FieldFault, Invalid, OrgId, PersonId, parse_date};
use std::collections::BTreeMap;

fn blank() -> Attributes {
    Attributes::blank(PersonId(7), OrgId(3))
}

fn choices() -> Choices {
    Choices { kinds: vec!["工程商".into()], tiers: vec!["A".into(), "B".into()] }
}

fn named(name: &str) -> CustomerEdit {
    CustomerEdit { name: Some(name.into()), ..CustomerEdit::default() }
}

#[track_caller]
fn refused(edit: CustomerEdit, path: &str, fault: FieldFault) {
    assert_eq!(accept(&blank(), edit, &choices()), Err(Invalid::one(path, fault)));
}

#[test]
fn a_name_is_all_that_a_customer_needs() {
    let made = accept(&blank(), named(" 苏州恒达装饰 "), &choices()).unwrap();
    assert_eq!(made, Attributes { name: "苏州恒达装饰".into(), ..blank() });
    refused(named("  "), "name", FieldFault::Missing);
    refused(named("——"), "name", FieldFault::BadSign);
}

#[test]
fn what_is_one_line_holds_no_line_break_and_what_was_kept_so_is_left_alone() {
    refused(named("恒达\n装饰"), "name", FieldFault::LineBreak);
    refused(CustomerEdit { phone: Some("139\r138".into()), ..named("恒达") }, "phone", FieldFault::LineBreak);
    refused(named("恒达\u{202E}装饰"), "name", FieldFault::ControlSign);
    let notes = CustomerEdit { notes: Some("一\n二".into()), ..named("恒达") };
    assert!(accept(&blank(), notes, &choices()).is_ok(), "notes have lines");
    let old = Attributes { name: "恒达\n装饰".into(), ..blank() };
    let called = CustomerEdit { phone: Some("139".into()), ..CustomerEdit::default() };
    assert!(accept(&old, called, &choices()).is_ok());
    assert!(accept(&old, named("恒达\n装饰"), &choices()).is_ok(), "the form sends what stands there along");
    let another = accept(&old, named("恒达\n建材"), &choices());
    assert_eq!(another, Err(Invalid::one("name", FieldFault::LineBreak)));
}

#[test]
fn texts_end_at_their_limit_and_not_before() {
    type Fill = fn(String) -> CustomerEdit;
    let limits: [(Fill, &str, usize); 6] = [
        (|text| named(&text), "name", NAME_LETTERS_MAX),
        (|text| CustomerEdit { contact: Some(text), ..named("恒达") }, "contact", LINE_LETTERS_MAX),
        (|text| CustomerEdit { phone: Some(text), ..named("恒达") }, "phone", LINE_LETTERS_MAX),
        (|text| CustomerEdit { city: Some(text), ..named("恒达") }, "city", CITY_LETTERS_MAX),
        (|text| CustomerEdit { address: Some(text), ..named("恒达") }, "address", LINE_LETTERS_MAX),
        (|text| CustomerEdit { notes: Some(text), ..named("恒达") }, "notes", NOTES_LETTERS_MAX),
    ];
    for (edit, path, letters_max) in limits {
        assert!(accept(&blank(), edit("字".repeat(letters_max)), &choices()).is_ok(), "{path}");
        refused(edit("字".repeat(letters_max + 1)), path, FieldFault::TooLong { letters_max });
    }
}

#[test]
fn type_and_tier_come_from_their_lists() {
    let chosen = |kind: &str, tier: &str| CustomerEdit {
        kind: Some(Some(kind.into())),
        tier: Some(Some(tier.into())),
        ..named("恒达")
    };
    let made = accept(&blank(), chosen("工程商", "B"), &choices()).unwrap();
    assert_eq!((made.kind.as_deref(), made.tier.as_deref()), (Some("工程商"), Some("B")));
    refused(chosen("亲戚", "B"), "type", FieldFault::NoChoice);
    refused(chosen("工程商", "Z"), "tier", FieldFault::NoChoice);
    let emptied = CustomerEdit { tier: Some(None), ..CustomerEdit::default() };
    assert_eq!(accept(&made, emptied, &choices()).unwrap().tier, None);
}

#[test]
fn a_tier_that_is_gone_does_not_stop_a_new_phone_number() {
    let before = Attributes { name: "恒达".into(), tier: Some("旧".into()), ..blank() };
    let same =
        CustomerEdit { tier: Some(Some("旧".into())), phone: Some("1".into()), ..CustomerEdit::default() };
    let after = accept(&before, same, &choices()).unwrap();
    let told: Vec<Field> = changed(&before, &after).into_iter().map(|change| change.field).collect();
    assert_eq!(told, [Field::Phone]);
}

#[test]
fn names_are_compared_without_width_case_and_signs() {
    assert_eq!(name_key("恒达（苏州） ＡＢ"), name_key("恒达(苏州)ab"));
    assert_ne!(name_key("恒达"), name_key("恒大"));
}

#[test]
fn a_sign_that_makes_another_name_of_it_is_read_and_one_around_it_is_not() {
    for (name, other) in [
        ("恒达（苏州）", "恒达 苏州"),
        ("A-B装饰", "ab装饰"),
        ("恒达-2店", "恒达2店"),
        ("恒达B-1层", "恒达b1层"),
        ("恒达1—3店", "恒达 1 - 3 店"),
        ("恒达2-苏州", "恒达2苏州"),
        ("＋1", "+1"),
    ] {
        assert!(reads_alike(name, other), "{name} {other}");
    }
    for (name, other) in [
        ("-1", "+1"),
        ("-1", "1"),
        ("\u{2212}1", "1"),
        ("A+", "A"),
        ("恒达", "恒大"),
        ("地下-1层", "地下1层"),
        ("恒达商场\u{2212}1楼", "恒达商场1楼"),
        ("恒达1-3店", "恒达13店"),
        ("恒达2-10层", "恒达210层"),
    ] {
        assert!(!reads_alike(name, other), "{name} {other}");
    }
    assert!(reads_alike("\u{2212}1", "－1"), "one minus is written like another");
}

#[test]
fn a_customer_is_found_by_name_code_contact_phone_and_initials() {
    let of = Attributes {
        name: "恒达装饰".into(),
        contact: "王强".into(),
        phone: "138-0000-1234".into(),
        ..blank()
    };
    let search = search_text(&code_of(123), &of);
    for found in ["恒达", "k000123", "王强", "13800001234", "138-0000", "hdzs", "wq"] {
        assert!(search.contains(found), "{found} in {search}");
    }
}

#[test]
fn every_field_is_found_by_its_name_and_four_are_assigned() {
    for field in Field::ALL {
        assert_eq!(Field::from_key(field.key()), Some(*field));
    }
    assert_eq!(Field::ALL.iter().filter(|field| field.is_assigned()).count(), 4);
}

#[test]
fn twelve_months_begin_the_day_after_the_same_day_last_year() {
    let day = |text: &str| parse_date(text).unwrap();
    assert_eq!(figures_from(day("2026-11-24")), day("2025-11-25"));
    assert_eq!(figures_from(day("2028-02-29")), day("2027-03-01"));
}

#[test]
fn unseen_is_not_found_and_seen_without_right_is_forbidden() {
    let grants = BTreeMap::from([(Right::CustomerRead, Reach::Org), (Right::CustomerWrite, Reach::Own)]);
    let actor =
        Actor { person: PersonId(7), name: "小陈".into(), org: OrgId(3), org_path: "/1/3/".into(), grants };
    let standing = |owner, branch_path, helped| Standing { owner: PersonId(owner), branch_path, helped };
    let own = standing(7, "/1/9/", false);
    assert_eq!((own.seen_by(&actor), own.need(&actor, Right::CustomerWrite)), (Ok(()), Ok(())));
    let helped = standing(8, "/1/9/", true);
    assert_eq!((helped.seen_by(&actor), helped.need(&actor, Right::CustomerWrite)), (Ok(()), Ok(())));
    let colleague = standing(8, "/1/3/", false);
    assert_eq!(colleague.seen_by(&actor), Ok(()));
    let forbidden = Err(AccessRefused::Forbidden(Right::CustomerWrite));
    assert_eq!(colleague.need(&actor, Right::CustomerWrite), forbidden);
    assert_eq!(standing(8, "/1/33/", false).seen_by(&actor), Err(AccessRefused::NotFound));
}

#[test]
fn changes_are_read_back_as_they_were_logged() {
    let before = Attributes { name: "恒达".into(), ..blank() };
    let after = Attributes { tier: Some("A".into()), notes: "\"引号\"".into(), ..before.clone() };
    let all = changed(&before, &after);
    assert_eq!(all.len(), 2);
    assert_eq!(changes_of(&changes_logged(&all)), all);
    assert_eq!(changes_of(&serde_json::json!({"changes": [{"field": "colour"}]})), []);
}

#[test]
fn every_kind_of_the_timeline_is_found_by_its_name_in_the_log() {
    for kind in TimelineKind::ALL {
        assert_eq!(TimelineKind::from_logged(kind.logged()), Some(*kind));
        assert_eq!(kind.logged().replace('.', "_"), kind.key());
    }
    assert_eq!(TimelineKind::from_logged("quote.saved"), None);
}

#[test]
fn naming_what_stays_assigns_nothing() {
    let before = Attributes { tier: Some("A".into()), ..blank() };
    let tier = |tier: Option<&str>| CustomerEdit {
        tier: Some(tier.map(String::from)),
        owner: Some(PersonId(7)),
        branch: Some(OrgId(3)),
        ..CustomerEdit::default()
    };
    assert!(!tier(Some("A")).assigns(&before));
    assert!(tier(Some("B")).assigns(&before));
    assert!(tier(None).assigns(&before));
    assert!(CustomerEdit { owner: Some(PersonId(8)), ..CustomerEdit::default() }.assigns(&before));
    assert!(CustomerEdit { branch: Some(OrgId(4)), ..CustomerEdit::default() }.assigns(&before));
    assert!(!tier(None).writes());
    assert!(named("恒达").writes());
}
