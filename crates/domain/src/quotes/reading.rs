//! Figures and texts of a quotation as people type them; each fault is noted under its field.

use crate::base::{BasisPoints, FieldFault, Invalid, NumberFault, parse_decimal};

/// No figure has more signs.
const FIGURE_LETTERS_MAX: usize = 100;

/// `text` as an integer in `10^-scale`, from nothing to `highest`; 0 when it is wrong, which is noted.
pub(super) fn read_figure(path: &str, text: &str, scale: u8, highest: i64, faults: &mut Invalid) -> i64 {
    let begun: String = text.chars().take(FIGURE_LETTERS_MAX).collect();
    let too_long = text.chars().nth(FIGURE_LETTERS_MAX).is_some();
    let fault = match parse_decimal(&begun, scale) {
        Ok(_) if too_long => FieldFault::Number(NumberFault::TooLarge),
        Ok(figure) if figure < 0 => FieldFault::Negative,
        Ok(figure) if figure > highest => FieldFault::Number(NumberFault::TooLarge),
        Ok(figure) => return figure,
        Err(fault) => FieldFault::Number(fault),
    };
    faults.add(path, fault);
    0
}

/// `text` as a share of a whole: `5` or `5%`; nothing when it is wrong, which is noted.
pub(super) fn read_share(path: &str, text: &str, faults: &mut Invalid) -> BasisPoints {
    let bare = text.trim().trim_end_matches(['%', '％']);
    let share = read_figure(path, bare, 2, 10_000, faults);
    u32::try_from(share).ok().and_then(BasisPoints::of_whole).unwrap_or_default()
}

/// Notes a text that is too long.
pub(super) fn check_length(
    path: impl FnOnce() -> String,
    text: &str,
    letters_max: usize,
    faults: &mut Invalid,
) {
    if text.chars().count() > letters_max {
        faults.add(path(), FieldFault::TooLong { letters_max });
    }
}
