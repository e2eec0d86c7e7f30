//! A SQLite folder is carried to a PostgreSQL whole, or nothing of it is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use domain::base::PersonId;
use store::moving::{MoveFault, Moved, Step, Unfit, carry};
use store::{Store, StoreError, StoreOptions, files};
use testkit::{
    Lines, Place, TEST_DAY, TestDb, beside_postgres, columns_of_all, lines_of_all, on_server, tables_at,
    wired,
};

/// Somewhat of everything: a place above another one whose id is higher, texts that are hard to carry, the longest numbers,
/// what is in flight, and a draft whose id is never given again.
const FILLED: &[&str] = &[
    "INSERT INTO org_unit (id, parent_id, kind, name, code, path) VALUES (9, NULL, 'hq', '总部', 'HQ', '/9/')",
    "INSERT INTO org_unit (id, parent_id, kind, name, code, path) VALUES (3, 9, 'branch', '苏州 ☕', 'SZ', '/9/3/')",
    "INSERT INTO person (id, account, name, phone, org_id, password_hash, active, version, created_at, search)
        VALUES (4, 'a', '', '\\N \\ \" '' ' || char(9, 10, 13, 127), 3, '', 1, 1, 0, '')",
    "INSERT INTO customer (id, code, name, name_key, owner_id, branch_id, contact, phone, city, address, notes,
            initials, search, version, created_by, created_at, updated_at)
        VALUES (2, 'K', '恒泰', '恒泰', 4, 3, '', '', '', '', '', '', '', 1, 4, 0, 0)",
    "INSERT INTO quote_chain (id, number) VALUES (7, 'SZ26-000001')",
    "INSERT INTO quote (id, chain_id, revision, customer_id, branch_id, owner_id, state, notes, net, net_ex_tax, tax,
            line_count, listed_day, search, priced_at, version, created_by, created_at, updated_by, updated_at)
        VALUES (40, 7, 1, 2, 3, 4, 'draft', '', -9223372036854775808, 0, 9223372036854775807, 0, '2026-11-24', '', 0,
            1, 4, 0, 4, 0)",
    "INSERT INTO quote (id, chain_id, revision, customer_id, branch_id, owner_id, state, notes, net, net_ex_tax, tax,
            line_count, listed_day, search, priced_at, version, created_by, created_at, updated_by, updated_at)
        VALUES (41, 7, 2, 2, 3, 4, 'draft', '', 0, 0, 0, 0, '2026-11-24', '', 0, 1, 4, 0, 4, 0)",
    "DELETE FROM quote WHERE id = 41",
    "INSERT INTO session (token_hash, person_id, created_at, seen_at, expires_at, agent) VALUES ('t', 4, 0, 0, 9, '')",
    "INSERT INTO idempotency (actor, path, idem_key, body_hash, state, status, answer, created_at, lease_until)
        VALUES (4, '/api/quotes', 'key', 'h', 'done', 200, '{}', 0, 0)",
    "INSERT INTO timer (fire_key, rule_key, entity, entity_id, epoch, due_at, state, owner, lease_until, attempts,
            depth, armed_at)
        VALUES ('silent:quote:40:1', 'silent', 'quote', 40, 1, 99, 'armed', 'a server', 50, 2, 0, 0)",
    "INSERT INTO outbox (effect_key, kind, payload, created_at, due_at, attempts, lease_until)
        VALUES ('pdf:40', 'pdf', '{}', 0, 0, 0, 60)",
    "INSERT INTO number_series (series, last) VALUES ('SZ26', 1)",
];

async fn done(store: &Store, sql: &'static str) {
    let done = store.change(move |tx| Box::pin(async move { tx.exec(sql, &[]).await }));
    let done: Result<u64, StoreError> = done.await;
    done.unwrap();
}

/// The data folder, with its store closed so that it can be moved.
fn closed(db: TestDb) -> PathBuf {
    let TestDb { store, place, .. } = db;
    drop(store);
    match place {
        Place::Folder(folder) => folder,
        Place::Url(url) => panic!("{url} is no folder"),
    }
}

async fn filled(db: TestDb) -> PathBuf {
    for sql in FILLED {
        done(&db.store, sql).await;
    }
    closed(db)
}

async fn moved(folder: &Path, url: &str) -> Result<Moved, MoveFault> {
    carry(folder, url, |_| ()).await
}

async fn postgres(url: &str) -> Store {
    store::open_postgres(url, StoreOptions::default()).await.unwrap()
}

/// What the folder holds.
async fn lines_in(folder: &Path) -> Lines {
    let place = Place::Folder(folder.to_path_buf());
    lines_of_all(&store::open_to_read(&place, StoreOptions::default()).await.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_have_the_same_tables_and_columns() {
    beside_postgres("tables", async |db, url| {
        let (here, there) = (columns_of_all(&db.store).await, columns_of_all(&postgres(&url).await).await);
        assert_eq!(here, there);
        // Nothing is as easily forgotten as what nobody has put a row into.
        let carried = moved(&closed(db), &url).await;
        assert!(
            carried.is_ok_and(|moved| moved.tables.len() == here.len() - 2),
            "all but versions and files"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_arrives_as_it_was_and_the_folder_stays_as_it_is() {
    beside_postgres("every row", async |db, url| {
        let content: Vec<u8> = (0..2_500_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
        for sql in FILLED {
            done(&db.store, sql).await;
        }
        let by = Some(PersonId(4));
        let file = files::put(&db.store, content.clone(), "image/png", "图.png", by, TEST_DAY).await.unwrap();
        let folder = closed(db);
        let before = lines_in(&folder).await;
        let bytes = std::fs::read(folder.join("huxi.db")).unwrap();
        let steps = Arc::new(Mutex::new(Vec::new()));
        let told = steps.clone();
        let moved = carry(&folder, &url, move |step| told.lock().unwrap().push(step)).await.unwrap();
        assert_eq!(bytes, std::fs::read(folder.join("huxi.db")).unwrap(), "not a byte was written");
        assert_eq!((moved.files, moved.file_bytes, moved.missing.len()), (1, 2_500_000, 0));
        let steps = steps.lock().unwrap().clone();
        assert_eq!(steps.first(), Some(&Step::Looking));
        assert_eq!(steps.last(), Some(&Step::Comparing { rows: moved.rows }), "counted as in the end");
        assert!(moved.rows > 13 && moved.rows == moved.tables.iter().map(|(_, rows)| rows).sum::<u64>());
        let carrying = |step: &Step| match step {
            Step::Carrying { nth, of, .. } => Some((*nth, *of)),
            _ => None,
        };
        let counted: BTreeSet<(usize, usize)> = steps.iter().filter_map(carrying).collect();
        let all = moved.tables.len();
        assert!(
            counted.iter().all(|(nth, of)| (1..=all).contains(nth) && *of == all),
            "{counted:?} of {all}"
        );
        let there = postgres(&url).await;
        let arrived = lines_of_all(&there).await;
        for (table, lines) in &before {
            assert_eq!(arrived.get(table), Some(lines), "{table}");
            let counted = moved.tables.iter().find(|(name, _)| name == table).map(|(_, rows)| *rows);
            let rows = u64::try_from(lines.len()).unwrap();
            assert!(table == "schema_version" || counted == Some(rows), "{table}: {counted:?}");
        }
        assert_eq!(arrived.len(), before.len());
        assert_eq!(files::content(&there, &file.hash).await.unwrap(), Some(content));
        assert_eq!(lines_in(&folder).await, before);
        assert!(store::open_sqlite(&folder, StoreOptions::default()).await.is_ok(), "work could go on there");
    })
    .await;
}

async fn new_id(store: &Store, sql: &'static str) -> i64 {
    let made = store.change(move |tx| Box::pin(async move { tx.insert(sql, &[]).await }));
    let made: Result<i64, StoreError> = made.await;
    made.unwrap()
}

async fn stamp(store: &Store) -> i64 {
    let sql = "SELECT n FROM config_stamp WHERE id = 2";
    let read = store.read(|tx| Box::pin(async move { tx.query_one(sql, &[]).await?.int("n") }));
    let read: Result<i64, StoreError> = read.await;
    read.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_go_on_behind_the_highest_ever_given_and_triggers_count_again_from_where_they_stood() {
    beside_postgres("goes on", async |db, url| {
        // Tables that the program has made before, and in which nobody has set up a company.
        drop(postgres(&url).await);
        for sql in FILLED {
            done(&db.store, sql).await;
        }
        let counted = stamp(&db.store).await;
        assert!(counted > 0);
        moved(&closed(db), &url).await.unwrap();
        let there = postgres(&url).await;
        assert_eq!(stamp(&there).await, counted, "what is carried is not counted again");
        done(&there, "UPDATE org_unit SET name = '苏州分公司' WHERE id = 3").await;
        assert_eq!(stamp(&there).await, counted + 1);
        assert_eq!(new_id(&there, "INSERT INTO quote_chain (number) VALUES (NULL) RETURNING id").await, 8);
        let draft = "
            INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, notes, net, net_ex_tax, tax,
                line_count, listed_day, search, priced_at, version, created_by, created_at, updated_by, updated_at)
            VALUES (8, 1, 2, 3, 4, 'draft', '', 0, 0, 0, 0, '2026-11-24', '', 0, 1, 4, 0, 4, 0) RETURNING id";
        assert_eq!(new_id(&there, draft).await, 42, "the id of what was deleted is not given again");
        let role = "INSERT INTO role (role_key, name) VALUES ('first', '') RETURNING id";
        assert_eq!(new_id(&there, role).await, 1, "of a table without a row the first");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_break_in_the_middle_leaves_the_target_empty() {
    beside_postgres("a break", async |db, url| {
        let folder = filled(db).await;
        let (through, wire) = wired(&url);
        let places = [
            ("CREATE TABLE", 1),
            ("COPY \"org_unit\"", 1),
            ("COPY \"timer\"", 1),
            // Once its columns are asked for, then it is read back.
            ("FROM \"quote\"", 2),
            ("ANALYZE", 1),
        ];
        for (word, nth) in places {
            wire.cut_at(word, nth);
            let cut = moved(&folder, &through).await;
            assert!(matches!(cut, Err(MoveFault::Target(StoreError::Unavailable(_)))), "{word}: {cut:?}");
            assert_eq!(tables_at(&url).await, Vec::<String>::new(), "{word}");
        }
        wire.cut_at("COMMIT", 1);
        let cut = moved(&folder, &through).await;
        assert!(matches!(cut, Err(MoveFault::Target(StoreError::CommitUnknown(_)))), "{cut:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_postgres_cannot_keep_is_told_with_its_record_and_nothing_is_kept() {
    beside_postgres("unfit", async |db, url| {
        let folder = filled(db).await;
        let break_by = async |sql: &'static str, mend: &'static str| {
            let store = store::open_sqlite(&folder, StoreOptions::default()).await.unwrap();
            done(&store, sql).await;
            drop(store);
            let refused = moved(&folder, &url).await.unwrap_err();
            assert_eq!(tables_at(&url).await, Vec::<String>::new(), "{refused}");
            let store = store::open_sqlite(&folder, StoreOptions::default()).await.unwrap();
            done(&store, mend).await;
            refused
        };
        let nul = "UPDATE person SET name = 'a' || char(0) || 'b'";
        let unfit = |fault: MoveFault, wanted: (&str, &str, &str, Unfit)| match fault {
            MoveFault::Unfit { table, record, column, why } => {
                assert_eq!((table.as_str(), record.as_str(), column.as_str(), why), wanted);
            }
            other => panic!("{other}"),
        };
        let refused = break_by(nul, "UPDATE person SET name = ''").await;
        unfit(refused, ("person", "id=4", "name", Unfit::Nul));
        let no_text = "UPDATE idempotency SET answer = CAST(X'FF' AS TEXT)";
        let refused = break_by(no_text, "UPDATE idempotency SET answer = '{}'").await;
        let record = "actor=4, path=/api/quotes, idem_key=key";
        unfit(refused, ("idempotency", record, "answer", Unfit::NoText));
        let refused = break_by("UPDATE customer SET version = 1.5", "UPDATE customer SET version = 1").await;
        unfit(refused, ("customer", "id=2", "version", Unfit::Other));
        // Longer than an index of PostgreSQL holds, and nothing in it that could be packed.
        let long = "INSERT INTO number_series (series, last) SELECT hex(randomblob(9000)), 1";
        let refused = break_by(long, "DELETE FROM number_series WHERE LENGTH(series) > 100").await;
        assert!(
            matches!(&refused, MoveFault::Refused { table, .. } if table == "number_series"),
            "{refused:?}"
        );
        assert!(moved(&folder, &url).await.is_ok(), "what was mended is carried");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_or_altered_is_named_and_the_rest_is_carried() {
    beside_postgres("files", async |db, url| {
        let mut hashes = Vec::new();
        for content in ["一", "二", "三"] {
            let put = files::put(&db.store, content.into(), "text/plain", content, None, TEST_DAY).await;
            hashes.push(put.unwrap().hash);
        }
        let folder = closed(db);
        let place = |hash: &String| folder.join("files").join(&hash[..2]).join(hash);
        std::fs::remove_file(place(&hashes[0])).unwrap();
        std::fs::write(place(&hashes[1]), "altered").unwrap();
        let moved = moved(&folder, &url).await.unwrap();
        let mut lost = hashes[..2].to_vec();
        lost.sort();
        assert_eq!((moved.files, moved.missing), (1, lost));
        let there = postgres(&url).await;
        assert_eq!(files::content(&there, &hashes[2]).await.unwrap(), Some("三".into()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_worked_in_broken_or_of_another_program_is_not_moved() {
    beside_postgres("wrong sources", async |db, url| {
        let Place::Folder(folder) = db.place.clone() else { panic!("no folder") };
        let busy = moved(&folder, &url).await;
        assert!(matches!(busy, Err(MoveFault::Store(StoreError::SecondWriter(_)))), "{busy:?}");
        done(&db.store, "INSERT INTO schema_version (n, name) VALUES (9999, 'future')").await;
        let folder = filled(db).await;
        let newer = moved(&folder, &url).await;
        assert!(matches!(newer, Err(MoveFault::SourceVersion { found: 9_999, .. })), "{newer:?}");
        let by_hand = rusqlite::Connection::open(folder.join("huxi.db")).unwrap();
        by_hand.execute("DELETE FROM schema_version WHERE n = 9999", []).unwrap();
        let newest = "SELECT MAX(n) FROM schema_version";
        let known: i64 = by_hand.query_row(newest, [], |row| row.get(0)).unwrap();
        by_hand.execute("UPDATE schema_version SET n = 0 WHERE n = ?1", [known]).unwrap();
        let older = moved(&folder, &url).await;
        let found = known - 1;
        assert!(matches!(older, Err(MoveFault::SourceVersion { found: of, .. }) if of == found), "{older:?}");
        by_hand.execute("UPDATE schema_version SET n = ?1 WHERE n = 0", [known]).unwrap();
        by_hand.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM org_unit WHERE id = 3").unwrap();
        let broken = moved(&folder, &url).await;
        assert!(matches!(broken, Err(MoveFault::Unsound(_))), "{broken:?}");
        assert_eq!(tables_at(&url).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_that_holds_anything_or_is_of_another_kind_is_left_as_it_is() {
    beside_postgres("wrong targets", async |db, url| {
        let folder = filled(db).await;
        on_server(&url, "CREATE TABLE theirs (a BIGINT)").await;
        let theirs = moved(&folder, &url).await;
        assert!(matches!(&theirs, Err(MoveFault::NotEmpty { table }) if table == "theirs"), "{theirs:?}");
        assert_eq!(tables_at(&url).await, ["theirs"]);
        on_server(&url, "DROP TABLE theirs").await;
        let there = postgres(&url).await;
        let company = "INSERT INTO org_unit (kind, name, code, path) VALUES ('hq', '别家', 'HQ', '/1/')";
        done(&there, company).await;
        let taken = moved(&folder, &url).await;
        assert!(matches!(&taken, Err(MoveFault::NotEmpty { table }) if table == "org_unit"), "{taken:?}");
        assert_eq!(testkit::rows_where(&there, "org_unit", "name", "别家").await, 1);
        done(&there, "INSERT INTO schema_version (n, name) VALUES (9999, 'future')").await;
        let newer = moved(&folder, &url).await;
        assert!(matches!(newer, Err(MoveFault::TargetVersion { found: 9_999, .. })), "{newer:?}");
        let server = std::env::var("HUXI_TEST_POSTGRES").unwrap();
        let latin = format!("huxi_test_latin_{}", std::process::id());
        let kind = "TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'";
        on_server(&server, &format!("CREATE DATABASE {latin} {kind}")).await;
        let (beginning, _) = server.rsplit_once('/').unwrap();
        let other = moved(&folder, &format!("{beginning}/{latin}")).await;
        on_server(&server, &format!("DROP DATABASE {latin} WITH (FORCE)")).await;
        assert!(matches!(&other, Err(MoveFault::Encoding(found)) if found == "LATIN1"), "{other:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_lies_nothing_is_made_and_a_server_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = "postgres://nobody@127.0.0.1:1/none";
    let nothing = folder.path().join("nothing");
    assert!(matches!(moved(&nothing, nowhere).await, Err(MoveFault::NoDatabase(_))));
    assert!(matches!(moved(folder.path(), nowhere).await, Err(MoveFault::NoDatabase(_))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    drop(store::open_sqlite(folder.path(), StoreOptions::default()).await.unwrap());
    let told = moved(folder.path(), nowhere).await;
    assert!(matches!(&told, Err(MoveFault::Unreachable(said)) if said.contains("os error")), "{told:?}");
    let told = moved(folder.path(), "no address").await;
    assert!(matches!(told, Err(MoveFault::Unreachable(_))), "{told:?}");
}
