//! How the kinds read, name and measure their rows.

use super::*;
use crate::base::{BasisPoints, Factor, ProductId};
use crate::catalog::Units;
use crate::config::kinds::{
    AcceptedRow, CalendarChange, CheckInput, Goods, KindFacts, Moves, NamedChange, RoleFacts, RowRefused,
    Summary,
};
use crate::documents::template::{BlockKind, TemplateField};
use crate::pricing::{PriceClass, ProductFacts, RowFault};

fn facts() -> KindFacts {
    let units = Units::new("桶", vec![("箱".to_string(), Factor::new(4, 1).unwrap())]).unwrap();
    let facts = ProductFacts {
        id: ProductId(17),
        units,
        category: None,
        series: None,
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        list_price: None,
        cost: None,
        floor_price: None,
        costs_include_tax: Some(true),
        price_decimals: 2,
    };
    let goods = Goods {
        facts: std::sync::Arc::new(facts),
        code: "P1".to_string(),
        name: "外墙乳胶漆".to_string(),
        spec: "20kg".to_string(),
        barcodes: Vec::new(),
        archived: false,
    };
    KindFacts::new(vec![goods], vec![("A".to_string(), 3)])
}

fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    Kind::PriceList.accept(key, content, |_| None, &facts())
}

#[test]
fn the_key_of_a_price_is_made_from_what_it_prices() {
    let row =
        accept(None, r#"{"product":17,"unit":"箱","min_qty":"40","price":"￥512","from":"2026-05-01"}"#)
            .unwrap();
    assert_eq!((row.key.as_str(), row.about), ("P1|箱|40|2026-05-01", Some(ProductId(17))));
    let plain = accept(Some("P1"), r#"{"product":17,"price":"128"}"#).unwrap();
    let spelled =
        accept(None, r#"{"product":17,"unit":"桶","min_qty":"0","price":"128.00","to":null}"#).unwrap();
    assert_eq!(plain, spelled, "the base unit and no break are said in one way");
    assert_eq!(
        spelled.content,
        r#"{"product":17,"unit":null,"min_qty":null,"price":"128.00","from":null,"to":null}"#
    );
}

#[test]
fn a_row_under_a_foreign_key_is_refused_unless_it_stood_there() {
    let wrong = accept(Some("P9"), r#"{"product":17,"price":"128"}"#);
    assert_eq!(wrong, Err(RowRefused::KeyWrong { made: "P1".to_string() }));
    let stood = r#"{"product":17,"price":"120"}"#;
    let kept =
        Kind::PriceList.accept(Some("OLD"), r#"{"product":17,"price":"128"}"#, |_| Some(stood), &facts());
    assert_eq!(kept.map(|row| row.key), Ok("OLD".to_string()), "the product's code has changed since");
    let moved = Kind::PriceList.accept(
        Some("OLD"),
        r#"{"product":17,"unit":"箱","price":"1"}"#,
        |_| Some(stood),
        &facts(),
    );
    assert_eq!(moved, Err(RowRefused::KeyWrong { made: "P1|箱".to_string() }));
}

#[test]
fn a_product_with_the_code_of_another_one_does_not_take_its_row() {
    let others = r#"{"product":3,"price":"120"}"#;
    let content = r#"{"product":17,"price":"128"}"#;
    let current = |key: &str| if key == "P1" { Some(others) } else { None };
    let row = Kind::PriceList.accept(None, content, current, &facts()).unwrap();
    assert_eq!(row.key, "P1#17");
    let again = Kind::PriceList.accept(Some("P1#17"), content, current, &facts());
    assert_eq!(again.map(|row| row.key), Ok("P1#17".to_string()));
    let wrong = Kind::PriceList.accept(Some("P1"), content, current, &facts());
    assert_eq!(wrong, Err(RowRefused::KeyWrong { made: "P1#17".to_string() }));
    assert_eq!(Kind::PriceList.keys_for(content, &facts()), ["P1", "P1#17"]);
}

#[test]
fn a_price_that_cannot_be_kept_says_why() {
    assert_eq!(
        accept(None, r#"{"product":5,"price":"1"}"#),
        Err(RowRefused::UnknownProduct { product: ProductId(5) })
    );
    let unit = RowRefused::UnknownUnit { code: "P1".to_string(), unit: "吨".to_string() };
    assert_eq!(accept(None, r#"{"product":17,"unit":"吨","price":"1"}"#), Err(unit));
    let backwards = r#"{"product":17,"price":"1","from":"2026-05-02","to":"2026-05-01"}"#;
    assert_eq!(accept(None, backwards), Err(RowRefused::EmptyWindow));
    assert_eq!(accept(None, "[]"), Err(RowRefused::Content(RowFault::NotReadable)));
    let unknown = RowRefused::Content(RowFault::misfit("price", crate::base::Misfit::Unknown));
    assert_eq!(accept(Some(""), r#"{"price":"1"}"#), Err(unknown));
    assert_eq!(Kind::PriceList.may_remove(""), Err(RowRefused::RowNeeded));
    assert_eq!(Kind::PriceList.may_remove("P1"), Ok(()));
}

#[test]
fn a_tier_has_a_name_and_a_percent() {
    let tier = |key, content: &str| Kind::Tier.accept(key, content, |_| None, &facts());
    let row = tier(Some(" A "), r#"{"percent":"92%"}"#).unwrap();
    assert_eq!((row.key.as_str(), row.content.as_str()), ("A", r#"{"percent":"92"}"#));
    assert_eq!(tier(None, r#"{"percent":"92"}"#), Err(RowRefused::KeyMissing));
    assert_eq!(tier(Some(" "), r#"{"percent":"92"}"#), Err(RowRefused::KeyMissing));
    assert!(matches!(tier(Some("A"), r#"{"percent":"-1"}"#), Err(RowRefused::Content(_))));
}

fn change(key: &str, before: Option<&str>, after: Option<&str>) -> Change {
    let price = |price: &str| format!(r#"{{"product":17,"price":"{price}"}}"#);
    Change { key: key.to_string(), before: before.map(price), after: after.map(price) }
}

#[test]
fn a_changed_price_says_by_how_much() {
    let measure = |before, after| {
        let found = Kind::PriceList.difference(&change("P1", before, after));
        found.map(|it| (it.delta, it.percent))
    };
    assert_eq!(measure(Some("128"), Some("132")), Some(("+4.00".to_string(), Some("+3.1".to_string()))));
    assert_eq!(measure(Some("128"), Some("127.9")), Some(("-0.10".to_string(), Some("-0.1".to_string()))));
    assert_eq!(measure(Some("0"), Some("5")), Some(("+5.00".to_string(), None)));
    assert_eq!(measure(None, Some("5")), None);
}

#[test]
fn a_summary_counts_what_goes_up_and_down() {
    let tax = Change {
        key: String::new(),
        before: Some(r#"{"includes_tax":true}"#.to_string()),
        after: Some(r#"{"includes_tax":false}"#.to_string()),
    };
    let changes = [
        change("P1", Some("100"), Some("110")),
        change("P2", Some("100"), Some("102")),
        change("P3", Some("100"), Some("97")),
        change("P4", None, Some("1")),
        change("P5", Some("1"), None),
        tax,
    ];
    let Summary::PriceList(summary) = Kind::PriceList.summary(&changes) else { panic!("a price summary") };
    let by = |moves: &Option<Moves>| moves.clone().map(|by| [by.least, by.median, by.most]);
    let told = |moves: [&str; 3]| Some(moves.map(str::to_string));
    assert_eq!((summary.raised, by(&summary.raised_by)), (2, told(["+2.0", "+6.0", "+10.0"])));
    assert_eq!((summary.lowered, by(&summary.lowered_by)), (1, told(["-3.0", "-3.0", "-3.0"])));
    assert_eq!((summary.added, summary.removed, summary.includes_tax), (1, 1, Some(false)));
    let none = Kind::PriceList.summary(&[]);
    assert_eq!(none, Summary::PriceList(Box::default()));
}

#[test]
fn a_formula_in_place_of_a_price_is_a_change_of_its_own_and_is_listed_first() {
    let by = |percent: &str| format!(r#"{{"product":17,"formula":{{"of":"cost","percent":"{percent}"}}}}"#);
    let price = |price: &str| format!(r#"{{"product":17,"price":"{price}"}}"#);
    let of = |before: String, after: String| Change {
        key: "P1".to_string(),
        before: Some(before),
        after: Some(after),
    };
    let noted = by("120").replacen('{', r#"{"note":"新批次","#, 1);
    let changes = [
        of(price("310"), by("5")),
        of(by("5"), price("310")),
        of(by("120"), by("115")),
        of(by("120"), noted),
        of(price("100"), price("110")),
    ];
    let Summary::PriceList(told) = Kind::PriceList.summary(&changes) else { panic!("a price summary") };
    let counts = [told.to_formula.count, told.to_price.count, told.other_formula.count];
    assert_eq!((counts, told.otherwise, told.raised), ([1, 1, 1], 1, 1));
    let sizes: Vec<i64> = changes.iter().map(|change| Kind::PriceList.size(change)).collect();
    assert_eq!(sizes, [i64::MAX, i64::MAX, i64::MAX, 0, 100_000]);
}

#[test]
fn one_slip_does_not_move_the_middle_and_is_the_largest_of_all() {
    let slip = change("P3", Some("87"), Some("890"));
    let changes =
        [change("P1", Some("100"), Some("101")), change("P2", Some("100"), Some("102")), slip.clone()];
    let Summary::PriceList(summary) = Kind::PriceList.summary(&changes) else { panic!("a price summary") };
    let by = summary.raised_by.unwrap();
    assert_eq!([by.least, by.median, by.most], ["+1.0", "+2.0", "+923.0"]);
    let sizes: Vec<i64> = changes.iter().map(|change| Kind::PriceList.size(change)).collect();
    assert_eq!(sizes, [10_000, 20_000, 9_229_885]);
    let far = |change: &Change| Kind::PriceList.difference(change).map(|it| it.far);
    assert_eq!(far(&slip), Some(true));
    assert_eq!(far(&change("P1", Some("100"), Some("130"))), Some(false), "30 % and no more");
    assert_eq!(far(&change("P1", Some("100"), Some("69.99"))), Some(true));
    assert_eq!(Kind::PriceList.size(&change("P4", None, Some("1"))), 0);
}

fn template(key: &str, content: &str) -> Result<AcceptedRow, RowRefused> {
    Kind::Template.accept(Some(key), content, |_| None, &facts())
}

/// The findings of the shipped template with these rows put in.
fn template_findings(rows: &[(&str, &str)]) -> Vec<(Option<String>, &'static str, bool)> {
    let mut after: Rows = Kind::Template
        .starting_rows(PriceClass::List)
        .into_iter()
        .map(|row| (row.key, row.content))
        .collect();
    for (key, content) in rows {
        after.insert((*key).to_string(), (*content).to_string());
    }
    let on = crate::base::parse_date("2026-05-01").unwrap();
    let before = Rows::new();
    let input = CheckInput { before: &before, after: &after, tiers: &[], on, around: None };
    let found = Kind::Template.check(input, &facts()).found;
    found.into_iter().map(|it| (it.row_key, it.what.code(), it.blocks)).collect()
}

#[test]
fn a_template_begins_as_the_shipped_one_and_says_what_it_lacks() {
    assert!(template_findings(&[]).is_empty());
    let without = |block: &str| template_findings(&[(block, r#"{"order":1,"on":false}"#)]);
    assert_eq!(without("totals"), [(None, "block_needed", true)]);
    assert_eq!(without("lines"), [(None, "block_needed", true)]);
    assert_eq!(without("signature"), [(None, "block_advised", false)]);
    assert!(without("bank").is_empty());
    let no_seal = template_findings(&[("signature", r#"{"order":7,"on":true,"parts":["customer"]}"#)]);
    assert_eq!(no_seal, [(Some("signature".to_string()), "part_advised", false)]);
    let empty = template_findings(&[("text_2", r#"{"order":7,"on":true}"#)]);
    assert_eq!(empty, [(Some("text_2".to_string()), "block_empty", true)]);
    let half = [
        ("", r#"{"page":"a4","language":"zh_en","accent":true}"#),
        ("text", r#"{"order":9,"on":true,"text":"货到付款"}"#),
    ];
    assert_eq!(template_findings(&half), [(Some("text".to_string()), "second_language_missing", false)]);
    assert!(template_findings(&half[1..]).is_empty(), "one language needs no other");
}

#[test]
fn a_block_that_came_with_a_newer_program_is_told_and_holds_up_nobody() {
    let shipped = Kind::Template.starting_rows(PriceClass::List);
    let all: Rows = shipped.into_iter().map(|row| (row.key, row.content)).collect();
    let mut older = all.clone();
    older.remove("totals");
    let on = crate::base::parse_date("2026-05-01").unwrap();
    let found = |before: &Rows, after: &Rows| -> Vec<(&'static str, bool)> {
        let input = CheckInput { before, after, tiers: &[], on, around: None };
        let found = Kind::Template.check(input, &facts()).found;
        found.into_iter().map(|it| (it.what.code(), it.blocks)).collect()
    };
    assert_eq!(found(&older, &older), [("block_new", false)]);
    assert_eq!(found(&older, &all), [], "it is added");
    assert_eq!(found(&all, &older), [("block_needed", true)], "it is taken away");
    assert_eq!(found(&Rows::new(), &older), [("block_needed", true)], "the first draft has it");
    let mut off = older.clone();
    off.insert("totals".to_string(), r#"{"order":1,"on":false}"#.to_string());
    assert_eq!(found(&older, &off), [("block_needed", true)], "it is there and switched off");
}

#[test]
fn a_row_of_a_template_stands_under_its_block_and_settings_stay() {
    let kept = template("totals", r#"{"on":true,"order":4,"parts":["capital","tax"]}"#).unwrap();
    assert_eq!(kept.content, r#"{"order":4,"on":true,"parts":["tax","capital"]}"#);
    assert!(matches!(template("colour", r#"{"order":4,"on":true}"#), Err(RowRefused::Template(_))));
    assert_eq!(Kind::Template.may_remove(""), Err(RowRefused::RowNeeded));
    assert_eq!(Kind::Template.may_remove("bank"), Ok(()));
}

#[test]
fn a_difference_of_templates_is_told_block_by_block() {
    let before = r#"{"order":4,"on":true,"parts":["capital"]}"#;
    let after = r#"{"order":5,"on":false,"parts":["capital"]}"#;
    let change = |key: &str, before: Option<&str>, after: Option<&str>| Change {
        key: key.to_string(),
        before: before.map(str::to_string),
        after: after.map(str::to_string),
    };
    let changes = [
        change("totals", Some(before), Some(after)),
        change("text", None, Some(r#"{"order":9,"on":true,"text":"x"}"#)),
    ];
    let Summary::Template(told) = Kind::Template.summary(&changes) else { panic!("a template's summary") };
    let told: Vec<_> = told.iter().map(|it| (it.block, it.sort, it.fields.as_slice(), it.switched)).collect();
    let moved = [TemplateField::Order];
    let totals = (Some(BlockKind::Totals), ChangeSort::Changed, &moved[..], Some(false));
    assert_eq!(told, [totals, (Some(BlockKind::Text), ChangeSort::Added, &[][..], None)]);
}

#[test]
fn a_seal_is_one_row_that_names_a_picture() {
    let seal = |key: Option<&str>, content: &str| Kind::Seal.accept(key, content, |_| None, &facts());
    let file = "a".repeat(64);
    let named = format!(r#"{{"file":"{file}"}}"#);
    assert_eq!(seal(None, &named).unwrap().key, "seal");
    assert_eq!(seal(Some("seal"), &named).unwrap().content, named);
    assert!(matches!(seal(Some("other"), &named), Err(RowRefused::KeyWrong { .. })));
    for wrong in ["{}", r#"{"file":""}"#, r#"{"file":"../etc/passwd"}"#] {
        assert_eq!(seal(None, wrong), Err(RowRefused::PictureMissing), "{wrong}");
    }
    assert_eq!(seal(None, &named.to_uppercase()), Err(RowRefused::PictureMissing));
}

fn with_roles() -> KindFacts {
    let role = |key: &str, name: &str, issues: bool| RoleFacts {
        key: key.to_string(),
        name: name.to_string(),
        issues,
    };
    facts().with_roles(vec![
        role("seller", "销售", true),
        role("owner", "老板", true),
        role("finance", "财务", false),
    ])
}

fn limit(role: &str, depth: &str) -> String {
    format!(r#"{{"role":"{role}","depth":"{depth}","rounding":"10.00"}}"#)
}

#[test]
fn a_limit_stands_under_the_key_of_its_role() {
    let accept = |key: Option<&str>, content: &str| Kind::PriceLimit.accept(key, content, |_| None, &facts());
    let row = accept(None, r#"{"role":"seller","depth":"5%","rounding":"10"}"#).unwrap();
    assert_eq!((row.key.as_str(), row.content), ("seller", limit("seller", "5")));
    let wrong = accept(Some("owner"), &limit("seller", "5"));
    assert_eq!(wrong, Err(RowRefused::KeyWrong { made: "seller".to_string() }));
    let shown = Kind::PriceLimit.shown(&limit("seller", "5"), &with_roles());
    assert_eq!(shown["role_name"], "销售");
}

#[test]
fn limits_are_checked_against_the_roles_of_the_company() {
    let codes = |rows: &[(&str, &str)]| {
        let after: Rows = rows.iter().map(|(role, depth)| (role.to_string(), limit(role, depth))).collect();
        let on = crate::base::parse_date("2026-05-01").unwrap();
        let input = CheckInput { before: &Rows::new(), after: &after, tiers: &[], on, around: None };
        let findings = Kind::PriceLimit.check(input, &with_roles());
        let codes: Vec<_> = findings.found.iter().map(|finding| finding.what.code()).collect();
        (findings.blocks, codes)
    };
    assert_eq!(codes(&[("seller", "5"), ("owner", "30")]), (0, vec![]));
    assert_eq!(codes(&[("seller", "30.01"), ("owner", "0")]), (0, vec!["depth_high"]));
    assert_eq!(codes(&[("seller", "5")]), (0, vec!["role_without_limit"]), "the owner issues, too");
    let strange = codes(&[("seller", "5"), ("owner", "5"), ("gardener", "5")]);
    assert_eq!(strange, (1, vec!["unknown_role"]));
}

#[test]
fn a_snippet_is_told_by_its_name() {
    let row = Kind::Snippet.accept(Some(" 送货 "), r#"{"text":"送到楼下"}"#, |_| None, &facts()).unwrap();
    assert_eq!((row.key.as_str(), row.content.as_str()), ("送货", r#"{"text":"送到楼下"}"#));
    let nameless = Kind::Snippet.accept(None, r#"{"text":"送到楼下"}"#, |_| None, &facts());
    assert_eq!(nameless, Err(RowRefused::KeyMissing));
    let change = Change { key: "送货".to_string(), before: None, after: Some(row.content) };
    let added = NamedChange { name: "送货".to_string(), sort: ChangeSort::Added };
    assert_eq!(Kind::Snippet.summary(&[change]), Summary::Snippet(vec![added]));
}

#[test]
fn a_calendar_begins_with_a_working_week_and_takes_days_as_people_type_them() {
    let starting = Kind::Calendar.starting_rows(PriceClass::List);
    assert_eq!(starting.len(), 7);
    let again = |row: &AcceptedRow| Kind::Calendar.accept(Some(&row.key), &row.content, |_| None, &facts());
    for row in &starting {
        assert_eq!(again(row).as_ref(), Ok(row), "what a company begins with is kept as it is");
    }
    let typed = r#"{"hours":"9:00-12:00、13:00-17:00","from":"notice","note":"补班"}"#;
    let row = Kind::Calendar.accept(Some(" 2027-02-20 "), typed, |_| None, &facts()).unwrap();
    assert_eq!(row.key, "2027-02-20");
    assert_eq!(row.content, r#"{"hours":"09:00-12:00 13:00-17:00","from":"notice","note":"补班"}"#);
    let wrong =
        Kind::Calendar.accept(Some("mon"), r#"{"hours":"九点","from":"company"}"#, |_| None, &facts());
    assert!(matches!(wrong, Err(RowRefused::Content(RowFault::Calendar { .. }))));
    assert_eq!(
        Kind::Calendar.accept(None, typed, |_| None, &facts()).map(|row| row.key),
        Err(RowRefused::KeyMissing)
    );
    let change = Change { key: row.key.clone(), before: None, after: Some(row.content) };
    let added = CalendarChange { key: "2027-02-20".to_string(), sort: ChangeSort::Added };
    assert_eq!(Kind::Calendar.summary(&[change]), Summary::Calendar(vec![added]));
}

#[test]
fn rules_begin_as_the_shipped_ones_and_tell_what_becomes_of_each() {
    let start = Kind::Rule.starting_rows(PriceClass::List);
    let keys: Vec<&str> = start.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["quote_expiring", "quote_silent"]);
    let accept = |key: Option<&str>, content: &str| Kind::Rule.accept(key, content, |_| None, &facts());
    for row in &start {
        assert_eq!(accept(Some(&row.key), &row.content).as_ref(), Ok(row));
    }
    let silent = &start[1].content;
    assert_eq!(accept(None, silent), Err(RowRefused::KeyMissing));
    assert!(matches!(accept(Some("Silent"), silent), Err(RowRefused::Rule(_))));
    let change = Change {
        key: "quote_silent".to_string(),
        before: Some(silent.clone()),
        after: Some(silent.replace(r#""on":true"#, r#""on":false"#).replace(r#""days":2"#, r#""days":3"#)),
    };
    let Summary::Rule(told) = Kind::Rule.summary(&[change]) else { panic!("a rule's summary") };
    assert_eq!((told[0].switched, told[0].trigger, told[0].actions), (Some(false), true, false));
    assert_eq!(told[0].sort, ChangeSort::Changed);
}

#[test]
fn how_often_a_rule_runs_at_most_is_told_whether_it_says_so_or_not() {
    let silent = Kind::Rule.starting_rows(PriceClass::List).remove(1).content;
    let told = |content: &str| Kind::Rule.shown(content, &facts())["hour_max"].clone();
    assert_eq!(told(&silent), serde_json::json!(crate::automation::HOUR_MAX));
    let own = silent.replacen('{', r#"{"hour_max":1000,"#, 1);
    assert_eq!(told(&own), serde_json::json!(1_000));
}

#[test]
fn a_rule_for_a_role_that_nobody_has_is_found_and_a_rule_that_cannot_be_read_blocks() {
    let codes = |key: &str, content: &str| {
        let after = Rows::from([(key.to_string(), content.to_string())]);
        let on = crate::base::parse_date("2026-05-01").unwrap();
        let input = CheckInput { before: &Rows::new(), after: &after, tiers: &[], on, around: None };
        let findings = Kind::Rule.check(input, &with_roles());
        findings.found.iter().map(|finding| finding.what.code()).collect::<Vec<_>>()
    };
    let rule = |to: &str| {
        format!(
            r#"{{"name":"等","on":true,"trigger":{{"kind":"state_for","state":"issued","days":1}},
            "actions":[{{"kind":"notify","to":["{to}"],"text":"看"}}]}}"#
        )
    };
    assert_eq!(codes("wait", &rule("owner")), Vec::<&str>::new());
    assert_eq!(codes("wait", &rule("role:seller")), Vec::<&str>::new());
    assert_eq!(codes("wait", &rule("role:gone")), ["unknown_role"]);
    assert_eq!(codes("wait", "{}"), ["unreadable"]);
}
