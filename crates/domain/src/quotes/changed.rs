//! What somebody changed in a draft that another had left: so that its writer reads it and need not look for it.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::draft::DraftLine;
use super::extra::{LineExtra, Whole};
use super::repriced::ShownLine;
use super::terms::Terms;
use crate::base::{BasisPoints, CustomerId, Date, ProductId, Qty, UnitPrice};
use crate::pricing::ManualAsk;

/// A draft as somebody left it: what is agreed with the customer, and nothing of what the goods cost us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    pub customer: CustomerId,
    pub customer_name: String,
    pub valid_until: Option<Date>,
    pub notes: String,
    pub lines: Vec<StoodLine>,
    pub terms: Terms,
    pub whole: Whole,
}

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoodLine {
    pub id: String,
    pub product: ProductId,
    pub qty: Qty,
    pub unit: String,
    pub note: String,
    pub extra: LineExtra,
    /// What the rules gave for a unit; `None`: nothing.
    pub unit_price: Option<UnitPrice>,
}

/// One thing that is another now; lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<'s> {
    Customer,
    Added { place: usize, line: &'s StoodLine },
    Line { place: usize, parts: Vec<LinePart>, before: &'s StoodLine, now: &'s StoodLine },
    Removed { place: usize, line: &'s StoodLine },
    Order,
    Whole(WholePart),
    Term(TermPart),
    ValidUntil,
    Notes,
}

/// What may be another in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinePart {
    Product,
    Qty,
    Unit,
    Price,
    TaxRate,
    Group,
    Note,
}

/// What may be another in what is taken off the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WholePart {
    Off,
    Rounding,
}

/// What may be another in the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermPart {
    Tax,
    Invoice,
    Payment,
    Deposit,
    Delivery,
    Site,
    SiteContact,
    Pictures,
}

impl StoodLine {
    /// The lines with what the rules gave for each, in their order.
    pub fn all(lines: &[DraftLine], shown: &[ShownLine]) -> Vec<StoodLine> {
        let prices = shown.iter().map(|line| line.unit_price).chain(std::iter::repeat(None));
        lines.iter().zip(prices).map(|(line, price)| StoodLine::of(line, price)).collect()
    }

    fn of(line: &DraftLine, unit_price: Option<UnitPrice>) -> StoodLine {
        let DraftLine { id, product, qty, unit, note, extra } = line.clone();
        StoodLine { id, product, qty, unit, note, extra: extra.without_cost(), unit_price }
    }

    /// What it is called where it stands outside the catalogue, and as what it is written.
    fn own_name(&self) -> Option<(&str, &str)> {
        self.extra.own.as_ref().map(|own| (own.name.as_str(), own.spec.as_str()))
    }

    /// What somebody set for a unit. What the rules give moves by itself, and nobody changed it.
    fn set_price(&self) -> (Option<ManualAsk>, Option<UnitPrice>) {
        (self.extra.manual, self.extra.own.as_ref().map(|own| own.price))
    }

    fn tax_rate(&self) -> Option<BasisPoints> {
        self.extra.own.as_ref().map(|own| own.tax_rate)
    }

    fn is_other(&self, part: LinePart, now: &StoodLine) -> bool {
        match part {
            LinePart::Product => (self.product, self.own_name()) != (now.product, now.own_name()),
            LinePart::Qty => self.qty != now.qty,
            LinePart::Unit => self.unit != now.unit,
            LinePart::Price => self.set_price() != now.set_price(),
            // Other goods have another rate by themselves.
            LinePart::TaxRate => {
                self.tax_rate().is_some() && now.tax_rate().is_some() && self.tax_rate() != now.tax_rate()
            }
            LinePart::Group => self.extra.group != now.extra.group,
            LinePart::Note => self.note != now.note,
        }
    }
}

impl LinePart {
    pub const ALL: [LinePart; 7] = [
        LinePart::Product,
        LinePart::Qty,
        LinePart::Unit,
        LinePart::Price,
        LinePart::TaxRate,
        LinePart::Group,
        LinePart::Note,
    ];
}

impl TermPart {
    pub const ALL: [TermPart; 8] = [
        TermPart::Tax,
        TermPart::Invoice,
        TermPart::Payment,
        TermPart::Deposit,
        TermPart::Delivery,
        TermPart::Site,
        TermPart::SiteContact,
        TermPart::Pictures,
    ];

    fn is_other(self, one: &Terms, other: &Terms) -> bool {
        match self {
            TermPart::Tax => one.includes_tax != other.includes_tax,
            TermPart::Invoice => one.invoice != other.invoice,
            TermPart::Payment => (one.payment, &one.payment_words) != (other.payment, &other.payment_words),
            TermPart::Deposit => one.deposit != other.deposit,
            TermPart::Delivery => {
                (one.delivery_day, &one.delivery_words) != (other.delivery_day, &other.delivery_words)
            }
            TermPart::Site => one.site_address != other.site_address,
            TermPart::SiteContact => {
                (&one.site_contact, &one.site_phone) != (&other.site_contact, &other.site_phone)
            }
            TermPart::Pictures => one.pictures != other.pictures,
        }
    }
}

impl Stood {
    /// What is another in `now`: the customer, the lines in the order of now, those that are gone, then the rest.
    pub fn changes<'s>(&'s self, now: &'s Stood) -> Vec<Change<'s>> {
        let mut changes = Vec::new();
        if self.customer != now.customer {
            changes.push(Change::Customer);
        }
        self.line_changes(now, &mut changes);
        if self.whole.off != now.whole.off {
            changes.push(Change::Whole(WholePart::Off));
        }
        if self.whole.rounding != now.whole.rounding {
            changes.push(Change::Whole(WholePart::Rounding));
        }
        let terms = TermPart::ALL.into_iter().filter(|part| part.is_other(&self.terms, &now.terms));
        changes.extend(terms.map(Change::Term));
        if self.valid_until != now.valid_until {
            changes.push(Change::ValidUntil);
        }
        if self.notes != now.notes {
            changes.push(Change::Notes);
        }
        changes
    }

    fn line_changes<'s>(&'s self, now: &'s Stood, changes: &mut Vec<Change<'s>>) {
        let before: HashMap<&str, &StoodLine> =
            self.lines.iter().map(|line| (line.id.as_str(), line)).collect();
        for (place, line) in (1..).zip(&now.lines) {
            let Some(before) = before.get(line.id.as_str()).copied() else {
                changes.push(Change::Added { place, line });
                continue;
            };
            let parts: Vec<LinePart> =
                LinePart::ALL.into_iter().filter(|part| before.is_other(*part, line)).collect();
            if !parts.is_empty() {
                changes.push(Change::Line { place, parts, before, now: line });
            }
        }
        let stays: HashSet<&str> = now.lines.iter().map(|line| line.id.as_str()).collect();
        for (place, line) in (1..).zip(&self.lines) {
            if !stays.contains(line.id.as_str()) {
                changes.push(Change::Removed { place, line });
            }
        }
        let first = self.lines.iter().filter(|line| stays.contains(line.id.as_str()));
        let last = now.lines.iter().filter(|line| before.contains_key(line.id.as_str()));
        if !first.map(|line| &line.id).eq(last.map(|line| &line.id)) {
            changes.push(Change::Order);
        }
    }
}
