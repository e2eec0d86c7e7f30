//! The demo catalogue: what a building-materials dealer in Jiangsu keeps, with units, barcodes and costs.

use crate::chance::Chance;

/// A category and its parent.
pub const CATEGORIES: &[(&str, Option<&str>)] = &[
    ("涂料", None),
    ("内墙涂料", Some("涂料")),
    ("外墙涂料", Some("涂料")),
    ("腻子与底漆", Some("涂料")),
    ("防水", None),
    ("防水涂料", Some("防水")),
    ("防水卷材", Some("防水")),
    ("瓷砖", None),
    ("地砖", Some("瓷砖")),
    ("墙砖", Some("瓷砖")),
    ("水泥砂浆", None),
    ("管材管件", None),
    ("给水管", Some("管材管件")),
    ("排水管", Some("管材管件")),
    ("板材龙骨", None),
    ("电工电料", None),
    ("五金辅料", None),
];

/// What few people buy, with the category above all of them first.
pub const PREMIUM_CATEGORIES: &[(&str, Option<&str>)] = &[
    ("高端定制", None),
    ("岩板大板", Some("高端定制")),
    ("艺术涂料", Some("高端定制")),
    ("智能五金", Some("高端定制")),
];

/// Brands; goods of the first are called by their name alone.
const BRANDS: &[&str] = &["", "江月", "磐岩", "青禾", "云岭", "北固"];

/// One product of the demo catalogue. Money in fen per base unit.
pub struct Goods {
    pub code: String,
    pub name: String,
    pub spec: String,
    pub category: &'static str,
    pub base_unit: &'static str,
    /// Other units with the number of base units that one holds, as decimal text.
    pub units: Vec<(&'static str, &'static str)>,
    pub barcode: Option<String>,
    pub cost: i64,
    pub floor: i64,
    pub list: i64,
}

struct Family {
    code: &'static str,
    category: &'static str,
    names: &'static [&'static str],
    specs: &'static [(&'static str, i64)],
    base_unit: &'static str,
    units: &'static [(&'static str, &'static str)],
    /// Cost in fen of the first spec of the first name.
    cost: i64,
}

const FAMILIES: &[Family] = &[
    Family {
        code: "NQ",
        category: "内墙涂料",
        names: &["净味内墙乳胶漆", "抗菌儿童内墙漆", "竹炭净醛内墙漆", "工程内墙乳胶漆", "哑光墙面漆"],
        specs: &[("5L", 100), ("18L", 310), ("20kg", 330)],
        base_unit: "桶",
        units: &[("箱", "4")],
        cost: 5_600,
    },
    Family {
        code: "WQ",
        category: "外墙涂料",
        names: &["弹性外墙乳胶漆", "真石漆", "多彩仿石漆", "外墙罩面漆", "自洁外墙漆"],
        specs: &[("18L", 100), ("20kg", 112), ("75kg", 360)],
        base_unit: "桶",
        units: &[],
        cost: 9_800,
    },
    Family {
        code: "NZ",
        category: "腻子与底漆",
        names: &["内墙耐水腻子粉", "外墙柔性腻子粉", "抗裂粉刷石膏", "抗碱封闭底漆", "界面剂"],
        specs: &[("15kg", 70), ("20kg", 100), ("25kg", 120)],
        base_unit: "袋",
        units: &[("吨", "50")],
        cost: 1_850,
    },
    Family {
        code: "FS",
        category: "防水涂料",
        names: &["JS聚合物防水涂料", "K11通用型防水浆料", "聚氨酯防水涂料", "丙烯酸防水涂料", "柔性防水浆料"],
        specs: &[("10kg", 62), ("18kg", 100), ("20kg", 108)],
        base_unit: "桶",
        units: &[],
        cost: 12_400,
    },
    Family {
        code: "JC",
        category: "防水卷材",
        names: &["SBS改性沥青卷材", "自粘聚合物卷材", "丙纶复合卷材", "TPO高分子卷材"],
        specs: &[("3mm", 80), ("4mm", 100), ("1.5mm", 90)],
        base_unit: "卷",
        units: &[("㎡", "0.1")],
        cost: 21_500,
    },
    Family {
        code: "DZ",
        category: "地砖",
        names: &["通体大理石地砖", "柔光地砖", "防滑仿古地砖", "木纹地砖", "微晶石地砖"],
        specs: &[("600×600", 40), ("750×1500", 128), ("800×800", 78)],
        base_unit: "片",
        units: &[("箱", "4")],
        cost: 2_900,
    },
    Family {
        code: "QZ",
        category: "墙砖",
        names: &["釉面墙砖", "厨卫哑光墙砖", "马赛克墙砖", "仿大理石墙砖"],
        specs: &[("300×600", 50), ("400×800", 95), ("300×300", 36)],
        base_unit: "片",
        units: &[("箱", "8")],
        cost: 1_150,
    },
    Family {
        code: "SN",
        category: "水泥砂浆",
        names: &["普通硅酸盐水泥", "瓷砖粘结剂", "自流平水泥", "抹灰砂浆", "填缝剂", "砌筑砂浆"],
        specs: &[("P.O 42.5 50kg", 120), ("25kg", 70), ("20kg", 60)],
        base_unit: "袋",
        units: &[("吨", "20")],
        cost: 2_100,
    },
    Family {
        code: "GS",
        category: "给水管",
        names: &["PPR热水管", "PPR冷水管", "PE给水管", "PPR等径弯头", "PPR等径三通", "铝塑复合管"],
        specs: &[("DN20", 60), ("DN25", 92), ("DN32", 150), ("DN40", 230)],
        base_unit: "根",
        units: &[("捆", "20")],
        cost: 980,
    },
    Family {
        code: "PS",
        category: "排水管",
        names: &["PVC-U排水管", "PVC-U静音排水管", "PVC-U直接", "PVC-U顺水三通", "HDPE双壁波纹管"],
        specs: &[("DN50", 52), ("DN75", 80), ("DN110", 130), ("DN160", 240)],
        base_unit: "根",
        units: &[("捆", "10")],
        cost: 1_260,
    },
    Family {
        code: "BC",
        category: "板材龙骨",
        names: &["纸面石膏板", "硅酸钙板", "阻燃胶合板", "轻钢主龙骨", "轻钢副龙骨", "矿棉吸音板"],
        specs: &[("9.5mm", 82), ("12mm", 100), ("15mm", 135)],
        base_unit: "张",
        units: &[("托", "50")],
        cost: 2_250,
    },
    Family {
        code: "DG",
        category: "电工电料",
        names: &["BV铜芯线", "BVR软线", "网线六类"],
        specs: &[("1.5mm²", 70), ("2.5mm²", 108), ("4mm²", 168), ("6mm²", 250)],
        base_unit: "卷",
        units: &[("箱", "8")],
        cost: 9_200,
    },
    Family {
        code: "KG",
        category: "电工电料",
        names: &["五孔插座", "单开双控开关", "网线插座", "双开双控开关"],
        specs: &[("86型 白", 100), ("86型 灰", 112), ("118型 白", 135)],
        base_unit: "个",
        units: &[("盒", "10")],
        cost: 780,
    },
    Family {
        code: "XG",
        category: "电工电料",
        names: &["阻燃电线管", "镀锌线管"],
        specs: &[("Φ16", 60), ("Φ20", 82), ("Φ25", 118)],
        base_unit: "根",
        units: &[("捆", "50")],
        cost: 320,
    },
    Family {
        code: "WJ",
        category: "五金辅料",
        names: &[
            "中性硅酮密封胶",
            "美缝剂",
            "羊毛滚筒刷",
            "抗裂网格布",
            "膨胀螺栓",
            "阴阳角条",
            "发泡填缝剂",
        ],
        specs: &[("标准", 100), ("大号", 145), ("工程装", 260)],
        base_unit: "支",
        units: &[("箱", "24")],
        cost: 860,
    },
];

const PREMIUM_FAMILIES: &[Family] = &[
    Family {
        code: "YB",
        category: "岩板大板",
        names: &["雪山白岩板", "劳伦黑金岩板", "鱼肚白岩板", "阿玛尼灰岩板", "云石连纹岩板"],
        specs: &[("1200×2400", 100), ("1600×3200", 210), ("900×1800", 64)],
        base_unit: "片",
        units: &[("托", "12")],
        cost: 42_000,
    },
    Family {
        code: "YS",
        category: "艺术涂料",
        names: &["微水泥艺术漆", "雅晶石艺术漆", "天鹅绒艺术漆", "马来漆", "贝壳粉艺术漆"],
        specs: &[("5kg", 100), ("15kg", 270), ("20kg", 345)],
        base_unit: "桶",
        units: &[],
        cost: 28_500,
    },
    Family {
        code: "ZN",
        category: "智能五金",
        names: &["智能指纹锁", "静音磁吸门锁", "隐形铰链", "电动晾衣架", "恒温花洒"],
        specs: &[("标准款", 100), ("旗舰款", 165), ("工程款", 82)],
        base_unit: "套",
        units: &[],
        cost: 36_000,
    },
];

/// The first `limit` products of the demo catalogue, the same each time.
pub fn goods(limit: usize) -> Vec<Goods> {
    let mut chance = Chance::named("goods");
    let mut all = Vec::new();
    // Name by name through all families, so that a small catalogue has something of everything; brand after brand.
    let rounds = FAMILIES.iter().map(|family| family.names.len()).max().unwrap_or(0);
    for (place, brand) in BRANDS.iter().enumerate() {
        for round in 0..rounds {
            for family in FAMILIES {
                let Some(name) = family.names.get(round) else { continue };
                let named = Named { name: format!("{brand}{name}"), round: place * rounds + round };
                for (index, (spec, weight)) in family.specs.iter().enumerate() {
                    all.push(product(family, &named, index, spec, *weight, &mut chance));
                }
            }
        }
    }
    all.truncate(limit);
    all
}

/// The premium goods, which only a company with a long history sells.
pub fn premium_goods() -> Vec<Goods> {
    let mut chance = Chance::named("premium goods");
    let mut all = Vec::new();
    for family in PREMIUM_FAMILIES {
        for (round, name) in family.names.iter().enumerate() {
            let named = Named { name: (*name).to_string(), round };
            for (index, (spec, weight)) in family.specs.iter().enumerate() {
                all.push(product(family, &named, index, spec, *weight, &mut chance));
            }
        }
    }
    all
}

/// What a product of a family is called, and which of them it is.
struct Named {
    name: String,
    round: usize,
}

fn product(
    family: &Family,
    named: &Named,
    index: usize,
    spec: &str,
    weight: i64,
    chance: &mut Chance,
) -> Goods {
    let first = family.specs.first().map_or(100, |(_, weight)| *weight);
    let cost = family.cost * weight / first * chance.between(88, 118) / 100;
    let list = (cost * chance.between(150, 172) / 100 + 49) / 50 * 50;
    let code = format!("{}{:02}{:02}", family.code, named.round + 1, index + 1);
    let digits = code.bytes().fold(690_321_u64, |sum, byte| sum * 31 % 100_000_007 + u64::from(byte));
    Goods {
        barcode: (index != 2).then(|| barcode(digits)),
        code,
        name: named.name.clone(),
        spec: spec.to_string(),
        category: family.category,
        base_unit: family.base_unit,
        units: family.units.to_vec(),
        cost,
        floor: cost * 112 / 100,
        list,
    }
}

/// EAN-13 of a Chinese maker: 690 + nine digits + check digit.
fn barcode(digits: u64) -> String {
    let twelve = format!("690{:09}", digits % 1_000_000_000);
    let sum: u32 = twelve
        .bytes()
        .enumerate()
        .map(|(place, byte)| u32::from(byte - b'0') * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    format!("{twelve}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn nobody_sells_a_socket_by_the_roll() {
        for goods in goods(1_000).iter().filter(|it| it.name.contains("插座") || it.name.contains("开关"))
        {
            assert_eq!((goods.base_unit, goods.units[0]), ("个", ("盒", "10")), "{}", goods.name);
        }
        for goods in goods(1_000).iter().filter(|it| it.base_unit == "卷") {
            let rolled = ["线", "卷材"].iter().any(|word| goods.name.contains(word));
            assert!(rolled, "{} by the roll", goods.name);
        }
    }

    #[test]
    fn codes_and_barcodes_are_unique_and_prices_leave_room() {
        let mut all = goods(1_200);
        assert_eq!(all.len(), 1_200);
        all.extend(premium_goods());
        assert!(all.len() > 1_200, "{}", all.len());
        let codes: HashSet<_> = all.iter().map(|goods| &goods.code).collect();
        assert_eq!(codes.len(), all.len());
        let barcodes: Vec<_> = all.iter().filter_map(|goods| goods.barcode.as_ref()).collect();
        assert_eq!(barcodes.iter().collect::<HashSet<_>>().len(), barcodes.len());
        for goods in &all {
            assert!(goods.list * 86 / 100 > goods.floor, "{} {}", goods.code, goods.name);
        }
    }
}
