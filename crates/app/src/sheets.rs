//! Lists as Excel: what every export of a list shares.

use domain::base::{FieldFault, Invalid};
use domain::documents::SheetRefused;
use domain::words::lists as words;

use crate::ports::{SheetCell, SheetTable};
use crate::{AppError, Ctx};

/// So many rows are exported at once.
pub const EXPORT_ROWS_MAX: i64 = 5_000;
/// One more is asked for, all in one read: a list that is longer is known by it, and only then counted.
pub(crate) const EXPORT_ROWS_ASKED: u32 = 5_001;

/// An export has at least one column, and each once.
pub(crate) fn chosen<T: PartialEq>(columns: &[T]) -> Result<(), Invalid> {
    if columns.is_empty() {
        return Err(Invalid::one("columns", FieldFault::Missing));
    }
    // The first repetition is found after no more columns than a list has.
    for (place, column) in columns.iter().enumerate() {
        if columns.iter().take(place).any(|before| before == column) {
            return Err(Invalid::one("columns", FieldFault::Repeated));
        }
    }
    Ok(())
}

/// Whether rows that were asked for with `EXPORT_ROWS_ASKED` are more than an export has.
pub(crate) fn is_too_long<T>(rows: &[T]) -> bool {
    i64::try_from(rows.len()).is_ok_and(|count| count > EXPORT_ROWS_MAX)
}

/// The table of an export: a row for each record, a cell for each column.
pub(crate) fn table_of<R, C: Copy>(
    title: &str,
    columns: &[C],
    head: impl Fn(C) -> String,
    rows: &[R],
    cell: impl Fn(C, &R) -> SheetCell,
) -> SheetTable {
    let cells = |row: &R| columns.iter().map(|column| cell(*column, row)).collect();
    SheetTable {
        title: title.to_string(),
        heads: columns.iter().map(|column| head(*column)).collect(),
        rows: rows.iter().map(cells).collect(),
    }
}

/// Refuses a list that is longer than an export: of `count` rows, or of more.
pub(crate) fn short_enough(count: i64, more: bool) -> Result<(), Invalid> {
    if count <= EXPORT_ROWS_MAX && !more {
        return Ok(());
    }
    let said = words::too_many_rows(count, more, EXPORT_ROWS_MAX);
    Err(Invalid::one("columns", FieldFault::Said(said)))
}

/// The table as an .xlsx.
pub(crate) async fn write_sheet(ctx: &Ctx, table: SheetTable) -> Result<Vec<u8>, AppError> {
    let missing =
        || SheetRefused::NotWritten { detail: "nothing that writes sheets is connected".to_string() };
    let writer = ctx.sheet_writer.clone().ok_or_else(missing)?;
    // Writing takes CPU time and must not hold up those who only read and write.
    let written = tokio::task::spawn_blocking(move || writer.write(&[table])).await;
    Ok(written.map_err(|error| SheetRefused::NotWritten { detail: error.to_string() })??)
}
