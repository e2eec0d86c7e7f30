//! Text as people type it: full-width digits, money signs, thousands separators, pinyin initials.

use std::borrow::Cow;

use pinyin::ToPinyin;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Why a text is not a number that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    #[error("empty")]
    Empty,
    #[error("not a number")]
    NotANumber,
    #[error("more than {0} decimals")]
    TooManyDecimals(u8),
    #[error("too large")]
    TooLarge,
}

/// Whether a sign shows nothing by itself: it hides, joins or reorders the signs around it.
pub fn is_hidden(sign: char) -> bool {
    matches!(sign,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether a sign is a control sign that no text may hold: all but line ends and tabs.
pub fn is_control(sign: char) -> bool {
    sign.is_control() && !matches!(sign, '\n' | '\t' | '\r')
}

/// Whether a sign ends a line, whatever system it was typed on.
pub(super) fn is_line_end(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a sign turns the direction of the text around it, so that a name reads as another.
pub fn is_turning(sign: char) -> bool {
    matches!(sign, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `text` as it is kept: without hidden signs and without blanks around it; empty when nothing of it can be seen.
pub fn visible(text: &str) -> String {
    // Hardly any text holds a hidden sign.
    let kept =
        if text.contains(is_hidden) { Cow::Owned(text.replace(is_hidden, "")) } else { Cow::Borrowed(text) };
    let shows = |sign: char| !sign.is_whitespace() && !matches!(sign, '\u{FE00}'..='\u{FE0F}' | '\u{2800}');
    if kept.chars().any(shows) { kept.trim().to_string() } else { String::new() }
}

/// Full-width letters, digits and signs as their half-width twins (NFKC), trimmed.
pub fn fold_width(text: &str) -> String {
    // Most texts are folded already, and folding is slow.
    if text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return text.trim().to_string();
    }
    text.nfkc().collect::<String>().trim().to_string()
}

/// `￥1,280.00`, `１２８．５`, `1280元`, `-3` as an integer in `10^-scale`; digits beyond `scale` must be zero.
pub fn parse_decimal(text: &str, scale: u8) -> Result<i64, NumberFault> {
    let folded = fold_width(text);
    let bare = folded.trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
    if bare.is_empty() {
        return Err(NumberFault::Empty);
    }
    let (negative, digits) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, bare),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = without_separators(whole)?;
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(&whole) || !all_digits(fraction) {
        return Err(NumberFault::NotANumber);
    }
    let kept = fraction.trim_end_matches('0');
    if kept.len() > usize::from(scale) {
        return Err(NumberFault::TooManyDecimals(scale));
    }
    let padded = format!("{whole}{kept:0<width$}", width = usize::from(scale));
    let value: i64 = padded.parse().map_err(|_| NumberFault::TooLarge)?;
    Ok(if negative { -value } else { value })
}

/// `1,280` without its separators; refused when they do not stand every three digits.
fn without_separators(whole: &str) -> Result<String, NumberFault> {
    if !whole.contains(',') {
        return Ok(whole.to_string());
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let regular = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if regular { Ok(whole.replace(',', "")) } else { Err(NumberFault::NotANumber) }
}

/// Pinyin initials in lower case, other letters and digits kept: `外墙乳胶漆20kg` → `wqrjq20kg`.
pub fn pinyin_initials(text: &str) -> String {
    let mut initials = String::new();
    for letter in fold_width(text).chars() {
        match letter.to_pinyin() {
            Some(pinyin) => initials.push_str(pinyin.first_letter()),
            None if letter.is_alphanumeric() => initials.extend(letter.to_lowercase()),
            None => {}
        }
    }
    initials
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_as_price_people_type_it() {
        assert_eq!(parse_decimal("￥1,280.00", 2), Ok(128_000));
        assert_eq!(parse_decimal("１２８．５", 4), Ok(1_285_000));
        assert_eq!(parse_decimal(" 128.5000元 ", 2), Ok(12_850));
        assert_eq!(parse_decimal(".5", 2), Ok(50));
        assert_eq!(parse_decimal("-3", 2), Ok(-300));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert_eq!(parse_decimal("1.234", 2), Err(NumberFault::TooManyDecimals(2)));
        assert_eq!(parse_decimal("12,80", 2), Err(NumberFault::NotANumber));
        assert_eq!(parse_decimal("面议", 2), Err(NumberFault::NotANumber));
        assert_eq!(parse_decimal("1.2.3", 4), Err(NumberFault::NotANumber));
        assert_eq!(parse_decimal("", 2), Err(NumberFault::Empty));
        assert_eq!(parse_decimal("99999999999999999999", 2), Err(NumberFault::TooLarge));
    }

    #[test]
    fn what_cannot_be_seen_is_no_text() {
        for nothing in
            ["", " \u{3000}", "\u{200B}\u{202E}", "\u{2800}", "\u{FEFF}\u{3164} \u{FE0F}", "\u{2028}"]
        {
            assert_eq!(visible(nothing), "", "{nothing:?}");
        }
        assert_eq!(visible(" 晨\u{200B}光\u{202E} \u{FEFF}"), "晨光");
        assert_eq!(visible("葛\u{FE0F} ❤\u{FE0F}\n二"), "葛\u{FE0F} ❤\u{FE0F}\n二");
    }

    #[test]
    fn initials_find_by_pinyin() {
        assert_eq!(pinyin_initials("外墙乳胶漆 20kg"), "wqrjq20kg");
    }
}
