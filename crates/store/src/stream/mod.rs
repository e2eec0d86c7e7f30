//! What happened lately, and whose it is: from which every open screen is told what to look at again.

use domain::base::PersonId;

use crate::{Row, StoreError, Tx, params};

/// Something that happened, with all that decides who may hear of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Number of the event.
    pub id: i64,
    pub kind: String,
    pub entity: String,
    pub entity_id: i64,
    /// Persons whom the event names: those who got a task or a message.
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
/// `entity || ''` keeps both engines on the numbers: by the index of records SQLite would read and sort the whole log.
const AFTER: &str = "
    SELECT id, kind, entity, entity_id, facts FROM event
    WHERE id > $1 AND (entity || '') IN ('quote', 'order', 'customer', 'task', 'company') ORDER BY id LIMIT $2";
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

/// Up to `limit` changes after event `after`, but for those in `known`. On PostgreSQL numbers become visible out of
/// their order, so callers go back a little and say what they know.
pub async fn after(
    tx: &mut Tx<'_>,
    after: i64,
    known: &dyn KnownEvents,
    limit: u32,
) -> Result<Vec<Change>, StoreError> {
    let rows = tx.query(AFTER, params![after, limit]).await?;
    let mut changes = Vec::new();
    for row in &rows {
        let id = row.int("id")?;
        if known.has(id) {
            continue;
        }
        let (entity, entity_id) = (row.text("entity")?, row.int("entity_id")?);
        let whose = whose(tx, &entity, entity_id).await?;
        let facts: serde_json::Value = serde_json::from_str(&row.text("facts")?).unwrap_or_default();
        changes.push(Change { id, kind: row.text("kind")?, entity, entity_id, to: named_in(&facts), whose });
    }
    Ok(changes)
}

/// Which events a caller has seen.
pub trait KnownEvents: Sync {
    fn has(&self, id: i64) -> bool;
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

async fn whose(tx: &mut Tx<'_>, entity: &str, id: i64) -> Result<Option<Whose>, StoreError> {
    let sql = match entity {
        "quote" => OF_QUOTE,
        "order" => OF_ORDER,
        "customer" => OF_CUSTOMER,
        "task" => OF_TASK,
        _ => return Ok(None),
    };
    let Some(row) = tx.query_opt(sql, params![id]).await? else { return Ok(None) };
    let has_customer = entity != "task";
    let helpers = if has_customer { helpers(tx, row.int("customer_id")?).await? } else { Vec::new() };
    let customer = match entity {
        "quote" | "order" => Some((PersonId(row.int("customer_owner")?), row.text("customer_path")?)),
        _ => None,
    };
    Ok(Some(Whose { owner: PersonId(row.int("owner_id")?), path: row.text("path")?, customer, helpers }))
}

async fn helpers(tx: &mut Tx<'_>, customer: i64) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.query(HELPERS, params![customer]).await?;
    rows.iter().map(|row: &Row| Ok(PersonId(row.int("person_id")?))).collect()
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
