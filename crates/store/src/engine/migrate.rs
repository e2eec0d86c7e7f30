//! Migrations at start: each once, in order, in one transaction; a newer database is refused.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::error::StoreError;
use super::tx::Tx;

/// Number, name and both texts of one migration.
struct Migration {
    n: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($n:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            n: $n,
            name: $name,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

const MIGRATIONS: &[Migration] = migrations![
    1 "0001_first_quotation",
    2 "0002_handing_over",
    3 "0003_import_memory",
    4 "0004_after_sending",
    5 "0005_terms",
    6 "0006_price_lists",
    7 "0007_guide",
    8 "0008_quote_sets",
    9 "0009_product_pictures",
    10 "0010_ask",
    11 "0011_clock",
    12 "0012_operation",
    13 "0013_webhooks",
    14 "0014_org_names",
    15 "0015_config_stamp",
    16 "0016_indexes",
    17 "0017_limits",
    18 "0018_product_search",
    19 "0019_quote_list",
    20 "0020_order_page",
    21 "0021_held_timers",
    22 "0022_quote_customer",
    23 "0023_shipped_rights",
    24 "0024_lessons_of_places",
    25 "0025_released_revisions",
    26 "0026_laid_aside"
];

/// Where it is noted which migrations a database has.
pub(crate) const TABLE: &str = "schema_version";
const VERSION_TABLE: &str =
    "CREATE TABLE IF NOT EXISTS schema_version (n BIGINT PRIMARY KEY, name TEXT NOT NULL)";
const NEWEST: &str = "SELECT COALESCE(MAX(n), 0) AS n FROM schema_version";
const NOTE: &str = "INSERT INTO schema_version (n, name) VALUES ($1, $2)";
/// Any fixed number: servers that start together take turns on it.
const POSTGRES_TURN: &str = "SELECT pg_advisory_xact_lock(7010)";

pub(super) fn sqlite(path: &Path) -> Result<(), StoreError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch("PRAGMA journal_mode = WAL")?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    transaction.execute_batch(VERSION_TABLE)?;
    let found: i64 = transaction.query_row(NEWEST, [], |row| row.get(0))?;
    for migration in pending(found)? {
        transaction.execute_batch(migration.sqlite)?;
        transaction.execute(NOTE, rusqlite::params![migration.n, migration.name])?;
    }
    transaction.commit()?;
    Ok(())
}

pub(super) async fn postgres(pool: &deadpool_postgres::Pool) -> Result<(), StoreError> {
    let mut client = pool.get().await?;
    let transaction = client.transaction().await?;
    within(&transaction, i64::MAX).await?;
    transaction.commit().await?;
    Ok(())
}

/// Brings the tables up to migration `newest`, inside a transaction of somebody else's.
pub(crate) async fn within(
    transaction: &tokio_postgres::Transaction<'_>,
    newest: i64,
) -> Result<(), StoreError> {
    take_turn(transaction).await?;
    transaction.batch_execute(VERSION_TABLE).await?;
    let found = applied(transaction).await?;
    for migration in pending(found)?.take_while(|migration| migration.n <= newest) {
        transaction.batch_execute(migration.postgres).await?;
        transaction.execute(NOTE, &[&migration.n, &migration.name]).await?;
    }
    Ok(())
}

/// Waits until no other program makes tables in this PostgreSQL, and keeps others from it until the transaction ends.
pub(crate) async fn take_turn(transaction: &tokio_postgres::Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.batch_execute(POSTGRES_TURN).await?)
}

/// The newest migration of a PostgreSQL that has any.
pub(crate) async fn applied(transaction: &tokio_postgres::Transaction<'_>) -> Result<i64, StoreError> {
    Ok(transaction.query_one(NEWEST, &[]).await?.try_get(0)?)
}

/// The newest migration of a database of either engine.
pub(super) async fn found(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    tx.query_one(NEWEST, &[]).await?.int("n")
}

/// The newest migration that this program knows.
pub(crate) fn known() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.n)
}

fn pending(found: i64) -> Result<impl Iterator<Item = &'static Migration>, StoreError> {
    let known = known();
    if found > known {
        return Err(StoreError::NewerDatabase { found, known });
    }
    Ok(MIGRATIONS.iter().filter(move |migration| migration.n > found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_beside_the_list_is_in_it_and_the_numbers_count_on() {
        let numbered: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.n).collect();
        assert_eq!(numbered, (1..).take(MIGRATIONS.len()).collect::<Vec<_>>());
        let listed: Vec<String> =
            MIGRATIONS.iter().map(|migration| format!("{}.sql", migration.name)).collect();
        for engine in ["sqlite", "postgres"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
            let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
            let mut files: Vec<String> = files.map(|name| name.into_string().unwrap()).collect();
            files.sort();
            assert_eq!(files, listed, "{engine}");
        }
    }
}
