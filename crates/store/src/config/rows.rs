//! Rows of revisions: a row belongs to every revision from `rev_from` up to, but not including, `rev_to`.

use domain::base::ItemId;

use crate::{StoreError, Tx, params};

const ALL_AT: &str = "
    SELECT row_key, content FROM config_row
    WHERE item_id = $1 AND rev_from <= $2 AND (rev_to IS NULL OR $2 < rev_to)
    ORDER BY row_key";

/// Key and content of every row of revision `n`, by key.
pub async fn rows_of(tx: &mut Tx<'_>, item: ItemId, n: i64) -> Result<Vec<(String, String)>, StoreError> {
    let rows = tx.query(ALL_AT, params![item, n]).await?;
    rows.iter().map(|row| Ok((row.text("row_key")?, row.text("content")?))).collect()
}
