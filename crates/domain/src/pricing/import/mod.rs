//! A price file as somebody has it becomes price rows: which column means what, and what is wrong in which row.

mod book;
mod cells;
mod changes;
mod columns;
mod duplicates;
pub mod grid;
mod heads;
mod memory;
mod mends;
mod names;
mod outcome;
mod products;
mod refused;
mod sheet;
mod suggest;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use book::{SheetGuess, SheetPlan, SheetReason, price_sheets, read_book, read_book_while};
pub use changes::{Change, ChangeCounts, Changes, Compare, changes, changes_of_book, count_changes};
pub use columns::{ColumnGuess, GuessReason, Inspect, Proposal, chosen_mapping, inspect};
pub use memory::{Decision, Decisions, Memory, SUPPLIER_LETTERS_MAX, supplier_of};
pub use mends::{Mend, Tally};
pub use outcome::{
    CellFault, CellFaultCode, Question, ReadRow, ReadSheet, RefusedRow, SkipReason, SkippedRow,
};
pub use products::{KnownProduct, MatchedBy, ProductIndex};
pub use refused::ImportRefused;
pub use sheet::{ReadRules, read_sheet};
pub use suggest::Suggester;

/// What a column of a price file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    Code,
    Barcode,
    Name,
    Spec,
    Unit,
    Price,
    MinQty,
    From,
    To,
    Note,
}

/// Which column means what, as proposed or as chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Columns from 0.
    pub columns: BTreeMap<Meaning, usize>,
    /// Whether the prices of the file include tax; `None` is as the list.
    #[serde(default)]
    pub includes_tax: Option<bool>,
    /// The unit of every price that has none of its own, as in a head `单价（元/箱）`.
    #[serde(default)]
    pub price_unit: Option<String>,
}

/// Rows of the head, from 0; both ends are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadRows {
    pub first: usize,
    pub last: usize,
}

/// Why a whole file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FileFault {
    EmptySheet,
    TooManyRows {
        rows: usize,
        rows_max: usize,
    },
    TooManyColumns {
        columns: usize,
        columns_max: usize,
    },
    /// No column says which product a row is for.
    NoProductColumn,
    NoPriceColumn,
    /// The mapping names a column that the sheet does not have.
    ColumnOutside {
        meaning: Meaning,
        column: usize,
    },
    /// One column cannot mean two things.
    ColumnTwice {
        column: usize,
    },
    /// The file and the list differ in tax, and nobody has said that the prices may be converted.
    TaxBasisDiffers {
        file_includes_tax: bool,
        list_includes_tax: bool,
    },
}

impl FileFault {
    pub fn code(&self) -> &'static str {
        match self {
            FileFault::EmptySheet => "empty_sheet",
            FileFault::TooManyRows { .. } => "too_many_rows",
            FileFault::TooManyColumns { .. } => "too_many_columns",
            FileFault::NoProductColumn => "no_product_column",
            FileFault::NoPriceColumn => "no_price_column",
            FileFault::ColumnOutside { .. } => "column_outside",
            FileFault::ColumnTwice { .. } => "column_twice",
            FileFault::TaxBasisDiffers { .. } => "tax_basis_differs",
        }
    }
}

impl Meaning {
    /// All meanings, in the order in which they are asked for.
    pub const ALL: &'static [Meaning] = &[
        Meaning::Code,
        Meaning::Barcode,
        Meaning::Name,
        Meaning::Spec,
        Meaning::Unit,
        Meaning::Price,
        Meaning::MinQty,
        Meaning::From,
        Meaning::To,
        Meaning::Note,
    ];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Meaning::Code => "code",
            Meaning::Barcode => "barcode",
            Meaning::Name => "name",
            Meaning::Spec => "spec",
            Meaning::Unit => "unit",
            Meaning::Price => "price",
            Meaning::MinQty => "min_qty",
            Meaning::From => "from",
            Meaning::To => "to",
            Meaning::Note => "note",
        }
    }

    /// The meaning of that name.
    pub fn from_key(key: &str) -> Option<Meaning> {
        Meaning::ALL.iter().copied().find(|meaning| meaning.key() == key)
    }
}

impl Mapping {
    /// The column of a meaning, from 0.
    pub fn column(&self, meaning: Meaning) -> Option<usize> {
        self.columns.get(&meaning).copied()
    }

    /// Whether a row can be told which product it is for.
    fn names_products(&self) -> bool {
        [Meaning::Code, Meaning::Barcode, Meaning::Name].iter().any(|it| self.columns.contains_key(it))
    }

    /// Everything that keeps a sheet of `width` columns from being read so.
    fn faults(&self, width: usize) -> Vec<FileFault> {
        let mut faults = Vec::new();
        let mut seen = BTreeMap::new();
        for (meaning, column) in &self.columns {
            if *column >= width {
                faults.push(FileFault::ColumnOutside { meaning: *meaning, column: *column });
            }
            if seen.insert(*column, *meaning).is_some() {
                faults.push(FileFault::ColumnTwice { column: *column });
            }
        }
        if !self.names_products() {
            faults.push(FileFault::NoProductColumn);
        }
        if !self.columns.contains_key(&Meaning::Price) {
            faults.push(FileFault::NoPriceColumn);
        }
        faults
    }
}
