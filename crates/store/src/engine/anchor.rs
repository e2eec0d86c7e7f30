//! Whether the files of an open SQLite database still lie where they were opened, and hold what was written to them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};
use std::time::SystemTime;

use super::error::StoreError;
use super::folder;

/// Which file it is, whatever its name: its device, and its number there.
type Identity = (u64, u64);
/// When a file was last written to, and how long it is.
type Content = (SystemTime, u64);

/// The files of a database that is open. Whoever removes, moves or replaces one of them takes what is written from then
/// on with it: SQLite goes on in the file that it opened, and nobody finds it after the next start. Whoever writes another
/// content into the file of the database, as a copy laid over it does, mixes two states of the company.
pub(super) struct Anchor {
    database: PathBuf,
    opened: Identity,
    log: PathBuf,
    /// The log of SQLite, known once something was committed.
    written: OnceLock<Identity>,
    /// The longest that the log was, in bytes: until it is closed nobody makes it shorter.
    longest: AtomicU64,
    /// The database as this process last left it; `None` where SQLite writes to it whenever it likes.
    left: RwLock<Option<Content>>,
    overwritten: AtomicBool,
    /// Another file lies in the place of the database, and the folder is marked as long as it does.
    replaced: AtomicBool,
}

impl Anchor {
    /// The database as it lies there now, before it is opened.
    pub(super) fn at(database: &Path) -> Result<Anchor, StoreError> {
        let (opened, _) = look(database).ok_or_else(|| gone(database))?;
        let mut log = database.file_name().unwrap_or_default().to_os_string();
        log.push("-wal");
        Ok(Anchor {
            database: database.to_path_buf(),
            opened,
            log: database.with_file_name(log),
            written: OnceLock::new(),
            longest: AtomicU64::new(0),
            left: RwLock::new(None),
            overwritten: AtomicBool::new(false),
            replaced: AtomicBool::new(false),
        })
    }

    /// From now on nobody writes to the database but in `carrying`.
    pub(super) fn watch_content(&self) {
        let mut left = self.left.write().unwrap_or_else(PoisonError::into_inner);
        *left = self.note();
    }

    /// What the database is like now, noted for whoever starts after this process was killed.
    fn note(&self) -> Option<Content> {
        let file = std::fs::metadata(&self.database).ok()?;
        folder::note_left(&self.database, Some(&file));
        content(&file)
    }

    /// Carries the log over into the database, as the only one who writes there, once nobody looks at it any more; `None`,
    /// and nothing is written, where another file lies in its place or somebody else has written to it.
    pub(super) fn carrying<T>(&self, carry: impl FnOnce() -> T) -> Option<T> {
        let mut left = self.left.write().unwrap_or_else(PoisonError::into_inner);
        self.is_as(left.as_ref()).ok()?;
        self.log_is_whole(true).ok()?;
        if left.is_none() {
            return Some(carry());
        }
        folder::note_left(&self.database, None);
        let done = carry();
        *left = self.note();
        // At the very end it is cut short by whoever carries over.
        self.longest.store(look(&self.log).map_or(0, |(_, (_, length))| length), Ordering::Release);
        Some(done)
    }

    /// Refuses while a file is gone, or another one lies in its place; once it lies there again all is as before. Refuses
    /// for good once somebody else has written to the database.
    pub(super) fn holds(&self) -> Result<(), StoreError> {
        // While the log is carried over nobody can say what the database has to look like, and how long the log is.
        let left = self.left.try_read();
        self.is_as(left.as_ref().ok().and_then(|left| left.as_ref()))?;
        self.log_is_whole(left.is_ok())
    }

    /// Refuses while the log is gone or another one, and for good once somebody else has cut it short: what it held is
    /// lost, and what SQLite would carry over of it is not what was written.
    fn log_is_whole(&self, nobody_carries: bool) -> Result<(), StoreError> {
        let Some(written) = self.written.get() else { return Ok(()) };
        // Before it is looked at: it may grow meanwhile.
        let longest = self.longest.load(Ordering::Acquire);
        match look(&self.log) {
            Some((log, (_, length))) if log == *written && (length >= longest || !nobody_carries) => Ok(()),
            Some((log, _)) if log == *written => {
                self.note_overwritten();
                Err(gone(&self.database))
            }
            Some(_) | None => Err(gone(&self.log)),
        }
    }

    fn note_overwritten(&self) {
        if !self.overwritten.swap(true, Ordering::Relaxed) {
            folder::mark_overwritten(&self.database);
        }
    }

    /// After a commit: whether it lies where it will be found. If not, it is kept only if the file comes back.
    pub(super) fn held(&self) -> Result<(), StoreError> {
        if let Some((log, (_, length))) = look(&self.log) {
            // Only the writer comes here: nobody else has set it meanwhile.
            let known = self.written.get_or_init(|| log) == &log;
            let longest = self.longest.load(Ordering::Acquire);
            if known && length > longest {
                self.longest.fetch_max(length, Ordering::AcqRel);
            }
        }
        self.holds().map_err(|gone| StoreError::CommitUnknown(gone.to_string()))
    }

    /// As whoever reads looks at it, for as long as what is given out is kept.
    #[cfg(test)]
    pub(super) fn look_on(&self) -> std::sync::RwLockReadGuard<'_, Option<Content>> {
        self.left.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_as(&self, left: Option<&Content>) -> Result<(), StoreError> {
        let there = look(&self.database);
        let ours = there.map(|(file, _)| file == self.opened);
        self.mark_replaced(ours == Some(false));
        if self.overwritten.load(Ordering::Relaxed) || ours != Some(true) {
            return Err(gone(&self.database));
        }
        if let (Some((_, found)), Some(left)) = (there, left)
            && found != *left
        {
            self.note_overwritten();
            return Err(gone(&self.database));
        }
        Ok(())
    }

    /// The log that lies beside another file is not that file's: whoever starts next would mix the two.
    fn mark_replaced(&self, replaced: bool) {
        if self.replaced.load(Ordering::Relaxed) == replaced
            || self.replaced.swap(replaced, Ordering::Relaxed) == replaced
        {
            return;
        }
        if replaced {
            folder::mark_overwritten(&self.database);
        } else if !self.overwritten.load(Ordering::Relaxed) {
            folder::unmark_overwritten(&self.database);
        }
    }
}

fn gone(file: &Path) -> StoreError {
    StoreError::DatabaseGone(file.display().to_string())
}

/// `None` where there is no file, or it cannot be looked at.
fn look(path: &Path) -> Option<(Identity, Content)> {
    let file = std::fs::metadata(path).ok()?;
    Some((identity(&file), content(&file)?))
}

fn content(file: &std::fs::Metadata) -> Option<Content> {
    Some((file.modified().ok()?, file.len()))
}

#[cfg(unix)]
fn identity(file: &std::fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

/// Elsewhere only a file that is gone or written to is noticed.
#[cfg(not(unix))]
fn identity(_file: &std::fs::Metadata) -> Identity {
    (0, 0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_into_a_file_that_went_meanwhile_is_of_unknown_fate() {
        let folder = tempfile::tempdir().unwrap();
        let [database, log, away] = ["huxi.db", "huxi.db-wal", "away"].map(|name| folder.path().join(name));
        assert!(matches!(Anchor::at(&database), Err(StoreError::DatabaseGone(_))));
        std::fs::write(&database, "x").unwrap();
        std::fs::write(&log, "x").unwrap();
        let anchor = Anchor::at(&database).unwrap();
        anchor.held().unwrap();
        for file in [&database, &log] {
            std::fs::rename(file, &away).unwrap();
            assert!(matches!(anchor.holds(), Err(StoreError::DatabaseGone(_))), "{}", file.display());
            assert!(matches!(anchor.held(), Err(StoreError::CommitUnknown(_))), "{}", file.display());
            std::fs::rename(&away, file).unwrap();
            anchor.held().unwrap();
        }
    }

    #[test]
    fn whoever_else_writes_to_the_database_is_noticed_and_no_longer_carried_over() {
        let folder = tempfile::tempdir().unwrap();
        let [database, mark] = ["huxi.db", folder::OVERWRITTEN].map(|name| folder.path().join(name));
        std::fs::write(&database, "ours").unwrap();
        let anchor = Anchor::at(&database).unwrap();
        anchor.watch_content();
        for longer in ["ours and", "ours and more"] {
            assert_eq!(anchor.carrying(|| std::fs::write(&database, longer).is_ok()), Some(true));
            anchor.holds().unwrap();
        }
        // The file stays, what it holds does not.
        std::fs::write(&database, "theirs").unwrap();
        assert_eq!(anchor.carrying(|| panic!("written over what is not ours")), None::<()>);
        assert!(mark.exists());
        std::fs::write(&database, "ours and more").unwrap();
        for _ in 0..2 {
            assert!(
                matches!(anchor.holds(), Err(StoreError::DatabaseGone(_))),
                "what was between, nobody knows"
            );
        }
    }

    #[test]
    fn a_log_that_somebody_cuts_short_is_not_carried_over() {
        let folder = tempfile::tempdir().unwrap();
        let [database, log, mark] =
            ["huxi.db", "huxi.db-wal", folder::OVERWRITTEN].map(|it| folder.path().join(it));
        std::fs::write(&database, "ours").unwrap();
        std::fs::write(&log, "some").unwrap();
        let anchor = Anchor::at(&database).unwrap();
        anchor.watch_content();
        anchor.held().unwrap();
        std::fs::write(&log, "some more").unwrap();
        anchor.held().unwrap();
        assert_eq!(anchor.carrying(|| 7), Some(7));
        std::fs::write(&log, "").unwrap();
        assert_eq!(anchor.carrying(|| panic!("carried over what is not there")), None::<()>);
        assert!(mark.exists());
        for _ in 0..2 {
            assert!(matches!(anchor.holds(), Err(StoreError::DatabaseGone(_))));
            assert!(matches!(anchor.held(), Err(StoreError::CommitUnknown(_))));
            std::fs::write(&log, "some more again").unwrap();
        }
    }

    #[test]
    fn nothing_is_carried_over_while_another_file_lies_in_the_place_of_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let [database, away] = ["huxi.db", "away"].map(|name| folder.path().join(name));
        std::fs::write(&database, "ours").unwrap();
        let anchor = Anchor::at(&database).unwrap();
        anchor.watch_content();
        std::fs::rename(&database, &away).unwrap();
        assert_eq!(anchor.carrying(|| panic!("the file is away")), None::<()>);
        std::fs::rename(&away, &database).unwrap();
        assert_eq!(anchor.carrying(|| 7), Some(7));
        anchor.holds().unwrap();
    }
}
