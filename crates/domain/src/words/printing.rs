//! Refusals of printing as every refusal is told.

use serde_json::{Value, json};

use super::documents;
use crate::base::{Refusal, RefusalSort};
use crate::documents::PrintRefused;

impl Refusal for PrintRefused {
    fn code(&self) -> &'static str {
        match self {
            PrintRefused::FontsMissing { .. } => "fonts_missing",
            PrintRefused::TooManyLines { .. } => "too_many_lines",
            PrintRefused::TotalsDisagree => "totals_disagree",
            PrintRefused::SealOnDraft => "seal_on_draft",
            PrintRefused::SealUnreadable => "seal_unreadable",
            PrintRefused::SealTooLarge { .. } => "seal_too_large",
            PrintRefused::LinkTooLong => "link_too_long",
            PrintRefused::Failed { .. } => "not_printed",
        }
    }

    fn sort(&self) -> RefusalSort {
        match self {
            PrintRefused::FontsMissing { .. } | PrintRefused::Failed { .. } => RefusalSort::Unavailable,
            PrintRefused::TooManyLines { .. }
            | PrintRefused::TotalsDisagree
            | PrintRefused::SealOnDraft
            | PrintRefused::SealUnreadable
            | PrintRefused::SealTooLarge { .. }
            | PrintRefused::LinkTooLong => RefusalSort::State,
        }
    }

    /// Where the program looked and what its typesetter said are for the log.
    fn facts(&self) -> Value {
        json!({})
    }

    fn sentence(&self) -> String {
        documents::print_refused(self)
    }
}
