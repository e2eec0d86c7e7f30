//! Lines pasted from a sheet or a chat: what goods, how many, in what unit, and how sure that is.

mod find;
mod number;
mod read;
mod words;

pub use find::{Catalogue, Confidence, Found, Good};
pub use read::{PASTED_LETTERS_MAX, PASTED_LINES_MAX, PastedLine, read_pasted};

#[cfg(test)]
mod tests;
