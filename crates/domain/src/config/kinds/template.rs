//! Templates of documents: one row of settings, one for each block.

use super::names::RowNames;
use super::rules::KindRules;
use super::{AcceptedRow, CheckInput, RowRefused, read_rows};
use crate::base::visible;
use crate::config::rows::{Change, ChangeSort, Rows};
use crate::documents::template::{
    Absence, BlockKind, BlockRow, Language, PlacedBlock, SETTINGS_KEY, SettingsRow, Template, TemplateFault,
    TemplateField,
};
use crate::pricing::checks::{Finding, Findings, Found};
use crate::pricing::{PriceClass, RowFault};

/// What becomes of one row of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateChange {
    /// `None` is the row of settings.
    pub block: Option<BlockKind>,
    pub sort: ChangeSort,
    /// Which fields differ, of a row that is changed.
    pub fields: Vec<TemplateField>,
    /// Of a block that is switched: whether it is printed now.
    pub switched: Option<bool>,
}

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {
    fn prices(&self) -> bool {
        false
    }

    fn is_on_paper(&self) -> bool {
        true
    }

    fn regional(&self) -> bool {
        true
    }

    fn names(&self) -> RowNames {
        let fields = &[
            ("title", "title"),
            ("title_second", "title_second"),
            ("heading", "heading"),
            ("heading_second", "heading_second"),
        ];
        RowNames { fields, ..RowNames::default() }
    }

    fn settings_rows(&self) -> i64 {
        1
    }

    /// The shipped template, to be changed.
    fn starting_rows(&self, _class: PriceClass) -> Vec<AcceptedRow> {
        let row = |(key, content)| AcceptedRow { key, content, about: None };
        Template::shipped_rows().into_iter().map(row).collect()
    }

    fn may_remove(&self, key: &str) -> Result<(), RowRefused> {
        if key == SETTINGS_KEY { Err(RowRefused::RowNeeded) } else { Ok(()) }
    }
}

pub(super) fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    let key = key.map(visible).ok_or(RowRefused::KeyMissing)?;
    let content = if key == SETTINGS_KEY {
        SettingsRow::read(content).map_err(RowRefused::Template)?.content()
    } else {
        let unknown = || TemplateFault::UnknownBlock { key: key.clone() };
        let kind = BlockKind::of_row_key(&key).ok_or_else(unknown).map_err(RowRefused::Template)?;
        BlockRow::read(kind, content).map_err(RowRefused::Template)?.content(kind)
    };
    Ok(AcceptedRow { key, content, about: None })
}

pub(super) fn summary(changes: &[Change]) -> Vec<TemplateChange> {
    let mut told: Vec<TemplateChange> = changes.iter().map(summary_of).collect();
    told.sort_by_key(|change| change.block);
    told
}

fn summary_of(change: &Change) -> TemplateChange {
    let block = BlockKind::of_row_key(&change.key);
    let (fields, switched) = match block {
        None => (settings_fields(change), None),
        Some(kind) => block_fields(kind, change),
    };
    TemplateChange { block, sort: change.sort(), fields, switched }
}

fn settings_fields(change: &Change) -> Vec<TemplateField> {
    let read = |content: &Option<String>| content.as_deref().and_then(|text| SettingsRow::read(text).ok());
    let (Some(before), Some(after)) = (read(&change.before), read(&change.after)) else { return Vec::new() };
    let differs = [
        (before.page != after.page, TemplateField::Page),
        (before.language != after.language, TemplateField::Language),
        (before.title != after.title, TemplateField::Title),
        (before.title_second != after.title_second, TemplateField::TitleSecond),
        (before.accent != after.accent, TemplateField::Accent),
    ];
    differs.into_iter().filter_map(|(differs, field)| differs.then_some(field)).collect()
}

fn block_fields(kind: BlockKind, change: &Change) -> (Vec<TemplateField>, Option<bool>) {
    let read = |content: &Option<String>| content.as_deref().and_then(|text| BlockRow::read(kind, text).ok());
    let (Some(before), Some(after)) = (read(&change.before), read(&change.after)) else {
        return (Vec::new(), None);
    };
    let differs = [
        (before.order != after.order, TemplateField::Order),
        (before.heading != after.heading, TemplateField::Heading),
        (before.heading_second != after.heading_second, TemplateField::HeadingSecond),
        (before.text != after.text, TemplateField::Text),
        (before.text_second != after.text_second, TemplateField::TextSecond),
        (before.parts != after.parts, TemplateField::Parts),
    ];
    let fields = differs.into_iter().filter_map(|(differs, field)| differs.then_some(field)).collect();
    (fields, (before.on != after.on).then_some(after.on))
}

pub(super) fn check(input: CheckInput<'_>) -> Findings {
    let (template, unreadable) = read_template(input.after);
    let mut found = unreadable;
    for kind in BlockKind::ALL {
        match (template.block(*kind), kind.rules().absence) {
            (Some(block), _) => found.extend(missing_parts(block)),
            (None, Absence::Blocks) => found.push(Finding::of_list(needed(*kind, input))),
            (None, Absence::Warns) => found.push(Finding::of_list(Found::BlockAdvised { block: kind.key() })),
            (None, Absence::Fine) => {}
        }
    }
    found.extend(texts(input.after, template.settings.language));
    Findings::of(found)
}

/// A block without which nothing is published, unless it came with a newer program: then what is published has no row of
/// it either, and a company that only wants to change another block is told and not held up.
fn needed(kind: BlockKind, input: CheckInput<'_>) -> Found {
    let block = kind.key();
    let stands_in = |rows: &Rows| rows.contains_key(block);
    let came_later = !input.before.is_empty() && !stands_in(input.before) && !stands_in(input.after);
    if came_later { Found::BlockNew { block } } else { Found::BlockNeeded { block } }
}

fn missing_parts(block: &PlacedBlock) -> Vec<Finding> {
    let key = block.kind.key();
    let missing = block.kind.rules().advised_parts.iter().copied().filter(|part| !block.has(part));
    missing.map(|part| Finding::of_row(key, Found::PartAdvised { block: key, part })).collect()
}

/// Own texts that say nothing, or say it in one language only.
fn texts(rows: &Rows, language: Language) -> Vec<Finding> {
    let mut found = Vec::new();
    for (key, content) in rows {
        let Some(kind) = BlockKind::of_row_key(key) else { continue };
        let Ok(row) = BlockRow::read(kind, content) else { continue };
        if !row.on {
            continue;
        }
        if kind.rules().is_own_text() && row.text.is_empty() {
            found.push(Finding::of_row(key, Found::BlockEmpty));
        }
        let half = (!row.heading.is_empty() && row.heading_second.is_empty())
            || (!row.text.is_empty() && row.text_second.is_empty());
        if language == Language::ZhEn && half {
            found.push(Finding::of_row(key, Found::SecondLanguageMissing));
        }
    }
    found
}

/// The template of those rows that can be read, and the others.
fn read_template(rows: &Rows) -> (Template, Vec<Finding>) {
    let read = |key: &str, content: &str| {
        accept(Some(key), content).map(|_| content.to_string()).map_err(|_| RowFault::NotReadable)
    };
    let (readable, unreadable) = read_rows(rows, read);
    let readable = readable.iter().map(|(key, content)| (key.as_str(), content.as_str()));
    (Template::of_rows(readable).unwrap_or_default(), unreadable)
}
