//! The calendar alone: every day, every working day, a day of the week or of the month, at a time.

use serde::{Deserialize, Serialize};

use super::time_of;
use crate::automation::fault::{RuleFault, RuleField, within};
use crate::automation::timer::Place;
use crate::base::{Date, Instant, company_day};

/// Nobody looks further ahead for the next day that fits.
const DAYS_AHEAD_MAX: usize = 400;
/// Days that every month has.
const MONTH_DAY_MAX: i64 = 28;

/// How often it comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    Day,
    Workday,
    Week,
    Month,
}

/// When it comes round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub every: Every,
    /// Of a week: 1 is Monday; of a month: its day, 1 to 28. Without meaning for days. Rows that were written before it had this
    /// name call it `weekday`, and are read for ever.
    #[serde(default, alias = "weekday")]
    pub day: i64,
    /// `09:00`.
    pub at: String,
}

impl Schedule {
    pub(super) fn check(&self) -> Result<(), RuleFault> {
        match self.every {
            Every::Day | Every::Workday => {}
            Every::Week => within(RuleField::Day, self.day, 1, 7)?,
            Every::Month => within(RuleField::Day, self.day, 1, MONTH_DAY_MAX)?,
        }
        time_of(&self.at).map(|_| ())
    }

    /// The first time that it comes round after `now`.
    pub fn next_after(&self, now: Instant, place: &Place<'_>) -> Option<Instant> {
        let time = time_of(&self.at).ok()?;
        let mut day = company_day(now, place.zone);
        for _ in 0..DAYS_AHEAD_MAX {
            let moment = place.moment(day, time);
            if moment > now && self.falls_on(day, place) {
                return Some(moment);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    fn falls_on(&self, day: Date, place: &Place<'_>) -> bool {
        match self.every {
            Every::Day => true,
            Every::Workday => place.working.works(day),
            Every::Week => i64::from(day.weekday().to_monday_one_offset()) == self.day,
            Every::Month => i64::from(day.day()) == self.day,
        }
    }
}
