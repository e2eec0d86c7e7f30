//! Where one version of a quotation stands in its life.

use serde::{Deserialize, Serialize};

use super::refused::QuoteRefused;
use crate::base::Date;

/// What is stored. Expiry is not: it follows from the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteState {
    Draft,
    Issued,
    Signed,
    Cancelled,
    Superseded,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownState {
    Draft,
    Issued,
    Signed,
    Cancelled,
    Superseded,
    Expired,
}

impl QuoteState {
    const ALL: [QuoteState; 5] = [
        QuoteState::Draft,
        QuoteState::Issued,
        QuoteState::Signed,
        QuoteState::Cancelled,
        QuoteState::Superseded,
    ];

    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            QuoteState::Draft => "draft",
            QuoteState::Issued => "issued",
            QuoteState::Signed => "signed",
            QuoteState::Cancelled => "cancelled",
            QuoteState::Superseded => "superseded",
        }
    }

    /// The state of that name.
    pub fn from_key(key: &str) -> Option<QuoteState> {
        QuoteState::ALL.into_iter().find(|state| state.key() == key)
    }

    /// What is shown on `today`: an issued quotation whose last valid day is over is expired.
    pub fn shown(self, valid_until: Option<Date>, today: Date) -> ShownState {
        match self {
            QuoteState::Draft => ShownState::Draft,
            QuoteState::Issued if valid_until.is_some_and(|last| last < today) => ShownState::Expired,
            QuoteState::Issued => ShownState::Issued,
            QuoteState::Signed => ShownState::Signed,
            QuoteState::Cancelled => ShownState::Cancelled,
            QuoteState::Superseded => ShownState::Superseded,
        }
    }

    /// Only a draft is edited, deleted or issued.
    pub fn must_be_draft(self) -> Result<(), QuoteRefused> {
        match self {
            QuoteState::Draft => Ok(()),
            other => Err(QuoteRefused::WrongState { state: other }),
        }
    }
}

impl ShownState {
    pub const ALL: [ShownState; 6] = [
        ShownState::Draft,
        ShownState::Issued,
        ShownState::Signed,
        ShownState::Cancelled,
        ShownState::Superseded,
        ShownState::Expired,
    ];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            ShownState::Draft => "draft",
            ShownState::Issued => "issued",
            ShownState::Signed => "signed",
            ShownState::Cancelled => "cancelled",
            ShownState::Superseded => "superseded",
            ShownState::Expired => "expired",
        }
    }

    /// The state of that name.
    pub fn from_key(key: &str) -> Option<ShownState> {
        ShownState::ALL.into_iter().find(|state| state.key() == key)
    }
}
