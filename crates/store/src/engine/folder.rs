//! A data folder of SQLite: who writes there, and whether what lies there is the whole of a company.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use tokio::time::Instant;

use super::error::StoreError;
use super::private;
use super::store::{BACKUPS, DATABASE};
use crate::{files, probe};

/// Lies in a folder as long as a restore into it has not come to its end.
pub(crate) const UNFINISHED: &str = "huxi.db.restore";
/// Lies in a folder whose database somebody else has written to while a process had it open.
pub(crate) const OVERWRITTEN: &str = "huxi.db.overwritten";
/// Says that a process writes there, as long as that one holds it.
pub(crate) const LOCK: &str = "huxi.db.lock";
/// The log of SQLite, and a database that an earlier program had not restored whole.
const BESIDE: [&str; 2] = ["huxi.db-wal", "huxi.db.part"];

/// A process that was just killed, or is ending, lets go of its folder within so long.
const LET_GO_WITHIN: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Takes a data folder, which is there afterwards, for the one process that writes to it. Who comes while another one
/// ends waits for it a moment.
pub(super) async fn claim(folder: &Path) -> Result<File, StoreError> {
    let unavailable =
        |error: std::io::Error| StoreError::Unavailable(format!("{}: {error}", folder.display()));
    let lock = lock_file(folder).map_err(unavailable)?;
    let until = Instant::now() + LET_GO_WITHIN;
    loop {
        match lock.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if Instant::now() < until => tokio::time::sleep(LOOK_EVERY).await,
            Err(_) => return Err(StoreError::SecondWriter(folder.display().to_string())),
        }
    }
    // Whoever restores here holds the lock, so that a mark that is seen now is of one that was broken off.
    check_whole(folder)?;
    check_unmixed(folder)?;
    close_to_others(folder).map_err(unavailable)?;
    Ok(lock)
}

/// Marks the folder of a database that somebody else has written to, for whoever starts next.
pub(super) fn mark_overwritten(database: &Path) {
    // Where it cannot be marked, the process that has it open refuses all the same.
    let _ = private::create(&database.with_file_name(OVERWRITTEN)).and_then(|mark| mark.sync_all());
}

/// Takes the mark away: the database is the one that it was.
pub(super) fn unmark_overwritten(database: &Path) {
    let _ = std::fs::remove_file(database.with_file_name(OVERWRITTEN));
}

/// Keeps every writing process out of a data folder as long as the file that it gives stays open; refused where one is at
/// work. Nothing but the lock is made.
pub(crate) fn keep_writers_out(folder: &Path) -> Result<File, StoreError> {
    let lock = open_lock(folder)?;
    lock.try_lock().map_err(|_| StoreError::SecondWriter(folder.display().to_string()))?;
    Ok(lock)
}

/// Refuses a folder whose restore has not come to its end, and one in which a company has left things but no database: a
/// new company begun over them would hide that one is missing.
pub(crate) fn check_whole(folder: &Path) -> Result<(), StoreError> {
    if folder.join(UNFINISHED).exists() {
        return Err(StoreError::RestoreUnfinished(folder.display().to_string()));
    }
    let left = left_without_database(folder);
    match left.is_empty() {
        true => Ok(()),
        false => Err(StoreError::DatabaseMissing { folder: folder.display().to_string(), left }),
    }
}

/// Refuses a folder whose database somebody else has written to: what lies there is looked through, and not gone on with,
/// kept or carried elsewhere.
pub(crate) fn check_unmixed(folder: &Path) -> Result<(), StoreError> {
    match folder.join(OVERWRITTEN).exists() {
        true => Err(StoreError::DatabaseOverwritten(folder.display().to_string())),
        false => Ok(()),
    }
}

/// What a company has left in a folder that has no database, or an empty one; nothing where there is one.
fn left_without_database(folder: &Path) -> Vec<String> {
    let there = match std::fs::metadata(folder.join(DATABASE)) {
        Ok(database) if database.len() > 0 => return Vec::new(),
        Ok(_) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        // Why it cannot be looked at is said by whoever opens it.
        Err(_) => return Vec::new(),
    };
    let kept = [files::FOLDER, BACKUPS].into_iter().filter(|name| holds_something(&folder.join(name)));
    // A database that is empty because it is just being made may have them.
    let beside = BESIDE.into_iter().filter(|name| !there && folder.join(name).exists());
    kept.chain(beside).map(str::to_string).collect()
}

fn holds_something(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// The lock file of a data folder, which is there afterwards.
fn lock_file(folder: &Path) -> std::io::Result<File> {
    std::fs::create_dir_all(folder)?;
    // What somebody else keeps things in is theirs to open or to close.
    if holds_only_ours(folder)? {
        private::folder(folder)?;
    }
    open_lock(folder)
}

fn open_lock(folder: &Path) -> std::io::Result<File> {
    private::keep(&folder.join(LOCK))
}

/// Closes everything of ours in the folder to other accounts. Only for whoever holds the lock: closing a file of the
/// database lets go of the locks that this process has on it.
fn close_to_others(folder: &Path) -> std::io::Result<()> {
    let database = folder.join(DATABASE);
    if !database.exists() {
        // SQLite gives the files beside the database the mode that the database has.
        drop(private::keep(&database)?);
    }
    let beside = [(DATABASE, 0o600), ("huxi.db-wal", 0o600), ("huxi.db-shm", 0o600), (files::FOLDER, 0o700)];
    for (name, mode) in beside {
        let place = folder.join(name);
        if place.exists() {
            private::close(&place, mode)?;
        }
    }
    Ok(())
}

fn holds_only_ours(folder: &Path) -> std::io::Result<bool> {
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        let ours = name == files::FOLDER
            || name == BACKUPS
            || name == probe::ROOM
            || name.to_string_lossy().starts_with(DATABASE);
        if !ours {
            return Ok(false);
        }
    }
    Ok(true)
}
