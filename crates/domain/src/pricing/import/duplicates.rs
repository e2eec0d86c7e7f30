//! Rows of one file that price the same thing.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::book::SheetPlan;
use super::mends::Mend;
use super::outcome::{CellFaultCode, ReadRow, ReadSheet, RefusedRow, SkipReason, SkippedRow};
use super::sheet::price_fault;
use crate::base::{Date, UnitPrice};
use crate::pricing::rows::RowPoint;

/// Place of the sheet among those that are read, and row from 1.
type At = (usize, usize);

/// What becomes of a row that another one repeats.
enum Fate {
    Skipped(SkipReason),
    Refused(CellFaultCode),
}

/// Equal rows are read once; of different ones the one that somebody chose. Else what the file says by itself stays
/// where that is one price, and what was settled by hand is asked about; where it is not, all of them are.
pub(super) fn part_duplicates(sheets: &mut [(usize, &mut ReadSheet)], plans: &[SheetPlan<'_>]) {
    let mut fates = fates(sheets, plans);
    if fates.is_empty() {
        return;
    }
    for (at, sheet) in sheets {
        for read in std::mem::take(&mut sheet.read) {
            let row = read.row;
            match fates.remove(&(*at, row)) {
                None => sheet.read.push(read),
                Some(Fate::Skipped(reason)) => sheet.skipped.push(SkippedRow { row, reason }),
                Some(Fate::Refused(what)) => {
                    let fault = plans.get(*at).map(|plan| price_fault(plan, row, what));
                    sheet.refused.push(RefusedRow { row, faults: fault.into_iter().collect() });
                }
            }
        }
        sheet.skipped.sort_by_key(|skipped| skipped.row);
        sheet.refused.sort_by_key(|refused| refused.row);
    }
}

/// The fate of each row that is not simply read.
fn fates(sheets: &[(usize, &mut ReadSheet)], plans: &[SheetPlan<'_>]) -> HashMap<At, Fate> {
    let repeated = repeated(sheets);
    let mut by_point: HashMap<RowPoint, Vec<Placed<'_>>> = HashMap::new();
    for (at, sheet) in sheets {
        for row in &sheet.read {
            let point = row.price_row.point();
            if repeated.contains(&hash_of(&point)) {
                by_point.entry(point).or_default().push((*at, row));
            }
        }
    }
    let mut fates = HashMap::new();
    for rows in by_point.into_values().filter(|rows| rows.len() > 1) {
        let Some(group) = Group::of(&rows) else { continue };
        for (at, row) in rows {
            if let Some(fate) = group.fate((at, row), plans) {
                fates.insert((at, row.row), fate);
            }
        }
    }
    fates
}

/// The hashes under which more than one row was found: of a large file hardly any, so that only those are kept by what they
/// price. Two points with one hash are told apart there.
fn repeated(sheets: &[(usize, &mut ReadSheet)]) -> HashSet<u64> {
    let count = sheets.iter().map(|(_, sheet)| sheet.read.len()).sum();
    let (mut seen, mut repeated) = (HashSet::with_capacity(count), HashSet::new());
    for row in sheets.iter().flat_map(|(_, sheet)| &sheet.read) {
        let hash = hash_of(&row.price_row.point());
        if !seen.insert(hash) {
            repeated.insert(hash);
        }
    }
    repeated
}

fn hash_of(point: &RowPoint) -> u64 {
    let mut hasher = DefaultHasher::new();
    point.hash(&mut hasher);
    hasher.finish()
}

/// A row and the place of its sheet.
type Placed<'a> = (usize, &'a ReadRow);

/// Rows that price the same thing: what each of them is held against, found once for all of them.
struct Group<'a> {
    first: Placed<'a>,
    /// The one that somebody chose, where it is one only.
    kept: Option<Placed<'a>>,
    /// The first that says something else than the first.
    other: Option<Placed<'a>>,
    /// The first that was read without anybody's help, where all those say the same.
    stays: Option<Placed<'a>>,
}

impl<'a> Group<'a> {
    fn of(rows: &[Placed<'a>]) -> Option<Group<'a>> {
        let first = *rows.first()?;
        let mut chosen = rows.iter().copied().filter(|(_, row)| row.kept);
        let kept = match (chosen.next(), chosen.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        };
        let other = rows.iter().copied().find(|(_, row)| says(row) != says(first.1));
        let mut read_well = rows.iter().copied().filter(|(_, row)| !row.mends.contains(&Mend::Decided));
        let stays = read_well.next().filter(|stays| read_well.all(|(_, row)| says(row) == says(stays.1)));
        Some(Group { first, kept, other, stays })
    }

    fn fate(&self, row: Placed<'_>, plans: &[SheetPlan<'_>]) -> Option<Fate> {
        let place = |(at, row): Placed<'_>| (at, row.row);
        let elsewhere = |at: usize| Some(at).filter(|at| *at != row.0);
        if let Some(only) = self.kept {
            let reason = SkipReason::Outvoted { other_row: only.1.row, other_sheet: elsewhere(only.0) };
            return (place(only) != place(row)).then_some(Fate::Skipped(reason));
        }
        let first = self.first;
        let Some(other) = self.other else {
            let reason = SkipReason::SameAs { other_row: first.1.row, other_sheet: elsewhere(first.0) };
            return (place(first) != place(row)).then_some(Fate::Skipped(reason));
        };
        if let Some(stays) = self.stays
            && says(row.1) == says(stays.1)
        {
            let reason = SkipReason::SameAs { other_row: stays.1.row, other_sheet: elsewhere(stays.0) };
            return (place(stays) != place(row)).then_some(Fate::Skipped(reason));
        }
        let differs = if says(row.1) == says(first.1) { other } else { first };
        let beside = self.stays.unwrap_or(differs);
        let (other_row, other_price) = (beside.1.row, beside.1.price_row.price);
        let other_sheet =
            elsewhere(beside.0).and_then(|at| plans.get(at)).map(|plan| plan.grid.sheet.clone());
        Some(Fate::Refused(CellFaultCode::OtherPriceIn { other_row, other_price, other_sheet }))
    }
}

/// What a row says of the thing that it prices.
fn says(row: &ReadRow) -> (UnitPrice, Option<Date>) {
    (row.price_row.price, row.price_row.to)
}
