//! Copying, revising, cancelling, and releasing one quotation from a withdrawn price list.

use super::draft::plain;
use super::issue::{VALID_DAYS_MAX, days_after};
use super::refused::{NewerVersion, OrderRef, QuoteRefused, VoidRevision};
use super::state::QuoteState;
use crate::base::{CustomerId, Date, FieldFault, parse_date};

/// The longest reason.
pub const REASON_LETTERS_MAX: usize = 500;

/// A quotation is copied for so many customers at once.
pub const COPIES_MAX: usize = 20;

/// For whom a quotation is copied: somebody, not too many, nobody twice.
pub fn check_copies(customers: &[CustomerId]) -> Result<(), QuoteRefused> {
    if customers.is_empty() {
        return Err(QuoteRefused::field("customer_ids", FieldFault::Missing));
    }
    if customers.len() > COPIES_MAX {
        let fault = FieldFault::TooMany { count_max: COPIES_MAX };
        return Err(QuoteRefused::field("customer_ids", fault));
    }
    for (place, customer) in customers.iter().enumerate() {
        if customers.iter().take(place).any(|before| before == customer) {
            return Err(QuoteRefused::field(&format!("customer_ids[{place}]"), FieldFault::Repeated));
        }
    }
    Ok(())
}

/// A reason without blanks around it; refused when there is none.
pub fn check_reason(reason: &str) -> Result<String, QuoteRefused> {
    let reason = plain(reason);
    if reason.is_empty() {
        return Err(QuoteRefused::field("reason", FieldFault::Missing));
    }
    if reason.chars().count() > REASON_LETTERS_MAX {
        let fault = FieldFault::TooLong { letters_max: REASON_LETTERS_MAX };
        return Err(QuoteRefused::field("reason", fault));
    }
    Ok(reason)
}

/// Only what is issued is cancelled, expired or not; a draft is deleted, a signed one stays.
pub fn check_cancel(state: QuoteState, order: Option<&OrderRef>) -> Result<(), QuoteRefused> {
    match (state, order) {
        (_, Some(order)) => Err(QuoteRefused::AlreadySigned { order: order.clone() }),
        (QuoteState::Issued, None) => Ok(()),
        (QuoteState::Draft, None) => Err(QuoteRefused::NotIssued),
        (other, None) => Err(QuoteRefused::WrongState { state: other }),
    }
}

/// A new version is made from the newest issued one, as long as none of its number is signed.
pub fn check_revise(
    state: QuoteState,
    newer: Option<NewerVersion>,
    order: Option<&OrderRef>,
) -> Result<(), QuoteRefused> {
    match (state, newer, order) {
        (_, _, Some(order)) => Err(QuoteRefused::AlreadySigned { order: order.clone() }),
        (QuoteState::Superseded, Some(newer), None) => Err(QuoteRefused::Superseded { newer }),
        (QuoteState::Issued, _, None) => Ok(()),
        (QuoteState::Draft, _, None) => Err(QuoteRefused::NotIssued),
        (other, _, None) => Err(QuoteRefused::WrongState { state: other }),
    }
}

/// The day until which head office releases a quotation from withdrawn prices: it must be issued, still valid, and lean on them.
pub fn check_release(
    state: QuoteState,
    until: &str,
    void: &[VoidRevision],
    valid_until: Date,
    today: Date,
) -> Result<Date, QuoteRefused> {
    match state {
        QuoteState::Issued => {}
        QuoteState::Draft => return Err(QuoteRefused::NotIssued),
        other => return Err(QuoteRefused::WrongState { state: other }),
    }
    if void.is_empty() {
        return Err(QuoteRefused::NothingToRelease);
    }
    if valid_until < today {
        return Err(QuoteRefused::Expired { last_day: valid_until, repriced: None });
    }
    let until = parse_date(until).ok_or_else(|| QuoteRefused::field("until", FieldFault::NotADay))?;
    if until < today {
        return Err(QuoteRefused::field("until", FieldFault::DayBefore { first: today }));
    }
    let last = days_after(today, VALID_DAYS_MAX);
    if until > last {
        return Err(QuoteRefused::field("until", FieldFault::DayAfter { last }));
    }
    Ok(until)
}
