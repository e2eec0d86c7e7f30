//! The layer under all SQL: one text, bound by name, on a grouped SQLite writer or on PostgreSQL.

mod ask;
mod clock;
mod dialect;
mod error;
mod lite;
mod migrate;
mod pg;
pub(crate) mod private;
mod store;
mod tx;
mod value;

pub use ask::Ask;
pub use clock::Clock;
pub use error::StoreError;
pub use store::{Command, Store, StoreOptions, WriteFuture, open_postgres, open_sqlite};
pub use tx::{LOCK_ORDER, Tx};
pub use value::{Row, Value};
