//! What happened lately, and whose it is: from which every open screen is told what to look at again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::base::{PersonId, Watched};

use crate::{Ask, Row, StoreError, Tx, params};

/// What was read of the log: what screens may hear of, and the number of every event that was there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// One for each record, by number.
    pub changes: Vec<Change>,
    pub numbers: Vec<i64>,
}

/// Something that happened to one record, with all that decides who may hear of it. Several events of one record are
/// one change: a hint says where to look, not how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Number of the newest event.
    pub id: i64,
    pub kind: String,
    pub entity: String,
    pub entity_id: i64,
    /// Persons whom the events name: those who got a task or a message.
    pub to: Vec<PersonId>,
    pub whose: Option<Whose>,
}

/// Whose a record is: a document with its customer, a customer, or a task with its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    pub owner: PersonId,
    pub path: String,
    /// Of a document: whose the customer is now.
    pub customer: Option<(PersonId, String)>,
    /// Who helps with the customer.
    pub helpers: Vec<PersonId>,
}

const NEWEST: &str = "SELECT COALESCE(MAX(id), 0) AS id FROM event";
/// Of these screens hear besides watched records: the company, and people and keys, by which a screen's line ends. Asked
/// of the log itself, engines would read it by record instead of by number.
const HEARD_TOO: &[&str] = &["company", PERSON, API_KEY];
/// What is logged of an account: its sign-outs, its lock, its roles, through whose eyes it looks.
pub const PERSON: &str = "person";
/// What is logged of a key.
pub const API_KEY: &str = "api_key";
const AFTER: &str = "SELECT id, kind, entity, entity_id, facts FROM event WHERE id > $1 ORDER BY id LIMIT $2";
const ONE: &str = "SELECT id, kind, entity, entity_id, facts FROM event WHERE id = $1";
const NUMBERS: &str = "SELECT id FROM event WHERE id >= $1 AND id <= $2 ORDER BY id";
const OF_QUOTE: &str = "
    SELECT q.owner_id, b.path, c.id AS customer_id, c.owner_id AS customer_owner, w.path AS customer_path
    FROM quote q JOIN org_unit b ON b.id = q.branch_id JOIN customer c ON c.id = q.customer_id
    JOIN org_unit w ON w.id = c.branch_id WHERE q.id = $1";
const OF_ORDER: &str = "
    SELECT s.owner_id, b.path, c.id AS customer_id, c.owner_id AS customer_owner, w.path AS customer_path
    FROM sales_order s JOIN org_unit b ON b.id = s.branch_id JOIN customer c ON c.id = s.customer_id
    JOIN org_unit w ON w.id = c.branch_id WHERE s.id = $1";
const OF_CUSTOMER: &str = "
    SELECT c.owner_id, b.path, c.id AS customer_id FROM customer c JOIN org_unit b ON b.id = c.branch_id
    WHERE c.id = $1";
const OF_TASK: &str = "
    SELECT t.person_id AS owner_id, o.path FROM task t JOIN person p ON p.id = t.person_id
    JOIN org_unit o ON o.id = p.org_id WHERE t.id = $1";
const HELPERS: &str = "SELECT person_id FROM customer_helper WHERE customer_id = $1 ORDER BY person_id";

/// The number of the newest event.
pub async fn newest(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    tx.query_one(NEWEST, &[]).await?.int("id")
}

/// The numbers of all events from `first` to `last`, with both.
pub async fn numbers(tx: &mut Tx<'_>, first: i64, last: i64) -> Result<Vec<i64>, StoreError> {
    tx.query(NUMBERS, params![first, last]).await?.iter().map(|row| row.int("id")).collect()
}

/// What up to `limit` events after number `after` changed.
pub async fn after(tx: &mut Tx<'_>, after: i64, limit: u32) -> Result<News, StoreError> {
    let rows = tx.query(AFTER, params![after, limit]).await?;
    gathered(tx, &rows).await
}

/// What those among the `missing` numbers (rising) changed that are there by now: on PostgreSQL a number is taken
/// before its event becomes visible, and a later one may be visible first.
pub async fn late(tx: &mut Tx<'_>, missing: &[i64]) -> Result<News, StoreError> {
    let (Some(first), Some(last)) = (missing.first(), missing.last()) else { return Ok(News::default()) };
    let mut rows = Vec::new();
    for id in numbers(tx, *first, *last).await? {
        if missing.binary_search(&id).is_ok() {
            rows.extend(tx.query_opt(ONE, params![id]).await?);
        }
    }
    gathered(tx, &rows).await
}

async fn gathered(tx: &mut Tx<'_>, rows: &[Row]) -> Result<News, StoreError> {
    let mut numbers = Vec::with_capacity(rows.len());
    let mut of_records = BTreeMap::new();
    for row in rows {
        let (id, entity, entity_id) = (row.int("id")?, row.text("entity")?, row.int("entity_id")?);
        numbers.push(id);
        if Watched::from_key(&entity).is_none() && !HEARD_TOO.contains(&entity.as_str()) {
            continue;
        }
        let facts: serde_json::Value = serde_json::from_str(&row.text("facts")?).unwrap_or_default();
        let (kind, mut to) = (row.text("kind")?, named_in(&facts));
        match of_records.entry((entity.clone(), entity_id)) {
            Entry::Vacant(free) => {
                free.insert(Change { id, kind, entity, entity_id, to, whose: None });
            }
            Entry::Occupied(mut known) => {
                let known: &mut Change = known.get_mut();
                to.retain(|person| !known.to.contains(person));
                known.to.append(&mut to);
                (known.id, known.kind) = (id, kind);
            }
        }
    }
    let mut changes: Vec<Change> = of_records.into_values().collect();
    changes.sort_by_key(|change| change.id);
    let asks = changes.iter().filter_map(|change| {
        let kind = Watched::from_key(&change.entity)?;
        Some(Ask::of(sql_of(kind), params![change.entity_id]))
    });
    tx.ahead(asks.collect()).await?;
    let mut helpers = BTreeMap::new();
    for change in &mut changes {
        let Some(kind) = Watched::from_key(&change.entity) else { continue };
        change.whose = whose(tx, (kind, change.entity_id), &mut helpers).await?;
    }
    Ok(News { changes, numbers })
}

fn named_in(facts: &serde_json::Value) -> Vec<PersonId> {
    let of = |value: &serde_json::Value| match value {
        serde_json::Value::Array(ids) => ids.iter().filter_map(serde_json::Value::as_i64).collect(),
        serde_json::Value::Number(id) => id.as_i64().into_iter().collect(),
        _ => Vec::new(),
    };
    let ids: Vec<i64> = ["to", "from"].iter().filter_map(|name| facts.get(name)).flat_map(of).collect();
    ids.into_iter().map(PersonId).collect()
}

fn sql_of(kind: Watched) -> &'static str {
    match kind {
        Watched::Quote => OF_QUOTE,
        Watched::Order => OF_ORDER,
        Watched::Customer => OF_CUSTOMER,
        Watched::Task => OF_TASK,
    }
}

/// Whose the record is; those who help with a customer are asked for once, and kept in `known`.
async fn whose(
    tx: &mut Tx<'_>,
    (kind, id): (Watched, i64),
    known: &mut BTreeMap<i64, Vec<PersonId>>,
) -> Result<Option<Whose>, StoreError> {
    let Some(row) = tx.query_opt(sql_of(kind), params![id]).await? else { return Ok(None) };
    let helpers = match kind {
        Watched::Task => Vec::new(),
        Watched::Quote | Watched::Order | Watched::Customer => {
            helpers(tx, row.int("customer_id")?, known).await?
        }
    };
    let customer = match kind {
        Watched::Quote | Watched::Order => {
            Some((PersonId(row.int("customer_owner")?), row.text("customer_path")?))
        }
        Watched::Customer | Watched::Task => None,
    };
    Ok(Some(Whose { owner: PersonId(row.int("owner_id")?), path: row.text("path")?, customer, helpers }))
}

async fn helpers(
    tx: &mut Tx<'_>,
    customer: i64,
    known: &mut BTreeMap<i64, Vec<PersonId>>,
) -> Result<Vec<PersonId>, StoreError> {
    if let Some(helpers) = known.get(&customer) {
        return Ok(helpers.clone());
    }
    let rows = tx.query(HELPERS, params![customer]).await?;
    let found = rows.iter().map(|row: &Row| Ok(PersonId(row.int("person_id")?)));
    let found: Vec<PersonId> = found.collect::<Result<_, StoreError>>()?;
    known.insert(customer, found.clone());
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{StoreOptions, open_sqlite};

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_asked_twice_a_second_reads_only_what_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let store = open_sqlite(folder.path(), StoreOptions::default()).await.unwrap();
        let plan = store.read(|tx| {
            Box::pin(async move {
                let rows = tx.query(&format!("EXPLAIN QUERY PLAN {AFTER}"), params![1_i64, 500_u32]).await?;
                rows.iter().map(|row| row.text("detail")).collect::<Result<Vec<String>, StoreError>>()
            })
        });
        let plan: Result<Vec<String>, StoreError> = plan.await;
        let plan = plan.unwrap().join("; ");
        assert!(plan.contains("INTEGER PRIMARY KEY (rowid>?)"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
