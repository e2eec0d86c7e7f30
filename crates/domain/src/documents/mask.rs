//! A customer's name for strangers: enough to recognise one's own supplier's paper, not enough to learn who bought.

use super::mask_words::{LEGAL_FORMS, TRADES};
use super::text::printable;

/// `苏州金鼎建材有限公司` → `苏州**建材有限公司`, `王小明` → `王**`; at least half of the own name is hidden.
pub fn mask_name(name: &str) -> String {
    let clean = printable(name).split_whitespace().collect::<String>();
    let mut stem = clean.as_str();
    let mut tail = String::new();
    if let Some(shorter) = without_one_of(stem, LEGAL_FORMS) {
        tail = stem.split_at(shorter.len()).1.to_string();
        stem = shorter;
        while let Some(shorter) = without_one_of(stem, TRADES) {
            tail.insert_str(0, stem.split_at(shorter.len()).1);
            stem = shorter;
        }
    }
    let shown = (stem.chars().count() / 2).min(2);
    let head: String = stem.chars().take(shown).collect();
    format!("{head}**{tail}")
}

/// `name` without the first fitting ending, unless nothing would be left.
fn without_one_of<'a>(name: &'a str, endings: &str) -> Option<&'a str> {
    endings.split_whitespace().find_map(|ending| name.strip_suffix(ending)).filter(|rest| !rest.is_empty())
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
        fn at_least_half_of_the_own_name_is_hidden(stem in "[赵钱孙李周吴郑冯陈卫]{1,12}", form in 0usize..22) {
            let form = LEGAL_FORMS.split_whitespace().nth(form).unwrap();
            let name = format!("{stem}{form}");
            let masked = mask_name(&name);
            let shown = masked.split_once("**").unwrap().0.chars().count();
            prop_assert!(shown * 2 <= stem.chars().count());
            prop_assert!(masked.ends_with(form));
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
