//! What stands outside the catalogue: a price that somebody enters, with its unit and tax rate.

use super::price::{PricedLine, net_per_unit, with_tax};
use super::refused::PricingRefused;
use super::trace::{BaseStep, PointGives, PricePoint, TraceStep};
use crate::base::{
    BasisPoints, Factor, NET_MAX, OutOfRange, ProductId, QTY_MAX, Qty, UNIT_PRICE_MAX, UnitPrice,
};

/// A line whose price was entered; all figures are per unit, on the document's tax basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    pub qty: Qty,
    pub unit: String,
    pub price: UnitPrice,
    pub tax_rate: BasisPoints,
    /// What it costs us; it is the floor, too.
    pub cost: Option<UnitPrice>,
}

/// The entered line with its figures, under `product`, which is nobody's.
pub fn price_entered(
    entered: &Entered,
    product: ProductId,
    includes_tax: bool,
) -> Result<PricedLine, PricingRefused> {
    if entered.qty < Qty::ZERO {
        return Err(PricingRefused::NegativeQty { product });
    }
    let too_large = PricingRefused::too_large(product);
    let line = figures(entered, product, includes_tax).map_err(&too_large)?;
    let gross = line.net_ex_tax.plus(line.tax).map_err(&too_large)?;
    let inside =
        entered.qty <= QTY_MAX && line.unit_price <= UNIT_PRICE_MAX && gross.max(line.net) <= NET_MAX;
    if inside { Ok(line) } else { Err(too_large(OutOfRange)) }
}

fn figures(entered: &Entered, product: ProductId, includes_tax: bool) -> Result<PricedLine, OutOfRange> {
    let Entered { qty, unit, price, tax_rate, cost } = entered.clone();
    let amount = qty.times(price)?;
    let (net, net_ex_tax, tax) = with_tax(amount, tax_rate, includes_tax)?;
    let base = BaseStep {
        points: vec![PricePoint { list: None, includes_tax, gives: PointGives::Entered { price } }],
        unit: unit.clone(),
        factor: Factor::ONE,
        tax_rate,
        includes_tax,
        price_decimals: 4,
        out: price,
    };
    Ok(PricedLine {
        product,
        qty,
        unit,
        factor: Factor::ONE,
        list: None,
        used: Vec::new(),
        list_unit_price: price,
        unit_price: price,
        amount,
        net,
        net_ex_tax,
        tax,
        tax_rate,
        net_unit_price: net_per_unit(net, qty, price)?,
        cost,
        floor: cost,
        below_floor: cost.is_some_and(|cost| price < cost),
        trace: vec![TraceStep::Base(base)],
    })
}
