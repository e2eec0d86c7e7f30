//! Lines of quotations and orders on the wire.

use app::quotes::LineView;
use domain::base::{BasisPoints, Factor, ProductId, UnitPrice};
use domain::catalog::factor_text;
use domain::pricing::{Above, TraceStep as Step, asked_above};
use domain::quotes::{Amounts, LineRefusal, LineText, PricedDraftLine, QuotedProduct};
use domain::words;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::terms::{ManualBody, MarginBody, OwnBody, extra_of};
use crate::http::maybe_fields;

/// A line as it is typed.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineInput {
    /// Made by the browser, unique in the quotation, at most 40 letters.
    pub id: String,
    /// Left out when `own` says what it is.
    #[serde(default)]
    pub product_id: i64,
    pub qty: String,
    pub unit: String,
    #[serde(default)]
    pub note: String,
    #[serde(default, deserialize_with = "maybe_fields")]
    pub manual: Option<ManualBody>,
    /// The room or building part.
    #[serde(default)]
    pub group: String,
    #[serde(default, deserialize_with = "maybe_fields")]
    pub own: Option<OwnBody>,
}

/// What is paid (tax included), what of it is without tax, and the tax.
#[derive(Clone, Serialize, ToSchema)]
pub struct Totals {
    pub net: String,
    pub net_ex_tax: String,
    pub tax: String,
}

/// A unit of a product, and how many base units it holds.
#[derive(Clone, Serialize, ToSchema)]
pub struct LineUnit {
    pub unit: String,
    pub factor: String,
}

/// The product of a line as it is sold.
#[derive(Clone, Serialize, ToSchema)]
pub struct LineProduct {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub base_unit: String,
    pub units: Vec<LineUnit>,
    pub tax_rate: String,
    /// What the customer calls it.
    pub customer_code: Option<String>,
}

/// The revision of the list that gave the base price.
#[derive(Clone, Serialize, ToSchema)]
pub struct LinePriceList {
    pub item_id: i64,
    pub name: String,
    pub n: i64,
}

/// The tier that was applied.
#[derive(Clone, Serialize, ToSchema)]
pub struct LineTier {
    pub name: String,
    pub percent: String,
}

/// One step of why the price is what it is.
#[derive(Clone, Serialize, ToSchema)]
pub struct TraceStep {
    pub stage: String,
    /// The list or tier by name.
    pub rule: String,
    pub rev: Option<i64>,
    #[serde(rename = "in")]
    pub before: Option<String>,
    pub out: String,
    pub sentence: String,
}

/// Why a line has no price.
#[derive(Clone, Serialize, ToSchema)]
pub struct LineRefusalBody {
    pub code: String,
    pub detail: String,
    #[schema(value_type = Object)]
    pub facts: Value,
}

/// A line with its figures. A refused line has none and does not count in the totals.
#[derive(Clone, Serialize, ToSchema)]
pub struct PricedLine {
    pub id: String,
    pub product: LineProduct,
    pub qty: String,
    pub unit: String,
    pub base_qty: Option<String>,
    pub note: String,
    pub list_unit_price: Option<String>,
    pub unit_price: Option<String>,
    pub net: Option<String>,
    pub net_ex_tax: Option<String>,
    pub tax: Option<String>,
    pub price_list: Option<LinePriceList>,
    pub tier: Option<LineTier>,
    /// Only for those who see cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor_price: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below_floor: Option<bool>,
    /// What was set by hand.
    pub manual: Option<ManualBody>,
    pub group: String,
    pub own: Option<OwnBody>,
    /// What the line comes to before it was lowered by hand, on the document's tax basis.
    pub amount: Option<String>,
    /// `net ÷ qty` on the document's tax basis, after all that was lowered by hand.
    pub net_unit_price: Option<String>,
    /// The lowest unit price that this person may set by hand, the line's share of what is taken off the whole counted;
    /// null where no limit binds.
    pub lowest_unit_price: Option<String>,
    /// The largest share that this person may take off the line by hand, in percent, counted alike; `0` where what is taken
    /// off the whole leaves none.
    pub deepest_percent_off: Option<String>,
    /// How far the line lies below what the rules gave, in percent, 抹零 left out; left out where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_below: Option<String>,
    /// How far a unit price set by hand lies above what the rules gave, in percent; left out where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_above: Option<String>,
    /// A unit price by hand above this one is asked about before issue: it may be a slip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_above: Option<String>,
    /// Only for those who see cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<MarginBody>,
    pub trace: Vec<TraceStep>,
    pub refusal: Option<LineRefusalBody>,
}

impl From<LineInput> for LineText {
    fn from(line: LineInput) -> LineText {
        let LineInput { id, product_id, qty, unit, note, manual, group, own } = line;
        let extra = extra_of(manual, group, own);
        LineText { id, product: ProductId(product_id), qty, unit, note, extra }
    }
}

impl From<Amounts> for Totals {
    fn from(amounts: Amounts) -> Totals {
        Totals {
            net: amounts.net.to_yuan(),
            net_ex_tax: amounts.net_ex_tax.to_yuan(),
            tax: amounts.tax.to_yuan(),
        }
    }
}

impl From<LineView> for PricedLine {
    fn from(view: LineView) -> PricedLine {
        let LineView { line, list, tier, sees_floor, sees_cost: _, margin, lowest, deepest, customer } = view;
        let PricedDraftLine { line, product, outcome } = line;
        let figures = outcome.as_ref().ok();
        let amounts = figures.and_then(|figures| Amounts::of_line(figures).ok());
        let factor = product.units.factor(&line.unit);
        let refusal = outcome.as_ref().err().map(|refusal| refusal_of(refusal, &product.name, &customer));
        PricedLine {
            base_qty: factor.and_then(|factor| line.qty.in_base(factor).ok()).map(|qty| qty.to_text()),
            list_unit_price: figures.map(|it| it.list_unit_price.to_yuan()),
            unit_price: figures.map(|it| it.unit_price.to_yuan()),
            net: amounts.map(|it| it.net.to_yuan()),
            net_ex_tax: amounts.map(|it| it.net_ex_tax.to_yuan()),
            tax: amounts.map(|it| it.tax.to_yuan()),
            price_list: list.map(|(revision, name)| LinePriceList {
                item_id: revision.item.0,
                name,
                n: revision.n,
            }),
            tier: tier.map(|(name, percent)| LineTier { name, percent: percent.to_percent() }),
            floor_price: sees_floor.then(|| figures.and_then(|it| it.floor).map(UnitPrice::to_yuan)),
            // Tried price by price, it would tell the floor.
            below_floor: figures.filter(|_| sees_floor).map(|it| it.below_floor),
            manual: line.extra.manual.map(ManualBody::from),
            group: line.extra.group,
            own: line.extra.own.map(OwnBody::from),
            amount: figures.map(|it| it.amount.to_yuan()),
            net_unit_price: figures.map(|it| it.net_unit_price.to_yuan()),
            lowest_unit_price: lowest.map(UnitPrice::to_yuan),
            deepest_percent_off: deepest.map(BasisPoints::to_percent),
            percent_below: figures
                .map(|it| it.depth().share())
                .filter(|share| share.get() > 0)
                .map(BasisPoints::to_percent),
            percent_above: figures.and_then(|it| it.above()).map(Above::to_percent),
            ask_above: figures.and_then(|it| asked_above(it.unit_price)).map(UnitPrice::to_yuan),
            margin: margin.map(MarginBody::from),
            trace: figures
                .map(|it| {
                    it.trace.iter().map(|step| step_of(step, product.units.base(), sees_floor)).collect()
                })
                .unwrap_or_default(),
            refusal,
            id: line.id,
            qty: line.qty.to_text(),
            unit: line.unit,
            note: line.note,
            product: product_of(&product),
        }
    }
}

/// The product of a line as it is sold.
pub(crate) fn product_of(product: &QuotedProduct) -> LineProduct {
    LineProduct {
        id: product.id.0,
        code: product.code.clone(),
        name: product.name.clone(),
        spec: product.spec.clone(),
        base_unit: product.units.base().to_string(),
        units: units_of(&product.units),
        tax_rate: product.tax_rate.to_percent(),
        customer_code: product.customer_code.clone(),
    }
}

impl PricedLine {
    /// What a keeper sees: what to pick, never what it costs.
    pub fn without_prices(self) -> PricedLine {
        PricedLine {
            list_unit_price: None,
            unit_price: None,
            net: None,
            net_ex_tax: None,
            tax: None,
            price_list: None,
            tier: None,
            floor_price: None,
            below_floor: None,
            manual: None,
            own: self.own.map(|own| OwnBody {
                price: String::new(),
                tax_rate: None,
                cost: None,
                supplier: String::new(),
                ..own
            }),
            amount: None,
            net_unit_price: None,
            lowest_unit_price: None,
            deepest_percent_off: None,
            percent_below: None,
            percent_above: None,
            ask_above: None,
            margin: None,
            trace: Vec::new(),
            refusal: None,
            ..self
        }
    }
}

fn refusal_of(refusal: &LineRefusal, product: &str, customer: &str) -> LineRefusalBody {
    LineRefusalBody {
        code: refusal.code().to_string(),
        detail: words::quotes::line_refusal(refusal, product, customer),
        facts: json!({}),
    }
}

fn units_of(units: &domain::catalog::Units) -> Vec<LineUnit> {
    let unit = |name: &str| {
        let factor = factor_text(units.factor(name).unwrap_or(Factor::ONE));
        LineUnit { unit: name.to_string(), factor }
    };
    units.names().map(unit).collect()
}

/// A step of the trace; those who see cost are told how it makes a price.
fn step_of(step: &Step, base_unit: &str, sees_cost: bool) -> TraceStep {
    let sentence = if sees_cost {
        words::pricing::trace_step_with_cost(step, base_unit)
    } else {
        words::pricing::trace_step(step, base_unit)
    };
    match step {
        Step::Base(base) => {
            let list = base.points.first().and_then(|point| point.list.as_ref());
            TraceStep {
                stage: "base".to_string(),
                rule: list.map(|list| list.name.clone()).unwrap_or_default(),
                rev: list.map(|list| list.revision.n),
                before: None,
                out: base.out.to_yuan(),
                sentence,
            }
        }
        Step::Tier(tier) => TraceStep {
            stage: "tier".to_string(),
            rule: format!("{} {}%", tier.tier, BasisPoints::to_percent(tier.percent)),
            rev: Some(tier.revision.n),
            before: Some(tier.before.to_yuan()),
            out: tier.out.to_yuan(),
            sentence,
        },
        Step::Manual(step) => TraceStep {
            stage: "manual".to_string(),
            rule: String::new(),
            rev: None,
            before: Some(step.before.to_yuan()),
            out: step.out.to_yuan(),
            sentence,
        },
    }
}
