//! Why something cannot be done with a quotation: code and facts; the sentences are in `words::quotes`.

use super::priced::Problem;
use super::repriced::Repriced;
use super::state::QuoteState;
use crate::base::{Date, FieldFault, Invalid, ItemId, OrderId, QuoteId};

/// A quotation cannot be saved, issued, signed, ended or released.
#[derive(Clone, Debug, PartialEq)]
pub enum QuoteRefused {
    /// What was entered is wrong; every field is named.
    Invalid(Invalid),
    TooManyLines {
        count: usize,
        limit: usize,
    },
    /// The draft has something that must be mended, or that this person may not issue.
    CannotIssue {
        problems: Vec<Problem>,
    },
    /// The figures are no longer those that were shown; nothing was saved.
    PriceChanged {
        repriced: Box<Repriced>,
    },
    /// The prices kept moving while the quotation was being issued.
    PricesKeepMoving,
    /// The last valid day is over; what the same goods cost today.
    Expired {
        last_day: Date,
        repriced: Option<Box<Repriced>>,
    },
    /// A price list or tier that it leans on was withdrawn (作废).
    RevisionVoid {
        revisions: Vec<VoidRevision>,
        repriced: Option<Box<Repriced>>,
    },
    /// A newer version was issued.
    Superseded {
        newer: NewerVersion,
    },
    AlreadySigned {
        order: OrderRef,
    },
    /// The signed page stands on another order already; which one, where this person sees it.
    PageUsed {
        order: Option<OrderRef>,
    },
    TooManyOptions {
        limit: usize,
    },
    /// Somebody took the draft over; only they go on with it.
    TakenOver {
        by: String,
    },
    /// The draft is within what this person may issue, so nobody need be asked.
    NothingToAsk,
    /// Somebody was asked to decide on it and has not yet.
    AlreadyAsked {
        to: String,
    },
    /// This person was not asked, or it has ended.
    NotAsked,
    /// Refused below a floor that this person does not see so often within an hour that the next is not looked at.
    FloorTriedOften {
        tries: i64,
        who_may: Vec<String>,
    },
    NotIssued,
    /// The database's clock stands behind the newest event.
    ClockBehind {
        behind_ms: i64,
    },
    WrongState {
        state: QuoteState,
    },
    /// Nothing that it leans on is withdrawn, so there is nothing to release it from.
    NothingToRelease,
    /// A later version keeps the customer of its number.
    CustomerFixed,
}

/// The version that took this one's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewerVersion {
    pub id: QuoteId,
    pub revision: i64,
}

/// The order that the quotation became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRef {
    pub id: OrderId,
    pub number: String,
}

/// A withdrawn revision, and why it was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidRevision {
    pub item: ItemId,
    pub name: String,
    pub n: i64,
    pub reason: String,
    /// The last day on which head office lets this quotation pass all the same.
    pub released_until: Option<Date>,
}

impl VoidRevision {
    /// Whether it keeps the quotation from being signed today.
    pub fn binds(&self, today: Date) -> bool {
        self.released_until.is_none_or(|until| until < today)
    }
}

impl QuoteRefused {
    /// One wrong field.
    pub fn field(path: &str, fault: FieldFault) -> QuoteRefused {
        QuoteRefused::Invalid(Invalid::one(path, fault))
    }

    /// The same refusal with what the goods cost today, where that helps to go on.
    pub fn with_repriced(self, now: Repriced) -> QuoteRefused {
        match self {
            QuoteRefused::Expired { last_day, repriced: None } => {
                QuoteRefused::Expired { last_day, repriced: Some(Box::new(now)) }
            }
            QuoteRefused::RevisionVoid { revisions, repriced: None } => {
                QuoteRefused::RevisionVoid { revisions, repriced: Some(Box::new(now)) }
            }
            other => other,
        }
    }
}
