//! Writes what came out, in the shape of `docs/guide/price-command.md`: names in a fixed order, figures as decimal text.

use domain::base::{Fen, UnitPrice};
use domain::pricing::{
    Conflict, LineRefused, ManualStep, PriceBook, PricedLine, PricingRefused, Reference, Totals, TraceStep,
};
use domain::words::pricing as words;
use domain::words::pricing::Names;
use serde::Serialize;
use serde_json::{Value, json};

use super::case::{Case, CaseLine};

/// The name under which manual prices stand among the policies.
const MANUAL: &str = "manual";

/// The outcome of a case that could be priced.
#[derive(Debug, Serialize)]
pub struct Priced {
    lines: Vec<Line>,
    gifts: Vec<Value>,
    order: Order,
    applied: Vec<Value>,
    not_applied: Vec<Value>,
    codes: Vec<Value>,
    approvals: Vec<Approval>,
}

/// Why a case could not be priced.
#[derive(Debug, Serialize)]
pub struct Refused {
    refused: RefusedFacts,
}

/// What a check found.
#[derive(Debug, Serialize)]
pub struct Checked {
    conflicts: Vec<CheckedConflict>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: String,
    product: String,
    qty: String,
    unit: String,
    price_list: Option<String>,
    list_unit_price: String,
    unit_price: String,
    amount: String,
    discounts: Vec<Value>,
    net: String,
    net_ex_tax: String,
    tax: String,
    net_unit_price: String,
    pocket_unit_price: String,
    floor_price: Option<String>,
    below_floor: bool,
    trace: Vec<Step>,
}

#[derive(Debug, Serialize)]
struct Step {
    stage: &'static str,
    rule: Option<String>,
    rev: Option<i64>,
    #[serde(rename = "in")]
    before: Option<String>,
    out: String,
    sentence: String,
}

#[derive(Debug, Serialize)]
struct Order {
    amount: String,
    discount: String,
    net: String,
    net_ex_tax: String,
    tax: String,
}

#[derive(Debug, Serialize)]
struct Approval {
    line: String,
    code: &'static str,
    pocket_unit_price: String,
    floor_price: Option<String>,
}

#[derive(Debug, Serialize)]
struct RefusedFacts {
    code: &'static str,
    sentence: String,
    line: Option<String>,
    product: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_list: Option<String>,
}

#[derive(Debug, Serialize)]
struct CheckedConflict {
    code: &'static str,
    blocks: bool,
    items: Vec<String>,
    sentence: String,
}

impl Priced {
    pub fn of(case: &Case, book: &PriceBook, lines: &[PricedLine], totals: Totals) -> Priced {
        let priced = case.lines.iter().zip(lines);
        let priced: Vec<Line> = priced.map(|(asked, line)| priced_line((case, book), asked, line)).collect();
        let below = priced.iter().filter(|line| line.below_floor);
        let approvals = below.map(|line| Approval {
            line: line.id.clone(),
            code: "below_floor",
            pocket_unit_price: line.pocket_unit_price.clone(),
            floor_price: line.floor_price.clone(),
        });
        Priced {
            approvals: approvals.collect(),
            lines: priced,
            gifts: Vec::new(),
            order: Order {
                amount: totals.amount.to_yuan(),
                discount: Fen(totals.amount.0.saturating_sub(totals.net.0)).to_yuan(),
                net: totals.net.to_yuan(),
                net_ex_tax: totals.net_ex_tax.to_yuan(),
                tax: totals.tax.to_yuan(),
            },
            applied: if case.manual.is_empty() { Vec::new() } else { vec![Value::from(MANUAL)] },
            not_applied: Vec::new(),
            codes: Vec::new(),
        }
    }
}

impl Refused {
    pub fn of(case: &Case, refused: &LineRefused) -> Refused {
        let names = &case.ids;
        let (unit, list) = match &refused.refused {
            PricingRefused::UnknownUnit { unit, .. } => (Some(unit.clone()), None),
            PricingRefused::NoCost { list, .. } | PricingRefused::Cycle { list: Some(list), .. } => {
                (None, Some(names.list(*list)))
            }
            PricingRefused::NoPrice { .. }
            | PricingRefused::Cycle { list: None, .. }
            | PricingRefused::UnknownProduct { .. }
            | PricingRefused::NegativeQty { .. }
            | PricingRefused::TooLarge { .. } => (None, None),
        };
        Refused {
            refused: RefusedFacts {
                code: refused.refused.code(),
                sentence: words::refused(&refused.refused, names),
                line: case.lines.get(refused.line).map(|line| line.id.clone()),
                product: names.product(refused.refused.product()),
                unit,
                price_list: list,
            },
        }
    }
}

impl Checked {
    pub fn of(names: &dyn Names, found: &[Conflict]) -> Checked {
        let conflict = |conflict: &Conflict| CheckedConflict {
            code: conflict.code(),
            blocks: conflict.blocks(),
            items: items(conflict, names),
            sentence: words::conflict(conflict, names),
        };
        Checked { conflicts: found.iter().map(conflict).collect() }
    }
}

fn items(conflict: &Conflict, names: &dyn Names) -> Vec<String> {
    match conflict {
        Conflict::OverlappingPrice { lists: [one, other], .. } if one == other => vec![names.list(*one)],
        Conflict::OverlappingPrice { lists, .. } => lists.iter().map(|list| names.list(*list)).collect(),
        Conflict::EmptyList { list, .. } | Conflict::EmptyRange { list, .. } => vec![names.list(*list)],
        Conflict::UnknownReference { list, to: Reference::Base(base) } => {
            vec![names.list(*list), names.list(*base)]
        }
        Conflict::UnknownReference { list, to: Reference::Product(product) }
        | Conflict::BelowFloorPossible { list, product, .. } => {
            vec![names.list(*list), names.product(*product)]
        }
        Conflict::Cycle { lists } => lists.iter().map(|list| names.list(*list)).collect(),
        Conflict::CategoryCycle { categories } => categories.iter().map(|id| names.category(*id)).collect(),
    }
}

fn priced_line((case, book): (&Case, &PriceBook), asked: &CaseLine, line: &PricedLine) -> Line {
    let base_unit = book.product(line.product).map(|product| product.units.base());
    Line {
        id: asked.id.clone(),
        product: asked.product.clone(),
        qty: line.qty.to_text(),
        unit: line.unit.clone(),
        price_list: line.list.map(|list| case.ids.list(list.item)),
        list_unit_price: line.list_unit_price.to_yuan(),
        unit_price: line.unit_price.to_yuan(),
        amount: line.amount.to_yuan(),
        discounts: discounts(line),
        net: line.net.to_yuan(),
        net_ex_tax: line.net_ex_tax.to_yuan(),
        tax: line.tax.to_yuan(),
        net_unit_price: four_decimals(line.net_unit_price),
        pocket_unit_price: four_decimals(line.net_unit_price),
        floor_price: line.floor.map(UnitPrice::to_yuan),
        below_floor: line.below_floor,
        trace: steps(&line.trace, base_unit.unwrap_or(&line.unit)),
    }
}

/// What each manual price took off, in their order.
fn discounts(line: &PricedLine) -> Vec<Value> {
    let off = |step: &ManualStep| Fen(step.before.0.saturating_sub(step.out.0)).to_yuan();
    line.manual_steps().map(|step| json!({ "policy": MANUAL, "amount": off(step) })).collect()
}

/// The steps in words; `base_unit` is the product's.
fn steps(trace: &[TraceStep], base_unit: &str) -> Vec<Step> {
    let step = |step: &TraceStep| {
        let (stage, rule, before) = match step {
            TraceStep::Base(base) => {
                let list = base.points.first().and_then(|point| point.list.as_ref());
                ("base", list.map(|list| list.name.clone()), None)
            }
            TraceStep::Tier(tier) => ("tier", Some(tier.tier.clone()), Some(tier.before.to_yuan())),
            TraceStep::Manual(manual) => (MANUAL, Some(MANUAL.to_string()), Some(manual.before.to_yuan())),
        };
        let out = match step {
            TraceStep::Base(base) => base.out.to_yuan(),
            TraceStep::Tier(tier) => tier.out.to_yuan(),
            TraceStep::Manual(manual) => manual.out.to_yuan(),
        };
        Step { stage, rule, rev: None, before, out, sentence: words::trace_step_with_cost(step, base_unit) }
    };
    trace.iter().map(step).collect()
}

/// A unit price with all four decimals.
fn four_decimals(price: UnitPrice) -> String {
    let text = price.to_yuan();
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    format!("{text}{}", "0".repeat(4_usize.saturating_sub(decimals)))
}
