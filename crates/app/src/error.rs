//! How a use-case ends when it does not end well.

use domain::access::{AccessRefused, AccountRefused};
use domain::base::{Invalid, OutOfRange, Refusal};
use domain::catalog::GalleryRefused;
use domain::config::ConfigRefused;
use domain::customers::CustomerRefused;
use domain::documents::{FileRefused, PictureRefused, PrintRefused, SheetRefused};
use domain::pricing::import::ImportRefused;
use domain::quotes::{QuoteRefused, ShareRefused};
use domain::tasks::TaskRefused;
use store::{FileFault, StoreError};

/// The one error of all use-cases; the server and the command line turn it into words.
#[derive(Debug)]
pub enum AppError {
    /// A rule said no.
    Refused(Box<dyn Refusal>),
    /// No such record for this person, or not allowed.
    Access(AccessRefused),
    /// Somebody else changed the record first; `version` is what it is at now.
    Stale { version: i64 },
    /// The database failed; nothing of the command was kept, but for [`AppError::is_fate_unknown`].
    Store(StoreError),
}

impl AppError {
    /// The stable code of a refusal, for tests and the wire.
    pub fn code(&self) -> &'static str {
        match self {
            AppError::Refused(refusal) => refusal.code(),
            AppError::Access(AccessRefused::NotFound) => "not_found",
            AppError::Access(AccessRefused::Forbidden(_)) => "not_allowed",
            AppError::Stale { .. } => "changed_by_other",
            AppError::Store(StoreError::DiskFull(_)) => "disk_full",
            AppError::Store(StoreError::DatabaseGone(_)) => "database_gone",
            AppError::Store(StoreError::CommitUnknown(_)) => "commit_unknown",
            AppError::Store(StoreError::File { fault: FileFault::Missing, .. }) => "file_missing",
            AppError::Store(StoreError::File { fault: FileFault::Changed, .. }) => "file_changed",
            AppError::Store(_) if self.is_outage() => "unavailable",
            AppError::Store(_) => "internal",
        }
    }

    /// The database is away or overrun: the same request may work later.
    pub fn is_outage(&self) -> bool {
        matches!(
            self,
            AppError::Store(
                StoreError::Unavailable(_)
                    | StoreError::DatabaseGone(_)
                    | StoreError::Retry(_)
                    | StoreError::CommitUnknown(_)
            )
        )
    }

    /// The file of the database was taken away under the running program.
    pub fn is_database_gone(&self) -> bool {
        matches!(self, AppError::Store(StoreError::DatabaseGone(_)))
    }

    /// The database went away while it committed: all of the command was kept, or nothing.
    pub fn is_fate_unknown(&self) -> bool {
        matches!(self, AppError::Store(StoreError::CommitUnknown(_)))
    }

    /// Nothing can be kept until somebody makes room.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, AppError::Store(StoreError::DiskFull(_)))
    }

    /// The machine or the database failed, and not what was to be done: nothing is given up for it, all waits until they
    /// work again.
    pub fn is_of_the_machine(&self) -> bool {
        let strange =
            matches!(self, AppError::Store(StoreError::NewerDatabase { .. } | StoreError::SecondWriter(_)));
        strange || self.is_outage() || self.is_disk_full()
    }

    /// A file that is known cannot be given out as it came.
    pub fn is_file_fault(&self) -> bool {
        matches!(self, AppError::Store(StoreError::File { .. }))
    }

    /// A rule said no.
    pub fn refused(refusal: impl Refusal) -> AppError {
        AppError::Refused(Box::new(refusal))
    }
}

/// Lets `?` turn the refusals of the named areas into `AppError`.
macro_rules! from_refusals {
    ($($refusal:ty),* $(,)?) => {$(
        impl From<$refusal> for AppError {
            fn from(refusal: $refusal) -> AppError {
                AppError::refused(refusal)
            }
        }
    )*};
}

from_refusals!(
    AccountRefused,
    ConfigRefused,
    CustomerRefused,
    FileRefused,
    GalleryRefused,
    ImportRefused,
    Invalid,
    PictureRefused,
    PrintRefused,
    QuoteRefused,
    ShareRefused,
    SheetRefused,
    TaskRefused
);

impl From<AccessRefused> for AppError {
    fn from(refused: AccessRefused) -> AppError {
        AppError::Access(refused)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> AppError {
        AppError::Store(error)
    }
}

impl From<OutOfRange> for AppError {
    fn from(_: OutOfRange) -> AppError {
        AppError::Store(StoreError::Decode("a figure is too large to compute".to_string()))
    }
}
