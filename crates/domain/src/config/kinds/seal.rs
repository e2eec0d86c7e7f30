//! A region's own seal: one row that names the picture. Without it head office's seal is used.

use serde::{Deserialize, Serialize};

use super::rules::KindRules;
use super::{AcceptedRow, CheckInput, RowRefused};
use crate::base::visible;
use crate::config::rows::{Change, ChangeSort, Rows};
use crate::pricing::RowFault;
use crate::pricing::checks::{Finding, Findings, Found};

/// Key of the one row.
pub const SEAL_KEY: &str = "seal";
/// Hex digits of a file's name.
const HASH_LETTERS: usize = 64;

/// The row as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealContent {
    file: String,
}

/// The file of the picture that a row names; `None` when it names none.
pub fn seal_file(content: &str) -> Option<String> {
    let content: SealContent = serde_json::from_str(content).ok()?;
    let hex = |sign: u8| sign.is_ascii_digit() || (b'a'..=b'f').contains(&sign);
    let named = content.file.len() == HASH_LETTERS && content.file.bytes().all(hex);
    named.then_some(content.file)
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

    /// The seal of head office stands in the company's profile.
    fn shipped(&self) -> bool {
        false
    }

    fn regional(&self) -> bool {
        true
    }
}

/// Whether the picture is one that prints, its upload has shown.
pub(super) fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    let key = key.map(visible).unwrap_or_else(|| SEAL_KEY.to_string());
    if key != SEAL_KEY {
        return Err(RowRefused::KeyWrong { made: SEAL_KEY.to_string() });
    }
    let file = seal_file(content).ok_or(RowRefused::PictureMissing)?;
    let content = serde_json::to_string(&SealContent { file }).unwrap_or_default();
    Ok(AcceptedRow { key, content, about: None })
}

pub(super) fn summary(changes: &[Change]) -> Vec<ChangeSort> {
    changes.iter().filter(|change| change.key == SEAL_KEY).map(Change::sort).collect()
}

pub(super) fn check(input: CheckInput<'_>) -> Findings {
    let file = |rows: &Rows| rows.get(SEAL_KEY).map(|content| seal_file(content));
    let found = match (file(input.before), file(input.after)) {
        (_, Some(None)) => vec![Finding::unreadable(SEAL_KEY, RowFault::NotReadable)],
        (Some(_), None) => vec![Finding::of_list(Found::SealRemoved)],
        (Some(before), after) if Some(&before) != after.as_ref() => {
            vec![Finding::of_row(SEAL_KEY, Found::SealExchanged)]
        }
        _ => Vec::new(),
    };
    Findings::of(found)
}
