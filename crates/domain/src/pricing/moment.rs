//! Moments on the company's clock, and the windows in which a list or an entry holds.

use jiff::civil::{DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use crate::base::{Date, Instant, parse_date};

const DAY_MS: i64 = 86_400_000;

/// A moment as the company's clock shows it, in milliseconds since its 1970-01-01 00:00.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

/// When something holds; both ends are included, a missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Window {
    pub from: Option<Moment>,
    pub to: Option<Moment>,
}

impl Moment {
    /// The first moment of `day`.
    pub fn start_of(day: Date) -> Moment {
        Moment::at(day.to_datetime(Time::midnight()))
    }

    /// The last moment of `day`.
    pub fn end_of(day: Date) -> Moment {
        Moment(Moment::start_of(day).0.saturating_add(DAY_MS - 1))
    }

    /// The first moment in which what holds up to this one holds no more.
    pub fn just_after(self) -> Moment {
        Moment(self.0.saturating_add(1))
    }

    /// What the company's clock shows at `instant`.
    pub fn of(instant: Instant, zone: &TimeZone) -> Moment {
        match jiff::Timestamp::from_millisecond(instant.0) {
            Ok(timestamp) => Moment::at(zone.to_datetime(timestamp)),
            Err(_) => Moment(instant.0),
        }
    }

    /// `2026-05-01` or `2026-05-01T10:00` (seconds allowed); the `bool` says that it is a whole day.
    pub fn parse(text: &str) -> Option<(Moment, bool)> {
        let Some((day, time)) = text.split_once('T') else {
            return parse_date(text).map(|day| (Moment::start_of(day), true));
        };
        let day = parse_date(day)?;
        let plain = time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        if !plain || !matches!(time.len(), 5 | 8) {
            return None;
        }
        let time: Time = time.parse().ok()?;
        Some((Moment::at(day.to_datetime(time)), false))
    }

    /// The calendar day of this moment.
    pub fn day(self) -> Date {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(timestamp) => Offset::UTC.to_datetime(timestamp).date(),
            Err(_) => Date::MAX,
        }
    }

    /// The instant at which the company's clock shows this: the way back from `of`.
    pub fn instant(self, zone: &TimeZone) -> Instant {
        let shown = jiff::Timestamp::from_millisecond(self.0).map(|at| Offset::UTC.to_datetime(at));
        match shown.and_then(|shown| zone.to_timestamp(shown)) {
            Ok(timestamp) => Instant(timestamp.as_millisecond()),
            Err(_) => Instant(self.0),
        }
    }

    fn at(shown: DateTime) -> Moment {
        match Offset::UTC.to_timestamp(shown) {
            Ok(timestamp) => Moment(timestamp.as_millisecond()),
            Err(_) => Moment(i64::MAX),
        }
    }
}

impl Window {
    /// Whole calendar days.
    pub fn days(from: Option<Date>, to: Option<Date>) -> Window {
        Window { from: from.map(Moment::start_of), to: to.map(Moment::end_of) }
    }

    pub fn holds(&self, at: Moment) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }

    /// A window that ends before it begins.
    pub fn is_empty(&self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }

    /// Whether some moment lies in both.
    pub fn overlaps(&self, other: &Window) -> bool {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        !self.is_empty() && !other.is_empty() && !(Window { from, to }).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::parse(text).unwrap().0
    }

    #[test]
    fn what_the_clock_shows_leads_back_to_its_instant() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let shown = moment("2026-05-01T10:00:30");
        assert_eq!(Moment::of(shown.instant(&zone), &zone), shown);
        assert_eq!(moment("1970-01-01T08:00").instant(&zone), Instant(0));
    }

    #[test]
    fn a_window_of_days_includes_both_ends() {
        let window = Window::days(parse_date("2026-05-01"), parse_date("2026-05-31"));
        assert!(!window.holds(moment("2026-04-30T23:59:59")));
        assert!(window.holds(moment("2026-05-01")));
        assert!(window.holds(moment("2026-05-31T23:59:59")));
        assert!(!window.holds(moment("2026-06-01")));
        assert!(Window::default().holds(moment("1970-01-01")));
    }

    #[test]
    fn the_clock_of_the_company_decides() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let midnight = crate::base::start_of_day(parse_date("2026-05-10").unwrap(), &zone);
        assert_eq!(Moment::of(midnight, &zone), moment("2026-05-10"));
        assert_eq!(Moment::of(midnight.plus_ms(-1), &zone).day(), parse_date("2026-05-09").unwrap());
    }

    #[test]
    fn odd_moments_are_refused() {
        for text in [
            "2026-05-01T",
            "2026-05-01T25:00",
            "2026-05-01T10:00Z",
            "2026-05-01 10:00",
            "5月1日",
            "2026-05-01T10",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
        assert_eq!(Moment::parse("2026-05-05T10:00").map(|(_, day)| day), Some(false));
        assert_eq!(Moment::parse("2026-05-05").map(|(_, day)| day), Some(true));
    }

    #[test]
    fn windows_that_share_one_day_overlap() {
        let may = Window::days(parse_date("2026-05-01"), parse_date("2026-05-31"));
        let last_day = Window::days(parse_date("2026-05-31"), None);
        let june = Window::days(parse_date("2026-06-01"), None);
        let backwards = Window::days(parse_date("2026-06-01"), parse_date("2026-05-01"));
        assert!(may.overlaps(&last_day) && last_day.overlaps(&june));
        assert!(!may.overlaps(&june));
        assert!(backwards.is_empty() && !backwards.overlaps(&Window::default()));
        assert!(Window::default().overlaps(&may));
    }
}
