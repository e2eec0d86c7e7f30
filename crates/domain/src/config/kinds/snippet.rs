//! Texts kept ready for the notes of quotations: one row for each, its key what it is called.

use std::sync::Arc;

use super::{AcceptedRow, CheckInput, RowRefused};
use crate::base::visible;
use crate::config::rows::{Change, ChangeSort};
use crate::pricing::checks::{Finding, Findings};
use crate::pricing::{RowFault, SnippetRow};

/// A snippet that changes, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetChange {
    pub name: String,
    pub sort: ChangeSort,
}

pub(super) fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    let key = key.map(visible).filter(|key| !key.is_empty()).ok_or(RowRefused::KeyMissing)?;
    let row = SnippetRow::read(&key, content).map_err(RowRefused::Content)?;
    Ok(AcceptedRow { key, content: row.content(), about: None })
}

pub(super) fn summary(changes: &[Change]) -> Vec<SnippetChange> {
    changes.iter().map(|change| SnippetChange { name: change.key.clone(), sort: change.sort() }).collect()
}

pub(super) fn check(input: CheckInput<'_>) -> Findings {
    let fault = |(name, content): (&String, &String)| {
        SnippetRow::read(name, content).err().map(|fault| Finding::unreadable(name, fault))
    };
    Findings::of(input.after.iter().filter_map(fault).collect())
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
