//! Rows of one sheet that price the same thing.

use std::collections::HashMap;

use super::outcome::{CellFault, CellFaultCode, ReadRow, ReadSheet, RefusedRow, SkipReason, SkippedRow};
use crate::pricing::rows::RowPoint;

/// What becomes of a row that another one repeats.
enum Fate {
    SameAs { other_row: usize },
    Refused(CellFaultCode),
}

/// Equal rows are read once; different ones are refused, all of them: nobody knows which is meant.
pub(super) fn part_duplicates(sheet: &mut ReadSheet, fault: impl Fn(usize, CellFaultCode) -> CellFault) {
    let mut fates = fates(&sheet.read);
    if fates.is_empty() {
        return;
    }
    for read in std::mem::take(&mut sheet.read) {
        let row = read.row;
        match fates.remove(&row) {
            None => sheet.read.push(read),
            Some(Fate::SameAs { other_row }) => {
                sheet.skipped.push(SkippedRow { row, reason: SkipReason::SameAs { other_row } });
            }
            Some(Fate::Refused(what)) => {
                sheet.refused.push(RefusedRow { row, faults: vec![fault(row - 1, what)] });
            }
        }
    }
    sheet.skipped.sort_by_key(|skipped| skipped.row);
    sheet.refused.sort_by_key(|refused| refused.row);
}

/// The fate of each row that is not simply read, by its number.
fn fates(read: &[ReadRow]) -> HashMap<usize, Fate> {
    let mut by_point: HashMap<RowPoint, Vec<&ReadRow>> = HashMap::with_capacity(read.len());
    for row in read {
        by_point.entry(row.price_row.point()).or_default().push(row);
    }
    let says = |row: &ReadRow| (row.price_row.price, row.price_row.to);
    let mut fates = HashMap::new();
    for rows in by_point.into_values().filter(|rows| rows.len() > 1) {
        let Some(first) = rows.first() else { continue };
        let other = rows.iter().find(|row| says(row) != says(first));
        for row in &rows {
            let fate = match other {
                None if row.row == first.row => continue,
                None => Fate::SameAs { other_row: first.row },
                Some(other) => {
                    let beside = if says(row) == says(first) { other } else { first };
                    let (other_row, other_price) = (beside.row, beside.price_row.price);
                    Fate::Refused(CellFaultCode::OtherPriceIn { other_row, other_price })
                }
            };
            fates.insert(row.row, fate);
        }
    }
    fates
}
