//! What goes over the wire for price files.

use std::collections::BTreeMap;

use app::config::{ImportCounts, ImportRequest as AppRequest, Inspected};
use domain::base::{FieldFault, Invalid};
use domain::documents::cut;
use domain::pricing::import::grid::Grid;
use domain::pricing::import::{FileFault, Meaning, Proposal};
use domain::words::price_import as words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::wire_drafts::Draft;

/// So many rows are shown as they stand in the file.
const PREVIEW_ROWS: usize = 8;
/// No head ends further down.
const HEAD_ROW_MAX: usize = 1_000;
/// So much of a cell is shown.
const SHOWN_LETTERS_MAX: usize = 200;
/// So many wrong cells are listed; all rows are counted.
const BAD_LISTED_MAX: usize = 500;

/// How a file is to be read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// sha256 of a file that the person handed in. When it is missing the use-case says so by its own name.
    #[serde(default)]
    #[schema(required = true)]
    pub file: String,
    pub sheet: Option<String>,
    /// The last row of the head, from 1; 0 says that there is none.
    pub head_row: Option<usize>,
    /// Column of each field, from 0; null: no column.
    pub mapping: Option<BTreeMap<String, Option<usize>>>,
    /// Whether prices on another tax basis may be converted.
    #[serde(default)]
    pub convert_tax: bool,
}

/// A file to be taken over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportApply {
    #[serde(default)]
    #[schema(required = true)]
    pub file: String,
    pub sheet: Option<String>,
    pub head_row: Option<usize>,
    pub mapping: Option<BTreeMap<String, Option<usize>>>,
    #[serde(default)]
    pub convert_tax: bool,
    /// Whether wrong rows are left out.
    pub skip_bad: bool,
}

/// A file as it would be read, and what it would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportProposal {
    pub file_name: String,
    pub sheets: Vec<ImportSheet>,
    pub sheet: String,
    pub head_row: usize,
    pub columns: Vec<ImportColumn>,
    pub fields: Vec<ImportField>,
    pub preview: Vec<PreviewRow>,
    pub rows: usize,
    pub counts: RowCounts,
    pub bad: Vec<BadCell>,
    pub bad_rows: usize,
    /// Names of the required fields without a column.
    pub missing: Vec<String>,
    /// What keeps the sheet from being read so.
    pub faults: Vec<ImportFault>,
    /// Rows in force that the file does not name; they stay.
    pub not_in_file: usize,
}

/// A sheet of the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportSheet {
    pub name: String,
    pub rows: usize,
}

/// A column of the sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportColumn {
    pub index: usize,
    pub letter: String,
    pub head: String,
    pub samples: Vec<String>,
}

/// A field of a price and the column that is taken for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportField {
    pub field: String,
    pub label: String,
    pub required: bool,
    pub column: Option<usize>,
    /// 0 to 100.
    pub confidence: u8,
    pub why: String,
}

/// A row as it stands in the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewRow {
    pub row: usize,
    pub cells: Vec<String>,
}

/// A cell that cannot be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct BadCell {
    pub row: usize,
    pub column: String,
    pub head: String,
    pub value: String,
    pub code: String,
    pub detail: String,
}

/// Why a sheet as a whole cannot be read so.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFault {
    pub code: String,
    pub detail: String,
}

/// How many rows of the file do what.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowCounts {
    pub added: usize,
    pub changed: usize,
    pub same: usize,
}

/// What was taken over.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportResult {
    pub draft: Draft,
    pub counts: RowCounts,
    /// Wrong rows that were left out.
    pub skipped: usize,
}

impl ImportRequest {
    /// As the use-case takes it.
    pub fn request(self) -> Result<AppRequest, Invalid> {
        let mapping = self.mapping.map(columns).transpose()?;
        if self.head_row.is_some_and(|row| row > HEAD_ROW_MAX) {
            let max = i64::try_from(HEAD_ROW_MAX).unwrap_or(i64::MAX);
            return Err(Invalid::one("head_row", FieldFault::NotInRange { min: 0, max }));
        }
        let (file, sheet, head_row) = (self.file, self.sheet, self.head_row);
        Ok(AppRequest { file, sheet, head_row, mapping, convert_tax: self.convert_tax })
    }
}

impl ImportApply {
    /// As the use-case takes it.
    pub fn request(self) -> Result<AppRequest, Invalid> {
        let ImportApply { file, sheet, head_row, mapping, convert_tax, .. } = self;
        ImportRequest { file, sheet, head_row, mapping, convert_tax }.request()
    }
}

fn columns(mapping: BTreeMap<String, Option<usize>>) -> Result<BTreeMap<Meaning, usize>, Invalid> {
    let mut columns = BTreeMap::new();
    for (field, column) in mapping {
        let unknown = || Invalid::one(format!("mapping.{field}"), FieldFault::UnknownName);
        let meaning = Meaning::from_key(&field).ok_or_else(unknown)?;
        if let Some(column) = column {
            columns.insert(meaning, column);
        }
    }
    Ok(columns)
}

impl From<ImportCounts> for RowCounts {
    fn from(counts: ImportCounts) -> RowCounts {
        RowCounts { added: counts.added, changed: counts.changed, same: counts.same }
    }
}

impl From<Inspected> for ImportProposal {
    fn from(seen: Inspected) -> ImportProposal {
        let counts = seen.counts().into();
        let rows = seen.rows();
        let bad_rows = seen.sheet.refused.len();
        let faults = seen.sheet.refused.iter().flat_map(|row| row.faults.iter().map(move |it| (row.row, it)));
        let bad = faults.take(BAD_LISTED_MAX).map(|(row, fault)| BadCell {
            row,
            column: fault.column.clone().unwrap_or_default(),
            head: shown(&fault.head),
            value: shown(&fault.text),
            code: fault.what.code().to_string(),
            detail: words::cell_fault(row, fault),
        });
        let sheets = seen.sheets.into_iter().map(|(name, rows)| ImportSheet { name, rows }).collect();
        let head_row = seen.proposal.head.map_or(0, |head| head.last + 1);
        let missing = seen.faults.iter().filter_map(missing).map(str::to_string).collect();
        ImportProposal {
            file_name: seen.file_name,
            sheets,
            sheet: seen.proposal.sheet.clone(),
            head_row,
            bad: bad.collect(),
            fields: fields(&seen.proposal),
            preview: preview(&seen.grid, head_row),
            rows,
            counts,
            bad_rows,
            missing,
            faults: seen.faults.iter().map(ImportFault::of).collect(),
            not_in_file: seen.changes.untouched,
            columns: seen.proposal.columns.into_iter().map(ImportColumn::from).collect(),
        }
    }
}

impl ImportFault {
    fn of(fault: &FileFault) -> ImportFault {
        ImportFault { code: fault.code().to_string(), detail: words::file_fault(fault) }
    }
}

impl From<domain::pricing::import::ColumnGuess> for ImportColumn {
    fn from(guess: domain::pricing::import::ColumnGuess) -> ImportColumn {
        ImportColumn {
            index: guess.column,
            letter: guess.letters,
            head: shown(&guess.head),
            samples: guess.samples.iter().map(|sample| shown(sample)).collect(),
        }
    }
}

/// A cell as it is shown: it may hold a whole book.
fn shown(text: &str) -> String {
    cut(text, SHOWN_LETTERS_MAX)
}

fn missing(fault: &FileFault) -> Option<&'static str> {
    match fault {
        FileFault::NoProductColumn => Some(words::meaning(Meaning::Code)),
        FileFault::NoPriceColumn => Some(words::meaning(Meaning::Price)),
        _ => None,
    }
}

fn fields(proposal: &Proposal) -> Vec<ImportField> {
    let field = |meaning: &Meaning| {
        let guess = proposal.columns.iter().find(|guess| guess.meaning == Some(*meaning));
        let why = guess.and_then(|guess| guess.reason.as_ref()).map(words::guess_reason);
        ImportField {
            field: meaning.key().to_string(),
            label: words::meaning(*meaning).to_string(),
            required: *meaning == Meaning::Price,
            column: guess.map(|guess| guess.column),
            confidence: guess.map_or(0, |guess| guess.confidence),
            why: why.unwrap_or_default(),
        }
    };
    Meaning::ALL.iter().map(field).collect()
}

/// The first rows beneath the head.
fn preview(grid: &Grid, head_row: usize) -> Vec<PreviewRow> {
    let rows = grid.rows.iter().enumerate().skip(head_row).take(PREVIEW_ROWS);
    rows.map(|(place, cells)| PreviewRow {
        row: place + 1,
        cells: cells.iter().map(|cell| shown(&cell.text())).collect(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_with_a_book_in_it_is_shown_cut() {
        assert_eq!(shown(&"漆".repeat(1_000)).chars().count(), SHOWN_LETTERS_MAX);
        assert_eq!(shown("漆"), "漆");
    }

    #[test]
    fn the_row_of_the_head_has_an_end() {
        let request = |head_row| ImportRequest {
            file: String::new(),
            sheet: None,
            head_row: Some(head_row),
            mapping: None,
            convert_tax: false,
        };
        assert!(request(HEAD_ROW_MAX).request().is_ok());
        let refused = request(999_999_999).request().unwrap_err();
        assert_eq!(refused, Invalid::one("head_row", FieldFault::NotInRange { min: 0, max: 1_000 }));
    }
}
