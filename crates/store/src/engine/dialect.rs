//! The only place where SQL differs between the engines.

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

/// The change, refused with `NO_ROW` when it touches none.
pub(super) fn touches_one_sql(change: &str) -> String {
    format!("WITH touched AS ({change} RETURNING 1) SELECT 1 / COUNT(*) AS held FROM touched")
}

/// How PostgreSQL refuses to divide by zero, as `StoreError::Sql` tells it.
pub(super) const NO_ROW: &str = "22012 ";

/// Until the transaction ends, a session that waits for its server longer than `$1` milliseconds is ended by PostgreSQL.
pub(super) const SILENT_AT_MOST: &str = "SELECT set_config('idle_in_transaction_session_timeout', $1, true)";

/// What stands before a statement to learn its plan, and the column in which the plan stands.
pub(super) fn explain(postgres: bool) -> (&'static str, &'static str) {
    if postgres { ("EXPLAIN", "QUERY PLAN") } else { ("EXPLAIN QUERY PLAN", "detail") }
}

/// The database server's clock in milliseconds.
pub(super) const POSTGRES_NOW: &str =
    "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT) AS now";
