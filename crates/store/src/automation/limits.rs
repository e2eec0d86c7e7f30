//! Rules that are paused because they ran too often, how often they ran, and how much somebody was told.

use std::collections::BTreeMap;

use domain::access::{Reach, Right};
use domain::base::{Instant, ItemId, PersonId};

use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::{Row, StoreError, Tx, params};

/// How a rule stands towards its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleStanding {
    /// `None` while it runs.
    pub paused_at: Option<Instant>,
    /// How often it had run within an hour when it was paused.
    pub fires: i64,
    /// What was due until then was let go on by a person, and does not count.
    pub counts_from: Instant,
}

/// A rule that was never paused.
const UNTOUCHED: RuleStanding = RuleStanding { paused_at: None, fires: 0, counts_from: Instant(0) };

const STANDING: &str = "SELECT paused_at, fires, counts_from FROM rule_standing WHERE rule_key = $1";
const LOCK: &str = "
    INSERT INTO rule_standing (rule_key, paused_at, fires, counts_from) VALUES ($1, NULL, 0, 0)
    ON CONFLICT (rule_key) DO UPDATE SET rule_key = excluded.rule_key
    RETURNING paused_at, fires, counts_from";
const PAUSED: &str = "
    SELECT rule_key, paused_at, fires, counts_from FROM rule_standing WHERE paused_at IS NOT NULL ORDER BY rule_key";
const PAUSE: &str = "
    INSERT INTO rule_standing (rule_key, paused_at, fires, counts_from) VALUES ($1, $2, $3, 0)
    ON CONFLICT (rule_key) DO UPDATE SET paused_at = excluded.paused_at, fires = excluded.fires";
const END_PAUSE: &str = "UPDATE rule_standing SET paused_at = NULL WHERE rule_key = $1";
const RESUME: &str = "UPDATE rule_standing SET paused_at = NULL, counts_from = $2 WHERE rule_key = $1";
const FIRES: &str = "
    SELECT COUNT(*) AS n FROM timer WHERE rule_key = $1 AND state = 'fired' AND settled_at > $2 AND due_at > $3";
/// Marked as held, and not yet: each lies in an index of its own.
const HELD: &str = "
    SELECT (SELECT COUNT(*) FROM timer WHERE state = 'armed' AND held = 1 AND rule_key = $1 AND due_at <= $2)
        + (SELECT COUNT(*) FROM timer WHERE state = 'armed' AND held = 0 AND rule_key = $1 AND due_at <= $2) AS n";
const DROP_HELD: &str = "
    UPDATE timer SET state = 'late', settled_at = $2, late_ms = $2 - due_at, owner = '', lease_until = 0
    WHERE state = 'armed' AND due_at <= $2 AND id IN (
        SELECT id FROM timer WHERE state = 'armed' AND held = 1 AND rule_key = $1 AND due_at <= $2
        UNION ALL
        SELECT id FROM timer WHERE state = 'armed' AND held = 0 AND rule_key = $1 AND due_at <= $2)";
const KEEPERS: &str = "
    SELECT p.id FROM person p WHERE p.active = 1 AND (
        EXISTS (SELECT 1 FROM config_rev v WHERE v.item_id = $1 AND v.n = $2 AND v.author = p.id)
        OR EXISTS (
            SELECT 1 FROM person_role h JOIN role_right g ON g.role_id = h.role_id
            WHERE h.person_id = p.id AND g.right_key = $3 AND g.reach = $4))
    ORDER BY p.id";

/// How a rule stands, as far as this transaction sees.
pub async fn standing(tx: &mut Tx<'_>, rule: &str) -> Result<RuleStanding, StoreError> {
    let row = tx.query_opt(STANDING, params![rule]).await?;
    row.as_ref().map_or(Ok(UNTOUCHED), standing_of)
}

/// The same, kept as it is until the transaction ends: whoever counts the runs of the rule takes turns.
pub async fn lock_standing(tx: &mut Tx<'_>, rule: &str) -> Result<RuleStanding, StoreError> {
    tx.next_lock("rule_standing")?;
    let rows = tx.query(LOCK, params![rule]).await?;
    rows.first().map_or(Ok(UNTOUCHED), standing_of)
}

/// All rules that are paused, by key.
pub async fn paused_rules(tx: &mut Tx<'_>) -> Result<Vec<(String, RuleStanding)>, StoreError> {
    let rows = tx.query(PAUSED, &[]).await?;
    rows.iter().map(|row| Ok((row.text("rule_key")?, standing_of(row)?))).collect()
}

/// Pauses a rule that ran `fires` times within an hour: its timers stay armed, and nobody takes them.
pub async fn pause(tx: &mut Tx<'_>, now: Instant, rule: &str, fires: i64) -> Result<(), StoreError> {
    tx.exec(PAUSE, params![rule, now, fires]).await?;
    Ok(())
}

/// Ends the pause of a rule that is not in force any more: nobody can let it go on, and what waits of it is to be cancelled.
pub async fn end_pause(tx: &mut Tx<'_>, rule: &str) -> Result<(), StoreError> {
    lock_standing(tx, rule).await?;
    tx.exec(END_PAUSE, params![rule]).await?;
    Ok(())
}

/// Lets a rule go on: what was due until `now` runs without being counted. The marks of its timers follow at the next look.
pub async fn resume(tx: &mut Tx<'_>, now: Instant, rule: &str) -> Result<(), StoreError> {
    tx.exec(RESUME, params![rule, now]).await?;
    Ok(())
}

/// How many timers of a rule fired after `since`, of those that were due after `counts_from`.
pub async fn fires_since(
    tx: &mut Tx<'_>,
    rule: &str,
    since: Instant,
    counts_from: Instant,
) -> Result<i64, StoreError> {
    tx.query_one(FIRES, params![rule, since, counts_from]).await?.int("n")
}

/// How many timers of a rule are due at `now`, and have not run.
pub async fn held(tx: &mut Tx<'_>, now: Instant, rule: &str) -> Result<i64, StoreError> {
    tx.query_one(HELD, params![rule, now]).await?.int("n")
}

/// Settles the timers of a rule that are due at `now` as too late, and says how many: they never run.
pub async fn drop_held(tx: &mut Tx<'_>, now: Instant, rule: &str) -> Result<i64, StoreError> {
    let count = tx.exec(DROP_HELD, params![rule, now]).await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Who is told of a rule that is paused: everybody active who publishes for the whole company, and the author of revision
/// `n` of the rules.
pub async fn keepers_of_rules(
    tx: &mut Tx<'_>,
    (item, n): (ItemId, i64),
) -> Result<Vec<PersonId>, StoreError> {
    let values = params![item, n, Right::ConfigPublish.key(), Reach::All.key()];
    tx.query(KEEPERS, values).await?.iter().map(|row| Ok(PersonId(row.int("id")?))).collect()
}

/// How many messages of rules these people were told since a moment; nobody is counted beyond `most`.
pub async fn told_since(
    tx: &mut Tx<'_>,
    people: &[PersonId],
    since: Instant,
    most: i64,
) -> Result<BTreeMap<PersonId, i64>, StoreError> {
    let mut found = BTreeMap::new();
    for people in people.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "SELECT p.id, (SELECT COUNT(*) FROM (
                SELECT n.id FROM notice n
                WHERE n.person_id = p.id AND n.created_at >= $1 AND n.kind IN ('task', 'notice') LIMIT $2) t) AS told
            FROM person p WHERE p.id IN ({}) ORDER BY p.id",
            key_places(3)
        );
        for row in tx.query(&sql, &with_keys(params![since, most], people)).await? {
            found.insert(PersonId(row.int("id")?), row.int("told")?);
        }
    }
    Ok(found)
}

fn standing_of(row: &Row) -> Result<RuleStanding, StoreError> {
    Ok(RuleStanding {
        paused_at: row.opt_int("paused_at")?.map(Instant),
        fires: row.int("fires")?,
        counts_from: Instant(row.int("counts_from")?),
    })
}
