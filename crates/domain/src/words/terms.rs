//! The words of terms: site, delivery, invoice, payment, deposit.

use super::documents::{day, money};
use crate::base::Fen;
use crate::documents::template::Language;
use crate::quotes::{Deposit, Invoice, Payment, Terms};

/// What people call a kind of invoice.
pub fn invoice(invoice: Invoice) -> &'static str {
    match invoice {
        Invoice::Special => "增值税专用发票",
        Invoice::Plain => "增值税普通发票",
        Invoice::None => "不开发票",
    }
}

/// What people call a way to pay.
pub fn payment(payment: Payment) -> &'static str {
    match payment {
        Payment::Prepaid => "款到发货",
        Payment::OnDelivery => "货到付款",
        Payment::Monthly => "月结",
        Payment::Agreed => "按约定",
    }
}

/// What people call an alternative.
pub fn option(name: &str) -> String {
    format!("方案 {name}")
}

/// The terms that are said, as they stand on paper: what each is called, and what is agreed. `net` is what is paid.
pub fn rows(terms: &Terms, net: Fen) -> Vec<(String, String)> {
    let site_person = [terms.site_contact.as_str(), terms.site_phone.as_str()];
    let delivery_day = terms.delivery_day.map(day).unwrap_or_default();
    let payment = terms.payment.map(payment).unwrap_or_default();
    let rows = [
        ("工地地址", terms.site_address.clone()),
        ("工地联系人", said(site_person)),
        ("送货时间", said([delivery_day.as_str(), terms.delivery_words.as_str()])),
        ("发票", terms.invoice.map(invoice).unwrap_or_default().to_string()),
        ("付款方式", said([payment, terms.payment_words.as_str()])),
        ("订金", terms.deposit.map(|it| deposit_words(it, net)).unwrap_or_default()),
    ];
    let said = rows.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(label, value)| (label.to_string(), value)).collect()
}

/// What a term is called on paper, in these languages.
pub fn label_in(language: Language, label: &str) -> String {
    let second = match label {
        "工地地址" => "Site",
        "工地联系人" => "Site contact",
        "送货时间" => "Delivery",
        "发票" => "Invoice",
        "付款方式" => "Payment",
        "订金" => "Deposit",
        _ => "",
    };
    match language {
        Language::ZhEn if !second.is_empty() => format!("{label} {second}"),
        Language::ZhEn | Language::Zh => label.to_string(),
    }
}

/// How much is paid before anything is delivered; `net` is what is paid in all.
pub fn deposit_words(deposit: Deposit, net: Fen) -> String {
    let amount = deposit.of(net).map(money).unwrap_or_default();
    match deposit {
        Deposit::Percent(share) => format!("{}%，{amount} 元", share.to_percent()),
        Deposit::Amount(_) => format!("{amount} 元"),
    }
}

fn said(parts: [&str; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{BasisPoints, parse_date};

    #[test]
    fn what_is_agreed_stands_in_rows_and_what_is_not_said_does_not() {
        assert!(rows(&Terms::default(), Fen(100)).is_empty());
        let terms = Terms {
            site_address: "园区星湖街 218 号".to_string(),
            site_contact: "李工".to_string(),
            site_phone: "13900001111".to_string(),
            delivery_day: parse_date("2026-05-08"),
            invoice: Some(Invoice::Special),
            payment: Some(Payment::Prepaid),
            deposit: BasisPoints::of_whole(3_000).map(Deposit::Percent),
            ..Terms::default()
        };
        let told: Vec<String> =
            rows(&terms, Fen(685_363)).iter().map(|(label, value)| format!("{label} {value}")).collect();
        assert_eq!(
            told,
            [
                "工地地址 园区星湖街 218 号",
                "工地联系人 李工　13900001111",
                "送货时间 2026年5月8日",
                "发票 增值税专用发票",
                "付款方式 款到发货",
                "订金 30%，2,056.09 元",
            ]
        );
        for (label, _) in rows(&terms, Fen(685_363)) {
            assert_eq!(label_in(Language::Zh, &label), label);
            assert!(label_in(Language::ZhEn, &label).len() > label.len() + 1, "{label} in two languages");
        }
    }
}
