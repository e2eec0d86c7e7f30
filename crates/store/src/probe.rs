//! A small write, to learn whether anything can be kept at all.

use crate::{Store, StoreError, Tx, params};

const MARK: &str = "
    INSERT INTO number_series (series, last) VALUES ($1, 0)
    ON CONFLICT (series) DO UPDATE SET last = 1 - number_series.last";
const SERIES: &str = "probe";

/// Writes and commits a mark of its own; an error when the disk is full or nothing can be written.
pub async fn write(store: &Store) -> Result<(), StoreError> {
    store.change(|tx| Box::pin(mark(tx))).await
}

async fn mark(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.exec(MARK, params![SERIES]).await.map(|_| ())
}
