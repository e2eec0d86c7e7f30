//! Price files as people send them: faulty ones of our own, and real ones when they are at hand. Every row of every sheet
//! is accounted for, and `docs/imports.md` says how.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod catalogue;
mod faulty;
mod made;
mod page;
mod real;

use std::path::PathBuf;
use std::sync::OnceLock;

use app::ports::SheetReader;
use connect::sheets::Sheets;
use domain::pricing::import::grid::Grid;
use domain::pricing::import::{
    Decisions, Inspect, Memory, ProductIndex, Proposal, ReadRules, ReadSheet, SheetPlan, Tally, inspect,
    price_sheets, read_book,
};

/// One sheet of a file, and what became of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub file: String,
    pub sheet: String,
    pub tally: Tally,
}

/// Our own files are written anew once, where that is wanted, before anybody reads them.
static WRITTEN: OnceLock<()> = OnceLock::new();

/// The folder of our own files.
pub fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/price_files/files");
    if std::env::var_os("HUXI_WRITE").is_some() {
        WRITTEN.get_or_init(|| made::write(&folder));
    }
    folder
}

/// The sheets of a file.
pub fn grids(name: &str, bytes: &[u8]) -> Vec<Grid> {
    Sheets.read(name, bytes).unwrap_or_else(|refused| panic!("{name}: {refused:?}"))
}

/// Reads all sheets of a file as they are proposed.
pub fn accounts(name: &str, grids: &[Grid], products: &ProductIndex, includes_tax: bool) -> Vec<Account> {
    let how = Inspect { list_includes_tax: includes_tax, ..Inspect::default() };
    let proposals: Vec<Proposal> = grids.iter().map(|grid| inspect(grid, products, &how)).collect();
    let guesses = price_sheets(&proposals);
    let none = Decisions::new();
    let taken = |place: &usize| guesses[*place].taken;
    let places: Vec<usize> = (0..grids.len()).filter(taken).collect();
    let plan = |place: &usize| SheetPlan {
        grid: &grids[*place],
        head: proposals[*place].head,
        mapping: &proposals[*place].mapping,
        decisions: &none,
    };
    let plans: Vec<SheetPlan<'_>> = places.iter().map(plan).collect();
    let rules = ReadRules { list_includes_tax: includes_tax, convert_tax: false };
    let mut read = read_book(&plans, products, rules, &Memory::default()).into_iter();
    let account = |(place, grid): (usize, &Grid)| {
        let outcome: Option<ReadSheet> = if taken(&place) { read.next().unwrap().ok() } else { None };
        let rows = grid.rows.len();
        let tally = outcome.map_or(Tally::of_not_taken(rows), |sheet| Tally::of(&sheet, rows));
        assert!(tally.adds_up(), "{name} {}: {tally:?}", grid.sheet);
        Account { file: name.to_string(), sheet: grid.sheet.clone(), tally }
    };
    grids.iter().enumerate().map(account).collect()
}
