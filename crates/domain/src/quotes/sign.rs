//! When an issued quotation may be signed: on its own frozen prices, until its last valid day, unless they were withdrawn.

use super::draft::plain;
use super::refused::{NewerVersion, OrderRef, QuoteRefused, VoidRevision};
use super::state::QuoteState;
use crate::base::{Date, FieldFault, Invalid, name_fault, parse_date};

/// The longest name of who signed.
pub const SIGNER_LETTERS_MAX: usize = 40;

/// What decides whether a version may be signed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignFacts {
    pub state: QuoteState,
    /// The order that it became, or that another version of the same number became.
    pub order: Option<OrderRef>,
    /// The issued version that took its place.
    pub newer: Option<NewerVersion>,
    pub valid_until: Date,
    pub today: Date,
    /// How far the clock stands behind the newest event, when that is too far.
    pub clock_behind_ms: Option<i64>,
    /// Revisions that it leans on and that were withdrawn, released by head office or not.
    pub void: Vec<VoidRevision>,
}

/// A customer's consent as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub day: Date,
    pub signer: String,
}

/// Refuses a version that is not issued, over, replaced, signed already, or at withdrawn prices.
pub fn may_sign(facts: &SignFacts) -> Result<(), QuoteRefused> {
    if let Some(order) = &facts.order {
        return Err(QuoteRefused::AlreadySigned { order: order.clone() });
    }
    match (facts.state, facts.newer) {
        (QuoteState::Draft, _) => return Err(QuoteRefused::NotIssued),
        (QuoteState::Superseded, Some(newer)) => return Err(QuoteRefused::Superseded { newer }),
        (QuoteState::Issued, _) => {}
        (state, _) => return Err(QuoteRefused::WrongState { state }),
    }
    if let Some(behind_ms) = facts.clock_behind_ms {
        return Err(QuoteRefused::ClockBehind { behind_ms });
    }
    if facts.valid_until < facts.today {
        return Err(QuoteRefused::Expired { last_day: facts.valid_until, repriced: None });
    }
    // A release lets pass what was withdrawn when it was given, and nothing that was withdrawn afterwards.
    let binding = facts.void.iter().filter(|void| void.binds(facts.today));
    let revisions: Vec<VoidRevision> = binding.cloned().collect();
    if !revisions.is_empty() {
        return Err(QuoteRefused::RevisionVoid { revisions, repriced: None });
    }
    Ok(())
}

/// The name of who signs as it is kept. A name that would read as another is refused, not mended: it stands on the order.
pub(super) fn signing_name(typed: &str, faults: &mut Invalid) -> String {
    let name = plain(typed);
    if let Some(fault) = name_fault(typed) {
        faults.add("signer", fault);
    } else if name.is_empty() {
        faults.add("signer", FieldFault::Missing);
    } else if name.chars().count() > SIGNER_LETTERS_MAX {
        faults.add("signer", FieldFault::TooLong { letters_max: SIGNER_LETTERS_MAX });
    }
    name
}

/// The day and the name as they were typed: not before the issue, not in the future, and not nobody.
pub fn check_signature(
    day: &str,
    signer: &str,
    issued_day: Date,
    today: Date,
) -> Result<Signature, QuoteRefused> {
    let mut faults = Invalid::default();
    let signer = signing_name(signer, &mut faults);
    let day = parse_date(day);
    match day {
        None => faults.add("signed_day", FieldFault::NotADay),
        Some(day) if day > today => faults.add("signed_day", FieldFault::DayAfter { last: today }),
        Some(day) if day < issued_day => {
            faults.add("signed_day", FieldFault::DayBefore { first: issued_day })
        }
        Some(_) => {}
    }
    match day {
        Some(day) if faults.fields.is_empty() => Ok(Signature { day, signer }),
        _ => Err(QuoteRefused::Invalid(faults)),
    }
}
