//! All SQL of Huxi, for SQLite and PostgreSQL alike; rows become domain types here and nowhere else.

pub mod access;
pub mod catalog;
pub mod config;
pub mod customers;
pub mod documents;
mod engine;
pub mod events;
pub mod files;
pub mod idempotency;
pub mod insights;
pub mod numbers;
pub mod orders;
pub mod outbox;
pub mod probe;
pub mod quotes;
pub mod search;
pub mod sessions;
mod sight;
mod sums;

pub use engine::{
    Ask, Clock, Command, LOCK_ORDER, Row, Store, StoreError, StoreOptions, Tx, Value, WriteFuture,
    open_postgres, open_sqlite,
};
