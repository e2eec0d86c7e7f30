//! Lists of tasks: one's own, and those of the people under one's hand; what is due first stands on top.

use domain::access::Scope;
use domain::base::{Instant, PersonId, TaskId};
use domain::tasks::{TaskProof, TaskStanding, TaskState};

use crate::sight::document_seen;
use crate::{Row, StoreError, Tx, Value, params};

/// What is asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// What is settled, newest first, instead of what is open.
    pub settled: bool,
    /// Only the tasks of this person.
    pub holder: Option<PersonId>,
    /// Only the tasks of this record: its entity and id.
    pub about: Option<(String, i64)>,
}

/// One task, as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    pub id: TaskId,
    pub rule: String,
    pub rule_name: String,
    pub entity: String,
    pub entity_id: i64,
    /// Number and customer of the record; `None` where the reader does not see it.
    pub number: Option<String>,
    pub customer: Option<String>,
    pub holder: (PersonId, String),
    pub holder_path: String,
    pub text: String,
    pub proof: TaskProof,
    pub state: TaskState,
    pub created_at: Instant,
    pub due_at: Instant,
    pub late_ms: i64,
    pub unknown_year: Option<i64>,
    pub settled_at: Option<Instant>,
    pub settled_by: Option<String>,
    pub note: String,
    pub file: Option<(String, String)>,
    pub version: i64,
}

impl TaskRow {
    /// Whose it is.
    pub fn standing(&self) -> TaskStanding<'_> {
        TaskStanding { holder: self.holder.0, holder_path: &self.holder_path }
    }
}

/// `$1` person, `$2` pattern of the reach over people, `$3` pattern of the reach over quotations.
macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.rule_key, t.rule_name, t.entity, t.entity_id, t.person_id, p.name AS holder_name,
                o.path AS holder_path, t.text, t.proof, t.state, t.created_at, t.due_at, t.late_ms, t.unknown_year,
                t.settled_at, s.name AS settled_by_name, t.note, t.file, f.name AS file_name, t.version,
                CASE WHEN ",
            document_seen!("q", "$1", "$3"),
            " THEN k.number END AS number, CASE WHEN ",
            document_seen!("q", "$1", "$3"),
            " THEN c.name END AS customer
            FROM task t
            JOIN person p ON p.id = t.person_id JOIN org_unit o ON o.id = p.org_id
            LEFT JOIN person s ON s.id = t.settled_by
            LEFT JOIN file f ON f.hash = t.file
            LEFT JOIN quote q ON t.entity = 'quote' AND q.id = t.entity_id
            LEFT JOIN quote_chain k ON k.id = q.chain_id
            LEFT JOIN customer c ON c.id = q.customer_id
            LEFT JOIN org_unit b ON b.id = q.branch_id
            WHERE (t.person_id = $1 OR o.path LIKE $2)",
            $rest
        )
    };
}

const OPEN: &str = rows!(
    " AND t.state = 'open'
        AND (CAST($4 AS BIGINT) IS NULL OR t.person_id = $4)
        AND (CAST($5 AS TEXT) IS NULL OR (t.entity = $5 AND t.entity_id = $6))
        AND (t.due_at > $7 OR (t.due_at = $7 AND t.id > $8))
    ORDER BY t.due_at, t.id LIMIT $9"
);
const SETTLED: &str = rows!(
    " AND t.state <> 'open'
        AND (CAST($4 AS BIGINT) IS NULL OR t.person_id = $4)
        AND (CAST($5 AS TEXT) IS NULL OR (t.entity = $5 AND t.entity_id = $6))
        AND (t.settled_at < $7 OR (t.settled_at = $7 AND t.id < $8))
    ORDER BY t.settled_at DESC, t.id DESC LIMIT $9"
);
const ONE: &str = rows!(" AND t.id = $4");
const COUNT: &str = "
    SELECT COUNT(*) AS open, CAST(COALESCE(SUM(CASE WHEN due_at < $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue
    FROM task WHERE person_id = $1 AND state = 'open'";

/// The rule of `store::sight`, asked of everybody at once.
const WHO_SEE: &str = "
    SELECT p.id, p.name, o.name AS org_name
    FROM quote q JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id JOIN org_unit w ON w.id = c.branch_id
    JOIN person p ON p.active = 1 JOIN org_unit o ON o.id = p.org_id
    WHERE q.id = $1 AND EXISTS (
        SELECT 1 FROM person_role h JOIN role_right g ON g.role_id = h.role_id
        WHERE h.person_id = p.id AND g.right_key = 'quote.read' AND (
            g.reach = 'all' OR q.owner_id = p.id OR c.owner_id = p.id
            OR EXISTS (SELECT 1 FROM customer_helper x WHERE x.customer_id = c.id AND x.person_id = p.id)
            OR (g.reach = 'org' AND (b.path LIKE o.path || '%' OR w.path LIKE o.path || '%'))))
    ORDER BY p.name, p.id LIMIT 200";
const EVERYBODY: &str = "
    SELECT p.id, p.name, o.name AS org_name FROM person p JOIN org_unit o ON o.id = p.org_id
    WHERE p.active = 1 ORDER BY p.name, p.id LIMIT 200";

/// Up to `limit` tasks after the place `after` (moment and id): open ones by their moment, settled ones newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    (people, quotes): (&Scope, &Scope),
    filter: &TaskFilter,
    after: Option<(Instant, TaskId)>,
    limit: u32,
) -> Result<Vec<TaskRow>, StoreError> {
    let first =
        if filter.settled { (Instant(i64::MAX), TaskId(i64::MAX)) } else { (Instant(i64::MIN), TaskId(0)) };
    let (at, id) = after.unwrap_or(first);
    let about = filter.about.clone().unzip();
    let mut values = scoped(people, quotes);
    values.extend_from_slice(params![filter.holder, about.0, about.1, at, id, limit]);
    let sql = if filter.settled { SETTLED } else { OPEN };
    tx.query(sql, &values).await?.iter().map(row_of).collect()
}

/// The task, if it lies within the reach over people.
pub async fn task(
    tx: &mut Tx<'_>,
    (people, quotes): (&Scope, &Scope),
    id: TaskId,
) -> Result<Option<TaskRow>, StoreError> {
    let mut values = scoped(people, quotes);
    values.extend_from_slice(params![id]);
    tx.query_opt(ONE, &values).await?.as_ref().map(row_of).transpose()
}

/// Up to 200 active people who see this quotation, by name, with the node that they belong to.
pub async fn who_see_quote(
    tx: &mut Tx<'_>,
    quote: i64,
) -> Result<Vec<(PersonId, String, String)>, StoreError> {
    tx.query(WHO_SEE, params![quote]).await?.iter().map(person_of).collect()
}

/// Up to 200 active people, by name, with the node that they belong to.
pub async fn everybody(tx: &mut Tx<'_>) -> Result<Vec<(PersonId, String, String)>, StoreError> {
    tx.query(EVERYBODY, &[]).await?.iter().map(person_of).collect()
}

fn person_of(row: &Row) -> Result<(PersonId, String, String), StoreError> {
    Ok((PersonId(row.int("id")?), row.text("name")?, row.text("org_name")?))
}

/// How many tasks a person has, and how many of them are overdue at `now`.
pub async fn count_open(tx: &mut Tx<'_>, person: PersonId, now: Instant) -> Result<(i64, i64), StoreError> {
    let row = tx.query_one(COUNT, params![person, now]).await?;
    Ok((row.int("open")?, row.int("overdue")?))
}

fn scoped(people: &Scope, quotes: &Scope) -> Vec<Value> {
    params![people.person, people.like(), quotes.like()].to_vec()
}

fn row_of(row: &Row) -> Result<TaskRow, StoreError> {
    let unknown = |what: &str| StoreError::Decode(format!("no {what} is called so"));
    let file = row.opt_text("file")?;
    Ok(TaskRow {
        id: TaskId(row.int("id")?),
        rule: row.text("rule_key")?,
        rule_name: row.text("rule_name")?,
        entity: row.text("entity")?,
        entity_id: row.int("entity_id")?,
        number: row.opt_text("number")?,
        customer: row.opt_text("customer")?,
        holder: (PersonId(row.int("person_id")?), row.text("holder_name")?),
        holder_path: row.text("holder_path")?,
        text: row.text("text")?,
        proof: TaskProof::from_key(&row.text("proof")?).ok_or_else(|| unknown("proof"))?,
        state: TaskState::from_key(&row.text("state")?).ok_or_else(|| unknown("state"))?,
        created_at: Instant(row.int("created_at")?),
        due_at: Instant(row.int("due_at")?),
        late_ms: row.int("late_ms")?,
        unknown_year: row.opt_int("unknown_year")?,
        settled_at: row.opt_int("settled_at")?.map(Instant),
        settled_by: row.opt_text("settled_by_name")?,
        note: row.text("note")?,
        file: file.zip(row.opt_text("file_name")?),
        version: row.int("version")?,
    })
}
