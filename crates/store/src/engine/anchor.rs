//! Whether the files of an open SQLite database still lie where they were opened.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::error::StoreError;

/// Which file it is, whatever its name: its device, and its number there.
type Identity = (u64, u64);

/// The files of a database that is open. Whoever removes, moves or replaces one of them takes what is written from then
/// on with it: SQLite goes on in the file that it opened, and nobody finds it after the next start.
pub(super) struct Anchor {
    database: PathBuf,
    opened: Identity,
    log: PathBuf,
    /// The log of SQLite, known once something was committed.
    written: OnceLock<Identity>,
}

impl Anchor {
    /// The database as it lies there now, before it is opened.
    pub(super) fn at(database: &Path) -> Result<Anchor, StoreError> {
        let opened = identity(database).ok_or_else(|| gone(database))?;
        let mut log = database.file_name().unwrap_or_default().to_os_string();
        log.push("-wal");
        let log = database.with_file_name(log);
        Ok(Anchor { database: database.to_path_buf(), opened, log, written: OnceLock::new() })
    }

    /// Refuses while a file is gone, or another one lies in its place; once it lies there again all is as before.
    pub(super) fn holds(&self) -> Result<(), StoreError> {
        if identity(&self.database) != Some(self.opened) {
            return Err(gone(&self.database));
        }
        match self.written.get() {
            Some(written) if identity(&self.log) != Some(*written) => Err(gone(&self.log)),
            Some(_) | None => Ok(()),
        }
    }

    /// After a commit: whether it lies where it will be found. If not, it is kept only if the file comes back.
    pub(super) fn held(&self) -> Result<(), StoreError> {
        if self.written.get().is_none()
            && let Some(log) = identity(&self.log)
        {
            // Only the writer comes here: nobody else has set it meanwhile.
            let _ = self.written.set(log);
        }
        self.holds().map_err(|gone| StoreError::CommitUnknown(gone.to_string()))
    }
}

fn gone(file: &Path) -> StoreError {
    StoreError::DatabaseGone(file.display().to_string())
}

/// `None` where there is no file, or it cannot be looked at.
#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

/// Elsewhere only a file that is gone is noticed.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.exists().then_some((0, 0))
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
}
