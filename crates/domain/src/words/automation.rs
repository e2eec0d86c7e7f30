//! Words of rules: their usual names and texts, why one is not kept, and what a change comes to.

use serde_json::{Value, json};

use crate::automation::{Action, QUOTE_EXPIRING, QUOTE_SILENT, RuleFault, RuleField, RuleRefused};
use crate::base::{Refusal, RefusalSort};
use crate::config::ChangeSort;
use crate::config::kinds::RuleChange;

/// What a rule is called: its own name, or the usual one of a shipped rule.
pub fn rule_name(key: &str, own: &str) -> String {
    match (own, key) {
        ("", QUOTE_EXPIRING) => "报价快到期".to_string(),
        ("", QUOTE_SILENT) => "报价没有进展".to_string(),
        ("", _) => "自动规则".to_string(),
        (own, _) => own.to_string(),
    }
}

/// What a task or a message of a rule says: its own text, or the usual one.
pub fn action_text(key: &str, action: &Action) -> String {
    let own = match action {
        Action::Task(task) => task.text.as_str(),
        Action::Notify(notify) => notify.text.as_str(),
        Action::SetField(_) => "",
    };
    match (own, key, action) {
        ("", QUOTE_EXPIRING, Action::Task(_)) => "报价快到期，请联系客户确认".to_string(),
        ("", QUOTE_EXPIRING, _) => "报价快到期".to_string(),
        ("", QUOTE_SILENT, Action::Task(_)) => "报价发出后没有动静，请跟进并写明结果".to_string(),
        ("", QUOTE_SILENT, _) => "报价发出后两天没有进展，已请负责人跟进".to_string(),
        ("", ..) => rule_name(key, ""),
        (own, ..) => own.to_string(),
    }
}

/// Why a rule is not kept, and what to do.
pub fn fault(fault: &RuleFault) -> String {
    match fault {
        RuleFault::NotReadable => "这条规则缺了必填的项，或有认不出的项，请重新设置。".to_string(),
        RuleFault::KeyWrong => "规则的编号只能用小写字母、数字和下划线，请重新添加这条规则。".to_string(),
        RuleFault::Missing { field: RuleField::Actions } => {
            "这条规则还没有要做的事，请至少加一项。".to_string()
        }
        RuleFault::Missing { field } => format!("请填写{}。", field_name(*field)),
        RuleFault::TooLong { field, letters_max } => {
            format!("{}最多 {letters_max} 个字，请写短一些。", field_name(*field))
        }
        RuleFault::TooMany { field, count_max } => format!("{}最多 {count_max} 项。", field_name(*field)),
        RuleFault::OutOfRange { field, min, max } => {
            format!("{}要在 {min} 到 {max} 之间。", field_name(*field))
        }
        RuleFault::ControlSign { field } => {
            format!("{}里有看不见的控制符，请重新输入。", field_name(*field))
        }
        RuleFault::TimeWrong { text } => format!("「{text}」不是时间，请写成 09:00 这样。"),
        RuleFault::AfterLastDay => {
            "过了有效期的最后一天，报价就不再提醒，请改成「之前」，当天写 0 天。".to_string()
        }
        RuleFault::NoRecord { field: RuleField::To } => {
            "定时的规则不针对某一张单据，没有「单据负责人」，请选岗位。".to_string()
        }
        RuleFault::NoRecord { .. } => "定时的规则不针对某一张单据，不能改单据上的内容。".to_string(),
        RuleFault::OnlyByCalendar { field } => {
            format!("只有「按日历定时」的规则才能选「{}」，请取消，或者改成按日历定时。", field_name(*field))
        }
    }
}

fn field_name(field: RuleField) -> &'static str {
    match field {
        RuleField::Name => "名称",
        RuleField::Trigger => "什么时候",
        RuleField::Actions => "要做的事",
        RuleField::To => "接收人",
        RuleField::Text => "文字",
        RuleField::Minutes => "时长（分钟）",
        RuleField::Days => "天数",
        RuleField::At => "时间",
        RuleField::Day => "星期或日期",
        RuleField::SkipAfter => "过期不补的小时数",
        RuleField::EachMissed => "错过几次补几次",
        RuleField::HourMax => "每小时最多执行的次数",
    }
}

/// What becomes of a rule, in one sentence.
pub fn change(change: &RuleChange) -> String {
    let name = rule_name(&change.key, &change.name);
    match change.sort {
        ChangeSort::Added => return format!("新增规则「{name}」"),
        ChangeSort::Removed => return format!("删除规则「{name}」"),
        ChangeSort::Same => return format!("规则「{name}」没有变化"),
        ChangeSort::Changed => {}
    }
    let mut told = Vec::new();
    match change.switched {
        Some(true) => told.push("打开"),
        Some(false) => told.push("关闭"),
        None => {}
    }
    if change.trigger {
        told.push("改触发时间");
    }
    if change.actions {
        told.push("改要做的事");
    }
    if told.is_empty() {
        told.push("改名称、结束方式、补发方式或上限");
    }
    format!("规则「{name}」：{}", told.join("、"))
}

/// What whoever looks after rules is told when one is paused.
pub fn paused(name: &str, hour_max: i64) -> String {
    format!(
        "规则「{name}」一小时里执行了 {hour_max} 次，到了上限，已自动暂停。没执行的都留着，请到「自动规则」里看看，再恢复。"
    )
}

/// How a person let a paused rule go on, for the log.
pub fn resumed(run_held: bool) -> &'static str {
    if run_held { "留着的照常执行" } else { "留着的不再执行" }
}

/// Between what somebody is told and what rules say of the same.
const BESIDES: &str = "；";

/// What somebody is told, and what a rule says of the same.
pub fn told_besides(told: &str, text: &str) -> String {
    format!("{told}{BESIDES}{text}")
}

/// Whether this already stands in what somebody is told, as what one rule says and not as a part of it.
pub fn is_told_besides(told: &str, text: &str) -> bool {
    let whole = |words: &str| format!("{BESIDES}{words}{BESIDES}");
    whole(told).contains(&whole(text))
}

/// What somebody reads on the day on which rules told them more than anybody reads.
pub fn told_enough(day_max: i64) -> String {
    format!(
        "今天自动规则发给你的消息超过了 {day_max} 条，后面的明天早上 8:00 一起给你看。任务没有少，都在「任务」里。"
    )
}

impl Refusal for RuleRefused {
    fn code(&self) -> &'static str {
        match self {
            RuleRefused::NotPaused => "rule_not_paused",
        }
    }

    fn sort(&self) -> RefusalSort {
        RefusalSort::State
    }

    fn facts(&self) -> Value {
        json!({})
    }

    fn sentence(&self) -> String {
        match self {
            RuleRefused::NotPaused => "这条规则没有暂停，不用恢复。请刷新页面。".to_string(),
        }
    }
}

/// That a year's holidays were not known when a moment was computed.
pub fn unknown_year(year: i64) -> String {
    format!("{year} 年的节假日还没有导入，时间按周一到周五算")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automation::shipped_rules;

    #[test]
    fn every_shipped_rule_has_its_usual_words() {
        for rule in shipped_rules() {
            assert_ne!(rule_name(&rule.key, ""), rule_name("other", ""), "{}", rule.key);
            for action in &rule.actions {
                assert!(action_text(&rule.key, action).chars().count() > 4);
            }
        }
    }

    #[test]
    fn what_a_rule_says_is_told_once_and_a_part_of_other_words_is_not_it() {
        let told = told_besides("恒泰刚在链接上确认了报价 SZ26-000001，订单 SZ26-D000001", "请备货；请开票");
        for text in ["请备货；请开票", "请备货", "请开票"] {
            assert!(is_told_besides(&told, text), "{text}");
        }
        for text in ["订单", "恒泰", "备货", "请开", "货；请开票"] {
            assert!(!is_told_besides(&told, text), "{text}");
        }
    }

    #[test]
    fn a_change_says_what_it_does() {
        let changed = RuleChange {
            key: QUOTE_SILENT.to_string(),
            name: String::new(),
            sort: ChangeSort::Changed,
            switched: Some(false),
            trigger: true,
            actions: false,
        };
        assert_eq!(change(&changed), "规则「报价没有进展」：关闭、改触发时间");
        let added = RuleChange { sort: ChangeSort::Added, name: "周会".to_string(), ..changed };
        assert_eq!(change(&added), "新增规则「周会」");
    }
}
