//! Reads a price file as it would be taken over: its sheets, its rows, and what they would change.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::base::Date;
use domain::config::Rows;
use domain::documents::SheetRefused;
use domain::pricing::import::grid::Grid;
use domain::pricing::import::{
    Change, ChangeCounts, Compare, Decisions, FileFault, ImportRefused, Inspect, KnownProduct, Mapping,
    Memory, ProductIndex, Proposal, ReadRules, ReadSheet, SheetGuess, SheetPlan, SheetReason, Tally,
    changes_of_book, chosen_mapping, count_changes, inspect, price_sheets, read_book_while,
};
use domain::pricing::{LIST_ROW_KEY, ListRow, PriceRow};

use super::choices::Choices;
use super::preview::{ImportCounts, Preview, ReadOne, SheetPreview, first_rows, short_proposal};
use crate::AppError;
use crate::ports::{SheetReader, Watcher};

/// How far it is when the file is read, the columns are known, the rows are read.
const FILE_READ: u8 = 70;
const COLUMNS_KNOWN: u8 = 75;
const ROWS_READ: u8 = 90;
/// What is shown of them is chosen; what they change is not compared yet.
const ROWS_SHOWN: u8 = 95;

/// All that looking at a file needs, so that it can be done off the async threads.
pub(super) struct Job {
    pub reader: Arc<dyn SheetReader>,
    pub file_name: String,
    pub bytes: Vec<u8>,
    pub choices: Choices,
    /// What earlier files of the supplier have taught.
    pub memory: Memory,
    /// The draft's rows as they stand.
    pub rows: Rows,
    pub products: Vec<KnownProduct>,
    pub today: Date,
}

/// A file that was looked at.
pub(super) struct Looked {
    pub preview: Preview,
    /// What keeps it from being taken over.
    pub faults: Vec<FileFault>,
    /// What it teaches for the next file of its supplier.
    pub taught: Memory,
}

/// What was read, beside the rows that it is compared with.
struct Compared<'a> {
    sheets: &'a [(&'a ReadSheet, &'a Mapping)],
    index: &'a ProductIndex,
    with: Compare<'a>,
}

/// Nobody waits.
struct Nobody;

impl Watcher for Nobody {
    fn goes_on(&self, _: u8) -> bool {
        true
    }
}

/// Reading the file is only a part of the whole.
struct Part<'w>(&'w dyn Watcher);

impl Watcher for Part<'_> {
    fn goes_on(&self, percent: u8) -> bool {
        let part = u32::from(percent.min(100)) * u32::from(FILE_READ) / 100;
        self.0.goes_on(u8::try_from(part).unwrap_or(FILE_READ))
    }
}

impl Job {
    /// Looks at the file. Takes CPU time: call it off the async threads.
    pub fn look(self, watcher: &dyn Watcher) -> Result<Looked, AppError> {
        let count = |it: Compared<'_>| (count_changes(it.sheets, it.index, it.with), ());
        self.run(watcher, count).map(|(looked, ())| looked)
    }

    /// The same, with the rows that the file would put into the list; of a large file they are its half again.
    pub fn take(self) -> Result<(Looked, Vec<Change>), AppError> {
        self.run(&Nobody, |it| {
            let changes = changes_of_book(it.sheets, it.index, it.with);
            let changed = changes.put.iter().filter(|change| change.old.is_some()).count();
            let added = changes.put.len() - changed;
            let (unchanged, untouched) = (changes.unchanged, changes.untouched);
            (ChangeCounts { added, changed, unchanged, untouched }, changes.put)
        })
    }

    fn run<T>(
        self,
        watcher: &dyn Watcher,
        compare: impl FnOnce(Compared<'_>) -> (ChangeCounts, T),
    ) -> Result<(Looked, T), AppError> {
        let grids = self.reader.read_watched(&self.file_name, &self.bytes, &Part(watcher))?;
        drop(self.bytes);
        tell(watcher, FILE_READ)?;
        let named =
            self.choices.sheets.iter().find(|choice| !grids.iter().any(|grid| grid.sheet == choice.sheet));
        if let Some(unknown) = named {
            return Err(ImportRefused::UnknownSheet { sheet: unknown.sheet.clone() }.into());
        }
        let index = ProductIndex::new(self.products);
        let list_includes_tax = includes_tax(&self.rows);
        let propose = |grid: &Grid| proposal(grid, &index, list_includes_tax, (&self.choices, &self.memory));
        let proposals: Vec<Proposal> = grids.iter().map(propose).collect();
        let guesses = guesses(&proposals, &self.choices);
        let decisions: Vec<Decisions> =
            grids.iter().map(|grid| self.choices.decisions_of(&grid.sheet)).collect();
        tell(watcher, COLUMNS_KNOWN)?;
        let sheets = grids.iter().zip(&proposals).zip(&decisions).zip(&guesses);
        let plans: Vec<SheetPlan<'_>> = sheets
            .filter(|(_, guess)| guess.taken)
            .map(|(((grid, proposal), decisions), _)| SheetPlan {
                grid,
                head: proposal.head,
                mapping: &proposal.mapping,
                decisions,
            })
            .collect();
        let rules = ReadRules { list_includes_tax, convert_tax: self.choices.convert_tax };
        let goes_on = || watcher.goes_on(COLUMNS_KNOWN);
        let read =
            read_book_while(&plans, &index, rules, &self.memory, &goes_on).ok_or(SheetRefused::Stopped)?;
        tell(watcher, ROWS_READ)?;
        let (mut preview, taught) = shown(&grids, (proposals.clone(), guesses), (&plans, &read), &index);
        tell(watcher, ROWS_SHOWN)?;
        let mappings: Vec<Mapping> = plans.iter().map(|plan| plan.mapping.clone()).collect();
        // The cells of a large file take most of the memory, and what was read does not need them.
        drop(plans);
        drop(grids);
        let read_so = read.iter().zip(&mappings);
        let sheets: Vec<(&ReadSheet, &Mapping)> =
            read_so.filter_map(|(read, mapping)| Some((read.as_ref().ok()?, mapping))).collect();
        let with = Compare { rows: &price_rows(&self.rows), replace_all: false, today: self.today };
        let (counts, compared) = compare(Compared { sheets: &sheets, index: &index, with });
        let ChangeCounts { added, changed, unchanged: same, untouched } = counts;
        preview.counts = ImportCounts { added, changed, same };
        preview.untouched = untouched;
        let faults = faults(&preview);
        Ok((Looked { preview, faults, taught }, compared))
    }
}

fn tell(watcher: &dyn Watcher, percent: u8) -> Result<(), SheetRefused> {
    if watcher.goes_on(percent) { Ok(()) } else { Err(SheetRefused::Stopped) }
}

fn proposal(
    grid: &Grid,
    index: &ProductIndex,
    list_includes_tax: bool,
    (choices, memory): (&Choices, &Memory),
) -> Proposal {
    let choice = choices.of_sheet(&grid.sheet);
    let head_row = choice.and_then(|choice| choice.head_row);
    let mapping = choice.and_then(|choice| choice.mapping.clone());
    let mapping = mapping.map(|columns| chosen_mapping(grid, head_row, columns));
    inspect(grid, index, &Inspect { list_includes_tax, head_row, mapping, heads: memory.heads.clone() })
}

/// What is proposed, and over it what somebody chose.
fn guesses(proposals: &[Proposal], choices: &Choices) -> Vec<SheetGuess> {
    let proposed = price_sheets(proposals).into_iter().zip(proposals);
    let chosen = |(guess, proposal): (SheetGuess, &Proposal)| {
        let taken = choices.of_sheet(&proposal.sheet).and_then(|choice| choice.taken);
        match taken {
            Some(taken) => SheetGuess { taken, confidence: 100, reason: SheetReason::Chosen },
            None => guess,
        }
    };
    proposed.map(chosen).collect()
}

/// What is shown of the file, and what it teaches: `plans` and `read` are the sheets that are taken, in the order of
/// the file.
fn shown(
    grids: &[Grid],
    (proposals, guesses): (Vec<Proposal>, Vec<SheetGuess>),
    (plans, read): (&[SheetPlan<'_>], &[Result<ReadSheet, Vec<FileFault>>]),
    index: &ProductIndex,
) -> (Preview, Memory) {
    let pairs = || plans.iter().zip(read).filter_map(|(plan, read)| Some((plan, read.as_ref().ok()?)));
    let mut preview = Preview::default();
    let ones: Vec<ReadOne<'_>> =
        pairs().map(|(plan, read)| ReadOne { grid: plan.grid, mapping: plan.mapping, read }).collect();
    preview.list_rows(&ones, index);
    let mut taught = Memory::default();
    for (plan, _) in pairs() {
        taught.learn(Memory::taught_by(plan.grid, plan.head, plan.mapping, plan.decisions, index));
    }
    let mut outcomes = read.iter();
    for ((grid, proposal), guess) in grids.iter().zip(proposals).zip(guesses) {
        let rows = grid.rows.len();
        let outcome = if guess.taken { outcomes.next() } else { None };
        let (tally, faults) = match outcome {
            Some(Ok(read)) => (Tally::of(read, rows), Vec::new()),
            Some(Err(faults)) => (Tally::of_not_taken(rows), faults.clone()),
            None => (Tally::of_not_taken(rows), Vec::new()),
        };
        preview.tally = preview.tally.plus(tally);
        let head_row = proposal.head.map_or(0, |head| head.last + 1);
        let first_rows = first_rows(grid, head_row);
        let proposal = short_proposal(proposal);
        preview.sheets.push(SheetPreview { proposal, guess, tally, faults, first_rows });
    }
    (preview, taught)
}

/// What keeps the file from being taken over: of the sheets that are taken, or of all when none is.
fn faults(preview: &Preview) -> Vec<FileFault> {
    let taken: Vec<&SheetPreview> = preview.sheets.iter().filter(|sheet| sheet.guess.taken).collect();
    if taken.is_empty() {
        let proposed = preview.sheets.iter().flat_map(|sheet| sheet.proposal.faults.clone());
        let first = proposed.min_by_key(|fault| *fault == FileFault::EmptySheet);
        return vec![first.unwrap_or(FileFault::EmptySheet)];
    }
    taken.iter().flat_map(|sheet| sheet.faults.clone()).collect()
}

fn includes_tax(rows: &Rows) -> bool {
    let list = rows.get(LIST_ROW_KEY).and_then(|content| ListRow::read(content).ok());
    list.is_none_or(|list| list.includes_tax)
}

fn price_rows(rows: &Rows) -> BTreeMap<String, PriceRow> {
    let read = |(key, content): (&String, &String)| Some((key.clone(), PriceRow::read(content).ok()?));
    rows.iter().filter(|(key, _)| *key != LIST_ROW_KEY).filter_map(read).collect()
}
