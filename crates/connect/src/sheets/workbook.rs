//! Workbooks of Excel and WPS, new and old, cell by cell.

use std::io::Cursor;

use app::ports::Watcher;
use calamine::{Reader, Sheet, SheetType, SheetVisible, Style, Xls, XlsError, Xlsx, XlsxError};
use domain::documents::SheetRefused;
use domain::pricing::import::grid::Grid;

use super::archive::check_archive;
use super::compound::check_compound;
use super::grid::{Budget, GridBuilder, SHEETS_MAX};
use super::value;

/// Whatever a sheet holds.
pub const ALL_ROWS: u32 = u32::MAX;

/// Every visible sheet of an .xlsx, its first `rows_max` rows; merged cells say what they say in whole sheets only.
pub fn read_xlsx(bytes: &[u8], watcher: &dyn Watcher, rows_max: u32) -> Result<Vec<Grid>, SheetRefused> {
    let contents = check_archive(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut budget = Budget::of_file(watcher);
    let mut grids = Vec::new();
    for name in readable_sheets(book.sheets_metadata())? {
        let mut builder = GridBuilder::new(&name, &mut budget);
        fill(&mut book, &name, &mut builder, rows_max)?;
        if contents.has_merged_cells && rows_max == ALL_ROWS {
            for area in book.merge_cells_by_sheet_name(&name).map_err(damaged)? {
                builder.merge(area.start, area.end)?;
            }
        }
        grids.push(builder.finish());
    }
    Ok(grids)
}

/// Every visible sheet of an .xls.
pub fn read_xls(bytes: &[u8], watcher: &dyn Watcher) -> Result<Vec<Grid>, SheetRefused> {
    check_compound(bytes)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|fault| match fault {
        XlsError::Password => SheetRefused::Protected,
        other => damaged(other),
    })?;
    let mut budget = Budget::of_file(watcher);
    let mut grids = Vec::new();
    for name in readable_sheets(book.sheets_metadata())? {
        let mut builder = GridBuilder::new(&name, &mut budget);
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        builder.expect_rows(range.end().unwrap_or_default().0);
        for (row, column, cell) in range.used_cells() {
            let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            builder.put(row, column, value::of_data(cell))?;
        }
        for area in book.merge_cells_by_sheet_name(&name).map_err(damaged)? {
            builder.merge(area.start, area.end)?;
        }
        grids.push(builder.finish());
    }
    Ok(grids)
}

fn fill(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    builder: &mut GridBuilder<'_, '_>,
    rows_max: u32,
) -> Result<(), SheetRefused> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A chart on a sheet of its own has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(fault) => return Err(damaged(fault)),
    };
    builder.expect_rows(cells.dimensions().end.0);
    let digits: Vec<Option<usize>> = cells.styles().iter().map(shown_digits).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(damaged)? {
        let (row, column) = cell.get_position();
        if row >= rows_max {
            break;
        }
        let digits = digits.get(style).copied().flatten();
        builder.put(row, column, value::of_data_ref(cell.get_value(), digits))?;
    }
    Ok(())
}

fn shown_digits(style: &Style) -> Option<usize> {
    style.number_format.as_ref().and_then(|format| value::zero_digits(&format.format_code))
}

/// Names of the sheets that people see; of the hidden ones when there is no other.
fn readable_sheets(sheets: &[Sheet]) -> Result<Vec<String>, SheetRefused> {
    let named = |seen_only: bool| -> Vec<String> {
        let seen = |sheet: &&Sheet| !seen_only || sheet.visible == SheetVisible::Visible;
        let of_cells = |sheet: &&Sheet| sheet.typ == SheetType::WorkSheet;
        sheets.iter().filter(of_cells).filter(seen).map(|sheet| sheet.name.clone()).collect()
    };
    let mut names = named(true);
    if names.is_empty() {
        names = named(false);
    }
    if names.len() > SHEETS_MAX { Err(SheetRefused::TooManySheets { limit: SHEETS_MAX }) } else { Ok(names) }
}

fn damaged(fault: impl std::fmt::Display) -> SheetRefused {
    SheetRefused::Damaged { detail: fault.to_string() }
}
