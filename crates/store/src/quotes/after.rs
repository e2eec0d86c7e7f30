//! After sending: when to ask again, and what was lost.

use domain::base::{Instant, PersonId, QuoteId};
use domain::quotes::{FollowUp, Lost};

use crate::{StoreError, Tx, params};

const LOSE: &str = "
    UPDATE quote SET state = 'cancelled', cancelled_at = $2, cancelled_by = $3, cancel_reason = $4,
        lost_why = $5, lost_to = $6, lost_price = $7, updated_by = $3, updated_at = $2, version = version + 1
    WHERE id = $1 AND state = 'issued'";
const FOLLOW_UP: &str = "
    UPDATE quote_chain SET follow_day = $2, follow_note = $3, follow_by = $4 WHERE id = $1";

/// Ends an issued version as lost; `false` when it is not issued.
pub async fn lose(
    tx: &mut Tx<'_>,
    id: QuoteId,
    by: PersonId,
    words: &str,
    lost: &Lost,
    now: Instant,
) -> Result<bool, StoreError> {
    let values = params![id, now, by, words, lost.why.key(), lost.to.clone(), lost.price];
    Ok(tx.exec(LOSE, values).await? == 1)
}

/// Keeps when to ask the customer of this number again, or that nobody need.
pub async fn set_follow_up(
    tx: &mut Tx<'_>,
    chain: i64,
    follow_up: Option<&FollowUp>,
    by: PersonId,
) -> Result<(), StoreError> {
    let (day, note) = (follow_up.map(|it| it.day), follow_up.map(|it| it.note.clone()));
    tx.exec(FOLLOW_UP, params![chain, day, note, by]).await?;
    Ok(())
}
