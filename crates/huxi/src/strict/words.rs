//! What the calculators say of a case that they cannot read.

use super::{Fault, Wanted, What};

/// Why the case cannot be read, in one sentence with the place.
pub fn fault(fault: &Fault) -> String {
    format!("{}：{}", fault.path, what(&fault.what))
}

/// The case could not be loaded at all.
pub fn unreadable(name: &str, reason: &str) -> String {
    format!("读不了算例 {name}：{reason}。请检查文件名和权限，或用 - 从标准输入读取。")
}

/// The case is larger than a calculator reads.
pub fn too_long(bytes_max: usize) -> String {
    format!("算例太大，最多 {} MB。请减少内容后再试。", bytes_max / 1_000_000)
}

/// The case is not text.
pub fn not_utf8() -> String {
    "算例不是 UTF-8 文本。请另存为 UTF-8 后再试。".into()
}

fn what(what: &What) -> String {
    match what {
        What::NotJson { line, column } => format!("第 {line} 行第 {column} 列不是合法的 JSON"),
        What::TooDeep { depth_max } => format!("嵌套太深，最多 {depth_max} 层"),
        What::UnknownName => "不认识这个名称".into(),
        What::RepeatedName => "同一个名称写了两次".into(),
        What::Missing => "缺少这一项，必须填写".into(),
        What::Wanted(wanted) => wanted_words(*wanted),
        What::TooManyDecimals { decimals_max: 0 } => "应为整数".into(),
        What::TooManyDecimals { decimals_max } => format!("最多 {decimals_max} 位小数"),
        What::Negative => "不能小于 0".into(),
        What::NotPositive => "应大于 0".into(),
        What::TooLarge => "数字太大".into(),
        What::OutOfRange { min, max } => format!("应在 {min} 到 {max} 之间"),
        What::EmptyList => "不能是空的；不限就不要写这一项".into(),
        What::RepeatedId { id } => format!("编号「{id}」重复了"),
        What::UnknownLine { id } => format!("算例的 lines 里没有行「{id}」"),
        What::UnknownProduct { id } => format!("算例的 products 里没有商品「{id}」"),
        What::OneOf { names } => format!("应写 {} 其中一项，也只能写一项", names.join("、")),
        What::AtMostOneOf { names } => format!("{} 最多写一项", names.join("、")),
        What::NotInFactors { unit } => format!("基本单位「{unit}」的换算只能是 1"),
        What::EmptyHours => "上班和下班是同一时刻；通宵写成 22:00 到 06:00，全天写成 00:00 到 24:00".into(),
        What::EndBeforeStart => "结束早于开始，请对调或改正".into(),
        What::NotYet => "这个计算器目前只算价目表、等级和手工改价，还不能处理这一项；请去掉它再算".into(),
    }
}

fn wanted_words(wanted: Wanted) -> String {
    match wanted {
        Wanted::Object => "应为对象 {…}".into(),
        Wanted::List => "应为列表 […]".into(),
        Wanted::Text => "应为文字".into(),
        Wanted::Number => "应为数字，例如 128.00".into(),
        Wanted::Whole => "应为整数".into(),
        Wanted::Bool => "应为 true 或 false".into(),
        Wanted::Moment => "应为日期或时刻，例如 2026-05-01 或 2026-05-01T10:00".into(),
        Wanted::Factor => "应为大于 0 的换算，例如 4".into(),
        Wanted::Day => "应为日期，例如 2026-05-01".into(),
        Wanted::TimeOfDay => "应为时刻，例如 08:30；下班最晚写 24:00".into(),
        Wanted::WorkTime => "应为时长，例如 2h、90m、1h30m".into(),
        Wanted::Pair => "应为两项的列表：[开始, 结束]".into(),
        Wanted::Word(words) => format!("应为其中之一：{}", words.join("、")),
    }
}
