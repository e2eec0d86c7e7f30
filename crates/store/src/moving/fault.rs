//! Why nothing was moved.

use crate::StoreError;

/// A move that did not come to its end: the PostgreSQL holds nothing of it, and the folder is as it was.
#[derive(Clone, Debug, thiserror::Error)]
pub enum MoveFault {
    /// The folder cannot be read, or another process writes there.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no database in the folder.
    #[error("no database in {0}")]
    NoDatabase(String),
    /// The folder's database is of another program.
    #[error("the folder is at migration {found}, this program is at {known}")]
    SourceVersion { found: i64, known: i64 },
    /// The folder's database says of itself that it is not sound.
    #[error("the database is not sound: {0}")]
    Unsound(String),
    /// The PostgreSQL cannot be reached, or does not let us in.
    #[error("the target cannot be reached: {0}")]
    Unreachable(String),
    /// The PostgreSQL failed or went away on the way.
    #[error("the target failed: {0}")]
    Target(StoreError),
    /// The PostgreSQL holds something in this table: nothing is moved over it.
    #[error("the target holds something in {table}")]
    NotEmpty { table: String },
    /// The PostgreSQL has tables of another program.
    #[error("the target is at migration {found}, this program is at {known}")]
    TargetVersion { found: i64, known: i64 },
    /// The PostgreSQL does not keep texts as UTF-8.
    #[error("the target keeps texts as {0}")]
    Encoding(String),
    /// Tables or columns that only one of both has.
    #[error("the target lacks {lacks:?} and has besides {besides:?}")]
    TablesDiffer { lacks: Vec<String>, besides: Vec<String> },
    /// What a record holds in a column can be kept by no PostgreSQL.
    #[error("{table} {record}: {column} cannot be kept: {why:?}")]
    Unfit { table: String, record: String, column: String, why: Unfit },
    /// The PostgreSQL refused a row of the table.
    #[error("the target refused a row of {table}: {said}")]
    Refused { table: String, said: String },
    /// What was read back is not what was sent; the same number of rows: they hold something else.
    #[error("{table} had {sent} rows, {found} were found")]
    Differs { table: String, sent: u64, found: u64 },
}

/// Why a value can be kept by no PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// A text with the sign that ends texts elsewhere.
    Nul,
    /// Bytes that are no text in UTF-8.
    NoText,
    /// Something else than what the column holds, such as a number with a fraction.
    Other,
}

impl From<rusqlite::Error> for MoveFault {
    fn from(error: rusqlite::Error) -> MoveFault {
        MoveFault::Store(error.into())
    }
}

impl From<tokio_postgres::Error> for MoveFault {
    fn from(error: tokio_postgres::Error) -> MoveFault {
        MoveFault::Target(error.into())
    }
}
