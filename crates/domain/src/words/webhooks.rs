//! Words of addresses outside that are told what happens here.

use serde_json::{Value, json};

use crate::base::{Refusal, RefusalSort};
use crate::webhooks::{AddressFault, OffReason, WebhookEvent, WebhookFailure, WebhookRefused};

/// What people call an event that others are told.
pub fn event_name(event: WebhookEvent) -> &'static str {
    match event {
        WebhookEvent::QuoteIssued => "出具报价单",
        WebhookEvent::QuoteShared => "发出分享链接",
        WebhookEvent::QuoteOpened => "客户打开报价单",
        WebhookEvent::QuoteAccepted => "客户线上确认",
        WebhookEvent::QuoteSigned => "录入签约",
        WebhookEvent::QuoteSuperseded => "报价单被新版取代",
        WebhookEvent::QuoteCancelled => "取消报价单",
        WebhookEvent::QuoteLost => "报价单丢单",
        WebhookEvent::OrderMade => "生成订单",
        WebhookEvent::CustomerMade => "新建客户",
        WebhookEvent::CustomerChanged => "修改客户",
        WebhookEvent::TaskOpened => "派出任务",
        WebhookEvent::TaskDone => "完成任务",
        WebhookEvent::TaskRefused => "退回任务",
        WebhookEvent::TaskOver => "任务自动了结",
    }
}

/// The kind of a message: an event, or the test.
pub fn kind_name(kind: &str) -> &str {
    WebhookEvent::from_key(kind).map_or("测试消息", event_name)
}

/// Which group of the list an event stands in.
pub fn event_group(event: WebhookEvent) -> &'static str {
    match event {
        WebhookEvent::QuoteIssued
        | WebhookEvent::QuoteShared
        | WebhookEvent::QuoteOpened
        | WebhookEvent::QuoteAccepted
        | WebhookEvent::QuoteSigned
        | WebhookEvent::QuoteSuperseded
        | WebhookEvent::QuoteCancelled
        | WebhookEvent::QuoteLost => "报价单",
        WebhookEvent::OrderMade => "订单",
        WebhookEvent::CustomerMade | WebhookEvent::CustomerChanged => "客户",
        WebhookEvent::TaskOpened
        | WebhookEvent::TaskDone
        | WebhookEvent::TaskRefused
        | WebhookEvent::TaskOver => "任务",
    }
}

/// What is wrong with an address, and how it should look.
pub fn address_fault(fault: AddressFault) -> &'static str {
    match fault {
        AddressFault::NotWeb => {
            "地址应写成 https://erp.example.cn/hooks/huxi 这样，最多 500 个字母、数字和符号，不能有中文、空格和 #。"
        }
        AddressFault::NotSecure => {
            "地址要以 https:// 开头。只有内网的系统可以用 http，并且要先在服务器设置里写 webhook_private_targets = true。"
        }
        AddressFault::WithPassword => "地址里不要写账号和密码，对方用签名密钥就能认出是我们。",
        AddressFault::Inside => {
            "这是本机或内网的地址，默认不外发到那里。确实要发，请管服务器的人在设置里写 webhook_private_targets = true；169.254 开头的和广播地址永远不发。"
        }
    }
}

/// Why a message did not arrive, and what to do.
pub fn failure(failure: WebhookFailure) -> &'static str {
    match failure {
        WebhookFailure::Unresolved => "找不到这个域名，请检查地址有没有写错。",
        WebhookFailure::Forbidden => {
            "域名指向本机或内网，没有发。要允许，请管服务器的人设置 webhook_private_targets。"
        }
        WebhookFailure::PlainHttp => "公网上的地址只能用 https，没有发。",
        WebhookFailure::Unreachable => "连不上对方的服务器，请确认它开着、端口对、防火墙放行。",
        WebhookFailure::Tls => "对方的 https 证书不可信或已过期，没有发。请对方换成有效的证书。",
        WebhookFailure::TimedOut => "对方 10 秒内没有回答。请对方先收下、马上回答，再慢慢处理。",
        WebhookFailure::Broken => "对方没有答完就断开了。",
        WebhookFailure::Redirected => "对方要求转到别的网址，我们不跟过去。请把地址改成最终的网址。",
        WebhookFailure::Answered => "对方没有收下，请看它的回答。",
        WebhookFailure::Gone => "对方回答不再接收（410），地址已自动停用。",
        WebhookFailure::SwitchedOff => "地址停用了，没有发。启用以后可以重发。",
    }
}

/// Why an address is off.
pub fn off_reason(reason: OffReason) -> &'static str {
    match reason {
        OffReason::Person => "手动停用",
        OffReason::Failing => "连续三天发不出去，自动停用",
        OffReason::Gone => "对方回答不再接收，自动停用",
    }
}

/// Told to administrators when the program switches an address off.
pub fn switched_off(name: &str, reason: OffReason) -> String {
    let why = match reason {
        OffReason::Gone => "对方回答不再接收",
        OffReason::Failing | OffReason::Person => "连续三天发不出去",
    };
    format!("外发地址「{name}」{why}，已自动停用。修好后到「外发地址」启用，再重发没有送到的消息。")
}

/// The company has as many addresses as it may.
pub fn too_many(most: usize) -> String {
    format!("最多有 {most} 个外发地址，请先删掉不用的。")
}

/// Another address has this name.
pub const NAME_TAKEN: &str = "已有同名的外发地址，请换一个名字。";

impl Refusal for WebhookRefused {
    fn code(&self) -> &'static str {
        match self {
            WebhookRefused::Off => "webhook_off",
            WebhookRefused::Sending => "webhook_sending",
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
            WebhookRefused::Off => "这个外发地址停用了，请先启用，再重发。".to_string(),
            WebhookRefused::Sending => "这条消息正在发送，请等十几秒，刷新看结果。".to_string(),
        }
    }
}
