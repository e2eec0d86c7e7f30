//! Gapless numbers: taken inside the transaction that uses them, so a refused one is never lost.

use crate::{StoreError, Tx, params};

const TAKE: &str = "
    INSERT INTO number_series (series, last) VALUES ($1, 1)
    ON CONFLICT (series) DO UPDATE SET last = number_series.last + 1
    RETURNING last";

/// The next number of `series`, from 1. Take it last: others of the series wait until this transaction ends.
pub async fn take_next(tx: &mut Tx<'_>, series: &str) -> Result<i64, StoreError> {
    tx.next_lock("number_series")?;
    tx.query_one(TAKE, params![series]).await?.int("last")
}
