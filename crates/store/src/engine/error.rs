//! What can go wrong between a command and its database.

/// A failure of the database or of the layer above it. Its text is for the log, never for a user.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A unique or foreign key or check refused the row.
    #[error("constraint: {0}")]
    Constraint(String),
    /// Another transaction was first; the command may be run again.
    #[error("conflict with another transaction: {0}")]
    Retry(String),
    /// The database cannot be reached; nothing of this command was kept.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The connection broke while the commit was on its way: either all of this command was kept, or nothing.
    #[error("the fate of a commit is unknown: {0}")]
    CommitUnknown(String),
    /// The file of the SQLite database that is open was removed, moved, replaced or written to by somebody else, or
    /// the database of PostgreSQL made anew; nothing of this command was kept.
    #[error("{0} is gone or was replaced while it was open")]
    DatabaseGone(String),
    /// A company has left things in the folder, and no database.
    #[error("no database in {folder} beside {left:?}")]
    DatabaseMissing { folder: String, left: Vec<String> },
    /// A restore into this folder was broken off.
    #[error("a restore into {0} has not come to its end")]
    RestoreUnfinished(String),
    /// Somebody else has written to the database of this folder while a process had it open.
    #[error("the database in {0} was overwritten while it was open")]
    DatabaseOverwritten(String),
    /// The disk is full; nothing of this command was kept.
    #[error("disk full: {0}")]
    DiskFull(String),
    /// The database was migrated by a newer Huxi.
    #[error("database is at migration {found}, this program knows up to {known}")]
    NewerDatabase { found: i64, known: i64 },
    /// Another process writes to this SQLite file.
    #[error("another process has this database open for writing: {0}")]
    SecondWriter(String),
    /// A command awaited something other than its transaction.
    #[error("a command waited for something outside its transaction")]
    ForeignWait,
    /// A command panicked; it was rolled back.
    #[error("a command panicked")]
    Panicked,
    /// A row did not have the shape that the program expects.
    #[error("unexpected row: {0}")]
    Decode(String),
    /// A file that is known cannot be given out as it came.
    #[error("file {hash}: {fault}")]
    File { hash: String, fault: FileFault },
    /// Any other refusal of the engine.
    #[error("sql: {0}")]
    Sql(String),
    /// A failure asked for by a fault test.
    #[error("injected failure")]
    Injected,
}

/// What is wrong with a file that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    #[error("its content is not there any more")]
    Missing,
    /// Its bytes no longer have the hash that is its name.
    #[error("its content is another than was kept")]
    Changed,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ffi::ErrorCode;
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => StoreError::Constraint(text),
            Some(ErrorCode::DiskFull) => StoreError::DiskFull(text),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Retry(text),
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::OutOfMemory
                | ErrorCode::PermissionDenied,
            ) => StoreError::Unavailable(text),
            _ => StoreError::Sql(text),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> StoreError {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::DiskFull(error.to_string()),
            _ => StoreError::Unavailable(error.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> StoreError {
        let Some(db) = error.as_db_error() else {
            return if error.is_closed()
                || std::error::Error::source(&error).is_some_and(|s| s.is::<std::io::Error>())
            {
                StoreError::Unavailable(error.to_string())
            } else {
                StoreError::Sql(format!("{error}: {:?}", std::error::Error::source(&error)))
            };
        };
        let text = format!("{} {} {}", db.code().code(), db.message(), db.constraint().unwrap_or_default());
        match db.code().code() {
            "40001" | "40P01" | "55P03" => StoreError::Retry(text),
            "53100" => StoreError::DiskFull(text),
            // A table that every program of ours makes before it serves: another database stands in the place of this one.
            "42P01" => StoreError::DatabaseGone(text),
            // The server waited too long for the next word of this transaction, or lets nobody write for now.
            "25P03" | "25006" => StoreError::Unavailable(text),
            code if code.starts_with("23") => StoreError::Constraint(text),
            // Out of means, stopped by somebody, failed files of the server, no connection.
            code if ["53", "57", "58", "08"].iter().any(|class| code.starts_with(*class)) => {
                StoreError::Unavailable(text)
            }
            _ => StoreError::Sql(text),
        }
    }
}

impl From<deadpool_postgres::PoolError> for StoreError {
    fn from(error: deadpool_postgres::PoolError) -> StoreError {
        StoreError::Unavailable(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_a_database_that_is_away() {
        let sqlite = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(13), None);
        assert!(matches!(StoreError::from(sqlite), StoreError::DiskFull(_)));
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert!(matches!(StoreError::from(full), StoreError::DiskFull(_)));
        let away = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert!(matches!(StoreError::from(away), StoreError::Unavailable(_)));
        // Out of memory.
        let sqlite = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(7), None);
        assert!(matches!(StoreError::from(sqlite), StoreError::Unavailable(_)));
    }
}
