//! How low a list may price a product, against its floor.

use std::cmp::Ordering;

use super::base_price::Question;
use super::book::{BookEntry, PriceBook, ProductFacts};
use super::list::{PriceClass, PriceList, Tier};
use super::price::PricingContext;
use super::ratio::Ratio;
use super::trace::{BaseStep, tax_ratio, tiered};
use crate::base::{BasisPoints, OutOfRange, UnitPrice};

/// The lowest percent that a customer of a list may have: the list is of that class, a tier applies to it or not (said of
/// contracts only), and it names these tiers. Checks of a publication and conflicts both ask here.
pub(super) fn lowest_percent(
    tiers: &[Tier],
    (class, tier_applies): (PriceClass, bool),
    named: Option<&[String]>,
) -> BasisPoints {
    if class == PriceClass::Contract && !tier_applies {
        return BasisPoints::WHOLE;
    }
    let allowed = |tier: &&Tier| named.is_none_or(|named| named.contains(&tier.name));
    let lowest = tiers.iter().filter(allowed).map(|tier| tier.percent).min();
    match (lowest, named) {
        // Without the criterion a customer may also have no tier at all.
        (Some(lowest), None) => lowest.min(BasisPoints::WHOLE),
        (Some(lowest), Some(_)) => lowest,
        (None, _) => BasisPoints::WHOLE,
    }
}

/// The lowest price that `list` gives `product` at `percent`, with the floor, per base unit on the tax basis of the list;
/// `None` when it stays above.
///
/// Entries that cannot be computed are left to the checks that name them.
pub(super) fn lowest_under_floor(
    book: &PriceBook,
    context: &PricingContext,
    product: &ProductFacts,
    list: &PriceList,
    percent: BasisPoints,
) -> Option<(UnitPrice, UnitPrice)> {
    let place = book.place_of(list.revision.item)?;
    let includes_tax = list.includes_tax.unwrap_or(context.prices_include_tax);
    let floor = product.floor_on(includes_tax).ok()??;
    let any_unit = question(book, context, product, product.units.base(), Ratio::ZERO)?;
    let mut lowest: Option<Ratio> = None;
    for (goods, _) in any_unit.goods().ok()? {
        for found in book.entries_of(place, goods) {
            let price = price_of(book, context, product, list, found, percent).and_then(Result::ok);
            let lower =
                |price: &Ratio| lowest.is_none_or(|lowest| price.compare(lowest) == Ok(Ordering::Less));
            lowest = price.filter(lower).or(lowest);
        }
    }
    let lowest = lowest.filter(|lowest| lowest.compare(floor) == Ok(Ordering::Less))?;
    Some((UnitPrice(lowest.rounded().ok()?), UnitPrice(floor.rounded().ok()?)))
}

/// What the entry comes to per base unit, on the tax basis of its list.
fn price_of(
    book: &PriceBook,
    context: &PricingContext,
    product: &ProductFacts,
    list: &PriceList,
    found: BookEntry<'_>,
    percent: BasisPoints,
) -> Option<Result<Ratio, OutOfRange>> {
    let starts = found.entry.window.from.max(list.window.from).unwrap_or(context.at);
    let context = PricingContext { at: starts.max(context.at), ..context.clone() };
    let unit = found.entry.unit.as_deref().unwrap_or(product.units.base());
    let asked = question(book, &context, product, unit, Ratio::whole(found.entry.min_qty.0))?;
    let points = asked.follow(found, list).ok()?;
    Some(per_base_unit(&asked.base_step(points), list, percent))
}

fn per_base_unit(step: &BaseStep, list: &PriceList, percent: BasisPoints) -> Result<Ratio, OutOfRange> {
    let rounded = Ratio::whole(tiered(step.exact()?, percent, step.price_decimals)?.0);
    let list_includes_tax = list.includes_tax.unwrap_or(step.includes_tax);
    let on_lists_basis = rounded.times(tax_ratio(step.includes_tax, list_includes_tax, step.tax_rate)?)?;
    on_lists_basis.over(step.factor.into())
}

fn question<'a>(
    book: &'a PriceBook,
    context: &'a PricingContext,
    product: &'a ProductFacts,
    unit: &'a str,
    base_qty: Ratio,
) -> Option<Question<'a>> {
    let factor = product.units.factor(unit)?;
    // Only `follow` is asked, which looks at the base lists of formulas.
    Some(Question { book, context, lists: &[], product, unit, factor, base_qty })
}
