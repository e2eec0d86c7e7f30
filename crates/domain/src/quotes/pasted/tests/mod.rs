//! What is read from pasted texts, and what it is taken for.

mod corpus;

use super::{Confidence, PASTED_LINES_MAX, PastedLine, read_pasted};
use corpus::{catalogue, code_of};

fn told(text: &str) -> Vec<String> {
    let line = |it: PastedLine| {
        let qty = it.qty.map_or("-".to_string(), |qty| qty.to_text());
        format!("{}|{}|{}", it.words, qty, it.unit.unwrap_or("-".to_string()))
    };
    read_pasted(text).into_iter().map(line).collect()
}

#[test]
fn a_chat_of_several_things_is_several_lines() {
    let read = told("乳胶漆 20 桶, 腻子 50 袋、抗碱底漆5桶；还要美缝剂1,200支。\n合计 4 项");
    assert_eq!(read, ["乳胶漆|20|桶", "腻子|50|袋", "抗碱底漆|5|桶", "美缝剂|1200|支"]);
}

#[test]
fn heads_sums_and_empty_rows_of_a_sheet_are_no_goods() {
    let sheet = "序号\t品名\t规格\t单位\t数量\n1\t真石漆\t25kg/桶\t桶\t35\n\t\t\n合计\t\t\t\t35";
    assert_eq!(told(sheet), ["真石漆 25kg/桶|35|桶"]);
    assert!(told(" \n\n").is_empty());
    assert!(told("，，").is_empty());
}

#[test]
fn a_size_is_no_quantity_and_what_has_no_number_says_so() {
    assert_eq!(told("抛光砖800x800"), ["抛光砖800x800|-|-"]);
    assert_eq!(told("外墙乳胶漆20kg"), ["外墙乳胶漆20kg|-|-"]);
    assert_eq!(told("三合一油漆 5桶"), ["三合一油漆|5|桶"]);
    assert_eq!(told("0桶 乳胶漆"), ["0桶 乳胶漆|-|-"]);
}

#[test]
fn a_half_is_half_of_the_unit() {
    assert_eq!(told("乳胶漆 两桶半"), ["乳胶漆|2.5|桶"]);
    assert_eq!(told("2吨半 水泥"), ["水泥|2.5|吨"]);
    assert_eq!(told("半吨水泥"), ["水泥|0.5|吨"]);
    assert_eq!(told("水泥\t两吨半"), ["水泥|2.5|吨"]);
    assert_eq!(told("两桶半哑光漆"), ["两桶半哑光漆|-|-"]);
}

#[test]
fn what_is_not_clear_is_no_quantity() {
    assert_eq!(told("乳胶漆 abc 桶"), ["乳胶漆 abc 桶|-|-"]);
    for text in ["3-5桶", "3~5 桶", "3到5桶", "3桶到5桶", "3桶-5桶", "三五桶", "两三桶", "十几桶", "三到五桶"]
    {
        let read = read_pasted(&format!("乳胶漆 {text}"));
        assert_eq!(read.iter().map(|line| line.qty).collect::<Vec<_>>(), [None], "{text}");
    }
    assert_eq!(told("乳胶漆5、6桶"), ["乳胶漆|-|桶"]);
    assert_eq!(told("乳胶漆\t3-5\t桶\t128"), ["乳胶漆 3-5|-|桶"]);
    assert_eq!(told("乳胶漆\t3-5桶\t128"), ["乳胶漆 3-5桶|-|-"]);
}

#[test]
fn heads_say_where_the_quantities_stand() {
    let sheet = "品名\t数量\t单位\t单价\n真石漆\tabc\t桶\t128\n腻子\t3-5\t袋\t18\n乳胶漆\t20\t桶\t99";
    assert_eq!(told(sheet), ["真石漆|-|桶", "腻子|-|袋", "乳胶漆|20|桶"]);
    assert!(told("品名 数量 单位").is_empty());
}

#[test]
fn what_fits_several_is_asked_and_what_fits_nothing_is_said() {
    let catalogue = catalogue();
    let several = catalogue.find("瓷砖胶", Some("袋"));
    assert_eq!(several.confidence, Confidence::Likely);
    let codes: Vec<&str> = several.products.iter().map(|id| code_of(*id)).collect();
    assert_eq!(codes, ["SJ-510", "SJ-511"]);
    assert_eq!(catalogue.find("笔记本电脑", None).confidence, Confidence::None);
    assert_eq!(catalogue.find("", None).confidence, Confidence::None);
}

#[test]
fn a_unit_is_given_as_the_product_writes_it() {
    let catalogue = catalogue();
    assert_eq!(catalogue.find("岩棉板", Some("平方")).unit.as_deref(), Some("㎡"));
    assert_eq!(catalogue.find("岩棉板", Some("桶")).unit, None);
}

#[test]
fn a_long_text_is_read_up_to_its_limit() {
    assert_eq!(read_pasted(&"真石漆 1 桶\n".repeat(500)).len(), PASTED_LINES_MAX);
    let odd = "１".repeat(3_000) + &"桶".repeat(3_000);
    assert!(read_pasted(&odd).len() <= 1);
}
