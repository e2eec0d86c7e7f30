//! All SQL of Huxi, for SQLite and PostgreSQL alike; rows become domain types here and nowhere else.

pub mod access;
pub mod audit;
pub mod automation;
pub mod backup;
pub mod catalog;
pub mod config;
pub mod customers;
pub mod documents;
mod engine;
pub mod events;
pub mod files;
pub mod idempotency;
pub mod insights;
pub mod integrity;
pub mod keys;
pub mod moving;
pub mod notices;
pub mod numbers;
pub mod orders;
pub mod outbox;
pub mod probe;
pub mod quotes;
pub mod search;
pub mod sessions;
mod sight;
pub mod stream;
mod sums;
pub mod tasks;
pub mod timers;
pub mod webhooks;

pub use engine::{
    Ask, BACKUPS, Clock, Command, Durability, FileFault, GROUP_BOUNDS, LOCK_ORDER, Place, Row, Store,
    StoreError, StoreOptions, Tx, Value, WriteFuture, WriterStats, open_postgres, open_sqlite, open_to_read,
};
