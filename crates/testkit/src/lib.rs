//! Throw-away databases for tests: each test runs on a fresh SQLite file and on a fresh PostgreSQL database.
#![allow(clippy::unwrap_used, clippy::panic)]

mod books;
mod files;
pub mod found;
mod photo;
mod rows;
mod wire;

pub use books::{Dump, dump, events_of, faults_in_books, last_event, released_before, tax_moves};
pub use files::every_file_is_named;
pub use photo::{photo, photo_claiming, photo_noted};
pub use rows::{Lines, columns_of_all, lines_of_all, tables_at};
pub use wire::{Wire, through_a_wire, wired};

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use domain::base::Instant;
pub use store::Place;
use store::{Clock, Store, StoreOptions};

/// 2026-11-24 09:00 in the company's time zone: the day on which every test begins.
pub const TEST_DAY: Instant = Instant(1_795_482_000_000);

/// What a test waits for comes sooner than this on any machine that is only slow.
const PATIENCE: Duration = Duration::from_secs(180);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Waits until it holds; what never comes fails the test and is named.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = std::time::Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "waited in vain: {what}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// `until` for a thread of its own.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = std::time::Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Keeps a command where it is until `free`: SQLite's writer, which waits for nothing that is not its own, is kept busy.
pub async fn keep_until(lite: bool, free: &AtomicBool) {
    while !free.load(Ordering::SeqCst) {
        if lite {
            std::thread::sleep(LOOK_EVERY);
        } else {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

/// A database of one test, its clock standing at `TEST_DAY` until the test moves it.
pub struct TestDb {
    /// "sqlite" or "postgres", for messages of assertions.
    pub engine: &'static str,
    pub store: Store,
    pub clock: Clock,
    /// How to open the same database a second time, as another server would.
    pub place: Place,
}

/// Runs `test` on SQLite, and on PostgreSQL where `HUXI_TEST_POSTGRES` names a server. Where it names none, the test fails
/// with `HUXI_TEST_POSTGRES_REQUIRED` set, as `./check` has it, and else says that PostgreSQL was left out.
pub async fn each_engine<F: AsyncFn(TestDb)>(name: &str, test: F) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing_at(TEST_DAY);
    let options = StoreOptions { clock: clock.clone(), connections: 4, ..StoreOptions::default() };
    let store = store::open_sqlite(folder.path(), options).await.unwrap();
    let place = Place::Folder(folder.path().to_path_buf());
    test(TestDb { engine: "sqlite", store, clock, place }).await;
    let required = std::env::var_os("HUXI_TEST_POSTGRES_REQUIRED").is_some();
    let Some(server) = server_of(name, std::env::var("HUXI_TEST_POSTGRES").ok(), required) else { return };
    let database = fresh_postgres(&server).await;
    let url = with_database(&server, &database);
    let clock = Clock::standing_at(TEST_DAY);
    let options = StoreOptions { clock: clock.clone(), connections: 8, ..StoreOptions::default() };
    let store = store::open_postgres(&url, options).await.unwrap();
    test(TestDb { engine: "postgres", store, clock, place: Place::Url(url) }).await;
    on_server(&server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
}

/// Runs `test` on SQLite beside a PostgreSQL that holds nothing yet and belongs to an ordinary account, as one that a company
/// makes for us does: where `HUXI_TEST_POSTGRES` names a server; where it names none, as `each_engine`.
pub async fn beside_postgres<F: AsyncFnOnce(TestDb, String)>(name: &str, test: F) {
    let required = std::env::var_os("HUXI_TEST_POSTGRES_REQUIRED").is_some();
    let Some(server) = server_of(name, std::env::var("HUXI_TEST_POSTGRES").ok(), required) else { return };
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing_at(TEST_DAY);
    let options = StoreOptions { clock: clock.clone(), connections: 4, ..StoreOptions::default() };
    let store = store::open_sqlite(folder.path(), options).await.unwrap();
    let place = Place::Folder(folder.path().to_path_buf());
    let database = fresh_postgres(&server).await;
    let owner = format!("{database}_owner");
    on_server(&server, &format!("DROP ROLE IF EXISTS {owner}")).await;
    on_server(&server, &format!("CREATE ROLE {owner} LOGIN PASSWORD '{owner}'")).await;
    on_server(&server, &format!("ALTER DATABASE {database} OWNER TO {owner}")).await;
    let url = as_account(&with_database(&server, &database), &owner);
    test(TestDb { engine: "sqlite", store, clock, place }, url).await;
    on_server(&server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
    on_server(&server, &format!("DROP ROLE IF EXISTS {owner}")).await;
}

/// The same database for an account whose password is its name.
fn as_account(url: &str, account: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    format!("{scheme}://{account}:{account}@{place}")
}

/// The server that is named, or that the test goes without one.
fn server_of(test: &str, named: Option<String>, required: bool) -> Option<String> {
    if named.is_none() {
        assert!(
            !required,
            "{test}: HUXI_TEST_POSTGRES names no server, and HUXI_TEST_POSTGRES_REQUIRED is set"
        );
        println!("{test}: PostgreSQL left out, HUXI_TEST_POSTGRES is not set");
    }
    named
}

/// Runs `test` with a place of the same engine that holds nothing yet.
pub async fn with_empty_place<F: AsyncFnOnce(Place)>(like: &Place, test: F) {
    match like {
        Place::Folder(_) => {
            let folder = tempfile::tempdir().unwrap();
            test(Place::Folder(folder.path().join("data"))).await;
        }
        Place::Url(_) => {
            let server = std::env::var("HUXI_TEST_POSTGRES").unwrap();
            let database = fresh_postgres(&server).await;
            test(Place::Url(with_database(&server, &database))).await;
            on_server(&server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
        }
    }
}

/// Changes what was frozen of some issued quotation, as a hand inside the database would.
pub async fn tamper(store: &Store) {
    let sql = "UPDATE quote_frozen SET document = replace(document, '\"revision\":1', '\"revision\":9')
        WHERE quote_id = (SELECT MIN(quote_id) FROM quote_frozen)";
    write_raw(store, sql, Vec::new()).await;
}

/// Puts other bytes in the place of a kept file, or takes them away, as a hand behind the program's back would.
pub async fn replace_file(db: &TestDb, hash: &str, other: Option<&[u8]>) {
    match (&db.place, other) {
        (Place::Folder(folder), Some(bytes)) => std::fs::write(place_of(folder, hash), bytes).unwrap(),
        (Place::Folder(folder), None) => std::fs::remove_file(place_of(folder, hash)).unwrap(),
        (Place::Url(_), Some(bytes)) => {
            let sql = "UPDATE file_part SET content = $2 WHERE hash = $1";
            write_raw(&db.store, sql, vec![hash.into(), bytes.to_vec().into()]).await;
        }
        (Place::Url(_), None) => {
            write_raw(&db.store, "DELETE FROM file_part WHERE hash = $1", vec![hash.into()]).await;
        }
    }
}

fn place_of(folder: &std::path::Path, hash: &str) -> std::path::PathBuf {
    folder.join("files").join(hash.get(..2).unwrap_or_default()).join(hash)
}

/// Takes a number that stands on no document.
pub async fn lose_a_number(store: &Store) {
    let sql = "UPDATE number_series SET last = last + 1
        WHERE series = (SELECT MIN(series) FROM number_series WHERE series LIKE '%-D')";
    write_raw(store, sql, Vec::new()).await;
}

/// Adds a fen to the list's figure of an order.
pub async fn add_a_fen(store: &Store) {
    let sql = "UPDATE sales_order SET net = net + 1 WHERE id = (SELECT MIN(id) FROM sales_order)";
    write_raw(store, sql, Vec::new()).await;
}

/// How many rows a table holds: for rows that must, or must not, be there.
pub async fn rows_in(store: &Store, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    let counted = store.read(|tx| Box::pin(async move { tx.query_one(&sql, &[]).await?.int("n") }));
    let counted: Result<i64, store::StoreError> = counted.await;
    counted.unwrap()
}

/// How many rows of a table hold `text` in a column.
pub async fn rows_where(store: &Store, table: &str, column: &str, text: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE {column} = $1");
    let text = text.to_string();
    let counted =
        store.read(|tx| Box::pin(async move { tx.query_one(&sql, store::params![text]).await?.int("n") }));
    let counted: Result<i64, store::StoreError> = counted.await;
    counted.unwrap()
}

const KEPT_LETTERS: &str =
    "SELECT CAST(COALESCE(SUM(LENGTH(answer)), 0) AS BIGINT) AS letters FROM idempotency";

/// How many letters of answers are kept for requests that may be sent again.
pub async fn kept_letters(store: &Store) -> i64 {
    let counted =
        store.read(|tx| Box::pin(async move { tx.query_one(KEPT_LETTERS, &[]).await?.int("letters") }));
    let counted: Result<i64, store::StoreError> = counted.await;
    counted.unwrap()
}

/// Where each line of a quotation lies in its table, by its id: a row that is written anew lies elsewhere.
pub async fn places_of_lines(db: &TestDb, quote: i64) -> BTreeMap<String, String> {
    let place = if db.engine == "postgres" { "ctid" } else { "rowid" };
    let sql = format!("SELECT line_key, CAST({place} AS TEXT) AS place FROM quote_line WHERE quote_id = $1");
    let read = db.store.read(|tx| {
        Box::pin(async move {
            let rows = tx.query(&sql, store::params![quote]).await?;
            rows.iter().map(|row| Ok((row.text("line_key")?, row.text("place")?))).collect()
        })
    });
    let read: Result<BTreeMap<String, String>, store::StoreError> = read.await;
    read.unwrap()
}

/// Takes all rows of a table away, as if nobody had written them.
pub async fn forget_rows(store: &Store, table: &str) {
    write_raw(store, &format!("DELETE FROM {table}"), Vec::new()).await;
}

const BREAK_EVENT: &str = "UPDATE event SET facts = '{', looked = 0 WHERE id = (SELECT MAX(id) FROM event)";

/// Makes the newest event one that no program can read, and that nobody has looked at.
pub async fn break_newest_event(store: &Store) {
    write_raw(store, BREAK_EVENT, Vec::new()).await;
}

/// Facts that are nobody's, so that any program reads them.
const MEND_EVENT: &str = "UPDATE event SET facts = '{}' WHERE facts = '{'";

/// Makes the event one that can be read again, as another version of the program might read it.
pub async fn mend_newest_event(store: &Store) {
    write_raw(store, MEND_EVENT, Vec::new()).await;
}

/// A row so large that it finds no place on a full disk.
const LARGE_ROW: &str = "CREATE TABLE IF NOT EXISTS large_row (content BLOB)";
const FILL_FOR: &str = "
    CREATE TRIGGER disk_full BEFORE INSERT ON {table}
    BEGIN INSERT INTO large_row (content) VALUES (zeroblob(16777216)); END";
/// Pages that are still free: much more than a few small rows need, and much less than the large one.
const PAGES_FREE: i64 = 1_024;
const REFUSE_FOR: &str = "
    CREATE OR REPLACE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$";
const REFUSE: &str = "
    CREATE TRIGGER disk_full BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION disk_full()";

/// From now on the disk is too full for another row of that table, while small changes still find their place: on SQLite for
/// real, on PostgreSQL as it would say it.
pub async fn fill_disk_for(db: &TestDb, table: &str) {
    let (lite, named) = (db.engine == "sqlite", |sql: &str| sql.replace("{table}", table));
    let (fill, refuse) = (named(FILL_FOR), named(REFUSE));
    let filled = db.store.change(move |tx| {
        let (fill, refuse) = (fill.clone(), refuse.clone());
        Box::pin(async move {
            if !lite {
                tx.exec(REFUSE_FOR, &[]).await?;
                tx.exec(&refuse, &[]).await?;
                return Ok(());
            }
            tx.exec(LARGE_ROW, &[]).await?;
            tx.exec(&fill, &[]).await?;
            let pages = tx.query_one("PRAGMA page_count", &[]).await?.int("page_count")?;
            tx.query(&format!("PRAGMA max_page_count = {}", pages + PAGES_FREE), &[]).await?;
            Ok::<_, store::StoreError>(())
        })
    });
    let filled: Result<(), store::StoreError> = filled.await;
    filled.unwrap();
}

/// Somebody has made room on the disk.
pub async fn make_room_for(db: &TestDb, table: &str) {
    let on = if db.engine == "sqlite" { String::new() } else { format!(" ON {table}") };
    let sql = format!("DROP TRIGGER disk_full{on}");
    let made = db.store.change(move |tx| {
        let sql = sql.clone();
        Box::pin(async move { tx.exec(&sql, &[]).await })
    });
    let made: Result<u64, store::StoreError> = made.await;
    made.unwrap();
}

const REWRITE_ROW: &str = "UPDATE config_row SET content = REPLACE(content, $2, $3) WHERE row_key = $1";

/// What a row of configuration says becomes something else, as when another program wrote it.
pub async fn rewrite_row(store: &Store, key: &str, from: &str, to: &str) {
    write_raw(store, REWRITE_ROW, store::params![key, from, to].to_vec()).await;
}

const REFUSE_TASKS: &str = "CREATE UNIQUE INDEX task_refused ON task (rule_key, late_ms)";

/// From now on the second of two tasks of one rule that are equally late cannot be kept.
pub async fn refuse_equally_late_tasks(store: &Store) {
    let refused = store.change(|tx| Box::pin(async move { tx.exec(REFUSE_TASKS, &[]).await }));
    let refused: Result<u64, store::StoreError> = refused.await;
    refused.unwrap();
}

const FORGET_ITEMS: &str = "DELETE FROM config_item WHERE kind = $1";

/// Takes the config items of a kind away, as if the program that made the company had not known it.
pub async fn forget_items(store: &Store, kind: &str) {
    let kind = kind.to_string();
    let gone = store.change(move |tx| {
        let kind = kind.clone();
        Box::pin(async move { tx.exec(FORGET_ITEMS, store::params![kind]).await })
    });
    let gone: Result<u64, store::StoreError> = gone.await;
    gone.unwrap();
}

const RENAME_KIND: &str = "UPDATE config_item SET kind = $2 WHERE kind = $1";

/// Calls the config items of a kind by another one, as if a program had made them that knows the other.
pub async fn rename_kind(store: &Store, kind: &str, other: &str) {
    write_raw(store, RENAME_KIND, store::params![kind, other].to_vec()).await;
}

const TAKE_RIGHT: &str = "DELETE FROM role_right WHERE right_key = $1";
const FORGET_SHIPPED: &str = "DELETE FROM right_shipped WHERE right_key = $1";
const REACH_OF_RIGHT: &str = "UPDATE role_right SET reach = 'own' WHERE right_key = $1";

/// Takes a right away from every role, as a company may do with its roles.
pub async fn take_right(store: &Store, right: &str) {
    write_raw(store, TAKE_RIGHT, store::params![right].to_vec()).await;
}

/// Takes a right away from every role, as if the program that made the company had not known it.
pub async fn forget_right(store: &Store, right: &str) {
    take_right(store, right).await;
    write_raw(store, FORGET_SHIPPED, store::params![right].to_vec()).await;
}

/// Cuts a right down to own records in every role, as a company may do with its roles.
pub async fn narrow_right(store: &Store, right: &str) {
    write_raw(store, REACH_OF_RIGHT, store::params![right].to_vec()).await;
}

const MANY_PRODUCTS: &str = "
    INSERT INTO product (code, name, spec, base_unit, tax_rate, price_decimals, archived, initials, search, version,
        created_at, updated_at)
    WITH RECURSIVE numbers (n) AS (SELECT 100000 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < 100000 + $1)
    SELECT 'L' || CAST(n AS TEXT), 'board', '', 'pc', 1300, 2, 0, 'board', 'board', 1, 0, 0 FROM numbers ORDER BY n";

/// Makes so many products with the codes `L100000`, `L100001` …, for tests of long lists.
pub async fn many_products(store: &Store, count: i64) {
    let made =
        store.change(move |tx| Box::pin(async move { tx.exec(MANY_PRODUCTS, store::params![count]).await }));
    let made: Result<u64, store::StoreError> = made.await;
    assert_eq!(made.unwrap(), u64::try_from(count).unwrap());
}

/// Gives the product a unit without a name, as a database of old may hold it.
pub async fn nameless_unit(store: &Store, product: i64) {
    let sql =
        "INSERT INTO product_unit (product_id, unit, numerator, denominator, ord) VALUES ($1, '', 2, 1, 9)";
    write_raw(store, sql, store::params![product].to_vec()).await;
}

/// Gives the address a name of two lines, as a database of old may hold it.
pub async fn webhook_of_two_lines(store: &Store, id: i64, name: &str) {
    let sql = "UPDATE webhook SET name = $1 WHERE id = $2";
    write_raw(store, sql, store::params![name, id].to_vec()).await;
}

/// Gives what is called `name` outside the catalogue in a quotation a name of two lines, as a database of old may hold it.
pub async fn own_of_two_lines(store: &Store, quote: i64, name: &str) {
    let sql = "UPDATE quote_line SET extra = REPLACE(extra, $2, $3) WHERE quote_id = $1";
    // In JSON a line ends so.
    write_raw(store, sql, store::params![quote, name, format!("{name}\\n2")].to_vec()).await;
}

/// Gives the list of one's own a name of two lines, as a database of old may hold it.
pub async fn set_of_two_lines(store: &Store, id: i64, name: &str) {
    let sql = "UPDATE quote_set SET name = $1 WHERE id = $2";
    write_raw(store, sql, store::params![name, id].to_vec()).await;
}

/// Gives every quotation and order an amount far beyond what one may have, as a database of old may hold it.
pub async fn huge_amounts(store: &Store) {
    for table in ["quote", "sales_order"] {
        write_raw(store, &format!("UPDATE {table} SET net = 6000000000000000000"), Vec::new()).await;
    }
}

async fn write_raw(store: &Store, sql: &str, values: Vec<store::Value>) {
    let sql = sql.to_string();
    let written = store.change(move |tx| {
        let (sql, values) = (sql.clone(), values.clone());
        Box::pin(async move { tx.exec(&sql, &values).await })
    });
    let written: Result<u64, store::StoreError> = written.await;
    assert!(written.unwrap() > 0);
}

async fn fresh_postgres(server: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let database = format!("huxi_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    on_server(server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
    on_server(server, &format!("CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8'")).await;
    database
}

fn with_database(server: &str, database: &str) -> String {
    let (head, tail) = server.split_once('?').map_or((server, None), |(head, tail)| (head, Some(tail)));
    let slash = head.rfind('/').unwrap();
    let base = format!("{}/{database}", &head[..slash]);
    tail.map_or(base.clone(), |tail| format!("{base}?{tail}"))
}

/// Runs a statement at a PostgreSQL, as a hand outside of the program would.
pub async fn on_server(server: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap();
    drop(client);
    driver.await.unwrap().unwrap();
}

/// A database that stalls for whoever writes the mark of readiness; it goes on when this is dropped.
pub struct Stalled {
    free: Arc<AtomicBool>,
    held: tokio::task::JoinHandle<Result<(), store::StoreError>>,
}

impl Stalled {
    /// Lets it go on, and waits until it has.
    pub async fn end(mut self) {
        self.free.store(true, Ordering::SeqCst);
        (&mut self.held).await.unwrap().unwrap();
    }
}

impl Drop for Stalled {
    fn drop(&mut self) {
        self.free.store(true, Ordering::SeqCst);
    }
}

/// The row of the mark is written and not committed; on SQLite that holds up every writer. It holds when this returns.
pub async fn stall(store: &Store) -> Stalled {
    const MARK: &str = "INSERT INTO number_series (series, last) VALUES ('probe', 0)
        ON CONFLICT (series) DO UPDATE SET last = number_series.last";
    let (written, free) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (store, told, freed) = (store.clone(), written.clone(), free.clone());
    let held = tokio::spawn(async move {
        let lite = store.folder().is_some();
        let change = store.change(move |tx| {
            let (told, freed) = (told.clone(), freed.clone());
            Box::pin(async move {
                tx.exec(MARK, &[]).await?;
                told.store(true, Ordering::SeqCst);
                keep_until(lite, &freed).await;
                Ok::<_, store::StoreError>(())
            })
        });
        change.await
    });
    let stalled = Stalled { free, held };
    until("the mark is written", || written.load(Ordering::SeqCst)).await;
    stalled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_is_left_out_only_where_nobody_asks_for_it() {
        assert_eq!(server_of("a test", Some("url".to_string()), true).as_deref(), Some("url"));
        assert_eq!(server_of("a test", None, false), None);
        let missed = std::panic::catch_unwind(|| server_of("a test", None, true));
        assert!(missed.is_err());
    }

    #[test]
    fn an_address_is_told_for_another_account() {
        let plain = as_account("postgres://huxi:secret@127.0.0.1:5432/huxi?a=b", "owner");
        assert_eq!(plain, "postgres://owner:owner@127.0.0.1:5432/huxi?a=b");
    }
}
