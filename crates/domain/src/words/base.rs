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
            [(path, fault)] => format!("「{}」填得不对：{}", field_label(path), field_fault(fault)),
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
        FieldFault::DayBefore { first } => format!("不能早于 {first}。"),
        FieldFault::DayAfter { last } => format!("不能晚于 {last}。"),
        FieldFault::Repeated => "重复了。".into(),
        FieldFault::NotAPaper => "要用照片、图片或 PDF。".into(),
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

/// What people call a field: `lines[2].qty` → 第 3 行的数量; a name that is not known stays as it is.
fn field_label(path: &str) -> String {
    let field = path.rsplit('.').next().unwrap_or(path);
    let name = match field {
        "id" => "行标识",
        "product_id" => "商品",
        "customer_id" => "客户",
        "qty" => "数量",
        "unit" => "单位",
        "note" => "备注",
        "notes" => "说明",
        "valid_until" => "有效期",
        "signed_day" => "签字日期",
        "signer" => "签字人",
        "file" => "签字页",
        "reason" => "原因",
        "until" => "放行到",
        other => other,
    };
    let place = path.strip_prefix("lines[").and_then(|rest| rest.split(']').next());
    match place.and_then(|place| place.parse::<usize>().ok()) {
        Some(place) => format!("第 {} 行的{name}", place.saturating_add(1)),
        None => name.to_string(),
    }
}
