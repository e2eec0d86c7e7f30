//! Every row of a database as text that reads the same on either engine.

use std::collections::BTreeMap;

use store::{Row, Store, StoreError, params};

/// By table its rows in order, each with every value in hexadecimal digits behind the name of its column.
pub type Lines = BTreeMap<String, Vec<String>>;

const LITE_TABLES: &str = "
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name";
const PG_TABLES: &str = "
    SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1";
const LITE_COLUMNS: &str = "SELECT name, '' AS kind FROM pragma_table_info($1) ORDER BY name";
const PG_COLUMNS: &str = "
    SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS kind FROM information_schema.columns
    WHERE table_schema = current_schema() AND CAST(table_name AS TEXT) = $1 ORDER BY 1";

/// The names of all tables, and of their columns in order.
pub async fn columns_of_all(store: &Store) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for table in tables(store).await {
        let mut names: Vec<String> = columns(store, &table).await.into_iter().map(|(name, _)| name).collect();
        names.sort();
        all.insert(table, names);
    }
    all
}

/// Every row of every table but the content of files, which lies in one of the tables on PostgreSQL only.
pub async fn lines_of_all(store: &Store) -> Lines {
    let mut all = Lines::new();
    for table in tables(store).await.into_iter().filter(|table| table != "file_part") {
        let mut columns = columns(store, &table).await;
        columns.sort();
        let told: Vec<String> = columns.iter().map(|(name, kind)| told(store, name, kind)).collect();
        let sql = format!("SELECT {} AS line FROM \"{table}\"", told.join(" || "));
        let mut lines: Vec<String> =
            asked(store, sql, None).await.iter().map(|row| row.text("line").unwrap()).collect();
        lines.sort();
        all.insert(table, lines);
    }
    all
}

/// The tables that lie at a place, whatever program made them.
pub async fn tables_at(url: &str) -> Vec<String> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    let rows = client.query(PG_TABLES, &[]).await.unwrap();
    let names = rows.iter().map(|row| row.get(0)).collect();
    drop(client);
    driver.await.unwrap().unwrap();
    names
}

/// What a column holds, as text.
fn told(store: &Store, name: &str, kind: &str) -> String {
    let digits = match (is_lite(store), kind) {
        (true, _) => format!("hex(\"{name}\")"),
        (false, "bytea") => format!("upper(encode(\"{name}\", 'hex'))"),
        (false, _) => format!("upper(encode(convert_to(CAST(\"{name}\" AS TEXT), 'UTF8'), 'hex'))"),
    };
    // SQLite tells nothing and an empty text by the same digits.
    format!("' {name}=' || CASE WHEN \"{name}\" IS NULL THEN 'null' ELSE {digits} END")
}

fn is_lite(store: &Store) -> bool {
    store.folder().is_some()
}

async fn tables(store: &Store) -> Vec<String> {
    let sql = if is_lite(store) { LITE_TABLES } else { PG_TABLES };
    asked(store, sql.to_string(), None).await.iter().map(|row| row.text("name").unwrap()).collect()
}

async fn columns(store: &Store, table: &str) -> Vec<(String, String)> {
    let sql = if is_lite(store) { LITE_COLUMNS } else { PG_COLUMNS };
    let rows = asked(store, sql.to_string(), Some(table.to_string())).await;
    rows.iter().map(|row| (row.text("name").unwrap(), row.text("kind").unwrap())).collect()
}

async fn asked(store: &Store, sql: String, about: Option<String>) -> Vec<Row> {
    let rows = store.read(|tx| {
        Box::pin(async move {
            match about {
                Some(about) => tx.query(&sql, params![about]).await,
                None => tx.query(&sql, &[]).await,
            }
        })
    });
    let rows: Result<Vec<Row>, StoreError> = rows.await;
    rows.unwrap()
}
