//! Instants and calendar days; the company has one time zone.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A calendar day.
pub type Date = jiff::civil::Date;

/// A moment, in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// This moment moved by `milliseconds`, kept inside the representable range.
    pub fn plus_ms(self, milliseconds: i64) -> Instant {
        Instant(self.0.saturating_add(milliseconds))
    }
}

/// The calendar day of `moment` in the company's time zone. Moments outside years -9999 to 9999 count as their nearest end.
pub fn company_day(moment: Instant, zone: &TimeZone) -> Date {
    let ends = (jiff::Timestamp::MIN.as_millisecond(), jiff::Timestamp::MAX.as_millisecond());
    let inside = moment.0.clamp(ends.0, ends.1);
    match jiff::Timestamp::from_millisecond(inside) {
        Ok(timestamp) => timestamp.to_zoned_datetime(zone.clone()).date(),
        Err(_) => Date::MAX,
    }
}

/// The first moment of `day` in the company's time zone.
pub fn start_of_day(day: Date, zone: &TimeZone) -> Instant {
    match day.to_zoned_datetime(zone.clone()) {
        Ok(zoned) => Instant(zoned.timestamp().as_millisecond()),
        Err(_) => Instant(i64::MAX),
    }
}

const STAMP: &str = "%Y%m%d-%H%M%S";

/// `20261124-090000`: the moment by the company's clock, for names that sort by time.
pub fn company_stamp(moment: Instant, zone: &TimeZone) -> String {
    let moment = jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.to_zoned_datetime(zone.clone()).strftime(STAMP).to_string()
}

/// The moment of such a stamp; `None` for any other text.
pub fn moment_of_stamp(stamp: &str, zone: &TimeZone) -> Option<Instant> {
    let local = jiff::civil::DateTime::strptime(STAMP, stamp).ok()?;
    let moment = Instant(local.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_millisecond());
    (company_stamp(moment, zone) == stamp).then_some(moment)
}

/// `2026-05-01`; years 1970 to 2199 only, so that sums with days never leave the calendar.
pub fn parse_date(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    if (1970..=2199).contains(&day.year()) && text.len() == 10 { Some(day) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_of_the_company() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let day = parse_date("2026-05-10").unwrap();
        let start = start_of_day(day, &zone);
        assert_eq!(company_day(start, &zone), day);
        assert_eq!(company_day(start.plus_ms(-1), &zone), day.yesterday().unwrap());
    }

    #[test]
    fn a_stamp_reads_back_to_the_second_and_nothing_else_is_one() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let nine = Instant(1_795_482_000_000);
        assert_eq!(company_stamp(nine, &zone), "20261124-090000");
        assert_eq!(moment_of_stamp("20261124-090000", &zone), Some(nine));
        for text in ["20261324-090000", "20261124", "20261124-0900001", "", "+0261124-090000"] {
            assert_eq!(moment_of_stamp(text, &zone), None, "{text}");
        }
    }

    #[test]
    fn odd_dates_are_refused() {
        for text in ["9999-01-01", "2026-13-01", "2026-5-1", "", "2026-05-01T10:00", "0000-00-00"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
