//! Moments at which something happens by itself: rows with an absolute moment, claimed with a lease, settled once.

use domain::base::Instant;

use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::{Row, StoreError, Tx, params};

/// Who claims a timer has so long to settle it before another may.
pub const LEASE_MS: i64 = 30 * 1_000;
/// So many failures lay a timer aside.
pub const ATTEMPTS_MAX: i64 = 12;
const FIRST_WAIT_MS: i64 = 1_000;

/// A timer to be armed. `fire_key` is never given to two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTimer {
    pub fire_key: String,
    pub rule: String,
    pub entity: &'static str,
    pub entity_id: i64,
    pub epoch: i64,
    pub due: Instant,
    /// How many rules in a row led here.
    pub depth: i64,
    pub unknown_year: Option<i64>,
}

/// A timer that is armed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    pub id: i64,
    pub fire_key: String,
    pub rule: String,
    pub entity: String,
    pub entity_id: i64,
    pub epoch: i64,
    pub due: Instant,
    pub depth: i64,
    pub unknown_year: Option<i64>,
    /// How often somebody worked on it, this time included.
    pub attempts: i64,
}

/// How a timer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Its effects stand beside it.
    Fired,
    /// Nobody asks for it any more.
    Cancelled,
    /// Its rule does not catch up so late.
    Late,
}

impl Settled {
    fn key(self) -> &'static str {
        match self {
            Settled::Fired => "fired",
            Settled::Cancelled => "cancelled",
            Settled::Late => "late",
        }
    }
}

/// What was cancelled comes back; what is armed is moved; what has fired stays so for ever.
const ARM: &str = "
    INSERT INTO timer (fire_key, rule_key, entity, entity_id, epoch, due_at, state, owner, lease_until, attempts,
        unknown_year, armed_at, depth)
    VALUES ($1, $2, $3, $4, $5, $6, 'armed', '', 0, 0, $7, $8, $9)
    ON CONFLICT (fire_key) DO UPDATE SET due_at = excluded.due_at, unknown_year = excluded.unknown_year,
        state = 'armed', owner = '', lease_until = 0, attempts = 0, settled_at = NULL
    WHERE timer.state = 'cancelled' OR (timer.state = 'armed' AND timer.due_at <> excluded.due_at)";
const COLUMNS: &str =
    "id, fire_key, rule_key, entity, entity_id, epoch, due_at, depth, unknown_year, attempts";
const SETTLE: &str = "
    UPDATE timer SET state = $3, settled_at = $4, late_ms = $5, lease_until = 0
    WHERE id = $1 AND owner = $2 AND state = 'armed'";
const MOVE: &str = "
    UPDATE timer SET due_at = $3, unknown_year = $4, owner = '', lease_until = 0, attempts = 0
    WHERE id = $1 AND owner = $2 AND state = 'armed'";
const CANCEL: &str = "
    UPDATE timer SET state = 'cancelled', settled_at = $2, lease_until = 0, owner = ''
    WHERE id = $1 AND state = 'armed'";
const FAILED: &str = "
    UPDATE timer SET owner = '', lease_until = $3, failure = $4,
        state = CASE WHEN attempts >= $5 THEN 'dead' ELSE state END,
        settled_at = CASE WHEN attempts >= $5 THEN $6 ELSE settled_at END
    WHERE id = $1 AND owner = $2 AND state = 'armed'";
const LET_GO: &str =
    "UPDATE timer SET lease_until = 0, owner = '' WHERE state = 'armed' AND lease_until > $1";
const NEXT: &str = "SELECT MIN(due_at) AS at FROM timer WHERE state = 'armed'";

/// Arms timers, and moves those that are armed already; says how many rows that touched.
pub async fn arm(tx: &mut Tx<'_>, now: Instant, timers: &[NewTimer]) -> Result<u64, StoreError> {
    let values = |timer: &NewTimer| {
        let NewTimer { fire_key, rule, entity, entity_id, epoch, due, depth, unknown_year } = timer;
        params![fire_key, rule, *entity, *entity_id, *epoch, *due, *unknown_year, now, *depth].to_vec()
    };
    // One order of rows, so that two servers that arm the same ones never wait for each other in a ring.
    let mut ordered: Vec<&NewTimer> = timers.iter().collect();
    ordered.sort_by(|one, other| one.fire_key.cmp(&other.fire_key));
    let values: Vec<_> = ordered.into_iter().map(values).collect();
    if values.is_empty() { Ok(0) } else { tx.exec_many(ARM, &values).await }
}

/// The armed timers of these records.
pub async fn armed_of(tx: &mut Tx<'_>, entity: &str, ids: &[i64]) -> Result<Vec<Timer>, StoreError> {
    let mut found = Vec::new();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "SELECT {COLUMNS} FROM timer
            WHERE state = 'armed' AND entity = $1 AND entity_id IN ({}) ORDER BY id",
            key_places(2)
        );
        for row in tx.query(&sql, &with_keys(params![entity], ids)).await? {
            found.push(timer(&row)?);
        }
    }
    Ok(found)
}

/// Claims up to `limit` due timers for `owner` and `LEASE_MS`, earliest first; what another claimed is left to it, and what
/// belongs to a rule that is paused waits for a person.
pub async fn claim(tx: &mut Tx<'_>, now: Instant, owner: &str, limit: u32) -> Result<Vec<Timer>, StoreError> {
    let sql = format!(
        "UPDATE timer SET owner = $2, lease_until = $3, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM timer WHERE state = 'armed' AND due_at <= $1 AND lease_until <= $1
                AND rule_key NOT IN (SELECT rule_key FROM rule_standing WHERE paused_at IS NOT NULL)
            ORDER BY due_at, id LIMIT $4 {})
        RETURNING {COLUMNS}",
        tx.skip_locked()
    );
    let rows = tx.query(&sql, params![now, owner, now.plus_ms(LEASE_MS), limit]).await?;
    let mut timers: Vec<Timer> = rows.iter().map(timer).collect::<Result<_, _>>()?;
    timers.sort_by_key(|timer| timer.id);
    Ok(timers)
}

/// Settles timers that `owner` holds, each with how late it was; `false` when one of them is no longer held: then
/// nothing of this transaction may stand.
pub async fn settle(
    tx: &mut Tx<'_>,
    now: Instant,
    owner: &str,
    settled: &[(i64, Settled, i64)],
) -> Result<bool, StoreError> {
    let values =
        |(id, how, late_ms): &(i64, Settled, i64)| params![*id, owner, how.key(), now, *late_ms].to_vec();
    let values: Vec<_> = settled.iter().map(values).collect();
    Ok(values.is_empty() || tx.exec_many(SETTLE, &values).await? == wide(settled.len()))
}

/// Moves timers that `owner` holds to another moment and lets go of them; `false` when one is no longer held.
pub async fn postpone(
    tx: &mut Tx<'_>,
    owner: &str,
    moved: &[(i64, Instant, Option<i64>)],
) -> Result<bool, StoreError> {
    let values = |(id, due, year): &(i64, Instant, Option<i64>)| params![*id, owner, *due, *year].to_vec();
    let values: Vec<_> = moved.iter().map(values).collect();
    Ok(values.is_empty() || tx.exec_many(MOVE, &values).await? == wide(moved.len()))
}

/// Takes armed timers away that nobody asks for, whoever works on them.
pub async fn cancel(tx: &mut Tx<'_>, now: Instant, ids: &[i64]) -> Result<(), StoreError> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    let values: Vec<_> = ids.into_iter().map(|id| params![id, now].to_vec()).collect();
    if !values.is_empty() {
        tx.exec_many(CANCEL, &values).await?;
    }
    Ok(())
}

/// A timer could not be carried out: tried again after a doubling wait, or laid aside after `ATTEMPTS_MAX`.
pub async fn failed(
    tx: &mut Tx<'_>,
    now: Instant,
    owner: &str,
    timer: &Timer,
    failure: &str,
) -> Result<(), StoreError> {
    let wait = FIRST_WAIT_MS.saturating_mul(1 << timer.attempts.clamp(0, 12));
    let values = params![timer.id, owner, now.plus_ms(wait), failure, ATTEMPTS_MAX, now];
    tx.exec(FAILED, values).await?;
    Ok(())
}

/// Leases that reach beyond `now` by more than a lease can are let go: the clock ran ahead when they were taken.
pub async fn let_go_after(tx: &mut Tx<'_>, now: Instant) -> Result<(), StoreError> {
    tx.exec(LET_GO, params![now.plus_ms(LEASE_MS)]).await?;
    Ok(())
}

/// The earliest armed moment.
pub async fn next_due(tx: &mut Tx<'_>) -> Result<Option<Instant>, StoreError> {
    Ok(tx.query_one(NEXT, &[]).await?.opt_int("at")?.map(Instant))
}

fn timer(row: &Row) -> Result<Timer, StoreError> {
    Ok(Timer {
        id: row.int("id")?,
        fire_key: row.text("fire_key")?,
        rule: row.text("rule_key")?,
        entity: row.text("entity")?,
        entity_id: row.int("entity_id")?,
        epoch: row.int("epoch")?,
        due: Instant(row.int("due_at")?),
        depth: row.int("depth")?,
        unknown_year: row.opt_int("unknown_year")?,
        attempts: row.int("attempts")?,
    })
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
