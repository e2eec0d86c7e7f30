//! Tiers: one row for each tier, its key the name, its content the percent of the list price.

use crate::pricing::{BookRows, Revision, RowFault, tiers_of_rows};

/// Adds the tiers that these rows make.
pub(super) fn compile<'a>(
    revision: Revision,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
    book: &mut BookRows,
) -> Result<(), (String, RowFault)> {
    book.tiers.extend(tiers_of_rows(revision, rows)?);
    Ok(())
}
