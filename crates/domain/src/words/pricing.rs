//! The words of pricing: why a price is what it is, and why there is none.

use crate::base::{
    CategoryId, Date, Factor, ItemId, NET_MAX, ProductId, QTY_MAX, Qty, UNIT_PRICE_MAX, UnitPrice,
};
use crate::catalog::factor_text;
use crate::pricing::{
    BaseStep, Conflict, EntryGoods, FormulaOf, ManualAsk, ManualPart, ManualStep, PointGives, PointList,
    PricePoint, PricingRefused, Reference, TierStep, TraceStep,
};

/// How things are called by those who read: the running system gives names, a calculator the ids of its case.
pub trait Names {
    fn product(&self, id: ProductId) -> String;
    fn list(&self, id: ItemId) -> String;
    fn category(&self, id: CategoryId) -> String;
    /// The customer that is priced for.
    fn customer(&self) -> Option<String>;
}

/// Why a line has no price, and what to do.
pub fn refused(refused: &PricingRefused, names: &dyn Names) -> String {
    let product = names.product(refused.product());
    match refused {
        PricingRefused::NoPrice { on, .. } => {
            let customer = names.customer().map(|name| format!("给客户「{name}」的")).unwrap_or_default();
            format!(
                "「{product}」在 {} 没有{customer}价格。请总部在价目表里补上价格，或先去掉这一行。",
                day(*on)
            )
        }
        PricingRefused::NoCost { list, on, .. } => {
            let (list, on) = (names.list(*list), day(*on));
            format!(
                "「{product}」没有成本，价目表「{list}」在 {on} 按成本定价，算不出价格。请总部先填写它的成本。"
            )
        }
        PricingRefused::UnknownUnit { unit, .. } => {
            format!("「{product}」没有单位「{unit}」。请换一个单位，或请总部在「商品资料」里加上它的换算。")
        }
        PricingRefused::Cycle { list: Some(list), .. } => {
            let list = names.list(*list);
            format!(
                "「{product}」算不出价格：价目表「{list}」的基础价目表绕回了自己。请总部改它的基础价目表。"
            )
        }
        PricingRefused::Cycle { list: None, .. } => {
            format!("「{product}」算不出价格：它的分类绕回了自己。请总部改分类的上级。")
        }
        PricingRefused::UnknownProduct { .. } => format!("没有商品「{product}」，请重新选择。"),
        PricingRefused::NegativeQty { .. } => format!("「{product}」的数量不能小于 0。"),
        PricingRefused::TooLarge { .. } => {
            format!(
                "「{product}」太大：一行最多 {} 个基本单位，单价最多 {} 元，整张单最多 {} 元。请检查这一行。",
                QTY_MAX.to_text(),
                whole(&UNIT_PRICE_MAX.to_yuan()),
                whole(&NET_MAX.to_yuan())
            )
        }
    }
}

/// A round sum without its empty decimals.
fn whole(yuan: &str) -> &str {
    yuan.trim_end_matches('0').trim_end_matches('.')
}

/// One step of a trace, for everybody: of a price that comes from the cost only that it does, and the result.
/// `base_unit` is the product's.
pub fn trace_step(step: &TraceStep, base_unit: &str) -> String {
    match step {
        TraceStep::Base(step) if step.leans_on_cost() => result_of(step),
        TraceStep::Base(step) => base_step(step, base_unit),
        TraceStep::Tier(step) => tier_step(step),
        TraceStep::Manual(step) => manual_step(step),
    }
}

fn manual_step(step: &ManualStep) -> String {
    let what = match step.ask {
        ManualAsk::UnitPrice(price) => format!("单价改为 {}", price.to_yuan()),
        ManualAsk::PercentOff(share) => format!("减 {}%", share.to_percent()),
        ManualAsk::AmountOff(amount) => format!("减 {}", amount.to_yuan()),
    };
    let who = match step.part {
        ManualPart::Line => format!("手工改价：{what}"),
        ManualPart::Whole => format!("整单优惠：{what}，这一行分摊"),
        ManualPart::Rounding => format!("整单抹零：{what}，这一行分摊"),
    };
    format!("{who}，金额 {} → {}", step.before.to_yuan(), step.out.to_yuan())
}

/// One step of a trace for those who may see the cost.
pub fn trace_step_with_cost(step: &TraceStep, base_unit: &str) -> String {
    match step {
        TraceStep::Base(step) => base_step(step, base_unit),
        TraceStep::Tier(step) => tier_step(step),
        TraceStep::Manual(step) => manual_step(step),
    }
}

fn result_of(step: &BaseStep) -> String {
    let list = step.points.first().and_then(|point| point.list.clone());
    // What is noted at such a price may say how it was made.
    let list =
        list.map(|list| format!("{}，", list_words(&PointList { note: None, ..list }))).unwrap_or_default();
    format!("单价 {}（{list}按成本公式）", step.out.to_yuan())
}

/// What a conflict of lists is, and what to do.
pub fn conflict(conflict: &Conflict, names: &dyn Names) -> String {
    match conflict {
        Conflict::OverlappingPrice { lists: [one, other], goods, unit, min_qty } => {
            let what = price_point(goods, unit.as_deref(), *min_qty, names);
            if one == other {
                let list = names.list(*one);
                return format!(
                    "价目表「{list}」里，{what}有两个同时生效的价格。请只留一个，或让起始日期错开。"
                );
            }
            let (one, other) = (names.list(*one), names.list(*other));
            format!(
                "价目表「{one}」和「{other}」里，{what}都有同时生效的价格，分不出先后。请改其中一个的对象或日期。"
            )
        }
        Conflict::EmptyList { list, criterion } => {
            let (list, criterion) = (names.list(*list), criterion_name(criterion));
            format!("价目表「{list}」的适用{criterion}是空的，谁也用不上。请填上，或去掉这个条件。")
        }
        Conflict::EmptyRange { list, goods: None } => {
            format!("价目表「{}」的结束日期早于开始日期，请改正。", names.list(*list))
        }
        Conflict::EmptyRange { list, goods: Some(goods) } => {
            let (list, goods) = (names.list(*list), goods_name(goods, names));
            format!("价目表「{list}」里{goods}的结束日期早于开始日期，请改正。")
        }
        Conflict::UnknownReference { list, to: Reference::Base(base) } => {
            let (list, base) = (names.list(*list), names.list(*base));
            format!("价目表「{list}」的基础价目表「{base}」不存在，请重新选择。")
        }
        Conflict::UnknownReference { list, to: Reference::Product(product) } => {
            let (list, product) = (names.list(*list), names.product(*product));
            format!("价目表「{list}」里的商品「{product}」不存在，请改正或去掉这一行。")
        }
        Conflict::Cycle { lists } => {
            let lists: Vec<String> = lists.iter().map(|list| format!("「{}」", names.list(*list))).collect();
            format!("价目表{}互为基础，算不出价格。请改其中一个的基础价目表。", lists.join("、"))
        }
        Conflict::CategoryCycle { categories } => {
            let categories: Vec<String> =
                categories.iter().map(|id| format!("「{}」", names.category(*id))).collect();
            format!("分类{}互为上级。请改其中一个的上级。", categories.join("、"))
        }
        Conflict::BelowFloorPossible { list, product, lowest, floor } => {
            let (list, product) = (names.list(*list), names.product(*product));
            let (lowest, floor) = (lowest.to_yuan(), floor.to_yuan());
            format!("按最低的等级，价目表「{list}」里「{product}」会到 {lowest} 元，低于底价 {floor} 元。")
        }
    }
}

/// `2026年5月1日`.
pub fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn base_step(step: &BaseStep, base_unit: &str) -> String {
    let mut notes: Vec<String> = step.points.iter().map(|point| point_words(point, step.out)).collect();
    for (point, note) in step.points.iter().zip(&mut notes) {
        // A cost that stands on another basis than the list that asks it would not add up with the rest.
        let of_cost = matches!(point.gives, PointGives::Cost { .. });
        if of_cost && step.points.iter().any(|other| other.includes_tax != point.includes_tax) {
            note.push_str(if point.includes_tax { "（含税）" } else { "（不含税）" });
        }
    }
    if step.factor != Factor::ONE && step.points.iter().any(per_base_unit) {
        notes.push(format!("1 {} = {} {base_unit}", step.unit, factor_text(step.factor)));
    }
    if step.points.first().is_some_and(|point| point.includes_tax != step.includes_tax) {
        let rate = step.tax_rate.to_percent();
        let way = if step.includes_tax { "不含税价加税" } else { "含税价去税" };
        notes.push(format!("{way} {rate}%"));
    }
    format!("基准价 {}（{}）", step.out.to_yuan(), notes.join("，"))
}

fn tier_step(step: &TierStep) -> String {
    let (before, out) = (step.before.to_yuan(), step.out.to_yuan());
    format!("等级 {} {}%：{before} → {out}", step.tier, step.percent.to_percent())
}

fn point_words(point: &PricePoint, shown: UnitPrice) -> String {
    let list = point.list.as_ref().map(list_words).unwrap_or_default();
    match &point.gives {
        PointGives::Price { price, .. } if *price == shown => list,
        PointGives::Price { price, .. } => format!("{list}，单价 {}", price.to_yuan()),
        PointGives::ListPrice { price } => format!("商品标价 {}", price.to_yuan()),
        PointGives::Cost { price } => format!("成本 {}", price.to_yuan()),
        PointGives::Entered { .. } => "目录外，录入的单价".to_string(),
        PointGives::Formula { formula } => {
            let of = match formula.of {
                FormulaOf::Base => "基础价",
                FormulaOf::ListPrice => "标价",
                FormulaOf::Cost => "成本",
            };
            let plus =
                if formula.plus.0 == 0 { String::new() } else { format!(" 加 {}", formula.plus.to_yuan()) };
            format!("{list}，按{of} {}%{plus}", formula.percent.to_percent())
        }
    }
}

fn list_words(list: &PointList) -> String {
    let rev = if list.revision.n > 0 { format!(" V{}", list.revision.n) } else { String::new() };
    let since = list.since.map(|date| format!("，{}起", day(date))).unwrap_or_default();
    let min_qty = if list.min_qty > Qty::ZERO {
        format!("，满 {} 起", list.min_qty.to_text())
    } else {
        String::new()
    };
    let note = list.note.as_ref().map(|note| format!("，{note}")).unwrap_or_default();
    format!("价目表 {}{rev}{since}{min_qty}{note}", list.name)
}

/// Whether the point's figure is per base unit while the line is in another one.
fn per_base_unit(point: &PricePoint) -> bool {
    match &point.gives {
        PointGives::Price { per_line_unit, .. } => *per_line_unit != Factor::ONE,
        PointGives::ListPrice { .. } | PointGives::Cost { .. } => true,
        PointGives::Formula { .. } | PointGives::Entered { .. } => false,
    }
}

fn price_point(goods: &EntryGoods, unit: Option<&str>, min_qty: Qty, names: &dyn Names) -> String {
    let unit = unit.map(|unit| format!("（{unit}）")).unwrap_or_default();
    let min_qty = if min_qty > Qty::ZERO { format!("满 {} 时", min_qty.to_text()) } else { String::new() };
    format!("{}{unit}{min_qty}", goods_name(goods, names))
}

fn goods_name(goods: &EntryGoods, names: &dyn Names) -> String {
    match goods {
        EntryGoods::All => "全部商品".into(),
        EntryGoods::Category(id) => format!("分类「{}」", names.category(*id)),
        EntryGoods::Series(series) => format!("系列「{series}」"),
        EntryGoods::Product(id) => format!("「{}」", names.product(*id)),
    }
}

fn criterion_name(criterion: &str) -> &'static str {
    match criterion {
        "customers" => "客户",
        "types" => "客户类型",
        "tiers" => "等级",
        "tags" => "标签",
        "regions" => "区域",
        "channels" => "渠道",
        _ => "条件",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{BasisPoints, parse_date};
    use crate::pricing::{Formula, Revision};

    struct Plain;

    impl Names for Plain {
        fn product(&self, id: ProductId) -> String {
            format!("P{}", id.0)
        }
        fn list(&self, id: ItemId) -> String {
            format!("V{}", id.0)
        }
        fn category(&self, id: CategoryId) -> String {
            format!("C{}", id.0)
        }
        fn customer(&self) -> Option<String> {
            Some("昆山建材".into())
        }
    }

    fn step(gives: PointGives, unit: &str, factor: i64, includes_tax: bool) -> TraceStep {
        let revision = Revision { item: ItemId(1), n: 13 };
        let since = parse_date("2026-05-01");
        let list =
            PointList { revision, name: "标准价".into(), since, min_qty: Qty::whole(8), note: None };
        TraceStep::Base(BaseStep {
            points: vec![PricePoint { list: Some(list), includes_tax: true, gives }],
            unit: unit.into(),
            factor: Factor::new(factor, 1).unwrap(),
            tax_rate: BasisPoints::of_whole(1_300).unwrap(),
            includes_tax,
            price_decimals: 2,
            out: UnitPrice(5_120_000),
        })
    }

    #[test]
    fn a_base_price_says_list_day_break_and_unit() {
        let price = UnitPrice(1_280_000);
        let boxes = PointGives::Price { price, per_line_unit: Factor::new(4, 1).unwrap() };
        assert_eq!(
            trace_step(&step(boxes, "箱", 4, true), "桶"),
            "基准价 512.00（价目表 标准价 V13，2026年5月1日起，满 8 起，单价 128.00，1 箱 = 4 桶）"
        );
        let own = PointGives::Price { price, per_line_unit: Factor::ONE };
        assert_eq!(
            trace_step(&step(own, "箱", 4, false), "桶"),
            "基准价 512.00（价目表 标准价 V13，2026年5月1日起，满 8 起，单价 128.00，含税价去税 13%）"
        );
        let percent = BasisPoints::of_markup(9_500).unwrap();
        let formula = Formula { of: FormulaOf::Base, percent, plus: UnitPrice(15_000) };
        assert_eq!(
            trace_step(&step(PointGives::Formula { formula }, "桶", 1, true), "桶"),
            "基准价 512.00（价目表 标准价 V13，2026年5月1日起，满 8 起，按基础价 95% 加 1.50）"
        );
    }

    #[test]
    fn of_a_price_that_comes_from_the_cost_only_the_result_is_told() {
        let percent = BasisPoints::of_markup(12_000).unwrap();
        let formula = Formula { of: FormulaOf::Cost, percent, plus: UnitPrice(0) };
        let TraceStep::Base(mut base) = step(PointGives::Formula { formula }, "桶", 1, true) else { return };
        let cost = PointGives::Cost { price: UnitPrice(4_266_700) };
        base.points.push(PricePoint { list: None, includes_tax: true, gives: cost });
        let told = trace_step(&TraceStep::Base(base.clone()), "桶");
        assert_eq!(told, "单价 512.00（价目表 标准价 V13，2026年5月1日起，满 8 起，按成本公式）");
        let seen = trace_step_with_cost(&TraceStep::Base(base.clone()), "桶");
        assert!(seen.contains("按成本 120%，成本 426.67）"), "{seen}");
        if let Some(point) = base.points.first_mut() {
            point.includes_tax = false;
        }
        let seen = trace_step_with_cost(&TraceStep::Base(base), "桶");
        assert!(seen.contains("按成本 120%，成本 426.67（含税），不含税价加税 13%）"), "{seen}");
    }

    #[test]
    fn the_note_of_a_price_is_told_with_it() {
        let TraceStep::Base(mut base) = step(
            PointGives::Price { price: UnitPrice(5_120_000), per_line_unit: Factor::ONE },
            "桶",
            1,
            true,
        ) else {
            return;
        };
        if let Some(list) = base.points.first_mut().and_then(|point| point.list.as_mut()) {
            list.note = Some("批次 0426".into());
        }
        let told = trace_step(&TraceStep::Base(base), "桶");
        assert_eq!(told, "基准价 512.00（价目表 标准价 V13，2026年5月1日起，满 8 起，批次 0426）");
    }

    #[test]
    fn a_price_that_is_taken_as_it_stands_is_said_once() {
        let as_is = PointGives::Price { price: UnitPrice(5_120_000), per_line_unit: Factor::ONE };
        let sentence = trace_step(&step(as_is, "箱", 4, true), "桶");
        assert_eq!(sentence, "基准价 512.00（价目表 标准价 V13，2026年5月1日起，满 8 起）");
    }

    #[test]
    fn a_missing_price_names_product_customer_and_day() {
        let on = parse_date("2026-05-05").unwrap();
        let sentence = refused(&PricingRefused::NoPrice { product: ProductId(7), on }, &Plain);
        assert!(sentence.starts_with("「P7」在 2026年5月5日 没有给客户「昆山建材」的价格。"), "{sentence}");
    }

    #[test]
    fn an_overlap_names_what_and_where() {
        let overlap = Conflict::OverlappingPrice {
            lists: [ItemId(1), ItemId(2)],
            goods: EntryGoods::Product(ProductId(7)),
            unit: Some("箱".into()),
            min_qty: Qty::whole(8),
        };
        let sentence = conflict(&overlap, &Plain);
        assert!(sentence.starts_with("价目表「V1」和「V2」里，「P7」（箱）满 8 时都有"), "{sentence}");
    }
}
