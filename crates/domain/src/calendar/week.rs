//! The hours of a day, and the days of a week.

use crate::base::Date;

/// Minutes of a day.
pub(super) const DAY_MINUTES: u16 = 24 * 60;

/// A stretch of work, in minutes after midnight of the day on which it begins. What ends beyond 24:00 ends on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    from: u16,
    to: u16,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WeekDay {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// What is worked in a week without holidays: the hours of each day, in order, none overlapping another of its day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week {
    days: [Vec<Hours>; 7],
}

impl Hours {
    /// From `08:30` to `12:00`; until `24:00` at the latest, or, with an end at or before the beginning, until that time of
    /// the next day (`22:00` to `06:00`). `None` for what is no time of day, and for hours that end as they begin.
    pub fn parse(from: &str, to: &str) -> Option<Hours> {
        let from = minutes(from).filter(|from| *from < DAY_MINUTES)?;
        let to = minutes(to)?;
        match to {
            to if to > from => Some(Hours { from, to }),
            to if to < from => Some(Hours { from, to: to + DAY_MINUTES }),
            _ => None,
        }
    }

    /// Whether work may begin at what `text` says: `00:00` to `23:59`.
    pub fn may_open(text: &str) -> bool {
        minutes(text).is_some_and(|at| at < DAY_MINUTES)
    }

    /// Whether work may end at what `text` says: `00:00` to `24:00`.
    pub fn may_close(text: &str) -> bool {
        minutes(text).is_some()
    }

    /// Minutes after midnight at which they begin: 0 to 1439.
    pub fn from(self) -> i64 {
        i64::from(self.from)
    }

    /// Minutes after midnight of the day of the beginning at which they end: 1 to 2879.
    pub fn to(self) -> i64 {
        i64::from(self.to)
    }

    /// Whether they end on the next day.
    pub fn beyond_midnight(self) -> bool {
        self.to > DAY_MINUTES
    }

    /// `08:30-12:00`, as `Week::read_hours` reads it.
    pub fn to_text(self) -> String {
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let to = if self.beyond_midnight() { self.to - DAY_MINUTES } else { self.to };
        format!("{}-{}", time(self.from), time(to))
    }
}

impl WeekDay {
    pub const ALL: [WeekDay; 7] = [
        WeekDay::Monday,
        WeekDay::Tuesday,
        WeekDay::Wednesday,
        WeekDay::Thursday,
        WeekDay::Friday,
        WeekDay::Saturday,
        WeekDay::Sunday,
    ];

    /// The name in cases and rows: `mon`.
    pub fn key(self) -> &'static str {
        match self {
            WeekDay::Monday => "mon",
            WeekDay::Tuesday => "tue",
            WeekDay::Wednesday => "wed",
            WeekDay::Thursday => "thu",
            WeekDay::Friday => "fri",
            WeekDay::Saturday => "sat",
            WeekDay::Sunday => "sun",
        }
    }

    pub fn from_key(key: &str) -> Option<WeekDay> {
        WeekDay::ALL.into_iter().find(|day| day.key() == key)
    }

    /// The day of the week of a date.
    pub fn of(date: Date) -> WeekDay {
        let place = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        WeekDay::ALL.get(place).copied().unwrap_or(WeekDay::Monday)
    }

    fn place(self) -> usize {
        WeekDay::ALL.iter().position(|day| *day == self).unwrap_or(0)
    }
}

impl Week {
    /// Monday to Friday, 09:00 to 12:00 and 13:00 to 18:00.
    pub fn usual() -> Week {
        let hours = [Hours { from: 9 * 60, to: 12 * 60 }, Hours { from: 13 * 60, to: 18 * 60 }];
        let worked = |day: &WeekDay| !matches!(day, WeekDay::Saturday | WeekDay::Sunday);
        let worked = WeekDay::ALL.into_iter().filter(worked);
        worked.fold(Week::default(), |week, day| week.with(day, &hours))
    }

    /// This week with these hours on that day; what overlaps or touches becomes one.
    pub fn with(mut self, day: WeekDay, hours: &[Hours]) -> Week {
        if let Some(place) = self.days.get_mut(day.place()) {
            *place = joined(hours);
        }
        self
    }

    /// The hours of a day of the week, in order.
    pub fn hours(&self, day: WeekDay) -> &[Hours] {
        self.days.get(day.place()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether nobody ever works.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

/// The hours in order, what overlaps or touches as one.
pub(super) fn joined(hours: &[Hours]) -> Vec<Hours> {
    let mut sorted = hours.to_vec();
    sorted.sort_unstable();
    let mut joined: Vec<Hours> = Vec::with_capacity(sorted.len());
    for next in sorted {
        match joined.last_mut() {
            Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
            _ => joined.push(next),
        }
    }
    joined
}

/// `08:30` in minutes after midnight; `24:00` too.
fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<u16>().ok() } else { None }
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= DAY_MINUTES).then_some(minutes)
}
