//! The event log: who did what, when; written in the change's own transaction, never changed.

use domain::base::{Instant, PersonId, Watched};

use crate::{Ask, Row, StoreError, Tx, Value, params};

/// The clock may stand behind the newest event by so much before signing, issuing and publishing stop.
pub const CLOCK_SLACK_MS: i64 = 2 * 60 * 1_000;

/// One thing that happened to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// `None` when the program itself acted.
    pub actor: Option<PersonId>,
    /// What happened: `quote.issued`, `release.published` …
    pub kind: &'static str,
    /// What it happened to: `quote`, `config_item` …
    pub entity: &'static str,
    pub entity_id: i64,
    pub facts: serde_json::Value,
}

/// An event as it was logged.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedEvent {
    pub id: i64,
    pub at: Instant,
    pub actor: Option<PersonId>,
    pub actor_name: Option<String>,
    pub kind: String,
    pub facts: serde_json::Value,
}

/// Now, and whether the database's clock can be trusted with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The later of the database's clock and the newest event.
    pub now: Instant,
    /// How far the clock stands behind the newest event, in milliseconds; 0 when it does not.
    pub behind_ms: i64,
}

impl Moment {
    /// The database's clock itself.
    pub fn clock(&self) -> Instant {
        self.now.plus_ms(-self.behind_ms)
    }

    /// Signing, issuing and publishing are refused while this holds.
    pub fn clock_is_behind(&self) -> bool {
        self.behind_ms > CLOCK_SLACK_MS
    }
}

/// `+id` keeps both engines on the index of moments.
const NEWEST: &str = "
    SELECT at FROM event
    WHERE +id >= COALESCE((SELECT MAX(a.id) FROM event a WHERE a.kind = 'clock.accepted'), 0)
    ORDER BY at DESC LIMIT 1";
macro_rules! append {
    () => {
        "INSERT INTO event (at, actor, kind, entity, entity_id, facts, looked) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    };
}
const APPEND: &str = append!();
const APPEND_NUMBERED: &str = concat!(append!(), " RETURNING id");
const OF_ENTITY: &str = "
    SELECT e.id, e.at, e.actor, p.name AS actor_name, e.kind, e.facts
    FROM event e LEFT JOIN person p ON p.id = e.actor
    WHERE e.entity = $1 AND e.entity_id = $2 AND e.id < $3
    ORDER BY e.id DESC LIMIT $4";

/// The moment comes first: what happened lately is little.
const COUNT_BY: &str = "SELECT COUNT(*) AS n FROM event WHERE at > $1 AND actor = $2 AND kind = $3";

/// A draft without a number is known by its customer.
const NAME_OF_QUOTE: &str = "
    SELECT COALESCE(k.number, c.name) AS name
    FROM quote q JOIN quote_chain k ON k.id = q.chain_id JOIN customer c ON c.id = q.customer_id
    WHERE q.id = $1";

/// The kind of event that says: the clock was right then; what was logged before it no longer tells the time.
pub const CLOCK_ACCEPTED: &str = "clock.accepted";

/// Now, as every command sees it: the later of the database's clock and the newest event since the clock was accepted.
pub async fn moment(tx: &mut Tx<'_>) -> Result<Moment, StoreError> {
    let (clock, newest) = tx.clock_beside(NEWEST).await?;
    let newest = Instant(newest.unwrap_or(0));
    Ok(Moment { now: clock.max(newest), behind_ms: newest.0.saturating_sub(clock.0).max(0) })
}

/// What `moment` asks, for whoever asks more at once.
pub fn asks_moment() -> Vec<Ask> {
    vec![Ask::clock_beside(NEWEST)]
}

/// Logs one event at `at`.
pub async fn append(tx: &mut Tx<'_>, at: Instant, event: &Event) -> Result<(), StoreError> {
    tx.note_change(event.entity, event.entity_id);
    tx.exec_soon(APPEND, &values(at, event)).await
}

/// Logs one event at `at` and gives its number.
pub async fn append_numbered(tx: &mut Tx<'_>, at: Instant, event: &Event) -> Result<i64, StoreError> {
    tx.note_change(event.entity, event.entity_id);
    tx.insert(APPEND_NUMBERED, &values(at, event)).await
}

/// Logs many events at `at`.
pub async fn append_many(tx: &mut Tx<'_>, at: Instant, events: &[Event]) -> Result<(), StoreError> {
    let sets: Vec<_> = events.iter().map(|event| values(at, event)).collect();
    tx.exec_many_soon(APPEND, &sets).await
}

fn values(at: Instant, event: &Event) -> Vec<Value> {
    // What nobody watches starts no rule, moves no timer and is told to no other system.
    let (looked, facts) = (Watched::from_key(event.entity).is_none(), event.facts.to_string());
    params![at, event.actor, event.kind, event.entity, event.entity_id, facts, looked].to_vec()
}

/// How often somebody did this after `since`.
pub async fn count_by(
    tx: &mut Tx<'_>,
    actor: PersonId,
    kind: &str,
    since: Instant,
) -> Result<i64, StoreError> {
    tx.query_one(COUNT_BY, params![since, actor, kind]).await?.int("n")
}

/// The newest events of one record, newest first, before event number `before`.
pub async fn of_entity(
    tx: &mut Tx<'_>,
    entity: &str,
    entity_id: i64,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<LoggedEvent>, StoreError> {
    let values = params![entity, entity_id, before.unwrap_or(i64::MAX), limit];
    tx.query(OF_ENTITY, values).await?.iter().map(logged).collect()
}

/// What `of_entity` asks for the newest event of one record, for whoever asks more at once.
pub fn asks_newest_of(entity: &str, entity_id: i64) -> Ask {
    Ask::of(OF_ENTITY, params![entity, entity_id, i64::MAX, 1_u32])
}

/// What people call a record of the log: its number, or its name. `None` for what has neither, or is gone.
pub async fn name_of(tx: &mut Tx<'_>, entity: &str, id: i64) -> Result<Option<String>, StoreError> {
    let Some(sql) = sql_of_name(entity) else { return Ok(None) };
    tx.query_opt(sql, params![id]).await?.map(|row| row.text("name")).transpose()
}

/// What `name_of` asks about these records, for whoever asks about many.
pub fn asks_names<'a>(records: impl IntoIterator<Item = (&'a str, i64)>) -> Vec<Ask> {
    let ask = |(entity, id): (&str, i64)| Some(Ask::of(sql_of_name(entity)?, params![id]));
    records.into_iter().filter_map(ask).collect()
}

fn sql_of_name(entity: &str) -> Option<&'static str> {
    Some(match entity {
        "quote" => NAME_OF_QUOTE,
        "order" => "SELECT number AS name FROM sales_order WHERE id = $1",
        "customer" => "SELECT name FROM customer WHERE id = $1",
        "product" => "SELECT name FROM product WHERE id = $1",
        "category" => "SELECT name FROM category WHERE id = $1",
        "person" => "SELECT name FROM person WHERE id = $1",
        "org_unit" => "SELECT name FROM org_unit WHERE id = $1",
        "quote_set" => "SELECT name FROM quote_set WHERE id = $1",
        "task" => "SELECT text AS name FROM task WHERE id = $1",
        "api_key" => "SELECT name FROM api_key WHERE id = $1",
        "webhook" => "SELECT name FROM webhook WHERE id = $1",
        "company" => "SELECT name FROM company WHERE id = $1",
        "config_item" => "SELECT name FROM config_item WHERE id = $1",
        _ => return None,
    })
}

pub(crate) fn logged(row: &Row) -> Result<LoggedEvent, StoreError> {
    let facts = serde_json::from_str(row.text_ref("facts")?);
    Ok(LoggedEvent {
        id: row.int("id")?,
        at: Instant(row.int("at")?),
        actor: row.opt_int("actor")?.map(PersonId),
        actor_name: row.opt_text("actor_name")?,
        kind: row.text("kind")?,
        facts: facts.map_err(|error| StoreError::Decode(error.to_string()))?,
    })
}
