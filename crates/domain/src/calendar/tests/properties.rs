//! What holds for every calendar.

use proptest::prelude::*;

use super::*;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

fn any_hours() -> impl Strategy<Value = Hours> {
    (0_i64..1_440, 1_i64..1_440).prop_map(|(from, length)| {
        let text = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        Hours::parse(&text(from), &text((from + length) % 1_440)).unwrap()
    })
}

/// Any week with some work in it, and some days that differ.
fn any_calendar() -> impl Strategy<Value = Calendar> {
    let week = prop::collection::vec(prop::collection::vec(any_hours(), 0..3), 7);
    let sort = prop_oneof![
        Just(DaySort::Off),
        Just(DaySort::Work),
        prop::collection::vec(any_hours(), 1..3).prop_map(DaySort::Hours),
    ];
    let days = prop::collection::vec((0_i64..60, sort), 0..8);
    (week, any_hours(), days).prop_map(|(week, some, days)| {
        let days_of_week = WeekDay::ALL.into_iter().zip(&week);
        let week = days_of_week.fold(Week::default(), |week, (day, hours)| week.with(day, hours));
        let week = if week.is_empty() { week.with(WeekDay::Tuesday, &[some]) } else { week };
        let first = day("2026-01-20");
        days.into_iter().fold(Calendar::of_china(week, zone()), |calendar, (after, sort)| {
            calendar.with_day(first + jiff::ToSpan::days(after), sort)
        })
    })
}

fn any_moment() -> impl Strategy<Value = Instant> {
    (0_i64..90 * 24 * 60 * 60).prop_map(|seconds| at("2026-01-10 00:00").plus_ms(seconds * 1_000))
}

fn any_holds() -> impl Strategy<Value = Vec<Span>> {
    let hold = (any_moment(), 0_i64..5_000)
        .prop_map(|(from, minutes)| Span { from, to: from.plus_ms(minutes * MINUTE_MS) });
    prop::collection::vec(hold, 0..4)
}

fn any_work() -> impl Strategy<Value = WorkTime> {
    (0_i64..400 * 3_600).prop_map(|seconds| WorkTime::of_ms(seconds * 1_000).unwrap())
}

/// When the work is done; `None` where all that is worked until the calendar ends is less than the work: a week of one
/// minute holds no 400 hours. No other refusal is right.
fn due(calendar: &Calendar, from: Instant, work: WorkTime, holds: &[Span]) -> Option<Instant> {
    match calendar.add_work(from, work, holds) {
        Ok(told) => Some(told.value),
        Err(refused) => {
            assert_eq!(refused, CalendarRefused::BeyondCalendar);
            let all =
                calendar.work_between(from, at("2199-12-31 00:00").plus_ms(2 * DAY_MS), holds).unwrap().value;
            assert!(all < work, "{all:?} are worked, and {work:?} were refused");
            None
        }
    }
}

#[test]
fn a_week_of_a_minute_holds_no_four_hundred_hours() {
    let week = Week::default().with(WeekDay::Thursday, &[Hours::parse("00:00", "00:01").unwrap()]);
    let calendar = Calendar::of_china(week, zone());
    let work = |hours: i64| WorkTime::of_ms(hours * 60 * MINUTE_MS).unwrap();
    assert_eq!(due(&calendar, at("2026-01-10 00:00"), work(400), &[]), None);
    assert!(due(&calendar, at("2026-01-10 00:00"), work(100), &[]).is_some());
}

proptest! {
    #[test]
    fn added_work_is_what_lies_between(calendar in any_calendar(), from in any_moment(), work in any_work(), holds in any_holds()) {
        if let Some(due) = due(&calendar, from, work, &holds) {
            prop_assert_eq!(calendar.work_between(from, due, &holds).unwrap().value, work);
        }
    }

    #[test]
    fn more_work_is_due_later_and_a_later_start_never_earlier(
        calendar in any_calendar(), from in any_moment(), work in any_work(), more in any_work(), later in 0_i64..200_000,
    ) {
        // What is never done is due later than all that is.
        let due = |from: Instant, ms: i64| {
            due(&calendar, from, WorkTime::of_ms(ms).unwrap(), &[]).map_or(i64::MAX, |due| due.0)
        };
        let first = due(from, work.ms());
        let with_more = due(from, work.ms() + more.ms());
        prop_assert!(first <= with_more);
        if more.ms() > 0 && work.ms() > 0 && first < i64::MAX {
            prop_assert!(first < with_more);
        }
        prop_assert!(first <= due(from.plus_ms(later * 1_000), work.ms()));
    }

    #[test]
    fn work_is_never_done_outside_the_hours(calendar in any_calendar(), from in any_moment(), work in any_work()) {
        prop_assume!(work > WorkTime::default());
        if let Some(due) = due(&calendar, from, work, &[]) {
            let last = due.plus_ms(-1);
            prop_assert_eq!(calendar.next_work(last).unwrap().value, last);
        }
    }

    #[test]
    fn what_lies_between_adds_up(calendar in any_calendar(), mut moments in [any_moment(), any_moment(), any_moment()], holds in any_holds()) {
        moments.sort_unstable();
        let [a, b, c] = moments;
        let between = |from, to| calendar.work_between(from, to, &holds).unwrap().value.ms();
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        prop_assert!(between(a, c) <= c.0 - a.0);
    }

    #[test]
    fn the_next_opening_is_open_and_nothing_is_worked_before_it(calendar in any_calendar(), from in any_moment()) {
        let opening = calendar.next_work(from).unwrap().value;
        prop_assert!(from <= opening);
        prop_assert_eq!(calendar.next_work(opening).unwrap().value, opening);
        prop_assert_eq!(calendar.work_between(from, opening, &[]).unwrap().value, WorkTime::default());
    }

    #[test]
    fn working_days_forth_and_back_lead_home(calendar in any_calendar(), after in 0_i64..60, count in 1_i64..40) {
        let start = day("2026-01-10") + jiff::ToSpan::days(after);
        let there = calendar.add_workdays(start, count).unwrap().value;
        prop_assert!(calendar.is_workday(there));
        let back = calendar.add_workdays(there, -count).unwrap().value;
        if calendar.is_workday(start) {
            prop_assert_eq!(back, start);
        } else {
            prop_assert!(back < start && calendar.is_workday(back));
        }
    }
}
