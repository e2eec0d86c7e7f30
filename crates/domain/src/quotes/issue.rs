//! When a draft may be issued: nothing to mend, and no figure other than the one that was shown.

use super::priced::{IssueRule, PricedDraft};
use super::refused::QuoteRefused;
use super::repriced::{Repriced, ShownFigures};
use crate::base::{Date, Fen};

/// What the person had in sight when they asked for the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The total, tax included.
    pub net: Option<Fen>,
    /// The code of figures that they were shown as new and agreed to (`Repriced::code`).
    pub agreed: Option<String>,
}

/// The furthest last valid day that may be chosen, counted from the day of issue.
pub const VALID_DAYS_MAX: u32 = 366;

/// Who sees no floor is refused below it so often within the time; then the floor is no longer asked, and it cannot be
/// found by trying prices.
pub const HIDDEN_FLOOR_TRIES: i64 = 5;
/// The time within which they count, in milliseconds.
pub const HIDDEN_FLOOR_WITHIN_MS: i64 = 3_600_000;

/// The chosen last valid day, or `valid_days` after `today`; the day of issue is not counted.
pub fn last_valid_day(chosen: Option<Date>, today: Date, valid_days: u32) -> Date {
    chosen.unwrap_or_else(|| days_after(today, valid_days))
}

/// `days` after `day`, at most the end of the calendar.
pub fn days_after(day: Date, days: u32) -> Date {
    day.saturating_add(jiff::Span::new().try_days(i64::from(days)).unwrap_or_default())
}

/// `days` before `day`, at least the beginning of the calendar.
pub fn days_before(day: Date, days: u32) -> Date {
    day.saturating_sub(jiff::Span::new().try_days(i64::from(days)).unwrap_or_default())
}

/// Refuses what must be mended first, and figures that were not shown.
///
/// Figures that moved since the draft was saved pass only when the person agreed to these very figures, line by line:
/// the same total from other lines is another quotation.
pub fn decide_issue(
    priced: &PricedDraft,
    rule: &IssueRule,
    shown: &ShownFigures,
    seen: &Seen,
) -> Result<(), QuoteRefused> {
    let problems = priced.problems(rule);
    if !problems.is_empty() {
        return Err(QuoteRefused::CannotIssue { problems });
    }
    let mut repriced = Repriced::between(shown, priced);
    let agreed = seen.agreed.as_ref() == Some(&repriced.code);
    let other_total = seen.net.is_some_and(|net| net != priced.amounts.net);
    if other_total || !(agreed || repriced.same()) {
        // No line moved: what was in sight is the total that was sent, not the one that was saved.
        repriced.old.net = seen.net.filter(|_| repriced.lines.is_empty()).unwrap_or(repriced.old.net);
        return Err(QuoteRefused::PriceChanged { repriced: Box::new(repriced) });
    }
    Ok(())
}
