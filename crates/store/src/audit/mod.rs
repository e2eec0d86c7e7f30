//! The log of who did what, searched: by person, kind, record and time, newest first.

use domain::base::{Instant, PersonId};

use crate::events::LoggedEvent;
use crate::{Row, StoreError, Tx, params, search};

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

/// So many records are looked for by one text, of each kind.
pub const FOUND_MAX: u32 = 20;

/// `$1` actor, `$2` kind, `$3` entity, `$4` its number, `$5` from, `$6` to, `$7`, `$8` the place after which it goes
/// on, `$9` how many.
const LIST: &str = "
    SELECT e.id, e.at, e.actor, p.name AS actor_name, e.kind, e.facts, e.entity, e.entity_id
    FROM event e LEFT JOIN person p ON p.id = e.actor
    WHERE (CAST($1 AS BIGINT) IS NULL OR e.actor = $1)
        AND (CAST($2 AS TEXT) IS NULL OR e.kind = $2)
        AND (CAST($3 AS TEXT) IS NULL OR e.entity = $3)
        AND (CAST($4 AS BIGINT) IS NULL OR e.entity_id = $4)
        AND e.at >= $5 AND e.at < $6
        AND (e.at < $7 OR (e.at = $7 AND e.id < $8))";

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
    let (at, id) = after.unwrap_or((Instant(i64::MAX), i64::MAX));
    let mut values = params![
        filter.actor,
        filter.kind.clone(),
        filter.entity.clone(),
        filter.entity_id,
        filter.from.unwrap_or(Instant(i64::MIN)),
        filter.to.unwrap_or(Instant(i64::MAX)),
        at,
        id,
        limit
    ]
    .to_vec();
    let mut sql = LIST.to_string();
    if let Some(among) = &filter.among {
        if among.is_empty() {
            return Ok(Vec::new());
        }
        let mut places = Vec::with_capacity(among.len());
        for (entity, id) in among {
            values.extend(params![entity, *id].iter().cloned());
            let last = values.len();
            places.push(format!("(e.entity = ${} AND e.entity_id = ${last})", last - 1));
        }
        sql = format!("{sql} AND ({})", places.join(" OR "));
    }
    let sql = format!("{sql} ORDER BY e.at DESC, e.id DESC LIMIT $9");
    tx.query(&sql, &values).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<LogRow, StoreError> {
    Ok(LogRow {
        event: crate::events::logged(row)?,
        entity: row.text("entity")?,
        entity_id: row.int("entity_id")?,
    })
}
