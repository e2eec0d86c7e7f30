//! What is or was told to one address: put down with the change, sent from the outbox, and what came of it.

use std::collections::BTreeMap;

use domain::base::{Instant, Watched};
use domain::webhooks::{WebhookFailure, WebhookMessage};

use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::outbox::{self, Effect};
use crate::{Row, StoreError, Tx, Value, params};

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is sent, or sent again, by itself.
    Waiting,
    Done,
    /// Given up; people may send it again.
    Dead,
}

/// A message, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub id: i64,
    pub webhook: i64,
    pub message: WebhookMessage,
    pub state: DeliveryState,
    /// How often it was sent since somebody last asked for it.
    pub attempts: i64,
    /// When it is sent next, while it waits.
    pub next_at: Option<Instant>,
    /// Somebody sends it just now.
    pub sending: bool,
    pub created_at: Instant,
    pub tried_at: Option<Instant>,
    /// The status of the last answer, and its first letters.
    pub code: Option<i64>,
    pub answer: Option<String>,
    pub failure: Option<WebhookFailure>,
}

/// A message to be put down for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    pub webhook: i64,
    pub message: WebhookMessage,
}

/// A message with what is needed to send it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSend {
    pub id: i64,
    pub webhook: i64,
    pub address: String,
    /// The newest first; each signs.
    pub secrets: Vec<String>,
    pub message: WebhookMessage,
}

impl DeliveryState {
    pub const ALL: [DeliveryState; 3] = [DeliveryState::Waiting, DeliveryState::Done, DeliveryState::Dead];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Done => "done",
            DeliveryState::Dead => "dead",
        }
    }

    /// The state of that name.
    pub fn from_key(key: &str) -> Option<DeliveryState> {
        DeliveryState::ALL.into_iter().find(|state| state.key() == key)
    }
}

const INSERT: &str = "
    INSERT INTO webhook_delivery (webhook_id, effect_key, message_id, kind, entity, entity_id, number, org_id,
        happened_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (effect_key) DO NOTHING";
/// The effect with its address, so that what waits for one is found without looking at what waits for the others.
const PUT_EFFECT: &str = "
    INSERT INTO outbox (effect_key, kind, payload, created_at, due_at, attempts, lease_until, webhook_id)
    SELECT d.effect_key, 'webhook', CAST(d.id AS TEXT), CAST($2 AS BIGINT), CAST($2 AS BIGINT), 0, 0, d.webhook_id
    FROM webhook_delivery d WHERE d.effect_key = $1
    ON CONFLICT (effect_key) DO NOTHING";
/// Of each address the one that is due first, unless one is on its way there or it is left alone after a failure: an address
/// that hangs holds up no other. However much waits, it is a step or two into an index for each address.
const DUE: &str = "
    SELECT id, kind, payload, attempts FROM outbox
    WHERE id IN (
        SELECT (SELECT o.id FROM outbox o
            WHERE o.webhook_id = w.id AND o.kind = 'webhook' AND o.done_at IS NULL AND o.dead_at IS NULL
                AND o.due_at <= $1
            ORDER BY o.due_at, o.id LIMIT 1)
        FROM webhook w
        WHERE (w.held_until IS NULL OR w.held_until <= $1) AND NOT EXISTS (
            SELECT 1 FROM outbox b
            WHERE b.webhook_id = w.id AND b.kind = 'webhook' AND b.done_at IS NULL AND b.dead_at IS NULL
                AND b.lease_until > 0 AND b.lease_until > $1))
    ORDER BY due_at, id LIMIT $2";
const TO_SEND: &str = "
    SELECT d.id, d.webhook_id, w.address, w.secret, w.old_secret, w.old_secret_until, d.message_id, d.kind, d.entity,
        d.entity_id, d.number, d.org_id, d.happened_at
    FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id WHERE d.id = $1";
const TELL: &str = "
    UPDATE webhook_delivery SET tried_at = $2, code = $3, answer = $4, failure = $5 WHERE id = $1";
const COLUMNS: &str = "
    SELECT d.id, d.webhook_id, d.message_id, d.kind, d.entity, d.entity_id, d.number, d.org_id, d.happened_at,
        d.created_at, d.tried_at, d.code, d.answer, d.failure, o.attempts, o.due_at, o.done_at, o.dead_at, o.lease_until
    FROM webhook_delivery d JOIN outbox o ON o.effect_key = d.effect_key";
const OF_STATE: &str = "
    (CAST($4 AS TEXT) = '' OR CAST($4 AS TEXT) = CASE WHEN o.done_at IS NOT NULL THEN 'done' WHEN o.dead_at IS NOT NULL THEN 'dead' ELSE 'waiting' END)";
const RESEND: &str = "
    UPDATE outbox SET done_at = NULL, dead_at = NULL, attempts = 0, due_at = $2, lease_until = 0, failure = NULL
    WHERE (lease_until <= $2 OR done_at IS NOT NULL OR dead_at IS NOT NULL)
        AND effect_key = (SELECT effect_key FROM webhook_delivery WHERE id = $1)";
const RESEND_DEAD: &str = "
    UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = $2, lease_until = 0, failure = NULL
    WHERE kind = 'webhook' AND done_at IS NULL AND dead_at IS NOT NULL AND webhook_id = $1";
const GIVE_UP: &str = "
    UPDATE outbox SET dead_at = $2, lease_until = 0, failure = $3
    WHERE kind = 'webhook' AND done_at IS NULL AND dead_at IS NULL AND webhook_id = $1";
const NOTE_GIVEN_UP: &str = "
    UPDATE webhook_delivery SET failure = COALESCE(failure, $2)
    WHERE webhook_id = $1 AND EXISTS (SELECT 1 FROM outbox o WHERE o.effect_key = webhook_delivery.effect_key
        AND o.kind = 'webhook' AND o.done_at IS NULL AND o.dead_at IS NOT NULL)";
/// What still waits stays, however old it is, and holds up none behind it.
const FORGET_EFFECTS: &str = "
    DELETE FROM outbox WHERE effect_key IN (
        SELECT d.effect_key FROM webhook_delivery d JOIN outbox o ON o.effect_key = d.effect_key
        WHERE d.created_at < $1 AND (o.done_at IS NOT NULL OR o.dead_at IS NOT NULL)
        ORDER BY d.created_at, d.id LIMIT $2)";
const FORGET: &str = "
    DELETE FROM webhook_delivery WHERE id IN (
        SELECT d.id FROM webhook_delivery d
        WHERE d.created_at < $1 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.effect_key = d.effect_key)
        ORDER BY d.created_at, d.id LIMIT $2)";

/// A record as messages name it: its number, and path and id of the branch that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPlace {
    pub number: Option<String>,
    pub org: Option<i64>,
    pub path: String,
}

/// What messages say of these records; without those that are gone, or are about no branch.
pub async fn records_of(
    tx: &mut Tx<'_>,
    entity: &str,
    ids: &[i64],
) -> Result<BTreeMap<i64, RecordPlace>, StoreError> {
    let Some(kind) = Watched::from_key(entity) else { return Ok(BTreeMap::new()) };
    let (from, key) = match kind {
        Watched::Quote => (
            "SELECT q.id, k.number, b.id AS org_id, b.path FROM quote q JOIN quote_chain k ON k.id = q.chain_id
            JOIN org_unit b ON b.id = q.branch_id",
            "q.id",
        ),
        Watched::Order => (
            "SELECT r.id, r.number, b.id AS org_id, b.path FROM sales_order r JOIN org_unit b ON b.id = r.branch_id",
            "r.id",
        ),
        Watched::Customer => (
            "SELECT c.id, c.code AS number, b.id AS org_id, b.path FROM customer c
            JOIN org_unit b ON b.id = c.branch_id",
            "c.id",
        ),
        // A task is where its holder is, and goes by the number of what it is about.
        Watched::Task => (
            "SELECT t.id, k.number, b.id AS org_id, b.path FROM task t JOIN person p ON p.id = t.person_id
            LEFT JOIN quote q ON t.entity = 'quote' AND q.id = t.entity_id
            LEFT JOIN quote_chain k ON k.id = q.chain_id
            JOIN org_unit b ON b.id = COALESCE(q.branch_id, p.org_id)",
            "t.id",
        ),
    };
    let mut found = BTreeMap::new();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let sql = format!("{from} WHERE {key} IN ({})", key_places(1));
        for row in tx.query(&sql, &with_keys(&[], ids)).await? {
            let (number, org, path) = (row.opt_text("number")?, row.opt_int("org_id")?, row.text("path")?);
            found.insert(row.int("id")?, RecordPlace { number, org, path });
        }
    }
    Ok(found)
}

/// Puts messages down in the transaction that leads to them; the same message twice is one.
pub async fn put_many(tx: &mut Tx<'_>, now: Instant, new: &[NewDelivery]) -> Result<(), StoreError> {
    let rows: Vec<_> = new.iter().map(|one| values_of(one, now)).collect();
    tx.exec_many_soon(INSERT, &rows).await?;
    let effects: Vec<_> = new.iter().map(|one| params![effect_key(one), now].to_vec()).collect();
    tx.exec_many_soon(PUT_EFFECT, &effects).await
}

/// Puts one message down, and gives its number; `None` when it is there already.
pub async fn put(tx: &mut Tx<'_>, now: Instant, new: &NewDelivery) -> Result<Option<i64>, StoreError> {
    let sql = format!("{INSERT} RETURNING id");
    let Some(row) = tx.query_opt(&sql, &values_of(new, now)).await? else { return Ok(None) };
    tx.exec_soon(PUT_EFFECT, params![effect_key(new), now]).await?;
    Ok(Some(row.int("id")?))
}

fn values_of(new: &NewDelivery, now: Instant) -> Vec<Value> {
    let WebhookMessage { id, kind, at, entity, entity_id, number, org } = &new.message;
    let number = number.as_ref();
    params![new.webhook, effect_key(new), id, kind, entity, *entity_id, number, *org, *at, now].to_vec()
}

fn effect_key(new: &NewDelivery) -> String {
    format!("webhook:{}", new.message.id)
}

/// Whether something is to be sent at `now`: asked before anything is written for it.
pub async fn is_due(tx: &mut Tx<'_>, now: Instant) -> Result<bool, StoreError> {
    Ok(!tx.query(DUE, params![now, 1_u32]).await?.is_empty())
}

/// Claims up to `limit` messages that are due, at most one for each address, with the deliveries that they are.
pub async fn claim(tx: &mut Tx<'_>, now: Instant, limit: u32) -> Result<Vec<(Effect, i64)>, StoreError> {
    let claimed = outbox::claim_of(tx, DUE, now, limit).await?;
    let with_id = |effect: Effect| -> Result<(Effect, i64), StoreError> {
        let id = effect.payload.parse().map_err(|_| StoreError::Decode("no delivery".to_string()))?;
        Ok((effect, id))
    };
    claimed.into_iter().map(with_id).collect()
}

/// What is needed to send a message at `now`; `None` when its address is gone.
pub async fn to_send(tx: &mut Tx<'_>, id: i64, now: Instant) -> Result<Option<ToSend>, StoreError> {
    let Some(row) = tx.query_opt(TO_SEND, params![id]).await? else { return Ok(None) };
    let old_until = row.opt_int("old_secret_until")?;
    let old = row.opt_text("old_secret")?.filter(|_| old_until.is_some_and(|until| now.0 < until));
    Ok(Some(ToSend {
        id: row.int("id")?,
        webhook: row.int("webhook_id")?,
        address: row.text("address")?,
        secrets: [Some(row.text("secret")?), old].into_iter().flatten().collect(),
        message: message_of(&row)?,
    }))
}

/// Keeps what came of a try: status and beginning of the answer, or why there is none.
pub async fn tell(
    tx: &mut Tx<'_>,
    id: i64,
    now: Instant,
    answered: Option<(i64, &str)>,
    failure: Option<WebhookFailure>,
) -> Result<(), StoreError> {
    let (code, answer) = answered.unzip();
    let failure = failure.map(WebhookFailure::key);
    tx.exec(TELL, params![id, now, code, answer, failure]).await?;
    Ok(())
}

/// Messages to one address, the newest first, before number `before`.
pub async fn deliveries(
    tx: &mut Tx<'_>,
    webhook: i64,
    state: Option<DeliveryState>,
    (before, limit): (Option<i64>, u32),
    now: Instant,
) -> Result<Vec<Delivery>, StoreError> {
    let sql =
        format!("{COLUMNS} WHERE d.webhook_id = $1 AND d.id < $2 AND {OF_STATE} ORDER BY d.id DESC LIMIT $3");
    let state = state.map_or("", DeliveryState::key);
    let values = params![webhook, before.unwrap_or(i64::MAX), limit, state];
    tx.query(&sql, values).await?.iter().map(|row| read(row, now)).collect()
}

/// One message.
pub async fn delivery(tx: &mut Tx<'_>, id: i64, now: Instant) -> Result<Option<Delivery>, StoreError> {
    let sql = format!("{COLUMNS} WHERE d.id = $1");
    tx.query_opt(&sql, params![id]).await?.as_ref().map(|row| read(row, now)).transpose()
}

/// Sends a message once more, whatever became of it; `false` while it is on its way.
pub async fn resend(tx: &mut Tx<'_>, id: i64, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.exec(RESEND, params![id, now]).await? == 1)
}

/// Sends once more all that were given up, and says how many.
pub async fn resend_dead(tx: &mut Tx<'_>, webhook: i64, now: Instant) -> Result<u64, StoreError> {
    tx.exec(RESEND_DEAD, params![webhook, now]).await
}

/// Gives up all that still wait: their address was switched off.
pub async fn give_up_waiting(tx: &mut Tx<'_>, webhook: i64, now: Instant) -> Result<u64, StoreError> {
    let why = WebhookFailure::SwitchedOff.key();
    let given_up = tx.exec(GIVE_UP, params![webhook, now, why]).await?;
    if given_up > 0 {
        tx.exec(NOTE_GIVEN_UP, params![webhook, why]).await?;
    }
    Ok(given_up)
}

/// Forgets up to `limit` messages that were settled and put down before `before`, the oldest first; says how many.
pub async fn forget_before(tx: &mut Tx<'_>, before: Instant, limit: u32) -> Result<u64, StoreError> {
    tx.exec(FORGET_EFFECTS, params![before, limit]).await?;
    tx.exec(FORGET, params![before, limit]).await
}

fn read(row: &Row, now: Instant) -> Result<Delivery, StoreError> {
    let (done, dead) = (row.opt_int("done_at")?.is_some(), row.opt_int("dead_at")?.is_some());
    let state = match (done, dead) {
        (true, _) => DeliveryState::Done,
        (false, true) => DeliveryState::Dead,
        (false, false) => DeliveryState::Waiting,
    };
    let waits = state == DeliveryState::Waiting;
    let due = Instant(row.int("due_at")?);
    Ok(Delivery {
        id: row.int("id")?,
        webhook: row.int("webhook_id")?,
        message: message_of(row)?,
        state,
        attempts: row.int("attempts")?,
        next_at: waits.then_some(due),
        sending: waits && row.int("lease_until")? > now.0,
        created_at: Instant(row.int("created_at")?),
        tried_at: row.opt_int("tried_at")?.map(Instant),
        code: row.opt_int("code")?,
        answer: row.opt_text("answer")?,
        failure: row.opt_text("failure")?.as_deref().and_then(WebhookFailure::from_key),
    })
}

fn message_of(row: &Row) -> Result<WebhookMessage, StoreError> {
    Ok(WebhookMessage {
        id: row.text("message_id")?,
        kind: row.text("kind")?,
        at: Instant(row.int("happened_at")?),
        entity: row.text("entity")?,
        entity_id: row.int("entity_id")?,
        number: row.opt_text("number")?,
        org: row.opt_int("org_id")?,
    })
}
