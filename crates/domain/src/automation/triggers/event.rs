//! Something happened: the rule runs at once, or so many minutes later.

use serde::{Deserialize, Serialize};

use crate::automation::fault::{RuleFault, RuleField, within};
use crate::automation::{Happened, WatchedEvent};
use crate::base::Instant;

const AFTER_MINUTES_MAX: i64 = 60 * 24 * 30;

/// What happened, and how long after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub event: WatchedEvent,
    /// Minutes by the clock on the wall.
    #[serde(default)]
    pub minutes: i64,
}

impl Event {
    pub(super) fn check(&self) -> Result<(), RuleFault> {
        within(RuleField::Minutes, self.minutes, 0, AFTER_MINUTES_MAX)
    }

    pub(super) fn due_after(&self, happened: &Happened) -> Option<Instant> {
        (self.event == happened.event).then(|| happened.at.plus_ms(self.minutes * 60_000))
    }
}
