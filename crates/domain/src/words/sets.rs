//! The words of lists of one's own (常用清单).

use crate::catalog::factor_text;
use crate::quotes::{FillNote, SET_LINES_MAX, SETS_MAX};

use super::quotes::line_refusal;

/// A quotation without lines makes no list.
pub const NO_LINES: &str = "这张报价单还没有商品，先加几行再存";
/// The list does not say for how many ㎡ it is.
pub const NO_AREA: &str = "这份清单没有写是多少平方米的用量，请按套数加入，或请存清单的人先写上面积";
/// Whoever may not share lists.
pub const MAY_NOT_SHARE: &str = "你的岗位不能把清单给本区共用，请让管理员给你加上能「共用常用清单」的岗位";

/// More lines than a list holds.
pub fn too_many_lines(count: usize) -> String {
    format!("一份清单最多 {SET_LINES_MAX} 行，这张报价单有 {count} 行")
}

/// More lists than a person keeps.
pub fn too_many_sets() -> String {
    format!("一个人最多存 {SETS_MAX} 份清单，请先删去不用的")
}

/// What has to be said about a line before it goes into a draft for `customer`.
pub fn note(note: &FillNote, product: &str, base_unit: &str, customer: &str) -> String {
    match note {
        FillNote::Archived => format!("「{product}」已停售，不能加入"),
        FillNote::UnitConverted { unit, per } => {
            format!("单位「{unit}」已经没有了，按存清单时 1 {unit} = {} {base_unit} 换算", factor_text(*per))
        }
        FillNote::UnitGone { unit } => format!("「{product}」已经不按「{unit}」卖，不能加入，请自己加这一行"),
        FillNote::UnitChanged { unit, was, now } => format!(
            "1 {unit} 原来是 {} {base_unit}，现在是 {} {base_unit}，请核对数量",
            factor_text(*was),
            factor_text(*now)
        ),
        FillNote::TooMuch => format!("「{product}」的数量太大，不能加入"),
        FillNote::NoPrice(refusal) => line_refusal(refusal, product, customer),
        FillNote::PriceMissing => "清单不记价格，请写单价".to_string(),
    }
}
