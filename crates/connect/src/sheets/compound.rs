//! The old .xls looked through before anything reads it: a few bytes there can claim millions of cells.

use std::io::{Cursor, Read};

use domain::documents::SheetRefused;

use super::grid::{CELL_LETTERS_MAX, CELLS_MAX, SHEETS_MAX, TEXT_MB_MAX};
use super::records::{Record, Records, kinds, letters_of};

/// A sheet of the old format has at most so many cells.
const SHEET_CELLS_MAX: u64 = 65_536 * 256;

/// Refuses files under a password, with too many sheets, cells or letters, or with chains that never end.
pub fn check_compound(bytes: &[u8]) -> Result<(), SheetRefused> {
    // Opening follows every chain of the file and refuses loops.
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if file.is_stream("/EncryptedPackage") {
        return Err(SheetRefused::Protected);
    }
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let limit = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut stream = Vec::new();
    file.open_stream(name).map_err(damaged)?.take(limit).read_to_end(&mut stream).map_err(damaged)?;
    check_stream(&stream)
}

/// The records of a workbook: the globals first, then each sheet from where the globals say it begins.
fn check_stream(stream: &[u8]) -> Result<(), SheetRefused> {
    let mut sheets = Vec::new();
    let mut letters = Vec::new();
    let mut records = Records::new(stream, 0);
    while let Some(record) = records.next() {
        match record.kind {
            kinds::FILE_PASS => return Err(SheetRefused::Protected),
            kinds::BOUND_SHEET => sheets.push(record.u32_at(0).unwrap_or(u32::MAX)),
            kinds::SHARED_STRINGS => letters = letters_of(record.data, &records.continued()),
            kinds::END => break,
            _ => {}
        }
    }
    if sheets.len() > SHEETS_MAX {
        return Err(SheetRefused::TooManySheets { limit: SHEETS_MAX });
    }
    let mut totals = Totals::default();
    for start in sheets {
        let at = usize::try_from(start).unwrap_or(usize::MAX);
        if at >= stream.len() {
            return Err(damaged("a sheet begins behind the end"));
        }
        check_sheet(Records::new(stream, at), &letters, &mut totals)?;
    }
    Ok(())
}

#[derive(Default)]
struct Totals {
    cells: u64,
    letters: u64,
}

fn check_sheet(records: Records<'_>, letters: &[usize], totals: &mut Totals) -> Result<(), SheetRefused> {
    let mut area = Area::default();
    let mut depth = 0;
    for record in records {
        match record.kind {
            kinds::BEGIN => depth += 1,
            kinds::END if depth <= 1 => break,
            kinds::END => depth -= 1,
            kinds::DIMENSIONS => check_dimensions(&record)?,
            kinds::LABEL_SST => {
                let index = record.u32_at(6).and_then(|index| usize::try_from(index).ok());
                let count = index.and_then(|index| letters.get(index)).copied().unwrap_or(CELL_LETTERS_MAX);
                totals.letters = totals.letters.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
                area.include(&record, 0);
            }
            kinds::MUL_RK => area.include(&record, record.data.len().saturating_sub(6) / 6),
            kind if kinds::ONE_CELL.contains(&kind) => area.include(&record, 0),
            _ => {}
        }
        // A letter is at most three bytes of UTF-8.
        if totals.letters.saturating_mul(3) > TEXT_MB_MAX << 20 {
            return Err(SheetRefused::TooLarge { limit_mb: TEXT_MB_MAX });
        }
    }
    totals.cells = totals.cells.saturating_add(area.cells());
    let limit = u64::try_from(CELLS_MAX).unwrap_or(u64::MAX);
    if totals.cells > limit { Err(SheetRefused::TooManyCells { limit: CELLS_MAX }) } else { Ok(()) }
}

/// The reader sets memory aside for what this record claims.
fn check_dimensions(record: &Record<'_>) -> Result<(), SheetRefused> {
    let (rows, columns) = match record.data.len() {
        10 => ((record.u16_at(0), record.u16_at(2)), (record.u16_at(4), record.u16_at(6))),
        _ => ((record.u32_at(0), record.u32_at(4)), (record.u16_at(8), record.u16_at(10))),
    };
    let span = |(from, to): (Option<u32>, Option<u32>)| Some(u64::from(to?.checked_sub(from?)?));
    let claimed = span(rows).zip(span(columns)).map(|(rows, columns)| rows.saturating_mul(columns));
    match claimed {
        Some(cells) if cells <= SHEET_CELLS_MAX => Ok(()),
        Some(_) | None => Err(damaged("impossible dimensions")),
    }
}

/// The smallest rectangle around the cells of a sheet: the reader fills all of it.
#[derive(Default)]
struct Area {
    corners: Option<[u64; 4]>,
}

impl Area {
    /// Widens by the cell of `record` and `more` cells to its right.
    fn include(&mut self, record: &Record<'_>, more: usize) {
        let (Some(row), Some(column)) = (record.u16_at(0), record.u16_at(2)) else { return };
        let (row, column) = (u64::from(row), u64::from(column));
        let last = column.saturating_add(u64::try_from(more).unwrap_or(u64::MAX));
        let [top, bottom, left, right] = self.corners.unwrap_or([row, row, column, last]);
        self.corners = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
    }

    fn cells(&self) -> u64 {
        match self.corners {
            Some([top, bottom, left, right]) => (bottom - top + 1).saturating_mul(right - left + 1),
            None => 0,
        }
    }
}

fn damaged(fault: impl std::fmt::Display) -> SheetRefused {
    SheetRefused::Damaged { detail: fault.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    /// A workbook of `sheets`, each the same records, the globals holding `globals`.
    fn stream(globals: &[u8], sheet: &[u8], sheets: usize) -> Vec<u8> {
        let begin = record(kinds::BEGIN, &[0, 6, 5, 0]);
        let end = record(kinds::END, &[]);
        let head = begin.len() + globals.len() + sheets * (4 + 8) + end.len();
        let body = [&begin[..], sheet, &end[..]].concat();
        let mut all = [&begin[..], globals].concat();
        for index in 0..sheets {
            let start = u32::try_from(head + index * body.len()).unwrap();
            all.extend(record(kinds::BOUND_SHEET, &[&start.to_le_bytes()[..], &[0; 4]].concat()));
        }
        all.extend(end);
        (0..sheets).for_each(|_| all.extend(&body));
        all
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        let place = [row.to_le_bytes(), column.to_le_bytes()].concat();
        record(0x0203, &[&place[..], &[0; 10]].concat())
    }

    #[test]
    fn two_far_cells_may_not_claim_a_sheet_full_of_memory() {
        let near = [number(0, 0), number(999, 99)].concat();
        assert_eq!(check_stream(&stream(&[], &near, 1)), Ok(()));
        let far = [number(0, 0), number(65_535, 255)].concat();
        let refused = Err(SheetRefused::TooManyCells { limit: CELLS_MAX });
        assert_eq!(check_stream(&stream(&[], &far, 1)), refused);
        assert_eq!(check_stream(&stream(&[], &near, 41)), refused);
        assert_eq!(
            check_stream(&stream(&[], &[], 51)),
            Err(SheetRefused::TooManySheets { limit: SHEETS_MAX })
        );
    }

    #[test]
    fn dimensions_that_no_sheet_has_are_damage() {
        let dimensions = |rows: u32, columns: u16| {
            let data = [&[0; 4][..], &rows.to_le_bytes(), &[0; 2], &columns.to_le_bytes(), &[0; 2]].concat();
            check_stream(&stream(&[], &record(kinds::DIMENSIONS, &data), 1))
        };
        assert_eq!(dimensions(65_536, 256), Ok(()));
        assert!(matches!(dimensions(u32::MAX, 256), Err(SheetRefused::Damaged { .. })));
        assert!(matches!(dimensions(65_536, 257), Err(SheetRefused::Damaged { .. })));
    }

    #[test]
    fn one_long_text_in_many_cells_is_counted_as_often_as_it_stands() {
        let table = [&1u32.to_le_bytes()[..], &1u32.to_le_bytes(), &[0x10, 0x27, 0], &[b'x'; 8_000]].concat();
        let rest = [&[0u8][..], &[b'x'; 2_000]].concat();
        let globals = [record(kinds::SHARED_STRINGS, &table), record(kinds::CONTINUE, &rest)].concat();
        let label = |row: u16| record(kinds::LABEL_SST, &[&row.to_le_bytes()[..], &[0; 8]].concat());
        let sheet = |rows: u16| (0..rows).flat_map(label).collect::<Vec<u8>>();
        assert_eq!(check_stream(&stream(&globals, &sheet(6_000), 1)), Ok(()));
        let refused = check_stream(&stream(&globals, &sheet(8_000), 1));
        assert_eq!(refused, Err(SheetRefused::TooLarge { limit_mb: TEXT_MB_MAX }));
    }

    #[test]
    fn a_password_is_named() {
        assert_eq!(
            check_stream(&stream(&record(kinds::FILE_PASS, &[]), &[], 1)),
            Err(SheetRefused::Protected)
        );
    }
}
