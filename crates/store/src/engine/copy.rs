//! A copy of a SQLite database, made by SQLite while other connections and processes write.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::lite::leave_to_writer;
use super::private;

const COPY: &str = "VACUUM INTO ?1";
const SOUND: &str = "ok";
const FILES: &str = "SELECT hash FROM file ORDER BY hash";
const MIGRATION: &str = "SELECT COALESCE(MAX(n), 0) FROM schema_version";
/// Of what is wrong so much is read.
const FAULTS_MAX: usize = 20;

/// A copy that lies beside, to be looked at and packed.
pub(crate) struct DatabaseCopy {
    copy: Connection,
}

impl DatabaseCopy {
    /// Copies the database as it is at one moment to `target`, which nobody else opens.
    pub(crate) fn make(database: &Path, target: &Path) -> Result<DatabaseCopy, StoreError> {
        // An empty file may stand there; made by us it has the mode that it should have.
        drop(private::create(target)?);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let source = Connection::open_with_flags(database, flags)?;
        source.busy_timeout(Duration::from_secs(30))?;
        leave_to_writer(&source)?;
        let name = target.to_str();
        let name = name.ok_or_else(|| StoreError::Unavailable(format!("{} is no text", target.display())))?;
        source.execute(COPY, [name])?;
        drop(source);
        Ok(DatabaseCopy { copy: Connection::open_with_flags(target, flags)? })
    }

    /// What SQLite finds wrong with it; nothing when it is sound.
    pub(crate) fn faults(&self) -> Result<Vec<String>, StoreError> {
        faults_of(&self.copy)
    }

    /// The newest migration of the copy.
    pub(crate) fn migration(&self) -> Result<i64, StoreError> {
        migration_of(&self.copy)
    }

    /// Hands on the hash of every file that the copy names.
    pub(crate) fn each_file<E: From<rusqlite::Error>>(
        &self,
        mut take: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut files = self.copy.prepare(FILES)?;
        let mut rows = files.query([])?;
        while let Some(row) = rows.next()? {
            take(&row.get::<_, String>(0)?)?;
        }
        Ok(())
    }
}

/// What SQLite finds wrong with a database; nothing when it is sound.
pub(crate) fn faults_of(database: &Connection) -> Result<Vec<String>, StoreError> {
    let mut faults = Vec::new();
    let mut check = database.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()? {
        faults.push(row.get::<_, String>(0)?);
    }
    faults.retain(|fault| fault != SOUND);
    let mut check = database.prepare("PRAGMA foreign_key_check")?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()?
        && faults.len() < FAULTS_MAX
    {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        faults.push(format!("{table} names a {parent} that is not there"));
    }
    Ok(faults)
}

/// The newest migration of a SQLite database that has any.
pub(crate) fn migration_of(database: &Connection) -> Result<i64, StoreError> {
    Ok(database.query_row(MIGRATION, [], |row| row.get(0))?)
}
