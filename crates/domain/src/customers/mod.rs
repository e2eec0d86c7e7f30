//! Customers: what is kept of one, what may be changed, and who may change it.

mod attributes;
mod listing;
mod refused;
mod standing;
mod timeline;
mod words;

pub use attributes::{
    Attributes, CITY_LETTERS_MAX, Change, Choices, CustomerEdit, Field, LINE_LETTERS_MAX, NAME_LETTERS_MAX,
    NOTES_LETTERS_MAX, accept, changed, code_of, initials, name_key, reads_alike, search_text,
};
pub use listing::CustomerColumn;
pub use refused::CustomerRefused;
pub use standing::{DocumentStanding, Standing, figures_from};
pub use timeline::{TimelineKind, Told, changes_logged, changes_of};

#[cfg(test)]
mod tests;
