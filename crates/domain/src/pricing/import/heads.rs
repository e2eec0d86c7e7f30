//! Which row is the head, and what its cells say.

use std::collections::BTreeMap;

use super::cells::looks_like_price;
use super::grid::{Cell, Grid};
use super::words::{
    CLOSING, HEAD_NOISE, HEAD_PARTS, HEADS, LESSER_PRICES, NOT_THE_PRICE, OPENING, OTHER_NUMBERS, PER_UNIT,
    WITH_TAX, WITHOUT_TAX,
};
use super::{HeadRows, Meaning};
use crate::base::fold_width;

/// The head is looked for in so many rows; above it stand titles and remarks.
const HEAD_SEARCH_ROWS: usize = 40;
/// A longer text is a remark, not a head.
const HEAD_LETTERS_MAX: usize = 24;

/// What a head says, and how sure that is, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeadWord {
    pub meaning: Meaning,
    pub sure: u8,
}

/// What the text of a head says.
pub(super) fn head_word(text: &str) -> Option<HeadWord> {
    let bare = bare_head(text);
    if bare.is_empty() || bare.chars().count() > HEAD_LETTERS_MAX {
        return None;
    }
    let is_price = |meaning| meaning == Meaning::Price;
    let unwanted = NOT_THE_PRICE.iter().any(|word| bare.contains(word));
    let lesser = LESSER_PRICES.iter().any(|word| bare.contains(word));
    let graded = |meaning, sure| match is_price(meaning) {
        true if unwanted => None,
        true if lesser => Some(HeadWord { meaning, sure: 50 }),
        _ => Some(HeadWord { meaning, sure }),
    };
    // `单价（元/箱，含税）` is 单价: what stands in brackets only explains.
    let outside = bare_head(&without_brackets(text));
    for (candidate, sure) in [(bare.as_str(), 90), (outside.as_str(), 88)] {
        let exact = HEADS.iter().find(|(_, words)| words.contains(&candidate));
        if let Some((meaning, _)) = exact {
            return graded(*meaning, sure);
        }
    }
    let part = HEAD_PARTS.iter().find(|(_, words)| words.iter().any(|word| bare.contains(word)));
    part.and_then(|(meaning, _)| graded(*meaning, 70))
}

/// Whether a head names figures that are no price: stock, weight, tax rate, cost.
pub(super) fn is_other_number(text: &str) -> bool {
    let bare = bare_head(text);
    OTHER_NUMBERS.iter().chain(NOT_THE_PRICE).any(|word| bare.contains(word))
}

/// Whether a text says that prices include tax, or that they do not.
pub(super) fn tax_word(text: &str) -> Option<bool> {
    let bare = bare_head(text);
    if WITHOUT_TAX.iter().any(|word| bare.contains(word)) {
        return Some(false);
    }
    WITH_TAX.iter().any(|word| bare.contains(word)).then_some(true)
}

/// The unit in a head such as `单价（元/箱）`.
pub(super) fn unit_word(text: &str) -> Option<String> {
    let folded = fold_width(text);
    let (_, behind) = folded.split_once(PER_UNIT)?;
    let unit: String = behind.chars().take_while(|sign| sign.is_alphanumeric()).collect();
    if unit.is_empty() { None } else { Some(unit) }
}

/// The head: the row of the first forty with the most different meanings, and a second row beneath that completes it.
///
/// One meaning is enough when the row holds texts only and prices stand beneath.
pub(super) fn find_head(grid: &Grid, remembered: &BTreeMap<String, Meaning>) -> Option<HeadRows> {
    let mut best: Option<(usize, usize)> = None;
    for row in 0..grid.rows.len().min(HEAD_SEARCH_ROWS) {
        let meanings = meanings_in(grid, row, remembered);
        let enough = meanings >= 2 || (meanings == 1 && stands_over_prices(grid, row));
        if enough && best.is_none_or(|(most, _)| meanings > most) {
            best = Some((meanings, row));
        }
    }
    let (_, found) = best?;
    if completes(grid, found) {
        return Some(HeadRows { first: found, last: found + 1 });
    }
    let first = if is_completed(grid, found) { found - 1 } else { found };
    Some(HeadRows { first, last: found })
}

/// The head of a column over all rows of the head, each text once.
pub(super) fn head_text(grid: &Grid, head: Option<HeadRows>, column: usize) -> String {
    let Some(head) = head else {
        return String::new();
    };
    let mut parts: Vec<String> = Vec::new();
    for row in head.first..=head.last {
        let over = row < head.last;
        let text = if over { group_text(grid, row, column) } else { grid.cell(row, column).text() };
        let text = text.trim().to_string();
        if !text.is_empty() && !parts.contains(&text) {
            parts.push(text);
        }
    }
    parts.join(" ")
}

fn meanings_in(grid: &Grid, row: usize, remembered: &BTreeMap<String, Meaning>) -> usize {
    let mut meanings: Vec<Meaning> = Vec::new();
    for cell in grid.rows.get(row).into_iter().flatten() {
        // A title over the whole width is one text, whatever words it holds.
        if let Cell::Text(text) = cell
            && let Some(meaning) =
                remembered.get(&bare_head(text)).copied().or(head_word(text).map(|word| word.meaning))
            && !meanings.contains(&meaning)
        {
            meanings.push(meaning);
        }
    }
    meanings.len()
}

fn stands_over_prices(grid: &Grid, row: usize) -> bool {
    let filled: Vec<usize> =
        (0..grid.columns()).filter(|column| !grid.cell(row, *column).is_blank()).collect();
    let texts = filled.iter().all(|column| !looks_like_price(grid.cell(row, *column)));
    filled.len() >= 2 && texts && filled.iter().any(|column| looks_like_price(grid.cell(row + 1, *column)))
}

/// Whether the row beneath `first` belongs to the head: under merged cells, only texts, and some of them heads.
fn completes(grid: &Grid, first: usize) -> bool {
    let merged = |column| {
        let over = grid.cell(first, column);
        let grouped = over.is_blank() && !group_text(grid, first, column).is_empty();
        matches!(over, Cell::Merged(_)) || grouped
    };
    let beneath = first + 1;
    let filled: Vec<usize> =
        (0..grid.columns()).filter(|column| !grid.cell(beneath, *column).is_blank()).collect();
    let only_texts = filled.iter().all(|column| {
        let cell = grid.cell(beneath, *column);
        matches!(cell, Cell::Text(_) | Cell::Merged(_)) && !looks_like_price(cell)
    });
    let says = |column: &usize| {
        let text = grid.cell(beneath, *column).text();
        head_word(&text).is_some() || tax_word(&text).is_some()
    };
    let has_merged = (0..grid.columns()).any(merged);
    has_merged && only_texts && filled.iter().any(says)
}

/// Whether the row above `last` names groups of its columns: 价格 over 含税 and 不含税.
fn is_completed(grid: &Grid, last: usize) -> bool {
    let Some(above) = last.checked_sub(1) else { return false };
    (0..grid.columns()).any(|column| {
        let own = grid.cell(last, column).text();
        let group = group_text(grid, above, column);
        let is_price = |text: &str| head_word(text).is_some_and(|word| word.meaning == Meaning::Price);
        tax_word(&own).is_some() && !is_price(&own) && is_price(&group)
    })
}

/// The text over a column: its own, or that of a group to the left under which the columns have heads of their own.
fn group_text(grid: &Grid, row: usize, column: usize) -> String {
    let own = grid.cell(row, column);
    if !own.is_blank() || grid.cell(row + 1, column).is_blank() {
        return own.text();
    }
    let left = (0..column).rev().find(|left| !grid.cell(row, *left).is_blank());
    let grouped = left.filter(|left| !grid.cell(row + 1, *left).is_blank());
    grouped.map(|left| grid.cell(row, left).text()).unwrap_or_default()
}

/// Lower case, half width, without signs, spaces and words that say nothing.
pub(super) fn bare_head(text: &str) -> String {
    let folded = fold_width(text).to_lowercase();
    let mut bare: String = folded.chars().filter(|sign| sign.is_alphanumeric()).collect();
    for noise in HEAD_NOISE {
        bare = bare.replace(noise, "");
    }
    bare
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for sign in fold_width(text).chars() {
        match sign {
            sign if OPENING.contains(&sign) => depth += 1,
            sign if CLOSING.contains(&sign) => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(sign),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Meaning>) {
        assert_eq!(head_word(text).map(|word| word.meaning), expected, "{text}");
    }

    #[test]
    fn heads_are_read_whatever_their_signs_and_width() {
        for text in ["编码", " 产品编码 ", "货号*", "物料号", "型号", "ＳＫＵ", "Item No.", "code"]
        {
            check(text, Some(Meaning::Code));
        }
        for text in [
            "单价",
            "单价（元）",
            "含税价",
            "经销价(元/桶,含税)",
            "priceWithTax",
            "priceWidthTax",
            "2026年5月价格",
        ] {
            check(text, Some(Meaning::Price));
        }
        check("商品条形码", Some(Meaning::Barcode));
        check("计量单位", Some(Meaning::Unit));
        check("最小起订量（箱）", Some(Meaning::MinQty));
        check("生效日期", Some(Meaning::From));
        check("有效期至", Some(Meaning::To));
        check("备注", Some(Meaning::Note));
        check("规格型号", Some(Meaning::Spec));
    }

    #[test]
    fn a_cost_or_a_total_is_not_the_price_and_a_retail_price_is_the_lesser() {
        for text in ["成本价", "进货价", "金额", "底价", "总价", "序号", "图片", ""] {
            check(text, None);
        }
        assert!(head_word("建议零售价").unwrap().sure < head_word("经销价").unwrap().sure);
        check("以下价格均为含税价，自2026年5月1日起执行，请各分公司遵照执行", None);
    }

    #[test]
    fn without_tax_is_not_taken_for_with_tax() {
        assert_eq!(tax_word("不含税单价"), Some(false));
        assert_eq!(tax_word("含税单价"), Some(true));
        assert_eq!(tax_word("priceWidthTax"), Some(true));
        assert_eq!(tax_word("Price excl. Tax"), Some(false));
        assert_eq!(tax_word("单价"), None);
    }

    #[test]
    fn a_head_may_name_the_unit_of_its_prices() {
        assert_eq!(unit_word("单价（元/箱）").as_deref(), Some("箱"));
        assert_eq!(unit_word("含税价 元／桶").as_deref(), Some("桶"));
        assert_eq!(unit_word("单价（元）"), None);
    }
}
