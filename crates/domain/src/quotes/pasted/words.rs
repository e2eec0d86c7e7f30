//! How people write what they want to have: units, numbers and the words around them, as they stand in chats and sheets.

/// Units in which goods are counted; a number before one of them is a quantity.
pub const COUNTED_IN: &[&str] = &[
    "平方米",
    "平米",
    "平方",
    "立方米",
    "立方",
    "公斤",
    "千克",
    "厘米",
    "毫米",
    "桶",
    "袋",
    "箱",
    "包",
    "片",
    "块",
    "张",
    "卷",
    "根",
    "支",
    "个",
    "套",
    "件",
    "瓶",
    "米",
    "吨",
    "只",
    "把",
    "盒",
    "条",
    "扇",
    "副",
    "组",
    "板",
    "捆",
    "对",
    "罐",
    "盘",
    "匹",
    "方",
    "节",
    "台",
    "樘",
    "m2",
    "㎡",
    "m3",
    "m³",
];

/// Units of weight and size: they count goods only where nothing else does, for they mostly belong to the name.
pub const MEASURED_IN: &[&str] =
    &["kg", "g", "mm", "cm", "ml", "l", "m", "公斤", "千克", "厘米", "毫米", "升", "克"];

/// Different ways to write one unit, the first being how products write it.
pub const SAME_UNIT: &[&[&str]] = &[
    &["㎡", "平方米", "平米", "平方", "m2"],
    &["kg", "公斤", "千克"],
    &["m", "米"],
    &["m³", "立方米", "立方", "m3"],
    &["包", "袋"],
    &["片", "块"],
    &["根", "支", "条"],
    &["个", "只"],
    &["卷", "盘"],
    &["张", "板"],
];

/// What stands before the goods and says nothing of them; longer ones first.
pub const BEFORE: &[&str] = &[
    "麻烦帮我送",
    "麻烦给我来",
    "帮我报一下",
    "麻烦报一下",
    "麻烦送",
    "帮我报",
    "帮我送",
    "再给我来",
    "给我来",
    "还需要",
    "我需要",
    "另外再要",
    "另外要",
    "还要",
    "还有",
    "再来",
    "再要",
    "再加",
    "加上",
    "另外",
    "需要",
    "我要",
    "先要",
    "先来",
    "要",
    "来",
    "拿",
    "送",
    "报",
    "加",
    "订",
    "和",
];

/// What stands behind the goods or the quantity.
pub const BEHIND: &[&str] = &[
    "左右就行",
    "左右",
    "大概",
    "差不多",
    "就行",
    "就可以",
    "谢谢",
    "送到工地",
    "急用",
    "急",
    "吧",
    "哈",
    "哦",
    "的",
];

/// Words of heads in sheets: a line of nothing else names the columns.
pub const HEADS: &[&str] = &[
    "序号",
    "编号",
    "编码",
    "产品编码",
    "物料编码",
    "商品编码",
    "货号",
    "品名",
    "名称",
    "商品名称",
    "商品",
    "产品名称",
    "产品",
    "物料名称",
    "材料名称",
    "货品",
    "规格",
    "型号",
    "规格型号",
    "品牌",
    "颜色",
    "数量",
    "采购数量",
    "订货数量",
    "需求数量",
    "单位",
    "计量单位",
    "备注",
    "单价",
    "含税单价",
    "金额",
    "含税金额",
    "合计",
    "小计",
    "总计",
];

/// Heads of the column in which the quantities stand.
pub const QUANTITY_HEADS: &[&str] = &["数量", "采购数量", "订货数量", "需求数量"];

/// Begins a line that is a sum and no goods.
pub const SUMS: &[&str] = &["合计", "小计", "总计", "共计"];

/// The word for how many, in front of a number.
pub const QUANTITY: &[&str] = &["数量", "共计", "一共", "共"];

/// Chinese digits and the places they count.
pub const DIGITS: &[(char, i64)] = &[
    ('零', 0),
    ('〇', 0),
    ('一', 1),
    ('二', 2),
    ('两', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
];
pub const PLACES: &[(char, i64)] = &[('十', 10), ('百', 100), ('千', 1_000)];

/// Half of one: by itself before a unit, or behind it.
pub const HALF: char = '半';

/// Between the two ends of how many, as in 3-5桶.
pub const RANGE: &[char] = &['-', '~', '～', '–', '—', '到', '至', '或'];

/// Signs between things in a chat.
pub const BETWEEN: &[char] = &['\n', '\r', '，', '、', '；', ';', '。', '！', '!'];
