//! Configuration: items, their revisions and rows, drafts and releases.

mod heads;

pub use heads::{InForce, in_force, is_void, lock_heads, next_change};
