//! A pasted text as lines: the words that name the goods, the quantity and its unit.

use super::number::leading;
use super::words::{
    BEFORE, BEHIND, BETWEEN, COUNTED_IN, DIGITS, HALF, HEADS, MEASURED_IN, PLACES, QUANTITY, QUANTITY_HEADS,
    RANGE, SUMS,
};
use crate::base::{Qty, fold_width};

/// So many lines are read at once.
pub const PASTED_LINES_MAX: usize = 200;
/// So long a text is read at once.
pub const PASTED_LETTERS_MAX: usize = 20_000;

/// One thing of a pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedLine {
    /// As it was pasted, for whoever looks it through.
    pub text: String,
    /// What names the goods.
    pub words: String,
    /// None when the text says no number, or none that is clear.
    pub qty: Option<Qty>,
    pub unit: Option<String>,
}

/// The things of a pasted text in their order; heads, sums and empty lines are left out.
pub fn read_pasted(text: &str) -> Vec<PastedLine> {
    let mut lines = Vec::new();
    let mut qty_at = None;
    for row in text.split(['\n', '\r']) {
        if row.contains('\t') {
            let cells: Vec<String> = row.split('\t').map(fold_width).collect();
            if is_head(&cells) {
                qty_at = cells.iter().position(|cell| QUANTITY_HEADS.contains(&cell.as_str()));
            } else {
                lines.extend(read_row(&cells, qty_at));
            }
            continue;
        }
        let mut of_row: Vec<PastedLine> = Vec::new();
        for piece in pieces(&fold_signs(row)) {
            match (quantity_alone(&piece), of_row.last_mut()) {
                // 外墙乳胶漆，10桶: the number belongs to the goods before it.
                (Some(found), Some(before)) if before.qty.is_none() => {
                    before.text = format!("{} {}", before.text, piece.trim());
                    (before.qty, before.unit) = (Some(Qty(found.milli)), found.unit);
                }
                // 外墙乳胶漆5、6桶: that may be five or six, so it is asked.
                (Some(found), Some(before)) if before.unit.is_none() && found.unit.is_some() => {
                    before.text = format!("{} {}", before.text, piece.trim());
                    (before.qty, before.unit) = (None, found.unit);
                }
                _ => of_row.extend(read_piece(&piece)),
            }
        }
        lines.extend(of_row);
        if lines.len() > PASTED_LINES_MAX {
            break;
        }
    }
    lines.truncate(PASTED_LINES_MAX);
    lines
}

/// Half width, but for the signs that part things in a chat.
fn fold_signs(row: &str) -> String {
    row.chars()
        .map(|sign| match sign {
            '，' | '、' | '；' | '。' | '！' => sign.to_string(),
            '×' | '✕' | '＊' => "*".to_string(),
            other => match fold_width(&other.to_string()) {
                folded if folded.is_empty() => other.to_string(),
                folded => folded,
            },
        })
        .collect()
}

/// Things between separators. A half-width comma parts them too, unless it stands inside a number.
fn pieces(row: &str) -> Vec<String> {
    let letters: Vec<char> = row.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let mut pieces = vec![String::new()];
    for (at, sign) in letters.iter().enumerate() {
        let inside =
            digit(at.checked_sub(1)) && digit(Some(at + 1)) && digit(Some(at + 2)) && digit(Some(at + 3));
        let parts = BETWEEN.contains(sign) || (*sign == ',' && !inside);
        match pieces.last_mut() {
            Some(piece) if !parts => piece.push(*sign),
            _ => pieces.push(String::new()),
        }
    }
    pieces
}

/// Whether a row names the columns beneath it.
fn is_head(cells: &[String]) -> bool {
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let heads = filled.iter().filter(|cell| HEADS.contains(&cell.as_str())).count();
    heads * 2 > filled.len()
}

/// The number that is all of a cell, in thousandths.
fn whole_number(cell: &str) -> Option<i64> {
    let letters: Vec<char> = cell.chars().collect();
    leading(&letters).filter(|(_, taken)| *taken == letters.len()).map(|(milli, _)| milli)
}

/// A row of a sheet: texts name the goods, the number beside a unit is the quantity; where a head said in which column
/// the quantities stand, it is taken from there and from nowhere else.
fn read_row(cells: &[String], qty_at: Option<usize>) -> Option<PastedLine> {
    let filled: Vec<(usize, &String)> =
        cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
    if filled.first().is_none_or(|(_, cell)| is_sum(cell)) {
        return None;
    }
    let is_unit =
        |cell: &str| COUNTED_IN.contains(&cell) || MEASURED_IN.contains(&cell.to_lowercase().as_str());
    let unit_at = filled.iter().position(|(_, cell)| is_unit(cell));
    // A number in front of the first text counts the rows.
    let first_text = filled.iter().position(|(_, cell)| whole_number(cell).is_none())?;
    let own_unit = || unit_at.and_then(|at| filled.get(at)).map(|(_, cell)| cell.to_string());
    let (qty, unit) = match qty_at {
        Some(column) => {
            let cell = cells.get(column).map_or("", String::as_str);
            match (whole_number(cell), quantity_alone(cell)) {
                (Some(milli), _) => (Some(milli), own_unit()),
                (None, Some(found)) => (Some(found.milli), found.unit.or_else(own_unit)),
                (None, None) => (None, own_unit()),
            }
        }
        None => match row_quantity(&filled, first_text, unit_at) {
            Some(found) => (Some(found.milli), found.unit.or_else(own_unit)),
            None => (None, own_unit()),
        },
    };
    let names = filled.iter().enumerate().skip(first_text).filter(|(at, (column, cell))| {
        let counts = whole_number(cell).is_some() || Some(*at) == unit_at || Some(*column) == qty_at;
        !counts && quantity_of(cell).is_none_or(|it| !it.left.is_empty())
    });
    let words: Vec<&str> = names.map(|(_, (_, cell))| cell.as_str()).collect();
    let words = words.join(" ");
    if words.is_empty() && qty.is_none() {
        return None;
    }
    // Where one cell holds everything, it is read as a piece of a chat.
    if qty.is_none() && filled.len() - first_text == 1 {
        return read_piece(&words);
    }
    Some(PastedLine {
        text: filled.iter().map(|(_, it)| it.as_str()).collect::<Vec<_>>().join(" "),
        words,
        qty: qty.filter(|milli| *milli > 0).map(Qty),
        unit,
    })
}

/// The quantity of a row without heads: beside its unit, with its unit in one cell, else the first number.
fn row_quantity(filled: &[(usize, &String)], first_text: usize, unit_at: Option<usize>) -> Option<Quantity> {
    let cell = |at: usize| filled.get(at).filter(|_| at >= first_text).map(|(_, cell)| cell.as_str());
    // A range beside the unit is the quantity, and what stands farther off is a price.
    let is_unclear = |at: usize| {
        // The first text may be a code with dashes.
        let ranged = |number: &Number| at > first_text || number.reading == Reading::Counted;
        cell(at).and_then(best_number).is_some_and(|number| number.milli == 0 && ranged(&number))
    };
    let places: Vec<usize> = match unit_at {
        Some(at) => at.checked_sub(1).into_iter().chain([at + 1]).collect(),
        None => (first_text..filled.len()).collect(),
    };
    if places.iter().any(|at| is_unclear(*at)) {
        return None;
    }
    let whole = || (first_text..filled.len()).filter_map(cell).find_map(quantity_alone);
    if let Some(found) = unit_at.is_none().then(whole).flatten() {
        return Some(found);
    }
    let number = |at: usize| cell(at).and_then(whole_number);
    let beside = unit_at.and_then(|_| places.iter().find_map(|at| number(*at)));
    let milli = beside.or_else(|| (first_text..filled.len()).find_map(number))?;
    Some(Quantity { milli, unit: None, left: String::new() })
}

/// A piece that is nothing but a quantity.
fn quantity_alone(piece: &str) -> Option<Quantity> {
    quantity_of(piece.trim()).filter(|found| found.left.is_empty())
}

/// A piece of a chat.
fn read_piece(piece: &str) -> Option<PastedLine> {
    let text = piece.trim();
    let bare = without_number_of_list(text);
    // 品名 数量 单位: heads that were copied without their columns.
    let heads = bare.split_whitespace().all(|word| HEADS.contains(&word));
    if heads || is_sum(bare) || BEHIND.contains(&bare) {
        return None;
    }
    match quantity_of(bare) {
        Some(found) if !found.left.is_empty() => Some(PastedLine {
            text: text.to_string(),
            words: found.left,
            qty: Some(Qty(found.milli)),
            unit: found.unit,
        }),
        _ => {
            let words = trimmed(bare);
            let named = words.chars().any(char::is_alphabetic);
            named.then(|| PastedLine { text: text.to_string(), words, qty: None, unit: None })
        }
    }
}

/// `1. `, `2、`, `(3)`, `- ` and the like in front of a thing.
fn without_number_of_list(text: &str) -> &str {
    let bare = text.trim_start_matches(['-', '*', '•', '·', '#', ' ']);
    let digits = bare.trim_start_matches('(').trim_start_matches(|sign: char| sign.is_ascii_digit());
    let numbered = digits.len() < bare.len() && digits.starts_with(['.', ')', ':']);
    match digits.get(1..) {
        // `2.5mm` begins with a number of its own.
        Some(rest) if numbered && !rest.starts_with(|sign: char| sign.is_ascii_digit()) => rest.trim(),
        _ => bare.trim(),
    }
}

fn is_sum(text: &str) -> bool {
    SUMS.iter().any(|sum| text.starts_with(sum))
}

/// How many, in what, and what is left of the text without it.
struct Quantity {
    milli: i64,
    unit: Option<String>,
    left: String,
}

/// How a number reads: better ones first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    /// Before a unit in which goods are counted.
    Counted,
    /// Behind `x` or `*`, or behind the word for how many.
    Times,
    /// By itself at the end.
    AtEnd,
    /// By itself at the beginning.
    AtBegin,
    /// Before a unit of weight or size, at the end and by itself.
    Measured,
}

struct Number {
    reading: Reading,
    from: usize,
    to: usize,
    milli: i64,
    unit: Option<String>,
}

fn quantity_of(text: &str) -> Option<Quantity> {
    let letters: Vec<char> = text.chars().collect();
    let best = best_number(text)?;
    let before: String = letters.iter().take(best.from).collect();
    let after: String = letters.iter().skip(best.to).collect();
    let left = trimmed(&format!("{} {}", before.trim(), after.trim()));
    (best.milli > 0).then_some(Quantity { milli: best.milli, unit: best.unit, left })
}

/// The number that reads best as the quantity; 0 where it is not clear how many.
fn best_number(text: &str) -> Option<Number> {
    let letters: Vec<char> = text.chars().collect();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let half = || (rest.first() == Some(&HALF)).then_some((500, 1));
        match leading(rest).or_else(half) {
            Some((milli, taken)) => {
                numbers.extend(reading_of(&letters, at, taken, milli));
                at += taken;
            }
            None => at += 1,
        }
    }
    // Of equal readings the last one counts: what stands before it belongs to the name.
    numbers.into_iter().rev().min_by_key(|number| number.reading)
}

fn reading_of(letters: &[char], at: usize, taken: usize, milli: i64) -> Option<Number> {
    let end = at + taken;
    let behind: String = letters.iter().skip(end).collect();
    let spaces = behind.chars().take_while(|sign| sign.is_whitespace()).count();
    let next = behind.trim_start();
    let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied();
    let chinese = letters.get(at).is_some_and(|sign| !sign.is_ascii_digit());
    let number = |reading, from, to, unit| Some(Number { reading, from, to, milli, unit });
    let unclear = is_unclear(letters, at);
    let glued =
        before.is_some_and(|sign| sign.is_ascii_alphabetic() || matches!(sign, '.' | '#' | '-' | '/'));
    let times = times_before(letters, at);
    let counted = COUNTED_IN.iter().find(|unit| starts_with_unit(next, unit));
    if let Some(unit) = counted.filter(|_| !glued || times.is_some() || unclear) {
        let (milli, to) = with_half(letters, end + spaces + unit.chars().count(), milli);
        let (milli, from) = (if unclear { 0 } else { milli }, times.unwrap_or(at));
        return Some(Number { reading: Reading::Counted, from, to, milli, unit: Some(unit.to_string()) });
    }
    if unclear {
        return next.is_empty().then_some(Number {
            reading: Reading::AtEnd,
            from: at,
            to: end,
            milli: 0,
            unit: None,
        });
    }
    // Chinese numbers belong to names (三合一, 五金) unless a unit follows.
    if chinese {
        return None;
    }
    let measured = MEASURED_IN.iter().find(|unit| starts_with_unit(&next.to_lowercase(), unit));
    if let Some(from) = times.filter(|_| next.is_empty() || (spaces > 0 && measured.is_none())) {
        return number(Reading::Times, from, end, None);
    }
    let alone_before = before.is_none_or(char::is_whitespace);
    if next.is_empty() && !glued && (alone_before || before.is_some_and(|sign| !sign.is_ascii())) {
        return number(Reading::AtEnd, at, end, None);
    }
    if before.is_none() && spaces > 0 && measured.is_none() {
        return number(Reading::AtBegin, at, end, None);
    }
    let unit = measured?;
    let to = end + spaces + unit.chars().count();
    (alone_before && to == letters.len() && at > 0).then(|| Number {
        reading: Reading::Measured,
        from: at,
        to,
        milli,
        unit: Some(unit.to_string()),
    })
}

/// Whether the number at `at` is only one end of how many: 3-5, 三五, 两个半.
fn is_unclear(letters: &[char], at: usize) -> bool {
    let before: String = letters.iter().take(at).collect();
    let chinese = |sign: char| DIGITS.iter().any(|(digit, _)| *digit == sign);
    let first = letters.get(at).copied();
    if first.is_some_and(chinese) && before.ends_with(chinese) {
        return true;
    }
    let counted = |text: &str| COUNTED_IN.iter().any(|unit| text.ends_with(unit));
    if first == Some(HALF) {
        return counted(&before);
    }
    let numeral =
        |sign: char| sign.is_ascii_digit() || chinese(sign) || PLACES.iter().any(|(place, _)| *place == sign);
    let other = before.trim_end().strip_suffix(RANGE).map(str::trim_end);
    other.is_some_and(|other| other.ends_with(numeral) || counted(other))
}

/// What 半 behind the unit makes of the number, and where it ends; 0 where 半 may begin a word, as in 半哑光.
fn with_half(letters: &[char], to: usize, milli: i64) -> (i64, usize) {
    if letters.get(to) != Some(&HALF) {
        return (milli, to);
    }
    let ends = letters.get(to + 1).is_none_or(|sign| !sign.is_alphanumeric());
    let whole = milli % 1_000 == 0;
    (if ends && whole { milli.saturating_add(500) } else { 0 }, to + 1)
}

/// Where `x`, `*` or the word for how many begins that stands before the number at `at`; sizes like 800x800 are none.
fn times_before(letters: &[char], at: usize) -> Option<usize> {
    let before: String = letters.iter().take(at).collect();
    let bare = before.trim_end().trim_end_matches([':', '：']).trim_end();
    if let Some(word) = QUANTITY.iter().find(|word| bare.ends_with(**word)) {
        return Some(bare.chars().count() - word.chars().count());
    }
    let name = bare.strip_suffix(['x', 'X', '*'])?;
    let size = name.trim_end().ends_with(|sign: char| sign.is_ascii_digit()) && !name.ends_with(' ');
    (!size).then(|| name.chars().count())
}

/// Whether a unit stands there and is no beginning of a longer word of Latin letters.
fn starts_with_unit(text: &str, unit: &str) -> bool {
    let Some(rest) = text.strip_prefix(unit) else { return false };
    let latin = unit.ends_with(|sign: char| sign.is_ascii_alphanumeric());
    let longer = rest.starts_with(|sign: char| sign.is_ascii_alphanumeric());
    // 块 is a unit, 块状 a word; a unit is followed by nothing, a space, a sign or the name.
    !(latin && longer)
}

/// The name without what says nothing of the goods.
fn trimmed(text: &str) -> String {
    let mut text = text.trim().trim_matches(['*', ':', '：', '-', '(', ')', ' ']).to_string();
    loop {
        let longer = |word: &&&str| text.chars().count() > word.chars().count() + 1;
        if let Some(word) = BEHIND.iter().filter(longer).find(|word| text.ends_with(**word)) {
            text.truncate(text.len() - word.len());
        } else if let Some(word) = BEFORE.iter().filter(longer).find(|word| text.starts_with(**word)) {
            text = text.split_off(word.len());
        } else {
            return text;
        }
        text = text.trim().to_string();
    }
}
