//! What a template takes, and what it comes to.

use proptest::prelude::*;

use super::row::named_and_number;
use super::*;

#[track_caller]
fn block(kind: BlockKind, content: &str) -> Result<BlockRow, TemplateFault> {
    BlockRow::read(kind, content)
}

#[test]
fn the_shipped_rows_make_the_shipped_template() {
    let rows = Template::shipped_rows();
    let made = Template::of_rows(rows.iter().map(|(key, content)| (key.as_str(), content.as_str())));
    assert_eq!(made, Ok(Template::default()));
    assert!(Template::default().has_seal_place());
    let kinds: Vec<&str> = Template::default().blocks.iter().map(|block| block.kind.key()).collect();
    let wanted = ["letterhead", "parties", "lines", "totals", "notes", "bank", "signature", "verify"];
    assert_eq!(kinds, wanted);
}

#[test]
fn what_is_shipped_is_the_newest_of_those_that_stay_for_ever() {
    assert_eq!(
        Template::shipped(shipped_newest()),
        Some(Template::default()),
        "another one is one more list"
    );
    assert!((SHIPPED_FIRST..=shipped_newest()).all(|version| Template::shipped(version).is_some()));
    assert_eq!(Template::shipped(SHIPPED_FIRST - 1), None);
    assert_eq!(Template::shipped(shipped_newest() + 1), None);
}

#[test]
fn blocks_stand_in_their_order_and_only_those_that_are_on() {
    let rows = [
        ("totals", r#"{"order":1,"on":true}"#),
        ("lines", r#"{"order":2,"on":true}"#),
        ("bank", r#"{"order":0,"on":false}"#),
        ("text_2", r#"{"order":2,"on":true,"text":"后"}"#),
        ("", r#"{"page":"form_140","language":"zh_en","accent":false}"#),
    ];
    let template = Template::of_rows(rows).unwrap();
    let kinds: Vec<BlockKind> = template.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Totals, BlockKind::Lines, BlockKind::Text]);
    assert!(!template.has_seal_place());
    assert_eq!((template.settings.page, template.settings.accent), (PageSize::Form140, false));
}

#[test]
fn a_row_reads_back_as_it_was_written_and_parts_keep_the_blocks_order() {
    let row = block(BlockKind::Lines, r#"{"order":3,"on":true,"parts":["amount","qty","qty"]}"#).unwrap();
    assert_eq!(row.parts, ["qty", "amount"]);
    let content = row.content(BlockKind::Lines);
    assert_eq!(content, r#"{"order":3,"on":true,"parts":["qty","amount"]}"#);
    assert_eq!(block(BlockKind::Lines, &content), Ok(row));
    let none = block(BlockKind::Totals, r#"{"order":3,"on":true,"parts":[]}"#).unwrap();
    assert!(none.parts.is_empty());
}

#[test]
fn pictures_are_off_until_they_are_chosen_and_no_form_takes_them() {
    assert!(!Template::default().shows_pictures());
    let unchosen = block(BlockKind::Lines, r#"{"order":3,"on":true}"#).unwrap();
    assert!(!unchosen.parts.contains(&"picture") && unchosen.parts.contains(&"code"));
    let rows = [("lines", r#"{"order":3,"on":true,"parts":["amount","picture"]}"#)];
    let chosen = Template::of_rows(rows).unwrap();
    assert!(chosen.shows_pictures() && chosen.takes_pictures());
    for page in PageSize::ALL {
        let settings = SettingsRow { page, ..SettingsRow::default() };
        assert_eq!(Template { settings, ..Template::default() }.takes_pictures(), page == PageSize::A4);
    }
}

#[test]
fn what_a_block_does_not_take_is_refused_by_field() {
    let field = |fault: TemplateFault| match fault {
        TemplateFault::NotTaken { field }
        | TemplateFault::TooLong { field, .. }
        | TemplateFault::NoChoice { field, .. }
        | TemplateFault::ControlSign { field } => Some(field),
        TemplateFault::NotReadable
        | TemplateFault::Misfit { .. }
        | TemplateFault::UnknownBlock { .. }
        | TemplateFault::OrderTooHigh { .. } => None,
    };
    let wrong = |kind, content: &str| field(block(kind, content).unwrap_err());
    let with = |rest: &str| format!(r#"{{"order":1,"on":true,{rest}}}"#);
    assert_eq!(wrong(BlockKind::Lines, &with(r#""parts":["colour"]"#)), Some(TemplateField::Parts));
    assert_eq!(wrong(BlockKind::Notes, &with(r#""parts":["qty"]"#)), Some(TemplateField::Parts));
    assert_eq!(wrong(BlockKind::Totals, &with(r#""heading":"合计""#)), Some(TemplateField::Heading));
    assert_eq!(wrong(BlockKind::Bank, &with(r#""text":"x""#)), Some(TemplateField::Text));
    let long = with(&format!(r#""text":"{}""#, "长".repeat(TEXT_LETTERS_MAX + 1)));
    assert_eq!(wrong(BlockKind::Text, &long), Some(TemplateField::Text));
    let fits = with(&format!(r#""text":"{}""#, "长".repeat(TEXT_LETTERS_MAX)));
    assert!(block(BlockKind::Text, &fits).is_ok());
    assert_eq!(wrong(BlockKind::Text, &with(r#""text":"a\u0000""#)), Some(TemplateField::Text));
    assert_eq!(wrong(BlockKind::Text, &with(r#""colour":"red""#)), None);
    assert_eq!(wrong(BlockKind::Text, r#"{"order":1001,"on":true}"#), None);
}

#[test]
fn only_own_texts_may_stand_several_times_under_numbered_keys() {
    assert_eq!(BlockKind::of_row_key("text"), Some(BlockKind::Text));
    assert_eq!(BlockKind::of_row_key("text_9"), Some(BlockKind::Text));
    for key in ["text_1", "text_10", "text_02", "text_", "lines_2", "colour", "Text"] {
        assert_eq!(BlockKind::of_row_key(key), None, "{key}");
    }
}

proptest! {
    #[test]
    fn a_key_is_the_whole_name_or_a_name_and_a_number_whatever_the_name(
        name in "[a-z]{1,5}(_[a-z0-9]{1,5}){0,3}",
        number in 0_u32..20,
        foreign in "[a-z_0-9]{0,12}",
    ) {
        let is_name = |asked: &str| asked == name;
        prop_assert_eq!(named_and_number(&name, is_name), Some((name.as_str(), 1)));
        let key = format!("{name}_{number}");
        let known = (2..=OWN_TEXTS_MAX).contains(&number).then_some((name.as_str(), number));
        prop_assert_eq!(named_and_number(&key, is_name), known);
        if let Some((found, number)) = named_and_number(&foreign, is_name) {
            prop_assert_eq!(found, &name);
            let numbered = format!("{name}_{number}");
            prop_assert!(foreign == name || foreign == numbered);
        }
    }
}

#[test]
fn settings_name_what_cannot_be_chosen() {
    let refused = SettingsRow::read(r#"{"page":"a3","language":"zh","accent":true}"#).unwrap_err();
    assert_eq!(refused, TemplateFault::NoChoice { field: TemplateField::Page, text: "a3".to_string() });
    for size in PageSize::ALL {
        assert_eq!(PageSize::from_key(size.key()), Some(size));
        assert_eq!(serde_json::to_value(size).unwrap(), size.key());
    }
    for language in Language::ALL {
        assert_eq!(serde_json::to_value(language).unwrap(), language.key());
    }
    let long = format!(r#"{{"page":"a4","language":"zh","title":"{}","accent":true}}"#, "报".repeat(13));
    assert!(matches!(SettingsRow::read(&long), Err(TemplateFault::TooLong { letters_max: 12, .. })));
}
