//! One seed and one day make one company, row by row.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use demo::{Props, Size};
use domain::base::{Date, Instant};
use rusqlite::Connection;
use rusqlite::types::Value;
use store::{Clock, StoreOptions};

type Dump = BTreeMap<String, Vec<Vec<Value>>>;

async fn made_on(today: Date) -> Dump {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing_at(Instant(0));
    let options = StoreOptions { clock: clock.clone(), ..StoreOptions::default() };
    let store = store::open_sqlite(folder.path(), options).await.unwrap();
    demo::build(store, &clock, Size::Small, today, Props::default()).await.unwrap();
    dump(&Connection::open(folder.path().join("huxi.db")).unwrap())
}

/// Every row of every table, in the order of its first columns.
fn dump(database: &Connection) -> Dump {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let mut tables = database.prepare(tables).unwrap();
    let names = tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<Vec<String>, _>>().unwrap();
    let rows_of = |name: &String| {
        let mut rows = database.prepare(&format!("SELECT * FROM {name} ORDER BY 1, 2")).unwrap();
        let width = rows.column_count();
        let rows = rows.query_map([], |row| (0..width).map(|at| row.get(at)).collect()).unwrap();
        rows.collect::<Result<Vec<Vec<Value>>, _>>().unwrap()
    };
    names.iter().map(|name| (name.clone(), rows_of(name))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_day_makes_the_same_company_and_another_day_another_one() {
    let day = |day| Date::new(2026, 11, day).unwrap();
    let (first, again, later) = (made_on(day(20)).await, made_on(day(20)).await, made_on(day(21)).await);
    for (table, rows) in &first {
        assert!(again[table] == *rows, "{table} differs");
    }
    assert!(first["quote"].len() > 20 && first["sales_order"].len() > 5 && first["config_rev"].len() >= 3);
    assert!(later["quote"] != first["quote"]);
}
