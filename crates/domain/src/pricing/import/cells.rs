//! Prices, quantities and days as they stand in cells.

use super::grid::Cell;
use super::mends::Mend;
use super::outcome::CellFaultCode;
use super::products::folded;
use super::words::{
    CLOSING, DAY_AFTER, DAY_SIGNS, OPEN_DAYS, OPENING, PRICE_AFTER, PRICE_BEFORE, QTY_AFTER, QTY_BEFORE,
    REMARK_SIGNS,
};
use crate::base::{Date, Qty, UnitPrice, fold_width, is_control, parse_date};
use crate::pricing::figure::{FigureFault, read_price, read_qty};

/// Decimals beyond which a number in a sheet is noise of its binary form.
const NOISE_DECIMALS: usize = 9;
/// Full-width signs of a figure: digits, point, comma.
const FULL_WIDTH: std::ops::RangeInclusive<char> = '\u{ff0c}'..='\u{ff19}';

/// A price as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadPrice {
    pub price: UnitPrice,
    /// The unit behind it when the cell names one: `1280/桶`.
    pub unit: Option<String>,
    /// Words behind it: `128（含运费）`.
    pub remark: Option<String>,
    /// What was repaired.
    pub mend: Option<Mend>,
}

/// A price: `￥1,280.00`, `128元`, `1280/桶`, `128（含运费）`.
pub(super) fn price(cell: &Cell) -> Result<ReadPrice, CellFaultCode> {
    formula_error(cell)?;
    if cell.is_blank() {
        return Err(CellFaultCode::PriceMissing);
    }
    let text = match cell {
        Cell::Number(text) => {
            let figure = without_noise(text);
            let mend = (figure != text.trim()).then_some(Mend::Noise);
            let price = figure_price(&figure)?;
            return Ok(ReadPrice { price, unit: None, remark: None, mend });
        }
        Cell::Day(_) => return Err(CellFaultCode::NotANumber),
        _ => cell.text(),
    };
    let (figure, unit) = price_text(&text);
    match figure_price(&figure) {
        Ok(price) => {
            let mend = written_so(&text);
            Ok(ReadPrice { price, unit, remark: None, mend })
        }
        Err(CellFaultCode::NotANumber) => with_remark(&text).ok_or(CellFaultCode::NotANumber),
        Err(fault) => Err(fault),
    }
}

fn figure_price(figure: &str) -> Result<UnitPrice, CellFaultCode> {
    match read_price(figure) {
        Ok(UnitPrice(0)) => Err(CellFaultCode::PriceZero),
        Ok(price) => Ok(price),
        Err(FigureFault::Missing) => Err(CellFaultCode::NotANumber),
        Err(fault) => Err(figure_fault(fault)),
    }
}

/// How a price is written that is no plain figure.
fn written_so(text: &str) -> Option<Mend> {
    let bare = text.trim();
    let plain = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match plain {
        true => None,
        false if bare.chars().any(|sign| FULL_WIDTH.contains(&sign)) => Some(Mend::FullWidth),
        false => Some(Mend::Written),
    }
}

/// A price before a bracket, a space or a comma, behind which stand words without figures.
fn with_remark(text: &str) -> Option<ReadPrice> {
    let folded = fold_width(text);
    for (at, sign) in folded.char_indices() {
        if !(OPENING.contains(&sign) || REMARK_SIGNS.contains(&sign) || sign.is_whitespace()) {
            continue;
        }
        let (figure, remark) = folded.split_at(at);
        let (figure, unit) = price_text(figure);
        let remark = remark.trim_matches(|sign: char| {
            sign.is_whitespace() || [OPENING, CLOSING, REMARK_SIGNS].iter().any(|signs| signs.contains(&sign))
        });
        let words = !remark.is_empty() && !remark.bytes().any(|byte| byte.is_ascii_digit());
        if let (true, Ok(price)) = (words, figure_price(&figure)) {
            let remark: String = remark.chars().filter(|sign| !is_control(*sign)).collect();
            let mend = Some(Mend::Remark { remark: remark.clone() });
            return Some(ReadPrice { price, unit, remark: Some(remark), mend });
        }
    }
    None
}

/// A quantity from which a price holds: `100`, `≥100`, `100箱以上`. Nothing is 0.
pub(super) fn break_qty(cell: &Cell, unit: &str) -> Result<Qty, CellFaultCode> {
    formula_error(cell)?;
    if cell.is_blank() {
        return Ok(Qty::ZERO);
    }
    let figure = match cell {
        Cell::Number(text) => without_noise(text),
        Cell::Day(_) => return Err(CellFaultCode::NotANumber),
        _ => {
            let text = fold_width(&cell.text());
            let text = strip(&text, QTY_BEFORE, QTY_AFTER);
            text.strip_suffix(unit).unwrap_or(&text).trim().to_string()
        }
    };
    read_qty(&figure).map_err(|fault| match fault {
        FigureFault::Missing => CellFaultCode::NotANumber,
        fault => figure_fault(fault),
    })
}

/// A day: a date cell, `2026-05-01`, `2026/5/1`, `2026年5月1日`, `20260501` or the number that a sheet keeps for it.
pub(super) fn day(cell: &Cell) -> Result<Option<Date>, CellFaultCode> {
    formula_error(cell)?;
    if let Cell::Day(day) = cell {
        return Ok(Some(*day));
    }
    let text = fold_width(&cell.text());
    if text.is_empty() || OPEN_DAYS.contains(&text.as_str()) {
        return Ok(None);
    }
    let day = serial_day(cell).or_else(|| day_text(&text));
    day.map(Some).ok_or(CellFaultCode::DateWrong)
}

fn formula_error(cell: &Cell) -> Result<(), CellFaultCode> {
    let text = match cell {
        Cell::Error(error) => return Err(CellFaultCode::FormulaError { error: error.clone() }),
        Cell::Text(text) | Cell::Merged(text) => text.trim(),
        Cell::Empty | Cell::Number(_) | Cell::Day(_) => return Ok(()),
    };
    let looks_so = text.len() > 2
        && text.starts_with('#')
        && text.chars().skip(1).all(|sign| sign.is_ascii_uppercase() || "/0!?_".contains(sign));
    if looks_so { Err(CellFaultCode::FormulaError { error: text.to_string() }) } else { Ok(()) }
}

fn figure_fault(fault: FigureFault) -> CellFaultCode {
    match fault {
        FigureFault::Missing | FigureFault::NotANumber => CellFaultCode::NotANumber,
        FigureFault::TooManyDecimals { decimals_max } => CellFaultCode::TooManyDecimals { decimals_max },
        FigureFault::Negative => CellFaultCode::Negative,
        FigureFault::TooLarge { max } => CellFaultCode::TooLarge { max },
    }
}

/// `1280元/桶` is `1280` and `桶`.
fn price_text(text: &str) -> (String, Option<String>) {
    let folded = fold_width(text);
    let (figure, unit) = match folded.split_once('/') {
        Some((figure, unit)) if !unit.trim().is_empty() => (figure.trim(), Some(unit.trim().to_string())),
        _ => (folded.as_str(), None),
    };
    (strip(figure, PRICE_BEFORE, PRICE_AFTER), unit)
}

fn strip(text: &str, before: &[&str], after: &[&str]) -> String {
    let mut bare = text.trim();
    while let Some(rest) = before.iter().find_map(|word| {
        let starts = bare.get(..word.len())?.eq_ignore_ascii_case(word);
        starts.then(|| bare.get(word.len()..)).flatten()
    }) {
        bare = rest.trim_start();
    }
    while let Some(rest) = after.iter().find_map(|word| {
        let at = bare.len().checked_sub(word.len())?;
        let ends = bare.get(at..)?.eq_ignore_ascii_case(word);
        ends.then(|| bare.get(..at)).flatten()
    }) {
        bare = rest.trim_end();
    }
    bare.to_string()
}

/// `117.76000000000001` as `117.76`: a sheet keeps binary numbers.
fn without_noise(text: &str) -> String {
    let bare = text.trim();
    let Some((whole, fraction)) = bare.split_once('.') else {
        return bare.to_string();
    };
    let plain = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || fraction.len() <= NOISE_DECIMALS {
        return bare.to_string();
    }
    let kept = fraction.get(..NOISE_DECIMALS).unwrap_or_default();
    let rounds_up = fraction.as_bytes().get(NOISE_DECIMALS).is_some_and(|digit| *digit >= b'5');
    let negative = whole.starts_with('-');
    let digits = format!("{}{kept}", whole.trim_start_matches('-'));
    let Ok(value) = digits.parse::<i128>() else {
        return bare.to_string();
    };
    let value = value + i128::from(rounds_up);
    let shift = 10_i128.pow(9);
    let sign = if negative { "-" } else { "" };
    format!("{sign}{}.{:09}", value / shift, value % shift)
}

/// Days since 30 December 1899, for days of this century.
fn serial_day(cell: &Cell) -> Option<Date> {
    let Cell::Number(text) = cell else {
        return None;
    };
    let days: i32 = text.trim().parse().ok().filter(|days| (36_526..=73_050).contains(days))?;
    let start = Date::new(1899, 12, 30).ok()?;
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn day_text(text: &str) -> Option<Date> {
    let date = text.split_whitespace().next()?.trim_end_matches(DAY_AFTER);
    let parts: Vec<&str> = date.split(DAY_SIGNS).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [whole] if whole.len() == 8 && whole.is_ascii() => {
            parse_date(&format!("{}-{}-{}", whole.get(..4)?, whole.get(4..6)?, whole.get(6..)?))
        }
        [year, month, day] if year.len() == 4 => parse_date(&format!("{year}-{month:0>2}-{day:0>2}")),
        _ => None,
    }
}

/// Whether a cell could be a day of a list.
pub(super) fn looks_like_day(cell: &Cell) -> bool {
    matches!(cell, Cell::Day(_)) || day_text(&fold_width(&cell.text())).is_some()
}

/// Whether a cell could be a price.
pub(super) fn looks_like_price(cell: &Cell) -> bool {
    price(cell).is_ok()
}

/// Whether a cell could be a quantity, whatever words stand around it.
pub(super) fn looks_like_qty(cell: &Cell) -> bool {
    let text = fold_width(&cell.text());
    !matches!(cell, Cell::Day(_)) && text.bytes().any(|byte| byte.is_ascii_digit()) && !looks_like_day(cell)
}

/// The unit among `names` that a text means.
pub(super) fn unit_named<'a>(text: &str, mut names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let asked = folded(text);
    names.find(|name| folded(name) == asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }

    fn number(text: &str) -> Cell {
        Cell::Number(text.to_string())
    }

    #[track_caller]
    fn check_price(cell: Cell, expected: Result<(&str, Option<&str>), CellFaultCode>) {
        let outcome = price(&cell).map(|read| (read.price.to_yuan(), read.unit));
        let expected = expected.map(|(price, unit)| (price.to_string(), unit.map(str::to_string)));
        assert_eq!(outcome, expected, "{cell:?}");
    }

    #[test]
    fn prices_are_read_as_people_write_them() {
        check_price(text("￥1,280.00"), Ok(("1280.00", None)));
        check_price(text("１２８．５"), Ok(("128.50", None)));
        check_price(text("128元"), Ok(("128.00", None)));
        check_price(text("RMB 128.00"), Ok(("128.00", None)));
        check_price(text("人民币128元整"), Ok(("128.00", None)));
        check_price(text("1280/桶"), Ok(("1280.00", Some("桶"))));
        check_price(text("1,280元／桶"), Ok(("1280.00", Some("桶"))));
        check_price(text("¥ 128.00 元/箱"), Ok(("128.00", Some("箱"))));
        check_price(number("0.064"), Ok(("0.064", None)));
        check_price(text(".914 "), Ok(("0.914", None)));
    }

    #[test]
    fn words_behind_a_price_are_a_remark_and_every_repair_is_named() {
        let read = |cell: Cell| price(&cell).map(|read| (read.price.to_yuan(), read.mend)).unwrap();
        let remark = |remark: &str| Some(Mend::Remark { remark: remark.to_string() });
        for written in ["128（含运费）", "128 含运费", "128.00，含运费", "￥128元 [含运费]"]
        {
            assert_eq!(read(text(written)), ("128.00".to_string(), remark("含运费")), "{written}");
        }
        assert_eq!(read(text("128")), ("128.00".to_string(), None));
        assert_eq!(read(text("￥1,280")), ("1280.00".to_string(), Some(Mend::Written)));
        assert_eq!(read(text("１２８")), ("128.00".to_string(), Some(Mend::FullWidth)));
        assert_eq!(read(number("127.99999999999999")), ("128.00".to_string(), Some(Mend::Noise)));
        for unclear in ["128（满100桶）", "128 或 130", "含运费 128", "128起"] {
            assert_eq!(price(&text(unclear)), Err(CellFaultCode::NotANumber), "{unclear}");
        }
    }

    #[test]
    fn the_noise_of_binary_numbers_is_no_decimal() {
        check_price(number("117.76000000000001"), Ok(("117.76", None)));
        check_price(number("0.30000000000000004"), Ok(("0.30", None)));
        check_price(number("127.99999999999999"), Ok(("128.00", None)));
        check_price(number("117.76001"), Err(CellFaultCode::TooManyDecimals { decimals_max: 4 }));
        check_price(text("117.76000000000001"), Err(CellFaultCode::TooManyDecimals { decimals_max: 4 }));
    }

    #[test]
    fn what_is_no_price_is_refused_clearly() {
        for wrong in ["面议", "暂无", "100-120", "12,80", "1.280,00", "12.5%", "￥", "!\t暂无模"] {
            check_price(text(wrong), Err(CellFaultCode::NotANumber));
        }
        check_price(Cell::Empty, Err(CellFaultCode::PriceMissing));
        check_price(text("  "), Err(CellFaultCode::PriceMissing));
        check_price(text("-5"), Err(CellFaultCode::Negative));
        check_price(text("0.00"), Err(CellFaultCode::PriceZero));
        check_price(text("100000001"), Err(CellFaultCode::TooLarge { max: "100000000.00".to_string() }));
        for error in ["#N/A", "#VALUE!", "#REF!", "#DIV/0!"] {
            check_price(text(error), Err(CellFaultCode::FormulaError { error: error.to_string() }));
            check_price(
                Cell::Error(error.to_string()),
                Err(CellFaultCode::FormulaError { error: error.to_string() }),
            );
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let expected = parse_date("2026-05-01");
        for written in [
            "2026-05-01",
            "2026/5/1",
            "2026.5.1",
            "2026年5月1日",
            "20260501",
            "2026年5月1日起",
            "2026-05-01 00:00:00",
        ] {
            assert_eq!(day(&text(written)), Ok(expected), "{written}");
        }
        assert_eq!(day(&number("46143")), Ok(expected));
        assert_eq!(day(&Cell::Day(expected.unwrap())), Ok(expected));
        for open in ["", "长期有效", "即日起", "-"] {
            assert_eq!(day(&text(open)), Ok(None), "{open}");
        }
        for wrong in ["5月1日", "2026-02-30", "五月", "2026", "26-5-1", "36525"] {
            assert_eq!(day(&text(wrong)), Err(CellFaultCode::DateWrong), "{wrong}");
        }
    }

    #[test]
    fn breaks_are_read_as_people_write_them() {
        for written in ["100", "≥100", "100箱", "100箱以上", "满100箱", "100+", "100起", "100.000"] {
            assert_eq!(break_qty(&text(written), "箱"), Ok(Qty::whole(100)), "{written}");
        }
        assert_eq!(break_qty(&Cell::Empty, "箱"), Ok(Qty::ZERO));
        assert_eq!(break_qty(&text("100桶"), "箱"), Err(CellFaultCode::NotANumber));
        assert_eq!(break_qty(&text("-1"), "箱"), Err(CellFaultCode::Negative));
        assert_eq!(break_qty(&text("100-200"), "箱"), Err(CellFaultCode::NotANumber));
    }
}
