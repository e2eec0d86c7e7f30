//! The 63 people of the demo company, its regions and its branches.

/// A branch: name and code.
type Branch = (&'static str, &'static str);

/// A region with its branches: name, code, branches.
pub const REGIONS: &[(&str, &str, &[Branch])] = &[
    ("苏州大区", "RSZ", &[("苏州分公司", "SZ"), ("昆山分公司", "KS")]),
    ("南京大区", "RNJ", &[("南京分公司", "NJ"), ("镇江分公司", "ZJ")]),
    ("锡常大区", "RXC", &[("无锡分公司", "WX"), ("常州分公司", "CZ")]),
    (
        "通泰大区",
        "RTT",
        &[("南通分公司", "NT"), ("泰州分公司", "TZ"), ("扬州分公司", "YZ"), ("盐城分公司", "YC")],
    ),
    (
        "淮海大区",
        "RHH",
        &[("徐州分公司", "XZ"), ("淮安分公司", "HA"), ("宿迁分公司", "SQ"), ("连云港分公司", "LY")],
    ),
];

/// The code of the region that a branch belongs to.
pub fn region_of(branch: &str) -> &'static str {
    let within = |branches: &[Branch]| branches.iter().any(|(_, code)| *code == branch);
    let found = REGIONS.iter().find(|(_, _, branches)| within(branches));
    found.map(|(_, code, _)| *code).unwrap_or_default()
}

/// Somebody of the demo company; `place` is the code of the node they belong to.
pub struct Staff {
    pub account: String,
    pub name: String,
    pub phone: String,
    pub place: &'static str,
    pub role: &'static str,
}

/// The accounts that are named on the sign-in page of the demo: one per role, two of head office's operations.
pub const NAMED: &[(&str, &str, &str, &str)] = &[
    ("laoban", "周永年", "HQ", "owner"),
    ("yunying1", "沈若溪", "HQ", "hq_operations"),
    ("yunying2", "顾一鸣", "HQ", "hq_operations"),
    ("suzhou", "陆建平", "RSZ", "region_manager"),
    ("nanjing", "赵海峰", "RNJ", "region_manager"),
    ("xiaochen", "陈思远", "SZ", "seller"),
    ("xinren", "林小满", "SZ", "new_seller"),
    ("cangguan", "王德发", "HQ", "warehouse_keeper"),
    ("wuliu", "孙长河", "HQ", "logistics_lead"),
    ("caiwu", "何静怡", "HQ", "finance"),
    ("renshi", "钱晓芸", "HQ", "personnel"),
    ("guanli", "吴系统", "HQ", "administrator"),
];

const OTHER_MANAGERS: &[(&str, &str, &str)] =
    &[("wuxi", "唐国栋", "RXC"), ("nantong", "严学军", "RTT"), ("xuzhou", "马振华", "RHH")];

const FAMILY_NAMES: &[&str] = &[
    "张", "李", "刘", "杨", "黄", "朱", "徐", "胡", "高", "郭", "罗", "梁", "宋", "谢", "韩", "曹", "许",
    "邓",
];
const GIVEN_NAMES: &[&str] = &[
    "子轩", "伟", "雅婷", "俊杰", "丽华", "志强", "敏", "文博", "小燕", "建国", "佳怡", "海涛", "雪梅",
    "浩然", "春霞", "立新", "晨曦",
];

/// All 63, or the named ones and one seller per branch for the small company.
pub fn staff(small: bool) -> Vec<Staff> {
    let mut all: Vec<Staff> = NAMED
        .iter()
        .map(|(account, name, place, role)| person(account, name, place, role))
        .chain(
            OTHER_MANAGERS
                .iter()
                .map(|(account, name, place)| person(account, name, place, "region_manager")),
        )
        .collect();
    let branches: Vec<&'static str> =
        REGIONS.iter().flat_map(|(_, _, branches)| branches.iter().map(|(_, code)| *code)).collect();
    let total = if small { all.len() + branches.len() } else { 63 };
    let mut index = 0;
    while all.len() < total {
        let Some(branch) = branches.get(index % branches.len().max(1)) else { break };
        let family = FAMILY_NAMES.get(index % FAMILY_NAMES.len()).copied().unwrap_or_default();
        let given = GIVEN_NAMES.get(index % GIVEN_NAMES.len()).copied().unwrap_or_default();
        let account = format!("{}{:02}", branch.to_lowercase(), index / branches.len().max(1) + 1);
        all.push(person(&account, &format!("{family}{given}"), branch, "seller"));
        index += 1;
    }
    for (index, staff) in all.iter_mut().enumerate() {
        staff.phone = format!("138{:08}", 51_200_000 + index * 137);
    }
    all
}

fn person(account: &str, name: &str, place: &'static str, role: &'static str) -> Staff {
    Staff { account: account.to_string(), name: name.to_string(), phone: String::new(), place, role }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_company_has_63_people_with_accounts_of_their_own() {
        let all = staff(false);
        assert_eq!(all.len(), 63);
        assert_eq!(all.iter().map(|staff| &staff.account).collect::<HashSet<_>>().len(), 63);
        assert_eq!(all.iter().map(|staff| &staff.name).collect::<HashSet<_>>().len(), 63);
    }
}
