//! A state has lasted for so much working time since the last progress. Each stay in the state fires once.

use serde::{Deserialize, Serialize};

use crate::automation::fault::{RuleFault, RuleField, within};
use crate::automation::timer::{Expected, Place};
use crate::automation::{Due, Subject, WatchedState};

const DAYS_MAX: i64 = 180;
const MINUTES_MAX: i64 = 60 * 24;

/// Which state, and how long: working days and minutes on top, or hours by the clock on the wall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateFor {
    pub state: WatchedState,
    #[serde(default)]
    pub days: i64,
    #[serde(default)]
    pub minutes: i64,
    /// Nights, weekends and holidays count too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wall: bool,
}

impl StateFor {
    pub(super) fn check(&self) -> Result<(), RuleFault> {
        within(RuleField::Days, self.days, 0, DAYS_MAX)?;
        within(RuleField::Minutes, self.minutes, i64::from(self.days == 0), MINUTES_MAX)
    }

    pub(super) fn expected(&self, subject: &Subject, place: &Place<'_>) -> Option<Expected> {
        let waiting = subject.state == Some(self.state);
        if !waiting {
            return None;
        }
        let Due { at, unknown_year } = if self.wall {
            let minutes = self.days * 24 * 60 + self.minutes;
            Due { at: subject.progress.plus_ms(minutes * 60_000), unknown_year: None }
        } else {
            let minutes = self.days * place.working.minutes_a_day() + self.minutes;
            place.working.due(subject.progress, minutes)
        };
        Some(Expected { epoch: subject.since.0, due: at, unknown_year })
    }
}
