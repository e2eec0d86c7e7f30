//! What rules see of the world: records with their state, progress and days, what happened, and who has which role.

mod aside;
mod comparison;
mod limits;

pub use aside::{Aside, aside, take_up_again};
pub use comparison::{Comparison, LEASE_MS, begin_comparison, comparison, end_comparison, hold_comparison};
pub use limits::{
    RuleStanding, drop_held, end_pause, fires_since, held, keepers_of_rules, lock_standing, pause,
    paused_rules, resume, standing, told_since,
};

use std::collections::BTreeMap;

use domain::automation::{DateName, Subject, WatchedState};
use domain::base::{CustomerId, Date, Instant, PersonId, parse_date};

use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::quotes::opt_day;
use crate::{Row, StoreError, Tx, params};

/// How the log and the timers call a quotation.
pub const QUOTE: &str = "quote";

/// A quotation as rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteSubject {
    pub subject: Subject,
    pub chain: i64,
    pub owner: PersonId,
    /// Path of the branch that it belongs to.
    pub path: String,
}

/// Something that happened and that the clock has not looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlooked {
    pub id: i64,
    pub at: Instant,
    pub kind: String,
    pub entity: String,
    pub entity_id: i64,
    pub facts: serde_json::Value,
}

/// Somebody who has a role, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolePerson {
    pub person: PersonId,
    pub role: String,
    pub path: String,
}

/// What is progress of a quotation is said by `Subject::PROGRESS`.
macro_rules! subjects {
    ($where:literal) => {
        concat!(
            "SELECT q.id, q.chain_id, q.owner_id, q.state, q.issued_at, q.valid_until, b.path, k.follow_day,
                (SELECT MAX(e.at) FROM event e WHERE e.entity = 'quote' AND e.entity_id = q.id AND e.kind IN
                    ('quote.issued', 'quote.opened_by_customer', 'quote.code_handed_over', 'quote.accepted')) AS progress
            FROM quote q JOIN quote_chain k ON k.id = q.chain_id JOIN org_unit b ON b.id = q.branch_id
            ",
            $where
        )
    };
}

const SUBJECTS_OF_DAY: &str =
    subjects!("WHERE q.state = 'issued' AND q.valid_until = $1 AND q.id > $2 ORDER BY q.id LIMIT $3");
const SUBJECTS_AFTER_DAY: &str =
    subjects!("WHERE q.state = 'issued' AND q.valid_until > $1 ORDER BY q.valid_until, q.id LIMIT $2");
/// What moves with its customer and has something to do; `NOT IN` keeps SQLite on the index of customers.
const HAS_TASKS: &str = "
    q.state NOT IN ('signed', 'cancelled', 'superseded') AND EXISTS (
        SELECT 1 FROM task t WHERE t.entity = 'quote' AND t.entity_id = q.id AND t.state = 'open')";
const UNLOOKED_IDS: &str = "SELECT id FROM event WHERE looked = 0 ORDER BY id LIMIT $1";
/// A clock that has never run has nothing to do with what happened long ago.
const SKIP_HISTORY: &str = "
    UPDATE event SET looked = 1
    WHERE looked = 0 AND at < $1 AND NOT EXISTS (SELECT 1 FROM timer) AND NOT EXISTS (SELECT 1 FROM task)";

/// The quotations of these ids as rules see them on `today`; what does not exist is left out.
pub async fn subjects(
    tx: &mut Tx<'_>,
    ids: &[i64],
    today: Date,
) -> Result<BTreeMap<i64, QuoteSubject>, StoreError> {
    let mut found = BTreeMap::new();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let sql = format!("{} WHERE q.id IN ({}) ORDER BY q.id", subjects!(""), key_places(1));
        for row in tx.query(&sql, &with_keys(&[], ids)).await? {
            let subject = subject_of(&row, today)?;
            found.insert(subject.subject.id, subject);
        }
    }
    Ok(found)
}

/// Up to `limit` quotations that rules wait for on `today`, by last valid day and id, behind the place `(day, id)`: from
/// `(today, 0)` on, page by page, those are all. The rest of a day and the days behind it are asked for apart, so that each
/// question starts where it goes on.
pub async fn subjects_after(
    tx: &mut Tx<'_>,
    (day, id): (Date, i64),
    today: Date,
    limit: u32,
) -> Result<Vec<QuoteSubject>, StoreError> {
    let mut rows = tx.query(SUBJECTS_OF_DAY, params![day, id, limit]).await?;
    let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    if left > 0 {
        rows.extend(tx.query(SUBJECTS_AFTER_DAY, params![day, left]).await?);
    }
    rows.iter().map(|row| subject_of(row, today)).collect()
}

/// The quotations of these customers that belong to whom their customer belongs to and about which there are open tasks,
/// by id: however many others there are, none of them is looked at.
pub async fn subjects_with_tasks(
    tx: &mut Tx<'_>,
    customers: &[CustomerId],
    today: Date,
) -> Result<BTreeMap<i64, QuoteSubject>, StoreError> {
    let mut found = BTreeMap::new();
    for customers in customers.chunks(KEYS_AT_ONCE) {
        let places = key_places(1);
        let sql =
            format!("{} WHERE q.customer_id IN ({places}) AND {HAS_TASKS} ORDER BY q.id", subjects!(""));
        for row in tx.query(&sql, &with_keys(&[], customers)).await? {
            let subject = subject_of(&row, today)?;
            found.insert(subject.subject.id, subject);
        }
    }
    Ok(found)
}

/// Takes up to `limit` events that nobody has looked at, oldest first; what another server holds is left to it.
pub async fn unlooked(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Unlooked>, StoreError> {
    let sql = format!(
        "SELECT id, at, kind, entity, entity_id, facts FROM event WHERE looked = 0 ORDER BY id LIMIT $1 {}",
        tx.skip_locked()
    );
    tx.query(&sql, params![limit]).await?.iter().map(unlooked_of).collect()
}

/// The numbers of up to `limit` events that nobody has looked at, oldest first, whoever holds them.
pub async fn unlooked_ids(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<i64>, StoreError> {
    tx.query(UNLOOKED_IDS, params![limit]).await?.iter().map(|row| row.int("id")).collect()
}

/// Takes that event unless somebody has looked at it, or holds it.
pub async fn unlooked_one(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Unlooked>, StoreError> {
    let sql = format!(
        "SELECT id, at, kind, entity, entity_id, facts FROM event WHERE looked = 0 AND id = $1 {}",
        tx.skip_locked()
    );
    tx.query(&sql, params![id]).await?.iter().map(unlooked_of).collect()
}

/// An event that cannot be looked at is set aside: it stays in the log, and starts nothing until a person has it looked at
/// again.
pub async fn set_aside(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.exec("UPDATE event SET looked = 2 WHERE id = $1 AND looked = 0", params![id]).await?;
    Ok(())
}

/// These events have been looked at.
pub async fn mark_looked(tx: &mut Tx<'_>, events: &[Unlooked]) -> Result<(), StoreError> {
    let ids: Vec<i64> = events.iter().map(|event| event.id).collect();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let sql = format!("UPDATE event SET looked = 1 WHERE id IN ({})", key_places(1));
        tx.exec_soon(&sql, &with_keys(&[], ids)).await?;
    }
    Ok(())
}

/// Where the clock runs for the first time, what happened before `moment` counts as looked at: it starts nothing any
/// more, and what its records demand is found by comparing them.
pub async fn skip_history(tx: &mut Tx<'_>, moment: Instant) -> Result<u64, StoreError> {
    tx.exec(SKIP_HISTORY, params![moment]).await
}

/// Everybody active who has one of these roles, by id.
pub async fn people_of_roles(tx: &mut Tx<'_>, roles: &[String]) -> Result<Vec<RolePerson>, StoreError> {
    let mut found = Vec::new();
    for roles in roles.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "SELECT p.id, r.role_key, o.path FROM person p
            JOIN person_role h ON h.person_id = p.id JOIN role r ON r.id = h.role_id
            JOIN org_unit o ON o.id = p.org_id
            WHERE p.active = 1 AND r.role_key IN ({}) ORDER BY p.id",
            key_places(1)
        );
        for row in tx.query(&sql, &with_keys(&[], roles)).await? {
            found.push(RolePerson {
                person: PersonId(row.int("id")?),
                role: row.text("role_key")?,
                path: row.text("path")?,
            });
        }
    }
    Ok(found)
}

/// Which of these people are active.
pub async fn active_people(tx: &mut Tx<'_>, people: &[PersonId]) -> Result<Vec<PersonId>, StoreError> {
    let mut found = Vec::new();
    for people in people.chunks(KEYS_AT_ONCE) {
        let sql = format!("SELECT id FROM person WHERE active = 1 AND id IN ({}) ORDER BY id", key_places(1));
        for row in tx.query(&sql, &with_keys(&[], people)).await? {
            found.push(PersonId(row.int("id")?));
        }
    }
    Ok(found)
}

/// Keeps a day to ask again for those of these numbers of which nobody kept one, and says which they are.
pub async fn set_follow_days(
    tx: &mut Tx<'_>,
    chains: &[i64],
    day: Date,
    note: &str,
) -> Result<Vec<i64>, StoreError> {
    let sql = format!(
        "UPDATE quote_chain SET follow_day = $1, follow_note = $2
        WHERE follow_day IS NULL AND id IN ({}) RETURNING id",
        key_places(3)
    );
    let mut set = Vec::new();
    for chains in chains.chunks(KEYS_AT_ONCE) {
        for row in tx.query(&sql, &with_keys(params![day, note], chains)).await? {
            set.push(row.int("id")?);
        }
    }
    Ok(set)
}

fn subject_of(row: &Row, today: Date) -> Result<QuoteSubject, StoreError> {
    let valid_until = opt_day(row, "valid_until")?;
    let since = row.opt_int("issued_at")?.unwrap_or(0);
    let waits = row.text("state")? == "issued" && valid_until.is_some_and(|last| last >= today);
    let progress = row.opt_int("progress")?.unwrap_or(since).max(since);
    let follow = row.opt_text("follow_day")?.as_deref().and_then(parse_date);
    let days = [(DateName::ValidUntil, valid_until), (DateName::FollowDay, follow)];
    Ok(QuoteSubject {
        subject: Subject {
            id: row.int("id")?,
            state: waits.then_some(WatchedState::Issued),
            since: Instant(since),
            progress: Instant(progress),
            dates: days.into_iter().filter_map(|(name, day)| Some((name, day?))).collect(),
        },
        chain: row.int("chain_id")?,
        owner: PersonId(row.int("owner_id")?),
        path: row.text("path")?,
    })
}

fn unlooked_of(row: &Row) -> Result<Unlooked, StoreError> {
    let facts = serde_json::from_str(&row.text("facts")?);
    Ok(Unlooked {
        id: row.int("id")?,
        at: Instant(row.int("at")?),
        kind: row.text("kind")?,
        entity: row.text("entity")?,
        entity_id: row.int("entity_id")?,
        facts: facts.map_err(|error| StoreError::Decode(error.to_string()))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_counts_as_progress_what_the_rules_do() {
        for kind in Subject::PROGRESS {
            assert!(SUBJECTS_OF_DAY.contains(&format!("'{kind}'")), "{kind}");
        }
        assert_eq!(SUBJECTS_OF_DAY.matches("'quote.").count(), Subject::PROGRESS.len());
    }
}
