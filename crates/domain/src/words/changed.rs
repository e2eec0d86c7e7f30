//! What somebody changed in another's draft, in words.

use super::documents::{day, with_sign};
use super::terms::{invoice, payment};
use crate::base::{Fen, ProductId, UnitPrice};
use crate::pricing::ManualAsk;
use crate::quotes::{Change, Deposit, LinePart, Stood, StoodLine, TermPart, Terms, Whole, WholePart};

/// So much of a note is told; the rest stands in the draft.
const NOTE_LETTERS: usize = 40;
/// So many changes a message names.
const NAMED: usize = 3;

/// Each change as a sentence. `name` is what a product is called; without one its line alone is named.
pub fn sentences(before: &Stood, now: &Stood, name: impl Fn(ProductId) -> Option<String>) -> Vec<String> {
    before.changes(now).iter().map(|change| sentence(change, (before, now), &name)).collect()
}

/// What is another, without any figure, for a message; `None`: nothing is.
pub fn in_short(before: &Stood, now: &Stood) -> Option<String> {
    let changes = before.changes(now);
    let named: Vec<String> = changes.iter().take(NAMED).map(label).collect();
    if named.is_empty() {
        return None;
    }
    let more = if changes.len() > NAMED { format!("等 {} 处", changes.len()) } else { String::new() };
    Some(format!("改了{}{more}", named.join("、")))
}

fn sentence(
    change: &Change<'_>,
    (before, now): (&Stood, &Stood),
    name: &impl Fn(ProductId) -> Option<String>,
) -> String {
    match change {
        Change::Customer => format!("客户 {}", pair(&before.customer_name, &now.customer_name)),
        Change::Added { place, line } => {
            let price = unit_price(line).map(|price| format!("，单价 {price}")).unwrap_or_default();
            format!("加了第 {place} 行{} {}{price}", called(line, name), counted(line))
        }
        Change::Removed { place, line } => {
            format!("去掉了原来的第 {place} 行{} {}", called(line, name), counted(line))
        }
        Change::Line { place, parts, before, now } => {
            let told: Vec<String> =
                parts.iter().map(|part| line_part(*part, (*before, *now), name)).collect();
            format!("第 {place} 行{} {}", called(now, name), told.join("，"))
        }
        Change::Order => "行的先后换过".to_string(),
        Change::Whole(part) => {
            let told = |whole| whole_text(*part, whole);
            format!("{} {}", whole_label(*part), pair(&told(&before.whole), &told(&now.whole)))
        }
        Change::Term(part) => {
            let told = |terms| term_text(*part, terms);
            format!("{} {}", term_label(*part), pair(&told(&before.terms), &told(&now.terms)))
        }
        Change::ValidUntil => {
            let told = |stood: &Stood| stood.valid_until.map_or_else(|| "按公司的天数".to_string(), day);
            format!("有效期 {}", pair(&told(before), &told(now)))
        }
        Change::Notes => format!("备注 {}", pair(&cut(&before.notes), &cut(&now.notes))),
    }
}

/// What is another, by name alone.
fn label(change: &Change<'_>) -> String {
    match change {
        Change::Customer => "客户".to_string(),
        Change::Added { place, .. } => format!("第 {place} 行（新加）"),
        Change::Removed { place, .. } => format!("原来的第 {place} 行（去掉）"),
        Change::Line { place, parts, .. } => {
            let parts: Vec<&str> = parts.iter().map(|part| line_label(*part)).collect();
            format!("第 {place} 行{}", parts.join("和"))
        }
        Change::Order => "行的先后".to_string(),
        Change::Whole(part) => whole_label(*part).to_string(),
        Change::Term(part) => term_label(*part).to_string(),
        Change::ValidUntil => "有效期".to_string(),
        Change::Notes => "备注".to_string(),
    }
}

fn line_part(
    part: LinePart,
    (before, now): (&StoodLine, &StoodLine),
    name: &impl Fn(ProductId) -> Option<String>,
) -> String {
    let told = match part {
        LinePart::Product => return format!("原来是{}", called(before, name)),
        LinePart::Qty => pair(&before.qty.to_text(), &now.qty.to_text()),
        LinePart::Unit => pair(&before.unit, &now.unit),
        LinePart::Price => {
            let told = |line| unit_price(line).unwrap_or_default();
            pair(&told(before), &told(now))
        }
        LinePart::TaxRate => pair(&tax_rate(before), &tax_rate(now)),
        LinePart::Group => pair(&before.extra.group, &now.extra.group),
        LinePart::Note => pair(&cut(&before.note), &cut(&now.note)),
    };
    format!("{} {told}", line_label(part))
}

fn line_label(part: LinePart) -> &'static str {
    match part {
        LinePart::Product => "商品",
        LinePart::Qty => "数量",
        LinePart::Unit => "单位",
        LinePart::Price => "单价",
        LinePart::TaxRate => "税率",
        LinePart::Group => "房间",
        LinePart::Note => "行备注",
    }
}

fn whole_label(part: WholePart) -> &'static str {
    match part {
        WholePart::Off => "整单优惠",
        WholePart::Rounding => "抹零",
    }
}

fn term_label(part: TermPart) -> &'static str {
    match part {
        TermPart::Tax => "含税",
        TermPart::Invoice => "发票",
        TermPart::Payment => "付款方式",
        TermPart::Deposit => "订金",
        TermPart::Delivery => "送货时间",
        TermPart::Site => "工地地址",
        TermPart::SiteContact => "工地联系人",
        TermPart::Pictures => "商品图片",
    }
}

fn whole_text(part: WholePart, whole: &Whole) -> String {
    match part {
        WholePart::Off => whole.off.map(reduction).unwrap_or_default(),
        WholePart::Rounding if whole.rounding == Fen::ZERO => String::new(),
        WholePart::Rounding => with_sign(&whole.rounding.to_yuan()),
    }
}

fn term_text(part: TermPart, terms: &Terms) -> String {
    let said =
        |parts: [&str; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    match part {
        TermPart::Tax => tax_text(terms.includes_tax).to_string(),
        TermPart::Invoice => terms.invoice.map(invoice).unwrap_or_default().to_string(),
        TermPart::Payment => said([terms.payment.map(payment).unwrap_or_default(), &terms.payment_words]),
        TermPart::Deposit => match terms.deposit {
            Some(Deposit::Percent(share)) => format!("{}%", share.to_percent()),
            Some(Deposit::Amount(amount)) => with_sign(&amount.to_yuan()),
            None => String::new(),
        },
        TermPart::Delivery => said([&terms.delivery_day.map(day).unwrap_or_default(), &terms.delivery_words]),
        TermPart::Site => terms.site_address.clone(),
        TermPart::SiteContact => said([&terms.site_contact, &terms.site_phone]),
        TermPart::Pictures => pictures_text(terms.pictures).to_string(),
    }
}

fn tax_text(included: Option<bool>) -> &'static str {
    match included {
        Some(true) => "单价含税",
        Some(false) => "单价不含税",
        None => "按公司的习惯",
    }
}

fn pictures_text(shown: Option<bool>) -> &'static str {
    match shown {
        Some(true) => "带图",
        Some(false) => "不带图",
        None => "按模板",
    }
}

/// What a unit is to cost: the price that somebody set, or that of the rules with what is taken off it by hand.
fn unit_price(line: &StoodLine) -> Option<String> {
    if let Some(ManualAsk::UnitPrice(price)) = line.extra.manual {
        return Some(price.to_yuan());
    }
    let own = line.extra.own.as_ref().map(|own| own.price);
    let ruled = own.or(line.unit_price).map(UnitPrice::to_yuan);
    let taken = line.extra.manual.map(reduction);
    let said: Vec<String> = ruled.into_iter().chain(taken).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn reduction(ask: ManualAsk) -> String {
    match ask {
        ManualAsk::UnitPrice(price) => price.to_yuan(),
        ManualAsk::PercentOff(share) => format!("减 {}%", share.to_percent()),
        ManualAsk::AmountOff(amount) => format!("减 {}", with_sign(&amount.to_yuan())),
    }
}

fn tax_rate(line: &StoodLine) -> String {
    line.extra.own.as_ref().map(|own| format!("{}%", own.tax_rate.to_percent())).unwrap_or_default()
}

fn counted(line: &StoodLine) -> String {
    format!("{} {}", line.qty.to_text(), line.unit)
}

fn called(line: &StoodLine, name: &impl Fn(ProductId) -> Option<String>) -> String {
    let own = line.extra.own.as_ref().map(|own| {
        let spec = Some(own.spec.as_str()).filter(|spec| !spec.is_empty());
        [Some(own.name.as_str()), spec].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    own.or_else(|| name(line.product)).map(|name| format!("「{name}」")).unwrap_or_default()
}

fn pair(before: &str, now: &str) -> String {
    let said = |text: &str| if text.is_empty() { "没有".to_string() } else { text.to_string() };
    format!("{} → {}", said(before), said(now))
}

/// The beginning of a longer text, on one line.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let begun: String = line.chars().take(NOTE_LETTERS).collect();
    if begun.is_empty() || begun == line { begun } else { format!("{begun}…") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{BasisPoints, CustomerId, Qty, parse_date};
    use crate::quotes::{LineExtra, Payment};

    fn stood(lines: Vec<StoodLine>) -> Stood {
        Stood {
            customer: CustomerId(1),
            customer_name: "苏州金鼎".to_string(),
            valid_until: None,
            notes: String::new(),
            lines,
            terms: Terms::default(),
            whole: Whole::default(),
        }
    }

    fn line(id: &str, product: i64, manual: Option<ManualAsk>) -> StoodLine {
        StoodLine {
            id: id.to_string(),
            product: ProductId(product),
            qty: Qty(60_000),
            unit: "桶".to_string(),
            note: String::new(),
            extra: LineExtra { manual, ..LineExtra::default() },
            unit_price: Some(UnitPrice(1_177_600)),
        }
    }

    fn named(product: ProductId) -> Option<String> {
        [(1, "外墙乳胶漆"), (2, "腻子粉")]
            .into_iter()
            .find(|(id, _)| *id == product.0)
            .map(|(_, name)| name.to_string())
    }

    #[test]
    fn what_was_changed_is_told_line_by_line_and_term_by_term() {
        let percent = BasisPoints::of_whole(500).map(ManualAsk::PercentOff);
        let price = Some(ManualAsk::UnitPrice(UnitPrice(1_040_000)));
        let before = stood(vec![line("a", 1, price), line("b", 2, None), line("c", 2, None)]);
        let mut now = stood(vec![line("b", 2, percent), line("a", 1, None), line("d", 1, None)]);
        now.lines[1].qty = Qty(12_500);
        now.terms.payment = Some(Payment::Prepaid);
        now.whole.rounding = Fen(400);
        now.valid_until = parse_date("2026-05-08");
        now.notes = "先付\n三成".to_string();
        assert_eq!(
            sentences(&before, &now, named),
            [
                "第 1 行「腻子粉」 单价 117.76 → 117.76 减 5%",
                "第 2 行「外墙乳胶漆」 数量 60 → 12.5，单价 104.00 → 117.76",
                "加了第 3 行「外墙乳胶漆」 60 桶，单价 117.76",
                "去掉了原来的第 3 行「腻子粉」 60 桶",
                "行的先后换过",
                "抹零 没有 → ¥4.00",
                "付款方式 没有 → 款到发货",
                "有效期 按公司的天数 → 2026年5月8日",
                "备注 没有 → 先付 三成",
            ]
        );
        assert_eq!(
            in_short(&before, &now).as_deref(),
            Some("改了第 1 行单价、第 2 行数量和单价、第 3 行（新加）等 9 处")
        );
        assert_eq!(in_short(&before, &before), None);
        assert_eq!(sentences(&now, &now, named), Vec::<String>::new());
    }

    #[test]
    fn goods_in_place_of_others_say_what_they_were_and_a_long_note_is_cut() {
        let before = stood(vec![line("a", 1, None)]);
        let mut now = stood(vec![line("a", 2, None)]);
        now.lines[0].note = "长".repeat(41);
        let long = "长".repeat(40);
        assert_eq!(
            sentences(&before, &now, named),
            [format!("第 1 行「腻子粉」 原来是「外墙乳胶漆」，行备注 没有 → {long}…")]
        );
        let nameless = sentences(&before, &before, |_| None);
        assert_eq!(nameless, Vec::<String>::new());
        now.lines[0].product = ProductId(1);
        assert_eq!(sentences(&before, &now, |_| None), [format!("第 1 行 行备注 没有 → {long}…")]);
    }
}
