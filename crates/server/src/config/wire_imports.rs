//! What is told of price files.

use std::collections::BTreeSet;

use app::config::{self, ImportCounts, ImportState as AppState, ImportView, Preview};
use domain::pricing::import::{CellFault, FileFault, Meaning, Proposal, Question, Tally};
use domain::words::price_import as words;
use serde::Serialize;
use utoipa::ToSchema;

use super::wire_drafts::{Draft, DraftState};
use super::wire_import_choices::ImportChoices;
use crate::http::Ref;

/// A price file beside a draft: how far it is, what was settled, what was read, what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Import {
    pub id: i64,
    pub draft_id: i64,
    pub draft_title: String,
    pub draft_state: DraftState,
    pub item: Ref,
    /// The place of the item: what its files teach is remembered there.
    pub scope: i64,
    /// The revision that the draft has become.
    pub published_n: Option<i64>,
    pub file_name: String,
    pub by: Ref,
    pub state: ImportState,
    /// 0 to 100.
    pub progress: i64,
    /// Why it could not be read.
    pub failure: Option<String>,
    pub choices: ImportChoices,
    /// What was read last; null while it is read for the first time, and in lists.
    pub preview: Option<ImportPreview>,
    /// Whether this person may settle and take it over.
    pub editable: bool,
    pub version: i64,
    pub created_at: i64,
    pub taken_at: Option<i64>,
}

/// Where a price file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    Reading,
    Ready,
    Failed,
    Cancelled,
    Taken,
}

/// The price files of a draft, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportList {
    pub items: Vec<Import>,
}

/// A file as it would be, or was, taken over. Of each sort of rows the first are listed; all are counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreview {
    pub sheets: Vec<ImportSheet>,
    pub tally: RowTally,
    pub counts: RowCounts,
    /// Rows in force that the file does not name; they stay.
    pub not_in_file: usize,
    pub asked: Vec<AskedRow>,
    pub refused: Vec<BadRow>,
    pub mended: Vec<ToldRow>,
    pub left_out: Vec<ToldRow>,
}

/// How many rows became what; each row is counted once, and they add up to `rows`.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowTally {
    pub rows: usize,
    pub read: usize,
    pub mended: usize,
    pub asked: usize,
    pub refused: usize,
    pub left_out: usize,
    /// Heads, titles, sums and blank rows.
    pub silent: usize,
    /// Rows of sheets that are not taken.
    pub not_taken: usize,
}

/// A sheet of the file, and how it would be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportSheet {
    pub name: String,
    pub taken: bool,
    /// 0 to 100.
    pub confidence: u8,
    pub why: String,
    pub head_row: usize,
    pub columns: Vec<ImportColumn>,
    pub fields: Vec<ImportField>,
    pub preview: Vec<PreviewRow>,
    pub tally: RowTally,
    /// Names of the required fields without a column.
    pub missing: Vec<String>,
    /// What keeps the sheet from being read so.
    pub faults: Vec<ImportFault>,
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

/// What a row says of its product and price.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowSaid {
    pub code: String,
    pub name: String,
    pub spec: String,
    pub unit: String,
    pub price: String,
}

/// A row that somebody has to decide about.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedRow {
    pub sheet: String,
    pub row: usize,
    pub said: RowSaid,
    /// Sentences that name row and column.
    pub why: Vec<String>,
    /// What is to be settled.
    pub asks: Vec<Asks>,
    /// Products that may be meant, the likeliest first.
    pub products: Vec<ImportProduct>,
    /// The row speaks of two products, or fits several alike: none of them is taken unasked.
    pub names_two: bool,
    /// Units in which the product is sold, where the unit is asked.
    pub units: Vec<String>,
}

/// What is to be settled for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    Product,
    Price,
    Unit,
    /// Which of several rows counts.
    Which,
}

/// A product that a row may mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportProduct {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub spec: String,
}

/// A row that must be mended in the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct BadRow {
    pub sheet: String,
    pub row: usize,
    pub said: RowSaid,
    pub why: Vec<String>,
}

/// A row that was read after a repair, or is left out, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToldRow {
    pub sheet: String,
    pub row: usize,
    pub said: RowSaid,
    pub why: Vec<String>,
}

/// Why a sheet as a whole cannot be read so.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFault {
    pub code: String,
    pub detail: String,
}

/// How many prices the file adds, changes and leaves.
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
    /// Wrong and undecided rows that were left out.
    pub skipped: usize,
}

impl From<ImportView> for Import {
    fn from(view: ImportView) -> Import {
        let import = view.import;
        let (state, failure) = match (view.stalled, import.state) {
            (true, _) => (ImportState::Failed, Some(words::READING_STALLED.to_string())),
            (false, AppState::Reading) => (ImportState::Reading, None),
            (false, AppState::Ready) => (ImportState::Ready, None),
            (false, AppState::Failed) => (ImportState::Failed, import.failure),
            (false, AppState::Cancelled) => (ImportState::Cancelled, None),
            (false, AppState::Taken) => (ImportState::Taken, None),
        };
        Import {
            id: import.id.0,
            draft_id: import.draft.0,
            draft_title: view.draft_title,
            draft_state: view.draft_state.into(),
            item: Ref { id: view.item.0, name: view.item_name },
            scope: view.scope.0,
            published_n: view.published_n,
            file_name: import.file_name,
            by: Ref { id: import.person.id.0, name: import.person.name },
            state,
            progress: import.progress,
            failure,
            choices: view.choices.into(),
            preview: view.preview.map(ImportPreview::from),
            editable: view.editable,
            version: import.version,
            created_at: import.created_at.0,
            taken_at: import.taken_at.map(|at| at.0),
        }
    }
}

impl From<Preview> for ImportPreview {
    fn from(seen: Preview) -> ImportPreview {
        let mended = seen.mended.into_iter().map(|row| ToldRow {
            why: row.mends.iter().map(words::mend).collect(),
            sheet: row.sheet,
            row: row.row,
            said: row.said.into(),
        });
        let left_out = seen.left_out.into_iter().map(|row| ToldRow {
            why: vec![words::skip_reason(row.reason)],
            sheet: row.sheet,
            row: row.row,
            said: row.said.into(),
        });
        let refused = seen.refused.into_iter().map(|row| BadRow {
            why: row.faults.iter().map(|fault| words::cell_fault(row.row, fault)).collect(),
            sheet: row.sheet,
            row: row.row,
            said: row.said.into(),
        });
        ImportPreview {
            sheets: seen.sheets.into_iter().map(ImportSheet::from).collect(),
            tally: seen.tally.into(),
            counts: seen.counts.into(),
            not_in_file: seen.untouched,
            asked: seen.asked.into_iter().map(AskedRow::from).collect(),
            refused: refused.collect(),
            mended: mended.collect(),
            left_out: left_out.collect(),
        }
    }
}

impl From<Tally> for RowTally {
    fn from(tally: Tally) -> RowTally {
        RowTally {
            rows: tally.rows,
            read: tally.read,
            mended: tally.mended,
            asked: tally.asked,
            refused: tally.refused,
            left_out: tally.left_out,
            silent: tally.head + tally.title + tally.subtotal + tally.blank,
            not_taken: tally.not_taken,
        }
    }
}

impl From<ImportCounts> for RowCounts {
    fn from(counts: ImportCounts) -> RowCounts {
        RowCounts { added: counts.added, changed: counts.changed, same: counts.same }
    }
}

impl From<config::SheetPreview> for ImportSheet {
    fn from(seen: config::SheetPreview) -> ImportSheet {
        // A sheet that is not taken tells what would keep it from being read.
        let faults = if seen.guess.taken { &seen.faults } else { &seen.proposal.faults };
        ImportSheet {
            taken: seen.guess.taken,
            confidence: seen.guess.confidence,
            why: words::sheet_reason(seen.guess.reason).to_string(),
            head_row: seen.proposal.head.map_or(0, |head| head.last + 1),
            fields: fields(&seen.proposal),
            preview: seen
                .first_rows
                .into_iter()
                .map(|first| PreviewRow { row: first.row, cells: first.cells })
                .collect(),
            tally: seen.tally.into(),
            missing: faults.iter().filter_map(missing).map(str::to_string).collect(),
            faults: faults.iter().map(ImportFault::of).collect(),
            name: seen.proposal.sheet,
            columns: seen.proposal.columns.into_iter().map(ImportColumn::from).collect(),
        }
    }
}

impl From<config::AskedRow> for AskedRow {
    fn from(row: config::AskedRow) -> AskedRow {
        let questions: Vec<Question<'_>> = row.faults.iter().filter_map(CellFault::question).collect();
        let asks: BTreeSet<Asks> = questions.iter().map(Asks::of).collect();
        AskedRow {
            why: row.faults.iter().map(|fault| words::cell_fault(row.row, fault)).collect(),
            asks: asks.into_iter().collect(),
            names_two: row.faults.iter().any(CellFault::names_two),
            units: questions.iter().flat_map(units).collect(),
            sheet: row.sheet,
            row: row.row,
            said: row.said.into(),
            products: row.products.into_iter().map(ImportProduct::from).collect(),
        }
    }
}

impl Asks {
    fn of(question: &Question<'_>) -> Asks {
        match question {
            Question::Product { .. } => Asks::Product,
            Question::Price => Asks::Price,
            Question::Unit { .. } => Asks::Unit,
            Question::Which => Asks::Which,
        }
    }
}

fn units(question: &Question<'_>) -> Vec<String> {
    match question {
        Question::Unit { units } => units.iter().map(ToString::to_string).collect(),
        Question::Product { .. } | Question::Price | Question::Which => Vec::new(),
    }
}

impl From<config::RowSaid> for RowSaid {
    fn from(said: config::RowSaid) -> RowSaid {
        let config::RowSaid { code, name, spec, unit, price } = said;
        RowSaid { code, name, spec, unit, price }
    }
}

impl From<config::ProductChoice> for ImportProduct {
    fn from(product: config::ProductChoice) -> ImportProduct {
        let config::ProductChoice { id, code, name, spec, .. } = product;
        ImportProduct { id: id.0, code, name, spec }
    }
}

impl ImportFault {
    fn of(fault: &FileFault) -> ImportFault {
        ImportFault { code: fault.code().to_string(), detail: words::file_fault(fault) }
    }
}

impl From<domain::pricing::import::ColumnGuess> for ImportColumn {
    fn from(guess: domain::pricing::import::ColumnGuess) -> ImportColumn {
        ImportColumn { index: guess.column, letter: guess.letters, head: guess.head, samples: guess.samples }
    }
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
