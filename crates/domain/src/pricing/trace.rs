//! Why a price is what it is: each step with what went in, by which rule, and what came out.

use serde::{Deserialize, Serialize};

use super::kept_step::{KeptGives, KeptStep};
use super::list::{Formula, FormulaOf, Revision};
use super::manual::ManualStep;
use super::ratio::Ratio;
use crate::base::{BasisPoints, Date, Factor, OutOfRange, Qty, UnitPrice};

/// One step of a trace; the steps of a line stand in the order in which they were taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case", try_from = "KeptStep")]
pub enum TraceStep {
    Base(BaseStep),
    Tier(TierStep),
    /// What a person took off by hand; works on the line's amount.
    Manual(ManualStep),
}

/// The base price, and what it was computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseStep {
    /// The entry that answered first, then what its formula asked, and so on down.
    pub points: Vec<PricePoint>,
    /// Unit of the line, and how many base units it holds.
    pub unit: String,
    pub factor: Factor,
    pub tax_rate: BasisPoints,
    /// Whether prices of the document include tax.
    pub includes_tax: bool,
    pub price_decimals: u8,
    pub out: UnitPrice,
}

/// One price point that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePoint {
    /// `None` for a figure of the product itself.
    pub list: Option<PointList>,
    pub includes_tax: bool,
    pub gives: PointGives,
}

/// The list that a price point stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointList {
    pub revision: Revision,
    pub name: String,
    /// Day from which the entry holds, else the list.
    pub since: Option<Date>,
    pub min_qty: Qty,
    /// What the entry says of its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a price point gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "KeptGives")]
pub enum PointGives {
    /// A price of one unit of the entry; `per_line_unit` says how many of them one unit of the line holds.
    Price { price: UnitPrice, per_line_unit: Factor },
    /// A formula over the next price point.
    Formula { formula: Formula },
    /// The product's list price, per base unit.
    ListPrice { price: UnitPrice },
    /// The product's cost, per base unit.
    Cost { price: UnitPrice },
    /// A price that somebody entered for something outside the catalogue, per unit of the line.
    Entered { price: UnitPrice },
}

/// The customer's tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierStep {
    pub tier: String,
    pub revision: Revision,
    pub percent: BasisPoints,
    #[serde(rename = "in")]
    pub before: UnitPrice,
    pub out: UnitPrice,
}

impl BaseStep {
    /// Whether the base price comes from the cost, which not everybody may see.
    pub fn leans_on_cost(&self) -> bool {
        self.points.iter().any(PricePoint::leans_on_cost)
    }
}

impl PricePoint {
    /// Whether it gives the cost, or a formula over it.
    pub fn leans_on_cost(&self) -> bool {
        match &self.gives {
            PointGives::Cost { .. } => true,
            PointGives::Formula { formula } => formula.of == FormulaOf::Cost,
            PointGives::Price { .. } | PointGives::ListPrice { .. } | PointGives::Entered { .. } => false,
        }
    }
}

impl TraceStep {
    /// The unit price that the step ended with; `None` for one that works on the line's amount.
    pub fn out(&self) -> Option<UnitPrice> {
        match self {
            TraceStep::Base(step) => Some(step.out),
            TraceStep::Tier(step) => Some(step.out),
            TraceStep::Manual(_) => None,
        }
    }
}

impl BaseStep {
    /// The base price of one unit of the line in the document's tax basis, unrounded.
    pub(super) fn exact(&self) -> Result<Ratio, OutOfRange> {
        let factor = Ratio::from(self.factor);
        let mut value = Ratio::ZERO;
        let mut includes_tax = self.includes_tax;
        for (depth, point) in self.points.iter().rev().enumerate() {
            if depth > 0 {
                value = value.times(tax_ratio(includes_tax, point.includes_tax, self.tax_rate)?)?;
            }
            value = match &point.gives {
                PointGives::Price { price, per_line_unit } => {
                    Ratio::whole(price.0).times((*per_line_unit).into())?
                }
                PointGives::ListPrice { price } | PointGives::Cost { price } => {
                    Ratio::whole(price.0).times(factor)?
                }
                PointGives::Entered { price } => Ratio::whole(price.0),
                PointGives::Formula { formula } => {
                    let share = value.times(Ratio::of(formula.percent.get(), 10_000)?)?;
                    share.plus(Ratio::whole(formula.plus.0).times(factor)?)?
                }
            };
            includes_tax = point.includes_tax;
        }
        value.times(tax_ratio(includes_tax, self.includes_tax, self.tax_rate)?)
    }
}

/// The unit price that a trace comes to when its steps are taken again (rounded once, at the end).
///
/// Manual steps work on the amount: `apply_manual` takes them again.
pub fn replay(trace: &[TraceStep]) -> Result<UnitPrice, OutOfRange> {
    let (mut exact, mut decimals) = (Ratio::ZERO, 4);
    let mut percent = BasisPoints::WHOLE;
    for step in trace {
        match step {
            TraceStep::Base(step) => (exact, decimals) = (step.exact()?, step.price_decimals),
            TraceStep::Tier(step) => percent = step.percent,
            TraceStep::Manual(_) => {}
        }
    }
    tiered(exact, percent, decimals)
}

/// What `exact` of one unit comes to at the `percent` of a tier, `WHOLE` where none applies, with `decimals` decimals: the one
/// rounding of a unit price, for what was before is exact. Whoever wants to know what a tier makes of a price asks here.
pub(super) fn tiered(exact: Ratio, percent: BasisPoints, decimals: u8) -> Result<UnitPrice, OutOfRange> {
    let share = exact.times(Ratio::of(percent.get(), 10_000)?)?;
    share.rounded_to(price_step(decimals)).map(UnitPrice)
}

/// The smallest difference of two prices with `decimals` decimals, in 0.0001 yuan.
pub(super) fn price_step(decimals: u8) -> u32 {
    10_u32.pow(4_u32.saturating_sub(u32::from(decimals)))
}

/// What a figure is multiplied with to come from one tax basis to another.
pub(super) fn tax_ratio(
    from_includes: bool,
    to_includes: bool,
    rate: BasisPoints,
) -> Result<Ratio, OutOfRange> {
    let gross = rate.get().checked_add(10_000).ok_or(OutOfRange)?;
    match (from_includes, to_includes) {
        (true, false) => Ratio::of(10_000, gross),
        (false, true) => Ratio::of(gross, 10_000),
        (true, true) | (false, false) => Ok(Ratio::ONE),
    }
}
