//! How a step of a trace is read back: with the fields of every kind side by side, in one pass. Told apart by the kind first,
//! each step would be put aside whole until its kind is known, which stands behind most of it; a document has one or more
//! for each line.

use serde::Deserialize;

use super::list::{Formula, Revision};
use super::manual::{ManualAsk, ManualPart, ManualStep};
use super::trace::{BaseStep, PointGives, PricePoint, TierStep, TraceStep};
use crate::base::{BasisPoints, Factor, Fen, UnitPrice};

/// A step before anybody has looked at its kind.
#[derive(Deserialize)]
pub(super) struct KeptStep {
    stage: Stage,
    points: Option<Vec<PricePoint>>,
    unit: Option<String>,
    factor: Option<Factor>,
    tax_rate: Option<BasisPoints>,
    includes_tax: Option<bool>,
    price_decimals: Option<u8>,
    tier: Option<String>,
    revision: Option<Revision>,
    percent: Option<BasisPoints>,
    part: Option<ManualPart>,
    ask: Option<ManualAsk>,
    #[serde(rename = "in")]
    before: Option<i64>,
    out: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    Base,
    Tier,
    Manual,
}

/// What a price point gives, before anybody has looked at its kind.
#[derive(Deserialize)]
pub(super) struct KeptGives {
    kind: GivesKind,
    price: Option<UnitPrice>,
    per_line_unit: Option<Factor>,
    formula: Option<Formula>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum GivesKind {
    Price,
    Formula,
    ListPrice,
    Cost,
    Entered,
}

/// A step of its kind has this field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("missing field `{0}`")]
pub(super) struct Missing(&'static str);

fn have<T>(field: Option<T>, name: &'static str) -> Result<T, Missing> {
    field.ok_or(Missing(name))
}

impl TryFrom<KeptStep> for TraceStep {
    type Error = Missing;

    fn try_from(step: KeptStep) -> Result<TraceStep, Missing> {
        let out = have(step.out, "out")?;
        Ok(match step.stage {
            Stage::Base => TraceStep::Base(BaseStep {
                points: have(step.points, "points")?,
                unit: have(step.unit, "unit")?,
                factor: have(step.factor, "factor")?,
                tax_rate: have(step.tax_rate, "tax_rate")?,
                includes_tax: have(step.includes_tax, "includes_tax")?,
                price_decimals: have(step.price_decimals, "price_decimals")?,
                out: UnitPrice(out),
            }),
            Stage::Tier => TraceStep::Tier(TierStep {
                tier: have(step.tier, "tier")?,
                revision: have(step.revision, "revision")?,
                percent: have(step.percent, "percent")?,
                before: UnitPrice(have(step.before, "in")?),
                out: UnitPrice(out),
            }),
            Stage::Manual => TraceStep::Manual(ManualStep {
                part: have(step.part, "part")?,
                ask: have(step.ask, "ask")?,
                before: Fen(have(step.before, "in")?),
                out: Fen(out),
            }),
        })
    }
}

impl TryFrom<KeptGives> for PointGives {
    type Error = Missing;

    fn try_from(gives: KeptGives) -> Result<PointGives, Missing> {
        let price = have(gives.price, "price");
        Ok(match gives.kind {
            GivesKind::Price => PointGives::Price {
                price: price?,
                per_line_unit: have(gives.per_line_unit, "per_line_unit")?,
            },
            GivesKind::Formula => PointGives::Formula { formula: have(gives.formula, "formula")? },
            GivesKind::ListPrice => PointGives::ListPrice { price: price? },
            GivesKind::Cost => PointGives::Cost { price: price? },
            GivesKind::Entered => PointGives::Entered { price: price? },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ItemId, Qty};
    use crate::pricing::{FormulaOf, PointList};

    fn every_step() -> Vec<TraceStep> {
        let revision = Revision { item: ItemId(3), n: 7 };
        let list = PointList {
            revision,
            name: "价目表".into(),
            since: None,
            min_qty: Qty(5),
            note: Some("备注".into()),
        };
        let formula = Formula { of: FormulaOf::Base, percent: BasisPoints::WHOLE, plus: UnitPrice(-5) };
        let price = UnitPrice(12_345);
        let gives = [
            PointGives::Price { price, per_line_unit: Factor::ONE },
            PointGives::Formula { formula },
            PointGives::ListPrice { price },
            PointGives::Cost { price },
            PointGives::Entered { price },
        ];
        let point = |gives| PricePoint { list: Some(list.clone()), includes_tax: true, gives };
        let base = BaseStep {
            points: gives.into_iter().map(point).collect(),
            unit: "桶".into(),
            factor: Factor::ONE,
            tax_rate: BasisPoints::WHOLE,
            includes_tax: false,
            price_decimals: 2,
            out: price,
        };
        let tier =
            TierStep { tier: "A".into(), revision, percent: BasisPoints::WHOLE, before: price, out: price };
        let asks = [
            ManualAsk::UnitPrice(price),
            ManualAsk::PercentOff(BasisPoints::WHOLE),
            ManualAsk::AmountOff(Fen(3)),
        ];
        let parts = [ManualPart::Line, ManualPart::Whole, ManualPart::Rounding];
        let manual = asks
            .into_iter()
            .zip(parts)
            .map(|(ask, part)| TraceStep::Manual(ManualStep { part, ask, before: Fen(10), out: Fen(7) }));
        [TraceStep::Base(base), TraceStep::Tier(tier)].into_iter().chain(manual).collect()
    }

    #[test]
    fn every_step_is_read_back_in_whatever_order_its_fields_stand() {
        let steps = every_step();
        let written = serde_json::to_string(&steps).unwrap();
        assert_eq!(serde_json::from_str::<Vec<TraceStep>>(&written).unwrap(), steps);
        let sorted: Vec<std::collections::BTreeMap<String, serde_json::Value>> =
            serde_json::from_str(&written).unwrap();
        let canonical = serde_json::to_string(&sorted).unwrap();
        assert_ne!(canonical, written);
        assert_eq!(serde_json::from_str::<Vec<TraceStep>>(&canonical).unwrap(), steps);
    }

    #[test]
    fn a_step_without_a_field_of_its_kind_is_none() {
        for step in every_step() {
            let whole = serde_json::to_value(&step).unwrap();
            for field in whole.as_object().unwrap().keys() {
                let mut less = whole.clone();
                less.as_object_mut().unwrap().remove(field);
                let read = serde_json::from_value::<TraceStep>(less);
                assert!(
                    read.is_err_and(|error| error.to_string().contains(field.as_str())),
                    "{step:?} {field}"
                );
            }
        }
    }
}
