//! So many days before or after a day that a record has, at a time of that day.

use serde::{Deserialize, Serialize};

use super::{day_number, time_of};
use crate::automation::fault::{RuleFault, RuleField, within};
use crate::automation::timer::{Expected, Place};
use crate::automation::{DateName, Subject};

const DAYS_MAX: i64 = 366;

/// Which day, and how far from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateField {
    pub field: DateName,
    /// Negative: before the day. After the last valid day nobody waits for the record: there at most 0.
    pub days: i64,
    /// Working days instead of calendar days.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub working: bool,
    /// `09:00`.
    pub at: String,
}

impl DateField {
    pub(super) fn check(&self) -> Result<(), RuleFault> {
        within(RuleField::Days, self.days, -DAYS_MAX, DAYS_MAX)?;
        if self.field == DateName::ValidUntil && self.days > 0 {
            return Err(RuleFault::AfterLastDay);
        }
        time_of(&self.at).map(|_| ())
    }

    /// Nothing is demanded of a moment that lay before the record came into its state: whoever issued it saw the day.
    pub(super) fn expected(&self, subject: &Subject, place: &Place<'_>) -> Option<Expected> {
        let day = *subject.dates.get(&self.field).filter(|_| subject.state.is_some())?;
        let days = i32::try_from(self.days).ok()?;
        let (on, unknown_year) = if self.working {
            place.working.workday(day, days)
        } else {
            (day.checked_add(jiff::Span::new().days(self.days)).ok()?, None)
        };
        let due = place.moment(on, time_of(&self.at).ok()?);
        let of_this_stay = due >= subject.since;
        of_this_stay.then_some(Expected { epoch: day_number(day), due, unknown_year })
    }
}
