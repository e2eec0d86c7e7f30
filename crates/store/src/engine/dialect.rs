//! The only place where SQL differs between the engines.

/// `SELECT 1` with a shared lock on the row named by `$1`, so that it cannot change until this transaction ends.
pub(super) fn lock_sql(table: &str, key: &str, shared: bool) -> String {
    let strength = if shared { "SHARE" } else { "UPDATE" };
    format!("SELECT 1 AS locked FROM {table} WHERE {key} = $1 FOR {strength}")
}

/// Behind a subquery that takes rows to work on: what another transaction holds is left to it. SQLite's writer is alone.
pub(super) fn skip_locked(postgres: bool) -> &'static str {
    if postgres { "FOR UPDATE SKIP LOCKED" } else { "" }
}

/// The database server's clock in milliseconds.
pub(super) const POSTGRES_NOW: &str =
    "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT) AS now";
