//! Rows of a template as configuration keeps them: one of settings, one for each block.

use serde::{Deserialize, Serialize};

use super::OWN_TEXTS_MAX;
use super::blocks::BlockKind;
use super::page::{Language, PageSize};
use crate::base::{Misfit, is_control, read_fields, visible};

/// Key of the row that holds what is true of the whole document.
pub const SETTINGS_KEY: &str = "";
/// Longest own title of a document.
pub const TITLE_LETTERS_MAX: usize = 12;
/// Longest own title in the second language, which needs more letters for the same.
pub const TITLE_SECOND_LETTERS_MAX: usize = 30;
/// Longest own heading of a block.
pub const HEADING_LETTERS_MAX: usize = 40;
/// Blocks are ordered by numbers up to this.
const ORDER_MAX: u32 = 1_000;

/// What is true of the whole document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsRow {
    pub page: PageSize,
    pub language: Language,
    /// Empty: the usual title.
    pub title: String,
    pub title_second: String,
    /// The company's colour on headings and sums; off for printers that know black only.
    pub accent: bool,
}

/// One block: its place, and what the company says or shows in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockRow {
    pub order: u32,
    pub on: bool,
    /// Empty: the usual heading.
    pub heading: String,
    pub heading_second: String,
    pub text: String,
    pub text_second: String,
    /// The parts of the block that are printed, in the block's order.
    pub parts: Vec<&'static str>,
}

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateField {
    Page,
    Language,
    Title,
    TitleSecond,
    Accent,
    Order,
    On,
    Heading,
    HeadingSecond,
    Text,
    TextSecond,
    Parts,
}

/// Why a row is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum TemplateFault {
    /// Not the JSON of this kind.
    NotReadable,
    /// A field by its name in the content.
    Misfit {
        field: String,
        what: Misfit,
    },
    UnknownBlock {
        key: String,
    },
    /// Blocks of this kind have no such field.
    NotTaken {
        field: TemplateField,
    },
    TooLong {
        field: TemplateField,
        letters_max: usize,
    },
    /// None of what can be chosen.
    NoChoice {
        field: TemplateField,
        text: String,
    },
    /// A control sign, which no text may hold.
    ControlSign {
        field: TemplateField,
    },
    OrderTooHigh {
        order_max: u32,
    },
}

impl TemplateFault {
    /// What `read_fields` found.
    fn of_reading(found: Option<(String, Misfit)>) -> TemplateFault {
        found.map_or(TemplateFault::NotReadable, |(field, what)| TemplateFault::Misfit { field, what })
    }
}

/// `SettingsRow` as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsContent {
    page: String,
    language: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title_second: String,
    accent: bool,
}

/// `BlockRow` as JSON; without `parts` the usual ones are printed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockContent {
    order: u32,
    on: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    heading: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    heading_second: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text_second: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<String>>,
}

impl Default for SettingsRow {
    fn default() -> SettingsRow {
        SettingsRow {
            page: PageSize::default(),
            language: Language::default(),
            title: String::new(),
            title_second: String::new(),
            accent: true,
        }
    }
}

impl SettingsRow {
    /// Reads the content of the row.
    pub fn read(content: &str) -> Result<SettingsRow, TemplateFault> {
        let content: SettingsContent = read_fields(content).map_err(TemplateFault::of_reading)?;
        let no_choice = |field, text: &str| TemplateFault::NoChoice { field, text: text.to_string() };
        Ok(SettingsRow {
            page: PageSize::from_key(&content.page)
                .ok_or_else(|| no_choice(TemplateField::Page, &content.page))?,
            language: Language::from_key(&content.language)
                .ok_or_else(|| no_choice(TemplateField::Language, &content.language))?,
            title: text(&content.title, TemplateField::Title, TITLE_LETTERS_MAX)?,
            title_second: text(&content.title_second, TemplateField::TitleSecond, TITLE_SECOND_LETTERS_MAX)?,
            accent: content.accent,
        })
    }

    /// The content that `read` reads back; equal rows have equal content.
    pub fn content(&self) -> String {
        let content = SettingsContent {
            page: self.page.key().to_string(),
            language: self.language.key().to_string(),
            title: self.title.clone(),
            title_second: self.title_second.clone(),
            accent: self.accent,
        };
        serde_json::to_string(&content).unwrap_or_default()
    }
}

impl BlockRow {
    /// The block as it is shipped, at this place.
    pub fn plain(kind: BlockKind, order: u32) -> BlockRow {
        BlockRow {
            order,
            on: true,
            heading: String::new(),
            heading_second: String::new(),
            text: String::new(),
            text_second: String::new(),
            parts: kind.usual_parts(),
        }
    }

    /// Reads the content of a row of this kind of block.
    pub fn read(kind: BlockKind, content: &str) -> Result<BlockRow, TemplateFault> {
        let content: BlockContent = read_fields(content).map_err(TemplateFault::of_reading)?;
        let rules = kind.rules();
        if content.order > ORDER_MAX {
            return Err(TemplateFault::OrderTooHigh { order_max: ORDER_MAX });
        }
        let heading_max = if rules.heading { HEADING_LETTERS_MAX } else { 0 };
        let taken = |value: &str, field, letters_max| match letters_max {
            0 if value.trim().is_empty() => Ok(String::new()),
            0 => Err(TemplateFault::NotTaken { field }),
            letters_max => text(value, field, letters_max),
        };
        Ok(BlockRow {
            order: content.order,
            on: content.on,
            heading: taken(&content.heading, TemplateField::Heading, heading_max)?,
            heading_second: taken(&content.heading_second, TemplateField::HeadingSecond, heading_max)?,
            text: taken(&content.text, TemplateField::Text, rules.text_letters_max)?,
            text_second: taken(&content.text_second, TemplateField::TextSecond, rules.text_letters_max)?,
            parts: read_parts(kind, content.parts)?,
        })
    }

    /// The content that `read` reads back; equal rows have equal content.
    pub fn content(&self, kind: BlockKind) -> String {
        let parts = || self.parts.iter().map(|part| (*part).to_string()).collect();
        let content = BlockContent {
            order: self.order,
            on: self.on,
            heading: self.heading.clone(),
            heading_second: self.heading_second.clone(),
            text: self.text.clone(),
            text_second: self.text_second.clone(),
            parts: (!kind.rules().parts.is_empty()).then(parts),
        };
        serde_json::to_string(&content).unwrap_or_default()
    }
}

impl BlockKind {
    /// The kind of the block that a row with this key is: its own name, or `text_2` to `text_9` for more own texts.
    pub fn of_row_key(key: &str) -> Option<BlockKind> {
        BlockKind::numbered(key).map(|(kind, _)| kind)
    }

    /// The kind of the block that a row with this key is, and which of its kind it is, counted from 1.
    pub fn numbered(key: &str) -> Option<(BlockKind, u32)> {
        let (name, number) = named_and_number(key, |name| BlockKind::from_key(name).is_some())?;
        let kind = BlockKind::from_key(name)?;
        (number == 1 || kind.rules().many).then_some((kind, number))
    }
}

/// The name in a row's key, and the number behind it. A name may hold `_` itself, so the whole key is asked first.
pub(super) fn named_and_number(key: &str, is_name: impl Fn(&str) -> bool) -> Option<(&str, u32)> {
    if is_name(key) {
        return Some((key, 1));
    }
    let (name, number) = key.rsplit_once('_').filter(|(name, _)| is_name(name))?;
    let number = (2..=OWN_TEXTS_MAX).find(|known| known.to_string() == number)?;
    Some((name, number))
}

/// The chosen parts in the block's order, each once.
fn read_parts(kind: BlockKind, chosen: Option<Vec<String>>) -> Result<Vec<&'static str>, TemplateFault> {
    let known = kind.rules().parts;
    let Some(chosen) = chosen else { return Ok(kind.usual_parts()) };
    let field = TemplateField::Parts;
    if known.is_empty() && !chosen.is_empty() {
        return Err(TemplateFault::NotTaken { field });
    }
    if let Some(foreign) = chosen.iter().find(|part| !known.contains(&part.as_str())) {
        return Err(TemplateFault::NoChoice { field, text: foreign.clone() });
    }
    Ok(known.iter().copied().filter(|part| chosen.iter().any(|it| it == part)).collect())
}

/// Text as it is kept, within its limit.
fn text(value: &str, field: TemplateField, letters_max: usize) -> Result<String, TemplateFault> {
    let kept = visible(value);
    if kept.chars().any(is_control) {
        return Err(TemplateFault::ControlSign { field });
    }
    if kept.chars().count() > letters_max {
        return Err(TemplateFault::TooLong { field, letters_max });
    }
    Ok(kept)
}
