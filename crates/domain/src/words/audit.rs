//! Words of the log of who did what: kinds of events, kinds of records, their fields.

use serde_json::{Map, Value};

use super::{access, fields, share, webhooks};
use crate::access::{OnLink, Right};
use crate::quotes::Device;

/// What can have happened, by the kind of its event, in the order in which a filter offers them: no two kinds
/// are called the same, or whoever picks one of them finds only half.
pub const KINDS: &[(&str, &str)] = &[
    ("quote.drafted", "新建报价草稿"),
    ("quote.deleted", "删除报价草稿"),
    ("quote.issued", "出具报价单"),
    ("quote.superseded", "报价单被新版取代"),
    ("quote.taken_over", "接手报价草稿"),
    ("quote.asked", "请别人处理报价草稿"),
    ("quote.ask_given_back", "退回请处理的草稿"),
    ("quote.ask_withdrawn", "收回请处理"),
    ("quote.written_over", "改了别人写的报价草稿"),
    ("quote.stood_by", "请人处理别人改过的草稿"),
    ("quote.floor_refused", "出具时价格超出范围被拦下"),
    ("quote.floor_still_refused", "被拦下的草稿换手，价格没有改"),
    ("quote.shared", "发出分享链接"),
    ("quote.share_withdrawn", "收回分享链接"),
    ("quote.code_handed_over", "交出确认码"),
    ("quote.opened_by_customer", "客户打开报价单"),
    ("quote.accepted", "客户线上确认"),
    ("quote.signed", "录入签约"),
    ("quote.cancelled", "取消报价单"),
    ("quote.lost", "报价单丢单"),
    ("quote.released", "放行作废价格的报价单"),
    ("quote.follow_up_set", "安排跟进"),
    ("seal.used", "用章"),
    ("order.made", "生成订单"),
    ("customer.made", "新建客户"),
    ("customer.changed", "修改客户"),
    ("customer.item_codes", "修改客户的商品编码"),
    ("product.created", "新建商品"),
    ("product.changed", "修改商品"),
    ("product.archived", "停售商品"),
    ("product.restored", "恢复销售"),
    ("product.picture_added", "添加商品图片"),
    ("product.picture_removed", "移除商品图片"),
    ("product.picture_restored", "找回商品图片"),
    ("product.pictures_ordered", "调整图片顺序"),
    ("category.created", "新建分类"),
    ("quote_set.made", "新建常用清单"),
    ("quote_set.changed", "修改常用清单"),
    ("quote_set.deleted", "删除常用清单"),
    ("quote_set.restored", "找回常用清单"),
    ("item.created", "给大区单独设一份配置"),
    ("item.made", "新建价目表"),
    ("item.renamed", "配置改名"),
    ("item.retired", "停用配置"),
    ("draft.created", "新建配置草稿"),
    ("draft.imported", "导入价目表文件"),
    ("draft.submitted", "提交配置草稿"),
    ("draft.returned", "退回配置草稿"),
    ("draft.confirmed", "确认配置草稿"),
    ("draft.rebased", "配置草稿对齐新版"),
    ("draft.discarded", "放弃配置草稿"),
    ("rule.paused", "规则自动暂停"),
    ("rule.resumed", "恢复规则"),
    ("quote.task_opened", "为单据自动派任务"),
    ("company.task_opened", "定时自动派任务"),
    ("quote.told", "为单据自动发提醒"),
    ("company.told", "定时自动发提醒"),
    ("task.done", "完成任务"),
    ("task.refused", "退回任务"),
    ("task.handed_over", "转交任务"),
    ("task.reopened", "重新打开任务"),
    ("task.over", "任务自动了结"),
    ("task.followed", "任务随客户转给新负责人"),
    ("quote.message_dropped", "单据的提醒过期未发"),
    ("company.message_dropped", "定时的提醒过期未发"),
    ("release.published", "发布配置"),
    ("release.cancelled", "取消排期的发布"),
    ("revision.voided", "作废配置版本"),
    ("person.made", "开通账号"),
    ("person.changed", "修改账号"),
    ("person.password_set", "重设别人的密码"),
    ("person.password_changed", "修改自己的密码"),
    ("person.signed_in", "登录"),
    ("person.signed_out", "退出登录"),
    ("person.signed_out_everywhere", "在所有设备上退出"),
    ("person.viewed_as", "以他人身份查看"),
    ("person.viewing_ended", "结束以他人身份查看"),
    ("key.made", "新建 API 密钥"),
    ("key.revoked", "吊销 API 密钥"),
    ("webhook.made", "新建外发地址"),
    ("webhook.changed", "修改外发地址"),
    ("webhook.secret_renewed", "更换外发地址的签名密钥"),
    ("webhook.removed", "删除外发地址"),
    ("webhook.switched_off", "外发地址自动停用"),
    ("webhook.resent", "重发外发消息"),
    ("org.closed", "关闭机构"),
    ("org.made", "新建机构"),
    ("org.renamed", "机构改名"),
    ("org.reopened", "重新启用机构"),
    ("company.set_up", "开通公司"),
    ("company.changed", "修改公司资料"),
    ("company.rights_shipped", "程序升级带来新权限"),
    ("clock.accepted", "确认时钟"),
    ("clock.retried", "再试没做成的自动的事"),
    ("backup.asked", "要求立即备份"),
    ("backup.made", "备份"),
    ("backup.failed", "备份失败"),
];

/// What people call the kind of an event; one that is not known stays as it is.
pub fn kind_name(kind: &str) -> &str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or(kind, |(_, name)| name)
}

/// What was done, where it is the customer's own act on a link: nobody recorded a paper.
pub fn kind_on_link(kind: &str) -> &str {
    match kind {
        "quote.signed" => "客户签约",
        "quote.cancelled" => "因客户选了别的方案取消报价单",
        other => kind_name(other),
    }
}

/// Who acted, where it was a customer on a link.
pub fn customer_on_link(who: &OnLink) -> String {
    match &who.signer {
        Some(signer) => format!("客户 {signer}（客户链接）"),
        None => "客户（客户链接）".to_string(),
    }
}

/// Whose code opened the way to a consent.
pub const CODE_GIVEN_BY: &str = "确认码给出人";

/// What people call the kind of a record.
pub fn entity_name(entity: &str) -> &str {
    match entity {
        "quote" => "报价单",
        "order" => "订单",
        "customer" => "客户",
        "product" => "商品",
        "category" => "分类",
        "person" => "人员",
        "org_unit" => "机构",
        "config_item" => "配置",
        "quote_set" => "常用清单",
        "task" => "任务",
        "company" => "公司",
        "api_key" => "API 密钥",
        "webhook" => "外发地址",
        other => other,
    }
}

/// What people call a fact of an event.
pub fn field_name(field: &str) -> &str {
    match field {
        "acknowledged" => "勾选放行几处",
        "address" => "地址",
        "base_n" => "基于版本",
        "count" => "条数",
        "bytes" => "大小（字节）",
        "cost_or_floor" => "成本或底价",
        "device" => "设备",
        "file_name" => "文件名",
        "issuer" => "出具人",
        "missing" => "找不到的文件",
        "n" => "版本",
        "net" => "含税合计",
        "order_number" => "订单号",
        "owner" => "负责人",
        "passed" => "勾选放行",
        "quotes_handed_over" => "随之移交的报价单",
        "restores_n" => "恢复自版本",
        "revision" => "版本",
        "rights" => "权限",
        "role" => "岗位",
        "rows" => "改动",
        "skipped" => "跳过行数",
        "roles" => "岗位",
        "seal_file" => "公章",
        "signed_day" => "签约日期",
        "tier" => "等级",
        "org" => "所属机构",
        "to_name" => "交给谁",
        "until" => "到期",
        "voids_n" => "同时作废版本",
        "was" => "原来的名称",
        "number" => "编号",
        "lines" => "行数",
        "competitor" => "对手",
        "spec" => "规格",
        "tax_rate" => "税率",
        "prices_include_tax" => "报价含税",
        other => fields::label(other).unwrap_or(other),
    }
}

/// A value of the log as people read it.
pub fn value_text(field: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "是".into(),
        Value::Bool(false) => "否".into(),
        Value::Number(number) if field == "revision" => format!("第 {number} 版"),
        Value::Number(number) => number.to_string(),
        Value::String(text) => match field {
            "device" => device_text(text),
            "role" | "roles" => access::role_name(text).to_string(),
            "rights" => right_text(text),
            "topics" => webhooks::kind_name(text).to_string(),
            _ => text.clone(),
        },
        Value::Array(values) => {
            let each: Vec<String> = values.iter().map(|value| value_text(field, value)).collect();
            each.join("、")
        }
        Value::Object(members) if field == "rows" => rows_text(members),
        Value::Object(members) => {
            let each: Vec<String> =
                members.keys().map(|key| value_text(field, &Value::String(key.clone()))).collect();
            each.join("、")
        }
    }
}

fn device_text(key: &str) -> String {
    Device::from_key(key).map_or_else(|| key.to_string(), |device| share::device_name(device).to_string())
}

/// How many rows were changed in which way.
fn rows_text(counts: &Map<String, Value>) -> String {
    let ways = [("added", "新增"), ("changed", "修改"), ("removed", "删除"), ("same", "不变")];
    let told: Vec<String> = ways
        .iter()
        .filter_map(|(key, word)| {
            let count = counts.get(*key)?.as_i64()?;
            (count > 0).then(|| format!("{word} {count} 行"))
        })
        .collect();
    if told.is_empty() { "没有改动".to_string() } else { told.join("、") }
}

fn right_text(key: &str) -> String {
    Right::from_key(key).map_or_else(|| key.to_string(), |right| access::right_name(right).to_string())
}

/// Said in place of what stays untold.
pub const CHANGED: &str = "改过";
/// Who acts when nobody does.
pub const PROGRAM: &str = "程序";
/// The sheet, and the file without its ending.
pub const SHEET: &str = "操作记录";
/// The heads of its columns.
pub const HEADS: [&str; 6] = ["时间", "谁", "做了什么", "对象", "内容", "记录号"];

/// One changed field in one line.
pub fn change(name: &str, before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (None, None) => format!("{name}：{CHANGED}"),
        (None, Some(after)) => format!("{name}：{after}"),
        (Some(before), after) => format!("{name}：{before} → {}", after.unwrap_or("（空）")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::access::logged_fields;

    #[test]
    fn every_fact_that_is_shown_has_a_name() {
        let nameless: Vec<_> = logged_fields().filter(|field| field_name(field).is_ascii()).collect();
        assert!(nameless.is_empty(), "{nameless:?}");
    }

    #[test]
    fn devices_have_chinese_names_and_the_same_word_elsewhere_stays() {
        for device in Device::ALL {
            assert!(!value_text("device", &json!(device.key())).is_ascii(), "{}", device.key());
        }
        assert_eq!(value_text("device", &json!("computer")), "电脑");
        assert_eq!(value_text("name", &json!("computer")), "computer");
    }

    #[test]
    fn a_version_of_a_number_is_said_as_people_say_it() {
        assert_eq!((field_name("revision"), value_text("revision", &json!(1)).as_str()), ("版本", "第 1 版"));
    }

    #[test]
    fn rows_are_counted_by_what_became_of_them() {
        let told = |counts: Value| value_text("rows", &counts);
        assert_eq!(
            told(json!({"added": 2, "changed": 12, "removed": 1})),
            "新增 2 行、修改 12 行、删除 1 行"
        );
        assert_eq!(told(json!({"added": 0, "changed": 3, "same": 40})), "修改 3 行、不变 40 行");
        assert_eq!(told(json!({"added": 0, "changed": 0, "same": 0})), "没有改动");
    }

    #[test]
    fn no_kind_has_two_names() {
        for (at, (kind, _)) in KINDS.iter().enumerate() {
            assert!(KINDS.iter().skip(at + 1).all(|(other, _)| other != kind), "{kind}");
        }
    }

    #[test]
    fn no_two_kinds_share_a_name() {
        for (at, (kind, name)) in KINDS.iter().enumerate() {
            let same = KINDS.iter().skip(at + 1).find(|(_, other)| other == name);
            assert!(same.is_none(), "{kind} is called as {same:?}");
        }
    }
}
