//! Prices the lines of a document: base price, tier, one rounding of the unit price, one of the amount, tax, floor.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::base_price::{Question, per_line_unit};
use super::book::{PriceBook, ProductFacts};
use super::list::{PriceClass, PriceList, Revision, Tier};
use super::moment::Moment;
use super::ratio::Ratio;
use super::refused::{LineRefused, PricingRefused};
use super::trace::{BaseStep, PricePoint, TierStep, TraceStep, tiered};
use super::who::CustomerFacts;
use crate::base::{
    BasisPoints, Factor, Fen, IdMap, NET_MAX, OutOfRange, ProductId, QTY_MAX, Qty, UNIT_PRICE_MAX, UnitPrice,
    round_half_away,
};

/// For whom, when and on which tax basis a document is priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricingContext {
    pub at: Moment,
    pub prices_include_tax: bool,
    pub customer: CustomerFacts,
    pub channel: Option<String>,
}

/// A line to price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRequest {
    pub product: ProductId,
    pub qty: Qty,
    /// `None` is the base unit.
    pub unit: Option<String>,
}

/// A priced line. Unit prices are per unit of the line, on the document's tax basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    pub product: ProductId,
    pub qty: Qty,
    pub unit: String,
    /// How many base units one unit of the line holds.
    pub factor: Factor,
    /// The list that gave the base price; `None` when it was the product's list price.
    pub list: Option<Revision>,
    /// Every revision that the price leans on: lists asked, and the tier.
    pub used: Vec<Revision>,
    pub list_unit_price: UnitPrice,
    pub unit_price: UnitPrice,
    pub amount: Fen,
    pub net: Fen,
    pub net_ex_tax: Fen,
    pub tax: Fen,
    pub tax_rate: BasisPoints,
    /// `net ÷ qty`, four decimals; the unit price when the quantity is 0.
    pub net_unit_price: UnitPrice,
    pub cost: Option<UnitPrice>,
    pub floor: Option<UnitPrice>,
    pub below_floor: bool,
    pub trace: Vec<TraceStep>,
}

/// Sums of lines, never computed otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub amount: Fen,
    pub net: Fen,
    pub net_ex_tax: Fen,
    pub tax: Fen,
}

/// A document all of whose lines have a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedDocument {
    pub lines: Vec<PricedLine>,
    pub totals: Totals,
}

/// Each line's price, or why it has none: one bad line does not hide the prices of the others.
pub fn price_lines(
    book: &PriceBook,
    context: &PricingContext,
    lines: &[LineRequest],
) -> Vec<Result<PricedLine, PricingRefused>> {
    let quantities = base_quantities(book, lines);
    let lists = book.lists_for(context);
    lines.iter().map(|line| price_line(book, context, &lists, line, &quantities)).collect()
}

/// The whole document, or its first line that cannot be priced.
pub fn price_document(
    book: &PriceBook,
    context: &PricingContext,
    lines: &[LineRequest],
) -> Result<PricedDocument, LineRefused> {
    let mut priced = Vec::with_capacity(lines.len());
    let mut totals = Totals::default();
    for (line, outcome) in price_lines(book, context, lines).into_iter().enumerate() {
        let outcome = outcome.and_then(|priced| {
            let too_large = PricingRefused::too_large(priced.product);
            totals = totals.plus(&priced).map_err(&too_large)?;
            let gross = totals.net_ex_tax.plus(totals.tax).map_err(&too_large)?;
            if gross > NET_MAX { Err(too_large(OutOfRange)) } else { Ok(priced) }
        });
        priced.push(outcome.map_err(|refused| LineRefused { line, refused })?);
    }
    Ok(PricedDocument { lines: priced, totals })
}

/// The sums of `lines`, or the line (and its product) at which a sum no longer fits.
pub fn totals<'a>(lines: impl IntoIterator<Item = &'a PricedLine>) -> Result<Totals, (usize, ProductId)> {
    let mut sums = Totals::default();
    for (place, line) in lines.into_iter().enumerate() {
        sums = sums.plus(line).map_err(|OutOfRange| (place, line.product))?;
    }
    Ok(sums)
}

impl Totals {
    fn plus(self, line: &PricedLine) -> Result<Totals, OutOfRange> {
        Ok(Totals {
            amount: self.amount.plus(line.amount)?,
            net: self.net.plus(line.net)?,
            net_ex_tax: self.net_ex_tax.plus(line.net_ex_tax)?,
            tax: self.tax.plus(line.tax)?,
        })
    }
}

/// Quantity of each product over all lines, in 0.001 base units. Lines that cannot be priced do not count.
fn base_quantities(book: &PriceBook, lines: &[LineRequest]) -> IdMap<ProductId, Result<Ratio, OutOfRange>> {
    let mut quantities = IdMap::with_capacity_and_hasher(lines.len(), Default::default());
    for line in lines.iter().filter(|line| line.qty >= Qty::ZERO) {
        let units = book.product(line.product).map(|product| &product.units);
        let factor = units.and_then(|units| units.factor(line.unit.as_deref().unwrap_or(units.base())));
        if let Some(factor) = factor {
            let sum = quantities.entry(line.product).or_insert(Ok(Ratio::ZERO));
            let added = Ratio::whole(line.qty.0).times(factor.into());
            *sum = sum.and_then(|sum| sum.plus(added?));
        }
    }
    quantities
}

fn price_line(
    book: &PriceBook,
    context: &PricingContext,
    lists: &[usize],
    line: &LineRequest,
    quantities: &IdMap<ProductId, Result<Ratio, OutOfRange>>,
) -> Result<PricedLine, PricingRefused> {
    let id = line.product;
    let product = book.product(id).ok_or(PricingRefused::UnknownProduct { product: id })?;
    if line.qty < Qty::ZERO {
        return Err(PricingRefused::NegativeQty { product: id });
    }
    let unit = line.unit.as_deref().unwrap_or(product.units.base());
    let unknown = || PricingRefused::UnknownUnit { product: id, unit: unit.to_string() };
    let factor = product.units.factor(unit).ok_or_else(unknown)?;
    if line.qty.in_base(factor).map_err(PricingRefused::too_large(id))? > QTY_MAX {
        return Err(PricingRefused::TooLarge { product: id });
    }
    let base_qty = quantities.get(&id).copied().unwrap_or(Ok(Ratio::ZERO));
    let base_qty = base_qty.map_err(PricingRefused::too_large(id))?;
    let question = Question { book, context, lists, product, unit, factor, base_qty };
    let (points, place) = question.ask()?;
    let base = question.base_step(points);
    let list = place.and_then(|place| book.list(place));
    let tier = tier_for(book, context, list);
    let priced = figures(line.qty, product, base, list, tier).map_err(PricingRefused::too_large(id))?;
    let gross = priced.net_ex_tax.plus(priced.tax).map_err(PricingRefused::too_large(id))?;
    let inside = priced.unit_price <= UNIT_PRICE_MAX && priced.amount.max(gross) <= NET_MAX;
    if inside { Ok(priced) } else { Err(PricingRefused::TooLarge { product: id }) }
}

/// The unit price of one unit of the question, with the tier where it applies, rounded once.
pub(super) fn unit_price_of(
    question: &Question<'_>,
    points: Vec<PricePoint>,
    list: &PriceList,
) -> Result<UnitPrice, OutOfRange> {
    let base = question.base_step(points);
    let tier = tier_for(question.book, question.context, Some(list));
    let percent = tier.map_or(BasisPoints::WHOLE, |tier| tier.percent);
    tiered(base.exact()?, percent, base.price_decimals)
}

/// A contract's prices ignore the tier unless the contract says otherwise.
fn tier_for<'a>(book: &'a PriceBook, context: &PricingContext, list: Option<&PriceList>) -> Option<&'a Tier> {
    let applies = list.is_none_or(|list| list.class != PriceClass::Contract || list.tier_applies);
    let name = context.customer.tier.as_deref().filter(|_| applies)?;
    book.tier(name)
}

fn figures(
    qty: Qty,
    product: &ProductFacts,
    mut base: BaseStep,
    list: Option<&PriceList>,
    tier: Option<&Tier>,
) -> Result<PricedLine, OutOfRange> {
    let exact = base.exact()?;
    let list_unit_price = UnitPrice(exact.rounded()?);
    let percent = tier.map_or(BasisPoints::WHOLE, |tier| tier.percent);
    let unit_price = tiered(exact, percent, base.price_decimals)?;
    base.out = if tier.is_some() { list_unit_price } else { unit_price };

    let amount = qty.times(unit_price)?;
    let net = amount;
    let (net, net_ex_tax, tax) = with_tax(net, product.tax_rate, base.includes_tax)?;
    let net_unit_price = net_per_unit(net, qty, unit_price)?;

    let list_includes_tax = list.and_then(|list| list.includes_tax).unwrap_or(base.includes_tax);
    let converted = product.costs_ratio(list_includes_tax, base.includes_tax)?;
    let per_unit = |price: UnitPrice| per_line_unit(price, base.factor)?.times(converted);
    let cost = product.cost.map(per_unit).transpose()?;
    let floor = product.floor_price.map(per_unit).transpose()?;
    let below_floor = match floor {
        Some(floor) => Ratio::whole(unit_price.0).compare(floor)? == Ordering::Less,
        None => false,
    };
    let rounded = |figure: Option<Ratio>| figure.map(Ratio::rounded).transpose().map(|it| it.map(UnitPrice));

    Ok(PricedLine {
        product: product.id,
        qty,
        unit: base.unit.clone(),
        factor: base.factor,
        list: list.map(|list| list.revision),
        used: used(&base, tier),
        list_unit_price,
        unit_price,
        amount,
        net,
        net_ex_tax,
        tax,
        tax_rate: product.tax_rate,
        net_unit_price,
        cost: rounded(cost)?,
        floor: rounded(floor)?,
        below_floor,
        trace: trace(base, tier, list_unit_price, unit_price),
    })
}

/// `net ÷ qty`; `unit_price` when there is no quantity.
pub(super) fn net_per_unit(net: Fen, qty: Qty, unit_price: UnitPrice) -> Result<UnitPrice, OutOfRange> {
    if qty == Qty::ZERO {
        return Ok(unit_price);
    }
    // Fen ÷ 0.001 units = 10 yuan, that is 10^5 steps of 0.0001 yuan.
    round_half_away(i128::from(net.0) * 100_000, i128::from(qty.0)).map(UnitPrice)
}

/// Net, net without tax, and tax of a line's `net`: rounded once for each line, so that net and tax add up.
pub(crate) fn with_tax(net: Fen, rate: BasisPoints, included: bool) -> Result<(Fen, Fen, Fen), OutOfRange> {
    if !included {
        return Ok((net, net, net.share(rate)?));
    }
    let gross_share = i128::from(rate.get()) + 10_000;
    let net_ex_tax = Fen(round_half_away(i128::from(net.0) * 10_000, gross_share)?);
    Ok((net, net_ex_tax, net.minus(net_ex_tax)?))
}

fn used(base: &BaseStep, tier: Option<&Tier>) -> Vec<Revision> {
    let lists = base.points.iter().filter_map(|point| point.list.as_ref().map(|list| list.revision));
    let mut used = Vec::with_capacity(base.points.len() + 1);
    used.extend(lists.chain(tier.map(|tier| tier.revision)));
    used.sort_unstable();
    used.dedup();
    used
}

fn trace(base: BaseStep, tier: Option<&Tier>, before: UnitPrice, out: UnitPrice) -> Vec<TraceStep> {
    let mut steps = Vec::with_capacity(1 + usize::from(tier.is_some()));
    steps.push(TraceStep::Base(base));
    if let Some(tier) = tier {
        let step =
            TierStep { tier: tier.name.clone(), revision: tier.revision, percent: tier.percent, before, out };
        steps.push(TraceStep::Tier(step));
    }
    steps
}
