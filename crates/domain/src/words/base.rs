//! Words for what is wrong with one field of a request, whatever its area.

use serde_json::{Value, json};

use super::fields::{label_of, row_of};
use crate::base::{FieldFault, Invalid, Misfit, NumberFault, Refusal, RefusalSort, Wanted};

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
            [(path, fault @ FieldFault::Said(_))] => format!("{}{}", in_row(path), field_fault(fault)),
            [(path, fault)] => format!("「{}」填得不对：{}", label_of(path), field_fault(fault)),
            many => {
                let told: Vec<String> = many.iter().take(TOLD_MAX).map(told).collect();
                let more = if many.len() > TOLD_MAX { "……" } else { "" };
                format!("有 {} 处填得不对：{}{more}。请改好再提交。", many.len(), told.join("；"))
            }
        }
    }
}

/// So many faults are told in the sentence; the facts name all.
const TOLD_MAX: usize = 3;

fn told((path, fault): &(String, FieldFault)) -> String {
    let detail = field_fault(fault);
    let detail = detail.trim_end_matches('。');
    match fault {
        FieldFault::Said(_) => format!("{}{detail}", in_row(path)),
        _ => format!("「{}」{detail}", label_of(path)),
    }
}

/// Which row of a pasted or imported list an area's own words speak of; those words name the field themselves.
fn in_row(path: &str) -> String {
    row_of(path).map(|row| format!("第 {row} 行：")).unwrap_or_default()
}

/// So many letters of what was typed are repeated.
const TYPED_MAX: usize = 40;

fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let short: String = letters.by_ref().take(TYPED_MAX).collect();
    if letters.next().is_some() { format!("{short}…") } else { short }
}

/// The same fault of a field that is called otherwise than its name on the wire.
pub fn called(label: &str, fault: &FieldFault) -> FieldFault {
    FieldFault::Said(format!("「{label}」填得不对：{}", field_fault(fault)))
}

/// What is wrong with one field, and what would be right.
pub fn field_fault(fault: &FieldFault) -> String {
    match fault {
        FieldFault::Missing => "这一项必须填写。".into(),
        FieldFault::UnknownName => "没有这一项。".into(),
        FieldFault::WrongType(wanted) => wrong_type(*wanted).into(),
        FieldFault::TooLong { letters_max } => format!("太长，最多 {letters_max} 个字。"),
        FieldFault::TooMany { count_max } => format!("太多，最多 {count_max} 个。"),
        FieldFault::Number(fault) => number_fault(*fault),
        FieldFault::Negative => "不能小于 0。".into(),
        FieldFault::NotPositive => "要大于 0。".into(),
        FieldFault::NotInRange { min, max } => format!("应在 {min} 到 {max} 之间。"),
        FieldFault::AmountAbove { most } => format!("不能大于 {} 元。", most.to_yuan()),
        FieldFault::QtyAbove { most } => format!("太大，不能大于 {}。", most.to_text()),
        FieldFault::NotADay => "不是能用的日期，要写成 2026-05-01 这样，年份从 1970 到 2199。".into(),
        FieldFault::DayBefore { first } => format!("不能早于 {first}。"),
        FieldFault::DayAfter { last } => format!("不能晚于 {last}。"),
        FieldFault::PeriodTooLong { days_max, last } => {
            format!("一次最多看 {days_max} 天，按现在的起始日最晚到 {last}。")
        }
        FieldFault::LineBreak => "要写在一行里，请去掉换行。".into(),
        FieldFault::OneOnly => "只能选一种，请留下一种，去掉其他的。".into(),
        FieldFault::Repeated => "重复了。".into(),
        FieldFault::NotAPaper => "要用照片、图片（JPG、PNG、WebP、HEIC）或 PDF。".into(),
        FieldFault::NoProduct => {
            "这一行还没有商品。请选一个商品；运费、加工和目录外的，请写成目录外项目。".into()
        }
        FieldFault::ProductAndOwn => {
            "这一行既选了商品，又写了目录外项目。请只留一种：去掉商品，或去掉目录外项目。".into()
        }
        FieldFault::NoSuchRecord => "找不到，请重新选择。".into(),
        FieldFault::NoSuch { text } => format!("找不到「{}」，请核对后重新选择。", shortened(text)),
        FieldFault::NoChoice => "不在可选范围内，请重新选择。".into(),
        FieldFault::NoneOf { choices } => format!("不在可选范围内，只能写：{}。", choices.join("、")),
        FieldFault::NoMark => "这个位置已经用不了了。请从第一页重新打开列表，再往下翻。".into(),
        FieldFault::Taken => "已经被占用，请换一个。".into(),
        FieldFault::ControlSign => "里面有看不见的控制符，请删掉重新填写。".into(),
        FieldFault::BadSign => "里面有不能用的符号，请去掉。".into(),
        FieldFault::Said(sentence) => sentence.clone(),
    }
}

/// Why a field of a row does not fit, by its name on the screen.
pub fn misfit(field: &str, what: Misfit) -> String {
    let fault = match what {
        Misfit::Missing => field_fault(&FieldFault::Missing),
        Misfit::Unknown => field_fault(&FieldFault::UnknownName),
        Misfit::NoChoice => field_fault(&FieldFault::NoChoice),
        Misfit::OneOnly => field_fault(&FieldFault::OneOnly),
        Misfit::Wants(wanted) => wrong_type(wanted).to_string(),
    };
    format!("「{}」{fault}", label_of(field))
}

/// What a field should be, where something of another type was sent.
fn wrong_type(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text => "要写文字，写在引号里。",
        Wanted::Number => "要写数字，不加引号。",
        Wanted::YesNo => "要写 true（是）或 false（否），不加引号。",
        Wanted::List => "要写一个列表，用 [] 括起来。",
        Wanted::Fields => "要写成 JSON 对象，各项用 {} 括起来。",
        Wanted::Other => "和接口说明里写的类型不一样，请对照着改。",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_faults_are_named_the_first_ones_in_the_sentence() {
        let mut invalid = Invalid::one("name", FieldFault::Missing);
        invalid.add("cost", FieldFault::Number(NumberFault::NotANumber));
        let two = "有 2 处填得不对：「名称」这一项必须填写；「成本」不是数字。请改好再提交。";
        assert_eq!(invalid.sentence(), two);
        invalid.add("units", FieldFault::Said("请填写基本单位。".into()));
        invalid.add("tax_rate", FieldFault::Negative);
        let four =
            "有 4 处填得不对：「名称」这一项必须填写；「成本」不是数字；请填写基本单位……。请改好再提交。";
        assert_eq!(invalid.sentence(), four);
    }

    #[test]
    fn a_fault_of_a_row_names_the_row_and_what_was_typed() {
        let unknown = |text: &str| FieldFault::NoSuch { text: text.into() };
        let mut invalid = Invalid::one("lines[1].product_id", unknown("17"));
        assert_eq!(invalid.sentence(), "「第 2 行的商品」填得不对：找不到「17」，请核对后重新选择。");
        invalid.add("put[6].content.product", FieldFault::Said("没有编号是 99 的商品，请重新选择。".into()));
        let two = "有 2 处填得不对：「第 2 行的商品」找不到「17」，请核对后重新选择；\
                   第 7 行：没有编号是 99 的商品，请重新选择。请改好再提交。";
        assert_eq!(invalid.sentence(), two);
        let long = field_fault(&unknown(&"长".repeat(50)));
        assert!(long.contains(&format!("「{}…」", "长".repeat(40))), "{long}");
    }

    #[test]
    fn a_period_says_how_many_days_and_until_when() {
        let last = crate::base::parse_date("2026-02-05").unwrap();
        let told = Invalid::one("to", FieldFault::PeriodTooLong { days_max: 400, last }).sentence();
        assert_eq!(told, "「截止」填得不对：一次最多看 400 天，按现在的起始日最晚到 2026-02-05。");
    }

    #[test]
    fn the_same_name_may_mean_another_paper() {
        let page = called("签字页", &FieldFault::NotAPaper);
        assert!(Invalid::one("file", page).sentence().starts_with("「签字页」填得不对：要用照片"));
    }
}
