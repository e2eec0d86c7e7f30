//! A customer's name for strangers: enough to recognise one's own supplier's paper, not enough to learn who bought.

use super::text::printable;

/// What comes last in a firm's name and says nothing about whose it is; longer before its own tail.
const LEGAL_FORMS: [&str; 22] = [
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
    "合伙企业",
    "合作社",
    "经营部",
    "经销部",
    "批发部",
    "门市部",
    "项目部",
    "工程队",
    "商行",
    "商店",
    "中心",
    "工厂",
    "厂",
    "店",
];

/// Trades that stand before the legal form.
const TRADES: [&str; 28] = [
    "建筑材料",
    "建材",
    "装饰材料",
    "装饰",
    "装潢",
    "建设",
    "建筑",
    "工程",
    "涂料",
    "化工",
    "贸易",
    "商贸",
    "物资",
    "园林",
    "绿化",
    "五金",
    "机电",
    "家居",
    "房地产",
    "置业",
    "实业",
    "科技",
    "材料",
    "防水",
    "水电",
    "市政",
    "保温",
    "地坪",
];

/// `苏州金鼎建材有限公司` → `苏州**建材有限公司`, `王小明` → `王**`; at least half of the own name is hidden.
pub fn mask_name(name: &str) -> String {
    let clean = printable(name).split_whitespace().collect::<String>();
    let mut stem = clean.as_str();
    let mut tail = String::new();
    if let Some(shorter) = without_one_of(stem, &LEGAL_FORMS) {
        tail = stem.split_at(shorter.len()).1.to_string();
        stem = shorter;
        while let Some(shorter) = without_one_of(stem, &TRADES) {
            tail.insert_str(0, stem.split_at(shorter.len()).1);
            stem = shorter;
        }
    }
    let shown = (stem.chars().count() / 2).min(2);
    let head: String = stem.chars().take(shown).collect();
    format!("{head}**{tail}")
}

/// `name` without the first fitting ending, unless nothing would be left.
fn without_one_of<'a>(name: &'a str, endings: &[&str]) -> Option<&'a str> {
    endings.iter().find_map(|ending| name.strip_suffix(ending)).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(mask_name(name), expected);
    }

    #[test]
    fn firms_keep_place_trade_and_form() {
        check("苏州金鼎建材有限公司", "苏州**建材有限公司");
        check("江苏省苏中建设集团股份有限公司", "江苏**股份有限公司");
        check("苏州宏业建筑装饰工程有限公司", "苏州**建筑装饰工程有限公司");
        check("昆山老周五金店", "昆山**五金店");
        check("苏州建材有限公司", "苏**建材有限公司");
    }

    #[test]
    fn short_names_are_never_shown_whole() {
        check("张三", "张**");
        check("王小明", "王**");
        check("欧阳娜娜", "欧阳**");
        check("李", "**");
        check("王店", "**店");
        check("建材有限公司", "建**有限公司");
        check("公司", "公**");
        check("", "**");
        check(" 张 三\n", "张**");
        check("A.O. Smith", "A.**");
    }

    proptest! {
        #[test]
        fn at_least_half_of_the_own_name_is_hidden(stem in "[赵钱孙李周吴郑冯陈卫]{1,12}", form in 0usize..LEGAL_FORMS.len()) {
            let name = format!("{stem}{}", LEGAL_FORMS[form]);
            let masked = mask_name(&name);
            let shown = masked.split_once("**").unwrap().0.chars().count();
            prop_assert!(shown * 2 <= stem.chars().count());
            prop_assert!(masked.ends_with(LEGAL_FORMS[form]));
        }

        #[test]
        fn no_text_comes_back_whole(name in "\\PC{0,40}") {
            let masked = mask_name(&name);
            let solid: String = name.split_whitespace().collect();
            prop_assert!(masked.contains("**"));
            prop_assert!(solid.is_empty() || solid.contains('*') || !masked.contains(&solid));
        }
    }
}
