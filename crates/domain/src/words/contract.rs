//! The words of the contract of purchase and sale (购销合同): heads and clauses.

use serde::Serialize;

use super::documents::{day, money};
use super::terms::{deposit_words, invoice, payment};
use crate::base::Fen;
use crate::documents::Clause;
use crate::quotes::Terms;

/// The fixed words on a printed contract.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ContractLabels {
    pub title: &'static str,
    pub number: &'static str,
    pub signed_day: &'static str,
    pub buyer: &'static str,
    pub seller: &'static str,
    pub goods: &'static str,
    pub clauses: &'static str,
    pub stamp: &'static str,
    pub representative: &'static str,
    pub quote: &'static str,
}

/// The words of a contract in Chinese.
pub const CONTRACT_LABELS: ContractLabels = ContractLabels {
    title: "购销合同",
    number: "合同编号",
    signed_day: "签订日期",
    buyer: "甲方（需方）",
    seller: "乙方（供方）",
    goods: "货物清单",
    clauses: "双方约定",
    stamp: "（盖章）",
    representative: "代表人签字",
    quote: "依据报价单",
};

/// The name under which an order's contract is saved.
pub fn file_name(number: &str, customer: &str) -> String {
    let banned = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
    let customer: String = customer.chars().filter(|sign| !banned.contains(sign)).collect();
    format!("购销合同 {number} {customer}.pdf")
}

/// The clauses: what the terms say, and what is usual where they say nothing. `net` is what is paid.
pub fn clauses(terms: &Terms, net: Fen, notes: &str) -> Vec<Clause> {
    let clause = |title: &str, body: String| Clause { title: title.to_string(), body };
    let mut clauses = vec![
        clause("质量", "按国家现行标准和生产厂家的出厂标准执行，随货提供合格证明。".to_string()),
        clause("交货", delivery(terms)),
        clause("价款和付款", paying(terms, net)),
        clause("发票", invoicing(terms)),
        clause(
            "验收",
            "甲方收货时当场清点品名、规格、数量和外观，并在送货单上签字；有异议请在收货后 3 日内书面提出。"
                .to_string(),
        ),
        clause(
            "违约和争议",
            "任何一方不履行约定的，赔偿对方因此受到的损失。发生争议先协商；协商不成的，向乙方所在地人民法院起诉。"
                .to_string(),
        ),
    ];
    if !notes.trim().is_empty() {
        clauses.push(clause("其他约定", notes.trim().to_string()));
    }
    clauses.push(clause("份数", "本合同一式两份，双方各执一份，盖章或签字后生效。".to_string()));
    clauses
}

fn delivery(terms: &Terms) -> String {
    let place = match terms.site_address.as_str() {
        "" => "交货地点由甲方在送货前通知乙方".to_string(),
        address => format!("交货地点：{address}"),
    };
    let receiver = [terms.site_contact.as_str(), terms.site_phone.as_str()].join(" ");
    let receiver = match receiver.trim() {
        "" => String::new(),
        receiver => format!("，收货人：{receiver}"),
    };
    let when = terms.delivery_day.map(|on| format!("；交货日期：{}", day(on))).unwrap_or_default();
    let words = match terms.delivery_words.as_str() {
        "" => String::new(),
        words => format!("；{words}"),
    };
    format!("{place}{receiver}{when}{words}。")
}

fn paying(terms: &Terms, net: Fen) -> String {
    let mut body = format!("合同总价（含税）{} 元。", money(net));
    if let Some(deposit) = terms.deposit {
        body.push_str(&format!("甲方于合同生效后先付订金 {}。", deposit_words(deposit, net)));
    }
    let way = terms.payment.map(payment).unwrap_or_default();
    let words = terms.payment_words.as_str();
    let way = [way, words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，");
    if !way.is_empty() {
        body.push_str(&format!("付款方式：{way}。"));
    }
    body
}

fn invoicing(terms: &Terms) -> String {
    match terms.invoice {
        Some(kind) => format!("{}。", invoice(kind)),
        None => "乙方按双方约定开具发票。".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::BasisPoints;
    use crate::quotes::{Deposit, Invoice, Payment};

    #[test]
    fn a_contract_says_what_was_agreed_and_what_is_usual_otherwise() {
        let bare = clauses(&Terms::default(), Fen(685_000), "");
        assert_eq!(bare[1].body, "交货地点由甲方在送货前通知乙方。");
        assert_eq!(bare[2].body, "合同总价（含税）6,850.00 元。");
        let terms = Terms {
            site_address: "园区星湖街 218 号".to_string(),
            site_contact: "李工".to_string(),
            invoice: Some(Invoice::Special),
            payment: Some(Payment::Prepaid),
            deposit: BasisPoints::of_whole(3_000).map(Deposit::Percent),
            ..Terms::default()
        };
        let told = clauses(&terms, Fen(685_000), "色差以样板为准");
        assert_eq!(told[1].body, "交货地点：园区星湖街 218 号，收货人：李工。");
        assert_eq!(
            told[2].body,
            "合同总价（含税）6,850.00 元。甲方于合同生效后先付订金 30%，2,055.00 元。付款方式：款到发货。"
        );
        assert_eq!(told[3].body, "增值税专用发票。");
        assert!(told.iter().any(|clause| clause.body == "色差以样板为准"));
        assert_eq!(file_name("SZ26-1", "a/b*c"), "购销合同 SZ26-1 abc.pdf");
    }
}
