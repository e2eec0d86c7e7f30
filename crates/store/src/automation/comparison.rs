//! Which server compares all records with their timers, and when that was last done to the end.

use domain::base::Instant;

use crate::{StoreError, Tx, params};

/// Who compares has so long to go on before another may take over.
pub const LEASE_MS: i64 = 30 * 1_000;

/// How far the comparisons are, for all servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The newest that was begun; they count from 1.
    pub round: i64,
    /// The newest that came to its end; 0 before the first.
    pub done: i64,
    pub done_at: Instant,
    /// The rules and the calendar with which it was made, as its server writes them down.
    pub made_with: String,
    /// Who compares, and until when nobody else may; empty while nobody does.
    pub owner: String,
    pub lease_until: Instant,
}

impl Comparison {
    /// Whether somebody other than `owner` compares at `now`. A lease that reaches further than one can was taken by a
    /// clock that ran ahead.
    pub fn is_held(&self, owner: &str, now: Instant) -> bool {
        self.owner != owner && self.lease_until > now && self.lease_until <= now.plus_ms(LEASE_MS)
    }
}

const READ: &str = "SELECT round, done, done_at, made_with, owner, lease_until FROM comparison WHERE id = 1";
const BEGIN: &str = "
    UPDATE comparison SET round = round + 1, owner = $2, lease_until = $3
    WHERE id = 1 AND round = $1 AND (owner = $2 OR lease_until <= $4 OR lease_until > $3)";
const HOLD: &str = "UPDATE comparison SET lease_until = $3 WHERE id = 1 AND owner = $1 AND round = $2";
const END: &str = "
    UPDATE comparison SET done = round, done_at = $3, made_with = $4, owner = '', lease_until = 0
    WHERE id = 1 AND owner = $1 AND round = $2";

/// How far the comparisons are.
pub async fn comparison(tx: &mut Tx<'_>) -> Result<Comparison, StoreError> {
    let row = tx.query_one(READ, &[]).await?;
    Ok(Comparison {
        round: row.int("round")?,
        done: row.int("done")?,
        done_at: Instant(row.int("done_at")?),
        made_with: row.text("made_with")?,
        owner: row.text("owner")?,
        lease_until: Instant(row.int("lease_until")?),
    })
}

/// Begins the comparison after `round` for `owner`; `false` when another server was first, or is at it.
pub async fn begin_comparison(
    tx: &mut Tx<'_>,
    now: Instant,
    round: i64,
    owner: &str,
) -> Result<bool, StoreError> {
    Ok(tx.exec(BEGIN, params![round, owner, now.plus_ms(LEASE_MS), now]).await? == 1)
}

/// Goes on with a comparison for another lease; `false` when it has passed into other hands, and nothing may be written.
pub async fn hold_comparison(
    tx: &mut Tx<'_>,
    now: Instant,
    (round, owner): (i64, &str),
) -> Result<bool, StoreError> {
    Ok(tx.exec(HOLD, params![owner, round, now.plus_ms(LEASE_MS)]).await? == 1)
}

/// A comparison has come to its end; `false` when it has passed into other hands.
pub async fn end_comparison(
    tx: &mut Tx<'_>,
    now: Instant,
    (round, owner): (i64, &str),
    made_with: &str,
) -> Result<bool, StoreError> {
    Ok(tx.exec(END, params![owner, round, now, made_with]).await? == 1)
}
