//! The company's calendar: one row for each day of the week, and for each date that is not as usual.

use std::sync::Arc;

use super::names::RowNames;
use super::rules::KindRules;
use super::{AcceptedRow, CheckInput, RowRefused};
use crate::calendar::{CalendarRow, RowKey, WeekDay};
use crate::config::rows::{Change, ChangeSort};
use crate::pricing::checks::{Finding, Findings};
use crate::pricing::{PriceClass, RowFault};

/// What a company begins with: Monday to Friday, and a free weekend.
const USUAL: &str = r#"{"hours":"09:00-12:00 13:00-18:00","from":"company","note":""}"#;
const FREE: &str = r#"{"hours":"","from":"company","note":""}"#;

/// A row that changes, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarChange {
    /// `mon` or a date.
    pub key: String,
    pub sort: ChangeSort,
}

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {
    /// The week that a company begins with.
    fn starting_rows(&self, _class: PriceClass) -> Vec<AcceptedRow> {
        let row = |day: WeekDay| {
            let free = matches!(day, WeekDay::Saturday | WeekDay::Sunday);
            let content = if free { FREE } else { USUAL };
            AcceptedRow { key: RowKey::Week(day).to_text(), content: content.to_string(), about: None }
        };
        WeekDay::ALL.into_iter().map(row).collect()
    }

    fn names(&self) -> RowNames {
        RowNames { fields: &[("note", "note")], ..RowNames::default() }
    }
}

pub(super) fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    let key = key.map(str::trim).filter(|key| !key.is_empty()).ok_or(RowRefused::KeyMissing)?;
    let row = read(key, content).map_err(RowRefused::Content)?;
    Ok(AcceptedRow { key: row.key.to_text(), content: row.content(), about: None })
}

pub(super) fn summary(changes: &[Change]) -> Vec<CalendarChange> {
    changes.iter().map(|change| CalendarChange { key: change.key.clone(), sort: change.sort() }).collect()
}

pub(super) fn check(input: CheckInput<'_>) -> Findings {
    let fault = |(key, content): (&String, &String)| {
        read(key, content).err().map(|fault| Finding::unreadable(key, fault))
    };
    Findings::of(input.after.iter().filter_map(fault).collect())
}

/// The rows, read.
pub type CalendarRows = Arc<[CalendarRow]>;

/// The rows of a calendar, by their keys.
pub(super) fn compile<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<CalendarRows, (String, RowFault)> {
    let row = |(key, content): (&str, &str)| read(key, content).map_err(|fault| (key.to_string(), fault));
    rows.into_iter().map(row).collect()
}

fn read(key: &str, content: &str) -> Result<CalendarRow, RowFault> {
    CalendarRow::read(key, content).map_err(|fault| RowFault::Calendar { fault })
}
