//! The words of templates and seals: what blocks and parts are called, what differs, and why a row is refused.

use serde_json::{Value, json};

use crate::config::ChangeSort;
use crate::config::kinds::TemplateChange;
use crate::documents::template::{
    Absence, BlockKind, OWN_TEXTS_MAX, SETTINGS_KEY, TemplateFault, TemplateField,
};

/// The words across a page that only shows what a template would look like.
pub const PREVIEW_MARK: &str = "预览";

/// What a block is called, by its key.
pub fn block_name(key: &str) -> &'static str {
    match BlockKind::of_row_key(key) {
        Some(BlockKind::Letterhead) => "抬头",
        Some(BlockKind::Parties) => "客户与报价信息",
        Some(BlockKind::Lines) => "商品明细",
        Some(BlockKind::Totals) => "合计",
        Some(BlockKind::Notes) => "说明",
        Some(BlockKind::Bank) => "收款账户",
        Some(BlockKind::Text) => "自写文字",
        Some(BlockKind::Signature) => "签字盖章",
        Some(BlockKind::Verify) => "验真",
        None => "",
    }
}

/// What a part is called, by the key of its block and its own: two blocks may have parts of one key.
pub fn part_name(block: &str, part: &str) -> &'static str {
    match part {
        "code" if BlockKind::of_row_key(block) == Some(BlockKind::Verify) => "验真码",
        "address" => "地址",
        "phone" => "电话",
        "tax_no" => "税号",
        "contact" => "联系人",
        "valid_until" => "有效期",
        "salesperson" => "报价人",
        "price_basis" => "计价方式",
        "code" => "编码",
        "picture" => "产品图片",
        "spec" => "规格",
        "unit" => "单位",
        "qty" => "数量",
        "unit_price" => "单价",
        "amount" => "金额",
        "net" => "优惠后",
        "tax_rate" => "税率",
        "note" => "备注",
        "subtotal" => "商品金额与优惠",
        "tax" => "税额",
        "capital" => "大写金额",
        "customer" => "客户签字处",
        "seller" => "盖章处",
        "hash" => "内容指纹",
        _ => "",
    }
}

/// When a part is printed, said beside its name where people choose it.
fn part_hint(part: &str) -> &'static str {
    match part {
        "picture" => "（A4 才印，每张单可改）",
        "net" => "（有优惠时）",
        "tax_rate" => "（不一样时）",
        "note" => "（有备注时）",
        _ => "",
    }
}

/// What the screen is told beside a row of a template: of the settings which blocks there are and what may be chosen about
/// each, in the order of the shipped template; of a block how it is called.
pub fn add_words(shown: &mut Value, key: &str) {
    let Some(shown) = shown.as_object_mut() else { return };
    if key == SETTINGS_KEY {
        let blocks: Vec<Value> = BlockKind::ALL.iter().copied().map(block_words).collect();
        shown.insert("blocks".to_string(), Value::from(blocks));
    } else {
        shown.insert("name".to_string(), Value::from(row_name(key)));
    }
}

fn block_words(kind: BlockKind) -> Value {
    let (key, rules) = (kind.key(), kind.rules());
    let part = |part: &&'static str| {
        let name = format!("{}{}", part_name(key, part), part_hint(part));
        json!({ "key": part, "name": name, "usual": !rules.parts_off.contains(part) })
    };
    json!({
        "key": key,
        "name": block_name(key),
        "heading": rules.heading,
        "text_max": rules.text_letters_max,
        "parts": rules.parts.iter().map(part).collect::<Vec<Value>>(),
        "most": if rules.many { OWN_TEXTS_MAX } else { 1 },
        "needed": rules.absence == Absence::Blocks,
    })
}

/// What a row of a template is called, by its key.
pub fn row_name(key: &str) -> String {
    if key == SETTINGS_KEY {
        return "整体设置".to_string();
    }
    match BlockKind::numbered(key) {
        None | Some((_, 1)) => block_name(key).to_string(),
        Some((kind, number)) => format!("{}{number}", block_name(kind.key())),
    }
}

/// What becomes of one row, in one sentence.
pub fn change(change: &TemplateChange) -> String {
    let name = change.block.map_or("整体设置", |kind| block_name(kind.key()));
    match (change.sort, change.switched) {
        (ChangeSort::Added, _) => format!("「{name}」新增"),
        (ChangeSort::Removed, _) => format!("「{name}」去掉"),
        (_, Some(true)) => format!("「{name}」改为印出{}", also(&change.fields)),
        (_, Some(false)) => format!("「{name}」改为不印{}", also(&change.fields)),
        (_, None) => format!("「{name}」改了{}", fields(&change.fields)),
    }
}

fn also(list: &[TemplateField]) -> String {
    if list.is_empty() { String::new() } else { format!("，并改了{}", fields(list)) }
}

fn fields(list: &[TemplateField]) -> String {
    list.iter().map(|field| field_name(*field)).collect::<Vec<_>>().join("、")
}

/// What becomes of a region's seal.
pub fn seal_change(sort: ChangeSort) -> String {
    match sort {
        ChangeSort::Added => "启用大区自己的印章".to_string(),
        ChangeSort::Removed => "停用大区自己的印章，改用总部的公章".to_string(),
        ChangeSort::Changed | ChangeSort::Same => "换了一张印章图片".to_string(),
    }
}

fn field_name(field: TemplateField) -> &'static str {
    match field {
        TemplateField::Page => "纸张",
        TemplateField::Language => "语言",
        TemplateField::Title => "标题",
        TemplateField::TitleSecond => "英文标题",
        TemplateField::Accent => "彩色",
        TemplateField::Order => "位置",
        TemplateField::On => "是否印出",
        TemplateField::Heading => "小标题",
        TemplateField::HeadingSecond => "英文小标题",
        TemplateField::Text => "文字",
        TemplateField::TextSecond => "英文文字",
        TemplateField::Parts => "印出的内容",
    }
}

/// Why a row of a template is not kept.
pub fn fault(fault: &TemplateFault) -> String {
    match fault {
        TemplateFault::NotReadable => "这一块缺了必填的项，或有认不出的项，请重新设置。".to_string(),
        TemplateFault::UnknownBlock { key } => {
            format!("没有「{key}」这种内容块。自写文字最多 9 块，其余每种一块。")
        }
        TemplateFault::NotTaken { field } => format!("这一块不能设置{}。", field_name(*field)),
        TemplateFault::TooLong { field, letters_max } => {
            format!("{}太长，最多 {letters_max} 个字。", field_name(*field))
        }
        TemplateFault::NoChoice { field, text } => {
            format!("{}里没有「{text}」，请从列出的里面选。", field_name(*field))
        }
        TemplateFault::ControlSign { field } => {
            format!("{}里有看不见的控制符，请重新填写。", field_name(*field))
        }
        TemplateFault::OrderTooHigh { order_max } => format!("位置最大 {order_max}。"),
    }
}

/// Which field of the content is wrong; `None` for the row as a whole.
pub fn fault_field(fault: &TemplateFault) -> Option<&'static str> {
    let field = match fault {
        TemplateFault::NotReadable => return None,
        TemplateFault::UnknownBlock { .. } => return Some("key"),
        TemplateFault::OrderTooHigh { .. } => TemplateField::Order,
        TemplateFault::NotTaken { field }
        | TemplateFault::TooLong { field, .. }
        | TemplateFault::NoChoice { field, .. }
        | TemplateFault::ControlSign { field } => *field,
    };
    Some(match field {
        TemplateField::Page => "page",
        TemplateField::Language => "language",
        TemplateField::Title => "title",
        TemplateField::TitleSecond => "title_second",
        TemplateField::Accent => "accent",
        TemplateField::Order => "order",
        TemplateField::On => "on",
        TemplateField::Heading => "heading",
        TemplateField::HeadingSecond => "heading_second",
        TemplateField::Text => "text",
        TemplateField::TextSecond => "text_second",
        TemplateField::Parts => "parts",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_tell_every_block_with_its_rules_and_a_block_its_name() {
        let mut settings = json!({});
        add_words(&mut settings, SETTINGS_KEY);
        let blocks = settings["blocks"].as_array().unwrap();
        let keys: Vec<&str> = blocks.iter().map(|block| block["key"].as_str().unwrap()).collect();
        assert_eq!(keys, BlockKind::ALL.iter().map(|kind| kind.key()).collect::<Vec<_>>());
        for (kind, block) in BlockKind::ALL.iter().zip(blocks) {
            let rules = kind.rules();
            assert_eq!(block["heading"], json!(rules.heading), "{kind:?}");
            assert_eq!(block["text_max"], json!(rules.text_letters_max), "{kind:?}");
            assert_eq!(block["most"], json!(if rules.many { 9 } else { 1 }), "{kind:?}");
            assert_eq!(block["needed"], json!(rules.absence == Absence::Blocks), "{kind:?}");
            let parts = block["parts"].as_array().unwrap();
            assert_eq!(parts.len(), rules.parts.len(), "{kind:?}");
            let usual = parts.iter().filter(|part| part["usual"] == json!(true)).map(|part| &part["key"]);
            assert_eq!(usual.collect::<Vec<_>>(), kind.usual_parts(), "{kind:?}");
        }
        let picture = json!({"key": "picture", "name": "产品图片（A4 才印，每张单可改）", "usual": false});
        assert!(blocks[2]["parts"].as_array().unwrap().contains(&picture), "{}", blocks[2]);
        let mut own = json!({});
        add_words(&mut own, "text_2");
        assert_eq!(own, json!({"name": "自写文字2"}));
    }

    #[test]
    fn every_block_and_part_has_a_name() {
        for kind in BlockKind::ALL {
            assert!(!block_name(kind.key()).is_empty(), "{kind:?}");
            for part in kind.rules().parts {
                assert!(!part_name(kind.key(), part).is_empty(), "{kind:?} {part}");
            }
        }
        assert_eq!((row_name("text"), row_name("text_2")), ("自写文字".to_string(), "自写文字2".to_string()));
        assert_eq!(row_name(""), "整体设置");
        assert_eq!((part_name("lines", "code"), part_name("verify", "code")), ("编码", "验真码"));
    }

    #[test]
    fn a_change_is_told_in_one_sentence() {
        let told = |sort, fields: &[TemplateField], switched| {
            let block = Some(BlockKind::Totals);
            change(&TemplateChange { block, sort, fields: fields.to_vec(), switched })
        };
        let order = [TemplateField::Order, TemplateField::Parts];
        assert_eq!(told(ChangeSort::Changed, &order, None), "「合计」改了位置、印出的内容");
        assert_eq!(told(ChangeSort::Changed, &order[..1], Some(false)), "「合计」改为不印，并改了位置");
        assert_eq!(told(ChangeSort::Removed, &[], None), "「合计」去掉");
    }
}
