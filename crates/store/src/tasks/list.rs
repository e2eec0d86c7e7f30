//! Lists of tasks: one's own, and those of the people under one's hand; what is due first stands on top. What somebody
//! has to do about one quotation is one thing, however many tasks ask for it: it stands where the first of them is due.

use std::collections::BTreeMap;

use domain::access::Scope;
use domain::base::{Fen, Instant, PersonId, TaskId};
use domain::tasks::{TaskProof, TaskStanding, TaskState};

use crate::automation::QUOTE;
use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::search::holds;
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
    /// What the record comes to; `None` where the reader does not see it.
    pub net: Option<Fen>,
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
    /// The record that it is about: its entity and id.
    pub fn about(&self) -> (&str, i64) {
        (&self.entity, self.entity_id)
    }

    /// Whose it is.
    pub fn standing(&self) -> TaskStanding<'_> {
        TaskStanding { holder: self.holder.0, holder_path: &self.holder_path }
    }
}

/// `$1` person, `$2` pattern of the reach over quotations; behind it comes which tasks.
const ROWS: &str = concat!(
    "SELECT t.id, t.rule_key, t.rule_name, t.entity, t.entity_id, t.person_id, p.name AS holder_name,
        o.path AS holder_path, t.text, t.proof, t.state, t.created_at, t.due_at, t.late_ms, t.unknown_year,
        t.settled_at, s.name AS settled_by_name, t.note, t.file, f.name AS file_name, t.version,
        CASE WHEN ",
    document_seen!("q", "$1", "$2"),
    " THEN k.number END AS number, CASE WHEN ",
    document_seen!("q", "$1", "$2"),
    " THEN c.name END AS customer, CASE WHEN ",
    document_seen!("q", "$1", "$2"),
    " THEN q.net END AS net
    FROM task t
    JOIN person p ON p.id = t.person_id JOIN org_unit o ON o.id = p.org_id
    LEFT JOIN person s ON s.id = t.settled_by
    LEFT JOIN file f ON f.hash = t.file
    LEFT JOIN quote q ON t.entity = 'quote' AND q.id = t.entity_id
    LEFT JOIN quote_chain k ON k.id = q.chain_id
    LEFT JOIN customer c ON c.id = q.customer_id
    LEFT JOIN org_unit b ON b.id = q.branch_id"
);
/// Of the open tasks of one person about one quotation the first that is due, which stands for all of them. Whatever is
/// about no quotation stands for itself. `+` keeps both engines on the index of records, of which each has few tasks.
macro_rules! first_of_quote {
    () => {
        "NOT EXISTS (
        SELECT 1 FROM task e
        WHERE t.entity = 'quote' AND e.entity = t.entity AND e.entity_id = t.entity_id AND e.state = 'open'
            AND +e.person_id = t.person_id
            AND (+e.due_at < t.due_at OR (+e.due_at = t.due_at AND +e.id < t.id)))"
    };
}

/// `$3`, `$4` the place after which it goes on, `$5` how many.
const OPEN: &str = concat!(
    " WHERE t.state = 'open' AND (t.due_at > $3 OR (t.due_at = $3 AND t.id > $4)) AND ",
    first_of_quote!()
);
const OPEN_ORDER: &str = " ORDER BY t.due_at, t.id LIMIT $5";
const SETTLED: &str = " WHERE t.state <> 'open' AND (t.settled_at < $3 OR (t.settled_at = $3 AND t.id < $4))";
const SETTLED_ORDER: &str = " ORDER BY t.settled_at DESC, t.id DESC LIMIT $5";
/// Whether any of several is overdue is said by the first of them.
const COUNT: &str = concat!(
    "SELECT COUNT(*) AS open,
        CAST(COALESCE(SUM(CASE WHEN t.due_at < $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue
    FROM task t WHERE t.person_id = $1 AND t.state = 'open' AND ",
    first_of_quote!()
);
const COUNT_TEAM: &str = concat!(
    "SELECT COUNT(*) AS open FROM task t JOIN person p ON p.id = t.person_id JOIN org_unit o ON o.id = p.org_id
    WHERE t.state = 'open' AND ",
    first_of_quote!()
);
/// `$3` and behind it the quotations.
const OF_QUOTES: &str = " WHERE t.state = 'open' AND t.entity = 'quote' AND t.entity_id IN ";

/// The rule of `store::sight`, asked of everybody at once. `$1` quotation, `$2` what name or account hold.
const WHO_SEE: &str = "
    SELECT p.id, p.name, o.name AS org_name
    FROM quote q JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id JOIN org_unit w ON w.id = c.branch_id
    JOIN person p ON p.active = 1 JOIN org_unit o ON o.id = p.org_id
    WHERE q.id = $1 AND p.search LIKE $2 ESCAPE '\\' AND EXISTS (
        SELECT 1 FROM person_role h JOIN role_right g ON g.role_id = h.role_id
        WHERE h.person_id = p.id AND g.right_key = 'quote.read' AND (
            g.reach = 'all' OR q.owner_id = p.id OR c.owner_id = p.id
            OR EXISTS (SELECT 1 FROM customer_helper x WHERE x.customer_id = c.id AND x.person_id = p.id)
            OR (g.reach = 'org' AND (b.path LIKE o.path || '%' OR w.path LIKE o.path || '%'))))";
const EVERYBODY: &str = "
    SELECT p.id, p.name, o.name AS org_name FROM person p JOIN org_unit o ON o.id = p.org_id
    WHERE p.active = 1 AND CAST($1 AS BIGINT) IS NOT NULL AND p.search LIKE $2 ESCAPE '\\'";

/// Up to `limit` tasks after the place `after` (moment and id): open ones by their moment, of several of one person about
/// one quotation the first (`with_others` gives the rest); settled ones one by one, newest first.
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
    let mut values = params![people.person, quotes.like(), at, id, limit].to_vec();
    let (of_state, order) = if filter.settled { (SETTLED, SETTLED_ORDER) } else { (OPEN, OPEN_ORDER) };
    let mut sql = format!("{ROWS}{of_state} AND {}", whose(people, filter.holder, &mut values));
    if let Some((entity, id)) = &filter.about {
        values.extend_from_slice(params![entity, *id]);
        sql.push_str(&format!(" AND t.entity = ${} AND t.entity_id = ${}", values.len() - 1, values.len()));
    }
    sql.push_str(order);
    tx.query(&sql, &values).await?.iter().map(row_of).collect()
}

/// Each of these open tasks, which `list` found, with the others of its holder about the same quotation behind it, by their
/// moment. Whoever sees one of them sees all.
pub async fn with_others(
    tx: &mut Tx<'_>,
    (people, quotes): (&Scope, &Scope),
    firsts: Vec<TaskRow>,
) -> Result<Vec<TaskRow>, StoreError> {
    let mut about: Vec<i64> =
        firsts.iter().filter(|row| row.entity == QUOTE).map(|row| row.entity_id).collect();
    about.sort_unstable();
    about.dedup();
    let mut others: BTreeMap<(i64, PersonId), Vec<TaskRow>> = BTreeMap::new();
    for ids in about.chunks(KEYS_AT_ONCE) {
        let sql = format!("{ROWS}{OF_QUOTES}({}) ORDER BY t.due_at, t.id", key_places(3));
        for row in tx.query(&sql, &with_keys(params![people.person, quotes.like()], ids)).await? {
            let row = row_of(&row)?;
            others.entry((row.entity_id, row.holder.0)).or_default().push(row);
        }
    }
    let mut all = Vec::with_capacity(firsts.len());
    for first in firsts {
        let key = (first.entity_id, first.holder.0);
        let beside = if first.entity == QUOTE { others.remove(&key) } else { None };
        let id = first.id;
        all.push(first);
        all.extend(beside.into_iter().flatten().filter(|row| row.id != id));
    }
    Ok(all)
}

/// The task, if it lies within the reach over people.
pub async fn task(
    tx: &mut Tx<'_>,
    (people, quotes): (&Scope, &Scope),
    id: TaskId,
) -> Result<Option<TaskRow>, StoreError> {
    let mut values = params![people.person, quotes.like(), id].to_vec();
    let sql = format!("{ROWS} WHERE t.id = $3 AND {}", whose(people, None, &mut values));
    tx.query_opt(&sql, &values).await?.as_ref().map(row_of).transpose()
}

/// Whose tasks are asked for: written as what it is, so that one's own and those of one person come from the index of their
/// holder. The values of what it names are put behind those that are there.
fn whose(people: &Scope, holder: Option<PersonId>, values: &mut Vec<Value>) -> String {
    let holder = holder.map_or_else(String::new, |holder| {
        values.push(holder.into());
        format!("t.person_id = ${} AND ", values.len())
    });
    if people.path.is_none() {
        return format!("{holder}t.person_id = $1");
    }
    values.push(people.like().into());
    format!("{holder}(t.person_id = $1 OR o.path LIKE ${})", values.len())
}

/// Somebody who may take a task: name, and the node that they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taker {
    pub id: PersonId,
    pub name: String,
    pub org: String,
}

/// Up to `limit` active people who may take tasks about this record, without the `holder`, by name: of a quotation those
/// who see it, of anything else everybody. `search` (lower case) is looked for in name, account and initials.
pub async fn takers(
    tx: &mut Tx<'_>,
    (entity, entity_id): (&str, i64),
    (search, holder): (&str, PersonId),
    limit: u32,
) -> Result<Vec<Taker>, StoreError> {
    let sql = format!("{} AND p.id <> $3 ORDER BY p.name, p.id LIMIT $4", takers_of(entity));
    let values = params![entity_id, holds(search), holder, limit];
    tx.query(&sql, values).await?.iter().map(taker_of).collect()
}

/// This person, if active and one who may take tasks about this record.
pub async fn taker(
    tx: &mut Tx<'_>,
    (entity, entity_id): (&str, i64),
    person: PersonId,
) -> Result<Option<Taker>, StoreError> {
    let sql = format!("{} AND p.id = $3", takers_of(entity));
    let values = params![entity_id, holds(""), person];
    tx.query_opt(&sql, values).await?.as_ref().map(taker_of).transpose()
}

fn takers_of(entity: &str) -> &'static str {
    if entity == QUOTE { WHO_SEE } else { EVERYBODY }
}

fn taker_of(row: &Row) -> Result<Taker, StoreError> {
    Ok(Taker { id: PersonId(row.int("id")?), name: row.text("name")?, org: row.text("org_name")? })
}

/// How many things a person has to do, and how many of them are overdue at `now`; those about one quotation are one.
pub async fn count_open(tx: &mut Tx<'_>, person: PersonId, now: Instant) -> Result<(i64, i64), StoreError> {
    let row = tx.query_one(COUNT, params![person, now]).await?;
    Ok((row.int("open")?, row.int("overdue")?))
}

/// How many things are to be done within the reach over people; those of one person about one quotation are one.
pub async fn count_team(tx: &mut Tx<'_>, people: &Scope) -> Result<i64, StoreError> {
    let mut values = params![people.person].to_vec();
    let whose = whose(people, None, &mut values);
    let sql = format!("{COUNT_TEAM} AND {whose}");
    tx.query_one(&sql, &values).await?.int("open")
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
        net: row.opt_int("net")?.map(Fen),
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
