//! Configuration with a history: drafts, releases, what is in force when, withdrawing and rolling back; generic over kinds.

pub mod kinds;

mod draft;
mod history;
mod refused;
mod rows;

pub use draft::{
    DraftFacts, DraftState, ITEM_ROWS_MAX, NOTE_LETTERS_MAX, OPEN_DRAFTS_MAX, PAGE_ROWS_MAX,
    TITLE_LETTERS_MAX, limited, named, required,
};
pub use history::{History, Publication, PublishPlan, RevisionFacts, RevisionState, SCHEDULE_MS_MAX};
pub use kinds::Kind;
pub use refused::{ConfigRefused, ShownConflict};
pub use rows::{
    Change, ChangeSort, Choice, Counts, Delta, RowConflict, Rows, apply, changes_of, content_hash,
    delta_between, rebase, sort_of,
};

#[cfg(test)]
mod tests;
