//! Reads a case of `huxi worktime`: a calendar, a beginning, and what is asked of it.

use app::company_zone;
use domain::base::{Date, Instant, company_day};
use domain::calendar::{Calendar, DaySort, Span, Week, WeekDay, WorkTime};
use domain::pricing::Moment;
use jiff::tz::TimeZone;

use crate::strict::{At, Fault, Object, Wanted, What};

const CASE: &[&str] = &["calendar", "start", "add", "end", "add_workdays", "holds"];
const CALENDAR: &[&str] = &["week", "holidays", "workdays", "time_zone"];
const WEEK: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const ASKED: &[&str] = &["add", "end", "add_workdays"];
/// The calendar that every case may name instead of writing one.
const CHINA: &str = "cn";
/// The one time zone there is: China's, without daylight saving.
const ZONES: &[&str] = &["Asia/Shanghai"];
/// No case asks for more working days than this.
const WORKDAYS_MAX: i64 = 100_000;

/// A case, read.
#[derive(Debug)]
pub struct Case {
    pub calendar: Calendar,
    pub start: Instant,
    pub asked: Asked,
    pub holds: Vec<Span>,
    zone: TimeZone,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// When this much work is done.
    Add(WorkTime),
    /// How much work lies until then.
    Until(Instant),
    /// Which day is the so manyth working day; before the beginning for a negative count.
    Workdays(i64),
}

impl Case {
    pub fn read(case: At<'_>) -> Result<Case, Fault> {
        let zone = company_zone();
        let case = case.object(CASE)?;
        let calendar = calendar(&case.required("calendar")?, &zone)?;
        let start = instant(&case.required("start")?, &zone)?;
        let asked = asked(&case, start, &zone)?;
        let holds = case.list("holds")?.iter().map(|at| hold(at, &zone)).collect::<Result<_, _>>()?;
        Ok(Case { calendar, start, asked, holds, zone })
    }

    /// The day of the beginning.
    pub fn start_day(&self) -> Date {
        company_day(self.start, &self.zone)
    }

    /// `2026-10-08T10:10:00`.
    pub fn shown(&self, moment: Instant) -> String {
        let midnight = domain::base::start_of_day(company_day(moment, &self.zone), &self.zone);
        let seconds = (moment.0 - midnight.0) / 1_000;
        let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        format!("{}T{hour:02}:{minute:02}:{second:02}", company_day(moment, &self.zone))
    }
}

fn asked(case: &Object<'_>, start: Instant, zone: &TimeZone) -> Result<Asked, Fault> {
    match (case.get("add"), case.get("end"), case.get("add_workdays")) {
        (Some(add), None, None) => Ok(Asked::Add(add.work_time()?)),
        (None, Some(at), None) => {
            let end = instant(&at, zone)?;
            if end < start {
                return Err(at.fault(What::EndBeforeStart));
            }
            Ok(Asked::Until(end))
        }
        (None, None, Some(at)) => {
            let count = at.decimal(0).map_err(|_| at.fault(What::Wanted(Wanted::Whole)))?;
            if count.unsigned_abs() > WORKDAYS_MAX.unsigned_abs() {
                return Err(at.fault(What::OutOfRange { min: "-100000", max: "100000" }));
            }
            Ok(Asked::Workdays(count))
        }
        _ => Err(case.fault(What::OneOf { names: ASKED })),
    }
}

fn calendar(at: &At<'_>, zone: &TimeZone) -> Result<Calendar, Fault> {
    if at.text().is_ok() {
        at.word(&[CHINA])?;
        return Ok(Calendar::of_china(Week::usual(), zone.clone()));
    }
    let object = at.clone().object(CALENDAR)?;
    object.optional("time_zone", |at| at.word(ZONES))?;
    let mut calendar = Calendar::of_week(week(&object)?, zone.clone());
    for at in object.list("holidays")? {
        calendar = calendar.with_day(at.day()?, DaySort::Off);
    }
    // Later ones stand: a day that is worked instead is worked, whatever the holidays say.
    for at in object.list("workdays")? {
        calendar = calendar.with_day(at.day()?, DaySort::Work);
    }
    Ok(calendar)
}

/// The hours of each day; a day that is left out is free.
fn week(calendar: &Object<'_>) -> Result<Week, Fault> {
    let mut week = Week::default();
    let Some(at) = calendar.get("week") else { return Ok(week) };
    let days = at.object(WEEK)?;
    for day in WeekDay::ALL {
        let hours: Vec<_> =
            days.list(day.key())?.iter().map(|at| at.hours()).collect::<Result<_, Fault>>()?;
        week = week.with(day, &hours);
    }
    Ok(week)
}

fn instant(at: &At<'_>, zone: &TimeZone) -> Result<Instant, Fault> {
    Ok(at.moment()?.0.instant(zone))
}

/// From one moment to another; a whole day at its end is held whole.
fn hold(at: &At<'_>, zone: &TimeZone) -> Result<Span, Fault> {
    let [from, to] = at.pair()?;
    let begins = instant(&from, zone)?;
    let (moment, whole_day) = to.moment()?;
    let last =
        if whole_day { Moment::end_of(moment.day()).instant(zone).plus_ms(1) } else { moment.instant(zone) };
    if last < begins {
        return Err(at.fault(What::EndBeforeStart));
    }
    Ok(Span { from: begins, to: last })
}
