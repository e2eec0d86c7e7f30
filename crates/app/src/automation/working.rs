//! The company's calendar as rules ask it: where the area of rules and that of calendars join.

use domain::automation::{Due, WorkingTime};
use domain::base::{Date, Instant, ItemId};
use domain::calendar::{Calendar, CalendarRow, DaySort, Hours, RowKey, Week, WorkTime};
use jiff::tz::TimeZone;
use store::{StoreError, Tx};

use super::rules::Stamp;

const MINUTE_MS: i64 = 60_000;
/// Of a company whose calendar has no hours at all.
const USUAL_MINUTES: i64 = 480;
const A_MONDAY: Date = jiff::civil::date(2024, 1, 1);

/// The calendar of one moment.
pub(super) struct CompanyTime {
    calendar: Calendar,
    minutes_a_day: i64,
}

/// The calendar of that stamp: the company's rows on the usual week with China's holidays.
pub(super) async fn company_time(
    tx: &mut Tx<'_>,
    stamp: Stamp,
    zone: &TimeZone,
) -> Result<CompanyTime, StoreError> {
    let [_, (item, n)] = stamp;
    let mut rows = Vec::new();
    if n > 0 {
        for (key, content) in store::config::rows_of(tx, ItemId(item), n).await? {
            match CalendarRow::read(&key, &content) {
                Ok(row) => rows.push(row),
                // It was checked when it was published, so an older or newer program wrote it.
                Err(fault) => tracing::error!(%key, ?fault, "a day of the calendar cannot be read"),
            }
        }
    }
    let calendar = Calendar::of_company(&rows, zone.clone());
    let minutes_a_day = usual_day(&rows, zone);
    Ok(CompanyTime { calendar, minutes_a_day })
}

/// How long the first working day of the week is, holidays aside.
fn usual_day(rows: &[CalendarRow], zone: &TimeZone) -> i64 {
    let week = Calendar::of_week(Week::usual(), zone.clone());
    let calendar = rows.iter().fold(week, |calendar, row| match (row.key, &row.sort) {
        (RowKey::Week(day), DaySort::Hours(hours)) => calendar.with_week_day(day, hours),
        (RowKey::Week(day), DaySort::Off | DaySort::Work) => calendar.with_week_day(day, &[]),
        (RowKey::Day(_), _) => calendar,
    });
    let long = |hours: &Hours| hours.to() - hours.from();
    let days = A_MONDAY.series(jiff::Span::new().days(1)).take(7);
    let mut minutes = days.map(|day| calendar.hours_of(day).iter().map(long).sum::<i64>());
    minutes.find(|minutes| *minutes > 0).unwrap_or(USUAL_MINUTES)
}

impl WorkingTime for CompanyTime {
    fn due(&self, start: Instant, minutes: i64) -> Due {
        let by_the_wall = start.plus_ms(minutes.max(0).saturating_mul(MINUTE_MS));
        let work = WorkTime::of_ms(minutes.max(0).saturating_mul(MINUTE_MS)).unwrap_or_default();
        match self.calendar.add_work(start, work, &[]) {
            Ok(told) => Due { at: told.value, unknown_year: told.unknown_years.first().copied() },
            Err(refused) => {
                tracing::error!(?refused, "the calendar gives no moment: counted by the clock on the wall");
                Due { at: by_the_wall, unknown_year: None }
            }
        }
    }

    fn workday(&self, day: Date, days: i32) -> (Date, Option<i16>) {
        match self.calendar.add_workdays(day, i64::from(days)) {
            Ok(told) => (told.value, told.unknown_years.first().copied()),
            Err(refused) => {
                tracing::error!(?refused, "the calendar gives no day: counted in plain days");
                let span = jiff::Span::new().days(i64::from(days));
                (day.checked_add(span).unwrap_or(day), None)
            }
        }
    }

    fn works(&self, day: Date) -> bool {
        self.calendar.is_workday(day)
    }

    fn minutes_a_day(&self) -> i64 {
        self.minutes_a_day
    }
}
