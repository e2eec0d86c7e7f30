//! Proposes which column means what, from the heads and from the values beneath them, with how sure it is and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cells::{looks_like_day, looks_like_price, looks_like_qty};
use super::grid::{Cell, GRID_COLUMNS_MAX, GRID_ROWS_MAX, Grid, column_letters};
use super::heads::{
    HeadWord, bare_head, find_head, head_text, head_word, is_other_number, tax_word, unit_word,
};
use super::memory::said_at;
use super::products::ProductIndex;
use super::{FileFault, HeadRows, Mapping, Meaning};

/// So many rows beneath the head are looked at.
const VALUE_ROWS: usize = 300;
/// So many values of a column are shown.
const SAMPLES: usize = 3;
/// A guess that is less sure than this is not proposed.
const SURE_MIN: u8 = 40;
/// Surer than any head and values together.
const REMEMBERED_SURE: u8 = 100;

/// How to look at a sheet.
#[derive(Clone, Debug, Default)]
pub struct Inspect {
    /// Whether prices of the list include tax.
    pub list_includes_tax: bool,
    /// The last row of the head, from 1, when somebody has chosen it; 0 says that there is none.
    pub head_row: Option<usize>,
    /// The mapping that somebody has chosen.
    pub mapping: Option<Mapping>,
    /// Heads whose meaning was settled in earlier files, without signs and spaces.
    pub heads: BTreeMap<String, Meaning>,
}

/// What a sheet looks like, and how it would be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub sheet: String,
    /// Rows of the sheet, blank ones included.
    pub rows: usize,
    pub head: Option<HeadRows>,
    pub columns: Vec<ColumnGuess>,
    pub mapping: Mapping,
    /// What keeps the sheet from being read so.
    pub faults: Vec<FileFault>,
}

/// One column, and what it is taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnGuess {
    /// From 0.
    pub column: usize,
    /// `A`, `B` …
    pub letters: String,
    pub head: String,
    pub meaning: Option<Meaning>,
    /// 0 to 100.
    pub confidence: u8,
    pub reason: Option<GuessReason>,
    /// The first values.
    pub samples: Vec<String>,
}

/// Why a column is taken for what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum GuessReason {
    /// Somebody chose it.
    Chosen,
    /// Earlier files of the same supplier were read so.
    Remembered,
    /// The head says so.
    Head,
    /// The head says so, and `fitting` of `looked_at` values fit.
    HeadAndValues { fitting: usize, looked_at: usize },
    /// The head says so, but only `fitting` of `looked_at` values fit.
    HeadAgainstValues { fitting: usize, looked_at: usize },
    /// The values say so.
    Values { fitting: usize, looked_at: usize },
}

/// A meaning that a column may have.
struct Candidate {
    column: usize,
    meaning: Meaning,
    confidence: u8,
    reason: GuessReason,
}

/// Looks at a sheet and proposes how to read it.
pub fn inspect(grid: &Grid, products: &ProductIndex, how: &Inspect) -> Proposal {
    let head = head_of(grid, how.head_row, &how.heads);
    let width = grid.columns().min(GRID_COLUMNS_MAX);
    let heads: Vec<String> = (0..width).map(|column| head_text(grid, head, column)).collect();
    let mut columns: Vec<ColumnGuess> =
        heads.iter().enumerate().map(|(column, text)| blank_guess(grid, head, column, text)).collect();
    let mapping = match &how.mapping {
        Some(mapping) => {
            for (meaning, column) in &mapping.columns {
                settle(&mut columns, *column, *meaning, 100, GuessReason::Chosen);
            }
            mapping.clone()
        }
        None => {
            let candidates = candidates(grid, products, head, &heads, how);
            for chosen in choose(candidates) {
                settle(&mut columns, chosen.column, chosen.meaning, chosen.confidence, chosen.reason);
            }
            mapping_of(grid, head, &columns)
        }
    };
    recount_names(grid, products, head, &mapping, &mut columns);
    let mut faults = size_faults(grid);
    faults.extend(mapping.faults(grid.columns()));
    Proposal { sheet: grid.sheet.clone(), rows: grid.rows.len(), head, columns, mapping, faults }
}

/// The mapping of columns that somebody chose, with what the head of the price column says of tax and unit.
pub fn chosen_mapping(grid: &Grid, head_row: Option<usize>, columns: BTreeMap<Meaning, usize>) -> Mapping {
    let head = head_of(grid, head_row, &BTreeMap::new());
    let width = grid.columns().min(GRID_COLUMNS_MAX);
    let mut guesses: Vec<ColumnGuess> =
        (0..width).map(|column| blank_guess(grid, head, column, &head_text(grid, head, column))).collect();
    for (meaning, column) in &columns {
        settle(&mut guesses, *column, *meaning, 100, GuessReason::Chosen);
    }
    Mapping { columns, ..mapping_of(grid, head, &guesses) }
}

/// Why a sheet is too small or too large to be read.
pub(super) fn size_faults(grid: &Grid) -> Vec<FileFault> {
    let mut faults = Vec::new();
    if grid.rows.iter().flatten().all(Cell::is_blank) {
        faults.push(FileFault::EmptySheet);
    }
    if grid.rows.len() > GRID_ROWS_MAX {
        faults.push(FileFault::TooManyRows { rows: grid.rows.len(), rows_max: GRID_ROWS_MAX });
    }
    if grid.columns() > GRID_COLUMNS_MAX {
        faults.push(FileFault::TooManyColumns { columns: grid.columns(), columns_max: GRID_COLUMNS_MAX });
    }
    faults
}

fn head_of(grid: &Grid, chosen: Option<usize>, remembered: &BTreeMap<String, Meaning>) -> Option<HeadRows> {
    match chosen {
        None => find_head(grid, remembered),
        Some(0) => None,
        // The rows above a chosen row belong to the head as far as one was found there.
        Some(row) => {
            let last = row - 1;
            let found = find_head(grid, remembered).filter(|head| head.last == last);
            Some(found.unwrap_or(HeadRows { first: last, last }))
        }
    }
}

fn blank_guess(grid: &Grid, head: Option<HeadRows>, column: usize, text: &str) -> ColumnGuess {
    let values = values(grid, head, column);
    ColumnGuess {
        column,
        letters: column_letters(column),
        head: text.to_string(),
        meaning: None,
        confidence: 0,
        reason: None,
        samples: values.iter().take(SAMPLES).map(|cell| cell.text().trim().to_string()).collect(),
    }
}

fn settle(columns: &mut [ColumnGuess], column: usize, meaning: Meaning, confidence: u8, reason: GuessReason) {
    if let Some(guess) = columns.get_mut(column) {
        guess.meaning = Some(meaning);
        guess.confidence = confidence;
        guess.reason = Some(reason);
    }
}

/// A name that belies the code beside it does not fit, though some product has it.
fn recount_names(
    grid: &Grid,
    products: &ProductIndex,
    head: Option<HeadRows>,
    mapping: &Mapping,
    columns: &mut [ColumnGuess],
) {
    let Some(column) = mapping.column(Meaning::Name) else { return };
    let Some(guess) = columns.get_mut(column) else { return };
    let (fitting, looked_at) = match guess.reason {
        Some(
            GuessReason::HeadAndValues { fitting, looked_at }
            | GuessReason::HeadAgainstValues { fitting, looked_at }
            | GuessReason::Values { fitting, looked_at },
        ) => (fitting, looked_at),
        _ => return,
    };
    let first = head.map_or(0, |head| head.last + 1);
    let belied = |place: &usize| {
        products.knows_name(grid.cell(*place, column)) && products.is_belied(&said_at(grid, mapping, *place))
    };
    let belied = (first..grid.rows.len()).take(VALUE_ROWS).filter(belied).count();
    if belied == 0 || looked_at == 0 {
        return;
    }
    let fitting = fitting.saturating_sub(belied);
    let by_head = head_word(&guess.head).filter(|word| word.meaning == Meaning::Name);
    let again = by_head.and_then(|word| from_head(word, products, fitting, looked_at));
    let (confidence, reason) = again.unwrap_or_else(|| {
        let share = u8::try_from(fitting * 100 / looked_at).unwrap_or(100);
        (SURE_MIN + share * 2 / 5, GuessReason::Values { fitting, looked_at })
    });
    guess.confidence = confidence;
    guess.reason = Some(reason);
}

fn values(grid: &Grid, head: Option<HeadRows>, column: usize) -> Vec<&Cell> {
    let first = head.map_or(0, |head| head.last + 1);
    let rows = grid.rows.iter().skip(first).take(VALUE_ROWS);
    rows.filter_map(|cells| cells.get(column)).filter(|cell| !cell.is_blank()).collect()
}

fn candidates(
    grid: &Grid,
    products: &ProductIndex,
    head: Option<HeadRows>,
    heads: &[String],
    how: &Inspect,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for (column, text) in heads.iter().enumerate() {
        let word = head_word(text);
        let values = values(grid, head, column);
        if let Some(meaning) = how.heads.get(&bare_head(text)) {
            let reason = GuessReason::Remembered;
            candidates.push(Candidate { column, meaning: *meaning, confidence: REMEMBERED_SURE, reason });
        }
        for meaning in Meaning::ALL {
            let fitting = values.iter().filter(|cell| fits(products, *meaning, cell)).count();
            let said = word.filter(|word| word.meaning == *meaning);
            let guess = match said {
                Some(word) => from_head(word, products, fitting, values.len()),
                None => from_values(*meaning, text, &values, fitting),
            };
            if let Some((mut confidence, reason)) = guess {
                if *meaning == Meaning::Price {
                    confidence = for_tax(confidence, tax_word(text), how.list_includes_tax);
                }
                candidates.push(Candidate { column, meaning: *meaning, confidence, reason });
            }
        }
    }
    candidates
}

/// Whether a value could stand in a column of that meaning; for the free ones every value could.
fn fits(products: &ProductIndex, meaning: Meaning, cell: &Cell) -> bool {
    match meaning {
        Meaning::Code => products.knows_code(cell),
        Meaning::Barcode => products.knows_barcode(cell),
        Meaning::Name => products.knows_name(cell),
        Meaning::Unit => products.knows_unit(cell),
        Meaning::Price => looks_like_price(cell),
        Meaning::MinQty => looks_like_qty(cell),
        Meaning::From | Meaning::To => looks_like_day(cell),
        Meaning::Spec | Meaning::Note => true,
    }
}

fn from_head(
    word: HeadWord,
    products: &ProductIndex,
    fitting: usize,
    looked_at: usize,
) -> Option<(u8, GuessReason)> {
    let sure = word.sure;
    let free = matches!(word.meaning, Meaning::Spec | Meaning::Note);
    let by_products =
        matches!(word.meaning, Meaning::Code | Meaning::Barcode | Meaning::Name | Meaning::Unit);
    if looked_at == 0 || free || (by_products && products.is_empty()) {
        return Some((sure, GuessReason::Head));
    }
    let counts = (fitting, looked_at);
    let share = fitting * 100 / looked_at;
    Some(match share {
        50.. => (sure.saturating_add(9).min(99), GuessReason::HeadAndValues { fitting: counts.0, looked_at }),
        20..50 => (sure, GuessReason::HeadAndValues { fitting: counts.0, looked_at }),
        // Names may all be new or written differently; a price that is no number is none.
        _ if by_products => (sure.saturating_sub(30), GuessReason::HeadAgainstValues { fitting, looked_at }),
        _ => (sure.saturating_sub(45), GuessReason::HeadAgainstValues { fitting, looked_at }),
    })
}

/// A column whose head says nothing: only what the values cannot be by chance.
fn from_values(meaning: Meaning, head: &str, values: &[&Cell], fitting: usize) -> Option<(u8, GuessReason)> {
    let looked_at = values.len();
    if looked_at == 0 || head_word(head).is_some() {
        return None;
    }
    let share = u8::try_from(fitting * 100 / looked_at).unwrap_or(100);
    let reason = GuessReason::Values { fitting, looked_at };
    match meaning {
        Meaning::Code | Meaning::Barcode | Meaning::Name | Meaning::Unit if share >= 60 => {
            Some((40 + share * 2 / 5, reason))
        }
        // Figures under a head that says nothing are a price only when nothing else is; running numbers never are.
        Meaning::Price if share >= 80 && !is_other_number(head) && !is_running_number(values) => {
            Some((if head.is_empty() { 42 } else { 41 }, reason))
        }
        _ => None,
    }
}

fn for_tax(confidence: u8, file: Option<bool>, list: bool) -> u8 {
    match file {
        Some(included) if included == list => confidence.saturating_add(5).min(100),
        Some(_) => confidence.saturating_sub(5),
        None => confidence,
    }
}

/// 1, 2, 3 … as in a column 序号.
fn is_running_number(values: &[&Cell]) -> bool {
    let numbers: Vec<Option<i64>> = values.iter().map(|cell| cell.text().trim().parse().ok()).collect();
    let steps = numbers.windows(2).filter(|pair| matches!(pair, [Some(a), Some(b)] if *b == a + 1)).count();
    numbers.len() > 1 && steps * 10 >= (numbers.len() - 1) * 8
}

/// The surest first; each meaning for one column, each column with one meaning.
fn choose(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|it| (std::cmp::Reverse(it.confidence), it.column, it.meaning));
    let mut chosen: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let taken = chosen.iter().any(|it| it.column == candidate.column || it.meaning == candidate.meaning);
        if candidate.confidence >= SURE_MIN && !taken {
            chosen.push(candidate);
        }
    }
    chosen
}

fn mapping_of(grid: &Grid, head: Option<HeadRows>, columns: &[ColumnGuess]) -> Mapping {
    let meant = columns.iter().filter_map(|guess| Some((guess.meaning?, guess.column)));
    let mapping_columns: BTreeMap<Meaning, usize> = meant.collect();
    let price_head =
        mapping_columns.get(&Meaning::Price).and_then(|column| columns.get(*column)).map(|it| &it.head);
    // A remark above the head speaks for the whole sheet.
    let above = grid.rows.iter().take(head.map_or(0, |head| head.first)).flatten();
    let titled = above.filter_map(|cell| tax_word_of_title(&cell.text())).next();
    Mapping {
        includes_tax: price_head.and_then(|text| tax_word(text)).or(titled),
        price_unit: price_head.and_then(|text| unit_word(text)),
        columns: mapping_columns,
    }
}

/// A title may speak of both; then it says nothing.
fn tax_word_of_title(text: &str) -> Option<bool> {
    let parts: Vec<bool> = text.split(TITLE_SIGNS).filter_map(tax_word).collect();
    match parts.as_slice() {
        [first, rest @ ..] if rest.iter().all(|said| said == first) => Some(*first),
        _ => None,
    }
}

const TITLE_SIGNS: &[char] = &['\u{3002}', '\u{ff0c}', ',', ';', '\u{ff1b}', '\u{3001}', '\n'];
