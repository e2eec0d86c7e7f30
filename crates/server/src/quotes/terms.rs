//! Terms, reductions of the whole document and what a line says besides goods, on the wire.

use domain::base::{BasisPoints, Fen, UnitPrice};
use domain::pricing::ManualAsk;
use domain::quotes::{
    Deposit, LineExtraText, ManualText, Margin, OwnItem, OwnText, Terms, TermsText, Whole, WholeText,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Site, delivery, invoice and payment; what is left out is not agreed.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = QuoteTerms)]
pub struct TermsBody {
    pub site_address: String,
    pub site_contact: String,
    pub site_phone: String,
    pub delivery_day: Option<String>,
    pub delivery_words: String,
    /// Null: as the company quotes.
    pub includes_tax: Option<bool>,
    /// `special`, `plain` or `none`.
    pub invoice: Option<String>,
    /// `prepaid`, `on_delivery`, `monthly` or `agreed`.
    pub payment: Option<String>,
    pub payment_words: String,
    /// In percent of what is paid; or `deposit_amount`.
    pub deposit_percent: Option<String>,
    pub deposit_amount: Option<String>,
    /// Whether pictures of the goods stand beside the lines; null: as the template has it.
    pub pictures: Option<bool>,
}

/// What is taken off the whole document: percent or amount, then 抹零.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = QuoteWhole)]
pub struct WholeBody {
    pub percent_off: Option<String>,
    pub amount_off: Option<String>,
    pub rounding: Option<String>,
}

/// A manual price of one line: exactly one of the three.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = LineManual)]
pub struct ManualBody {
    pub unit_price: Option<String>,
    pub percent_off: Option<String>,
    pub amount_off: Option<String>,
}

/// Goods or a service outside the catalogue.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LineOwn)]
pub struct OwnBody {
    /// `freight`, `unloading`, `cutting`, `service` or `goods`.
    pub kind: String,
    pub name: String,
    #[serde(default)]
    pub spec: String,
    pub price: String,
    #[serde(default)]
    pub tax_rate: Option<String>,
    /// Left out by who does not see it; what was entered before then stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    #[serde(default)]
    pub supplier: String,
}

/// What is earned, without tax; `percent` of what is paid without tax. Only for those who see cost.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Margin)]
pub struct MarginBody {
    pub amount: String,
    pub percent: Option<String>,
}

impl From<TermsBody> for TermsText {
    fn from(body: TermsBody) -> TermsText {
        let TermsBody { site_address, site_contact, site_phone, delivery_day, delivery_words, .. } = body;
        TermsText {
            site_address,
            site_contact,
            site_phone,
            delivery_day,
            delivery_words,
            includes_tax: body.includes_tax,
            invoice: body.invoice,
            payment: body.payment,
            payment_words: body.payment_words,
            deposit_percent: body.deposit_percent,
            deposit_amount: body.deposit_amount,
            pictures: body.pictures,
        }
    }
}

impl From<Terms> for TermsBody {
    fn from(terms: Terms) -> TermsBody {
        let (deposit_percent, deposit_amount) = match terms.deposit {
            Some(Deposit::Percent(share)) => (Some(share.to_percent()), None),
            Some(Deposit::Amount(amount)) => (None, Some(amount.to_yuan())),
            None => (None, None),
        };
        TermsBody {
            site_address: terms.site_address,
            site_contact: terms.site_contact,
            site_phone: terms.site_phone,
            delivery_day: terms.delivery_day.map(|day| day.to_string()),
            delivery_words: terms.delivery_words,
            includes_tax: terms.includes_tax,
            invoice: terms.invoice.map(|invoice| invoice.key().to_string()),
            payment: terms.payment.map(|payment| payment.key().to_string()),
            payment_words: terms.payment_words,
            deposit_percent,
            deposit_amount,
            pictures: terms.pictures,
        }
    }
}

impl TermsBody {
    /// What a keeper sees: where and when, never for how much.
    pub fn without_money(self) -> TermsBody {
        let TermsBody { site_address, site_contact, site_phone, delivery_day, delivery_words, .. } = self;
        TermsBody {
            site_address,
            site_contact,
            site_phone,
            delivery_day,
            delivery_words,
            ..TermsBody::default()
        }
    }
}

impl From<WholeBody> for WholeText {
    fn from(body: WholeBody) -> WholeText {
        let WholeBody { percent_off, amount_off, rounding } = body;
        WholeText { percent_off, amount_off, rounding }
    }
}

impl From<Whole> for WholeBody {
    fn from(whole: Whole) -> WholeBody {
        let ManualBody { percent_off, amount_off, .. } = whole.off.map(ManualBody::from).unwrap_or_default();
        let rounding = (whole.rounding > Fen::ZERO).then(|| whole.rounding.to_yuan());
        WholeBody { percent_off, amount_off, rounding }
    }
}

impl From<ManualBody> for ManualText {
    fn from(body: ManualBody) -> ManualText {
        let ManualBody { unit_price, percent_off, amount_off } = body;
        ManualText { unit_price, percent_off, amount_off }
    }
}

impl From<ManualAsk> for ManualBody {
    fn from(ask: ManualAsk) -> ManualBody {
        match ask {
            ManualAsk::UnitPrice(price) => {
                ManualBody { unit_price: Some(price.to_yuan()), ..ManualBody::default() }
            }
            ManualAsk::PercentOff(share) => {
                ManualBody { percent_off: Some(BasisPoints::to_percent(share)), ..ManualBody::default() }
            }
            ManualAsk::AmountOff(amount) => {
                ManualBody { amount_off: Some(amount.to_yuan()), ..ManualBody::default() }
            }
        }
    }
}

impl From<OwnBody> for OwnText {
    fn from(body: OwnBody) -> OwnText {
        let OwnBody { kind, name, spec, price, tax_rate, cost, supplier } = body;
        // An emptied field of the browser says no more than one left out.
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        OwnText { kind, name, spec, price, tax_rate: said(tax_rate), cost: said(cost), supplier }
    }
}

impl From<OwnItem> for OwnBody {
    fn from(own: OwnItem) -> OwnBody {
        OwnBody {
            kind: own.kind.key().to_string(),
            name: own.name,
            spec: own.spec,
            price: own.price.to_yuan(),
            tax_rate: Some(own.tax_rate.to_percent()),
            cost: own.cost.map(UnitPrice::to_yuan),
            supplier: own.supplier,
        }
    }
}

impl From<Margin> for MarginBody {
    fn from(margin: Margin) -> MarginBody {
        MarginBody { amount: margin.amount.to_yuan(), percent: margin.percent() }
    }
}

/// The rest of a typed line.
pub(super) fn extra_of(manual: Option<ManualBody>, group: String, own: Option<OwnBody>) -> LineExtraText {
    LineExtraText { manual: manual.map(Into::into), group, own: own.map(Into::into) }
}
