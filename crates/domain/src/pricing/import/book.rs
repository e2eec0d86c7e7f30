//! All sheets of a file together: which of them hold prices, and rows that price the same thing in two of them.

use serde::{Deserialize, Serialize};

use super::duplicates::part_duplicates;
use super::memory::{Decisions, Memory};
use super::outcome::ReadSheet;
use super::products::ProductIndex;
use super::sheet::{ReadRules, read_rows};
use super::words::OTHER_SHEETS;
use super::{FileFault, HeadRows, Mapping, Meaning, Proposal, grid::Grid};

/// One sheet and how it is to be read.
#[derive(Clone, Copy, Debug)]
pub struct SheetPlan<'a> {
    pub grid: &'a Grid,
    pub head: Option<HeadRows>,
    pub mapping: &'a Mapping,
    pub decisions: &'a Decisions,
}

/// Whether a sheet is taken for one with prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetGuess {
    pub taken: bool,
    /// 0 to 100.
    pub confidence: u8,
    pub reason: SheetReason,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetReason {
    /// It has columns for product and price.
    Columns,
    /// It has, but its name speaks of old or other prices.
    OtherName,
    /// No column says which product or which price.
    NoColumns,
    Empty,
    /// Somebody chose it.
    Chosen,
}

/// Which of the sheets hold prices; where only those with other names do, the first of them is taken.
pub fn price_sheets(proposals: &[Proposal]) -> Vec<SheetGuess> {
    let mut guesses: Vec<SheetGuess> = proposals.iter().map(guess).collect();
    if !guesses.iter().any(|guess| guess.taken)
        && let Some(first) = guesses.iter_mut().find(|guess| guess.reason == SheetReason::OtherName)
    {
        first.taken = true;
    }
    guesses
}

fn guess(proposal: &Proposal) -> SheetGuess {
    if proposal.faults.contains(&FileFault::EmptySheet) {
        return SheetGuess { taken: false, confidence: 100, reason: SheetReason::Empty };
    }
    if !proposal.faults.is_empty() {
        return SheetGuess { taken: false, confidence: 90, reason: SheetReason::NoColumns };
    }
    let sure = |meaning: Meaning| {
        let column = proposal.columns.iter().find(|guess| guess.meaning == Some(meaning));
        column.map_or(0, |guess| guess.confidence)
    };
    let product = [Meaning::Code, Meaning::Barcode, Meaning::Name].into_iter().map(sure).max().unwrap_or(0);
    let confidence = product.min(sure(Meaning::Price));
    let other = OTHER_SHEETS.iter().any(|word| proposal.sheet.contains(word));
    let reason = if other { SheetReason::OtherName } else { SheetReason::Columns };
    SheetGuess { taken: !other, confidence: if other { 60 } else { confidence }, reason }
}

/// Reads the sheets of a file, each with its own faults; the same thing priced twice is told across all of them.
pub fn read_book(
    plans: &[SheetPlan<'_>],
    products: &ProductIndex,
    rules: ReadRules,
    memory: &Memory,
) -> Vec<Result<ReadSheet, Vec<FileFault>>> {
    // Whoever never stops has everything at the end.
    read_book_while(plans, products, rules, memory, &|| true).unwrap_or_default()
}

/// The same for somebody who may let go: it is asked again and again whether to go on, and `None` is given once not.
pub fn read_book_while(
    plans: &[SheetPlan<'_>],
    products: &ProductIndex,
    rules: ReadRules,
    memory: &Memory,
    goes_on: &dyn Fn() -> bool,
) -> Option<Vec<Result<ReadSheet, Vec<FileFault>>>> {
    let mut read = Vec::with_capacity(plans.len());
    for plan in plans {
        read.push(read_rows(plan, products, rules, memory, goes_on)?);
    }
    let mut sheets: Vec<(usize, &mut ReadSheet)> =
        read.iter_mut().enumerate().filter_map(|(at, sheet)| Some((at, sheet.as_mut().ok()?))).collect();
    part_duplicates(&mut sheets, plans);
    Some(read)
}
