//! Tasks: what somebody has to do, each written once by what made it.

mod list;

pub use list::{Taker, TaskFilter, TaskRow, count_open, count_team, list, taker, takers, task, with_others};

use std::collections::BTreeMap;

use domain::base::{Instant, PersonId, TaskId};
use domain::tasks::{TaskProof, TaskState};

use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::{StoreError, Tx, params};

/// A task to be made. The same `effect_key` twice is one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    pub effect_key: String,
    pub rule: String,
    pub rule_name: String,
    pub entity: &'static str,
    pub entity_id: i64,
    pub person: PersonId,
    /// It goes with the record to whoever owns it.
    pub for_owner: bool,
    pub text: String,
    pub proof: TaskProof,
    pub due: Instant,
    pub late_ms: i64,
    pub unknown_year: Option<i64>,
}

/// An open task of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTask {
    pub id: TaskId,
    pub rule: String,
    pub entity_id: i64,
    pub person: PersonId,
    pub for_owner: bool,
}

/// How a task is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub state: TaskState,
    pub by: Option<PersonId>,
    pub note: String,
    pub file: Option<String>,
}

const INSERT: &str = "
    INSERT INTO task (effect_key, rule_key, rule_name, entity, entity_id, person_id, for_owner, text, proof, state,
        created_at, due_at, late_ms, unknown_year, note, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $12, $13, '', 1)
    ON CONFLICT (effect_key) DO NOTHING";
const SETTLE: &str = "
    UPDATE task SET state = $3, settled_at = $4, settled_by = $5, note = $6, file = $7, version = version + 1
    WHERE id = $1 AND version = $2";
const OVER: &str = "
    UPDATE task SET state = 'over', settled_at = $2, version = version + 1 WHERE id = $1 AND state = 'open'";
const HAND_OVER: &str = "
    UPDATE task SET person_id = $3, for_owner = 0, version = version + 1 WHERE id = $1 AND version = $2";
const FOLLOW: &str = "
    UPDATE task SET person_id = $2, version = version + 1 WHERE id = $1 AND state = 'open' AND for_owner = 1";
const REOPEN: &str = "
    UPDATE task SET state = 'open', settled_at = NULL, settled_by = NULL, note = '', file = NULL,
        version = version + 1
    WHERE id = $1 AND version = $2";
const FILE_OF: &str = "SELECT file FROM task WHERE id = $1";

/// Makes tasks; those that are there already stay as they are.
pub async fn insert_many(tx: &mut Tx<'_>, now: Instant, tasks: &[NewTask]) -> Result<u64, StoreError> {
    let values = |task: &NewTask| {
        params![
            task.effect_key.clone(),
            task.rule.clone(),
            task.rule_name.clone(),
            task.entity,
            task.entity_id,
            task.person,
            task.for_owner,
            task.text.clone(),
            task.proof.key(),
            now,
            task.due,
            task.late_ms,
            task.unknown_year
        ]
        .to_vec()
    };
    let values: Vec<_> = tasks.iter().map(values).collect();
    if values.is_empty() { Ok(0) } else { tx.exec_many(INSERT, &values).await }
}

/// The open tasks of these records, by record.
pub async fn open_of(
    tx: &mut Tx<'_>,
    entity: &str,
    ids: &[i64],
) -> Result<BTreeMap<i64, Vec<OpenTask>>, StoreError> {
    let mut found: BTreeMap<i64, Vec<OpenTask>> = BTreeMap::new();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "SELECT id, rule_key, entity_id, person_id, for_owner FROM task
            WHERE entity = $1 AND entity_id IN ({}) AND state = 'open' ORDER BY id",
            key_places(2)
        );
        for row in tx.query(&sql, &with_keys(params![entity], ids)).await? {
            let open = OpenTask {
                id: TaskId(row.int("id")?),
                rule: row.text("rule_key")?,
                entity_id: row.int("entity_id")?,
                person: PersonId(row.int("person_id")?),
                for_owner: row.flag("for_owner")?,
            };
            found.entry(open.entity_id).or_default().push(open);
        }
    }
    Ok(found)
}

/// Settles a task that stands at `version`; `false` when it has moved.
pub async fn settle(
    tx: &mut Tx<'_>,
    now: Instant,
    (id, version): (TaskId, i64),
    how: &Settlement,
) -> Result<bool, StoreError> {
    let values = params![id, version, how.state.key(), now, how.by, how.note.clone(), how.file.clone()];
    Ok(tx.exec(SETTLE, values).await? == 1)
}

/// The matter settled itself.
pub async fn end(tx: &mut Tx<'_>, now: Instant, id: TaskId) -> Result<bool, StoreError> {
    Ok(tx.exec(OVER, params![id, now]).await? == 1)
}

/// Gives a task that stands at `version` to somebody else; `false` when it has moved.
pub async fn hand_over(
    tx: &mut Tx<'_>,
    (id, version): (TaskId, i64),
    to: PersonId,
) -> Result<bool, StoreError> {
    Ok(tx.exec(HAND_OVER, params![id, version, to]).await? == 1)
}

/// An open task goes with its record to the new owner.
pub async fn follow_owner(tx: &mut Tx<'_>, id: TaskId, owner: PersonId) -> Result<bool, StoreError> {
    Ok(tx.exec(FOLLOW, params![id, owner]).await? == 1)
}

/// Opens a settled task that stands at `version` again; `false` when it has moved.
pub async fn reopen(tx: &mut Tx<'_>, (id, version): (TaskId, i64)) -> Result<bool, StoreError> {
    Ok(tx.exec(REOPEN, params![id, version]).await? == 1)
}

/// The hash of the photo or paper that shows that a task is done.
pub async fn file_of(tx: &mut Tx<'_>, id: TaskId) -> Result<Option<String>, StoreError> {
    let row = tx.query_opt(FILE_OF, params![id]).await?;
    row.map_or(Ok(None), |row| row.opt_text("file"))
}
