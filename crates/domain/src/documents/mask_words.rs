//! Endings of firms' names that say nothing about whose firm it is.

/// Legal forms, parted by blanks; one that ends like another stands before it.
pub const LEGAL_FORMS: &str = "股份有限公司 有限责任公司 有限公司 集团公司 总公司 分公司 公司 集团 合伙企业 合作社 \
    经营部 经销部 批发部 门市部 项目部 工程队 商行 商店 中心 工厂 厂 店";

/// Trades that stand before the legal form, parted by blanks; one that ends like another stands before it.
pub const TRADES: &str = "建筑材料 装饰材料 建材 材料 装饰 装潢 建设 建筑 工程 涂料 化工 贸易 商贸 物资 园林 绿化 五金 \
    机电 家居 房地产 置业 实业 科技 防水 水电 市政 保温 地坪";
