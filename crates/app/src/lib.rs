//! What people do with Huxi: each use-case checks the right, loads, lets the domain decide, and writes.

pub mod access;
pub mod catalog;
pub mod config;
mod ctx;
mod error;
pub mod idempotency;
pub mod ports;
mod random;
pub mod sessions;

pub use ctx::Ctx;
pub use error::AppError;
pub use random::Random;
