//! The same command sent twice is carried out once: keys of requests and their first answers, kept for 7 days.

use domain::base::{Instant, PersonId};

use crate::{StoreError, Tx, params};

/// How long an answer is kept.
pub const KEPT_MS: i64 = 7 * 24 * 3_600 * 1_000;
/// After so long a request that never answered counts as lost.
pub const LEASE_MS: i64 = 60 * 1_000;

/// Names one request of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    pub actor: PersonId,
    pub path: String,
    pub key: String,
}

/// A record that a request made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// As the event log calls it: `quote`, `customer` …
    pub entity: String,
    pub id: i64,
}

/// What the store knows of a request when it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Never seen, or lost before it changed anything: carry it out.
    Fresh,
    /// Already answered: this was the answer.
    Answered { status: u16, answer: String },
    /// Still running, or its change is durable and its answer is about to be kept.
    Running,
    /// Its change is durable, but its answer was lost on the way: nobody has kept one within the lease.
    DoneWithoutAnswer { record: Option<Record> },
    /// The same key came with another body.
    OtherBody,
}

const FIND: &str = "
    SELECT body_hash, state, status, answer, lease_until, created_at FROM idempotency
    WHERE actor = $1 AND path = $2 AND idem_key = $3";
const BEGIN: &str = "
    INSERT INTO idempotency (actor, path, idem_key, body_hash, state, created_at, lease_until)
    VALUES ($1, $2, $3, $4, 'running', $5, $6)
    ON CONFLICT (actor, path, idem_key) DO NOTHING";
const TAKE_OVER: &str = "
    UPDATE idempotency SET lease_until = $5
    WHERE actor = $1 AND path = $2 AND idem_key = $3 AND state = 'running' AND lease_until <= $4";
/// Until the answer is kept (with its status), the record stands in its place: `quote:12`.
const COMMIT: &str = "
    UPDATE idempotency SET state = 'done', answer = $4 WHERE actor = $1 AND path = $2 AND idem_key = $3 AND state = 'running'";
/// It counts as answered: whoever asks again is told at once what it made.
const COMMIT_UNCLAIMED: &str = "
    INSERT INTO idempotency (actor, path, idem_key, body_hash, state, answer, created_at, lease_until)
    VALUES ($1, $2, $3, $4, 'done', $5, $6, 0)
    ON CONFLICT (actor, path, idem_key) DO NOTHING";
const ANSWER: &str = "
    UPDATE idempotency SET state = 'done', status = $4, answer = $5
    WHERE actor = $1 AND path = $2 AND idem_key = $3";
const FORGET: &str = "
    DELETE FROM idempotency WHERE actor = $1 AND path = $2 AND idem_key = $3 AND state = 'running'";
/// No answer will come any more: whoever asks again is told at once that it was done.
const GIVE_UP: &str = "
    UPDATE idempotency SET lease_until = created_at
    WHERE actor = $1 AND path = $2 AND idem_key = $3 AND state = 'done' AND status IS NULL";
const LET_GO: &str = "DELETE FROM idempotency WHERE state = 'running'";
const END_LEASES: &str = "UPDATE idempotency SET lease_until = $1 WHERE status IS NULL AND lease_until > $1";
/// Those of one moment go together, so that the index of moments is all that is read.
const CLEAN: &str = "
    DELETE FROM idempotency WHERE created_at < $1 AND created_at <= (
        SELECT MAX(c.created_at)
        FROM (SELECT created_at FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT $2) c)";

/// Claims a request that nobody has sent before; `false`: its key is known, and nothing has changed. Nothing may follow.
pub async fn claim(
    tx: &mut Tx<'_>,
    key: &RequestKey,
    body_hash: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let values = params![key.actor, &key.path, &key.key, body_hash, now, now.plus_ms(LEASE_MS)];
    Ok(tx.exec_last(BEGIN, values).await? == 1)
}

/// Claims a request, or says what became of the first one with its key.
pub async fn begin(
    tx: &mut Tx<'_>,
    key: &RequestKey,
    body_hash: &str,
    now: Instant,
) -> Result<Begun, StoreError> {
    let lease = now.plus_ms(LEASE_MS);
    let values = params![key.actor, &key.path, &key.key, body_hash, now, lease];
    if tx.exec(BEGIN, values).await? == 1 {
        return Ok(Begun::Fresh);
    }
    let begun = find(tx, key, body_hash, now).await?.unwrap_or(Begun::Running);
    if begun != Begun::Fresh {
        return Ok(begun);
    }
    let taken = tx.exec(TAKE_OVER, params![key.actor, &key.path, &key.key, now, lease]).await?;
    Ok(if taken == 1 { Begun::Fresh } else { Begun::Running })
}

/// What became of a request that has come in before; `None` when its key is free.
///
/// `Fresh` says that it was lost before it changed anything: [`begin`] takes it over.
pub async fn find(
    tx: &mut Tx<'_>,
    key: &RequestKey,
    body_hash: &str,
    now: Instant,
) -> Result<Option<Begun>, StoreError> {
    let Some(row) = tx.query_opt(FIND, params![key.actor, &key.path, &key.key]).await? else {
        return Ok(None);
    };
    if row.text("body_hash")? != body_hash {
        return Ok(Some(Begun::OtherBody));
    }
    let done = row.text("state")? == "done";
    let status = row.opt_int("status")?.and_then(|status| u16::try_from(status).ok());
    let answer = row.opt_text("answer")?;
    if let (true, Some(status), Some(answer)) = (done, status, &answer) {
        return Ok(Some(Begun::Answered { status, answer: answer.clone() }));
    }
    Ok(Some(match (Instant(row.int("lease_until")?) <= now, done) {
        (false, _) => Begun::Running,
        (true, true) => Begun::DoneWithoutAnswer { record: answer.as_deref().and_then(record_of) },
        (true, false) => Begun::Fresh,
    }))
}

/// Marks, inside the change's own transaction, that the change of this request is durable. Nothing may follow: it travels
/// with the commit.
///
/// `false` when the claim is gone or the request is done already, so this change must not be kept: where two servers carry
/// one out (the second took it over after the lease), the first that comes here keeps it.
pub async fn commit(tx: &mut Tx<'_>, key: &RequestKey) -> Result<bool, StoreError> {
    let record = changed_record(tx);
    tx.exec_last_or_undo(COMMIT, params![key.actor, &key.path, &key.key, record]).await
}

/// The same for a request that claimed nothing before: of two with one key the second that comes here is not kept
/// (`false`). It may be sent again at once, and [`find`] then says what it made.
pub async fn commit_unclaimed(
    tx: &mut Tx<'_>,
    key: &RequestKey,
    body_hash: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let record = changed_record(tx);
    let values = params![key.actor, &key.path, &key.key, body_hash, record, now];
    tx.exec_last_or_undo(COMMIT_UNCLAIMED, values).await
}

fn changed_record(tx: &Tx<'_>) -> Option<String> {
    tx.changed().map(|(entity, id)| format!("{entity}:{id}"))
}

fn record_of(text: &str) -> Option<Record> {
    let (entity, id) = text.split_once(':')?;
    Some(Record { entity: entity.to_string(), id: id.parse().ok()? })
}

/// Forgets about `limit` requests whose answers have been kept long enough, the oldest first; says how many.
pub async fn forget_old(tx: &mut Tx<'_>, now: Instant, limit: u32) -> Result<u64, StoreError> {
    tx.exec(CLEAN, params![now.plus_ms(-KEPT_MS), limit]).await
}

/// Keeps the answer that was given. Nothing may follow.
pub async fn answer(tx: &mut Tx<'_>, key: &RequestKey, status: u16, answer: &str) -> Result<(), StoreError> {
    let values = params![key.actor, &key.path, &key.key, i64::from(status), answer];
    tx.exec_last(ANSWER, values).await.map(|_| ())
}

/// Frees the keys of all requests that have not changed anything, and gives up the answers of those that have: only
/// while no other process can be serving any.
pub async fn let_go(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StoreError> {
    tx.exec(END_LEASES, params![now]).await?;
    tx.exec(LET_GO, &[]).await
}

/// Frees the key of a request that failed before it changed anything, so that it may be sent again. Of one whose change
/// is durable all the same, it gives up the answer.
pub async fn forget(tx: &mut Tx<'_>, key: &RequestKey) -> Result<(), StoreError> {
    if tx.exec(FORGET, params![key.actor, &key.path, &key.key]).await? == 0 {
        tx.exec(GIVE_UP, params![key.actor, &key.path, &key.key]).await?;
    }
    Ok(())
}
