//! The closed list of triggers: what starts a rule. One more is one more file and one more line in each place here.

mod date_field;
mod event;
mod schedule;
mod state_for;

pub use date_field::DateField;
pub use event::Event;
pub use schedule::{Every, Schedule};
pub use state_for::StateFor;

use serde::{Deserialize, Serialize};

use super::fault::RuleFault;
use super::subject::{Happened, Subject};
use super::timer::{Expected, Place};
use crate::base::{Date, Instant};

/// What starts a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Trigger {
    /// Something happened to a record.
    Event(Event),
    /// A record has been in a state for so long without progress.
    StateFor(StateFor),
    /// So many days before or after a day that a record has.
    DateField(DateField),
    /// The calendar alone.
    Schedule(Schedule),
}

/// What demands a trigger's timer, and so keeps it armed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemandedBy {
    /// The state or the days of a record: every comparison arms it again, or takes it away.
    State,
    /// Something that happened: armed once, and it stays as long as its rule is on.
    Happening,
    /// The calendar: the next round is armed after each.
    Round,
}

impl Trigger {
    /// What demands its timer.
    pub fn demanded_by(&self) -> DemandedBy {
        match self {
            Trigger::StateFor(_) | Trigger::DateField(_) => DemandedBy::State,
            Trigger::Event(_) => DemandedBy::Happening,
            Trigger::Schedule(_) => DemandedBy::Round,
        }
    }

    /// When it is due after what happened. `None` where no happening demands its timer, or it waits for another one.
    pub(super) fn due_after(&self, happened: &Happened) -> Option<Instant> {
        match self {
            Trigger::Event(it) => it.due_after(happened),
            Trigger::StateFor(_) | Trigger::DateField(_) | Trigger::Schedule(_) => None,
        }
    }

    /// The first time after `now` that it comes round. `None` where the calendar does not demand its timer.
    pub fn next_after(&self, now: Instant, place: &Place<'_>) -> Option<Instant> {
        match self {
            Trigger::Schedule(it) => it.next_after(now, place),
            Trigger::Event(_) | Trigger::StateFor(_) | Trigger::DateField(_) => None,
        }
    }

    /// The name on the wire.
    pub fn key(&self) -> &'static str {
        match self {
            Trigger::Event(_) => "event",
            Trigger::StateFor(_) => "state_for",
            Trigger::DateField(_) => "date_field",
            Trigger::Schedule(_) => "schedule",
        }
    }

    /// Refuses what cannot be meant.
    pub fn check(&self) -> Result<(), RuleFault> {
        match self {
            Trigger::Event(it) => it.check(),
            Trigger::StateFor(it) => it.check(),
            Trigger::DateField(it) => it.check(),
            Trigger::Schedule(it) => it.check(),
        }
    }

    /// Whether it is about a record, which has an owner and fields.
    pub fn has_record(&self) -> bool {
        match self {
            Trigger::Event(_) | Trigger::StateFor(_) | Trigger::DateField(_) => true,
            Trigger::Schedule(_) => false,
        }
    }

    /// The timer that this record's state and days demand. What happens once, or by the calendar alone, is demanded by
    /// no state.
    pub(super) fn expected(&self, subject: &Subject, place: &Place<'_>) -> Option<Expected> {
        match self {
            Trigger::StateFor(it) => it.expected(subject, place),
            Trigger::DateField(it) => it.expected(subject, place),
            Trigger::Event(_) | Trigger::Schedule(_) => None,
        }
    }
}

/// `09:00` as hour and minute.
pub(super) fn time_of(text: &str) -> Result<(i8, i8), RuleFault> {
    let wrong = || RuleFault::TimeWrong { text: text.chars().take(20).collect() };
    let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5).ok_or_else(wrong)?;
    let figure = |part: &str, max: i8| {
        let digits = part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_digit());
        part.parse::<i8>().ok().filter(|figure| digits && *figure <= max)
    };
    Ok((figure(hour, 23).ok_or_else(wrong)?, figure(minute, 59).ok_or_else(wrong)?))
}

/// The day as a number that no other day has: 20260510.
pub(super) fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}
