//! What a rule asks of the calendar: when so much work is done, and which day is so many working days away.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

use crate::base::{Date, Instant, company_day};

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

/// Monday to Friday, 09:00 to 12:00 and 13:00 to 18:00, without any holiday: every year is one without a table.
#[derive(Clone, Debug)]
pub struct PlainWeek {
    zone: TimeZone,
}

const WINDOWS: [(i8, i8); 2] = [(9, 12), (13, 18)];
const MINUTES_A_DAY: i64 = 480;
/// Nobody waits longer than this many days: beyond it a moment is given as it stands.
const DAYS_MAX: i64 = 3_660;

impl PlainWeek {
    pub fn new(zone: TimeZone) -> PlainWeek {
        PlainWeek { zone }
    }

    fn at(&self, day: Date, hour: i8) -> Instant {
        let zoned = day.to_datetime(Time::constant(hour, 0, 0, 0)).to_zoned_datetime(self.zone.clone());
        zoned.map_or(Instant(i64::MAX), |zoned| Instant(zoned.timestamp().as_millisecond()))
    }
}

impl WorkingTime for PlainWeek {
    fn due(&self, start: Instant, minutes: i64) -> Due {
        let mut left = minutes.max(0).saturating_mul(60_000);
        let mut day = company_day(start, &self.zone);
        let unknown_year = Some(day.year());
        if left == 0 {
            return Due { at: start, unknown_year };
        }
        for _ in 0..DAYS_MAX {
            for (from, to) in WINDOWS.into_iter().filter(|_| self.works(day)) {
                let (from, to) = (self.at(day, from).max(start), self.at(day, to));
                let here = (to.0 - from.0).max(0);
                if left <= here {
                    return Due { at: from.plus_ms(left), unknown_year };
                }
                left -= here;
            }
            day = day.tomorrow().unwrap_or(day);
        }
        Due { at: self.at(day, 9), unknown_year }
    }

    fn workday(&self, day: Date, days: i32) -> (Date, Option<i16>) {
        let (mut at, mut left) = (day, days.unsigned_abs());
        while left > 0 {
            let next = if days > 0 { at.tomorrow() } else { at.yesterday() };
            let Ok(next) = next else { break };
            at = next;
            if self.works(at) {
                left -= 1;
            }
        }
        (at, Some(day.year()))
    }

    fn works(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    fn minutes_a_day(&self) -> i64 {
        MINUTES_A_DAY
    }
}
