//! Working time: which days and hours are worked, China's holidays with their make-up days, and how much work lies between
//! two moments. A year whose holidays nobody has told is named in every outcome, and never taken for known.

mod china;
mod days;
mod duration;
mod row;
#[cfg(test)]
mod tests;
mod week;
mod work;

pub use china::{Festival, Notice, YearTable, year_table, year_tables};
pub use days::{Calendar, DaySort};
pub use duration::WorkTime;
pub use row::{CalendarRow, CalendarRowFault, DayFrom, HOURS_A_DAY_MAX, NOTE_LETTERS_MAX, RowKey};
pub use week::{Hours, Week, WeekDay};
pub use work::{CalendarRefused, Span, Told};
