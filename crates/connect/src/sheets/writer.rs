//! Workbooks for export: heads in bold and frozen, text always as text, numbers and days as what they are.

use app::ports::{SheetCell, SheetTable};
use domain::base::Date;
use domain::documents::{SheetRefused, cut};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::grid::CELL_LETTERS_MAX;

/// Rows that Excel has below the heads, and columns that it has.
const ROWS_MAX: usize = 1_048_575;
const COLUMNS_MAX: usize = 16_384;

/// Digits that a number of Excel holds exactly; longer ones are written as text.
const DIGITS_MAX: usize = 15;

/// Decimals that a number may have; one with more is written as text.
const DECIMALS_MAX: usize = 6;

/// Letters of a sheet's name.
const TITLE_MAX: usize = 31;

/// Narrowest and widest column, in letters of half width.
const WIDTH_MIN: usize = 8;
const WIDTH_MAX: usize = 48;

/// Rows that decide how wide a column is.
const ROWS_MEASURED: usize = 500;

/// An .xlsx with one sheet per table.
pub fn write(tables: &[SheetTable]) -> Result<Vec<u8>, SheetRefused> {
    let mut workbook = Workbook::new();
    let formats = Formats::new();
    let mut titles: Vec<String> = Vec::new();
    for table in tables {
        check_size(table)?;
        let title = free_title(&table.title, &titles);
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(not_written)?;
        sheet.set_name(&title).map_err(not_written)?;
        write_table(sheet, table, &formats).map_err(not_written)?;
        titles.push(title);
    }
    workbook.save_to_buffer().map_err(not_written)
}

struct Formats {
    head: Format,
    day: Format,
    /// A text that would be a formula if somebody edited its cell.
    quoted: Format,
    /// Numbers by how many decimals they have.
    numbers: Vec<Format>,
}

impl Formats {
    fn new() -> Formats {
        let number = |decimals: usize| match decimals {
            0 => Format::new().set_num_format("#,##0"),
            _ => Format::new().set_num_format(format!("#,##0.{}", "0".repeat(decimals))),
        };
        Formats {
            head: Format::new().set_bold(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            quoted: Format::new().set_quote_prefix(),
            numbers: (0..=DECIMALS_MAX).map(number).collect(),
        }
    }
}

fn write_table(sheet: &mut Worksheet, table: &SheetTable, formats: &Formats) -> Result<(), XlsxError> {
    for (column, width) in widths(table).into_iter().enumerate() {
        sheet.set_column_width(column_index(column), width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (column, head) in table.heads.iter().enumerate() {
        sheet.write_string_with_format(
            0,
            column_index(column),
            cut(head, CELL_LETTERS_MAX),
            &formats.head,
        )?;
    }
    for (row, cells) in table.rows.iter().enumerate() {
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        for (column, cell) in cells.iter().enumerate() {
            write_cell(sheet, row, column_index(column), cell, formats)?;
        }
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &SheetCell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let text = match cell {
        SheetCell::Empty => return Ok(()),
        SheetCell::Text(text) => cut(text, CELL_LETTERS_MAX),
        SheetCell::Number(text) => match exact_number(text, formats) {
            Some((number, format)) => {
                return sheet.write_number_with_format(row, column, number, format).map(|_| ());
            }
            None => cut(text, CELL_LETTERS_MAX),
        },
        SheetCell::Day(day) => match excel_day(*day) {
            Some(moment) => {
                return sheet.write_datetime_with_format(row, column, &moment, &formats.day).map(|_| ());
            }
            None => day.to_string(),
        },
    };
    // A string cell is never a formula or a link, whatever it begins with; the quote keeps it so when it is edited.
    if text.is_empty() {
        Ok(())
    } else if text.starts_with(['=', '+', '-', '@', '\t']) {
        sheet.write_string_with_format(row, column, text, &formats.quoted).map(|_| ())
    } else {
        sheet.write_string(row, column, text).map(|_| ())
    }
}

/// The number and how to show it; `None` when Excel could not hold it exactly, or it is no plain decimal.
fn exact_number<'a>(text: &str, formats: &'a Formats) -> Option<(f64, &'a Format)> {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = !whole.is_empty() && digits(whole) && digits(fraction);
    if !plain || whole.len() + fraction.len() > DIGITS_MAX {
        return None;
    }
    Some((text.parse().ok()?, formats.numbers.get(fraction.len())?))
}

fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

fn check_size(table: &SheetTable) -> Result<(), SheetRefused> {
    let sheet = || table.title.clone();
    if table.rows.len() > ROWS_MAX {
        return Err(SheetRefused::TooManyRows { sheet: sheet(), limit: ROWS_MAX });
    }
    let widest = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.heads.len());
    if widest > COLUMNS_MAX {
        return Err(SheetRefused::TooManyColumns { sheet: sheet(), limit: COLUMNS_MAX });
    }
    Ok(())
}

/// A sheet's name as Excel allows it, and not taken yet.
fn free_title(title: &str, taken: &[String]) -> String {
    let forbidden = |letter: char| letter.is_control() || "[]:*?/\\'".contains(letter);
    let clean: String = title.chars().filter(|letter| !forbidden(*letter)).collect();
    let base = if clean.trim().is_empty() { "Sheet" } else { clean.trim() };
    let is_free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (1..=taken.len() + 1).map(|number| {
        let suffix = if number == 1 { String::new() } else { format!(" {number}") };
        let letters: String = base.chars().take(TITLE_MAX - suffix.len()).collect();
        letters + &suffix
    });
    numbered.into_iter().find(is_free).unwrap_or_else(|| format!("Sheet {}", taken.len() + 1))
}

/// How wide each column must be for what stands in it.
fn widths(table: &SheetTable) -> Vec<f64> {
    let mut widths: Vec<usize> = table.heads.iter().map(|head| half_widths(head)).collect();
    for cells in table.rows.iter().take(ROWS_MEASURED) {
        widths.resize(widths.len().max(cells.len()), 0);
        for (width, cell) in widths.iter_mut().zip(cells) {
            let needed = match cell {
                SheetCell::Empty => 0,
                SheetCell::Text(text) => half_widths(text),
                SheetCell::Number(text) => text.len() + text.len() / 3,
                SheetCell::Day(_) => 10,
            };
            *width = needed.max(*width);
        }
    }
    let limited = widths.into_iter().map(|width| (width + 2).clamp(WIDTH_MIN, WIDTH_MAX));
    limited.map(|width| u32::try_from(width).map(f64::from).unwrap_or_default()).collect()
}

/// A Chinese letter is two wide.
fn half_widths(text: &str) -> usize {
    text.chars().take(WIDTH_MAX).map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}

fn column_index(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn not_written(fault: XlsxError) -> SheetRefused {
    SheetRefused::NotWritten { detail: fault.to_string() }
}
