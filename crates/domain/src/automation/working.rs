//! What a rule asks of the calendar: when so much work is done, and which day is so many working days away.

use crate::base::{Date, Instant};

/// A moment, and the year on the way for which no table of holidays was there: it was counted as plain weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: Instant,
    pub unknown_year: Option<i16>,
}

/// Working time. The area of calendars implements it; nothing here knows what a holiday is.
pub trait WorkingTime: Send + Sync {
    /// The earliest moment at which `minutes` of work are done since `start`.
    fn due(&self, start: Instant, minutes: i64) -> Due;

    /// The day so many working days after `day`, or before it when negative; `day` itself is not counted.
    fn workday(&self, day: Date, days: i32) -> (Date, Option<i16>);

    /// Whether people work on `day`.
    fn works(&self, day: Date) -> bool;

    /// How long an ordinary working day is, in minutes.
    fn minutes_a_day(&self) -> i64;
}
