//! Refusals of reading and writing sheets as every refusal is told.

use serde_json::{Value, json};

use super::documents;
use crate::base::{Refusal, RefusalSort};
use crate::documents::SheetRefused;
use crate::pricing::import::grid::column_letters;

impl Refusal for SheetRefused {
    fn code(&self) -> &'static str {
        match self {
            SheetRefused::Empty => "sheet_empty",
            SheetRefused::NotASheet { .. } => "not_a_sheet",
            SheetRefused::WebPage => "sheet_is_web_page",
            SheetRefused::NameSaysOther { .. } => "name_says_other",
            SheetRefused::Protected => "sheet_protected",
            SheetRefused::TooManyRows { .. } => "too_many_rows",
            SheetRefused::TooManyColumns { .. } => "too_many_columns",
            SheetRefused::TooManyCells { .. } => "too_many_cells",
            SheetRefused::TooManySheets { .. } => "too_many_sheets",
            SheetRefused::CellTooLong { .. } => "cell_too_long",
            SheetRefused::TooLarge { .. } => "sheet_too_large",
            SheetRefused::UnknownEncoding => "unknown_encoding",
            SheetRefused::Stopped => "sheet_stopped",
            SheetRefused::Damaged { .. } => "sheet_damaged",
            SheetRefused::NotWritten { .. } => "sheet_not_written",
        }
    }

    fn sort(&self) -> RefusalSort {
        match self {
            SheetRefused::NotWritten { .. } => RefusalSort::Unavailable,
            SheetRefused::Empty
            | SheetRefused::NotASheet { .. }
            | SheetRefused::WebPage
            | SheetRefused::NameSaysOther { .. }
            | SheetRefused::Protected
            | SheetRefused::TooManyRows { .. }
            | SheetRefused::TooManyColumns { .. }
            | SheetRefused::TooManyCells { .. }
            | SheetRefused::TooManySheets { .. }
            | SheetRefused::CellTooLong { .. }
            | SheetRefused::TooLarge { .. }
            | SheetRefused::UnknownEncoding
            | SheetRefused::Stopped
            | SheetRefused::Damaged { .. } => RefusalSort::Invalid,
        }
    }

    /// What a library said about a damaged file is for the log.
    fn facts(&self) -> Value {
        match self {
            SheetRefused::NotASheet { found } => json!({ "found": found }),
            SheetRefused::NameSaysOther { extension, found } => {
                json!({ "extension": extension, "found": found })
            }
            SheetRefused::TooManyRows { sheet, limit } | SheetRefused::TooManyColumns { sheet, limit } => {
                json!({ "sheet": sheet, "limit": limit })
            }
            SheetRefused::TooManyCells { limit } | SheetRefused::TooManySheets { limit } => {
                json!({ "limit": limit })
            }
            SheetRefused::CellTooLong { place: None, limit } => json!({ "limit": limit }),
            SheetRefused::CellTooLong { place: Some(place), limit } => json!({
                "sheet": place.sheet, "row": place.row + 1, "column": column_letters(place.column), "limit": limit,
            }),
            SheetRefused::TooLarge { limit_mb } => json!({ "limit_mb": limit_mb }),
            SheetRefused::Empty
            | SheetRefused::WebPage
            | SheetRefused::Protected
            | SheetRefused::UnknownEncoding
            | SheetRefused::Stopped
            | SheetRefused::Damaged { .. }
            | SheetRefused::NotWritten { .. } => json!({}),
        }
    }

    fn sentence(&self) -> String {
        documents::sheet_refused(self)
    }
}
