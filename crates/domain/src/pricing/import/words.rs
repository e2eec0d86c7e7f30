//! The words that price files use: heads of columns, sums, open ends.

use super::Meaning;

/// Heads that are a meaning when they stand alone, without signs and spaces.
pub(super) const HEADS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Code,
        &[
            "编码",
            "编号",
            "代码",
            "货号",
            "款号",
            "料号",
            "品号",
            "物料号",
            "物料编码",
            "物料编号",
            "物料代码",
            "型号",
            "产品型号",
            "商品型号",
            "商品编码",
            "商品编号",
            "商品代码",
            "产品编码",
            "产品编号",
            "产品代码",
            "存货编码",
            "存货编号",
            "sku",
            "skuid",
            "code",
            "item",
            "itemno",
            "itemcode",
            "productcode",
            "partno",
            "model",
        ],
    ),
    (
        Meaning::Barcode,
        &[
            "条码",
            "条形码",
            "商品条码",
            "商品条形码",
            "国际条码",
            "69码",
            "barcode",
            "ean",
            "ean13",
            "upc",
            "gtin",
        ],
    ),
    (
        Meaning::Name,
        &[
            "名称",
            "品名",
            "商品",
            "产品",
            "货品",
            "商品名称",
            "产品名称",
            "货品名称",
            "物料名称",
            "存货名称",
            "物料描述",
            "商品名",
            "产品名",
            "name",
            "productname",
            "itemname",
            "description",
            "品名规格",
        ],
    ),
    (
        Meaning::Spec,
        &[
            "规格",
            "规格型号",
            "商品规格",
            "产品规格",
            "型号规格",
            "尺寸",
            "包装规格",
            "spec",
            "specification",
            "size",
        ],
    ),
    (Meaning::Unit, &["单位", "计量单位", "计价单位", "销售单位", "基本单位", "报价单位", "unit", "uom"]),
    (
        Meaning::Price,
        &[
            "单价",
            "价格",
            "售价",
            "销售价",
            "销售单价",
            "经销价",
            "经销单价",
            "分销价",
            "批发价",
            "出厂价",
            "供货价",
            "供价",
            "报价",
            "执行价",
            "现价",
            "新价",
            "标准价",
            "标价",
            "目录价",
            "结算价",
            "含税价",
            "含税单价",
            "不含税价",
            "不含税单价",
            "未税价",
            "未税单价",
            "price",
            "unitprice",
            "listprice",
            "netprice",
            "grossprice",
            "pricewithtax",
            "pricewidthtax",
            "priceincltax",
            "priceexcltax",
            "pricewithouttax",
        ],
    ),
    (
        Meaning::MinQty,
        &[
            "起订量",
            "最小起订量",
            "最低起订量",
            "起批量",
            "起售量",
            "起订数量",
            "最小订量",
            "最小数量",
            "数量起",
            "数量阶梯",
            "起始数量",
            "moq",
            "minqty",
            "minimumquantity",
        ],
    ),
    (
        Meaning::From,
        &[
            "生效日期",
            "生效日",
            "生效时间",
            "执行日期",
            "执行时间",
            "开始日期",
            "起始日期",
            "启用日期",
            "开始时间",
            "validfrom",
            "from",
            "startdate",
            "effectivedate",
        ],
    ),
    (
        Meaning::To,
        &[
            "失效日期",
            "失效日",
            "截止日期",
            "截止日",
            "结束日期",
            "终止日期",
            "到期日",
            "到期日期",
            "有效期至",
            "有效期",
            "结束时间",
            "validto",
            "validuntil",
            "to",
            "until",
            "enddate",
        ],
    ),
    (
        Meaning::Note,
        &["备注", "说明", "附注", "备考", "remark", "remarks", "note", "notes", "comment", "memo"],
    ),
];

/// Parts by which a longer head is recognised, when it is none of the above.
pub(super) const HEAD_PARTS: &[(Meaning, &[&str])] = &[
    (Meaning::Barcode, &["条码", "条形码", "barcode"]),
    (Meaning::From, &["生效", "起始日", "开始日"]),
    (Meaning::To, &["失效", "截止", "到期", "有效期"]),
    (Meaning::MinQty, &["起订", "起批", "moq"]),
    (Meaning::Price, &["价", "price"]),
    (Meaning::Unit, &["单位", "uom"]),
    (Meaning::Code, &["编码", "编号", "货号", "料号", "型号", "sku", "code"]),
    (Meaning::Spec, &["规格", "尺寸", "spec"]),
    (Meaning::Name, &["名称", "品名", "name"]),
    (Meaning::Note, &["备注", "说明", "remark"]),
];

/// Heads with a price that is not the one to sell at.
pub(super) const NOT_THE_PRICE: &[&str] = &[
    "成本",
    "进价",
    "进货",
    "采购",
    "底价",
    "最低价",
    "限价",
    "金额",
    "总价",
    "小计",
    "合计",
    "差价",
    "涨幅",
    "调价",
    "价差",
    "cost",
    "amount",
    "total",
];

/// Heads with a price that is only taken when no other is there.
pub(super) const LESSER_PRICES: &[&str] =
    &["零售", "建议", "面价", "吊牌", "市场价", "原价", "旧价", "上期", "上次", "参考", "retail", "old"];

/// Signs of prices without tax; looked for before those with tax.
pub(super) const WITHOUT_TAX: &[&str] =
    &["不含税", "未含税", "未税", "除税", "去税", "税前", "净价", "withouttax", "exclt", "extax", "nettax"];

/// Signs of prices with tax.
pub(super) const WITH_TAX: &[&str] = &["含税", "税后", "价税", "withtax", "widthtax", "inclt", "gross"];

/// Signs and words that carry no meaning in a head.
pub(super) const HEAD_NOISE: &[&str] = &["人民币", "rmb", "cny", "元", "必填", "选填"];

/// How a row of sums begins.
pub(super) const SUBTOTALS: &[&str] =
    &["合计", "小计", "总计", "共计", "本页合计", "total", "subtotal", "sum"];

/// What the lines of a list are counted in, behind a number.
pub(super) const COUNTED: &[char] = &['项', '行', '种', '条', '款', '个', '件'];

/// Days that are open: nothing ends, or everything has begun.
pub(super) const OPEN_DAYS: &[&str] = &[
    "长期",
    "长期有效",
    "永久",
    "永久有效",
    "不限",
    "无",
    "即日",
    "即日起",
    "立即",
    "立即生效",
    "-",
    "--",
    "/",
    "—",
];

/// What stands around a quantity from which a price holds.
pub(super) const QTY_BEFORE: &[&str] = &["≥", ">=", "=>", "满", "起订"];

/// What stands behind it.
pub(super) const QTY_AFTER: &[&str] = &["以上", "及以上", "起订", "起批", "起", "+"];

/// What stands before a price.
pub(super) const PRICE_BEFORE: &[&str] = &["人民币", "rmb", "cny", "¥", "￥", "$"];

/// What stands behind a price.
pub(super) const PRICE_AFTER: &[&str] = &["人民币", "rmb", "cny", "元整", "元"];

/// What stands between the parts of a day.
pub(super) const DAY_SIGNS: &[char] = &['年', '月', '日', '/', '.', '-'];

/// What may stand behind a day.
pub(super) const DAY_AFTER: &[char] = &['起', '止'];

/// What stands between money and unit in a head.
pub(super) const PER_UNIT: &str = "元/";

/// Brackets, opening and closing.
pub(super) const OPENING: &[char] = &['(', '[', '【', '<', '〔', '《'];
pub(super) const CLOSING: &[char] = &[')', ']', '】', '>', '〕', '》'];

/// Heads of figures that are no price.
pub(super) const OTHER_NUMBERS: &[&str] = &[
    "序号", "行号", "库存", "数量", "重量", "毛重", "净重", "体积", "税率", "折扣", "箱规", "装箱", "件数",
    "长", "宽", "高", "电话", "stock", "qty", "quantity", "weight", "volume", "rate", "discount", "no",
];

/// What stands where a code or a price is not known yet.
pub(super) const PLACEHOLDERS: &[&str] =
    &["未知", "待定", "暂无", "暂缺", "不详", "无", "无编码", "N/A", "NA", "TBD", "?", "-", "--", "—", "/"];

/// Words that repeat what stands above.
pub(super) const DITTOS: &[&str] = &["同上", "同前"];

/// Names of sheets that hold no prices, or not those in force.
pub(super) const OTHER_SHEETS: &[&str] =
    &["说明", "封面", "目录", "历史", "旧价", "旧版", "作废", "停产", "停售", "备份", "对比", "成本"];

/// What the name of every price file may hold.
pub(super) const FILE_NAME_NOISE: &[&str] = &[
    "价格表",
    "价目表",
    "报价单",
    "报价表",
    "价格",
    "价目",
    "报价",
    "最新",
    "工程",
    "年",
    "月",
    "日",
    "含税",
    "不含税",
    "调价",
    "通知",
    "副本",
    "Book",
    "book",
    "Sheet",
    "sheet",
];

/// What may stand between a price and words behind it.
pub(super) const REMARK_SIGNS: &[char] = &[',', ';', '\u{3001}', '*'];
