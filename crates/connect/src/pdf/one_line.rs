//! Texts that surely stand in one line. A row of such texts has a height known beforehand and is set once; where a
//! height follows its texts, each cell is set a first time to find it out.

use std::cmp::Reverse;
use std::collections::HashSet;

use serde_json::{Value, json};

/// So many of the longest texts of a column are set to find out how wide it is.
const LONGEST: usize = 4;

/// What stands between ideographs and other letters, in hundredths of an em.
const BETWEEN: u32 = 25;

/// How wide each of these texts is at most, in em; null where that is not sure.
pub(super) fn ems(texts: &[&str]) -> Value {
    let widest = texts.iter().map(|text| hundredths(text).map(|sum| f64::from(sum) / 100.0));
    json!(widest.collect::<Vec<Option<f64>>>())
}

/// By key the longest different texts of a column, the longest first.
pub(super) fn longest(rows: &[Value]) -> Value {
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).map(str::to_string);
    let of = |kind: &str, key: &str| {
        let column = rows.iter().filter(|row| row.get("kind").and_then(Value::as_str) == Some(kind));
        let mut texts: Vec<String> = column.filter_map(|row| text(row, key)).collect();
        let mut seen = HashSet::new();
        texts.retain(|text| seen.insert(text.clone()));
        texts.sort_by_key(|text| Reverse(text.len()));
        texts.truncate(LONGEST);
        texts
    };
    json!({
        "unit": of("line", "unit"),
        "pack": of("line", "pack"),
        "qty": of("line", "qty"),
        "unit_price": of("line", "unit_price"),
        "amount": of("line", "amount"),
        "net": of("line", "net"),
        "tax_rate": of("line", "tax_rate"),
        "subtotal": of("subtotal", "amount"),
    })
}

/// The most that a text takes, in hundredths of an em; `None`: it has letters of which that is not known.
fn hundredths(text: &str) -> Option<u32> {
    let mut sum = 0_u32;
    let mut before = None;
    for letter in text.chars() {
        let (ideograph, width) = at_most(letter)?;
        let turns = before.is_some_and(|before| before != ideograph);
        sum = sum.saturating_add(width).saturating_add(if turns { BETWEEN } else { 0 });
        before = Some(ideograph);
    }
    Some(sum)
}

/// Whether it is set like an ideograph, and the most that it takes in the families that are printed with.
pub(super) fn at_most(letter: char) -> Option<(bool, u32)> {
    match letter {
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' => Some((false, 105)),
        'A'..='Z' => Some((false, 80)),
        ' '..='~' => Some((false, 65)),
        '\u{3000}'..='\u{3011}' | '\u{4E00}'..='\u{9FA5}' | '\u{FF01}'..='\u{FF5E}' => Some((true, 100)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters_and_what_stands_between_them() {
        assert_eq!(hundredths(""), Some(0));
        assert_eq!(hundredths("外墙乳胶漆"), Some(500));
        assert_eq!(hundredths("漆2号W"), Some(100 + 25 + 65 + 25 + 100 + 25 + 105));
        for unsure in ["漆\n漆", "abc\u{200B}d", "漆😀", "é", "一\u{2E3A}"] {
            assert_eq!(hundredths(unsure), None, "{unsure}");
        }
        assert_eq!(ems(&["桶", "é", ""]), json!([1.0, null, 0.0]));
    }

    #[test]
    fn the_longest_texts_of_a_column_are_different_ones() {
        let line = |unit: &str| json!({ "kind": "line", "unit": unit, "pack": null, "amount": "1.00" });
        let units = ["桶", "平方米", "桶", "m", "立方米", "箱", "平方米"];
        let mut rows: Vec<Value> = units.into_iter().map(line).collect();
        rows.push(json!({ "kind": "subtotal", "name": "小计", "amount": "12.00" }));
        let longest = longest(&rows);
        assert_eq!(longest.get("unit"), Some(&json!(["平方米", "立方米", "桶", "箱"])));
        assert_eq!(longest.get("pack"), Some(&json!([])));
        assert_eq!(longest.get("amount"), Some(&json!(["1.00"])));
        assert_eq!(longest.get("subtotal"), Some(&json!(["12.00"])));
    }
}
