//! When a draft may be issued: nothing to mend, and no figure other than the one that was shown.

use super::priced::{IssueRule, PricedDraft};
use super::refused::QuoteRefused;
use super::repriced::{Repriced, ShownFigures};
use crate::base::{Date, Fen};

/// The furthest last valid day that may be chosen, counted from the day of issue.
pub const VALID_DAYS_MAX: u32 = 366;

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
/// `expected_net` is the total that the person saw last. When it is the new one they have seen the new prices already,
/// whatever was shown when the draft was saved.
pub fn decide_issue(
    priced: &PricedDraft,
    rule: &IssueRule,
    shown: &ShownFigures,
    expected_net: Option<Fen>,
) -> Result<(), QuoteRefused> {
    let problems = priced.problems(rule);
    if !problems.is_empty() {
        return Err(QuoteRefused::CannotIssue { problems });
    }
    let repriced = Repriced::between(shown, priced);
    let seen_anew = expected_net == Some(priced.amounts.net) && shown.amounts.net != priced.amounts.net;
    let seen_otherwise = expected_net.is_some_and(|expected| expected != priced.amounts.net);
    let unseen = !repriced.same() && !seen_anew;
    if unseen || seen_otherwise {
        return Err(QuoteRefused::PriceChanged { repriced: Box::new(repriced) });
    }
    Ok(())
}
