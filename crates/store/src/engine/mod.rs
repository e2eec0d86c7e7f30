//! The layer under all SQL: one text, bound by name, on a grouped SQLite writer or on PostgreSQL.

mod anchor;
mod ask;
mod carry;
mod clock;
mod copy;
mod dialect;
mod error;
pub(crate) mod folder;
mod lite;
mod migrate;
mod pg;
pub(crate) mod private;
mod store;
mod tx;
mod value;
pub(crate) mod whole;

pub use ask::Ask;
pub use clock::Clock;
pub(crate) use copy::{DatabaseCopy, faults_of, migration_of};
pub use error::{FileFault, StoreError};
pub(crate) use folder::keep_writers_out;
pub use lite::{GROUP_BOUNDS, WriterStats};
pub(crate) use migrate::{
    TABLE as VERSION_TABLE, applied as applied_migration, known as known_migration,
    take_turn as take_turn_to_migrate, within as migrate_within,
};
pub(crate) use pg::column as column_of;
pub(crate) use store::DATABASE;
pub use store::{
    BACKUPS, Command, Durability, Place, Store, StoreOptions, WriteFuture, open_postgres, open_sqlite,
    open_to_read,
};
pub use tx::{LOCK_ORDER, Tx};
pub use value::{Row, Value};
