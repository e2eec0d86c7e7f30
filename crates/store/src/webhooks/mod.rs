//! Addresses of other systems, and what is or was told to each of them.

mod deliveries;

pub use deliveries::{
    Delivery, DeliveryState, NewDelivery, RecordPlace, ToSend, claim, deliveries, delivery, forget_before,
    give_up_waiting, is_due, put, put_many, records_of, resend, resend_dead, tell, to_send,
};

use domain::base::{Instant, OrgId, PersonId};
use domain::webhooks::{OffReason, WebhookEvent};

use crate::{Row, StoreError, Tx, params};

/// An address as it is kept; the secret stays here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    pub id: i64,
    pub name: String,
    pub address: String,
    pub events: Vec<WebhookEvent>,
    /// The node whose records it hears of; `None`: of all.
    pub org: Option<(OrgId, String)>,
    pub active: bool,
    pub off_reason: Option<OffReason>,
    /// Since when nothing was taken.
    pub failing_since: Option<Instant>,
    /// Messages that were given up, and those that wait.
    pub dead: i64,
    pub waiting: i64,
    pub created_at: Instant,
    pub version: i64,
}

/// What somebody says of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookContent {
    pub name: String,
    pub address: String,
    pub events: Vec<WebhookEvent>,
    pub org: Option<OrgId>,
    pub active: bool,
}

/// An address that listens: which events, of which part of the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    pub id: i64,
    pub events: Vec<WebhookEvent>,
    /// Path of its node; `/` is the whole company.
    pub path: String,
}

/// How an address fares after a failed try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    pub name: String,
    pub active: bool,
    pub since: Instant,
    pub failures: i64,
}

const COLUMNS: &str = "
    SELECT w.id, w.name, w.address, w.events, w.org_id, o.name AS org_name, w.active, w.off_reason, w.failing_since,
        w.created_at, w.version,
        (SELECT COUNT(*) FROM outbox x WHERE x.kind = 'webhook' AND x.done_at IS NULL AND x.dead_at IS NOT NULL
            AND x.webhook_id = w.id) AS dead,
        (SELECT COUNT(*) FROM outbox x WHERE x.kind = 'webhook' AND x.done_at IS NULL AND x.dead_at IS NULL
            AND x.webhook_id = w.id) AS waiting
    FROM webhook w LEFT JOIN org_unit o ON o.id = w.org_id";
const INSERT: &str = "
    INSERT INTO webhook (name, address, events, org_id, secret, active, failures, created_at, created_by, version)
    VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, 1) RETURNING id";
const CHANGE: &str = "
    UPDATE webhook SET name = $3, address = $4, events = $5, org_id = $6, active = $7, off_reason = $8,
        failing_since = NULL, failures = 0, held_until = NULL, version = version + 1
    WHERE id = $1 AND version = $2";
const RENEW: &str = "
    UPDATE webhook SET old_secret = secret, old_secret_until = $3, secret = $2, version = version + 1 WHERE id = $1";
const OTHERS_OF_NAME: &str = "SELECT COUNT(*) AS n FROM webhook WHERE name = $1 AND id <> $2";
const COUNT: &str = "SELECT COUNT(*) AS n FROM webhook";
const LISTENERS: &str = "
    SELECT w.id, w.events, COALESCE(o.path, '/') AS path
    FROM webhook w LEFT JOIN org_unit o ON o.id = w.org_id WHERE w.active = 1 ORDER BY w.id";
const WENT_WELL: &str = "
    UPDATE webhook SET failing_since = NULL, failures = 0, held_until = NULL
    WHERE id = $1 AND failing_since IS NOT NULL";
const WENT_WRONG: &str = "
    UPDATE webhook SET failing_since = COALESCE(failing_since, $2), failures = failures + 1
    WHERE id = $1 RETURNING name, active, failing_since, failures";
const HOLD: &str = "UPDATE webhook SET held_until = $2 WHERE id = $1";
const SWITCH_OFF: &str =
    "UPDATE webhook SET active = 0, off_reason = $2, version = version + 1 WHERE id = $1 AND active = 1";
const LOOK_AFTER: &str = "
    SELECT DISTINCT p.id FROM person p JOIN person_role h ON h.person_id = p.id
        JOIN role_right r ON r.role_id = h.role_id
    WHERE p.active = 1 AND r.right_key = 'webhooks.write' AND r.reach = 'all' ORDER BY p.id LIMIT 50";

/// All addresses, by name.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<Webhook>, StoreError> {
    let sql = format!("{COLUMNS} ORDER BY w.name, w.id LIMIT 100");
    tx.query(&sql, &[]).await?.iter().map(read).collect()
}

/// One address.
pub async fn webhook(tx: &mut Tx<'_>, id: i64) -> Result<Option<Webhook>, StoreError> {
    let sql = format!("{COLUMNS} WHERE w.id = $1");
    tx.query_opt(&sql, params![id]).await?.as_ref().map(read).transpose()
}

/// How many there are.
pub async fn count(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    tx.query_one(COUNT, &[]).await?.int("n")
}

/// Whether another one than `id` has this name.
pub async fn is_name_taken(tx: &mut Tx<'_>, name: &str, id: i64) -> Result<bool, StoreError> {
    Ok(tx.query_one(OTHERS_OF_NAME, params![name, id]).await?.int("n")? > 0)
}

/// Keeps an address with its secret and gives its number.
pub async fn insert(
    tx: &mut Tx<'_>,
    content: &WebhookContent,
    secret: &str,
    (now, by): (Instant, PersonId),
) -> Result<i64, StoreError> {
    let WebhookContent { name, address, events, org, active } = content;
    let values = params![name, address, keys_of(events), *org, secret, *active, now, by];
    tx.insert(INSERT, values).await
}

/// Changes an address while it is at `version`; it begins anew as one that has never failed.
pub async fn change(
    tx: &mut Tx<'_>,
    id: i64,
    version: i64,
    content: &WebhookContent,
    off_reason: Option<OffReason>,
) -> Result<bool, StoreError> {
    let WebhookContent { name, address, events, org, active } = content;
    let reason = off_reason.map(OffReason::key);
    let values = params![id, version, name, address, keys_of(events), *org, *active, reason];
    Ok(tx.exec(CHANGE, values).await? == 1)
}

/// Puts a new secret in the place of the old one, which signs too until `until`.
pub async fn renew_secret(tx: &mut Tx<'_>, id: i64, secret: &str, until: Instant) -> Result<(), StoreError> {
    tx.exec(RENEW, params![id, secret, until]).await?;
    Ok(())
}

const REMOVE: [&str; 3] = [
    "DELETE FROM outbox WHERE effect_key IN (SELECT effect_key FROM webhook_delivery WHERE webhook_id = $1)",
    "DELETE FROM webhook_delivery WHERE webhook_id = $1",
    "DELETE FROM webhook WHERE id = $1",
];

/// Takes an address away, with all that was told to it.
pub async fn remove(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    for sql in REMOVE {
        tx.exec(sql, params![id]).await?;
    }
    Ok(())
}

/// Every address that is switched on.
pub async fn listeners(tx: &mut Tx<'_>) -> Result<Vec<Listener>, StoreError> {
    let read = |row: &Row| -> Result<Listener, StoreError> {
        Ok(Listener { id: row.int("id")?, events: events_of(&row.text("events")?), path: row.text("path")? })
    };
    tx.query(LISTENERS, &[]).await?.iter().map(read).collect()
}

/// A message was taken.
pub async fn went_well(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.exec(WENT_WELL, params![id]).await?;
    Ok(())
}

/// A try failed; says how the address fares, `None` when it is gone.
pub async fn went_wrong(tx: &mut Tx<'_>, id: i64, now: Instant) -> Result<Option<Failing>, StoreError> {
    let Some(row) = tx.query_opt(WENT_WRONG, params![id, now]).await? else { return Ok(None) };
    Ok(Some(Failing {
        name: row.text("name")?,
        active: row.flag("active")?,
        since: Instant(row.int("failing_since")?),
        failures: row.int("failures")?,
    }))
}

/// Nothing is tried at the address until then; `None`: at once.
pub async fn hold(tx: &mut Tx<'_>, id: i64, until: Option<Instant>) -> Result<(), StoreError> {
    tx.exec(HOLD, params![id, until]).await?;
    Ok(())
}

/// Switches an address off; `false` when it was off.
pub async fn switch_off(tx: &mut Tx<'_>, id: i64, reason: OffReason) -> Result<bool, StoreError> {
    Ok(tx.exec(SWITCH_OFF, params![id, reason.key()]).await? == 1)
}

/// Everybody who looks after addresses, by id.
pub async fn keepers(tx: &mut Tx<'_>) -> Result<Vec<PersonId>, StoreError> {
    tx.query(LOOK_AFTER, &[]).await?.iter().map(|row| Ok(PersonId(row.int("id")?))).collect()
}

fn keys_of(events: &[WebhookEvent]) -> String {
    let keys: Vec<&str> = events.iter().map(|event| event.key()).collect();
    keys.join(",")
}

/// An event that this program no longer knows is told to nobody.
fn events_of(keys: &str) -> Vec<WebhookEvent> {
    keys.split(',').filter_map(WebhookEvent::from_key).collect()
}

fn read(row: &Row) -> Result<Webhook, StoreError> {
    let org = match row.opt_int("org_id")? {
        Some(id) => Some((OrgId(id), row.opt_text("org_name")?.unwrap_or_default())),
        None => None,
    };
    Ok(Webhook {
        id: row.int("id")?,
        name: row.text("name")?,
        address: row.text("address")?,
        events: events_of(&row.text("events")?),
        org,
        active: row.flag("active")?,
        off_reason: row.opt_text("off_reason")?.as_deref().and_then(OffReason::from_key),
        failing_since: row.opt_int("failing_since")?.map(Instant),
        dead: row.int("dead")?,
        waiting: row.int("waiting")?,
        created_at: Instant(row.int("created_at")?),
        version: row.int("version")?,
    })
}
