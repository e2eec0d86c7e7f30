//! How much work lies between two moments, and when so much of it is done.

use std::ops::ControlFlow;

use jiff::ToSpan;
use jiff::civil::date;

use super::days::Calendar;
use super::duration::WorkTime;
use crate::base::{Date, Instant, company_day, start_of_day};

const MINUTE_MS: i64 = 60_000;
/// No calendar goes beyond this day.
const LAST_DAY: Date = date(2199, 12, 31);
const FIRST_DAY: Date = date(1970, 1, 1);

/// From one moment to another, the second not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub from: Instant,
    pub to: Instant,
}

/// An outcome, and the years on its way whose holidays nobody has told: they counted as plain weeks. Whoever shows or
/// keeps the outcome says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<T> {
    pub value: T,
    /// In order, each once.
    pub unknown_years: Vec<i16>,
}

/// Why a calendar gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarRefused {
    /// There is no hour of work in it.
    NoWorkingTime,
    /// The answer would lie beyond the year 2199, or before 1970.
    BeyondCalendar,
    /// The second moment lies before the first.
    EndBeforeStart,
}

impl CalendarRefused {
    pub fn code(self) -> &'static str {
        match self {
            CalendarRefused::NoWorkingTime => "no_working_time",
            CalendarRefused::BeyondCalendar => "beyond_calendar",
            CalendarRefused::EndBeforeStart => "end_before_start",
        }
    }
}

impl Calendar {
    /// The earliest moment by which `work` is done when it begins at `from` and rests during the holds: at closing time, not
    /// at the next opening. No work at all is done at once.
    pub fn add_work(
        &self,
        from: Instant,
        work: WorkTime,
        holds: &[Span],
    ) -> Result<Told<Instant>, CalendarRefused> {
        self.must_have_hours()?;
        if work == WorkTime::default() {
            return Ok(self.told(from, self.day_of(from), self.day_of(from)));
        }
        let holds = in_order(holds);
        let mut left = work.ms();
        let due = self.walk(from, |span| {
            for part in without(span, &holds) {
                let length = part.to.0 - part.from.0;
                if left <= length {
                    return ControlFlow::Break(part.from.plus_ms(left));
                }
                left -= length;
            }
            ControlFlow::Continue(())
        });
        let due = due.ok_or(CalendarRefused::BeyondCalendar)?;
        // Work that ends at midnight ends on the day before.
        Ok(self.told(due, self.first_day(from), self.day_of(due.plus_ms(-1))))
    }

    /// How much work lies from `from` to `to`, outside the holds.
    pub fn work_between(
        &self,
        from: Instant,
        to: Instant,
        holds: &[Span],
    ) -> Result<Told<WorkTime>, CalendarRefused> {
        self.must_have_hours()?;
        if to < from {
            return Err(CalendarRefused::EndBeforeStart);
        }
        let holds = in_order(holds);
        let mut worked = 0_i64;
        self.walk(from, |span| {
            if to <= span.from {
                return ControlFlow::Break(());
            }
            let inside = Span { from: span.from, to: span.to.min(to) };
            worked += without(inside, &holds).iter().map(|part| part.to.0 - part.from.0).sum::<i64>();
            ControlFlow::Continue(())
        });
        let worked = WorkTime::of_ms(worked).ok_or(CalendarRefused::BeyondCalendar)?;
        let last = self.day_of(to.plus_ms(-1).max(from));
        Ok(self.told(worked, self.first_day(from), last))
    }

    /// The first moment from `from` on at which somebody works: `from` itself inside the hours.
    pub fn next_work(&self, from: Instant) -> Result<Told<Instant>, CalendarRefused> {
        self.must_have_hours()?;
        let opening = self.walk(from, |span| ControlFlow::Break(span.from));
        let opening = opening.ok_or(CalendarRefused::BeyondCalendar)?;
        Ok(self.told(opening, self.first_day(from), self.day_of(opening)))
    }

    /// The `count`th working day after `day`, or before it for a negative count; `day` itself is not counted. For 0 it is
    /// `day`, worked or not.
    pub fn add_workdays(&self, day: Date, count: i64) -> Result<Told<Date>, CalendarRefused> {
        self.must_have_hours()?;
        let (mut at, mut left) = (day, count.unsigned_abs());
        let step: i64 = if count < 0 { -1 } else { 1 };
        while left > 0 {
            at = at.checked_add(step.days()).map_err(|_| CalendarRefused::BeyondCalendar)?;
            if !(FIRST_DAY..=LAST_DAY).contains(&at) {
                return Err(CalendarRefused::BeyondCalendar);
            }
            left -= u64::from(self.is_workday(at));
        }
        Ok(self.told(at, day.min(at), day.max(at)))
    }

    fn must_have_hours(&self) -> Result<(), CalendarRefused> {
        if self.has_hours() { Ok(()) } else { Err(CalendarRefused::NoWorkingTime) }
    }

    fn day_of(&self, moment: Instant) -> Date {
        company_day(moment, &self.zone)
    }

    /// The day whose hours may hold `moment`: the one before, where work goes on beyond midnight.
    fn first_day(&self, moment: Instant) -> Date {
        let day = self.day_of(moment);
        if self.crosses_midnight() { day.yesterday().unwrap_or(day) } else { day }
    }

    /// Gives every stretch of work from `from` on, in order and disjoint, until `take` has enough or the calendar ends.
    fn walk<T>(&self, from: Instant, mut take: impl FnMut(Span) -> ControlFlow<T>) -> Option<T> {
        let mut day = self.first_day(from);
        let mut done = from;
        while day <= LAST_DAY {
            let midnight = start_of_day(day, &self.zone);
            for hours in self.hours_of(day) {
                let opens = midnight.plus_ms(hours.from() * MINUTE_MS).max(done);
                let closes = midnight.plus_ms(hours.to() * MINUTE_MS);
                if opens < closes {
                    done = closes;
                    if let ControlFlow::Break(enough) = take(Span { from: opens, to: closes }) {
                        return Some(enough);
                    }
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The outcome with the years from `first` to `last` of which nothing is told.
    fn told<T>(&self, value: T, first: Date, last: Date) -> Told<T> {
        let years = first.year()..=last.year().max(first.year());
        Told { value, unknown_years: years.filter(|year| !self.knows(*year)).collect() }
    }
}

/// The holds in order, what overlaps or touches as one; empty ones hold nothing.
fn in_order(holds: &[Span]) -> Vec<Span> {
    let mut sorted: Vec<Span> = holds.iter().copied().filter(|hold| hold.from < hold.to).collect();
    sorted.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(sorted.len());
    for next in sorted {
        match joined.last_mut() {
            Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
            _ => joined.push(next),
        }
    }
    joined
}

/// What is left of `span` outside the holds, which are in order and disjoint.
fn without(span: Span, holds: &[Span]) -> Vec<Span> {
    let mut left = Vec::with_capacity(1);
    let mut from = span.from;
    for hold in holds.iter().filter(|hold| hold.from < span.to && span.from < hold.to) {
        if from < hold.from {
            left.push(Span { from, to: hold.from });
        }
        from = from.max(hold.to);
    }
    if from < span.to {
        left.push(Span { from, to: span.to });
    }
    left
}
