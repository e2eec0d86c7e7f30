//! What a line says besides goods and quantity: a price set by hand, the room it belongs to, goods of nobody's catalogue.

use serde::{Deserialize, Serialize};

use super::draft::plain;
use super::names::KnownNames;
use super::reading::{check_length, read_figure, read_share};
use crate::base::{
    BasisPoints, Fen, FieldFault, Invalid, NET_MAX, PersonId, ProductId, Qty, UNIT_PRICE_MAX, UnitPrice,
    line_fault, name_fault,
};
use crate::pricing::{Entered, Manual, ManualAsk, ManualPart, PricedLine};

/// The longest name of a room or building part.
pub const GROUP_LETTERS_MAX: usize = 40;
/// The longest name, spec or supplier of something outside the catalogue.
pub const OWN_NAME_LETTERS_MAX: usize = 80;
/// Stands where a line names no product of the catalogue.
pub const NO_PRODUCT: ProductId = ProductId(0);
/// VAT of what is entered without a rate: 13 %.
const TAX_RATE: u32 = 1_300;

/// A manual price as it was typed: exactly one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManualText {
    pub unit_price: Option<String>,
    pub percent_off: Option<String>,
    pub amount_off: Option<String>,
}

/// Goods or a service outside the catalogue, as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnText {
    pub kind: String,
    pub name: String,
    pub spec: String,
    pub price: String,
    pub tax_rate: Option<String>,
    /// `None` leaves what was entered before.
    pub cost: Option<String>,
    pub supplier: String,
}

/// The rest of a line as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineExtraText {
    pub manual: Option<ManualText>,
    pub group: String,
    pub own: Option<OwnText>,
}

/// What stands outside the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnKind {
    Freight,
    Unloading,
    Cutting,
    /// Another service.
    Service,
    /// Goods that are bought for this customer; cost and supplier must be named.
    Goods,
}

/// Goods or a service outside the catalogue. Prices are per unit of the line, on the document's tax basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnItem {
    pub kind: OwnKind,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub spec: String,
    pub price: UnitPrice,
    pub tax_rate: BasisPoints,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<UnitPrice>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supplier: String,
    /// Who entered the cost, and so may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_by: Option<PersonId>,
    /// What a unit came to when somebody who sees the cost last wrote the line: down to there whoever does not see it may
    /// issue it. None of lines that nobody who sees the cost has written since this is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_price: Option<UnitPrice>,
    /// What that price was set for: something else is nothing that whoever does not see the cost may issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_for: Option<SetFor>,
}

/// Goods outside the catalogue as they were when somebody who sees their cost wrote them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetFor {
    pub name: String,
    pub spec: String,
    pub unit: String,
    pub tax_rate: BasisPoints,
    /// Whether the price was one with tax; `None` where the tax is no fen, and nobody can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_tax: Option<bool>,
}

impl SetFor {
    fn is(&self, now: &SetFor) -> bool {
        let taxed = self.with_tax.is_none() || now.with_tax.is_none() || self.with_tax == now.with_tax;
        taxed && SetFor { with_tax: None, ..self.clone() } == SetFor { with_tax: None, ..now.clone() }
    }
}

/// The rest of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineExtra {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manual: Option<ManualAsk>,
    /// The room or building part; empty: none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnItem>,
}

impl OwnKind {
    pub const ALL: [OwnKind; 5] =
        [OwnKind::Freight, OwnKind::Unloading, OwnKind::Cutting, OwnKind::Service, OwnKind::Goods];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            OwnKind::Freight => "freight",
            OwnKind::Unloading => "unloading",
            OwnKind::Cutting => "cutting",
            OwnKind::Service => "service",
            OwnKind::Goods => "goods",
        }
    }

    /// The kind of that name.
    pub fn from_key(key: &str) -> Option<OwnKind> {
        OwnKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

impl LineExtra {
    /// The rest of the line at `path`, which is asked for where there is something to be read; what is wrong is noted.
    pub(super) fn accept(
        path: impl Fn() -> String,
        text: LineExtraText,
        known: &KnownNames,
        faults: &mut Invalid,
    ) -> LineExtra {
        let group = plain(&text.group);
        let at = |field: &str| format!("{}.{field}", path());
        check_length(|| at("group"), &group, GROUP_LETTERS_MAX, faults);
        known.check(|| at("group"), &text.group, name_fault, faults);
        LineExtra {
            manual: text.manual.and_then(|manual| read_manual(&at("manual"), &manual, true, faults)),
            group,
            own: text.own.map(|own| OwnItem::accept(&at("own"), &own, known, faults)),
        }
    }

    /// Nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == LineExtra::default()
    }

    /// The same without what the goods cost us.
    pub fn without_cost(&self) -> LineExtra {
        let own = self.own.clone().map(|own| OwnItem {
            cost: None,
            cost_by: None,
            set_price: None,
            set_for: None,
            ..own
        });
        LineExtra { own, ..self.clone() }
    }
}

impl OwnItem {
    fn accept(path: &str, text: &OwnText, known: &KnownNames, faults: &mut Invalid) -> OwnItem {
        let at = |field: &str| format!("{path}.{field}");
        known.check(|| at("name"), &text.name, name_fault, faults);
        known.check(|| at("spec"), &text.spec, line_fault, faults);
        known.check(|| at("supplier"), &text.supplier, name_fault, faults);
        let kind = OwnKind::from_key(&text.kind);
        if kind.is_none() {
            faults.add(at("kind"), FieldFault::NoChoice);
        }
        let price = |field: &str, text: &str, faults: &mut Invalid| {
            UnitPrice(read_figure(&at(field), text, 4, UNIT_PRICE_MAX.0, faults))
        };
        let rate = text.tax_rate.as_deref().map(|rate| read_share(&at("tax_rate"), rate, faults));
        OwnItem {
            kind: kind.unwrap_or(OwnKind::Service),
            name: faults.required(&at("name"), &plain(&text.name), OWN_NAME_LETTERS_MAX),
            spec: faults.optional(&at("spec"), &plain(&text.spec), OWN_NAME_LETTERS_MAX),
            price: price("price", &text.price, faults),
            tax_rate: rate.or(BasisPoints::of_whole(TAX_RATE)).unwrap_or_default(),
            cost: text.cost.as_deref().map(|cost| price("cost", cost, faults)),
            supplier: faults.optional(&at("supplier"), &plain(&text.supplier), OWN_NAME_LETTERS_MAX),
            cost_by: None,
            set_price: None,
            set_for: None,
        }
    }

    /// What pricing needs of it.
    pub fn entered(&self, qty: Qty, unit: &str) -> Entered {
        let OwnItem { price, tax_rate, cost, .. } = *self;
        Entered { qty, unit: unit.to_string(), price, tax_rate, cost }
    }

    /// Keeps the cost that was entered before where none was typed, or where whoever types does not see it, and notes who
    /// entered a new one. `sees` says whether `by` sees costs that others entered.
    pub fn keep_cost(&mut self, before: Option<&OwnItem>, (by, sees): (PersonId, bool)) {
        self.set_price = before.and_then(|before| before.set_price);
        self.set_for = before.and_then(|before| before.set_for.clone());
        let hidden = |before: &&OwnItem| before.cost.is_some() && !sees && before.cost_by != Some(by);
        if let Some(before) = before.filter(hidden) {
            (self.cost, self.cost_by) = (before.cost, before.cost_by);
            return;
        }
        match (self.cost, before) {
            (None, Some(before)) => (self.cost, self.cost_by) = (before.cost, before.cost_by),
            (Some(cost), Some(before)) if before.cost == Some(cost) => self.cost_by = before.cost_by,
            (Some(_), _) => self.cost_by = Some(by),
            (None, None) => {}
        }
    }

    /// Keeps what a unit comes to beside the cost, where whoever writes sees that cost; `reduced` says that something was
    /// taken off by hand, be it too little for a fen.
    pub(super) fn note_set_price(
        &mut self,
        priced: &PricedLine,
        reduced: bool,
        (by, sees): (PersonId, bool),
    ) {
        let seen = sees || self.cost_by == Some(by);
        if self.cost.is_none() || !seen {
            return;
        }
        self.set_price = Some(if reduced { least(priced) } else { priced.unit_price });
        self.set_for = Some(self.as_it_is(priced));
    }

    fn as_it_is(&self, priced: &PricedLine) -> SetFor {
        let OwnItem { name, spec, tax_rate, .. } = self;
        let with_tax = (priced.tax != Fen::ZERO).then_some(priced.net != priced.net_ex_tax);
        let unit = priced.unit.clone();
        SetFor { name: name.clone(), spec: spec.clone(), unit, tax_rate: *tax_rate, with_tax }
    }

    /// Whether it is what `before` was, for the same money.
    pub(super) fn agrees_with(&self, before: &OwnItem) -> bool {
        let agreed = |own: &OwnItem| (own.kind, own.price, own.tax_rate, own.cost);
        agreed(self) == agreed(before) && (&self.name, &self.spec) == (&before.name, &before.spec)
    }

    /// Whether somebody who sees no costs may not issue the line at what it comes to. Held against the cost itself, every
    /// price tried would tell on which side of it the cost lies; where it was set below the cost, no price is answered.
    pub(super) fn is_held(&self, priced: &PricedLine, person: PersonId) -> bool {
        let other = self.set_for.as_ref().is_some_and(|set| !set.is(&self.as_it_is(priced)));
        match (self.cost, self.set_price) {
            (Some(cost), Some(set)) if self.cost_by != Some(person) => {
                other || set < cost || priced.net < priced.qty.times(set).unwrap_or(NET_MAX)
            }
            _ => priced.below_floor,
        }
    }
}

/// The lowest price of a unit that comes to this line's net: what was just written must not lie below it, nor a larger
/// quantity at the same reduction, whose net is rounded anew.
fn least(priced: &PricedLine) -> UnitPrice {
    // Half a fen is 50 of 0.0001 yuan, and a quantity counts in 0.001: what the net was rounded by, and what the price was.
    let rounded = i64::checked_div(50_000, priced.qty.0.max(1)).unwrap_or(0).saturating_add(2);
    UnitPrice(priced.net_unit_price.0.saturating_sub(rounded).max(0))
}

/// A manual price as it was typed; `None` when nothing was, or it is wrong, which is noted.
pub(super) fn read_manual(
    path: &str,
    text: &ManualText,
    of_line: bool,
    faults: &mut Invalid,
) -> Option<ManualAsk> {
    let ManualText { unit_price, percent_off, amount_off } = text;
    let at = |field: &str| format!("{path}.{field}");
    match (unit_price, percent_off, amount_off) {
        (Some(price), None, None) if of_line => {
            let price = read_figure(&at("unit_price"), price, 4, UNIT_PRICE_MAX.0, faults);
            Some(ManualAsk::UnitPrice(UnitPrice(price)))
        }
        (None, Some(percent), None) => {
            Some(ManualAsk::PercentOff(read_share(&at("percent_off"), percent, faults)))
        }
        (None, None, Some(amount)) => {
            let amount = read_figure(&at("amount_off"), amount, 2, NET_MAX.0, faults);
            Some(ManualAsk::AmountOff(Fen(amount)))
        }
        (None, None, None) => None,
        _ => {
            // The whole document has no unit price; of a line several were given.
            let several = [unit_price, percent_off, amount_off].into_iter().flatten().count() > 1;
            faults.add(path, if several { FieldFault::OneOnly } else { FieldFault::NoChoice });
            None
        }
    }
}

/// What is asked of a line and of the whole document, in the order in which it is applied.
pub(super) fn manual_asks<'a>(
    lines: impl IntoIterator<Item = (usize, &'a LineExtra)>,
    whole: &Whole,
) -> Vec<Manual> {
    let of_line = |(place, extra): (usize, &LineExtra)| {
        extra.manual.map(|ask| Manual { line: Some(place), part: ManualPart::Line, ask })
    };
    let mut asks: Vec<Manual> = lines.into_iter().filter_map(of_line).collect();
    if let Some(ask) = whole.off {
        asks.push(Manual { line: None, part: ManualPart::Whole, ask });
    }
    if whole.rounding > Fen::ZERO {
        asks.push(Manual {
            line: None,
            part: ManualPart::Rounding,
            ask: ManualAsk::AmountOff(whole.rounding),
        });
    }
    asks
}

/// What is taken off the whole document, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WholeText {
    pub percent_off: Option<String>,
    pub amount_off: Option<String>,
    pub rounding: Option<String>,
}

/// What is taken off the whole document: a share or an amount, then 抹零.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<ManualAsk>,
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rounding: Fen,
}

impl Whole {
    /// What is taken off; what is wrong is noted under `whole`.
    pub fn accept(text: &WholeText, faults: &mut Invalid) -> Whole {
        let asked = ManualText {
            unit_price: None,
            percent_off: text.percent_off.clone(),
            amount_off: text.amount_off.clone(),
        };
        let rounding = text.rounding.as_deref();
        let rounding = rounding.map(|text| read_figure("whole.rounding", text, 2, NET_MAX.0, faults));
        Whole { off: read_manual("whole", &asked, false, faults), rounding: Fen(rounding.unwrap_or(0)) }
    }

    /// Nothing is taken off.
    pub fn is_empty(&self) -> bool {
        *self == Whole::default()
    }
}

fn is_nothing(amount: &Fen) -> bool {
    *amount == Fen::ZERO
}
