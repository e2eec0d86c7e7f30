//! Price list: one row for each price point of a product, and one that says whether the prices include tax.

use crate::pricing::{BookRows, Revision, RowFault, price_list_of_rows};

/// Adds the list that these rows make.
pub(super) fn compile<'a>(
    revision: Revision,
    name: &str,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
    book: &mut BookRows,
) -> Result<(), (String, RowFault)> {
    book.lists.push(price_list_of_rows(revision, name, rows)?);
    Ok(())
}
