//! The layer keeps its promises on both engines.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use domain::base::Instant;
use store::backup::BackupFault;
use store::{Command, Durability, Store, StoreError, StoreOptions, Tx, Value, numbers, outbox, params};
use testkit::{Place, TEST_DAY, each_engine, keep_until, until};

#[derive(Clone)]
struct TakeNumber {
    fail: bool,
}

impl Command for TakeNumber {
    type Out = i64;
    type Error = StoreError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        let number = numbers::take_next(tx, "SZ26").await?;
        if self.fail { Err(StoreError::Decode("refused after the number".to_string())) } else { Ok(number) }
    }
}

#[derive(Clone)]
struct Panics;

impl Command for Panics {
    type Out = ();
    type Error = StoreError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        numbers::take_next(tx, "SZ26").await?;
        let nothing: Option<i64> = None;
        assert!(nothing.is_some(), "this command always panics");
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_no_gap_and_no_twin_whatever_fails_in_between() {
    each_engine("numbers", async |db| {
        let tasks: Vec<_> = (0..60)
            .map(|index| {
                let store = db.store.clone();
                tokio::spawn(async move {
                    if index % 7 == 3 {
                        store.write(Panics).await.map(|()| 0)
                    } else {
                        store.write(TakeNumber { fail: index % 3 == 0 }).await
                    }
                })
            })
            .collect();
        let mut taken = Vec::new();
        for task in tasks {
            taken.extend(task.await.unwrap().ok());
        }
        taken.sort_unstable();
        let wanted: Vec<i64> = (1..=i64::try_from(taken.len()).unwrap()).collect();
        assert_eq!(taken, wanted, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asked_hears_the_commands_own_refusal_or_that_it_broke() {
    each_engine("answers", async |db| {
        let broke = db.store.write(Panics).await;
        assert!(matches!(broke, Err(StoreError::Panicked)), "{}: {broke:?}", db.engine);
        let refused = db.store.write(TakeNumber { fail: true }).await;
        assert!(matches!(refused, Err(StoreError::Decode(_))), "{}: {refused:?}", db.engine);
        assert_eq!(db.store.write(TakeNumber { fail: false }).await.unwrap(), 1, "{}", db.engine);
    })
    .await;
}

#[derive(Clone)]
struct Sleeps;

impl Command for Sleeps {
    type Out = ();
    type Error = StoreError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        numbers::take_next(tx, "slept").await?;
        std::future::pending::<()>().await;
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_waits_for_something_else_is_rolled_back_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let store = store::open_sqlite(folder.path(), StoreOptions::default()).await.unwrap();
    let outcome = store.write(Sleeps).await;
    assert!(matches!(outcome, Err(StoreError::ForeignWait)), "{outcome:?}");
    let first = store.change(|tx| Box::pin(numbers::take_next(tx, "slept"))).await;
    assert_eq!(first.unwrap(), 1);
}

/// What rows of a table are locked by.
fn key_of(table: &str) -> (&'static str, Value) {
    if table == "rule_standing" { ("rule_key", Value::from("rule")) } else { ("id", Value::from(1_i64)) }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_locked_in_one_order() {
    each_engine("lock order", async |db| {
        let locks = async |first: &'static str, second: &'static str| {
            let both = db.store.change(move |tx| {
                Box::pin(async move {
                    let (key, one) = key_of(first);
                    tx.lock_shared(first, key, one).await?;
                    let (key, one) = key_of(second);
                    tx.lock_row(second, key, one).await
                })
            });
            both.await
        };
        for pair in store::LOCK_ORDER[..14].windows(2) {
            locks(pair[0], pair[1]).await.unwrap();
            locks(pair[1], pair[1]).await.unwrap();
            let against = locks(pair[1], pair[0]).await;
            assert!(matches!(against, Err(StoreError::Sql(_))), "{} {pair:?} {against:?}", db.engine);
        }
        let after_number = db.store.change(|tx| {
            Box::pin(async move {
                numbers::take_next(tx, "SZ26").await?;
                tx.lock_row("customer", "id", 1_i64).await
            })
        });
        assert!(after_number.await.is_err(), "{}: the number comes last", db.engine);
        let standing_first = db.store.change(|tx| {
            Box::pin(async move {
                store::automation::lock_standing(tx, "rule").await?;
                tx.lock_row("quote_chain", "id", 1_i64).await
            })
        });
        let against: Result<(), StoreError> = standing_first.await;
        assert!(matches!(against, Err(StoreError::Sql(_))), "{}: {against:?}", db.engine);
        assert!(locks("event", "event").await.is_err(), "{}: a table without a place", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_writing_process_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = store::open_sqlite(folder.path(), StoreOptions::default()).await.unwrap();
    let second = store::open_sqlite(folder.path(), StoreOptions::default()).await;
    assert!(matches!(second, Err(StoreError::SecondWriter(_))));
    drop(first);
    assert!(store::open_sqlite(folder.path(), StoreOptions::default()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_wait_for_the_disk_is_there_once_the_store_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let options = StoreOptions { durability: Durability::WhenClosed, ..StoreOptions::default() };
    let store = store::open_sqlite(folder.path(), options).await.unwrap();
    for expected in 1..=3 {
        assert_eq!(store.write(TakeNumber { fail: false }).await.unwrap(), expected);
    }
    assert!(store.write(TakeNumber { fail: true }).await.is_err());
    drop(store);
    let left = std::fs::metadata(folder.path().join("huxi.db-wal")).map_or(0, |file| file.len());
    assert_eq!(left, 0, "everything lies in the database itself");
    let again = store::open_sqlite(folder.path(), StoreOptions::default()).await.unwrap();
    assert_eq!(again.write(TakeNumber { fail: false }).await.unwrap(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_program_is_refused() {
    each_engine("newer", async |db| {
        db.store
            .change(|tx| {
                Box::pin(async move {
                    tx.exec(
                        "INSERT INTO schema_version (n, name) VALUES ($1, $2)",
                        params![9_999_i64, "future"],
                    )
                    .await
                })
            })
            .await
            .unwrap();
        let place = db.place.clone();
        drop(db);
        let again = match &place {
            Place::Folder(folder) => store::open_sqlite(folder, StoreOptions::default()).await,
            Place::Url(url) => store::open_postgres(url, StoreOptions::default()).await,
        };
        assert!(matches!(again, Err(StoreError::NewerDatabase { found: 9_999, .. })));
        let target = std::env::temp_dir().join(format!("huxi-newer-{}.zip", std::process::id()));
        let made = store::backup::make(&place, &target, TEST_DAY).await;
        let newer = matches!(made, Err(BackupFault::Store(StoreError::NewerDatabase { found: 9_999, .. })));
        assert!(newer && !target.exists(), "a backup that may not be whole was made");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_nul_is_refused_and_never_kept_shortened() {
    each_engine("nul", async |db| {
        let kept = db
            .store
            .change(|tx| {
                Box::pin(async move {
                    let insert = "INSERT INTO number_series (series, last) VALUES ($1, 0)";
                    tx.exec(insert, params!["a\0b"]).await
                })
            })
            .await;
        assert!(matches!(kept, Err(StoreError::Sql(_))), "{}: {kept:?}", db.engine);
        let asked = db.store.read(|tx| {
            Box::pin(async move { tx.query("SELECT 1 AS one WHERE $1 = 'a'", params!["\0"]).await })
        });
        assert!(matches!(asked.await, Err(StoreError::Sql(_))), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_are_bound_by_their_number_not_by_their_place() {
    each_engine("binding", async |db| {
        let row = db
            .store
            .read(|tx| {
                Box::pin(async move {
                    let sql = "SELECT CAST($2 AS TEXT) AS second, CAST($1 AS TEXT) AS first";
                    tx.query_one(sql, params!["one", "two"]).await
                })
            })
            .await;
        let row = row.unwrap();
        assert_eq!((row.text("first").unwrap(), row.text("second").unwrap()), ("one".into(), "two".into()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_are_put_together_are_refused_when_two_have_one_key() {
    const PUT: &str = "
        INSERT INTO number_series (series, last) VALUES ($1, $2)
        ON CONFLICT (series) DO UPDATE SET last = excluded.last";
    each_engine("one key", async |db| {
        let put = async |sets: Vec<Vec<Value>>| {
            let put = db.store.change(move |tx| {
                let sets = sets.clone();
                Box::pin(async move { tx.exec_many_apart(PUT, &sets).await })
            });
            put.await
        };
        let row = |series: &str, last: i64| params![series, last].to_vec();
        let twice = put(vec![row("A", 1), row("B", 1), row("A", 2)]).await;
        assert!(matches!(twice, Err(StoreError::Sql(_))), "{}: {twice:?}", db.engine);
        assert_eq!(testkit::rows_in(&db.store, "number_series").await, 0, "{}", db.engine);
        assert_eq!(put(vec![row("A", 1), row("B", 1)]).await.unwrap(), 2, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_write_leaves_nothing_of_its_command() {
    each_engine("faults", async |db| {
        for nth in 1..=3 {
            db.store.fail_at_write(nth);
            let outcome = db.store.change(|tx| Box::pin(three_writes(tx))).await;
            assert!(matches!(outcome, Err(StoreError::Injected)), "{} write {nth}", db.engine);
        }
        db.store.fail_at_write(0);
        assert_eq!(outbox_rows(&db.store).await, 0, "{}", db.engine);
        db.store.change(|tx| Box::pin(three_writes(tx))).await.unwrap();
        assert_eq!(outbox_rows(&db.store).await, 3, "{}", db.engine);
    })
    .await;
}

async fn three_writes(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for key in ["a", "b", "c"] {
        outbox::put(tx, TEST_DAY, key, "test", "{}").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_wait_for_the_disk_is_seen_at_once_and_kept_in_its_order() {
    each_engine("unsynced", async |db| {
        for round in 0..3 {
            let first = db.store.write_unsynced(TakeNumber { fail: false }).await.unwrap();
            let refused = db.store.write_unsynced(TakeNumber { fail: true }).await;
            assert!(refused.is_err(), "{}", db.engine);
            let next = db.store.write(TakeNumber { fail: false }).await.unwrap();
            assert_eq!((first, next), (round * 2 + 1, round * 2 + 2), "{}", db.engine);
        }
        db.store.write_unsynced(TakeNumber { fail: false }).await.unwrap();
        let Place::Folder(folder) = &db.place else { return };
        // Another connection sees it as soon as it is acknowledged.
        let taken = rusqlite::Connection::open(folder.join("huxi.db")).unwrap();
        let last = "SELECT last FROM number_series WHERE series = 'SZ26'";
        assert_eq!(taken.query_row(last, [], |row| row.get::<_, i64>(0)).unwrap(), 7);
    })
    .await;
}

async fn outbox_rows(store: &Store) -> i64 {
    let count = async |store: &Store| {
        store
            .read(|tx| {
                Box::pin(async move { tx.query_one("SELECT COUNT(*) AS n FROM outbox", &[]).await?.int("n") })
            })
            .await
    };
    count(store).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_effect_is_claimed_once_and_again_only_after_its_lease() {
    each_engine("outbox", async |db| {
        db.store.change(|tx| Box::pin(outbox::put(tx, TEST_DAY, "pdf:1", "pdf", "{}"))).await.unwrap();
        db.store.change(|tx| Box::pin(outbox::put(tx, TEST_DAY, "pdf:1", "pdf", "{}"))).await.unwrap();
        let claims: Vec<_> = (0..8)
            .map(|_| {
                let store = db.store.clone();
                tokio::spawn(
                    async move { store.change(|tx| Box::pin(outbox::claim(tx, TEST_DAY, 10))).await },
                )
            })
            .collect();
        let mut claimed = 0;
        for claim in claims {
            claimed += claim.await.unwrap().unwrap().len();
        }
        assert_eq!(claimed, 1, "{}", db.engine);
        let later = TEST_DAY.plus_ms(outbox::LEASE_MS);
        let again = db.store.change(move |tx| Box::pin(outbox::claim(tx, later, 10))).await.unwrap();
        assert_eq!(again.iter().map(|effect| effect.attempts).collect::<Vec<_>>(), vec![2], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_worker_takes_the_next_effect_and_not_the_one_that_is_being_claimed() {
    each_engine("two workers", async |db| {
        for key in ["pdf:1", "pdf:2"] {
            let put = db.store.change(move |tx| Box::pin(outbox::put(tx, TEST_DAY, key, "pdf", "{}")));
            put.await.unwrap();
        }
        let claimed = Arc::new(AtomicI64::new(0));
        let (store, seen) = (db.store.clone(), claimed.clone());
        let first = tokio::spawn(async move {
            let claim = store.change(move |tx| {
                let seen = seen.clone();
                Box::pin(async move {
                    let effects = outbox::claim(tx, TEST_DAY, 1).await?;
                    seen.store(1, Ordering::SeqCst);
                    // The claim is not yet durable while the other one looks.
                    std::thread::sleep(std::time::Duration::from_millis(300));
                    Ok::<_, StoreError>(effects)
                })
            });
            claim.await
        });
        until("the first one claims", || claimed.load(Ordering::SeqCst) == 1).await;
        let second = db.store.change(|tx| Box::pin(outbox::claim(tx, TEST_DAY, 1))).await.unwrap();
        let first = first.await.unwrap().unwrap();
        let ids = [first, second].concat().into_iter().map(|effect| effect.id).collect::<Vec<_>>();
        assert_eq!(ids.len(), 2, "{}: {ids:?}", db.engine);
        assert_ne!(ids[0], ids[1], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_know_every_category_however_many_there_are() {
    each_engine("many categories", async |db| {
        let many = db.store.change(|tx| {
            Box::pin(async move {
                for n in 0..2_001 {
                    store::catalog::insert_category(tx, None, &format!("C{n}"), n).await?;
                }
                Ok::<_, StoreError>(())
            })
        });
        many.await.unwrap();
        let read = db.store.read(|tx| {
            Box::pin(async move {
                let shown = store::catalog::counted_categories(tx).await?.len();
                Ok::<_, StoreError>((store::config::category_facts(tx).await?.len(), shown))
            })
        });
        assert_eq!(read.await.unwrap(), (2_001, 2_001), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_goes_away_does_not_stop_its_command() {
    each_engine("gone", async |db| {
        let (runs, free) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (store, told, freed) = (db.store.clone(), runs.clone(), free.clone());
        let call = tokio::spawn(async move {
            let lite = store.folder().is_some();
            let taken = store.change(move |tx| {
                let (told, freed) = (told.clone(), freed.clone());
                Box::pin(async move {
                    let number = numbers::take_next(tx, "SZ26").await?;
                    told.store(true, Ordering::SeqCst);
                    keep_until(lite, &freed).await;
                    Ok::<_, StoreError>(number)
                })
            });
            taken.await
        });
        until("the command runs", || runs.load(Ordering::SeqCst)).await;
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled(), "{}", db.engine);
        free.store(true, Ordering::SeqCst);
        let next = db.store.write(TakeNumber { fail: false }).await.unwrap();
        assert_eq!(next, 2, "{}: the first one was taken by the command that nobody waits for", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_back_as_they_were_and_once() {
    each_engine("files", async |db| {
        let content: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
        for _ in 0..2 {
            let put =
                store::files::put(&db.store, content.clone(), "image/png", "单据.png", None, Instant(1))
                    .await;
            assert_eq!(put.unwrap().hash, store::files::hash_of(&content), "{}", db.engine);
        }
        let back = store::files::content(&db.store, &store::files::hash_of(&content)).await.unwrap();
        assert_eq!(back.as_deref(), Some(content.as_slice()), "{}", db.engine);
        for odd in ["../../etc/passwd", "", &"0".repeat(64)] {
            assert_eq!(store::files::content(&db.store, odd).await.unwrap(), None, "{}", db.engine);
        }
    })
    .await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn no_other_account_of_the_machine_opens_what_lies_in_the_data_folder() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("data");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let store = store::open_sqlite(&folder, StoreOptions::default()).await.unwrap();
    let kept = store::files::put(&store, vec![1], "image/png", "a.png", None, TEST_DAY).await.unwrap();
    store::probe::write(&store).await.unwrap();
    let part = folder.join("files").join(&kept.hash[..2]);
    for closed in [&folder, &folder.join("files"), &part] {
        assert_eq!(mode(closed), 0o700, "{}", closed.display());
    }
    let files = ["huxi.db", "huxi.db-wal", "huxi.db-shm", "huxi.db.lock"].map(|name| folder.join(name));
    for closed in files.iter().chain([&part.join(&kept.hash)]) {
        assert_eq!(mode(closed), 0o600, "{}", closed.display());
    }
    drop(store);
    // A folder in which somebody keeps other things stays as it is.
    std::fs::write(folder.join("notes.txt"), "").unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    drop(store::open_sqlite(&folder, StoreOptions::default()).await.unwrap());
    assert_eq!(mode(&folder), 0o755);
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_that_are_not_there_are_a_database_that_is_gone() {
    each_engine("no tables", async |db| {
        if db.engine != "postgres" {
            return;
        }
        let asked = db.store.read(|tx| {
            Box::pin(
                async move { tx.query_one("SELECT COUNT(*) AS n FROM nothing_of_ours", &[]).await?.int("n") },
            )
        });
        let asked: Result<i64, StoreError> = asked.await;
        assert!(matches!(asked, Err(StoreError::DatabaseGone(_))), "{asked:?}");
    })
    .await;
}
