//! Configuration: items, their revisions and rows, drafts and releases.

mod goods;
mod heads;
mod rows;

pub use goods::{ProductStamp, goods, kind_facts, product_stamp};
pub use heads::{InForce, in_force, is_void, lock_heads, next_change};
pub use rows::rows_of;
