//! 人民币大写: an amount in the characters that cannot be altered by a stroke of the pen.

use crate::base::Fen;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

/// 人民币大写 as banks write it: `7065.60` → `柒仟零陆拾伍元陆角整`, `-0.05` → `负伍分`, `0` → `零元整`.
///
/// Where the bank rule leaves the choice, 零 is written before 角 when the yuan end in 0, so nothing can be slipped in.
pub fn capital_rmb(amount: Fen) -> String {
    let fen = amount.0.unsigned_abs();
    if fen == 0 {
        return "零元整".to_string();
    }
    let (yuan, jiao, cents) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = String::new();
    if amount.0 < 0 {
        text.push('负');
    }
    if yuan > 0 {
        text.push_str(&whole(yuan));
        text.push('元');
    }
    let gap = yuan > 0 && ((jiao == 0 && cents > 0) || (jiao > 0 && yuan.is_multiple_of(10)));
    if gap {
        text.push('零');
    }
    if jiao > 0 {
        text.push_str(digit(jiao));
        text.push('角');
    }
    if cents > 0 {
        text.push_str(digit(cents));
        text.push('分');
    } else {
        text.push('整');
    }
    text
}

/// A positive whole number, in sections of 万 and 亿.
fn whole(number: u64) -> String {
    for (size, name) in [(100_000_000, '亿'), (10_000, '万')] {
        if number >= size {
            let (high, low) = (number / size, number % size);
            let gap = if low > 0 && low < size / 10 { "零" } else { "" };
            let rest = if low > 0 { whole(low) } else { String::new() };
            return format!("{}{name}{gap}{rest}", whole(high));
        }
    }
    section(number)
}

/// 1 to 9,999; zeros inside are written once, zeros at the end not at all.
fn section(number: u64) -> String {
    let mut text = String::new();
    let mut zero_waits = false;
    for (size, name) in [(1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
        let value = number / size % 10;
        if value == 0 {
            zero_waits = !text.is_empty();
            continue;
        }
        if zero_waits {
            text.push('零');
            zero_waits = false;
        }
        text.push_str(digit(value));
        text.push_str(name);
    }
    text
}

fn digit(value: u64) -> &'static str {
    usize::try_from(value).ok().and_then(|index| DIGITS.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(fen: i64, expected: &str) {
        assert_eq!(capital_rmb(Fen(fen)), expected, "{fen} fen");
    }

    #[test]
    fn the_examples_of_the_bank_rule() {
        check(140_950, "壹仟肆佰零玖元伍角整");
        check(600_714, "陆仟零柒元壹角肆分");
        check(168_032, "壹仟陆佰捌拾元零叁角贰分");
        check(10_700_053, "壹拾万柒仟元零伍角叁分");
        check(1_640_902, "壹万陆仟肆佰零玖元零贰分");
        check(32_504, "叁佰贰拾伍元零肆分");
    }

    #[test]
    fn cents_and_whole_yuan() {
        check(0, "零元整");
        check(1, "壹分");
        check(10, "壹角整");
        check(56, "伍角陆分");
        check(100, "壹元整");
        check(105, "壹元零伍分");
        check(150, "壹元伍角整");
        check(1_000, "壹拾元整");
        check(1_050, "壹拾元零伍角整");
        check(706_560, "柒仟零陆拾伍元陆角整");
        check(685_363, "陆仟捌佰伍拾叁元陆角叁分");
    }

    #[test]
    fn zeros_inside_are_written_once() {
        check(100_100, "壹仟零壹元整");
        check(101_000, "壹仟零壹拾元整");
        check(1_000_100, "壹万零壹元整");
        check(1_010_000, "壹万零壹佰元整");
        check(10_001_000, "壹拾万零壹拾元整");
        check(2_000_010_000, "贰仟万零壹佰元整");
        check(10_000_000_100, "壹亿零壹元整");
        check(10_000_100_000, "壹亿零壹仟元整");
        check(10_001_000_000, "壹亿零壹万元整");
        check(10_050_000_000, "壹亿零伍拾万元整");
        check(10_100_000_000, "壹亿零壹佰万元整");
        check(101_000_000_000, "壹拾亿壹仟万元整");
        check(23_000_000_000, "贰亿叁仟万元整");
        check(1_000_000_000_000, "壹佰亿元整");
        check(100_000_000_000_000, "壹万亿元整");
    }

    #[test]
    fn negative_amounts_say_so() {
        check(-5, "负伍分");
        check(-1_000_100, "负壹万零壹元整");
        check(i64::MIN, "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分");
    }

    proptest! {
        #[test]
        fn the_characters_read_back_to_the_amount(fen in any::<i64>()) {
            prop_assert_eq!(read_back(&capital_rmb(Fen(fen))), Some(i128::from(fen)));
        }

        #[test]
        fn everyday_amounts_read_back_too(fen in -10_000_000_000i64..10_000_000_000) {
            let text = capital_rmb(Fen(fen));
            prop_assert_eq!(read_back(&text), Some(i128::from(fen)));
            prop_assert!(!text.contains("零零"), "{}", text);
        }
    }

    /// The reader of the other direction, written without a look at the writer.
    fn read_back(text: &str) -> Option<i128> {
        let (sign, text) = text.strip_prefix('负').map_or((1, text), |rest| (-1, rest));
        let (yuan, rest) = text.split_once('元').unwrap_or(("", text));
        let mut fen = read_whole(yuan)? * 100;
        let mut value = 0;
        for letter in rest.chars() {
            match letter {
                '零' | '整' => value = 0,
                '角' => fen += value * 10,
                '分' => fen += value,
                other => value = read_digit(other)?,
            }
        }
        Some(sign * fen)
    }

    fn read_whole(text: &str) -> Option<i128> {
        for (name, size) in [('亿', 100_000_000), ('万', 10_000)] {
            if let Some((high, low)) = text.rsplit_once(name) {
                return Some(read_whole(high)? * size + read_whole(low)?);
            }
        }
        let (mut sum, mut value) = (0, 0);
        for letter in text.chars() {
            match letter {
                '仟' => sum += std::mem::take(&mut value) * 1_000,
                '佰' => sum += std::mem::take(&mut value) * 100,
                '拾' => sum += std::mem::take(&mut value) * 10,
                other => value = read_digit(other)?,
            }
        }
        Some(sum + value)
    }

    fn read_digit(letter: char) -> Option<i128> {
        "零壹贰叁肆伍陆柒捌玖"
            .chars()
            .position(|digit| digit == letter)
            .and_then(|at| i128::try_from(at).ok())
    }
}
