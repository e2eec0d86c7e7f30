//! A calendar: the week, the days that differ from it, and the years whose holidays are known.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::china::year_tables;
use super::week::{Hours, Week, WeekDay, joined};
use crate::base::Date;

/// How a day differs from its day of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DaySort {
    /// Nobody works.
    Off,
    /// A make-up day: the hours of its own day of the week, else Monday's.
    Work,
    /// These hours.
    Hours(Vec<Hours>),
}

/// When somebody works. Its time zone has no daylight saving, as China's.
#[derive(Clone, Debug)]
pub struct Calendar {
    week: Week,
    days: BTreeMap<Date, DaySort>,
    known: Known,
    pub(super) zone: TimeZone,
}

/// The years whose holidays are told.
#[derive(Clone, Debug)]
enum Known {
    /// Whoever made the calendar named all days that differ.
    Every,
    Years(BTreeSet<i16>),
}

impl Calendar {
    /// A calendar whose days off and make-up days are all named by whoever makes it.
    pub fn of_week(week: Week, zone: TimeZone) -> Calendar {
        Calendar { week, days: BTreeMap::new(), known: Known::Every, zone }
    }

    /// The week with China's holidays and make-up days, as far as they were announced.
    pub fn of_china(week: Week, zone: TimeZone) -> Calendar {
        let mut days = BTreeMap::new();
        for table in year_tables() {
            for (_, first, last) in table.holidays {
                let all = first.series(jiff::ToSpan::days(1)).take_while(|day| day <= last);
                days.extend(all.map(|day| (day, DaySort::Off)));
            }
        }
        // A day that is worked instead of another is worked, whatever a holiday says.
        for day in year_tables().iter().flat_map(|table| table.workdays) {
            days.insert(*day, DaySort::Work);
        }
        let years = year_tables().iter().map(|table| table.year).collect();
        Calendar { week, days, known: Known::Years(years), zone }
    }

    /// This calendar with a day that differs; what was said of the day before is forgotten.
    pub fn with_day(mut self, day: Date, sort: DaySort) -> Calendar {
        let sort = match sort {
            DaySort::Hours(hours) => DaySort::Hours(joined(&hours)),
            sort => sort,
        };
        self.days.insert(day, sort);
        self
    }

    /// This calendar with those hours on that day of the week.
    pub fn with_week_day(mut self, day: WeekDay, hours: &[Hours]) -> Calendar {
        self.week = self.week.with(day, hours);
        self
    }

    /// This calendar with a year whose holidays are all told.
    pub fn with_known_year(mut self, year: i16) -> Calendar {
        if let Known::Years(years) = &mut self.known {
            years.insert(year);
        }
        self
    }

    /// Whether the holidays of the year are told.
    pub fn knows(&self, year: i16) -> bool {
        match &self.known {
            Known::Every => true,
            Known::Years(years) => years.contains(&year),
        }
    }

    /// The hours that begin on `day`, in order.
    pub fn hours_of(&self, day: Date) -> &[Hours] {
        let usual = self.week.hours(WeekDay::of(day));
        match self.days.get(&day) {
            None => usual,
            Some(DaySort::Off) => &[],
            Some(DaySort::Hours(hours)) => hours,
            Some(DaySort::Work) if usual.is_empty() => self.week.hours(WeekDay::Monday),
            Some(DaySort::Work) => usual,
        }
    }

    /// Whether somebody works on `day`.
    pub fn is_workday(&self, day: Date) -> bool {
        !self.hours_of(day).is_empty()
    }

    /// Whether there is any day with work, in the week or by name.
    pub fn has_hours(&self) -> bool {
        !self.week.is_empty() || self.days.keys().any(|day| self.is_workday(*day))
    }

    /// Whether some work goes on beyond midnight, so that a day's first hours may belong to the day before.
    pub(super) fn crosses_midnight(&self) -> bool {
        let named = self.days.values().filter_map(|sort| match sort {
            DaySort::Hours(hours) => Some(hours),
            DaySort::Off | DaySort::Work => None,
        });
        let usual = WeekDay::ALL.into_iter().flat_map(|day| self.week.hours(day));
        usual.chain(named.flatten()).any(|hours| hours.beyond_midnight())
    }
}
