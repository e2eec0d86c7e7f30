//! Reads the JSON cases of the calculators strictly: exact decimals, no unknown or repeated names, every fault with its path.

mod node;
mod read;

pub use read::{At, Fault, Object, Wanted, What, read};
