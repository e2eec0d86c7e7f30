//! What people call the fields of the interface: one table from the name on the wire to the name on the screen.

const LABELS: &[(&str, &str)] = &[
    ("accent", "彩色"),
    ("account", "账号"),
    ("active", "是否启用"),
    ("active_ms", "时长"),
    ("actor", "谁"),
    ("address", "地址"),
    ("after", "翻页位置"),
    ("agree", "同意的新价"),
    ("amount_off", "减价金额"),
    ("apply", "是否导入"),
    ("archived", "是否停用"),
    ("area", "面积"),
    ("at", "时间"),
    ("bank_account", "银行账号"),
    ("bank_name", "开户行"),
    ("barcodes", "条码"),
    ("base", "基础价目表"),
    ("base_unit", "基本单位"),
    ("branch", "所属"),
    ("branch_id", "所属"),
    ("by", "分组"),
    ("category", "分类"),
    ("category_id", "分类"),
    ("changed_only", "只看有改动的"),
    ("choices", "选择"),
    ("city", "城市"),
    ("class", "种类"),
    ("code", "编码"),
    ("columns", "要显示的列"),
    ("company", "公司"),
    ("competitor", "对手"),
    ("competitor_price", "对手的价格"),
    ("contact", "联系人"),
    ("content", "内容"),
    ("convert_tax", "换算含税"),
    ("cost", "成本"),
    ("current", "现在的密码"),
    ("customer", "客户"),
    ("customer_id", "客户"),
    ("customer_ids", "客户"),
    ("customers", "适用客户"),
    ("day", "日期"),
    ("days", "有效天数"),
    ("decisions", "逐行的选择"),
    ("delete", "要删的行"),
    ("delivery_day", "送货日期"),
    ("delivery_words", "送货要求"),
    ("deposit_amount", "订金"),
    ("deposit_percent", "订金比例"),
    ("depth", "最多让价"),
    ("digest_at", "每天汇总的时间"),
    ("effective_at", "生效时间"),
    ("entity", "对象种类"),
    ("entity_id", "对象"),
    ("events", "记录"),
    ("expected_net", "看到的合计"),
    ("factor", "换算数量"),
    ("file", "文件"),
    ("files", "图片"),
    ("filters", "筛选条件"),
    ("floor_price", "底价"),
    ("for", "给谁"),
    ("formula", "公式"),
    ("from", "起始日"),
    ("goods", "商品范围"),
    ("group", "分组"),
    ("head_row", "表头所在行"),
    ("heading", "小标题"),
    ("heading_second", "英文小标题"),
    ("held", "没执行的怎么办"),
    ("holder_id", "接手的人"),
    ("id", "标识"),
    ("ids", "次序"),
    ("includes_tax", "是否含税"),
    ("invoice", "发票种类"),
    ("item", "配置项"),
    ("keep", "以这一行为准"),
    ("key", "名称"),
    ("kind", "种类"),
    ("language", "语言"),
    ("last", "上一条提示的编号"),
    ("last_day", "链接有效到"),
    ("limit", "每页条数"),
    ("lines", "商品行"),
    ("list", "列表"),
    ("lost", "丢单"),
    ("manual", "改价"),
    ("mapping", "列的对应"),
    ("max", "最高百分比"),
    ("min", "最低百分比"),
    ("min_qty", "起订量"),
    ("name", "名称"),
    ("names_two", "编码和名称是两个商品"),
    ("next", "新密码"),
    ("note", "备注"),
    ("notes", "说明"),
    ("of", "以什么为准"),
    ("of_other", "别的价目表的文件"),
    ("off", "是否不再提示"),
    ("on", "是否印出"),
    ("opens", "可打开"),
    ("order", "位置"),
    ("org_id", "所属机构"),
    ("own", "目录外项目"),
    ("owner", "负责人"),
    ("owner_id", "负责人"),
    ("page", "纸张"),
    ("parent_id", "上级"),
    ("parts", "印出的内容"),
    ("password", "密码"),
    ("payment", "付款方式"),
    ("payment_words", "付款约定"),
    ("percent", "折扣"),
    ("percent_off", "减价比例"),
    ("person_id", "人员"),
    ("phone", "电话"),
    ("pictures", "带产品图片"),
    ("plus", "公式加价"),
    ("price", "价格"),
    ("price_decimals", "单价小数位"),
    ("product", "商品"),
    ("product_code", "我们的编码"),
    ("product_id", "商品"),
    ("put", "要改的行"),
    ("q", "搜索"),
    ("qty", "数量"),
    ("quiet_from", "安静时段开始"),
    ("quiet_to", "安静时段结束"),
    ("quote", "报价单"),
    ("quote_id", "报价单"),
    ("quote_valid_days", "报价有效天数"),
    ("reason", "原因"),
    ("region", "大区"),
    ("regions", "适用大区"),
    ("rev", "版本"),
    ("rights", "权限"),
    ("role", "岗位"),
    ("role_ids", "岗位"),
    ("round_up", "向上取整"),
    ("rounding", "抹零"),
    ("row", "行"),
    ("scope", "范围"),
    ("seal_file", "公章图片"),
    ("seconds", "时长（秒）"),
    ("seed", "抽样编号"),
    ("seen", "看过的提醒"),
    ("series", "系列"),
    ("share", "分享链接"),
    ("shared", "是否共用"),
    ("sheet", "工作表"),
    ("sheets", "工作表"),
    ("show", "看待办还是已了结"),
    ("signed_day", "签字日期"),
    ("signer", "签字人"),
    ("site_address", "工地地址"),
    ("site_contact", "工地联系人"),
    ("site_phone", "工地电话"),
    ("skip", "不导入"),
    ("skip_bad", "跳过有问题的行"),
    ("sort", "排序"),
    ("spec", "规格"),
    ("state", "状态"),
    ("supplier", "供应商"),
    ("taken", "是否导入"),
    ("tax_no", "税号"),
    ("tax_rate", "税率"),
    ("terms", "交货与结算"),
    ("text", "内容"),
    ("text_second", "英文文字"),
    ("tier", "等级"),
    ("tier_applies", "再按等级打折"),
    ("times", "套数"),
    ("title", "标题"),
    ("title_second", "英文标题"),
    ("to", "截止"),
    ("token", "链接"),
    ("topics", "要外发的事件"),
    ("type", "类型"),
    ("unit", "单位"),
    ("unit_price", "单价"),
    ("units", "换算单位"),
    ("until", "放行到"),
    ("valid_to", "最晚有效期"),
    ("valid_until", "有效期"),
    ("voids", "要作废的版本"),
    ("whole", "整单优惠"),
    ("whose", "看谁的任务"),
    ("why", "丢单原因"),
    ("words", "补充说明"),
];

/// The name on the screen of the field `name`; a test of the server walks through every field of the interface.
pub fn label(name: &str) -> Option<&'static str> {
    LABELS.iter().find(|(known, _)| *known == name).map(|(_, label)| *label)
}

/// What people call the field at `path`: `lines[2].qty` → 第 3 行的数量; a name that is not known stays as it is.
pub fn label_of(path: &str) -> String {
    let (before, last) = path.rsplit_once('.').unwrap_or(("", path));
    let (name, place) = split_place(last);
    let name = label(name).unwrap_or(name);
    if let Some(place) = place {
        return format!("第 {} 个{name}", place.saturating_add(1));
    }
    let within = before.split('.').next().map(split_place);
    match within {
        Some(("lines" | "put", Some(place))) => format!("第 {} 行的{name}", place.saturating_add(1)),
        Some((list, Some(place))) => {
            format!("第 {} 个{}的{name}", place.saturating_add(1), label(list).unwrap_or(list))
        }
        _ => name.to_string(),
    }
}

/// The row that a path lies in, counted from one: `put[6].code` → 7.
pub fn row_of(path: &str) -> Option<usize> {
    match split_place(path.split('.').next()?) {
        ("lines" | "put", Some(place)) => Some(place.saturating_add(1)),
        _ => None,
    }
}

/// `lines[2]` → `lines` and 2.
fn split_place(part: &str) -> (&str, Option<usize>) {
    match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
        Some((name, place)) => (name, place.parse().ok()),
        None => (part, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_called_as_on_the_screen_with_its_place() {
        assert_eq!(label_of("floor_price"), "底价");
        assert_eq!(label_of("company.name"), "名称");
        assert_eq!(label_of("lines[2].qty"), "第 3 行的数量");
        assert_eq!(label_of("put[0].content.price"), "第 1 行的价格");
        assert_eq!(label_of("units[1].factor"), "第 2 个换算单位的换算数量");
        assert_eq!(label_of("role_ids[0]"), "第 1 个岗位");
        assert_eq!(label_of("colour"), "colour");
    }
}
