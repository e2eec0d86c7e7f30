//! Lists of one's own (常用清单): lines kept without prices, and what of them goes into a draft, times so many.

use serde::{Deserialize, Serialize};

use super::draft::DraftLine;
use super::extra::{LineExtra, NO_PRODUCT, OwnItem, OwnKind};
use super::priced::{LineRefusal, QuotedProduct};
use crate::base::{
    BasisPoints, Factor, FieldFault, Invalid, NumberFault, ProductId, QTY_MAX, Qty, UnitPrice, parse_decimal,
};
use crate::catalog::Units;

/// So many lists a person keeps.
pub const SETS_MAX: usize = 200;
/// The longest list.
pub const SET_LINES_MAX: usize = 500;
/// The longest name of a list.
pub const SET_NAME_LETTERS_MAX: usize = 40;
/// At most so many times a list is put into a draft.
pub const TIMES_MAX: i64 = 10_000;
/// The largest area, in ㎡.
pub const AREA_MAX: i64 = 1_000_000;
/// No figure is longer, in full-width digits either.
const FIGURE_BYTES_MAX: usize = 100;

/// One line of a list: goods or a service, how much of it, where it belongs; never a price, a cost or a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetLine {
    pub product: ProductId,
    pub qty: Qty,
    pub unit: String,
    pub note: String,
    pub extra: SetExtra,
}

/// The rest of a line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetExtra {
    /// How many base units the unit held when the line was kept; none when the product was not sold in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Factor>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<SetOwn>,
}

/// Goods or a service outside the catalogue, without its price and what it costs us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetOwn {
    pub kind: OwnKind,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub spec: String,
    pub tax_rate: BasisPoints,
}

/// By how much a list is multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    pub factor: Factor,
    /// What was a whole number stays one, rounded up: nobody buys half a pail.
    pub round_up: bool,
}

/// A line of a list as it would stand in a draft, and what has to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct FilledLine {
    pub line: DraftLine,
    pub product: QuotedProduct,
    pub said: Vec<FillNote>,
}

/// What somebody has to know about a line of a list before it goes into a draft.
#[derive(Clone, Debug, PartialEq)]
pub enum FillNote {
    /// Not sold any more.
    Archived,
    /// The unit went; the quantity was converted to base units by what it held when the list was kept.
    UnitConverted { unit: String, per: Factor },
    /// The unit went, and what it held is not known.
    UnitGone { unit: String },
    /// The unit holds another number of base units than when the list was kept.
    UnitChanged { unit: String, was: Factor, now: Factor },
    /// More than a line may hold.
    TooMuch,
    /// This customer has no price for it.
    NoPrice(LineRefusal),
    /// A list keeps no price of what stands outside the catalogue.
    PriceMissing,
}

impl SetLine {
    /// What a list keeps of a line; `units` are those of its product.
    pub fn of(line: &DraftLine, units: Option<&Units>) -> SetLine {
        let own = line.extra.own.as_ref().map(|own| SetOwn {
            kind: own.kind,
            name: own.name.clone(),
            spec: own.spec.clone(),
            tax_rate: own.tax_rate,
        });
        let per = units.filter(|_| own.is_none()).and_then(|units| units.factor(&line.unit));
        SetLine {
            product: if own.is_some() { NO_PRODUCT } else { line.product },
            qty: line.qty,
            unit: line.unit.clone(),
            note: line.note.clone(),
            extra: SetExtra { per, group: line.extra.group.clone(), own },
        }
    }

    /// What the line is called where it stands outside the catalogue.
    pub fn own_product(&self) -> Option<QuotedProduct> {
        self.extra.own.as_ref().map(|own| QuotedProduct::of_own(&own.item(), &self.unit))
    }

    /// The line as it would stand in a draft, under the id `id`; `product` is what it names today.
    pub fn filled(&self, id: String, product: QuotedProduct, scale: Scale) -> FilledLine {
        let mut said = Vec::new();
        let (mut qty, mut unit) = (self.qty, self.unit.clone());
        if self.extra.own.is_some() {
            said.push(FillNote::PriceMissing);
        } else {
            if product.archived {
                said.push(FillNote::Archived);
            }
            match (product.units.factor(&self.unit), self.extra.per) {
                (Some(now), Some(was)) if now != was => {
                    said.push(FillNote::UnitChanged { unit: unit.clone(), was, now });
                }
                (Some(_), _) => {}
                (None, Some(per)) => {
                    said.push(FillNote::UnitConverted { unit: unit.clone(), per });
                    qty = qty.in_base(per).unwrap_or(Qty(i64::MAX));
                    unit = product.units.base().to_string();
                }
                (None, None) => said.push(FillNote::UnitGone { unit: unit.clone() }),
            }
        }
        let qty = scale.of(qty).unwrap_or_else(|| {
            said.push(FillNote::TooMuch);
            QTY_MAX
        });
        let extra = LineExtra {
            manual: None,
            group: self.extra.group.clone(),
            own: self.extra.own.as_ref().map(SetOwn::item),
        };
        let line = DraftLine { id, product: self.product, qty, unit, note: self.note.clone(), extra };
        FilledLine { line, product, said }
    }
}

impl SetOwn {
    fn item(&self) -> OwnItem {
        OwnItem {
            kind: self.kind,
            name: self.name.clone(),
            spec: self.spec.clone(),
            price: UnitPrice(0),
            tax_rate: self.tax_rate,
            cost: None,
            supplier: String::new(),
            cost_by: None,
            set_price: None,
            set_for: None,
        }
    }
}

impl Scale {
    /// `times` so many, or by `area` where the list says for how many ㎡ it is; without either once.
    pub fn accept(
        times: Option<&str>,
        area: Option<&str>,
        of_area: Option<Qty>,
        round_up: bool,
    ) -> Result<Scale, Invalid> {
        let factor = match (times, area, of_area) {
            (None, None, _) => Factor::ONE,
            (Some(times), None, _) => {
                let times = positive("times", times, TIMES_MAX)?;
                Factor::new(times, 1_000).unwrap_or(Factor::ONE)
            }
            (None, Some(area), Some(of)) => {
                let area = positive("area", area, AREA_MAX)?;
                Factor::new(area, of.0).unwrap_or(Factor::ONE)
            }
            (Some(_), Some(_), _) | (None, Some(_), None) => {
                return Err(Invalid::one("area", FieldFault::NoChoice));
            }
        };
        Ok(Scale { factor, round_up })
    }

    /// So much of it; `None` when that is more than a line may hold.
    pub fn of(self, qty: Qty) -> Option<Qty> {
        let (over, under) = (i128::from(self.factor.numerator()), i128::from(self.factor.denominator()));
        let whole = i128::from(qty.0).rem_euclid(1_000) == 0;
        let scaled = if self.round_up && whole {
            let units = i128::from(qty.0).div_euclid(1_000) * over;
            let up = units.div_euclid(under) + i128::from(units.rem_euclid(under) != 0);
            i64::try_from(up * 1_000).ok().map(Qty)?
        } else {
            qty.in_base(self.factor).ok()?
        };
        (scaled <= QTY_MAX).then_some(scaled)
    }
}

impl FilledLine {
    /// Whether the line may go into a draft at all.
    pub fn usable(&self) -> bool {
        !self
            .said
            .iter()
            .any(|note| matches!(note, FillNote::Archived | FillNote::UnitGone { .. } | FillNote::TooMuch))
    }
}

impl FillNote {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FillNote::Archived => "product_archived",
            FillNote::UnitConverted { .. } => "unit_converted",
            FillNote::UnitGone { .. } => "unit_gone",
            FillNote::UnitChanged { .. } => "unit_changed",
            FillNote::TooMuch => "too_much",
            FillNote::NoPrice(_) => "no_price",
            FillNote::PriceMissing => "price_missing",
        }
    }
}

/// The name of a list as it is kept.
pub fn set_name(text: &str) -> Result<String, Invalid> {
    let mut faults = Invalid::default();
    let name = faults.name("name", text, SET_NAME_LETTERS_MAX);
    faults.or_go_on()?;
    Ok(name)
}

/// For how many ㎡ a list is; an empty text says that it is for none in particular.
pub fn set_area(text: &str) -> Result<Option<Qty>, Invalid> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    positive("area", text, AREA_MAX).map(|area| Some(Qty(area)))
}

/// A figure above nothing and up to `most`, in thousandths.
fn positive(path: &str, text: &str, most: i64) -> Result<i64, Invalid> {
    let wrong = |fault| Err(Invalid::one(path, fault));
    if text.len() > FIGURE_BYTES_MAX {
        return wrong(FieldFault::Number(NumberFault::TooLarge));
    }
    match parse_decimal(text, 3) {
        Ok(figure) if figure <= 0 => wrong(FieldFault::NotPositive),
        Ok(figure) if figure > most.saturating_mul(1_000) => {
            wrong(FieldFault::NotInRange { min: 0, max: most })
        }
        Ok(figure) => Ok(figure),
        Err(fault) => wrong(FieldFault::Number(fault)),
    }
}
