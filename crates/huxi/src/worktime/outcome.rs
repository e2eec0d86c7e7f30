//! Writes what came out: names in a fixed order.

use domain::calendar::CalendarRefused;
use domain::words::calendar as words;
use serde::Serialize;

/// When the work is done.
#[derive(Debug, Serialize)]
pub struct Due {
    pub due: String,
    pub warnings: Vec<Warning>,
}

/// How much work lies between.
#[derive(Debug, Serialize)]
pub struct Worked {
    pub worked_seconds: i64,
    pub warnings: Vec<Warning>,
}

/// Which day it is.
#[derive(Debug, Serialize)]
pub struct DateOf {
    pub date: String,
    pub warnings: Vec<Warning>,
}

/// A year whose holidays are not known.
#[derive(Debug, Serialize)]
pub struct Warning {
    code: &'static str,
    year: i16,
}

/// Why the calendar gives no answer.
#[derive(Debug, Serialize)]
pub struct Refused {
    refused: RefusedFacts,
}

#[derive(Debug, Serialize)]
struct RefusedFacts {
    code: &'static str,
    sentence: &'static str,
}

/// One for each year that counted as a plain one.
pub fn warnings(unknown_years: &[i16]) -> Vec<Warning> {
    unknown_years.iter().map(|year| Warning { code: "holidays_unknown", year: *year }).collect()
}

impl Refused {
    pub fn of(refused: CalendarRefused) -> Refused {
        Refused { refused: RefusedFacts { code: refused.code(), sentence: words::refused(refused) } }
    }
}
