//! The words of the checks before anything of configuration is published: of prices first, then limits, templates, seals.

use crate::base::{BasisPoints, UnitPrice};
use crate::pricing::checks::{Among, Finding, Found, LeaningPrice, TierPrice};
use crate::pricing::{FigureFault, RowFault, RowField};
use crate::words::base::misfit;
use crate::words::pricing::day;
use crate::words::templates::{block_name, part_name};

/// What a finding says, and what to do. `row` is how the row is called by those who read: product, unit, break.
pub fn finding(finding: &Finding, row: &str) -> String {
    match finding.row_key {
        None => found(&finding.what),
        Some(_) => format!("{row}：{}", reason(finding, row)),
    }
}

/// The same where the name of the row stands beside it already.
pub fn reason(finding: &Finding, row: &str) -> String {
    let said = match &finding.what {
        // The row names its product already.
        what @ Found::OutsideCorridor { product, .. } if row.contains(product.as_str()) => {
            found(what).replacen(&format!("「{product}」"), "", 1)
        }
        what => found(what),
    };
    match &finding.among {
        None => said,
        Some(Among { product, goods: 1 }) => format!("「{product}」{said}"),
        Some(Among { product, goods }) => {
            format!("{goods} 个商品是这样，差得最多的是「{product}」：{said}")
        }
    }
}

/// What was found, without the row that it is about.
pub fn found(found: &Found) -> String {
    match found {
        Found::Unreadable { fault } => row_fault(fault),
        Found::UnknownProduct => "没有这个商品，请改选商品或去掉这一行。".into(),
        Found::ArchivedProduct => "商品已停售。请去掉这一行，或请总部恢复销售。".into(),
        Found::UnknownUnit { unit } => {
            format!("商品没有单位「{unit}」的换算。请换一个单位，或请总部在「商品资料」里加上。")
        }
        Found::PriceZero => "价格是 0，请填写价格或去掉这一行。".into(),
        Found::EmptyRange { from, to } => {
            format!("截止日 {} 早于起始日 {}，请改正。", day(*to), day(*from))
        }
        Found::OverlappingPrice { other_key } => {
            format!(
                "与「{other_key}」重复：同一商品、单位、起订量，又从同一天开始。请只留一行，或让起始日错开。"
            )
        }
        Found::TaxBasisMissing => "还没有说明价格是否含税，请在价目表设置里选择。".into(),
        Found::TooManyRows { rows, rows_max } => {
            format!("共 {rows} 行，最多 {rows_max} 行。请减少后再发布。")
        }
        Found::TaxBasisChanged { includes_tax: true } => {
            "价格由不含税改为含税：全部价格的含义都变了，请确认。".into()
        }
        Found::TaxBasisChanged { includes_tax: false } => {
            "价格由含税改为不含税：全部价格的含义都变了，请确认。".into()
        }
        Found::BelowCost { unit, price, cost } => {
            format!("每{unit} {} 元，比成本 {} 元低。", yuan(*price), yuan(*cost))
        }
        Found::BelowFloor { unit, lowest, floor, tier_percent: BasisPoints::WHOLE, listed } => {
            format!("每{unit} {} 元，比底价 {} 元低{}。", yuan(*lowest), yuan(*floor), nobody_sells(*listed))
        }
        Found::BelowFloor { unit, lowest, floor, tier_percent, listed } => format!(
            "按最低等级 {}% 算，每{unit} {} 元，比底价 {} 元低{}。",
            tier_percent.to_percent(),
            yuan(*lowest),
            yuan(*floor),
            nobody_sells(*listed)
        ),
        Found::PriceJump { old, new, change } => {
            let way = if *change > 0 { "涨" } else { "降" };
            let percent = percent_text(change.unsigned_abs());
            format!("由 {} 元改为 {} 元，{way}了 {percent}%，请确认没有填错。", yuan(*old), yuan(*new))
        }
        Found::UnitsApart { .. } => apart(found),
        Found::AlreadyEnded { to } => format!("截止日 {} 已过，这一行不会生效。", day(*to)),
        Found::Overruled { by_key, until: Some(until) } => {
            format!("「{by_key}」起始日更晚，在 {} 之前仍以它为准。", day(*until))
        }
        Found::Overruled { by_key, until: None } => {
            format!("「{by_key}」起始日更晚，仍以它为准，这一行不会生效。")
        }
        Found::NoPriceForBaseUnit { unit } => {
            format!("只有大单位或起订量以上的价格，零买 1 {unit} 时没有价格。")
        }
        Found::TierTooLow { .. }
        | Found::TierAboveList { .. }
        | Found::TierInUse { .. }
        | Found::TierPercentChanged { .. }
        | Found::TierPercentJump { .. }
        | Found::TierBelowCost { .. }
        | Found::TierBelowFloor { .. } => of_tiers(found),
        Found::LeaningBelowCost { prices, worst } => leaning(*prices, "变得低于成本", worst),
        Found::LeaningBelowFloor { prices, worst } => leaning(*prices, "变得低于底价", worst),
        Found::LeaningJump { prices, worst } => leaning(*prices, "涨跌超过 30%", worst),
        Found::UnknownRole | Found::DepthHigh { .. } | Found::RoleWithoutLimit { .. } => of_limits(found),
        other => around(other),
    }
}

/// That a packaging unit and the base unit are priced too far apart.
fn apart(found: &Found) -> String {
    let Found::UnitsApart { unit, price, base_unit: base, each, base_price, change } = found else {
        return String::new();
    };
    let (price, each, other) = (yuan(*price), yuan(*each), yuan(*base_price));
    let far = format!("{}了 {}%", if *change > 0 { "高" } else { "低" }, percent_text(change.unsigned_abs()));
    format!("{unit}价 {price} 元 = 每{base} {each} 元，{base}价是 {other} 元，{far}，请确认没有填错。")
}

/// What becomes of a list price that lies below the floor itself.
fn nobody_sells(listed: bool) -> &'static str {
    if listed {
        "；价目表上的价格本身就低于底价：生效以后，除了有权低于底价出具的人，谁都出不了这个价"
    } else {
        ""
    }
}

/// What a template or a seal lacks.
fn of_paper(found: &Found) -> String {
    match found {
        Found::BlockNeeded { block } => {
            format!("单据上没有「{}」，客户看不懂，不能发布。请加上并打开这一块。", block_name(block))
        }
        Found::BlockNew { block } => format!(
            "系统新添了「{0}」这一块，这个模板里还没有。请点「加一块{0}」加上；现在不加也能发布。",
            block_name(block)
        ),
        Found::BlockAdvised { block: "notes" } => {
            "单据上不再印「说明」，交货与结算的约定也跟着不印，请确认。".into()
        }
        Found::BlockAdvised { block } => format!("单据上不再印「{}」，请确认。", block_name(block)),
        Found::PartAdvised { block: "signature", part: "seller" } => {
            "单据上没有盖章的地方：用这个模板出具的报价单不会盖章，请确认。".into()
        }
        Found::PartAdvised { block, part } => {
            format!("「{}」里不再印「{}」，请确认。", block_name(block), part_name(block, part))
        }
        Found::BlockEmpty => "还没有写内容。请写上，或关掉这一块。".into(),
        Found::SecondLanguageMissing => "单据用中英两种文字，这里只写了中文，请补上英文。".into(),
        Found::SealRemoved => "大区不再有自己的印章：以后出具的报价单盖总部的公章，请确认。".into(),
        Found::SealExchanged => "换了印章：以后出具的报价单盖新的章，已经出具的不变，请对着图片确认。".into(),
        _ => "请检查这一行。".into(),
    }
}

fn of_tiers(found: &Found) -> String {
    match found {
        Found::TierTooLow { percent } => {
            format!("等级折扣 {}% 太低，至少 1%。请检查是否少填了位数。", percent.to_percent())
        }
        Found::TierAboveList { percent } => {
            format!("等级折扣 {}% 高于 100%，客户会比价目表付得多，请确认。", percent.to_percent())
        }
        Found::TierInUse { customers } => {
            format!("还有 {customers} 个客户是这个等级。请先改他们的等级，再删除。")
        }
        Found::TierPercentChanged { old, new } => {
            format!("等级折扣由 {}% 改为 {}%。", old.to_percent(), new.to_percent())
        }
        Found::TierPercentJump { old, new, change } => {
            let way = if *change > 0 { "涨" } else { "降" };
            let percent = percent_text(change.unsigned_abs());
            let (old, new) = (old.to_percent(), new.to_percent());
            format!("等级折扣由 {old}% 改为 {new}%，这个等级的价格{way}了 {percent}%，请确认没有填错。")
        }
        Found::TierBelowCost { percent, prices, worst } => under(*percent, "成本", *prices, worst),
        Found::TierBelowFloor { percent, prices, worst } => under(*percent, "底价", *prices, worst),
        other => around(other),
    }
}

/// What a tier brings below cost or floor: how many prices in all lists, and the worst of those whose lists the reader sees.
fn under(percent: BasisPoints, least: &str, prices: usize, worst: &[TierPrice]) -> String {
    let one = |it: &TierPrice| {
        let (price, limit) = (yuan(it.price), yuan(it.least));
        format!("「{}」的{}每{} {price} 元，{least} {limit} 元", it.list, it.product, it.unit)
    };
    let examples = examples(worst.iter().map(one));
    format!("按新等级价（{}%）算，有 {prices} 个价格变得低于{least}{examples}。", percent.to_percent())
}

/// What a list does to prices of lists whose formulas ask it; the same of which are counted and named.
fn leaning(prices: usize, what: &str, worst: &[LeaningPrice]) -> String {
    let one = |it: &LeaningPrice| format!("「{}」的{}{}", it.list, it.product, moved(&it.what));
    let examples = examples(worst.iter().map(one));
    format!("别的价目表里，有 {prices} 个按公式跟着这张表算的价格{what}{examples}。")
}

fn moved(found: &Found) -> String {
    match found {
        Found::BelowCost { unit, price, cost } => {
            format!("每{unit} {} 元，成本 {} 元", yuan(*price), yuan(*cost))
        }
        Found::BelowFloor { unit, lowest, floor, .. } => {
            format!("最低每{unit} {} 元，底价 {} 元", yuan(*lowest), yuan(*floor))
        }
        Found::PriceJump { old, new, change } => {
            let way = if *change > 0 { "涨" } else { "降" };
            let percent = percent_text(change.unsigned_abs());
            format!("由 {} 元变成 {} 元，{way}了 {percent}%", yuan(*old), yuan(*new))
        }
        _ => String::new(),
    }
}

fn examples(named: impl Iterator<Item = String>) -> String {
    let named: Vec<String> = named.collect();
    if named.is_empty() { String::new() } else { format!("，例如{}", named.join("；")) }
}

fn of_limits(found: &Found) -> String {
    match found {
        Found::DepthHigh { depth } => {
            format!("可以比等级价低 {}%，超过 30%，请确认没有填错。", depth.to_percent())
        }
        Found::RoleWithoutLimit { role } => {
            format!("岗位「{role}」可以出具报价单，但没有改价权限：这个岗位的人一分钱也不能让。")
        }
        _ => "公司没有这个岗位，请去掉它。".into(),
    }
}

/// What is found by looking at other lists, the corridor and the scope.
fn around(found: &Found) -> String {
    match found {
        Found::ListEnded { to } => format!("整张价目表到 {} 就结束了，发布后不会生效。", day(*to)),
        Found::ClassMisplaced => {
            "区域价目表只能建在大区下面，全国价目表和合同价只能建在总部。请在价目表设置里改种类。".into()
        }
        Found::ContractForEveryone => "合同价没有说明给谁：请在价目表设置里选客户、类型、等级或大区。".into(),
        Found::UnknownBase => "基础价目表现在没有生效，或不是全国价目表。请在价目表设置里重新选择。".into(),
        Found::OverlappingList { list, goods, .. } => {
            let list = if list.is_empty() {
                "另一张价目表".to_string()
            } else {
                format!("价目表「{list}」")
            };
            format!(
                "与{list}重复：{} 对同样的客户也有价，分不出先后。请改适用客户或起始日。",
                if goods.is_empty() { crate::words::price_rows::ALL_GOODS } else { goods }
            )
        }
        Found::UnknownCategory => "没有这个分类，请重新选择或去掉这一行。".into(),
        Found::UnknownRegion => "没有这个大区，请重新选择或去掉这一行。".into(),
        Found::UnknownCustomer => {
            "适用客户里有找不到的客户（已不在这个大区）。请在价目表设置里重新选择。".into()
        }
        Found::UnknownSeries { series } => format!("现在没有系列是「{series}」的商品，这一行用不上。"),
        Found::FormulaWithoutFigure { product, why } => {
            let (why, cure) = match *why {
                "no_cost" => ("没有成本", "请总部先填写成本"),
                "no_price" => ("在基础价目表里没有价", "请补上基础价，或换一张基础价目表"),
                "cycle" => ("的基础价目表绕回了自己", "请改基础价目表"),
                _ => ("算出来太大", "请检查百分比"),
            };
            format!("「{product}」{why}，公式算不出价。{cure}。")
        }
        Found::OutsideCorridor { product, price, list_price, share, band, lowest, highest, ask } => {
            let whom = if ask.is_empty() {
                "总部".to_string()
            } else {
                format!("总部（{}）", ask.join("、"))
            };
            format!(
                "「{product}」最低 {} 元、最高 {} 元；现在 {} 元，是总部价 {} 元的 {}%，走廊是 {}%–{}%。请改到走廊以内；确实需要，请找{whom}放宽走廊。",
                yuan(*lowest),
                yuan(*highest),
                yuan(*price),
                yuan(*list_price),
                share_text(*share),
                band.min.to_percent(),
                band.max.to_percent()
            )
        }
        Found::PutsOthersOutside { lists, rows } => format!(
            "这样另有 {lists} 张你看不到的价目表，一共会有 {rows} 个价格落到走廊以外。请总部通知那些大区改价。"
        ),
        Found::PutsOutside { list, rows, product, share, band, moved_to: Some(price), .. } => format!(
            "这样「{list}」会有 {rows} 个价格落到走廊以外：「{product}」的总部价变成 {} 元，大区价没动，成了它的 {}%（走廊 {}%–{}%）。请先核对总部价有没有填错，没填错再通知大区改价。",
            yuan(*price),
            share_text(*share),
            band.min.to_percent(),
            band.max.to_percent()
        ),
        Found::PutsOutside { list, rows, product, share, band, .. } => format!(
            "这样「{list}」会有 {rows} 个价格落到走廊以外，例如「{product}」是总部价的 {}%（走廊 {}%–{}%）。请通知大区改价。",
            share_text(*share),
            band.min.to_percent(),
            band.max.to_percent()
        ),
        other => of_paper(other),
    }
}

/// A price in groups of three: `1,322.00`.
fn yuan(price: UnitPrice) -> String {
    let text = price.to_yuan();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

/// A share in basis points, of either sign: `94.5`.
fn share_text(share: i64) -> String {
    let sign = if share < 0 { "-" } else { "" };
    format!("{sign}{}", percent_text(share.unsigned_abs()))
}

/// Why the content of a row cannot be read.
pub fn row_fault(fault: &RowFault) -> String {
    match fault {
        RowFault::NotReadable => "这一行缺了必填的项，或有认不出的项，请重新填写这一行。".into(),
        RowFault::Misfit { field, what } => misfit(field, *what),
        RowFault::Figure { field, fault } => format!("{}{}", field_name(*field), figure_fault(fault)),
        RowFault::DateWrong { field, text } => {
            format!(
                "{}「{text}」不是能用的日期，应写成 2026-05-01，年份从 1970 到 2199。",
                field_name(*field)
            )
        }
        RowFault::TooLong { field, letters_max } => {
            format!("{}太长，最多 {letters_max} 个字。", field_name(*field))
        }
        RowFault::PriceForAll => "全部商品不能是同一个价格。请改成公式，或选商品、系列、分类。".into(),
        RowFault::TooManyWords { words_max } => format!("一项条件最多选 {words_max} 个，请分成几张价目表。"),
        RowFault::BandTurned => "最低百分比高于最高百分比，请改正。".into(),
        RowFault::NameMissing => "请填写名称。".into(),
        RowFault::Calendar { fault } => super::calendar::row_fault(fault),
        RowFault::ControlSign { field } => format!("{}里有看不见的控制符，请重新填写。", field_name(*field)),
    }
}

fn figure_fault(fault: &FigureFault) -> String {
    match fault {
        FigureFault::Missing => "没有填写。".into(),
        FigureFault::NotANumber => "不是数字。".into(),
        FigureFault::TooManyDecimals { decimals_max } => format!("最多 {decimals_max} 位小数。"),
        FigureFault::Negative => "不能小于 0。".into(),
        FigureFault::TooLarge { max } => format!("太大，最多 {max}。"),
    }
}

fn field_name(field: RowField) -> &'static str {
    match field {
        RowField::Price => "价格",
        RowField::MinQty => "起订量",
        RowField::From => "起始日",
        RowField::To => "截止日",
        RowField::Note => "备注",
        RowField::Percent => "折扣",
        RowField::Name => "名称",
        RowField::Depth => "最多让价",
        RowField::Rounding => "最多抹零",
        RowField::Text => "内容",
        RowField::Formula => "公式百分比",
        RowField::Plus => "公式加价",
        RowField::Series => "系列",
        RowField::Min => "最低百分比",
        RowField::Max => "最高百分比",
    }
}

/// Basis points as percent: `31.5`.
fn percent_text(basis_points: u64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::kinds::SnippetRow;
    use crate::pricing::{LimitRow, TierRow};

    #[test]
    fn a_jump_says_old_new_and_percent() {
        let jump = Found::PriceJump { old: UnitPrice(1_000_000), new: UnitPrice(685_000), change: -3_150 };
        assert_eq!(
            finding(&Finding::of_row("P1", jump), "外墙乳胶漆 20kg"),
            "外墙乳胶漆 20kg：由 100.00 元改为 68.50 元，降了 31.5%，请确认没有填错。"
        );
    }

    #[test]
    fn two_units_apart_are_told_with_both_figures() {
        let apart = Found::UnitsApart {
            unit: "箱".to_string(),
            price: UnitPrice(154_000_000),
            base_unit: "桶".to_string(),
            each: UnitPrice(38_500_000),
            base_price: UnitPrice(3_713_000),
            change: 93_690,
        };
        assert_eq!(
            found(&apart),
            "箱价 15,400.00 元 = 每桶 3,850.00 元，桶价是 371.30 元，高了 936.9%，请确认没有填错。"
        );
    }

    #[test]
    fn beside_the_name_of_its_row_a_reason_does_not_name_it_again() {
        let jump = Found::PriceJump { old: UnitPrice(1_000_000), new: UnitPrice(685_000), change: -3_150 };
        let said = "由 100.00 元改为 68.50 元，降了 31.5%，请确认没有填错。";
        let plain = Finding::of_row("*all", jump);
        assert_eq!(reason(&plain, "全部商品：含配件"), said);
        let among = Some(Among { product: "外墙乳胶漆".to_string(), goods: 2 });
        let many = format!("2 个商品是这样，差得最多的是「外墙乳胶漆」：{said}");
        assert_eq!(reason(&Finding { among, ..plain }, "全部商品"), many);
    }

    #[test]
    fn prices_that_a_tier_brings_below_cost_are_counted_and_the_worst_named() {
        let price = TierPrice {
            item: crate::base::ItemId(3),
            list: "标准价目表".to_string(),
            product: "外墙乳胶漆".to_string(),
            unit: "桶".to_string(),
            price: UnitPrice(985_600),
            least: UnitPrice(1_000_000),
        };
        let percent = crate::base::BasisPoints::of_whole(8_800).unwrap();
        let said = |worst| {
            let what = Found::TierBelowFloor { percent, prices: 12, worst };
            finding(&Finding::of_row("B", what), "B")
        };
        assert_eq!(
            said(vec![price]),
            "B：按新等级价（88%）算，有 12 个价格变得低于底价，例如「标准价目表」的外墙乳胶漆每桶 98.56 元，底价 100.00 元。"
        );
        assert_eq!(said(Vec::new()), "B：按新等级价（88%）算，有 12 个价格变得低于底价。");
    }

    #[test]
    fn prices_that_lean_on_a_list_are_counted_and_the_worst_told_with_list_product_and_figures() {
        let told = |what: Found| {
            let (list, product) = ("恒泰年度合同".to_string(), "外墙乳胶漆".to_string());
            vec![LeaningPrice { item: crate::base::ItemId(3), list, product, what }]
        };
        let (unit, price, cost) = ("桶".to_string(), UnitPrice(900_000), UnitPrice(980_000));
        let worst = told(Found::BelowCost { unit, price, cost });
        assert_eq!(
            found(&Found::LeaningBelowCost { prices: 2, worst }),
            "别的价目表里，有 2 个按公式跟着这张表算的价格变得低于成本，例如「恒泰年度合同」的外墙乳胶漆每桶 90.00 元，成本 98.00 元。"
        );
        let jump = Found::PriceJump { old: UnitPrice(1_000_000), new: UnitPrice(685_000), change: -3_150 };
        let said = found(&Found::LeaningJump { prices: 1, worst: told(jump) });
        assert!(said.ends_with("外墙乳胶漆由 100.00 元变成 68.50 元，降了 31.5%。"), "{said}");
        let said = found(&Found::LeaningBelowFloor { prices: 1, worst: Vec::new() });
        assert_eq!(said, "别的价目表里，有 1 个按公式跟着这张表算的价格变得低于底价。");
    }

    #[test]
    fn a_tier_that_jumps_says_what_becomes_of_its_prices() {
        let percent = |points: u32| crate::base::BasisPoints::of_markup(points).unwrap();
        let jump = Found::TierPercentJump { old: percent(9_700), new: percent(950), change: -9_021 };
        assert_eq!(
            finding(&Finding::of_row("C", jump), "C"),
            "C：等级折扣由 97% 改为 9.5%，这个等级的价格降了 90.21%，请确认没有填错。"
        );
    }

    #[test]
    fn figures_above_a_thousand_stand_in_groups() {
        let jump = Found::PriceJump { old: UnitPrice(3_130_000), new: UnitPrice(13_220_000), change: 32_236 };
        assert_eq!(found(&jump), "由 313.00 元改为 1,322.00 元，涨了 322.36%，请确认没有填错。");
        for (units, said) in
            [(0, "0.00"), (9_999_900, "999.99"), (12_345_678_000, "1,234,567.80"), (-13_220_000, "-1,322.00")]
        {
            assert_eq!(yuan(UnitPrice(units)), said);
        }
    }

    #[test]
    fn of_a_region_put_far_outside_the_price_of_head_office_is_doubted_first() {
        let percent = |percent: u32| crate::base::BasisPoints::of_whole(percent).unwrap();
        let outside = |moved_to| Found::PutsOutside {
            item: crate::base::ItemId(3),
            list: "苏州大区价目表".to_string(),
            rows: 1,
            product: "BV铜芯线".to_string(),
            share: 99_766,
            band: crate::pricing::Band { min: percent(9_400), max: percent(10_000) },
            moved_to,
        };
        let said = found(&outside(Some(UnitPrice(256_000))));
        assert!(said.contains("「BV铜芯线」的总部价变成 25.60 元，大区价没动，成了它的 997.66%"), "{said}");
        assert!(said.contains("请先核对总部价有没有填错"), "{said}");
        assert!(found(&outside(None)).ends_with("请通知大区改价。"));
    }

    #[test]
    fn below_cost_and_floor_are_told_in_the_unit_of_the_product() {
        let (unit, price) = ("桶".to_string(), UnitPrice(99_900));
        let cost = Found::BelowCost { unit: unit.clone(), price, cost: UnitPrice(266_800) };
        assert_eq!(found(&cost), "每桶 9.99 元，比成本 26.68 元低。");
        let tier_percent = crate::base::BasisPoints::of_whole(9_200).unwrap();
        let floor =
            Found::BelowFloor { unit, lowest: price, floor: UnitPrice(100_000), tier_percent, listed: false };
        assert_eq!(found(&floor), "按最低等级 92% 算，每桶 9.99 元，比底价 10.00 元低。");
    }

    #[test]
    fn of_a_row_for_many_goods_the_worst_is_named_and_the_others_are_counted() {
        let said = |goods| {
            let (price, cost) = (UnitPrice(96_300), UnitPrice(1_926_900));
            let what = Found::BelowCost { unit: "桶".to_string(), price, cost };
            let among = Some(Among { product: "外墙乳胶漆".to_string(), goods });
            finding(&Finding { among, ..Finding::of_row("*category:12", what) }, "分类 涂料")
        };
        assert_eq!(said(1), "分类 涂料：「外墙乳胶漆」每桶 9.63 元，比成本 192.69 元低。");
        let many =
            "分类 涂料：12 个商品是这样，差得最多的是「外墙乳胶漆」：每桶 9.63 元，比成本 192.69 元低。";
        assert_eq!(said(12), many);
        let what = Found::BelowFloor {
            unit: "桶".to_string(),
            lowest: UnitPrice(96_300),
            floor: UnitPrice(100_000),
            tier_percent: BasisPoints::WHOLE,
            listed: false,
        };
        assert_eq!(
            found(&what),
            "每桶 9.63 元，比底价 10.00 元低。",
            "where no tier works none is spoken of"
        );
        let Found::BelowFloor { unit, lowest, floor, .. } = what else { panic!("a floor") };
        let tier_percent = BasisPoints::of_whole(9_200).unwrap();
        let listed = Found::BelowFloor { unit, lowest, floor, tier_percent, listed: true };
        assert_eq!(
            found(&listed),
            "按最低等级 92% 算，每桶 9.63 元，比底价 10.00 元低；价目表上的价格本身就低于底价：生效以后，除了有权低于底价出具的人，谁都出不了这个价。"
        );
    }

    #[test]
    fn a_price_outside_of_the_corridor_says_its_limits_first_and_the_product_once() {
        let share = |percent: u32| crate::base::BasisPoints::of_whole(percent).unwrap();
        let outside = Found::OutsideCorridor {
            product: "发泡填缝剂".to_string(),
            price: UnitPrice(300_000),
            list_price: UnitPrice(150_000),
            share: 20_000,
            band: crate::pricing::Band { min: share(9_400), max: share(10_000) },
            lowest: UnitPrice(141_000),
            highest: UnitPrice(150_000),
            ask: Vec::new(),
        };
        let said = finding(&Finding::of_row("WJ0701", outside), "WJ0701 发泡填缝剂");
        assert!(said.starts_with("WJ0701 发泡填缝剂：最低 14.10 元、最高 15.00 元；现在 30.00 元"), "{said}");
        assert_eq!(said.matches("发泡填缝剂").count(), 1, "{said}");
    }

    #[test]
    fn what_is_true_of_the_whole_list_names_no_row() {
        let missing = Finding::of_list(Found::TaxBasisMissing);
        assert_eq!(finding(&missing, "外墙乳胶漆"), "还没有说明价格是否含税，请在价目表设置里选择。");
    }

    #[test]
    fn a_row_that_cannot_be_read_names_the_field() {
        let fault = RowFault::Figure { field: RowField::Price, fault: FigureFault::Negative };
        assert_eq!(row_fault(&fault), "价格不能小于 0。");
    }

    #[test]
    fn switching_notes_off_says_that_delivery_and_payment_go_too() {
        let told = found(&Found::BlockAdvised { block: "notes" });
        assert!(told.contains("交货与结算"), "{told}");
        let new = found(&Found::BlockNew { block: "totals" });
        assert!(new.contains("加一块合计") && new.contains("也能发布"), "{new}");
    }

    #[test]
    fn a_missing_name_speaks_of_tiers_roles_and_texts_alike() {
        let tier = TierRow::read(" ", r#"{"percent":"92"}"#).map(drop);
        let role = LimitRow::read(r#"{"role":" ","depth":"1","rounding":"0"}"#).map(drop);
        let snippet = SnippetRow::read(" ", r#"{"text":"送到楼下"}"#).map(drop);
        for read in [tier, role, snippet] {
            assert_eq!(read.map_err(|fault| row_fault(&fault)), Err("请填写名称。".to_string()));
        }
    }
}
