//! Words of customers: their types, refusals, and what a timeline tells.

use serde_json::{Value, json};

use crate::base::{Refusal, RefusalSort};
use crate::customers::{Change, CustomerRefused, Field, TimelineKind, Told};

/// The types that a customer may have; the closed list, in the order of the screen.
pub const TYPES: &[&str] = &["工程商", "装饰公司", "分销商", "门店零售", "园林工程", "其他"];

impl Refusal for CustomerRefused {
    fn code(&self) -> &'static str {
        match self {
            CustomerRefused::Exists { .. } => "customer_exists",
        }
    }

    fn sort(&self) -> RefusalSort {
        match self {
            CustomerRefused::Exists { .. } => RefusalSort::State,
        }
    }

    fn facts(&self) -> Value {
        match self {
            CustomerRefused::Exists { customer, name } => {
                json!({"customer": {"id": customer.0, "name": name}})
            }
        }
    }

    fn sentence(&self) -> String {
        match self {
            CustomerRefused::Exists { name, .. } => {
                format!("已经有客户「{name}」了，请打开它；确实是另一家，请把名称写得有区别。")
            }
        }
    }
}

/// A customer's own code that cannot be kept.
pub fn item_code_wrong(letters_max: usize) -> String {
    format!("客户编码最多 {letters_max} 个字，写在一行里，不能有看不见的控制符。")
}

/// Two products under one code of the customer.
pub fn item_code_taken(code: &str) -> String {
    format!("客户编码「{code}」已经是另一个商品的。请改编码，或先删掉那一条。")
}

/// None of our products has this code.
pub fn no_product_of_code(code: &str) -> String {
    format!("我们没有编码是「{code}」的商品，请核对。")
}

/// More codes than one customer may have.
pub fn too_many_codes(codes_max: usize) -> String {
    format!("一个客户最多 {codes_max} 个编码，请先删掉不用的。")
}

/// What people call an attribute.
pub fn field_name(field: Field) -> &'static str {
    match field {
        Field::Name => "名称",
        Field::Contact => "联系人",
        Field::Phone => "电话",
        Field::City => "城市",
        Field::Address => "地址",
        Field::Notes => "备注",
        Field::Kind => "类型",
        Field::Tier => "等级",
        Field::Owner => "负责人",
        Field::Branch => "所属",
    }
}

/// One entry of a customer's timeline, as a sentence.
pub fn told(told: &Told) -> String {
    let number = told.number.as_deref().unwrap_or_default();
    let because = told.reason.as_deref().map(|reason| format!("，原因：{reason}")).unwrap_or_default();
    match told.kind {
        TimelineKind::CustomerMade => "建了这个客户。".into(),
        TimelineKind::CustomerChanged => changes(&told.changes),
        TimelineKind::QuoteIssued if told.revision > 1 => {
            format!("出了报价单 {number} 的新版 V{}。", told.revision)
        }
        TimelineKind::QuoteIssued => format!("出了报价单 {number}。"),
        TimelineKind::QuoteSigned => match &told.order {
            Some(order) => format!("报价单 {number} 签约，成为订单 {order}。"),
            None => format!("报价单 {number} 签约。"),
        },
        TimelineKind::QuoteCancelled => format!("取消了报价单 {number}{because}。"),
        TimelineKind::QuoteReleased => format!("放行了报价单 {number}{because}。"),
    }
}

/// What an edit changed: what decides about prices and sight with both values, the rest by name.
fn changes(changes: &[Change]) -> String {
    let (weighty, plain): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.field.is_assigned() || change.field == Field::Name);
    let mut parts: Vec<String> = weighty.into_iter().map(change).collect();
    if !plain.is_empty() {
        let names: Vec<&str> = plain.iter().map(|change| field_name(change.field)).collect();
        parts.push(format!("改了{}", names.join("、")));
    }
    if parts.is_empty() { "改了资料。".into() } else { format!("{}。", parts.join("；")) }
}

fn change(change: &Change) -> String {
    let name = field_name(change.field);
    match (change.before.as_str(), change.after.as_str()) {
        ("", after) => format!("{name}定为「{after}」"),
        (before, "") => format!("{name}「{before}」已去掉"),
        (before, after) => format!("{name}由「{before}」改为「{after}」"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(field: Field, before: &str, after: &str) -> Change {
        Change { field, before: before.into(), after: after.into() }
    }

    #[test]
    fn an_edit_is_told_with_both_values_where_they_matter() {
        let all = [
            changed(Field::Tier, "", "A"),
            changed(Field::Owner, "小陈", "小李"),
            changed(Field::Phone, "1", "2"),
            changed(Field::Notes, "", "常客"),
        ];
        assert_eq!(changes(&all), "等级定为「A」；负责人由「小陈」改为「小李」；改了电话、备注。");
        assert_eq!(changes(&[changed(Field::Tier, "A", "")]), "等级「A」已去掉。");
    }

    #[test]
    fn documents_are_told_by_their_number() {
        let told_of = |kind, revision, order: Option<&str>, reason: Option<&str>| {
            told(&Told {
                number: Some("SZ26-000123".into()),
                revision,
                order: order.map(String::from),
                reason: reason.map(String::from),
                ..Told::of(kind)
            })
        };
        assert_eq!(told_of(TimelineKind::QuoteIssued, 1, None, None), "出了报价单 SZ26-000123。");
        assert_eq!(told_of(TimelineKind::QuoteIssued, 2, None, None), "出了报价单 SZ26-000123 的新版 V2。");
        let signed = told_of(TimelineKind::QuoteSigned, 1, Some("SZ26-D000009"), None);
        assert_eq!(signed, "报价单 SZ26-000123 签约，成为订单 SZ26-D000009。");
        let cancelled = told_of(TimelineKind::QuoteCancelled, 1, None, Some("客户改期"));
        assert_eq!(cancelled, "取消了报价单 SZ26-000123，原因：客户改期。");
    }
}
