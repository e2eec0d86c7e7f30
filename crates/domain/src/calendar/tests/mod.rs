//! Working time on days that one can look up.

mod properties;
mod rows;

use jiff::tz::TimeZone;

use super::*;
use crate::base::{Date, Instant, parse_date, start_of_day};

fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// `2026-09-30 16:40`.
fn at(text: &str) -> Instant {
    let (date, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let minutes = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
    start_of_day(day(date), &zone()).plus_ms(minutes * 60_000)
}

fn hours(from: &str, to: &str) -> Hours {
    Hours::parse(from, to).unwrap()
}

/// 08:30 to 12:00 and 13:00 to 17:30, Monday to Friday, with China's holidays.
fn warehouse() -> Calendar {
    let hours = [hours("08:30", "12:00"), hours("13:00", "17:30")];
    let week = WeekDay::ALL[..5].iter().fold(Week::default(), |week, day| week.with(*day, &hours));
    Calendar::of_china(week, zone())
}

fn work(text: &str) -> WorkTime {
    WorkTime::parse(text).unwrap()
}

#[track_caller]
fn due(calendar: &Calendar, start: &str, add: &str, expected: &str) {
    let told = calendar.add_work(at(start), work(add), &[]).unwrap();
    assert_eq!((told.value, told.unknown_years), (at(expected), Vec::new()), "{start} + {add}");
    let worked = calendar.work_between(at(start), told.value, &[]).unwrap();
    assert_eq!(worked.value, work(add), "{start} to {expected}");
}

#[test]
fn two_hours_before_the_national_holiday_are_over_on_the_first_morning_after_it() {
    due(&warehouse(), "2026-09-30 16:40", "2h", "2026-10-08 09:40");
}

#[test]
fn a_make_up_saturday_is_worked_and_a_plain_one_is_not() {
    due(&warehouse(), "2026-10-10 09:00", "2h", "2026-10-10 11:00");
    due(&warehouse(), "2026-02-14 17:00", "1h", "2026-02-24 09:00");
    due(&warehouse(), "2026-10-17 09:00", "2h", "2026-10-19 10:30");
}

#[test]
fn work_ends_at_closing_time_and_not_at_the_next_opening() {
    due(&warehouse(), "2026-11-24 16:40", "50m", "2026-11-24 17:30");
    due(&warehouse(), "2026-11-24 11:00", "1h", "2026-11-24 12:00");
    due(&warehouse(), "2026-11-24 11:00", "1h1m", "2026-11-24 13:01");
}

#[test]
fn the_29th_of_february_is_a_day_like_others() {
    due(&warehouse(), "2024-02-28 17:00", "1h", "2024-02-29 09:00");
    let told = warehouse().add_workdays(day("2024-02-28"), 2).unwrap();
    assert_eq!(told.value, day("2024-03-01"));
}

#[test]
fn a_day_off_counts_no_seconds_and_a_lunch_break_neither() {
    let worked = |from, to| warehouse().work_between(at(from), at(to), &[]).unwrap().value;
    assert_eq!(worked("2026-10-01 00:00", "2026-10-07 23:59"), WorkTime::default());
    assert_eq!(worked("2026-11-24 12:00", "2026-11-24 13:00"), WorkTime::default());
    assert_eq!(worked("2026-11-24 00:00", "2026-11-25 00:00"), work("8h"));
}

#[test]
fn a_year_without_holidays_is_worked_as_a_plain_week_and_named() {
    let told = warehouse().add_work(at("2099-02-09 09:00"), work("2h"), &[]).unwrap();
    assert_eq!((told.value, told.unknown_years), (at("2099-02-09 11:00"), vec![2099]));
    let over = warehouse().add_work(at("2026-12-31 17:00"), work("1h"), &[]).unwrap();
    assert_eq!((over.value, over.unknown_years), (at("2027-01-01 09:00"), vec![2027]));
    let until = warehouse().add_work(at("2026-12-31 17:00"), work("30m"), &[]).unwrap();
    assert_eq!(until.unknown_years, Vec::<i16>::new());
    let days = warehouse().add_workdays(day("2026-12-30"), 3).unwrap();
    assert_eq!((days.value, days.unknown_years), (day("2027-01-04"), vec![2027]));
    let back = warehouse().add_workdays(day("2027-01-04"), -2).unwrap();
    assert_eq!((back.value, back.unknown_years), (day("2026-12-31"), vec![2027]));
    let opening = warehouse().next_work(at("2026-12-31 18:00")).unwrap();
    assert_eq!((opening.value, opening.unknown_years), (at("2027-01-01 08:30"), vec![2027]));
}

#[test]
fn holds_are_taken_out_of_the_hours_and_move_nothing_outside_them() {
    let span = |from: &str, to: &str| Span { from: at(from), to: at(to) };
    let due = |holds: &[Span]| warehouse().add_work(at("2026-09-30 16:40"), work("2h"), holds).unwrap().value;
    assert_eq!(due(&[span("2026-10-08 08:30", "2026-10-08 09:00")]), at("2026-10-08 10:10"));
    assert_eq!(due(&[span("2026-09-30 17:30", "2026-10-08 08:30")]), at("2026-10-08 09:40"));
    let twice = [span("2026-10-08 08:40", "2026-10-08 09:00"), span("2026-10-08 08:30", "2026-10-08 08:50")];
    assert_eq!(due(&twice), at("2026-10-08 10:10"));
    let turned = [span("2026-10-08 09:00", "2026-10-08 08:30")];
    assert_eq!(due(&turned), at("2026-10-08 09:40"), "a hold that ends before it begins holds nothing");
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_begins() {
    let week = Week::default().with(WeekDay::Wednesday, &[hours("22:00", "06:00")]);
    let calendar = Calendar::of_china(week, zone());
    due(&calendar, "2026-09-30 23:00", "3h", "2026-10-01 02:00");
    due(&calendar, "2026-10-01 05:00", "1h", "2026-10-01 06:00");
    // The 7th of October is a holiday, so its night is free; the next Wednesday is worked.
    due(&calendar, "2026-10-01 05:00", "2h", "2026-10-14 23:00");
    assert_eq!(calendar.next_work(at("2026-10-01 03:00")).unwrap().value, at("2026-10-01 03:00"));
}

#[test]
fn a_make_up_day_without_hours_of_its_own_has_those_of_monday() {
    let week = Week::default().with(WeekDay::Monday, &[hours("10:00", "11:00")]);
    let calendar = Calendar::of_week(week.clone(), zone()).with_day(day("2026-10-10"), DaySort::Work);
    assert_eq!(calendar.hours_of(day("2026-10-10")), [hours("10:00", "11:00")]);
    let own = Calendar::of_week(week.with(WeekDay::Saturday, &[hours("08:00", "09:00")]), zone())
        .with_day(day("2026-10-10"), DaySort::Work);
    assert_eq!(own.hours_of(day("2026-10-10")), [hours("08:00", "09:00")]);
}

#[test]
fn a_calendar_without_hours_and_what_lies_beyond_the_calendar_are_refused() {
    let empty = Calendar::of_week(Week::default(), zone());
    assert_eq!(empty.add_work(at("2026-11-24 09:00"), work("1h"), &[]), Err(CalendarRefused::NoWorkingTime));
    assert_eq!(empty.add_workdays(day("2026-11-24"), 1), Err(CalendarRefused::NoWorkingTime));
    let far = warehouse().add_work(at("2199-12-31 16:00"), work("1000h"), &[]);
    assert_eq!(far, Err(CalendarRefused::BeyondCalendar));
    assert_eq!(warehouse().add_workdays(day("2026-11-24"), 1_000_000), Err(CalendarRefused::BeyondCalendar));
    let turned = warehouse().work_between(at("2026-11-24 10:00"), at("2026-11-24 09:59"), &[]);
    assert_eq!(turned, Err(CalendarRefused::EndBeforeStart));
}

#[test]
fn the_clocks_of_chinas_summers_of_old_are_not_turned() {
    // Shanghai had summer time from 1986 to 1991; the company counts as everybody does today.
    due(&Calendar::of_week(Week::usual(), zone()), "1990-04-13 17:00", "2h", "1990-04-16 10:00");
    let night = Week::default().with(WeekDay::Saturday, &[hours("20:00", "08:00")]);
    due(&Calendar::of_week(night, zone()), "1990-04-14 20:00", "12h", "1990-04-15 08:00");
}

#[test]
fn every_table_is_whole_and_its_year_has_as_many_working_days_as_announced() {
    for (year, workdays, off, made_up) in
        [(2022, 249, 31, 7), (2023, 249, 27, 7), (2024, 251, 28, 8), (2025, 248, 28, 5), (2026, 248, 33, 6)]
    {
        let table = year_table(year).unwrap();
        let length = |first: Date, last: Date| first.until(last).unwrap().get_days() + 1;
        let named: i32 = table.holidays.iter().map(|(_, first, last)| length(*first, *last)).sum();
        assert_eq!((named, table.workdays.len()), (off, made_up), "{year}");
        assert!(
            table.workdays.iter().all(|day| day.year() == year && WeekDay::of(*day) >= WeekDay::Saturday)
        );
        assert!(table.notice.published < Date::new(year, 1, 1).unwrap());
        let first = Date::new(year, 1, 1).unwrap();
        let days = first.series(jiff::ToSpan::days(1)).take_while(|day| day.year() == year);
        let worked = days.filter(|day| warehouse().is_workday(*day)).count();
        assert_eq!(worked, workdays, "{year}");
        assert!(warehouse().knows(year));
    }
    assert!(!warehouse().knows(2021) && !warehouse().knows(2027));
}

#[test]
fn hours_are_times_of_day_and_end_after_they_begin() {
    for (from, to) in [
        ("8:30", "12:00"),
        ("08:30", "08:30"),
        ("24:00", "08:00"),
        ("08:60", "09:00"),
        ("", ""),
        ("08:30", "24:01"),
    ] {
        assert_eq!(Hours::parse(from, to), None, "{from} {to}");
    }
    assert_eq!(hours("00:00", "24:00").to_text(), "00:00-24:00");
    assert_eq!(hours("22:00", "06:00").to_text(), "22:00-06:00");
    let week = Week::default().with(WeekDay::Monday, &[hours("10:00", "12:00"), hours("08:00", "11:00")]);
    assert_eq!(week.hours(WeekDay::Monday), [hours("08:00", "12:00")], "nothing is counted twice");
}
