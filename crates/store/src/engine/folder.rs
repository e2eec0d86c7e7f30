//! A data folder of SQLite: who writes there, and whether what lies there is the whole of a company.

use std::fs::{File, Metadata, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use tokio::time::Instant;

use super::error::StoreError;
use super::private;
use super::store::{BACKUPS, DATABASE};
use crate::{files, probe};

/// Lies in a folder as long as a restore into it has not come to its end.
pub(crate) const UNFINISHED: &str = "huxi.db.restore";
/// Lies in a folder whose database somebody else has written to while a process had it open.
pub(crate) const OVERWRITTEN: &str = "huxi.db.overwritten";
/// What the database was like when the process that writes to it last left it, and since which start of the machine.
const LEFT: &str = "huxi.db.left";
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
    check_as_left(folder)?;
    // Whoever writes from now on notes it anew.
    note_left(&folder.join(DATABASE), None);
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

/// Refuses, and marks, a database that is not as a process that was killed has left it: the log that lies beside it would be
/// played into another one. Only for whoever holds the lock. After a start of the machine nothing is compared: a power
/// failure may have kept the one file and not the other.
pub(crate) fn check_as_left(folder: &Path) -> Result<(), StoreError> {
    let database = folder.join(DATABASE);
    let log = std::fs::metadata(folder.join("huxi.db-wal")).map_or(0, |log| log.len());
    let noted = std::fs::read_to_string(folder.join(LEFT)).unwrap_or_default();
    let (Some(boot), Ok(there)) = (boot(), std::fs::metadata(&database)) else { return Ok(()) };
    let comparable = log > 0 && noted.starts_with(&boot);
    if !comparable || left_text(&boot, &there).is_none_or(|now| now == noted) {
        return Ok(());
    }
    mark_overwritten(&database);
    Err(StoreError::DatabaseOverwritten(folder.display().to_string()))
}

/// Notes what the database is like for `check_as_left`; nothing while it is being written to.
pub(super) fn note_left(database: &Path, left: Option<&Metadata>) {
    let text = left.zip(boot()).and_then(|(left, boot)| left_text(&boot, left)).unwrap_or_default();
    // Where it cannot be noted, nothing is compared; an old note would be a wrong one.
    let note = database.with_file_name(LEFT);
    let noted = private::create(&note).and_then(|mut file| file.write_all(text.as_bytes()));
    if noted.is_err() {
        let _ = std::fs::remove_file(&note);
    }
}

fn left_text(boot: &str, file: &Metadata) -> Option<String> {
    let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{boot} {} {}", written.as_nanos(), file.len()))
}

/// Which start of the machine this is; `None` where the system does not say.
fn boot() -> Option<String> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(text.trim().to_string()).filter(|text| !text.is_empty())
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_log_beside_a_database_that_it_does_not_belong_to_is_not_played_into_it() {
        let folder = tempfile::tempdir().unwrap();
        let [database, log, mark] =
            [DATABASE, "huxi.db-wal", OVERWRITTEN].map(|name| folder.path().join(name));
        let note = || note_left(&database, Some(&std::fs::metadata(&database).unwrap()));
        std::fs::write(&database, "as it was left").unwrap();
        std::fs::write(&log, "what was acknowledged since").unwrap();
        note();
        check_as_left(folder.path()).unwrap();
        std::fs::write(&database, "an older one").unwrap();
        let refused = check_as_left(folder.path());
        assert!(matches!(refused, Err(StoreError::DatabaseOverwritten(_))), "{refused:?}");
        assert!(mark.exists() && check_unmixed(folder.path()).is_err(), "for whoever asks next, too");
        // Killed while it wrote there, or with nothing left in the log: nothing can be mixed, or nothing is known.
        note_left(&database, None);
        check_as_left(folder.path()).unwrap();
        note();
        std::fs::write(&database, "another").unwrap();
        std::fs::write(&log, "").unwrap();
        check_as_left(folder.path()).unwrap();
    }

    #[test]
    fn what_another_start_of_the_machine_has_left_is_compared_with_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(DATABASE), "ours").unwrap();
        std::fs::write(folder.path().join("huxi.db-wal"), "log").unwrap();
        std::fs::write(folder.path().join(LEFT), "an earlier start 1 2").unwrap();
        check_as_left(folder.path()).unwrap();
    }
}
