//! The words of share links: what a customer reads, and the note that is kept of a consent given on a link.

use serde_json::{Value, json};

use super::documents::thousands;
use crate::base::{Fen, Refusal, RefusalSort};
use crate::quotes::{Closed, ShareRefused};

/// The name under which the note of a consent is kept.
pub fn acceptance_name(number: &str, revision: i64) -> String {
    format!("线上确认 {number} V{revision}.txt")
}

/// What the note of a consent says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance<'a> {
    pub company: &'a str,
    pub number: &'a str,
    pub revision: i64,
    pub customer: &'a str,
    pub net: Fen,
    pub hash: &'a str,
    pub signer: &'a str,
    /// `2026-05-05 09:30:00`, in the company's time zone.
    pub moment: &'a str,
    pub handed_over_by: &'a str,
    pub device: &'a str,
}

/// The note that stands for the signed page when a customer consents on the link.
pub fn acceptance(it: &Acceptance<'_>) -> String {
    let Acceptance {
        company, number, revision, customer, hash, signer, moment, handed_over_by, device, ..
    } = it;
    let net = thousands(&it.net.to_yuan());
    format!(
        "线上确认记录\n\n{company}\n报价单：{number} V{revision}\n客户：{customer}\n含税合计：{net} 元\n内容指纹：{hash}\n\n\
        确认人：{signer}\n确认时间：{moment}\n确认方式：在分享链接上填写姓名和一次性确认码\n设备：{device}\n\
        确认码由 {handed_over_by} 交给客户\n\n\
        这是客户同意这份报价的记录，不是法律意义上的电子签名。\n"
    )
}

/// What the salesperson is told when a customer consents on the link.
pub fn accepted_notice(customer: &str, number: &str, order: &str) -> String {
    format!("{customer}刚在链接上确认了报价 {number}，订单 {order}")
}

/// What people call a device.
pub fn device_name(device: crate::quotes::Device) -> &'static str {
    match device {
        crate::quotes::Device::WeChat => "微信",
        crate::quotes::Device::Phone => "手机",
        crate::quotes::Device::Tablet => "平板",
        crate::quotes::Device::Computer => "电脑",
    }
}

/// Why the customer cannot accept now, in one sentence.
pub fn closed(why: Closed, salesperson: &str, phone: &str) -> String {
    let ask = ask(salesperson, phone);
    match why {
        Closed::Expired => format!("这份报价的有效期已过，不能再确认。{ask}"),
        Closed::PricesWithdrawn => format!("价格有调整，这份报价暂时不能确认。{ask}"),
        Closed::Superseded => format!("这份报价已有新版，请以新版为准。{ask}"),
        Closed::Accepted => "这份报价已经确认过了，不用再确认。".into(),
        Closed::Cancelled => format!("这份报价已经取消，不能确认。{ask}"),
        Closed::Unavailable => format!("现在还不能确认这份报价。{ask}"),
    }
}

fn ask(salesperson: &str, phone: &str) -> String {
    match (salesperson.is_empty(), phone.is_empty()) {
        (true, _) => "请联系业务员。".into(),
        (false, true) => format!("请联系业务员{salesperson}。"),
        (false, false) => format!("请联系业务员{salesperson}（{phone}）。"),
    }
}

impl Refusal for ShareRefused {
    fn code(&self) -> &'static str {
        match self {
            ShareRefused::Invalid(invalid) => invalid.code(),
            ShareRefused::TooManyLinks { .. } => "too_many_links",
            ShareRefused::LinkOver { .. } => "link_over",
            ShareRefused::Closed { why, .. } => why.key(),
            ShareRefused::WrongCode { .. } => "wrong_code",
            ShareRefused::NoCode => "no_code",
            ShareRefused::CodeSpent => "code_spent",
        }
    }

    fn sort(&self) -> RefusalSort {
        match self {
            ShareRefused::Invalid(_) | ShareRefused::WrongCode { .. } => RefusalSort::Invalid,
            ShareRefused::TooManyLinks { .. }
            | ShareRefused::LinkOver { .. }
            | ShareRefused::Closed { .. }
            | ShareRefused::NoCode
            | ShareRefused::CodeSpent => RefusalSort::State,
        }
    }

    fn facts(&self) -> Value {
        match self {
            ShareRefused::Invalid(invalid) => invalid.facts(),
            ShareRefused::TooManyLinks { limit } => json!({ "limit": limit }),
            ShareRefused::LinkOver { salesperson, phone }
            | ShareRefused::Closed { salesperson, phone, .. } => {
                json!({ "salesperson": salesperson, "phone": phone })
            }
            ShareRefused::WrongCode { tries_left } => json!({ "tries_left": tries_left }),
            ShareRefused::NoCode | ShareRefused::CodeSpent => json!({}),
        }
    }

    fn sentence(&self) -> String {
        match self {
            ShareRefused::Invalid(invalid) => invalid.sentence(),
            ShareRefused::TooManyLinks { limit } => {
                format!("这一版已有 {limit} 个打开着的分享链接。请先收回一个再生成。")
            }
            ShareRefused::LinkOver { salesperson, phone } => {
                format!("这个链接已经失效。{}", ask(salesperson, phone))
            }
            ShareRefused::Closed { why, salesperson, phone } => closed(*why, salesperson, phone),
            ShareRefused::WrongCode { tries_left: 0 } => {
                "确认码不对，次数已用完。请向业务员要一个新的确认码。".into()
            }
            ShareRefused::WrongCode { tries_left } => {
                format!("确认码不对，还可以再试 {tries_left} 次。请核对业务员给您的 6 位数字。")
            }
            ShareRefused::NoCode => {
                "还没有可用的确认码，或者它已经过了时间。请向业务员要一个新的确认码。".into()
            }
            ShareRefused::CodeSpent => "确认码输错的次数太多，已经作废。请向业务员要一个新的确认码。".into(),
        }
    }
}
