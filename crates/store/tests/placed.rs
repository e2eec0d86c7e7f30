//! The files of a SQLite database taken away under the program that has it open, and folders that are no whole company.

use std::path::Path;
use std::time::Duration;

use store::backup::BackupFault;
use store::moving::MoveFault;
use store::{Command, Place, Store, StoreError, StoreOptions, Tx, numbers};
use testkit::TEST_DAY;

#[derive(Clone)]
struct TakeNumber;

impl Command for TakeNumber {
    type Out = i64;
    type Error = StoreError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        numbers::take_next(tx, "SZ26").await
    }
}

async fn opened(folder: &Path) -> Result<Store, StoreError> {
    store::open_sqlite(folder, StoreOptions::default()).await
}

async fn take(store: &Store) -> Result<i64, StoreError> {
    store.write(TakeNumber).await
}

/// Nothing is acknowledged and nothing read while a file is not where it was.
async fn says_that_it_is_gone(store: &Store) {
    for _ in 0..2 {
        let written = take(store).await;
        assert!(matches!(written, Err(StoreError::DatabaseGone(_))), "{written:?}");
        let unsynced = store.write_unsynced(TakeNumber).await;
        assert!(matches!(unsynced, Err(StoreError::DatabaseGone(_))), "{unsynced:?}");
    }
    let read: Result<_, StoreError> = store.read(|tx| Box::pin(store::events::moment(tx))).await;
    assert!(matches!(read, Err(StoreError::DatabaseGone(_))), "{read:?}");
    assert!(store.in_place().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_once_the_file_of_the_database_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await.unwrap();
    assert_eq!(take(&store).await.unwrap(), 1);
    std::fs::remove_file(folder.path().join("huxi.db")).unwrap();
    says_that_it_is_gone(&store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_moved_away_and_back_works_again_and_has_lost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await.unwrap();
    let away = folder.path().join("away");
    for (nth, name) in ["huxi.db", "huxi.db-wal"].into_iter().enumerate() {
        let before = i64::try_from(nth).unwrap() * 2 + 1;
        assert_eq!(take(&store).await.unwrap(), before, "{name}");
        std::fs::rename(folder.path().join(name), &away).unwrap();
        says_that_it_is_gone(&store).await;
        std::fs::rename(&away, folder.path().join(name)).unwrap();
        assert!(store.in_place().is_ok(), "{name}");
        assert_eq!(take(&store).await.unwrap(), before + 1, "{name}: what was refused took no number");
    }
    drop(store);
    assert_eq!(take(&opened(folder.path()).await.unwrap()).await.unwrap(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_file_in_the_place_of_the_database_is_not_taken_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await.unwrap();
    take(&store).await.unwrap();
    let (database, other) = (folder.path().join("huxi.db"), folder.path().join("other"));
    let (mark, away) = (folder.path().join("huxi.db.overwritten"), folder.path().join("away"));
    std::fs::copy(&database, &other).unwrap();
    std::fs::hard_link(&database, &away).unwrap();
    std::fs::rename(&other, &database).unwrap();
    says_that_it_is_gone(&store).await;
    assert!(mark.exists(), "whoever starts next would play the log of one into the other");
    std::fs::rename(&away, &database).unwrap();
    assert_eq!(take(&store).await.unwrap(), 2, "the file that it was, and all is well");
    assert!(!mark.exists());
    std::fs::copy(&database, &other).unwrap();
    std::fs::rename(&other, &database).unwrap();
    says_that_it_is_gone(&store).await;
    drop(store);
    let again = opened(folder.path()).await.err();
    assert!(matches!(again, Some(StoreError::DatabaseOverwritten(_))), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_mixed_is_neither_kept_as_a_backup_nor_moved() {
    let folder = tempfile::tempdir().unwrap();
    drop(opened(folder.path()).await.unwrap());
    std::fs::write(folder.path().join("huxi.db.overwritten"), "").unwrap();
    let place = Place::Folder(folder.path().to_path_buf());
    let archive = folder.path().join("b.zip");
    let kept = store::backup::make(&place, &archive, TEST_DAY).await;
    assert!(matches!(kept, Err(BackupFault::Store(StoreError::DatabaseOverwritten(_)))), "{kept:?}");
    assert!(!archive.exists());
    // Nobody is asked for the other database.
    let moved = store::moving::carry(folder.path(), "postgres://127.0.0.1:9/none", |_| ()).await;
    assert!(matches!(moved, Err(MoveFault::Store(StoreError::DatabaseOverwritten(_)))), "{moved:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_laid_over_the_open_database_is_told_and_not_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let [database, copy, mark] =
        ["huxi.db", "copy", "huxi.db.overwritten"].map(|name| folder.path().join(name));
    let store = opened(folder.path()).await.unwrap();
    assert_eq!(take(&store).await.unwrap(), 1);
    drop(store);
    std::fs::copy(&database, &copy).unwrap();
    let store = opened(folder.path()).await.unwrap();
    assert_eq!(take(&store).await.unwrap(), 2);
    drop(store);
    let store = opened(folder.path()).await.unwrap();
    // The clock of a file goes in steps of some milliseconds.
    tokio::time::sleep(Duration::from_millis(30)).await;
    std::fs::copy(&copy, &database).unwrap();
    says_that_it_is_gone(&store).await;
    drop(store);
    let again = opened(folder.path()).await.err();
    assert!(matches!(again, Some(StoreError::DatabaseOverwritten(_))), "{again:?}");
    // It can be looked through, and whoever has done so takes the mark away.
    let place = Place::Folder(folder.path().to_path_buf());
    store::open_to_read(&place, StoreOptions::default()).await.unwrap();
    std::fs::remove_file(&mark).unwrap();
    assert_eq!(
        take(&opened(folder.path()).await.unwrap()).await.unwrap(),
        2,
        "the copy, and nothing mixed in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_somebody_empties_is_told_and_what_is_carried_over_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let [database, log, mark] =
        ["huxi.db", "huxi.db-wal", "huxi.db.overwritten"].map(|name| folder.path().join(name));
    drop(opened(folder.path()).await.unwrap());
    let store = opened(folder.path()).await.unwrap();
    assert_eq!(take(&store).await.unwrap(), 1);
    let before = std::fs::read(&database).unwrap();
    std::fs::write(&log, "").unwrap();
    says_that_it_is_gone(&store).await;
    assert!(mark.exists());
    drop(store);
    assert!(std::fs::read(&database).unwrap() == before, "nothing of an empty log gets into the database");
    let again = opened(folder.path()).await.err();
    assert!(matches!(again, Some(StoreError::DatabaseOverwritten(_))), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_stays_in_the_log_and_out_of_a_copy_laid_over_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let [database, log, copy] = ["huxi.db", "huxi.db-wal", "copy"].map(|name| folder.path().join(name));
    drop(opened(folder.path()).await.unwrap());
    std::fs::copy(&database, &copy).unwrap();
    let store = opened(folder.path()).await.unwrap();
    assert_eq!(take(&store).await.unwrap(), 1);
    // The clock of a file goes in steps of some milliseconds.
    tokio::time::sleep(Duration::from_millis(30)).await;
    std::fs::copy(&copy, &database).unwrap();
    says_that_it_is_gone(&store).await;
    drop(store);
    let place = Place::Folder(folder.path().to_path_buf());
    drop(store::open_to_read(&place, StoreOptions::default()).await.unwrap());
    assert!(std::fs::metadata(&log).unwrap().len() > 0, "the log of what was acknowledged");
    assert_eq!(std::fs::read(&database).unwrap(), std::fs::read(&copy).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_company_is_begun_over_what_another_one_has_left() {
    for left in ["files/ab/abcd", "backups/huxi-20261124-033000.zip", "huxi.db-wal", "huxi.db.part"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(left);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "x").unwrap();
        let place = Place::Folder(folder.path().to_path_buf());
        let read = store::open_to_read(&place, StoreOptions::default()).await;
        for refused in [opened(folder.path()).await.err(), read.err()] {
            let told = refused.expect(left);
            let name = left.split('/').next().unwrap();
            assert!(
                matches!(&told, StoreError::DatabaseMissing { left, .. } if *left == [name]),
                "{left}: {told:?}"
            );
        }
        assert!(!folder.path().join("huxi.db").exists(), "{left}");
    }
    // What was made ahead, and holds nothing, belongs to no company.
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("backups")).unwrap();
    assert_eq!(take(&opened(folder.path()).await.unwrap()).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_was_broken_off_is_not_opened_and_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to, archive) =
        (folder.path().join("from"), folder.path().join("to"), folder.path().join("b.zip"));
    let store = opened(&from).await.unwrap();
    let kept = store::files::put(&store, vec![7; 100], "image/png", "a.png", None, TEST_DAY).await.unwrap();
    assert_eq!(take(&store).await.unwrap(), 1);
    drop(store);
    store::backup::make(&Place::Folder(from), &archive, TEST_DAY).await.unwrap();
    // As it lies there when the program is killed: the mark, some of the files, and half of the database.
    let stray = to.join("files").join("ff").join("stray");
    std::fs::create_dir_all(stray.parent().unwrap()).unwrap();
    for half in [&stray, &to.join("huxi.db.restore"), &to.join("huxi.db.part"), &to.join("huxi.db.lock")] {
        std::fs::write(half, "").unwrap();
    }
    let place = Place::Folder(to.clone());
    let read = store::open_to_read(&place, StoreOptions::default()).await;
    for refused in [opened(&to).await.err(), read.err()] {
        assert!(matches!(refused, Some(StoreError::RestoreUnfinished(_))), "{refused:?}");
    }
    store::backup::restore(&archive, &place).await.unwrap();
    assert!(!stray.exists() && !to.join("huxi.db.restore").exists(), "nothing is left of the first one");
    let restored = opened(&to).await.unwrap();
    assert_eq!(take(&restored).await.unwrap(), 2);
    let content = store::files::content(&restored, &kept.hash).await.unwrap();
    assert_eq!(content, Some(vec![7; 100]));
    drop(restored);
    let again = store::backup::restore(&archive, &place).await;
    assert!(matches!(again, Err(store::backup::BackupFault::NotEmpty(_))), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_starts_while_the_process_before_ends_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let first = opened(folder.path()).await.unwrap();
    let path = folder.path().to_path_buf();
    let second = tokio::spawn(async move { opened(&path).await });
    // Long enough to meet the lock; a machine on which it comes later finds the folder free.
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(first);
    assert_eq!(take(&second.await.unwrap().unwrap()).await.unwrap(), 1);
}
