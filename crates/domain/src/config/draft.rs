//! The life of a draft: its author edits and submits, another confirms, it is published or discarded.

use serde::{Deserialize, Serialize};

use super::refused::ConfigRefused;
use crate::base::{Invalid, PersonId};

/// Longest title of a draft.
pub const TITLE_LETTERS_MAX: usize = 60;
/// Longest note of a release, and longest reason.
pub const NOTE_LETTERS_MAX: usize = 500;
/// Most open drafts of one item.
pub const OPEN_DRAFTS_MAX: i64 = 50;
/// Most rows of one item.
pub const ITEM_ROWS_MAX: usize = 200_000;
/// Most rows in one answer or one request.
pub const PAGE_ROWS_MAX: u32 = 5_000;

/// Where a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    Editing,
    /// Waits for a second person.
    Submitted,
    Confirmed,
    Published,
    Discarded,
}

/// What decides about a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftFacts {
    pub state: DraftState,
    pub author: PersonId,
    /// Whether its kind asks for a second person.
    pub second_person: bool,
}

impl DraftState {
    pub const ALL: [DraftState; 5] = [
        DraftState::Editing,
        DraftState::Submitted,
        DraftState::Confirmed,
        DraftState::Published,
        DraftState::Discarded,
    ];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            DraftState::Editing => "editing",
            DraftState::Submitted => "submitted",
            DraftState::Confirmed => "confirmed",
            DraftState::Published => "published",
            DraftState::Discarded => "discarded",
        }
    }

    /// The state of that name.
    pub fn from_key(key: &str) -> Option<DraftState> {
        DraftState::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Neither published nor discarded.
    pub fn is_open(self) -> bool {
        match self {
            DraftState::Editing | DraftState::Submitted | DraftState::Confirmed => true,
            DraftState::Published | DraftState::Discarded => false,
        }
    }
}

impl DraftFacts {
    /// Only the author edits, so that whoever confirms has never had a hand in it. Whatever was submitted or
    /// confirmed goes back to editing with the change.
    pub fn may_edit(&self, by: PersonId) -> Result<(), ConfigRefused> {
        self.needs_open()?;
        if by == self.author { Ok(()) } else { Err(ConfigRefused::NotAuthor) }
    }

    pub fn may_submit(&self, by: PersonId) -> Result<(), ConfigRefused> {
        self.may_edit(by)?;
        self.needs(self.state == DraftState::Editing)
    }

    pub fn may_return(&self) -> Result<(), ConfigRefused> {
        self.needs(matches!(self.state, DraftState::Submitted | DraftState::Confirmed))
    }

    /// The second person is another than the author.
    pub fn may_confirm(&self, by: PersonId) -> Result<(), ConfigRefused> {
        self.needs(self.state == DraftState::Submitted)?;
        if by == self.author { Err(ConfigRefused::SelfConfirm) } else { Ok(()) }
    }

    pub fn may_publish(&self) -> Result<(), ConfigRefused> {
        if self.second_person && matches!(self.state, DraftState::Editing | DraftState::Submitted) {
            return Err(ConfigRefused::NotConfirmed);
        }
        self.needs(matches!(self.state, DraftState::Submitted | DraftState::Confirmed))
    }

    /// The author, or one who may publish, throws a draft away.
    pub fn may_discard(&self, by: PersonId, may_publish: bool) -> Result<(), ConfigRefused> {
        self.needs_open()?;
        if by == self.author || may_publish { Ok(()) } else { Err(ConfigRefused::NotAuthor) }
    }

    fn needs_open(&self) -> Result<(), ConfigRefused> {
        self.needs(self.state.is_open())
    }

    fn needs(&self, holds: bool) -> Result<(), ConfigRefused> {
        if holds { Ok(()) } else { Err(ConfigRefused::DraftState { state: self.state }) }
    }
}

/// A trimmed text of at most so many letters, or the fault of its field.
pub fn limited(text: &str, field: &'static str, letters_max: usize) -> Result<String, Invalid> {
    let mut faults = Invalid::default();
    let text = faults.optional(field, text, letters_max);
    faults.or_go_on().map(|()| text)
}

/// A name or title as it is kept, or the fault of its field.
pub fn named(text: &str, field: &'static str, letters_max: usize) -> Result<String, Invalid> {
    let mut faults = Invalid::default();
    let text = faults.name(field, text, letters_max);
    faults.or_go_on().map(|()| text)
}

/// As `limited`, and not empty.
pub fn required(text: &str, field: &'static str, letters_max: usize) -> Result<String, Invalid> {
    let mut faults = Invalid::default();
    let text = faults.required(field, text, letters_max);
    faults.or_go_on().map(|()| text)
}
