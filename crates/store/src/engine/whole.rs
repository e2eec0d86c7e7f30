//! What concerns a whole PostgreSQL at once: a connection of one's own, all its tables, and where they count on.

use tokio_postgres::{Client, NoTls, Transaction};

use super::error::StoreError;
use super::migrate::TABLE as VERSION_TABLE;

const TABLES: &str = "
    SELECT CAST(tablename AS TEXT) AS name FROM pg_tables
    WHERE schemaname = current_schema() ORDER BY tablename";
/// Tables whose `id` counts on by itself.
const COUNTED: &str = "
    SELECT CAST(table_name AS TEXT) AS name FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES' ORDER BY table_name";
const COUNT_ON: &str = "
    SELECT setval(CAST(pg_get_serial_sequence($1, 'id') AS regclass), GREATEST(CAST($2 AS BIGINT), 1),
        CAST($2 AS BIGINT) > 0)";

/// A connection of its own, which ends with the client.
pub(crate) async fn connected(url: &str) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(async move {
        // A connection that breaks is told to whoever waits for an answer.
        drop(connection.await);
    });
    Ok(client)
}

/// The names of all tables, ours or not.
pub(crate) async fn tables(change: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    names(change, TABLES).await
}

/// The names of the tables whose `id` counts on by itself.
pub(crate) async fn counted(change: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    names(change, COUNTED).await
}

/// Takes away what migrations have put into these tables; which migrations there were stays noted.
pub(crate) async fn empty(change: &Transaction<'_>, tables: &[String]) -> Result<(), StoreError> {
    let emptied = tables.iter().filter(|table| *table != VERSION_TABLE);
    let emptied: Vec<String> = emptied.map(|table| format!("\"{table}\"")).collect();
    Ok(change.batch_execute(&format!("TRUNCATE {}", emptied.join(", "))).await?)
}

/// Lets the `id` of a table count on behind `last`.
pub(crate) async fn count_on(change: &Transaction<'_>, table: &str, last: i64) -> Result<(), StoreError> {
    change.execute(COUNT_ON, &[&table, &last]).await?;
    Ok(())
}

async fn names(change: &Transaction<'_>, sql: &str) -> Result<Vec<String>, StoreError> {
    let rows = change.query(sql, &[]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}
