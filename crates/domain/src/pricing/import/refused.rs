//! Why a price file is not taken over into a draft.

use serde::Serialize;

use super::FileFault;

/// Code and facts; the sentence is rendered by `words::price_import`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ImportRefused {
    /// Items of this kind are not filled from files.
    KindWithoutImport,
    /// The workbook has no sheet of that name.
    UnknownSheet { sheet: String },
    /// The sheet as a whole cannot be read so.
    Sheet { faults: Vec<FileFault> },
    /// Rows are wrong, and nobody said that they may be left out.
    BadRows { bad_rows: usize },
    /// The file has been taken over already.
    AlreadyTaken,
    /// The file has not been read, or reading it was stopped.
    NotRead,
    /// No spreadsheet reader is at hand.
    NoReader,
}

impl ImportRefused {
    pub fn code(&self) -> &'static str {
        match self {
            ImportRefused::KindWithoutImport => "no_import",
            ImportRefused::UnknownSheet { .. } => "unknown_sheet",
            ImportRefused::Sheet { .. } => "sheet_refused",
            ImportRefused::BadRows { .. } => "bad_rows",
            ImportRefused::AlreadyTaken => "already_taken",
            ImportRefused::NotRead => "not_read",
            ImportRefused::NoReader => "unavailable",
        }
    }
}
