//! The customers of the demo company.

use crate::chance::Chance;

/// A customer of the demo company; `branch` is the branch's code.
pub struct Buyer {
    pub name: String,
    pub kind: &'static str,
    pub tier: &'static str,
    pub branch: &'static str,
    pub city: &'static str,
    pub contact: String,
    pub phone: String,
    pub address: String,
}

/// Tiers with the percent of the list price that they pay, first and second revision.
pub const TIERS: &[(&str, &str, &str)] =
    &[("A", "90", "90"), ("B", "94", "93"), ("C", "97", "97"), ("零售", "100", "100")];

const CITIES: &[(&str, &str, &[&str])] = &[
    ("SZ", "苏州", &["姑苏区干将东路", "工业园区星湖街", "吴中区东吴北路", "相城区阳澄湖东路"]),
    ("KS", "昆山", &["前进中路", "长江南路", "花桥镇绿地大道"]),
    ("NJ", "南京", &["江宁区双龙大道", "栖霞区仙林大道", "浦口区江浦街道", "建邺区江东中路"]),
    ("ZJ", "镇江", &["京口区学府路", "润州区南徐大道"]),
    ("WX", "无锡", &["梁溪区中山路", "惠山区政和大道", "新吴区长江北路"]),
    ("CZ", "常州", &["武进区延政中路", "新北区通江中路"]),
    ("NT", "南通", &["崇川区工农路", "通州区金沙街道"]),
    ("TZ", "泰州", &["海陵区济川东路", "姜堰区人民中路"]),
    ("YZ", "扬州", &["邗江区扬子江中路", "江都区龙川北路"]),
    ("YC", "盐城", &["亭湖区建军东路", "盐都区世纪大道"]),
    ("XZ", "徐州", &["云龙区和平路", "铜山区北京路"]),
    ("HA", "淮安", &["清江浦区淮海东路", "淮阴区长江路"]),
    ("SQ", "宿迁", &["宿城区幸福路", "宿豫区洪泽湖东路"]),
    ("LY", "连云港", &["海州区苍梧路", "赣榆区黄海路"]),
];

const KINDS: &[(&str, &[&str])] = &[
    ("工程商", &["建设工程有限公司", "建筑安装工程有限公司", "市政工程有限公司"]),
    ("装饰公司", &["装饰工程有限公司", "空间设计有限公司", "装潢有限公司"]),
    ("分销商", &["建材经营部", "建材商行", "涂料总汇"]),
    ("门店零售", &["五金店", "建材店", "装饰材料店"]),
    ("园林工程", &["园林绿化有限公司", "景观工程有限公司"]),
];

const FIRST: &[&str] = &[
    "恒泰",
    "金鼎",
    "远大",
    "宏图",
    "华盛",
    "鑫源",
    "锦绣",
    "天宇",
    "瑞安",
    "盛景",
    "中恒",
    "博雅",
    "顺达",
    "新纪元",
    "嘉禾",
    "汇通",
    "旭日",
    "铭筑",
    "安居",
    "巨匠",
    "鼎盛",
    "卓越",
    "城建",
    "绿源",
];
const CONTACTS: &[&str] = &[
    "王经理",
    "李工",
    "张总",
    "刘老板",
    "陈经理",
    "杨工",
    "赵总",
    "黄姐",
    "周师傅",
    "吴经理",
    "徐总",
    "孙工",
];

/// `count` customers over all branches, the same each time.
pub fn buyers(count: usize) -> Vec<Buyer> {
    let mut chance = Chance::named("buyers");
    let mut seen = std::collections::HashSet::new();
    let mut all = Vec::with_capacity(count);
    let mut tries = 0;
    while all.len() < count && tries < count * 40 {
        tries += 1;
        // Half of the business is in the two first regions.
        let place = if chance.percent(50) { chance.place(4) } else { chance.place(CITIES.len()) };
        let (Some((branch, city, streets)), Some((kind, endings))) =
            (CITIES.get(place), chance.one_of(KINDS))
        else {
            continue;
        };
        let (Some(first), Some(second)) = (chance.one_of(FIRST), chance.one_of(FIRST)) else { continue };
        let (Some(ending), Some(street), Some(contact)) =
            (chance.one_of(endings), chance.one_of(streets), chance.one_of(CONTACTS))
        else {
            continue;
        };
        let middle = if chance.percent(45) && first != second { second } else { "" };
        let name = format!("{city}{first}{middle}{ending}");
        if !seen.insert(name.clone()) {
            continue;
        }
        let tier = match (*kind, chance.between(1, 10)) {
            ("门店零售", _) => "零售",
            (_, 1..=2) => "A",
            (_, 3..=6) => "B",
            _ => "C",
        };
        all.push(Buyer {
            name,
            kind,
            tier,
            branch,
            city,
            contact: (*contact).to_string(),
            phone: format!("139{:08}", chance.between(10_000_000, 99_999_999)),
            address: format!("{city}市{street}{}号", chance.between(1, 388)),
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_are_the_same_each_time_and_none_is_there_twice() {
        let first: Vec<String> = buyers(400).into_iter().map(|buyer| buyer.name).collect();
        let second: Vec<String> = buyers(400).into_iter().map(|buyer| buyer.name).collect();
        assert_eq!(first, second);
        assert_eq!(first.len(), 400);
        assert_eq!(buyers(5_000).len(), 5_000);
    }
}
