//! When things happen in the demo company.

use domain::base::{Date, Instant, company_day, start_of_day};
use domain::calendar::{Hours, Week, WeekDay};
use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::scale::Scale;

const MINUTE_MS: i64 = 60 * 1_000;
/// Papers of what was issued in so many days before today are made at once, older ones when somebody asks for them.
const PAPERS_DAYS: i64 = 7;
/// Monday to Saturday.
const OPENS: &str = "08:30";
const CLOSES: &str = "18:00";

/// The days of the demo company, the last one before `today`.
pub struct Calendar {
    zone: TimeZone,
    first: Date,
    today: Date,
    worked: domain::calendar::Calendar,
}

impl Calendar {
    /// As many days as the company has history.
    pub fn until(today: Date, scale: &Scale) -> Calendar {
        let first = today.checked_sub(scale.days.days()).unwrap_or(today);
        let hours: Vec<Hours> = Hours::parse(OPENS, CLOSES).into_iter().collect();
        let days = WeekDay::ALL.into_iter().filter(|day| *day != WeekDay::Sunday);
        let week = days.fold(Week::default(), |week, day| week.with(day, &hours));
        let zone = app::company_zone();
        let worked = domain::calendar::Calendar::of_china(week, zone.clone());
        Calendar { zone, first, today, worked }
    }

    /// When the company is set up.
    pub fn founding(&self) -> Instant {
        self.at(0, 8 * 60)
    }

    /// When its first prices come into force.
    pub fn first_prices(&self) -> Instant {
        self.at(0, 9 * 60)
    }

    /// Working days with business, by their number from the first day: no Sundays and no holidays.
    pub fn working_days(&self) -> Vec<i64> {
        (1..self.length()).filter(|day| self.worked.is_workday(self.date(*day))).collect()
    }

    /// The moment itself while the company works, else its next opening.
    pub fn next_work(&self, moment: Instant) -> Instant {
        self.worked.next_work(moment).map_or(moment, |told| told.value)
    }

    /// Days from the first to `today`, which is not one of them.
    pub fn length(&self) -> i64 {
        i64::from(self.first.until(self.today).map_or(0, |span| span.get_days()))
    }

    /// Days from that of `moment` to `today`.
    pub fn days_before_today(&self, moment: Instant) -> i64 {
        let day = company_day(moment, &self.zone);
        i64::from(day.until(self.today).map_or(0, |span| span.get_days()))
    }

    /// `minutes` after midnight of a day.
    pub fn at(&self, day: i64, minutes: i64) -> Instant {
        start_of_day(self.date(day), &self.zone).plus_ms(minutes * MINUTE_MS)
    }

    /// The date of a day.
    pub fn date(&self, day: i64) -> Date {
        self.first.checked_add(day.days()).unwrap_or(self.first)
    }

    /// From when on the papers of quotations are made without being asked for.
    pub fn papers_from(&self) -> Instant {
        self.at(self.length() - PAPERS_DAYS, 0)
    }

    /// The last moment at which something may happen.
    pub fn end(&self) -> Instant {
        self.at(self.length() - 1, 19 * 60)
    }
}
