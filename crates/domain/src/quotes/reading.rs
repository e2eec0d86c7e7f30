//! Figures and texts of a quotation as people type them; each fault is noted under its field.

use crate::base::{FieldFault, Invalid, NumberFault, parse_decimal};

/// No figure is longer, in full-width digits either.
const FIGURE_BYTES_MAX: usize = 100;

/// `text` as an integer in `10^-scale`, from nothing to `highest`; 0 when it is wrong, which is noted.
pub(super) fn read_figure(path: &str, text: &str, scale: u8, highest: i64, faults: &mut Invalid) -> i64 {
    let fault = match parse_decimal(text.trim_end_matches('%').get(..FIGURE_BYTES_MAX).unwrap_or(text), scale)
    {
        Ok(_) if text.len() > FIGURE_BYTES_MAX => FieldFault::Number(NumberFault::TooLarge),
        Ok(figure) if figure < 0 => FieldFault::Negative,
        Ok(figure) if figure > highest => FieldFault::Number(NumberFault::TooLarge),
        Ok(figure) => return figure,
        Err(fault) => FieldFault::Number(fault),
    };
    faults.add(path, fault);
    0
}

/// Notes a text that is too long.
pub(super) fn check_length(path: &str, text: &str, letters_max: usize, faults: &mut Invalid) {
    if text.chars().count() > letters_max {
        faults.add(path, FieldFault::TooLong { letters_max });
    }
}
