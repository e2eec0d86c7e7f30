//! What a database must say of itself after any story: nothing half done, no number lost, every event written.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;
use store::{Store, StoreError, StoreOptions};

use crate::Place;

const NUMBERS_TAKEN: &str = "
    SELECT CAST(COALESCE(SUM(last), 0) AS BIGINT) AS n FROM number_series
    WHERE series NOT IN ('catalog', 'customer') AND series NOT LIKE 'release%'";
const NUMBERS_GIVEN: &str = "
    SELECT (SELECT COUNT(DISTINCT number) FROM quote_chain WHERE number IS NOT NULL)
        + (SELECT COUNT(DISTINCT number) FROM sales_order) AS n";
const ISSUED: &str = "
    SELECT COUNT(*) AS n FROM quote JOIN quote_frozen ON quote_id = id WHERE issued_at IS NOT NULL";
const ISSUED_EVENTS: &str = "SELECT COUNT(*) AS n FROM event WHERE kind = 'quote.issued'";
const HALF_ISSUED: &str = "
    SELECT COUNT(*) AS n FROM quote q WHERE (q.issued_at IS NULL) <> (q.hash IS NULL)
        OR (q.issued_at IS NULL) <> NOT EXISTS (SELECT 1 FROM quote_frozen f WHERE f.quote_id = q.id)";
const ORDERS: &str = "
    SELECT COUNT(*) AS n FROM sales_order o JOIN quote q ON q.id = o.quote_id WHERE q.state = 'signed' AND q.net = o.net";
const ORDER_EVENTS: &str = "SELECT COUNT(*) AS n FROM event WHERE kind = 'order.made'";
const SIGNED: &str = "SELECT COUNT(*) AS n FROM quote WHERE state = 'signed'";
const NONE: &str = "SELECT 0 AS n";
/// Counts that must be equal, and what is wrong when they are not.
const AGREE: &[(&str, &str, &str)] = &[
    (NUMBERS_TAKEN, NUMBERS_GIVEN, "a number was taken that stands on no document"),
    (ISSUED, ISSUED_EVENTS, "issued quotations and their events differ"),
    (HALF_ISSUED, NONE, "a quotation is half issued"),
    (ORDERS, ORDER_EVENTS, "orders and their events differ"),
    (ORDERS, SIGNED, "signed quotations and their orders differ"),
];
const TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";

/// Every row of every table, by name.
pub type Dump = BTreeMap<String, Vec<Vec<Value>>>;

/// What is wrong with the books of a database that nobody else writes.
pub async fn faults_in_books(place: &Place) -> Vec<&'static str> {
    let store = match place {
        Place::Folder(folder) => store::open_sqlite(folder, StoreOptions::default()).await.unwrap(),
        Place::Url(url) => store::open_postgres(url, StoreOptions::default()).await.unwrap(),
    };
    let mut faults = Vec::new();
    for (one, other, fault) in AGREE {
        if count(&store, one).await != count(&store, other).await {
            faults.push(*fault);
        }
    }
    faults
}

async fn count(store: &Store, sql: &'static str) -> i64 {
    let counted = store.read(|tx| Box::pin(async move { tx.query_one(sql, &[]).await?.int("n") }));
    let counted: Result<i64, StoreError> = counted.await;
    counted.unwrap()
}

/// All that the SQLite database in a folder holds, each table in the order of its first columns.
pub fn dump(folder: &Path) -> Dump {
    let database = Connection::open(folder.join("huxi.db")).unwrap();
    let mut tables = database.prepare(TABLES).unwrap();
    let names = tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<Vec<String>, _>>().unwrap();
    let rows_of = |name: &String| {
        let width = database.prepare(&format!("SELECT * FROM {name}")).unwrap().column_count();
        let order = if width > 1 { "1, 2" } else { "1" };
        let mut rows = database.prepare(&format!("SELECT * FROM {name} ORDER BY {order}")).unwrap();
        let rows = rows.query_map([], |row| (0..width).map(|at| row.get(at)).collect()).unwrap();
        rows.collect::<Result<Vec<Vec<Value>>, _>>().unwrap()
    };
    names.iter().map(|name| (name.clone(), rows_of(name))).collect()
}

const TAX_MOVES: &str = "UPDATE product SET tax_rate = 900, version = version + 1 WHERE id = $1";

/// Another tax rate for a product, as if somebody had just saved it.
pub async fn tax_moves(store: &Store, product: i64) {
    let moved =
        store.change(move |tx| Box::pin(async move { tx.exec(TAX_MOVES, store::params![product]).await }));
    let moved: Result<u64, StoreError> = moved.await;
    assert_eq!(moved.unwrap(), 1);
}

const EVENTS: &str = "SELECT COUNT(*) AS n FROM event WHERE kind = $1";

/// How many events of this kind were written.
pub async fn events_of(store: &Store, kind: &'static str) -> i64 {
    let counted = store
        .read(move |tx| Box::pin(async move { tx.query_one(EVENTS, store::params![kind]).await?.int("n") }));
    let counted: Result<i64, StoreError> = counted.await;
    counted.unwrap()
}

const LAST_EVENT: &str = "SELECT COALESCE(MAX(id), 0) AS n FROM event WHERE kind = $1";

/// The number of the newest event of this kind; 0 where there is none.
pub async fn last_event(store: &Store, kind: &'static str) -> i64 {
    let found = store.read(move |tx| {
        Box::pin(async move { tx.query_one(LAST_EVENT, store::params![kind]).await?.int("n") })
    });
    let found: Result<i64, StoreError> = found.await;
    found.unwrap()
}

const SQLITE_RELEASED: &str = include_str!("../../store/migrations/sqlite/0025_released_revisions.sql");
const POSTGRES_RELEASED: &str = include_str!("../../store/migrations/postgres/0025_released_revisions.sql");

/// Forgets what releases let pass, as it was before that was kept, and has the migration find it.
pub async fn released_before(store: &Store) {
    const FORGET: &str = "UPDATE quote_revision SET released_until = NULL";
    let text = if store.folder().is_some() { SQLITE_RELEASED } else { POSTGRES_RELEASED };
    let (_, update) = text.split_once("UPDATE ").unwrap();
    let update = format!("UPDATE {}", update.trim().trim_end_matches(';'));
    let done = store.change(move |tx| {
        let update = update.clone();
        Box::pin(async move {
            tx.exec(FORGET, &[]).await?;
            tx.exec(&update, &[]).await?;
            Ok::<_, StoreError>(())
        })
    });
    done.await.unwrap();
}
