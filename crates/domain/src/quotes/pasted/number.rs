//! Numbers as people write them: `1,200`, `2.5`, `二十`, `一百二`, `两`.

use super::words::{DIGITS, PLACES};

/// Thousandths of what a number says.
pub(super) type Milli = i64;

/// A number at the beginning of `text`: its thousandths and how many letters it takes.
pub(super) fn leading(text: &[char]) -> Option<(Milli, usize)> {
    arabic(text).or_else(|| chinese(text))
}

fn arabic(text: &[char]) -> Option<(Milli, usize)> {
    let mut whole = String::new();
    let mut at = 0;
    while let Some(sign) = text.get(at) {
        let thousands = *sign == ','
            && !whole.is_empty()
            && text.get(at + 1..at + 4).is_some_and(|next| next.iter().all(char::is_ascii_digit))
            && !text.get(at + 4).is_some_and(char::is_ascii_digit);
        if sign.is_ascii_digit() {
            whole.push(*sign);
        } else if !thousands {
            break;
        }
        at += 1;
    }
    if whole.is_empty() {
        return None;
    }
    let mut fraction = String::new();
    if text.get(at) == Some(&'.') && text.get(at + 1).is_some_and(char::is_ascii_digit) {
        let digits = text.get(at + 1..).unwrap_or_default().iter().take_while(|sign| sign.is_ascii_digit());
        fraction = digits.collect();
        at += 1 + fraction.len();
    }
    if fraction.len() > 3 {
        return None;
    }
    let milli: i64 = format!("{whole}{fraction:0<3}").parse().ok()?;
    Some((milli, at))
}

/// `二十五`, `一百零五`, `一百二` (120), `两`; up to 9,999.
fn chinese(text: &[char]) -> Option<(Milli, usize)> {
    let (mut total, mut digit, mut last_place) = (0_i64, None, 0_i64);
    let mut at = 0;
    while let Some(sign) = text.get(at) {
        if let Some((_, value)) = DIGITS.iter().find(|(known, _)| known == sign) {
            if digit.is_some_and(|digit| digit != 0) {
                return None;
            }
            digit = Some(*value);
            if *value == 0 {
                last_place = 0;
            }
        } else if let Some((_, place)) = PLACES.iter().find(|(known, _)| known == sign) {
            total += digit.unwrap_or(1) * place;
            (digit, last_place) = (None, *place);
        } else {
            break;
        }
        at += 1;
    }
    if at == 0 {
        return None;
    }
    // 一百二 is a hundred and twenty: the last digit counts the next place.
    let rest = digit.unwrap_or(0);
    total += if last_place >= 100 { rest * last_place / 10 } else { rest };
    Some((total.checked_mul(1_000)?, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(i64, usize)>) {
        let letters: Vec<char> = text.chars().collect();
        assert_eq!(leading(&letters), expected, "{text}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("1,200袋", Some((1_200_000, 5)));
        check("2.5吨", Some((2_500, 3)));
        check("20,腻子", Some((20_000, 2)));
        check("二十五桶", Some((25_000, 3)));
        check("十袋", Some((10_000, 1)));
        check("两箱", Some((2_000, 1)));
        check("一百零五", Some((105_000, 4)));
        check("一百二", Some((120_000, 3)));
        check("三千", Some((3_000_000, 2)));
        check("桶", None);
        check("1.23456", None);
        check("99999999999999999999", None);
    }
}
