//! When things happen in the demo company.

use domain::base::{Date, Instant, start_of_day};
use jiff::ToSpan;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use crate::Size;

const MINUTE_MS: i64 = 60 * 1_000;

/// The days of the demo company, the last one before `today`.
pub struct Calendar {
    zone: TimeZone,
    first: Date,
    today: Date,
}

impl Calendar {
    /// Four months for the full company, three weeks for the small one.
    pub fn until(today: Date, size: Size) -> Calendar {
        let days = match size {
            Size::Small => 21,
            Size::Full => 124,
        };
        let first = today.checked_sub(i64::from(days).days()).unwrap_or(today);
        Calendar { zone: app::company_zone(), first, today }
    }

    /// When the company is set up.
    pub fn founding(&self) -> Instant {
        self.at(0, 8 * 60)
    }

    /// When its first prices come into force.
    pub fn first_prices(&self) -> Instant {
        self.at(0, 9 * 60)
    }

    /// Working days with business, by their number from the first day.
    pub fn working_days(&self) -> Vec<i64> {
        (1..self.length())
            .filter(|day| self.weekday(*day).is_some_and(|day| day != Weekday::Sunday))
            .collect()
    }

    /// Days from the first to `today`, which is not one of them.
    pub fn length(&self) -> i64 {
        i64::from(self.first.until(self.today).map_or(0, |span| span.get_days()))
    }

    /// `minutes` after midnight of a day.
    pub fn at(&self, day: i64, minutes: i64) -> Instant {
        start_of_day(self.date(day), &self.zone).plus_ms(minutes * MINUTE_MS)
    }

    /// The date of a day.
    pub fn date(&self, day: i64) -> Date {
        self.first.checked_add(day.days()).unwrap_or(self.first)
    }

    /// The last moment at which something may happen.
    pub fn end(&self) -> Instant {
        self.at(self.length() - 1, 19 * 60)
    }

    fn weekday(&self, day: i64) -> Option<Weekday> {
        Some(self.date(day).weekday())
    }
}
