//! What is or was told to one address: put down with the change, sent from the outbox, and what came of it.

use domain::base::{Instant, Watched};
use domain::webhooks::{WebhookFailure, WebhookMessage};

use crate::outbox::{self, Effect};
use crate::{Row, StoreError, Tx, params};

/// The effect that tells one address one thing.
const KIND: &str = "webhook";

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
    const ALL: [DeliveryState; 3] = [DeliveryState::Waiting, DeliveryState::Done, DeliveryState::Dead];

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
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (effect_key) DO NOTHING RETURNING id";
/// Of each address the oldest that is due, unless one is on its way there or it is left alone after a failure: an address
/// that hangs holds up no other.
const DUE: &str = "
    SELECT id, kind, payload, attempts FROM outbox
    WHERE id IN (
        SELECT MIN(o.id) FROM outbox o JOIN webhook_delivery d ON d.effect_key = o.effect_key
        WHERE o.kind = 'webhook' AND o.done_at IS NULL AND o.dead_at IS NULL AND o.due_at <= $1
            AND o.lease_until <= $1 AND d.webhook_id NOT IN (
                SELECT x.webhook_id FROM outbox b JOIN webhook_delivery x ON x.effect_key = b.effect_key
                WHERE b.kind = 'webhook' AND b.done_at IS NULL AND b.dead_at IS NULL AND b.lease_until > $1)
            AND d.webhook_id NOT IN (SELECT w.id FROM webhook w WHERE w.held_until > $1)
        GROUP BY d.webhook_id)
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
    WHERE kind = 'webhook' AND done_at IS NULL AND dead_at IS NOT NULL
        AND effect_key IN (SELECT effect_key FROM webhook_delivery WHERE webhook_id = $1)";
const GIVE_UP: &str = "
    UPDATE outbox SET dead_at = $2, lease_until = 0, failure = $3
    WHERE kind = 'webhook' AND done_at IS NULL AND dead_at IS NULL
        AND effect_key IN (SELECT effect_key FROM webhook_delivery WHERE webhook_id = $1)";
const NOTE_GIVEN_UP: &str = "
    UPDATE webhook_delivery SET failure = COALESCE(failure, $2)
    WHERE webhook_id = $1 AND EXISTS (SELECT 1 FROM outbox o WHERE o.effect_key = webhook_delivery.effect_key
        AND o.kind = 'webhook' AND o.done_at IS NULL AND o.dead_at IS NOT NULL)";
const FORGET: [&str; 2] = [
    "DELETE FROM outbox WHERE kind = 'webhook' AND (done_at IS NOT NULL OR dead_at IS NOT NULL)
        AND effect_key IN (SELECT effect_key FROM webhook_delivery WHERE created_at < $1)",
    "DELETE FROM webhook_delivery WHERE created_at < $1
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.effect_key = webhook_delivery.effect_key)",
];

/// A record as messages name it: its number, and path and id of the branch that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPlace {
    pub number: Option<String>,
    pub org: Option<i64>,
    pub path: String,
}

/// What messages say of a record; `None` when it is gone, or is about no branch.
pub async fn record_of(tx: &mut Tx<'_>, entity: &str, id: i64) -> Result<Option<RecordPlace>, StoreError> {
    let Some(kind) = Watched::from_key(entity) else { return Ok(None) };
    let sql = match kind {
        Watched::Quote => {
            "SELECT k.number, b.id AS org_id, b.path FROM quote q JOIN quote_chain k ON k.id = q.chain_id
            JOIN org_unit b ON b.id = q.branch_id WHERE q.id = $1"
        }
        Watched::Order => {
            "SELECT r.number, b.id AS org_id, b.path FROM sales_order r JOIN org_unit b ON b.id = r.branch_id
            WHERE r.id = $1"
        }
        Watched::Customer => {
            "SELECT c.code AS number, b.id AS org_id, b.path FROM customer c JOIN org_unit b ON b.id = c.branch_id
            WHERE c.id = $1"
        }
        // A task is where its holder is, and goes by the number of what it is about.
        Watched::Task => {
            "SELECT k.number, b.id AS org_id, b.path FROM task t JOIN person p ON p.id = t.person_id
            LEFT JOIN quote q ON t.entity = 'quote' AND q.id = t.entity_id
            LEFT JOIN quote_chain k ON k.id = q.chain_id
            JOIN org_unit b ON b.id = COALESCE(q.branch_id, p.org_id) WHERE t.id = $1"
        }
    };
    let Some(row) = tx.query_opt(sql, params![id]).await? else { return Ok(None) };
    Ok(Some(RecordPlace {
        number: row.opt_text("number")?,
        org: row.opt_int("org_id")?,
        path: row.text("path")?,
    }))
}

/// Puts a message down in the transaction that leads to it, and gives its number; the same message twice is one.
pub async fn put(tx: &mut Tx<'_>, now: Instant, new: &NewDelivery) -> Result<Option<i64>, StoreError> {
    let NewDelivery { webhook, message } = new;
    let effect_key = format!("{KIND}:{}", message.id);
    let WebhookMessage { id, kind, at, entity, entity_id, number, org } = message;
    let number = number.as_ref();
    let values = params![*webhook, &effect_key, id, kind, entity, *entity_id, number, *org, *at, now];
    let Some(row) = tx.query_opt(INSERT, values).await? else { return Ok(None) };
    let id = row.int("id")?;
    outbox::put(tx, now, &effect_key, KIND, &id.to_string()).await?;
    Ok(Some(id))
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

/// Forgets messages that were settled and put down before `moment`.
pub async fn forget_before(tx: &mut Tx<'_>, moment: Instant) -> Result<(), StoreError> {
    for sql in FORGET {
        tx.exec(sql, params![moment]).await?;
    }
    Ok(())
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
