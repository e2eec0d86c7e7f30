//! What a workbook stores, as the cell that people see: numbers without binary noise, dates as days.

use calamine::{Data, DataRef, ExcelDateTime};
use domain::base::Date;
use domain::pricing::import::grid::Cell;

/// A value of an old workbook.
pub fn of_data(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::Int(number) => Cell::Number(number.to_string()),
        Data::Float(number) => number_cell(*number),
        Data::String(text) => text_cell(text),
        Data::Bool(truth) => bool_cell(*truth),
        Data::DateTime(moment) => moment_cell(moment),
        Data::DateTimeIso(text) => iso_cell(text),
        Data::DurationIso(text) => text_cell(text),
        Data::Error(error) => Cell::Error(error.to_string()),
    }
}

/// A value of a workbook; `digits` is set where the format shows so many digits with leading zeros (`00123`).
pub fn of_data_ref(value: &DataRef<'_>, digits: Option<usize>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => zero_filled(number.to_string(), digits),
        DataRef::Float(number) => match number_cell(*number) {
            Cell::Number(text) => zero_filled(text, digits),
            other => other,
        },
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(truth) => bool_cell(*truth),
        DataRef::DateTime(moment) => moment_cell(moment),
        DataRef::DateTimeIso(text) => iso_cell(text),
        DataRef::DurationIso(text) => text_cell(text),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

/// How many digits a number format of zeros alone fills up to: 5 for `00000`.
pub fn zero_digits(format_code: &str) -> Option<usize> {
    let zeros = (2..=30).contains(&format_code.len()) && format_code.bytes().all(|byte| byte == b'0');
    if zeros { Some(format_code.len()) } else { None }
}

/// A binary number as decimal text with the 15 digits that a sheet shows: 128.09999999999999 is `128.1`.
pub fn decimal_text(number: f64) -> String {
    // Whole numbers up to 2^53 are exact, 16 digits and all; adding zero takes the sign from -0.
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        return format!("{:.0}", number + 0.0);
    }
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    shown.to_string()
}

fn number_cell(number: f64) -> Cell {
    if number.is_finite() { Cell::Number(decimal_text(number)) } else { Cell::Error(number.to_string()) }
}

fn zero_filled(text: String, digits: Option<usize>) -> Cell {
    match digits {
        Some(digits) if text.len() < digits && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Cell::Text(format!("{text:0>digits$}"))
        }
        Some(_) | None => Cell::Number(text),
    }
}

fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
}

fn bool_cell(truth: bool) -> Cell {
    Cell::Text(if truth { "TRUE" } else { "FALSE" }.to_string())
}

fn moment_cell(moment: &ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    if !serial.is_finite() || serial < 0.0 {
        return number_cell(serial);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if moment.is_duration() || serial < 1.0 {
        return Cell::Text(clock);
    }
    match day_of(year, month, day) {
        Some(date) if clock == "00:00:00" => Cell::Day(date),
        Some(date) => Cell::Text(format!("{date} {clock}")),
        None => number_cell(serial),
    }
}

fn day_of(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `2026-05-01`, also with a midnight behind it, is a day; any other moment stays text.
fn iso_cell(text: &str) -> Cell {
    let (day, clock) = text.split_once('T').unwrap_or((text, ""));
    let midnight = clock.chars().all(|sign| matches!(sign, '0' | ':' | '.'));
    match day.parse::<Date>() {
        Ok(date) if midnight => Cell::Day(date),
        Ok(_) | Err(_) => text_cell(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_without_binary_noise() {
        for (number, text) in [
            (128.1, "128.1"),
            (f64::from_bits(128.1f64.to_bits() - 1), "128.1"),
            (0.1 + 0.2, "0.3"),
            (1_280.0, "1280"),
            (-0.0, "0"),
            (-12.5, "-12.5"),
            (0.000_000_1, "0.0000001"),
            (6_901_234_567_890.0, "6901234567890"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(decimal_text(number), text);
        }
        assert!(matches!(number_cell(f64::NAN), Cell::Error(_)));
    }

    #[test]
    fn every_price_to_four_decimals_is_read_as_it_was_typed() {
        for units in (0..2_000_000_000i64).step_by(79_193) {
            let typed = domain::base::UnitPrice(units).to_yuan();
            let number: f64 = typed.parse().unwrap();
            let read = domain::base::parse_decimal(&decimal_text(number), 4).unwrap();
            assert_eq!(read, units, "{typed}");
        }
    }

    #[test]
    fn codes_keep_the_zeros_that_their_format_shows() {
        assert_eq!(of_data_ref(&DataRef::Float(123.0), zero_digits("00000")), Cell::Text("00123".into()));
        let long = of_data_ref(&DataRef::Float(123_456.0), zero_digits("00000"));
        assert_eq!(long, Cell::Number("123456".into()));
        assert_eq!(of_data_ref(&DataRef::Float(1.5), zero_digits("00000")), Cell::Number("1.5".into()));
        for format in ["0", "0.00", "General", "", "#,##0", "@"] {
            assert_eq!(zero_digits(format), None, "{format}");
        }
    }

    #[test]
    fn iso_days_are_days_and_moments_stay_text() {
        let day = Cell::Day(Date::new(2026, 5, 1).unwrap());
        assert_eq!(iso_cell("2026-05-01"), day);
        assert_eq!(iso_cell("2026-05-01T00:00:00"), day);
        assert_eq!(iso_cell("2026-05-01T10:00:00"), Cell::Text("2026-05-01T10:00:00".into()));
        assert_eq!(iso_cell("soon"), Cell::Text("soon".into()));
    }
}
