//! The terms of a quotation: where and when it is delivered, how it is invoiced and paid.

use serde::{Deserialize, Serialize};

use super::draft::plain;
use super::names::KnownNames;
use super::reading::{check_length, read_figure, read_share};
use crate::base::{BasisPoints, Date, Fen, FieldFault, Invalid, NET_MAX, line_fault, parse_date};

/// The longest text of one term.
pub const TERM_LETTERS_MAX: usize = 200;

/// Terms as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermsText {
    pub site_address: String,
    pub site_contact: String,
    pub site_phone: String,
    pub delivery_day: Option<String>,
    pub delivery_words: String,
    pub includes_tax: Option<bool>,
    pub invoice: Option<String>,
    pub payment: Option<String>,
    pub payment_words: String,
    pub deposit_percent: Option<String>,
    pub deposit_amount: Option<String>,
    pub pictures: Option<bool>,
}

/// What invoice is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invoice {
    /// 增值税专用发票.
    Special,
    /// 增值税普通发票.
    Plain,
    /// None is asked for.
    None,
}

/// When it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    Prepaid,
    OnDelivery,
    Monthly,
    /// By the words beside it.
    Agreed,
}

/// What is paid before anything is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deposit {
    Percent(BasisPoints),
    Amount(Fen),
}

/// The terms; what is not said is left to custom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub site_address: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub site_contact: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub site_phone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_day: Option<Date>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub delivery_words: String,
    /// Whether prices include tax; `None`: as the company quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub includes_tax: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Invoice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub payment_words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Deposit>,
    /// Whether pictures of the goods stand beside the lines; `None`: as the template has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pictures: Option<bool>,
}

impl Invoice {
    pub const ALL: [Invoice; 3] = [Invoice::Special, Invoice::Plain, Invoice::None];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Invoice::Special => "special",
            Invoice::Plain => "plain",
            Invoice::None => "none",
        }
    }
}

impl Payment {
    pub const ALL: [Payment; 4] = [Payment::Prepaid, Payment::OnDelivery, Payment::Monthly, Payment::Agreed];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Payment::Prepaid => "prepaid",
            Payment::OnDelivery => "on_delivery",
            Payment::Monthly => "monthly",
            Payment::Agreed => "agreed",
        }
    }
}

impl Deposit {
    /// What it comes to of `net`, the sum that the customer pays.
    pub fn of(self, net: Fen) -> Result<Fen, crate::base::OutOfRange> {
        match self {
            Deposit::Percent(share) => net.share(share),
            Deposit::Amount(amount) => Ok(amount),
        }
    }
}

impl Terms {
    /// What is to be paid ahead, where it is said as an amount.
    pub fn deposit_amount(&self) -> Option<Fen> {
        match self.deposit {
            Some(Deposit::Amount(amount)) => Some(amount),
            Some(Deposit::Percent(_)) | None => None,
        }
    }

    /// The terms; what is wrong is noted under `terms`. `known` are the names that the draft holds already.
    pub fn accept(text: TermsText, known: &KnownNames, faults: &mut Invalid) -> Terms {
        known.check(|| "terms.site_contact".to_string(), &text.site_contact, line_fault, faults);
        known.check(|| "terms.site_phone".to_string(), &text.site_phone, line_fault, faults);
        let mut words = |field: &str, text: &str| {
            let text = plain(text);
            check_length(|| format!("terms.{field}"), &text, TERM_LETTERS_MAX, faults);
            text
        };
        let site_address = words("site_address", &text.site_address);
        let site_contact = words("site_contact", &text.site_contact);
        let site_phone = words("site_phone", &text.site_phone);
        let delivery_words = words("delivery_words", &text.delivery_words);
        let payment_words = words("payment_words", &text.payment_words);
        let delivery_day = text.delivery_day.as_deref().filter(|day| !day.is_empty());
        if delivery_day.is_some_and(|day| parse_date(day).is_none()) {
            faults.add("terms.delivery_day", FieldFault::NotADay);
        }
        let invoice = chosen("terms.invoice", text.invoice.as_deref(), &Invoice::ALL, Invoice::key, faults);
        let payment = chosen("terms.payment", text.payment.as_deref(), &Payment::ALL, Payment::key, faults);
        Terms {
            site_address,
            site_contact,
            site_phone,
            delivery_day: delivery_day.and_then(parse_date),
            delivery_words,
            includes_tax: text.includes_tax,
            invoice,
            payment,
            payment_words,
            deposit: deposit(text.deposit_percent, text.deposit_amount, faults),
            pictures: text.pictures,
        }
    }

    /// Whether pictures stand beside the lines, where the template shows them by itself (`by_template`) or not.
    pub fn shows_pictures(&self, by_template: bool) -> bool {
        self.pictures.unwrap_or(by_template)
    }

    /// Nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Terms::default()
    }
}

fn chosen<T: Copy>(
    path: &str,
    key: Option<&str>,
    all: &[T],
    name: fn(T) -> &'static str,
    faults: &mut Invalid,
) -> Option<T> {
    let key = key.filter(|key| !key.is_empty())?;
    let found = all.iter().copied().find(|it| name(*it) == key);
    if found.is_none() {
        faults.add(path, FieldFault::NoChoice);
    }
    found
}

fn deposit(percent: Option<String>, amount: Option<String>, faults: &mut Invalid) -> Option<Deposit> {
    match (percent, amount) {
        (Some(percent), None) => {
            Some(Deposit::Percent(read_share("terms.deposit_percent", &percent, faults)))
        }
        (None, Some(amount)) => {
            let amount = read_figure("terms.deposit_amount", &amount, 2, NET_MAX.0, faults);
            Some(Deposit::Amount(Fen(amount)))
        }
        (None, None) => None,
        (Some(_), Some(_)) => {
            faults.add("terms.deposit_percent", FieldFault::OneOnly);
            None
        }
    }
}
