//! What a rule can be about: a record with its state, its progress and its days. Today that is a quotation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::{Date, Instant};

/// A state that can be waited in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchedState {
    /// A quotation that the customer has, and that is still valid.
    Issued,
}

/// A day that a record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateName {
    /// The last day on which the quotation may be signed.
    ValidUntil,
    /// The day on which somebody wanted to ask the customer again.
    FollowDay,
}

/// Something that happens to a record, as rules may wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchedEvent {
    QuoteIssued,
    QuoteSigned,
    QuoteLost,
    QuoteCancelled,
    /// The customer opened a link for the first time; the next looks at the same link are none.
    QuoteOpened,
    QuoteShared,
}

/// A record as rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub id: i64,
    /// `None`: in no state that anybody waits in.
    pub state: Option<WatchedState>,
    /// When it came into this state. Leaving and coming back begins anew.
    pub since: Instant,
    /// The last progress, or `since`. A remark, a plan and another name on it are none.
    pub progress: Instant,
    pub dates: BTreeMap<DateName, Date>,
}

/// Something that happened, and why: `depth` is 0 for what people did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    pub id: i64,
    pub at: Instant,
    pub event: WatchedEvent,
    /// The rule that did it.
    pub rule: Option<String>,
    pub depth: u32,
}

impl WatchedEvent {
    pub const ALL: &'static [WatchedEvent] = &[
        WatchedEvent::QuoteIssued,
        WatchedEvent::QuoteSigned,
        WatchedEvent::QuoteLost,
        WatchedEvent::QuoteCancelled,
        WatchedEvent::QuoteOpened,
        WatchedEvent::QuoteShared,
    ];

    /// How the log calls it.
    pub fn logged(self) -> &'static str {
        match self {
            WatchedEvent::QuoteIssued => "quote.issued",
            WatchedEvent::QuoteSigned => "quote.signed",
            WatchedEvent::QuoteLost => "quote.lost",
            WatchedEvent::QuoteCancelled => "quote.cancelled",
            WatchedEvent::QuoteOpened => "quote.opened_by_customer",
            WatchedEvent::QuoteShared => "quote.shared",
        }
    }

    /// What the log calls so.
    pub fn from_logged(kind: &str) -> Option<WatchedEvent> {
        WatchedEvent::ALL.iter().copied().find(|event| event.logged() == kind)
    }
}

impl Subject {
    /// Kinds of the log that are progress of a quotation: it was issued, or the customer looked at it by a link for the
    /// first time, was given the code, or accepted.
    /// Remarks, plans, whose it is and a link that nobody has opened are none, or people would game the clock.
    pub const PROGRESS: &'static [&'static str] =
        &["quote.issued", "quote.opened_by_customer", "quote.code_handed_over", "quote.accepted"];
}
