//! The words of a price list as a workbook: its heads, what a row is for, and why one cannot be read.

use crate::pricing::EntryGoods;

/// The heads of the columns; a workbook with just these is read back row by row.
pub const HEADS: &[&str] = &[
    "适用",
    "编码/名称",
    "品名",
    "规格",
    "单位",
    "起订量",
    "价格",
    "公式基准",
    "公式%",
    "公式加价",
    "开始",
    "结束",
    "备注",
    "行键（请勿改）",
];

/// Behind the heads stands which list went out, and of which revision: `价目表 9 V3（请勿改）`; 0 is none yet.
pub fn origin(item: i64, n: i64) -> String {
    format!("{ORIGIN_BEFORE}{item}{ORIGIN_BETWEEN}{n}{ORIGIN_BEHIND}")
}

/// Reads it back: the list and its revision.
pub fn origin_of(text: &str) -> Option<(i64, i64)> {
    let said = text.trim().strip_prefix(ORIGIN_BEFORE)?.strip_suffix(ORIGIN_BEHIND)?;
    let (item, n) = said.split_once(ORIGIN_BETWEEN)?;
    Some((item.parse().ok()?, n.parse().ok()?))
}

/// Whether it is meant for an origin, readable or not.
pub fn is_origin(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(ORIGIN_BEFORE.trim_end()) && text.ends_with(ORIGIN_BEHIND)
}

const ORIGIN_BEFORE: &str = "价目表 ";
const ORIGIN_BETWEEN: &str = " V";
const ORIGIN_BEHIND: &str = "（请勿改）";

/// A row with both a price and a formula, or with neither.
pub const PRICE_OR_FORMULA: &str = "价格和公式要填一个，只填一个。";

/// What a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Product,
    Series,
    Category,
    All,
}

const SORTS: &[(Sort, &str)] =
    &[(Sort::Product, "商品"), (Sort::Series, "系列"), (Sort::Category, "分类"), (Sort::All, "全部商品")];

/// What stands in the first column.
pub fn sort(goods: &EntryGoods) -> &'static str {
    let sort = match goods {
        EntryGoods::Product(_) => Sort::Product,
        EntryGoods::Series(_) => Sort::Series,
        EntryGoods::Category(_) => Sort::Category,
        EntryGoods::All => Sort::All,
    };
    SORTS.iter().find(|(known, _)| *known == sort).map_or("", |(_, word)| word)
}

/// The sort of a row by the word in its first column.
pub fn sort_of(word: &str) -> Option<Sort> {
    SORTS.iter().find(|(_, known)| *known == word).map(|(sort, _)| *sort)
}

/// A first column that says nothing known.
pub fn no_sort(word: &str) -> String {
    format!("「适用」写的是「{word}」，要写商品、系列、分类或全部商品。")
}

/// A code that no product has.
pub fn no_product(code: &str) -> String {
    format!("没有编码是「{code}」的商品，请核对「编码/名称」。")
}

/// A path that no category has.
pub fn no_category(path: &str) -> String {
    format!("没有分类「{path}」，请核对「编码/名称」，上下级之间用“ / ”。")
}

/// A formula that starts from nothing known.
pub fn no_formula(word: &str) -> String {
    format!("「公式基准」写的是「{word}」，要写基础价、标价或成本。")
}

/// Two rows of the file say the same.
pub fn twice(first: usize) -> String {
    format!("与第 {first} 行重复：同样的商品、单位、起订量和开始日。请只留一行。")
}

/// Newer revisions were published since the workbook went out from revision `n`, 0 before the first one; `now` is the newest.
pub fn outdated(n: i64, now: i64) -> String {
    let from = if n == 0 { "第一版发布以前".to_string() } else { format!(" V{n} ") };
    format!(
        "这份文件是从{from}导出的，这份草稿是在 V{now} 上改的。导入会把这中间改过的价改回文件里的样子，请先看清楚。"
    )
}

/// The sheet's name, and the file's: `标准价目表 V13`.
pub fn title(name: &str, n: Option<i64>) -> String {
    match n {
        Some(n) => format!("{name} V{n}"),
        None => format!("{name} 草稿"),
    }
}
