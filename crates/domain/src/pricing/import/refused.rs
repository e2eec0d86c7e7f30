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
    /// The workbook went out from another list, and nobody said that it is meant for this one. `from` is the name of that
    /// one where the reader sees it.
    OfOther { from: Option<String>, into: String },
    /// The workbook says in a way that cannot be read from which list it went out, and nobody said that it is meant for
    /// this one.
    OfUnknown { into: String },
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
            ImportRefused::OfOther { .. } | ImportRefused::OfUnknown { .. } => "of_other_list",
            ImportRefused::AlreadyTaken => "already_taken",
            ImportRefused::NotRead => "not_read",
            ImportRefused::NoReader => "unavailable",
        }
    }
}
