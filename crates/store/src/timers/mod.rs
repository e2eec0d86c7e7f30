//! Moments at which something happens by itself: rows with an absolute moment, taken and settled in one transaction.

use std::collections::BTreeMap;

use domain::base::Instant;

use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::{Row, StoreError, Tx, Value, params};

/// A server that is not heard of for so long in the middle of a transaction holds its timers no longer.
const SILENT_MS: i64 = 30 * 1_000;
/// So many failures lay a timer aside.
pub const ATTEMPTS_MAX: i64 = 12;
const FIRST_WAIT_MS: i64 = 1_000;
/// So many timers at most are marked as held in one look, and so many let go: a look stays short however many there are.
const MARKS_MAX: i64 = 2_000;
/// A timer that a program cannot judge is left to others for so long before it looks again.
const LEFT_MS: i64 = 5_000;

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
    /// When it was armed for the first time.
    pub armed: Instant,
    pub depth: i64,
    pub unknown_year: Option<i64>,
    /// How often it could not be carried out.
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
        state = 'armed', owner = '', lease_until = 0, attempts = 0, settled_at = NULL, held = 0
    WHERE timer.state = 'cancelled' OR (timer.state = 'armed' AND timer.due_at <> excluded.due_at)";
const COLUMNS: &str =
    "id, fire_key, rule_key, entity, entity_id, epoch, due_at, armed_at, depth, unknown_year, attempts";
/// What is due at `$1`, waits after no failure, and belongs to no rule that is paused: what is marked as held is not even
/// looked at.
const IS_DUE: &str = "state = 'armed' AND held = 0 AND due_at <= $1 AND lease_until <= $1
    AND rule_key NOT IN (SELECT rule_key FROM rule_standing WHERE paused_at IS NOT NULL)";
const MOVE: &str = "
    UPDATE timer SET due_at = $2, unknown_year = $3, owner = '', lease_until = 0, attempts = 0, held = 0
    WHERE id = $1 AND state = 'armed'";
const CANCEL: &str = "
    UPDATE timer SET state = 'cancelled', settled_at = $2, lease_until = 0, owner = ''
    WHERE id = $1 AND state = 'armed'";
const FAILED: &str = "
    UPDATE timer SET owner = '', attempts = attempts + 1, lease_until = $3, failure = $4,
        state = CASE WHEN attempts + 1 >= $5 THEN 'dead' ELSE state END,
        settled_at = CASE WHEN attempts + 1 >= $5 THEN $6 ELSE settled_at END
    WHERE id = $1 AND attempts = $2 AND state = 'armed'";
const LEAVE: &str = "UPDATE timer SET owner = '', lease_until = $2 WHERE id = $1 AND state = 'armed'";
const LET_GO: &str =
    "UPDATE timer SET lease_until = 0, owner = '' WHERE state = 'armed' AND lease_until > $1";
const NEXT: &str = "SELECT MIN(due_at) AS at FROM timer WHERE state = 'armed' AND held = 0";

/// Arms timers, and moves those that are armed already; says how many rows that touched.
pub async fn arm(tx: &mut Tx<'_>, now: Instant, timers: &[NewTimer]) -> Result<u64, StoreError> {
    let values = |timer: &NewTimer| {
        let NewTimer { fire_key, rule, entity, entity_id, epoch, due, depth, unknown_year } = timer;
        params![fire_key, rule, *entity, *entity_id, *epoch, *due, *unknown_year, now, *depth].to_vec()
    };
    // One order of rows, so that two servers that arm the same ones never wait for each other in a ring; each key once.
    let ordered: BTreeMap<&str, &NewTimer> =
        timers.iter().map(|timer| (timer.fire_key.as_str(), timer)).collect();
    let values: Vec<_> = ordered.into_values().map(values).collect();
    if values.is_empty() { Ok(0) } else { tx.exec_many_apart(ARM, &values).await }
}

/// The armed timers of these records.
pub async fn armed_of(tx: &mut Tx<'_>, entity: &str, ids: &[i64]) -> Result<Vec<Timer>, StoreError> {
    armed_beside(tx, entity, ids, &[]).await
}

/// The armed timers of these records, without those of some rules: of them a record may have any number. Of more than
/// `KEYS_AT_ONCE` rules the timers of the others are among the answer.
pub async fn armed_beside(
    tx: &mut Tx<'_>,
    entity: &str,
    ids: &[i64],
    rules: &[&str],
) -> Result<Vec<Timer>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM timer
        WHERE state = 'armed' AND entity = $1 AND entity_id IN ({}) AND rule_key NOT IN ({}) ORDER BY id",
        key_places(2),
        key_places(2 + KEYS_AT_ONCE)
    );
    // No rule has an empty key.
    let left_out: &[&str] = if rules.is_empty() { &[""] } else { rules };
    let mut found = Vec::new();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let values = with_keys(&with_keys(params![entity], ids), left_out);
        for row in tx.query(&sql, &values).await? {
            found.push(timer(&row)?);
        }
    }
    Ok(found)
}

/// Lets the marks follow the rules: what is due of a rule that is paused is marked as held, so that a look passes it by once
/// and not each time, and what is held of a rule that goes on is free again. It waits for nothing that another works on. A mark
/// that is set while a person lets the rule go on stands until the next call at most, so every look begins with one.
pub async fn follow_pauses(tx: &mut Tx<'_>, now: Instant) -> Result<(), StoreError> {
    let free = tx.skip_locked();
    let let_go = format!(
        "UPDATE timer SET held = 0 WHERE id IN (
            SELECT id FROM timer WHERE state = 'armed' AND held = 1
                AND rule_key IN (SELECT rule_key FROM rule_standing WHERE paused_at IS NULL) LIMIT $1 {free})"
    );
    let hold = format!(
        "UPDATE timer SET held = 1 WHERE id IN (
            SELECT id FROM timer WHERE state = 'armed' AND held = 0 AND due_at <= $1
                AND rule_key IN (SELECT rule_key FROM rule_standing WHERE paused_at IS NOT NULL) LIMIT $2 {free})"
    );
    tx.exec_soon(&let_go, params![MARKS_MAX]).await?;
    tx.exec_soon(&hold, params![now, MARKS_MAX]).await
}

/// Takes up to `limit` due timers, earliest first, for this transaction alone: what another works on is left to it, and what
/// belongs to a rule that is paused waits for a person. They are free again the moment that this transaction ends without
/// having settled them, as when its server is killed. Sorted by id.
pub async fn take_due(tx: &mut Tx<'_>, now: Instant, limit: u32) -> Result<Vec<Timer>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM timer WHERE {IS_DUE} ORDER BY due_at, id LIMIT $2");
    take(tx, &sql, params![now, limit]).await
}

/// The same for one of them; nothing when it is not due, or another works on it.
pub async fn take_one(tx: &mut Tx<'_>, now: Instant, id: i64) -> Result<Vec<Timer>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM timer WHERE {IS_DUE} AND id = $2");
    take(tx, &sql, params![now, id]).await
}

async fn take(tx: &mut Tx<'_>, sql: &str, values: &[Value]) -> Result<Vec<Timer>, StoreError> {
    tx.silent_at_most(SILENT_MS).await?;
    let mut timers: Vec<Timer> =
        tx.query_free(sql, values).await?.iter().map(timer).collect::<Result<_, _>>()?;
    timers.sort_by_key(|timer| timer.id);
    Ok(timers)
}

/// Up to `limit` due timers, earliest first, whoever works on them.
pub async fn due(tx: &mut Tx<'_>, now: Instant, limit: u32) -> Result<Vec<Timer>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM timer WHERE {IS_DUE} ORDER BY due_at, id LIMIT $2");
    tx.query(&sql, params![now, limit]).await?.iter().map(timer).collect()
}

/// Settles timers that this transaction has taken, each with how late it was, in milliseconds: one statement for those that
/// end alike. `false` when one of them is not armed: then nothing of this transaction may stand.
pub async fn settle(
    tx: &mut Tx<'_>,
    now: Instant,
    settled: &[(i64, Settled, i64)],
) -> Result<bool, StoreError> {
    let mut alike: BTreeMap<(&str, i64), Vec<i64>> = BTreeMap::new();
    for (id, how, late_ms) in settled {
        alike.entry((how.key(), *late_ms)).or_default().push(*id);
    }
    let mut sets = Vec::new();
    for ((how, late_ms), ids) in &alike {
        for ids in ids.chunks(KEYS_AT_ONCE) {
            sets.push(with_keys(params![*how, now, *late_ms], ids));
        }
    }
    if sets.is_empty() {
        return Ok(true);
    }
    let sql = format!(
        "UPDATE timer SET state = $1, settled_at = $2, late_ms = $3, owner = '', lease_until = 0
        WHERE state = 'armed' AND id IN ({})",
        key_places(4)
    );
    Ok(tx.exec_many(&sql, &sets).await? == wide(settled.len()))
}

/// Moves timers that this transaction has taken to another moment; `false` when one of them is not armed.
pub async fn postpone(tx: &mut Tx<'_>, moved: &[(i64, Instant, Option<i64>)]) -> Result<bool, StoreError> {
    let values = |(id, due, year): &(i64, Instant, Option<i64>)| params![*id, *due, *year].to_vec();
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

/// A timer could not be carried out: tried again after a doubling wait, or laid aside after `ATTEMPTS_MAX`. Whoever noted
/// the same failure first has noted it for all.
pub async fn failed(tx: &mut Tx<'_>, now: Instant, timer: &Timer, failure: &str) -> Result<(), StoreError> {
    let wait = FIRST_WAIT_MS.saturating_mul(1 << (timer.attempts + 1).clamp(0, 12));
    let values = params![timer.id, timer.attempts, now.plus_ms(wait), failure, ATTEMPTS_MAX, now];
    tx.exec(FAILED, values).await?;
    Ok(())
}

/// Timers that this transaction has taken and cannot judge stay armed as they are; who can judge them takes them within a
/// few seconds, and meanwhile they stand in nobody's way.
pub async fn leave_to_others(tx: &mut Tx<'_>, now: Instant, ids: &[i64]) -> Result<(), StoreError> {
    let values: Vec<_> = ids.iter().map(|id| params![*id, now.plus_ms(LEFT_MS)].to_vec()).collect();
    if !values.is_empty() {
        tx.exec_many(LEAVE, &values).await?;
    }
    Ok(())
}

/// Waits after a failure that reach beyond `now` are let go: the clock ran ahead when they began.
pub async fn let_go_after(tx: &mut Tx<'_>, now: Instant) -> Result<(), StoreError> {
    tx.exec(LET_GO, params![now]).await?;
    Ok(())
}

/// The earliest armed moment of those that wait for no person.
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
        armed: Instant(row.int("armed_at")?),
        depth: row.int("depth")?,
        unknown_year: row.opt_int("unknown_year")?,
        attempts: row.int("attempts")?,
    })
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
