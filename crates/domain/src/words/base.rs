//! Words for what is wrong with one field of a request, whatever its area.

use serde_json::{Value, json};

use crate::base::{FieldFault, Invalid, NumberFault, Refusal, RefusalSort};

impl Refusal for Invalid {
    fn code(&self) -> &'static str {
        "invalid"
    }

    fn sort(&self) -> RefusalSort {
        RefusalSort::Invalid
    }

    fn facts(&self) -> Value {
        let field =
            |(path, fault): &(String, FieldFault)| json!({"path": path, "detail": field_fault(fault)});
        json!({"fields": self.fields.iter().map(field).collect::<Vec<_>>()})
    }

    fn sentence(&self) -> String {
        match self.fields.as_slice() {
            [(path, fault)] if path.is_empty() => field_fault(fault),
            [(_, fault @ FieldFault::Said(_))] => field_fault(fault),
            [(path, fault)] => format!("「{path}」填得不对：{}", field_fault(fault)),
            _ => format!("有 {} 处填得不对，请按提示改好再提交。", self.fields.len()),
        }
    }
}

/// What is wrong with one field, and what would be right.
pub fn field_fault(fault: &FieldFault) -> String {
    match fault {
        FieldFault::Missing => "这一项必须填写。".into(),
        FieldFault::UnknownName => "没有这一项。".into(),
        FieldFault::WrongType => "格式不对。".into(),
        FieldFault::TooLong { letters_max } => format!("太长，最多 {letters_max} 个字。"),
        FieldFault::TooMany { count_max } => format!("太多，最多 {count_max} 个。"),
        FieldFault::Number(fault) => number_fault(*fault),
        FieldFault::Negative => "不能小于 0。".into(),
        FieldFault::NotPositive => "要大于 0。".into(),
        FieldFault::NotInRange { min, max } => format!("应在 {min} 到 {max} 之间。"),
        FieldFault::NotADay => "不是日期，请写成 2026-05-01 这样。".into(),
        FieldFault::NoSuchRecord => "找不到，请重新选择。".into(),
        FieldFault::NoChoice => "不在可选范围内，请重新选择。".into(),
        FieldFault::Taken => "已经被占用，请换一个。".into(),
        FieldFault::BadSign => "里面有不能用的符号，请去掉。".into(),
        FieldFault::Said(sentence) => sentence.clone(),
    }
}

/// Why a text is not a number that can be used.
pub fn number_fault(fault: NumberFault) -> String {
    match fault {
        NumberFault::Empty => "请填写数字。".into(),
        NumberFault::NotANumber => "不是数字。".into(),
        NumberFault::TooManyDecimals(0) => "请写整数。".into(),
        NumberFault::TooManyDecimals(scale) => format!("最多 {scale} 位小数。"),
        NumberFault::TooLarge => "数字太大。".into(),
    }
}
