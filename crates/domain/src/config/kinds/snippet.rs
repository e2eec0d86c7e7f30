//! Texts kept ready for the notes of quotations: one row for each, its key what it is called.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::names::RowNames;
use super::rules::KindRules;
use super::{AcceptedRow, CheckInput, RowRefused, read_rows};
use crate::base::{Misfit, is_control, read_fields, visible};
use crate::pricing::checks::Findings;
use crate::pricing::{RowFault, RowField};

/// Longest name of a snippet.
const SNIPPET_NAME_LETTERS_MAX: usize = 20;
/// The longest text of a snippet.
const SNIPPET_LETTERS_MAX: usize = 500;

/// A text kept ready for notes; its key is what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnippetRow {
    pub text: String,
}

impl SnippetRow {
    /// Reads the content of the snippet `name`.
    pub fn read(name: &str, content: &str) -> Result<SnippetRow, RowFault> {
        let name = within(name, RowField::Name, SNIPPET_NAME_LETTERS_MAX)?;
        if name.is_empty() {
            return Err(RowFault::NameMissing);
        }
        let row: SnippetRow = read_fields(content).map_err(RowFault::of_reading)?;
        let text = within(&row.text, RowField::Text, SNIPPET_LETTERS_MAX)?;
        if text.is_empty() {
            return Err(RowFault::misfit("text", Misfit::Missing));
        }
        Ok(SnippetRow { text })
    }

    /// The content that `read` reads back.
    pub fn content(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Text as it is kept, within its limit.
fn within(text: &str, field: RowField, letters_max: usize) -> Result<String, RowFault> {
    let kept = visible(text);
    if kept.chars().any(is_control) {
        return Err(RowFault::ControlSign { field });
    }
    if kept.chars().count() > letters_max {
        return Err(RowFault::TooLong { field, letters_max });
    }
    Ok(kept)
}

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {
    fn prices(&self) -> bool {
        false
    }

    fn names(&self) -> RowNames {
        RowNames { key: true, ..RowNames::default() }
    }
}

pub(super) fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    let key = key.map(visible).filter(|key| !key.is_empty()).ok_or(RowRefused::KeyMissing)?;
    let row = SnippetRow::read(&key, content).map_err(RowRefused::Content)?;
    Ok(AcceptedRow { key, content: row.content(), about: None })
}

pub(super) fn check(input: CheckInput<'_>) -> Findings {
    let (_, unreadable) = read_rows(input.after, SnippetRow::read);
    Findings::of(unreadable)
}

/// What each text is called, and what it says.
pub type Snippets = Arc<[(String, String)]>;

/// The texts that these rows make, by what they are called.
pub(super) fn compile<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Snippets, (String, RowFault)> {
    let snippet = |(name, content): (&str, &str)| {
        let row = SnippetRow::read(name, content).map_err(|fault| (name.to_string(), fault))?;
        Ok((name.to_string(), row.text))
    };
    rows.into_iter().map(snippet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_has_a_name_and_a_text() {
        let read = |name: &str, text: &str| SnippetRow::read(name, &format!(r#"{{"text":"{text}"}}"#));
        assert_eq!(read("送货", " 送到楼下 ").unwrap().content(), r#"{"text":"送到楼下"}"#);
        assert_eq!(read(" ", "送到楼下"), Err(RowFault::NameMissing));
        assert_eq!(read("送货", " "), Err(RowFault::misfit("text", Misfit::Missing)));
        let long = "长".repeat(SNIPPET_LETTERS_MAX + 1);
        assert!(matches!(read("送货", &long), Err(RowFault::TooLong { field: RowField::Text, .. })));
        assert!(read("送货", &"长".repeat(SNIPPET_LETTERS_MAX)).is_ok());
        let named = "长".repeat(SNIPPET_NAME_LETTERS_MAX + 1);
        assert!(matches!(read(&named, "送"), Err(RowFault::TooLong { field: RowField::Name, .. })));
    }
}
