//! When a rule is to run for a record, and what becomes of a timer whose moment has come.

use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::limits::HOUR_MS;
use super::rule::Rule;
use super::subject::{Happened, Subject};
use super::triggers::DemandedBy;
use super::working::WorkingTime;
use crate::base::{Date, Instant};

/// What rules do may start other rules so many times in a row.
pub const CAUSE_DEPTH_MAX: u32 = 8;
/// Where the clock runs for the first time, what happened longer ago than this starts nothing any more. Later on what was
/// missed is made up for, however long the program was away, as far as its rule catches up.
pub const EVENT_AGE_MS_MAX: i64 = 24 * 3_600_000;

/// The company's calendar and time zone.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub working: &'a dyn WorkingTime,
    pub zone: &'a TimeZone,
}

/// A timer that a rule demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// What tells this stay, day or happening from the next one: each fires once.
    pub epoch: i64,
    pub due: Instant,
    /// The year without a table of holidays that stood in the way.
    pub unknown_year: Option<i16>,
}

/// What becomes of a timer whose moment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// So many milliseconds after its moment.
    Fire { late_ms: i64 },
    /// Progress, or another rule, has moved its moment.
    Move(Expected),
    /// The record or the rule no longer asks for it.
    Cancel,
    /// The program was away for longer than the rule catches up.
    TooLate { late_ms: i64 },
}

impl Place<'_> {
    /// That time of that day.
    pub fn moment(&self, day: Date, (hour, minute): (i8, i8)) -> Instant {
        let time = Time::new(hour, minute, 0, 0).unwrap_or(Time::midnight());
        let zoned = day.to_datetime(time).to_zoned_datetime(self.zone.clone());
        zoned.map_or(Instant(i64::MAX), |zoned| Instant(zoned.timestamp().as_millisecond()))
    }
}

/// The timer that the record demands of the rule. `None` while it demands none, or the rule is switched off.
pub fn expected(rule: &Rule, subject: &Subject, place: &Place<'_>) -> Option<Expected> {
    if rule.on { rule.trigger.expected(subject, place) } else { None }
}

/// The timer that something which happened demands of the rule, however long ago it was: when its moment has come, `verdict`
/// says whether the rule catches up so late. A rule never starts itself, and what rules do starts others at most
/// `CAUSE_DEPTH_MAX` times in a row.
pub fn on_event(rule: &Rule, happened: &Happened) -> Option<Expected> {
    let due = rule.trigger.due_after(happened)?;
    let own = happened.rule.as_deref() == Some(rule.key.as_str());
    let too_deep = happened.depth >= CAUSE_DEPTH_MAX;
    if !rule.on || own || too_deep {
        return None;
    }
    Some(Expected { epoch: happened.id, due, unknown_year: None })
}

/// How long a timer that fires so late was missed while nobody looked: what a state demanded of a rule only after the
/// moment had passed (the rule is new, or the records are) waited since it was `armed`.
pub fn missed_ms(rule: &Rule, late_ms: i64, (armed, now): (Instant, Instant)) -> i64 {
    match rule.trigger.demanded_by() {
        DemandedBy::State => late_ms.min((now.0 - armed.0).max(0)),
        DemandedBy::Happening | DemandedBy::Round => late_ms,
    }
}

/// What becomes of the timer of `epoch` that was due at `due`, at `now`. `rule` is the one in force now, `None` when it
/// was taken away; `subject` the record as it stands, `None` when there is none.
pub fn verdict(
    rule: Option<&Rule>,
    subject: Option<&Subject>,
    (epoch, due, now): (i64, Instant, Instant),
    place: &Place<'_>,
) -> Verdict {
    let Some(rule) = rule.filter(|rule| rule.on) else { return Verdict::Cancel };
    let due = match rule.trigger.demanded_by() {
        DemandedBy::Round => due,
        DemandedBy::Happening if subject.is_none() => return Verdict::Cancel,
        DemandedBy::Happening => due,
        DemandedBy::State => {
            let Some(expected) = subject.and_then(|subject| expected(rule, subject, place)) else {
                return Verdict::Cancel;
            };
            if expected.epoch != epoch {
                return Verdict::Cancel;
            }
            if expected.due > now {
                return Verdict::Move(expected);
            }
            expected.due
        }
    };
    let late_ms = (now.0 - due.0).max(0);
    let too_late = rule.skip_after_hours > 0 && late_ms > rule.skip_after_hours * HOUR_MS;
    if too_late { Verdict::TooLate { late_ms } } else { Verdict::Fire { late_ms } }
}
