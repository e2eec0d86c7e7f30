//! What people are shown of a price file: its sheets, how its rows add up, and the rows that need somebody.

use domain::base::ProductId;
use domain::documents::cut;
use domain::pricing::import::grid::Grid;
use domain::pricing::import::{
    CellFault, FileFault, Mapping, Meaning, Mend, ProductIndex, Proposal, ReadSheet, SheetGuess, SkipReason,
    Suggester, Tally,
};
use serde::{Deserialize, Serialize};

/// So many rows of each sort are listed; all are counted.
pub const LISTED_MAX: usize = 500;
/// So many rows are shown as they stand in the file.
const FIRST_ROWS: usize = 8;
/// So much of a cell is shown.
const SHOWN_LETTERS_MAX: usize = 200;

/// A file as it would be taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub sheets: Vec<SheetPreview>,
    /// Of all sheets together.
    pub tally: Tally,
    pub counts: ImportCounts,
    /// Rows in force that the file does not name; they stay.
    pub untouched: usize,
    pub asked: Vec<AskedRow>,
    pub refused: Vec<RefusedRow>,
    pub mended: Vec<MendedRow>,
    pub left_out: Vec<LeftOutRow>,
}

/// One sheet, and how it would be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPreview {
    pub proposal: Proposal,
    pub guess: SheetGuess,
    pub tally: Tally,
    /// What keeps the sheet from being read so.
    pub faults: Vec<FileFault>,
    pub first_rows: Vec<FirstRow>,
}

/// How many prices the file adds, changes and leaves as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    pub added: usize,
    pub changed: usize,
    pub same: usize,
}

/// A row as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstRow {
    pub row: usize,
    pub cells: Vec<String>,
}

/// What a row says of its product and price.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowSaid {
    pub code: String,
    pub name: String,
    pub spec: String,
    pub unit: String,
    pub price: String,
}

/// A row that somebody has to decide about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedRow {
    pub sheet: String,
    pub row: usize,
    pub said: RowSaid,
    pub faults: Vec<CellFault>,
    /// Products that may be meant, the likeliest first.
    pub products: Vec<ProductChoice>,
}

/// A product that a row may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductChoice {
    pub id: ProductId,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub units: Vec<String>,
}

/// A row that must be mended in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    pub sheet: String,
    pub row: usize,
    pub said: RowSaid,
    pub faults: Vec<CellFault>,
}

/// A row that was read after a repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MendedRow {
    pub sheet: String,
    pub row: usize,
    pub said: RowSaid,
    pub mends: Vec<Mend>,
}

/// A row that is not taken because of another one, or because somebody said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutRow {
    pub sheet: String,
    pub row: usize,
    pub said: RowSaid,
    pub reason: SkipReason,
}

/// A sheet that was read.
pub(super) struct ReadOne<'a> {
    pub grid: &'a Grid,
    pub mapping: &'a Mapping,
    pub read: &'a ReadSheet,
}

impl Preview {
    /// Lists the rows of the sheets that were read.
    pub(super) fn list_rows(&mut self, sheets: &[ReadOne<'_>], products: &ProductIndex) {
        let asks = sheets.iter().any(|one| one.read.refused.iter().any(|row| row.asks()));
        let suggester = asks.then(|| Suggester::new(products));
        for one in sheets {
            let sheet = one.grid.sheet.clone();
            for row in &one.read.refused {
                let (said, faults) = (one.said(row.row), row.faults.iter().map(short).collect());
                if !row.asks() {
                    let (sheet, row) = (sheet.clone(), row.row);
                    push(&mut self.refused, || RefusedRow { sheet, row, said, faults });
                } else if self.asked.len() < LISTED_MAX {
                    let found =
                        suggester.as_ref().map(|suggester| suggester.for_row(one.grid, one.mapping, row.row));
                    let products = found.unwrap_or_default().into_iter().map(ProductChoice::of).collect();
                    self.asked.push(AskedRow { sheet: sheet.clone(), row: row.row, said, faults, products });
                }
            }
            for row in one.read.read.iter().filter(|row| !row.mends.is_empty()) {
                push(&mut self.mended, || MendedRow {
                    sheet: sheet.clone(),
                    row: row.row,
                    said: one.said(row.row),
                    mends: row.mends.clone(),
                });
            }
            for skipped in &one.read.skipped {
                let because = matches!(
                    skipped.reason,
                    SkipReason::SameAs { .. } | SkipReason::LeftOut | SkipReason::Outvoted { .. }
                );
                if because {
                    push(&mut self.left_out, || LeftOutRow {
                        sheet: sheet.clone(),
                        row: skipped.row,
                        said: one.said(skipped.row),
                        reason: skipped.reason,
                    });
                }
            }
        }
    }
}

impl ReadOne<'_> {
    fn said(&self, row: usize) -> RowSaid {
        let text = |meaning: Meaning| {
            let cell =
                self.mapping.column(meaning).map(|column| self.grid.cell(row.saturating_sub(1), column));
            cell.map(|cell| shown(cell.text().trim())).unwrap_or_default()
        };
        RowSaid {
            code: text(Meaning::Code),
            name: text(Meaning::Name),
            spec: text(Meaning::Spec),
            unit: text(Meaning::Unit),
            price: text(Meaning::Price),
        }
    }
}

impl ProductChoice {
    fn of(product: &domain::pricing::import::KnownProduct) -> ProductChoice {
        ProductChoice {
            id: product.facts.id,
            code: product.code.clone(),
            name: product.name.clone(),
            spec: product.spec.clone().unwrap_or_default(),
            units: product.facts.units.names().map(str::to_string).collect(),
        }
    }
}

/// The first rows beneath the head.
pub(super) fn first_rows(grid: &Grid, head_row: usize) -> Vec<FirstRow> {
    let rows = grid.rows.iter().enumerate().skip(head_row).take(FIRST_ROWS);
    rows.map(|(place, cells)| FirstRow {
        row: place + 1,
        cells: cells.iter().map(|cell| shown(&cell.text())).collect(),
    })
    .collect()
}

/// The proposal with its texts as they are shown: a cell may hold a whole book.
pub(super) fn short_proposal(mut proposal: Proposal) -> Proposal {
    for column in &mut proposal.columns {
        column.head = shown(&column.head);
        column.samples.iter_mut().for_each(|sample| *sample = shown(sample));
    }
    proposal
}

fn short(fault: &CellFault) -> CellFault {
    CellFault { head: shown(&fault.head), text: shown(&fault.text), ..fault.clone() }
}

fn shown(text: &str) -> String {
    cut(text, SHOWN_LETTERS_MAX)
}

fn push<T>(list: &mut Vec<T>, row: impl FnOnce() -> T) {
    if list.len() < LISTED_MAX {
        list.push(row());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_with_a_book_in_it_is_shown_cut() {
        assert_eq!(shown(&"漆".repeat(1_000)).chars().count(), SHOWN_LETTERS_MAX);
        assert_eq!(shown("漆"), "漆");
    }
}
