//! What a company says of its calendar: one row for each day of the week that is not as usual, and for each single day.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::days::{Calendar, DaySort};
use super::week::{Hours, Week, WeekDay};
use crate::base::{Date, is_control, parse_date, visible};

/// The longest note of a row.
pub const NOTE_LETTERS_MAX: usize = 40;
/// So many stretches of work has a day at most.
pub const HOURS_A_DAY_MAX: usize = 6;
/// What a row is about; as a key `mon` … `sun`, or `2027-02-05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKey {
    Week(WeekDay),
    Day(Date),
}

/// Who says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayFrom {
    /// The company itself: a shutdown, an extra day, a longer evening.
    #[default]
    Company,
    /// The notice of the State Council: with the first of its days the holidays of that year count as told.
    Notice,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarRow {
    pub key: RowKey,
    pub sort: DaySort,
    pub from: DayFrom,
    pub note: String,
}

/// Why a row cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CalendarRowFault {
    /// Not the JSON of a row.
    NotReadable,
    /// The key is neither a day of the week nor a date.
    KeyWrong,
    /// These are no hours.
    HoursWrong {
        text: String,
    },
    TooManyHours {
        count_max: usize,
    },
    /// No notice speaks of a day of the week.
    OnlyOfDates,
    NoteTooLong {
        letters_max: usize,
    },
    ControlSign,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    /// `09:00-12:00 13:00-18:00`; empty: nobody works.
    hours: String,
    #[serde(default)]
    from: DayFrom,
    #[serde(default)]
    note: String,
}

impl RowKey {
    pub fn parse(text: &str) -> Option<RowKey> {
        WeekDay::from_key(text).map(RowKey::Week).or_else(|| parse_date(text).map(RowKey::Day))
    }

    pub fn to_text(self) -> String {
        match self {
            RowKey::Week(day) => day.key().to_string(),
            RowKey::Day(day) => day.to_string(),
        }
    }
}

impl CalendarRow {
    /// Reads the row under `key`.
    pub fn read(key: &str, content: &str) -> Result<CalendarRow, CalendarRowFault> {
        let key = RowKey::parse(key.trim()).ok_or(CalendarRowFault::KeyWrong)?;
        let content: Content = serde_json::from_str(content).map_err(|_| CalendarRowFault::NotReadable)?;
        let sort = read_sort(&content.hours)?;
        if content.from == DayFrom::Notice && matches!(key, RowKey::Week(_)) {
            return Err(CalendarRowFault::OnlyOfDates);
        }
        let note = visible(&content.note);
        if note.chars().any(is_control) {
            return Err(CalendarRowFault::ControlSign);
        }
        if note.chars().count() > NOTE_LETTERS_MAX {
            return Err(CalendarRowFault::NoteTooLong { letters_max: NOTE_LETTERS_MAX });
        }
        Ok(CalendarRow { key, sort, from: content.from, note })
    }

    /// The content that `read` reads back; equal rows have equal content.
    pub fn content(&self) -> String {
        let hours = match &self.sort {
            DaySort::Off | DaySort::Work => String::new(),
            DaySort::Hours(hours) => hours.iter().map(|it| it.to_text()).collect::<Vec<_>>().join(" "),
        };
        let content = Content { hours, from: self.from, note: self.note.clone() };
        serde_json::to_string(&content).unwrap_or_default()
    }
}

impl Calendar {
    /// The calendar of a company in China: its rows on top of the usual week, the announced holidays and make-up days.
    pub fn of_company(rows: &[CalendarRow], zone: TimeZone) -> Calendar {
        rows.iter().fold(Calendar::of_china(Week::usual(), zone), |calendar, row| {
            match (row.key, &row.sort) {
                (RowKey::Week(day), DaySort::Hours(hours)) => calendar.with_week_day(day, hours),
                (RowKey::Week(day), DaySort::Off | DaySort::Work) => calendar.with_week_day(day, &[]),
                (RowKey::Day(day), sort) => {
                    let calendar = calendar.with_day(day, sort.clone());
                    if row.from == DayFrom::Notice { calendar.with_known_year(day.year()) } else { calendar }
                }
            }
        })
    }
}

/// Hours as people type them: blanks, commas or 、 between them, `-`, `–`, `~` or 至 inside; full-width signs too.
fn read_sort(text: &str) -> Result<DaySort, CalendarRowFault> {
    let plain = crate::base::fold_width(text);
    let plain = plain.trim();
    if plain.is_empty() {
        return Ok(DaySort::Off);
    }
    let wrong =
        || CalendarRowFault::HoursWrong { text: text.trim().chars().take(NOTE_LETTERS_MAX).collect() };
    let between = |sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '\u{3001}');
    let dash = |sign: char| matches!(sign, '-' | '\u{2013}' | '\u{2014}' | '~' | '\u{81f3}');
    let mut hours = Vec::new();
    for part in plain.split(between).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once(dash).ok_or_else(wrong)?;
        hours.push(Hours::parse(&two_digits(from), &two_digits(to)).ok_or_else(wrong)?);
    }
    if hours.len() > HOURS_A_DAY_MAX {
        return Err(CalendarRowFault::TooManyHours { count_max: HOURS_A_DAY_MAX });
    }
    if hours.is_empty() {
        return Err(wrong());
    }
    Ok(DaySort::Hours(super::week::joined(&hours)))
}

/// `8:30` as `08:30`.
fn two_digits(time: &str) -> String {
    let hour = time.find(':').unwrap_or(0);
    if hour == 1 { format!("0{time}") } else { time.to_string() }
}
