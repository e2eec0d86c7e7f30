//! Effects to be carried out after the change is durable: each row exists once, carrying out may happen twice.

use domain::base::Instant;

use crate::{Row, StoreError, Tx, params};

/// So many failures make an effect a dead letter.
pub const ATTEMPTS_MAX: i64 = 12;
/// Who claims an effect has so long to carry it out before another may.
pub const LEASE_MS: i64 = 60 * 1_000;
const FIRST_WAIT_MS: i64 = 2_000;
/// What was carried out, or given up, is kept for so long.
const KEPT_MS: i64 = 30 * 24 * 3_600 * 1_000;

/// An effect that waits, or that somebody works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub id: i64,
    pub kind: String,
    pub payload: String,
    pub attempts: i64,
}

const PUT: &str = "
    INSERT INTO outbox (effect_key, kind, payload, created_at, due_at, attempts, lease_until)
    VALUES ($1, $2, $3, $4, $5, 0, 0)
    ON CONFLICT (effect_key) DO NOTHING";
/// Messages to other systems have a runner of their own: one that hangs holds up no paper.
const DUE: &str = "
    SELECT id, kind, payload, attempts FROM outbox
    WHERE done_at IS NULL AND dead_at IS NULL AND due_at <= $1 AND lease_until <= $1 AND kind <> 'webhook'
    ORDER BY due_at, id LIMIT $2";
const CLAIM: &str = "
    UPDATE outbox SET lease_until = $3, attempts = attempts + 1
    WHERE id = $1 AND done_at IS NULL AND dead_at IS NULL AND lease_until <= $2";
const WAITING: &str = "
    SELECT (SELECT COUNT(*) FROM outbox WHERE done_at IS NULL AND dead_at IS NULL) AS waiting,
        (SELECT COUNT(*) FROM outbox WHERE done_at IS NULL AND dead_at IS NOT NULL) AS dead";
const NO_LATER: &str = "
    UPDATE outbox SET due_at = $1, lease_until = 0
    WHERE done_at IS NULL AND dead_at IS NULL AND (due_at > $1 OR lease_until > $1)";
/// Messages to other systems are told, and forgotten, with their addresses.
const DEAD: &str = "
    SELECT COUNT(*) AS dead FROM outbox WHERE done_at IS NULL AND dead_at IS NOT NULL AND kind <> 'webhook'";
/// Only the oldest are looked at: those that were put down long ago were done long ago.
const FORGET: &str = "
    DELETE FROM outbox WHERE id IN (
        SELECT o.id
        FROM (SELECT id, done_at, dead_at FROM outbox
            WHERE kind <> 'webhook' AND (done_at IS NOT NULL OR dead_at IS NOT NULL) ORDER BY id LIMIT $2) o
        WHERE o.done_at < $1 OR o.dead_at < $1)";
const DONE_BEFORE: &str = "
    UPDATE outbox SET done_at = created_at
    WHERE kind = $1 AND created_at < $2 AND done_at IS NULL AND dead_at IS NULL";
const DONE: &str = "UPDATE outbox SET done_at = $2, failure = NULL WHERE id = $1";
const FAILED: &str =
    "UPDATE outbox SET due_at = $2, lease_until = 0, failure = $3, dead_at = $4 WHERE id = $1";

/// Puts an effect down in the change's transaction; the same `effect_key` twice is one effect.
pub async fn put(
    tx: &mut Tx<'_>,
    now: Instant,
    effect_key: &str,
    kind: &str,
    payload: &str,
) -> Result<(), StoreError> {
    put_later(tx, (now, now), effect_key, kind, payload).await
}

/// The same, to be carried out no sooner than `due`.
pub async fn put_later(
    tx: &mut Tx<'_>,
    (now, due): (Instant, Instant),
    effect_key: &str,
    kind: &str,
    payload: &str,
) -> Result<(), StoreError> {
    tx.exec_soon(PUT, params![effect_key, kind, payload, now, due]).await
}

/// Forgets what was carried out or given up long ago, among the oldest `look_at`; says how many.
pub async fn forget_old(tx: &mut Tx<'_>, now: Instant, look_at: u32) -> Result<u64, StoreError> {
    tx.exec(FORGET, params![now.plus_ms(-KEPT_MS), look_at]).await
}

/// Effects that were put down for after `now` are due now: the clock ran ahead when they were.
pub async fn no_later_than(tx: &mut Tx<'_>, now: Instant) -> Result<(), StoreError> {
    tx.exec(NO_LATER, params![now]).await?;
    Ok(())
}

/// Whether an effect is due at `now`: asked before anything is written for it.
pub async fn is_due(tx: &mut Tx<'_>, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.query_opt(DUE, params![now, 1_u32]).await?.is_some())
}

/// Claims up to `limit` due effects for `LEASE_MS`; what another worker claimed first, or is about to, is left to it.
pub async fn claim(tx: &mut Tx<'_>, now: Instant, limit: u32) -> Result<Vec<Effect>, StoreError> {
    claim_of(tx, DUE, now, limit).await
}

/// Claims those that `due` finds by moment and limit.
pub(crate) async fn claim_of(
    tx: &mut Tx<'_>,
    due: &str,
    now: Instant,
    limit: u32,
) -> Result<Vec<Effect>, StoreError> {
    let due: Vec<Effect> =
        tx.query_free(due, params![now, limit]).await?.iter().map(effect).collect::<Result<_, _>>()?;
    let mut claimed = Vec::new();
    for effect in due {
        if tx.exec(CLAIM, params![effect.id, now, now.plus_ms(LEASE_MS)]).await? == 1 {
            claimed.push(Effect { attempts: effect.attempts + 1, ..effect });
        }
    }
    Ok(claimed)
}

/// How many effects wait, and how many were given up.
pub async fn waiting(tx: &mut Tx<'_>) -> Result<(i64, i64), StoreError> {
    let row = tx.query_one(WAITING, &[]).await?;
    Ok((row.int("waiting")?, row.int("dead")?))
}

/// How many effects of our own were given up, and are not forgotten yet.
pub async fn dead(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    tx.query_one(DEAD, &[]).await?.int("dead")
}

/// The effect has been carried out.
pub async fn done(tx: &mut Tx<'_>, now: Instant, id: i64) -> Result<(), StoreError> {
    tx.exec_soon(DONE, params![id, now]).await
}

/// What of this kind was put down before `before` and waits counts as carried out when it was put down; says how many. For
/// a history that is made in one go, in which nobody carried out anything.
pub async fn done_before(tx: &mut Tx<'_>, kind: &str, before: Instant) -> Result<u64, StoreError> {
    tx.exec(DONE_BEFORE, params![kind, before]).await
}

/// The effect failed: tried again after a doubling wait, or laid aside as a dead letter after `ATTEMPTS_MAX`.
pub async fn failed(tx: &mut Tx<'_>, now: Instant, effect: &Effect, failure: &str) -> Result<(), StoreError> {
    let wait = FIRST_WAIT_MS.saturating_mul(1 << effect.attempts.clamp(0, 12));
    let dead = (effect.attempts >= ATTEMPTS_MAX).then_some(now);
    put_off(tx, effect.id, now.plus_ms(wait), failure, dead).await
}

/// The effect failed, and is tried again at `due`; with `dead` never by itself.
pub async fn put_off(
    tx: &mut Tx<'_>,
    id: i64,
    due: Instant,
    failure: &str,
    dead: Option<Instant>,
) -> Result<(), StoreError> {
    tx.exec_soon(FAILED, params![id, due, failure, dead]).await
}

fn effect(row: &Row) -> Result<Effect, StoreError> {
    Ok(Effect {
        id: row.int("id")?,
        kind: row.text("kind")?,
        payload: row.text("payload")?,
        attempts: row.int("attempts")?,
    })
}
