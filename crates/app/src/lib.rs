//! What people do with Huxi: each use-case checks the right, loads, lets the domain decide, and writes.

// Tests inside use the same small company as those outside.
#[cfg(test)]
extern crate self as app;
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;

pub mod access;
pub mod audit;
pub mod automation;
pub mod backups;
pub mod catalog;
pub mod clock;
pub mod config;
mod ctx;
pub mod customers;
pub mod documents;
mod error;
pub mod events;
pub mod files;
pub mod idempotency;
pub mod insights;
pub mod integrity;
pub mod jobs;
pub mod keys;
pub mod notices;
pub mod orders;
pub mod ports;
pub mod quotes;
mod random;
pub mod sessions;
mod sheets;
pub mod stream;
pub mod tasks;
pub mod webhooks;

pub use ctx::{Changed, Ctx, Mark, Request, company_zone};
pub use error::AppError;
pub use random::Random;
pub use store::{GROUP_BOUNDS, WriterStats};
