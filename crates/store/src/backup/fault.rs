//! Why a backup was not made, or not restored.

use zip::result::ZipError;

use crate::StoreError;

/// A backup or a restore that did not end well; nothing half done counts.
#[derive(Clone, Debug, thiserror::Error)]
pub enum BackupFault {
    /// The database or the disk failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no database in the folder.
    #[error("no database in {0}")]
    NoDatabase(String),
    /// The file is there already: no backup is overwritten.
    #[error("{0} is there already")]
    Exists(String),
    /// The place holds something: nothing is restored over it.
    #[error("{0} is not empty")]
    NotEmpty(String),
    /// The archive comes from a newer program.
    #[error("the archive is at migration {found}, this program knows up to {known}")]
    Newer { found: i64, known: i64 },
    /// The archive is of the other engine.
    #[error("the archive is of {archive}")]
    OtherEngine { archive: String },
    /// The archive is not there, or is no archive of ours.
    #[error("{path} cannot be read: {why:?}")]
    NoArchive { path: String, why: Unread },
    /// A part of the archive is not what it was when it was made.
    #[error("the archive is damaged at {part}")]
    Damaged { part: String },
    /// The copy of the database says of itself that it is not sound.
    #[error("the database is not sound: {0}")]
    Unsound(String),
}

/// Why a file is read as no archive of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// There is no such file.
    Missing,
    /// It cannot be opened; what the system said.
    Closed(String),
    /// It is no archive, or not a whole one.
    NotOurs,
}

impl From<std::io::Error> for BackupFault {
    fn from(error: std::io::Error) -> BackupFault {
        BackupFault::Store(error.into())
    }
}

impl From<rusqlite::Error> for BackupFault {
    fn from(error: rusqlite::Error) -> BackupFault {
        BackupFault::Store(error.into())
    }
}

impl From<tokio_postgres::Error> for BackupFault {
    fn from(error: tokio_postgres::Error) -> BackupFault {
        BackupFault::Store(error.into())
    }
}

/// A failure of writing; one of reading names its part instead.
pub(super) fn unwritten(error: ZipError) -> BackupFault {
    match error {
        ZipError::Io(error) => error.into(),
        other => BackupFault::Store(StoreError::Unavailable(other.to_string())),
    }
}

pub(super) fn damaged(part: &str) -> BackupFault {
    BackupFault::Damaged { part: part.to_string() }
}
