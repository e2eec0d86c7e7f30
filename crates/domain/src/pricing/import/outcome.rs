//! What became of each row of a sheet: a price, nothing, or a list of what is wrong in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Meaning;
use super::mends::Mend;
use super::products::MatchedBy;
use crate::base::{Date, UnitPrice};
use crate::pricing::rows::PriceRow;

/// All rows of a sheet, each in exactly one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadSheet {
    pub read: Vec<ReadRow>,
    pub skipped: Vec<SkippedRow>,
    pub refused: Vec<RefusedRow>,
}

/// A row that became a price. Rows are numbered from 1, as in the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRow {
    pub row: usize,
    pub price_row: PriceRow,
    pub matched_by: MatchedBy,
    /// What was repaired before the row could be read.
    pub mends: Vec<Mend>,
    /// Somebody said that this row counts where others name another price.
    pub kept: bool,
}

/// A row that says nothing about a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedRow {
    pub row: usize,
    #[serde(flatten)]
    pub reason: SkipReason,
}

/// Why a row was skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum SkipReason {
    Blank,
    /// A title, a remark or the name of a section.
    Title,
    Head,
    Subtotal,
    /// The same price for the same thing as in an earlier row.
    SameAs {
        other_row: usize,
        /// Place of its sheet among those that are read, from 0; `None` is the same sheet.
        #[serde(default)]
        other_sheet: Option<usize>,
    },
    /// Somebody said so.
    LeftOut,
    /// Somebody said that another row counts.
    Outvoted {
        other_row: usize,
        #[serde(default)]
        other_sheet: Option<usize>,
    },
}

/// A row that cannot become a price, with all that is wrong in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    pub row: usize,
    pub faults: Vec<CellFault>,
}

/// What is wrong, and in which column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellFault {
    /// What the cell was read as.
    pub meaning: Meaning,
    /// `A`, `B` …; `None` when no single column is to blame.
    pub column: Option<String>,
    pub head: String,
    /// What stands there.
    pub text: String,
    #[serde(flatten)]
    pub what: CellFaultCode,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CellFaultCode {
    PriceMissing,
    PriceZero,
    NotANumber,
    Negative,
    TooManyDecimals {
        decimals_max: u8,
    },
    TooLarge {
        max: String,
    },
    FormulaError {
        error: String,
    },
    ProductMissing,
    UnknownProduct,
    AmbiguousProduct {
        products: usize,
    },
    ProductsDisagree {
        by_code: String,
        by_barcode: String,
    },
    /// The code is that of a product whose name is plainly another one.
    NameOfOther {
        product_code: String,
        /// With its specification.
        product_name: String,
    },
    ArchivedProduct {
        product_code: String,
    },
    /// The product is sold in several units, and the row does not say which.
    UnitMissing {
        units: Vec<String>,
    },
    UnknownUnit {
        unit: String,
        units: Vec<String>,
    },
    /// The column and the text of the price name different units.
    UnitsDisagree {
        unit: String,
        price_unit: String,
    },
    DateWrong,
    FromAfterTo {
        from: Date,
        to: Date,
    },
    NoteTooLong {
        letters_max: usize,
    },
    /// Another price, or another last day, for the same thing.
    OtherPriceIn {
        other_row: usize,
        other_price: UnitPrice,
        /// Name of its sheet; `None` is the same sheet.
        #[serde(default)]
        other_sheet: Option<String>,
    },
}

/// What a person is asked so that a fault is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question<'a> {
    /// Which product the row is for.
    Product {
        /// It speaks of two, so that none of them may be taken unasked.
        of_two: bool,
    },
    Price,
    /// Which of these units.
    Unit {
        units: Vec<&'a str>,
    },
    /// Which of several rows counts.
    Which,
}

impl ReadSheet {
    /// How many rows of each kind there are, by reason or code.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::from([("read", self.read.len())]);
        for skipped in &self.skipped {
            *counts.entry(skipped.reason.code()).or_insert(0) += 1;
        }
        for fault in self.refused.iter().flat_map(|refused| &refused.faults) {
            *counts.entry(fault.what.code()).or_insert(0) += 1;
        }
        counts
    }
}

impl RefusedRow {
    /// Whether all that is wrong can be settled by saying which product, price, unit or row is meant.
    pub fn asks(&self) -> bool {
        self.faults.iter().all(|fault| fault.question().is_some())
    }
}

impl CellFault {
    /// Whether the row speaks of two products, or fits several alike, so that none of them may be taken unasked.
    pub fn names_two(&self) -> bool {
        matches!(self.question(), Some(Question::Product { of_two: true }))
    }

    /// What a person is asked to settle it; `None` is to be mended in the file.
    pub fn question(&self) -> Option<Question<'_>> {
        match &self.what {
            CellFaultCode::UnknownProduct => Some(Question::Product { of_two: false }),
            CellFaultCode::AmbiguousProduct { .. }
            | CellFaultCode::ProductsDisagree { .. }
            | CellFaultCode::NameOfOther { .. } => Some(Question::Product { of_two: true }),
            CellFaultCode::NotANumber => (self.meaning == Meaning::Price).then_some(Question::Price),
            CellFaultCode::PriceMissing | CellFaultCode::PriceZero => Some(Question::Price),
            CellFaultCode::UnitMissing { units } | CellFaultCode::UnknownUnit { units, .. } => {
                Some(Question::Unit { units: units.iter().map(String::as_str).collect() })
            }
            CellFaultCode::UnitsDisagree { unit, price_unit } => {
                Some(Question::Unit { units: vec![unit.as_str(), price_unit.as_str()] })
            }
            CellFaultCode::OtherPriceIn { .. } => Some(Question::Which),
            CellFaultCode::Negative
            | CellFaultCode::TooManyDecimals { .. }
            | CellFaultCode::TooLarge { .. }
            | CellFaultCode::FormulaError { .. }
            | CellFaultCode::ProductMissing
            | CellFaultCode::ArchivedProduct { .. }
            | CellFaultCode::DateWrong
            | CellFaultCode::FromAfterTo { .. }
            | CellFaultCode::NoteTooLong { .. } => None,
        }
    }
}

impl SkipReason {
    pub fn code(self) -> &'static str {
        match self {
            SkipReason::Blank => "blank",
            SkipReason::Title => "title",
            SkipReason::Head => "head",
            SkipReason::Subtotal => "subtotal",
            SkipReason::SameAs { .. } => "same_as",
            SkipReason::LeftOut => "left_out",
            SkipReason::Outvoted { .. } => "outvoted",
        }
    }
}

impl CellFaultCode {
    pub fn code(&self) -> &'static str {
        match self {
            CellFaultCode::PriceMissing => "price_missing",
            CellFaultCode::PriceZero => "price_zero",
            CellFaultCode::NotANumber => "not_a_number",
            CellFaultCode::Negative => "negative",
            CellFaultCode::TooManyDecimals { .. } => "too_many_decimals",
            CellFaultCode::TooLarge { .. } => "too_large",
            CellFaultCode::FormulaError { .. } => "formula_error",
            CellFaultCode::ProductMissing => "product_missing",
            CellFaultCode::UnknownProduct => "unknown_product",
            CellFaultCode::AmbiguousProduct { .. } => "ambiguous_product",
            CellFaultCode::ProductsDisagree { .. } => "products_disagree",
            CellFaultCode::NameOfOther { .. } => "name_of_other",
            CellFaultCode::ArchivedProduct { .. } => "archived_product",
            CellFaultCode::UnitMissing { .. } => "unit_missing",
            CellFaultCode::UnknownUnit { .. } => "unknown_unit",
            CellFaultCode::UnitsDisagree { .. } => "units_disagree",
            CellFaultCode::DateWrong => "date_wrong",
            CellFaultCode::FromAfterTo { .. } => "from_after_to",
            CellFaultCode::NoteTooLong { .. } => "note_too_long",
            CellFaultCode::OtherPriceIn { .. } => "other_price_in",
        }
    }
}
