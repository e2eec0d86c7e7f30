//! Texts kept ready for the notes of quotations: one row for each, its key what it is called.

use std::sync::Arc;

use super::rules::KindRules;
use super::{AcceptedRow, CheckInput, RowRefused, read_rows};
use crate::base::visible;
use crate::pricing::checks::Findings;
use crate::pricing::{RowFault, SnippetRow};

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {}

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
