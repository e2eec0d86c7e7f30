//! The only place where SQL differs between the engines.

use std::collections::HashSet;

use super::value::Value;

/// `SELECT 1` with a shared lock on the row named by `$1`, so that it cannot change until this transaction ends.
pub(super) fn lock_sql(table: &str, key: &str, shared: bool) -> String {
    let strength = if shared { "SHARE" } else { "UPDATE" };
    format!("SELECT 1 AS locked FROM {table} WHERE {key} = $1 FOR {strength}")
}

/// Behind a subquery that takes rows to work on: what another transaction holds is left to it. SQLite's writer is alone.
pub(super) fn skip_locked(postgres: bool) -> &'static str {
    if postgres { "FOR UPDATE SKIP LOCKED" } else { "" }
}

/// Shared locks on the rows whose ids stand in `$1` with commas between, taken by id.
pub(super) fn lock_all_sql(table: &str) -> String {
    format!(
        "SELECT 1 AS locked FROM {table} WHERE id = ANY (CAST(string_to_array($1, ',') AS BIGINT[])) ORDER BY id FOR SHARE"
    )
}

/// These ids as `lock_all_sql` takes them.
pub(super) fn ids(ids: &[i64]) -> Value {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    Value::Text(ids.join(","))
}

/// The statement over rows that are not locked, with locks on those that it answers with.
pub(super) fn free_sql(select: &str) -> String {
    format!("{select} FOR UPDATE SKIP LOCKED")
}

/// How a transaction begins whose commit does not wait for the disk.
pub(super) const BEGIN_UNSYNCED: &str =
    "START TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off";

/// What has the transaction of the very statement in which it stands end as one that began with `BEGIN_UNSYNCED`.
const UNSYNCED: &str = "FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unsynced";

/// An `INSERT … VALUES (…)` of one row in its three parts: up to `VALUES`, what stands in the brackets, what follows.
/// `None` for every other statement, and for a row that computes or whose texts hold a bracket, a comma or `$`, which
/// cannot be told from those around them.
fn parts_of(insert: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = insert.split_once("VALUES (")?;
    let (row, after) = rest.split_once(')')?;
    let told_apart = is_whole(before) && is_whole(row) && row.split('\'').skip(1).step_by(2).all(is_harmless);
    let plain = before.trim_start().starts_with("INSERT INTO") && !row.contains('(') && told_apart;
    plain.then_some((before, row, after))
}

/// Whether every text that begins in the piece ends in it.
fn is_whole(piece: &str) -> bool {
    piece.matches('\'').count() % 2 == 0
}

/// Whether the text has nothing that means something outside of texts.
fn is_harmless(text: &str) -> bool {
    !text.contains(['(', ')', '$', ','])
}

/// The change as a transaction of its own whose commit does not wait for the disk; `None` where it is neither a plain
/// `INSERT … VALUES (…)` nor a plain `UPDATE … WHERE …`.
pub(super) fn alone_unsynced_sql(change: &str) -> Option<String> {
    let change = change.trim_start();
    if change.starts_with("INSERT INTO") {
        let (before, row, after) = parts_of(change)?;
        return Some(format!("{before}SELECT {row} {UNSYNCED}{after}"));
    }
    let (before, after) = change.split_once("WHERE ")?;
    let plain =
        before.starts_with("UPDATE") && !before.contains("FROM") && !before.contains('(') && is_whole(before);
    plain.then(|| format!("{before}{UNSYNCED} WHERE {after}"))
}

/// The change, refused in the words of `NO_ROW` when it touches none.
pub(super) fn touches_one_sql(change: &str) -> String {
    // Words are no number; with the count behind them they are not looked at before it is known.
    let refusal = format!("CAST('{NO_ROW} ' || COUNT(*) AS BIGINT)");
    let held = format!("CASE WHEN COUNT(*) > 0 THEN COUNT(*) ELSE {refusal} END");
    format!("WITH touched AS ({change} RETURNING 1) SELECT {held} AS held FROM touched")
}

/// What stands in the refusal of a change that touches no row, in the answer and in the log of PostgreSQL.
pub(super) const NO_ROW: &str = "huxi: somebody else was first, taken back; rows:";

/// The `INSERT … VALUES (…)` of one row as one of so many `rows`, of which each brings so many `width` parameters; `None`
/// for every other statement, and for a row that computes. One statement changes no row twice, so that of rows that may
/// meet one another (not `apart`) it changes none that is there.
pub(super) fn rows_sql(insert: &str, width: usize, rows: usize, apart: bool) -> Option<String> {
    let (before, row, after) = parts_of(insert)?;
    let meets = !apart && after.contains("DO UPDATE");
    if meets || before.contains('$') || after.contains('$') {
        return None;
    }
    let all: Vec<String> = (0..rows).map(|nth| format!("({})", shifted(row, nth * width))).collect();
    Some(format!("{before}VALUES {}{after}", all.join(", ")))
}

/// Whether two of the sets put their rows under one key, the one that `ON CONFLICT` names: one statement cannot put both.
pub(super) fn meet(insert: &str, sets: &[Vec<Value>]) -> bool {
    let Some(key) = key_of(insert) else { return false };
    let mut met = HashSet::with_capacity(sets.len());
    sets.iter().any(|set| {
        let own: Vec<&Value> = key.iter().filter_map(|place| set.get(*place)).collect();
        // What is nothing is never the same.
        own.iter().all(|value| **value != Value::Null) && !met.insert(own)
    })
}

/// Where among the parameters, counted from 0, the columns stand that `ON CONFLICT` names; a text or number that the
/// statement holds itself is the same in every row.
fn key_of(insert: &str) -> Option<Vec<usize>> {
    let (before, row, after) = parts_of(insert)?;
    let (_, columns) = before.split_once('(')?;
    let (columns, _) = columns.split_once(')')?;
    let (_, key) = after.split_once("ON CONFLICT (")?;
    let (key, _) = key.split_once(')')?;
    let values: Vec<&str> = row.split(',').map(str::trim).collect();
    let place = |column: &str| {
        let at = columns.split(',').position(|known| known.trim() == column.trim())?;
        values.get(at)?.strip_prefix('$')?.parse::<usize>().ok()?.checked_sub(1)
    };
    Some(key.split(',').filter_map(place).collect())
}

/// The text with each `$n` as `$` of `n + by`.
fn shifted(text: &str, by: usize) -> String {
    let mut parts = text.split('$');
    let mut shifted = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let end = part.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(end);
        let number = number.parse::<usize>().unwrap_or_default() + by;
        shifted += &format!("${number}{rest}");
    }
    shifted
}

/// Two `INSERT … RETURNING id` as one statement, the second with the id of the first where parameter `place` stands, its
/// last; answers with both ids.
pub(super) fn under_sql(above: &str, below: &str, place: usize) -> String {
    let below = below.replace(&format!("${place}"), "(SELECT id FROM above)");
    format!("WITH above AS ({above}) {below}, (SELECT id FROM above) AS above")
}

/// Until the transaction ends, a session that waits for its server longer than `$1` milliseconds is ended by PostgreSQL.
pub(super) const SILENT_AT_MOST: &str = "SELECT set_config('idle_in_transaction_session_timeout', $1, true)";

/// What stands before a statement to learn its plan, and the column in which the plan stands.
pub(super) fn explain(postgres: bool) -> (&'static str, &'static str) {
    if postgres { ("EXPLAIN", "QUERY PLAN") } else { ("EXPLAIN QUERY PLAN", "detail") }
}

/// The database server's clock in milliseconds.
pub(super) const POSTGRES_NOW: &str =
    "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT) AS now";

/// The same, and beside it the number that a `SELECT` answers with; null where it answers with none.
pub(super) fn now_beside_sql(number: &str) -> String {
    format!("{POSTGRES_NOW}, ({number}) AS beside")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_inserted_bring_their_parameters_one_behind_the_other() {
        let one = "INSERT INTO t (a, b, c) VALUES ($1, 'x', $12) ON CONFLICT (a) DO NOTHING";
        let two = "INSERT INTO t (a, b, c) VALUES ($1, 'x', $12), ($13, 'x', $24) ON CONFLICT (a) DO NOTHING";
        assert_eq!(rows_sql(one, 12, 2, false).as_deref(), Some(two));
        assert_eq!(rows_sql(one, 12, 1, false).as_deref(), Some(one));
        let put = "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET b = excluded.b";
        let both = "INSERT INTO t (a) VALUES ($1), ($2) ON CONFLICT (a) DO UPDATE SET b = excluded.b";
        assert_eq!(rows_sql(put, 1, 2, true).as_deref(), Some(both));
    }

    #[test]
    fn two_rows_under_one_key_meet() {
        let put = "
            INSERT INTO t (a, b, c, d) VALUES ($2, 'x', $1, $3)
            ON CONFLICT (a, b, c) DO UPDATE SET d = excluded.d";
        assert_eq!(key_of(put), Some(vec![1, 0]));
        let set = |c: i64, a: &str, d: i64| vec![Value::Int(c), Value::from(a), Value::Int(d)];
        assert!(meet(put, &[set(1, "a", 1), set(2, "a", 1), set(1, "a", 2)]));
        assert!(!meet(put, &[set(1, "a", 1), set(2, "a", 1), set(1, "b", 1)]));
        let null = || vec![Value::Int(1), Value::Null, Value::Int(1)];
        assert!(!meet(put, &[null(), null()]));
        assert!(!meet("UPDATE t SET a = $1", &[null(), null()]));
    }

    #[test]
    fn what_computes_or_changes_what_is_there_stays_one_statement_for_each_row() {
        let alone = [
            "UPDATE t SET a = $2 WHERE b = $1",
            "INSERT INTO t (a) SELECT b FROM u WHERE b = $1",
            "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = excluded.b",
            "INSERT INTO t (a, b) VALUES ($1, LENGTH($2))",
            "INSERT INTO t (a, b) VALUES ($1, '一)二') ON CONFLICT (a) DO NOTHING",
            "INSERT INTO t (a, b, c) VALUES ($1, '(一)', '二') ON CONFLICT (a) DO NOTHING",
            "INSERT INTO t (a, b) VALUES ($1, '要 $2 元')",
            "INSERT INTO t (a, b) SELECT 'VALUES ($1)', b FROM u",
            "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) WHERE c = $3 DO NOTHING",
        ];
        for sql in alone {
            assert_eq!(rows_sql(sql, 3, 2, false), None, "{sql}");
        }
    }

    #[test]
    fn a_change_alone_says_itself_that_its_commit_does_not_wait() {
        let told = alone_unsynced_sql;
        let insert = "
            INSERT INTO t (a, b) VALUES ($1, 'x') ON CONFLICT (a) DO NOTHING";
        let wanted = format!("INSERT INTO t (a, b) SELECT $1, 'x' {UNSYNCED} ON CONFLICT (a) DO NOTHING");
        assert_eq!(told(insert), Some(wanted));
        let wanted = format!("UPDATE t SET a = $2 {UNSYNCED} WHERE b = $1");
        assert_eq!(told("UPDATE t SET a = $2 WHERE b = $1"), Some(wanted));
        for other in [
            "DELETE FROM t WHERE a = $1",
            "UPDATE t SET a = (SELECT b FROM u WHERE c = $1) WHERE d = $2",
            "UPDATE t SET a = 'WHERE ' WHERE d = $2",
            "INSERT INTO t (a, b) VALUES ($1, '一)二')",
            "INSERT INTO t (a, b) VALUES ($1, '要 $2 元')",
        ] {
            assert_eq!(told(other), None, "{other}");
        }
    }

    #[test]
    fn a_change_that_touches_nothing_is_refused_in_words_of_its_own() {
        let sql = touches_one_sql("UPDATE t SET a = $2 WHERE b = $1");
        let wanted = "WITH touched AS (UPDATE t SET a = $2 WHERE b = $1 RETURNING 1) SELECT CASE WHEN COUNT(*) > 0 \
            THEN COUNT(*) ELSE CAST('huxi: somebody else was first, taken back; rows: ' || COUNT(*) AS BIGINT) END \
            AS held FROM touched";
        assert_eq!(sql, wanted);
    }

    #[test]
    fn a_row_under_another_takes_its_id_in_the_same_statement() {
        let above = "INSERT INTO t (a) VALUES (NULL) RETURNING id";
        let below = "INSERT INTO u (t_id, b) VALUES ($2, $1) RETURNING id";
        let both = "WITH above AS (INSERT INTO t (a) VALUES (NULL) RETURNING id) INSERT INTO u (t_id, b) \
            VALUES ((SELECT id FROM above), $1) RETURNING id, (SELECT id FROM above) AS above";
        assert_eq!(under_sql(above, below, 2), both);
    }
}
