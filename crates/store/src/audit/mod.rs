//! The log of who did what, searched: by person, kind, record and time, newest first.

use domain::access::Scope;
use domain::base::{Instant, PersonId};

use crate::events::LoggedEvent;
use crate::sight::{customer_seen, document_seen};
use crate::{Ask, Row, StoreError, Tx, Value, params, search};

/// What is asked of the log; nothing said asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    pub actor: Option<PersonId>,
    /// A kind of event (`quote.issued`).
    pub kind: Option<String>,
    /// A kind of record (`quote`), or one record with its number.
    pub entity: Option<String>,
    pub entity_id: Option<i64>,
    /// Records that were found by a text; `None`: none was asked for.
    pub among: Option<Vec<(String, i64)>>,
    pub from: Option<Instant>,
    /// Before this moment.
    pub to: Option<Instant>,
}

/// An event with the record that it happened to.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRow {
    pub event: LoggedEvent,
    pub entity: String,
    pub entity_id: i64,
}

/// How a reader of the log stands to a record that is not everybody's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogStanding {
    /// Whether the record lies in the scope.
    pub seen: bool,
    /// Its own number, which says nothing of what is in it.
    pub number: Option<String>,
}

/// So many records are looked for by one text, of each kind.
pub const FOUND_MAX: u32 = 20;

/// `$1` from, `$2` to, `$3`, `$4` the place after which it goes on, `$5` how many; what else is asked stands behind, so that
/// the index of what is asked serves it.
const LIST: &str = "
    SELECT e.id, e.at, e.actor, p.name AS actor_name, e.kind, e.facts, e.entity, e.entity_id
    FROM event e LEFT JOIN person p ON p.id = e.actor
    WHERE e.at >= $1 AND e.at < $2 AND (e.at < $3 OR (e.at = $3 AND e.id < $4))";

/// One statement for each kind of record that people look for by a text.
const OBJECTS: &[(&str, &str)] = &[
    (
        "quote",
        "SELECT q.id FROM quote q JOIN quote_chain c ON c.id = q.chain_id
         WHERE lower(c.number) LIKE $1 ESCAPE '\\' ORDER BY q.id DESC LIMIT $2",
    ),
    ("order", "SELECT id FROM sales_order WHERE lower(number) LIKE $1 ESCAPE '\\' ORDER BY id DESC LIMIT $2"),
    ("customer", "SELECT id FROM customer WHERE search LIKE $1 ESCAPE '\\' ORDER BY id DESC LIMIT $2"),
    ("product", "SELECT id FROM product WHERE search LIKE $1 ESCAPE '\\' ORDER BY id DESC LIMIT $2"),
    ("person", "SELECT id FROM person WHERE search LIKE $1 ESCAPE '\\' ORDER BY id DESC LIMIT $2"),
    (
        "config_item",
        "SELECT id FROM config_item WHERE lower(name) LIKE $1 ESCAPE '\\' ORDER BY id DESC LIMIT $2",
    ),
];

/// `$1` person, `$2` pattern of the reach, `$3` the record.
const STANDING_OF_QUOTE: &str = concat!(
    "SELECT k.number, CAST(CASE WHEN ",
    document_seen!("q", "$1", "$2"),
    " THEN 1 ELSE 0 END AS BIGINT) AS seen
    FROM quote q
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    WHERE q.id = $3"
);
const STANDING_OF_ORDER: &str = concat!(
    "SELECT s.number, CAST(CASE WHEN ",
    document_seen!("s", "$1", "$2"),
    " THEN 1 ELSE 0 END AS BIGINT) AS seen
    FROM sales_order s
    JOIN customer c ON c.id = s.customer_id
    JOIN org_unit b ON b.id = s.branch_id
    WHERE s.id = $3"
);
const STANDING_OF_CUSTOMER: &str = concat!(
    "SELECT CAST(NULL AS TEXT) AS number, CAST(CASE WHEN ",
    customer_seen!("b.path", "$1", "$2"),
    " THEN 1 ELSE 0 END AS BIGINT) AS seen
    FROM customer c
    JOIN org_unit b ON b.id = c.branch_id
    WHERE c.id = $3"
);
/// A task that is about no quotation tells nothing of one.
const STANDING_OF_TASK: &str = concat!(
    "SELECT CAST(NULL AS TEXT) AS number, CAST(CASE WHEN t.entity <> 'quote' OR ",
    document_seen!("q", "$1", "$2"),
    " THEN 1 ELSE 0 END AS BIGINT) AS seen
    FROM task t
    LEFT JOIN quote q ON t.entity = 'quote' AND q.id = t.entity_id
    LEFT JOIN customer c ON c.id = q.customer_id
    LEFT JOIN org_unit b ON b.id = q.branch_id
    WHERE t.id = $3"
);

/// How whoever has this scope over such records stands to one of them. A record that is gone is seen by nobody, one of
/// another kind by everybody.
pub async fn standing(
    tx: &mut Tx<'_>,
    entity: &str,
    id: i64,
    scope: &Scope,
) -> Result<LogStanding, StoreError> {
    let Some(sql) = sql_of_standing(entity) else { return Ok(LogStanding { seen: true, number: None }) };
    let Some(row) = tx.query_opt(sql, params![scope.person, scope.like(), id]).await? else {
        return Ok(LogStanding::default());
    };
    Ok(LogStanding { seen: row.int("seen")? > 0, number: row.opt_text("number")? })
}

/// What `standing` asks about this record, for whoever asks about many.
pub fn asks_standing(entity: &str, id: i64, scope: &Scope) -> Option<Ask> {
    Some(Ask::of(sql_of_standing(entity)?, params![scope.person, scope.like(), id]))
}

fn sql_of_standing(entity: &str) -> Option<&'static str> {
    match entity {
        "quote" => Some(STANDING_OF_QUOTE),
        "order" => Some(STANDING_OF_ORDER),
        "customer" => Some(STANDING_OF_CUSTOMER),
        "task" => Some(STANDING_OF_TASK),
        _ => None,
    }
}

/// Records whose number or name holds `text` (lower case, half width).
pub async fn objects(tx: &mut Tx<'_>, text: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let pattern = search::holds(text);
    let mut found = Vec::new();
    for (entity, sql) in OBJECTS {
        for row in tx.query(sql, params![&pattern, FOUND_MAX]).await? {
            found.push((entity.to_string(), row.int("id")?));
        }
    }
    Ok(found)
}

/// Events by the filter, newest first, behind `after` (their moment and number).
pub async fn list(
    tx: &mut Tx<'_>,
    filter: &LogFilter,
    after: Option<(Instant, i64)>,
    limit: u32,
) -> Result<Vec<LogRow>, StoreError> {
    if filter.among.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let (at, id) = after.unwrap_or((Instant(i64::MAX), i64::MAX));
    // What lies behind the page before is not read again.
    let behind = after.map_or(Instant(i64::MAX), |(at, _)| at.plus_ms(1));
    let (from, to) = (filter.from.unwrap_or(Instant(i64::MIN)), filter.to.unwrap_or(Instant(i64::MAX)));
    let mut values = params![from, to.min(behind), at, id, limit].to_vec();
    let asked = asked(filter, &mut values);
    let sql = format!("{LIST}{asked} ORDER BY e.at DESC, e.id DESC LIMIT $5");
    tx.query(&sql, &values).await?.iter().map(read).collect()
}

/// The conditions that the filter asks for, with their values behind those that are there.
fn asked(filter: &LogFilter, values: &mut Vec<Value>) -> String {
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let mut conditions = Vec::new();
    if let Some(actor) = filter.actor {
        conditions.push(format!("e.actor = {}", place(actor.into())));
    }
    if let Some(kind) = &filter.kind {
        conditions.push(format!("e.kind = {}", place(kind.into())));
    }
    match (&filter.entity, filter.entity_id) {
        (Some(entity), Some(id)) => {
            let (entity, id) = (place(entity.into()), place(id.into()));
            conditions.push(format!("e.entity = {entity} AND e.entity_id = {id}"));
        }
        // Of a whole kind of records the newest are looked for by their moment: by the record, all of them would be read.
        (Some(entity), None) => conditions.push(format!("e.entity || '' = {}", place(entity.into()))),
        (None, Some(id)) => conditions.push(format!("e.entity_id = {}", place(id.into()))),
        (None, None) => {}
    }
    let among = filter.among.iter().flatten().map(|(entity, id)| {
        let (entity, id) = (place(entity.into()), place((*id).into()));
        format!("(e.entity = {entity} AND e.entity_id = {id})")
    });
    let among: Vec<String> = among.collect();
    if !among.is_empty() {
        conditions.push(format!("({})", among.join(" OR ")));
    }
    conditions.iter().map(|condition| format!(" AND {condition}")).collect()
}

fn read(row: &Row) -> Result<LogRow, StoreError> {
    Ok(LogRow {
        event: crate::events::logged(row)?,
        entity: row.text("entity")?,
        entity_id: row.int("entity_id")?,
    })
}
