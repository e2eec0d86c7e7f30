//! How the rows of a price list are called: goods, formulas, and why a price was not used.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::base::{CustomerId, OrgId, Qty, UnitPrice};
use crate::config::kinds::{Goods, KindFacts};
use crate::pricing::{EntryGoods, EntryRow, Formula, FormulaOf, Gives, ListRow, NotUsed, PriceClass};
use crate::words::pricing::day;

/// An entry for every product.
pub const ALL_GOODS: &str = "全部商品";

/// A quantity that no line may have.
pub const QTY_WRONG: &str = "数量要大于 0，也不能太大。";

/// What is said of a formula whose figures the reader may not see.
pub const BY_FORMULA: &str = "按公式计算";

/// Said of a list that cannot be the base of another one, whatever the reason.
pub const NO_BASE: &str = "请选择一张已经发布的全国价目表作为基础价目表。";

/// What an entry is for, as people say it.
pub fn goods(goods: &EntryGoods, facts: &KindFacts) -> String {
    let named = facts.goods_named(goods);
    match goods {
        EntryGoods::Product(_) => named,
        EntryGoods::Series(_) => format!("系列 {named}"),
        EntryGoods::Category(_) if named.is_empty() => "分类（已不在）".to_string(),
        EntryGoods::Category(_) => format!("分类 {named}"),
        EntryGoods::All => ALL_GOODS.to_string(),
    }
}

/// A row of one product as people call it, by what tells it from the other rows of that product: `GS3402 铝塑复合管 DN25，
/// 满 200 根`. `None` where the row cannot be read.
pub fn of_product(content: &str, goods: &Goods) -> Option<String> {
    let row = EntryRow::read(content).ok()?;
    let base = goods.facts.units.base();
    let named: Vec<&str> =
        [goods.code.as_str(), &goods.name, &goods.spec].into_iter().filter(|word| !word.is_empty()).collect();
    let mut said = vec![named.join(" ")];
    if let Some(unit) = row.unit.as_deref().filter(|unit| *unit != base) {
        said.push(format!("按{unit}"));
    }
    if row.min_qty > Qty::ZERO {
        said.push(format!("满 {} {base}", row.min_qty.to_text()));
    }
    if let Some(from) = row.from {
        said.push(format!("{} 起", day(from)));
    }
    Some(said.join("，"))
}

/// Adds to what a kind shows of a price row the words that it does not have: of many goods, and of a formula.
pub fn add_words(shown: &mut Value, content: &str, facts: &KindFacts) {
    let (Ok(row), Some(shown)) = (EntryRow::read(content), shown.as_object_mut()) else { return };
    if row.product().is_none() {
        shown.insert("goods".to_string(), goods(&row.goods, facts).into());
    }
    if let Gives::Formula(it) = row.gives {
        shown.insert("formula".to_string(), formula(&it).into());
    }
}

/// A formula: `基础价 95% + 2.00`.
pub fn formula(formula: &Formula) -> String {
    let plus = match formula.plus {
        UnitPrice(0) => String::new(),
        plus => format!(" + {}", plus.to_yuan()),
    };
    format!("{} {}%{plus}", formula_of(formula.of), formula.percent.to_percent())
}

/// What a formula starts from.
pub fn formula_of(of: FormulaOf) -> &'static str {
    match of {
        FormulaOf::Base => "基础价",
        FormulaOf::ListPrice => "标价",
        FormulaOf::Cost => "成本",
    }
}

/// What a class of lists is called.
pub fn class(class: PriceClass) -> &'static str {
    match class {
        PriceClass::List => "全国价目表",
        PriceClass::Region => "区域价目表",
        PriceClass::Contract => "合同价",
    }
}

/// What a list is, whom it is for, and when: `合同价 · 恒泰建材 · 至 2026年12月31日`.
pub fn list_line(
    list: &ListRow,
    region: Option<&str>,
    customers: &BTreeMap<CustomerId, String>,
    regions: &BTreeMap<OrgId, String>,
) -> String {
    let mut parts = vec![class(list.class).to_string()];
    parts.extend(region.map(str::to_string));
    let whom = &list.for_whom;
    match whom.customers.as_slice() {
        [] => {}
        [one] => parts.extend(customers.get(one).cloned()),
        [one, ..] => {
            let first = customers.get(one).cloned().unwrap_or_default();
            parts.push(format!("{first} 等 {} 家", whom.customers.len()));
        }
    }
    parts.extend(whom.types.iter().cloned());
    parts.extend(whom.tiers.iter().map(|tier| format!("等级 {tier}")));
    parts.extend(whom.regions.iter().filter_map(|id| regions.get(id).cloned()));
    match (list.from, list.to) {
        (None, None) => {}
        (Some(from), None) => parts.push(format!("{} 起", day(from))),
        (None, Some(to)) => parts.push(format!("至 {}", day(to))),
        (Some(from), Some(to)) => parts.push(format!("{} 至 {}", day(from), day(to))),
    }
    parts.join(" · ")
}

/// A row of the corridor, by region and category.
pub fn corridor(region: Option<&str>, category: Option<&str>) -> String {
    format!("{}，{}", region.unwrap_or("所有大区"), category.unwrap_or("所有分类"))
}

/// Why an entry is not the price.
pub fn not_used(why: &NotUsed, base_unit: &str) -> String {
    match why {
        NotUsed::NotYet { from } => format!("{} 才开始", day(*from)),
        NotUsed::Over { to } => format!("{} 已结束", day(*to)),
        NotUsed::TooFew { min_qty } => format!("满 {} {base_unit} 才有", min_qty.to_text()),
        NotUsed::OtherUnit { unit } => format!("只用于按「{unit}」报价"),
        NotUsed::Outranked => "有更优先的价".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{BasisPoints, parse_date};

    #[test]
    fn a_formula_and_a_reason_read_as_people_say_them() {
        let percent = BasisPoints::of_markup(9_550).unwrap();
        let of = |plus| Formula { of: FormulaOf::Base, percent, plus: UnitPrice(plus) };
        assert_eq!(formula(&of(0)), "基础价 95.5%");
        assert_eq!(formula(&of(20_000)), "基础价 95.5% + 2.00");
        let facts = KindFacts::default();
        assert_eq!(goods(&EntryGoods::Series("净味".to_string()), &facts), "系列 净味");
        assert_eq!(goods(&EntryGoods::All, &facts), "全部商品");
        let from = parse_date("2026-06-01").unwrap();
        assert_eq!(not_used(&NotUsed::NotYet { from }, "桶"), "2026年6月1日 才开始");
    }
}
