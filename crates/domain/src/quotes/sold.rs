//! What is typed as standing outside the catalogue, and is sold in it: it slips past floor and limit there, so it is taken
//! from the catalogue.

use std::collections::HashMap;

use super::extra::OwnItem;
use super::priced::{PricedDraft, PricedDraftLine, QuotedProduct};
use crate::base::{ProductId, QTY_MAX, Qty, fold_width};
use crate::pricing::{LineRequest, PriceBook, PricingContext, price_lines};

/// A product that is sold, by all that it may be called.
#[derive(Clone, Copy, Debug)]
pub struct Sold<'a> {
    pub id: ProductId,
    pub code: &'a str,
    pub name: &'a str,
    pub spec: &'a str,
    pub barcodes: &'a [String],
}

/// All that is sold, by what it is called; the texts are compared without case, width, blanks and signs.
#[derive(Debug, Default)]
pub struct SoldGoods {
    /// By the name alone, which goods of several sizes share.
    by_name: HashMap<String, Vec<ProductId>>,
    /// By what means one product: name and specification, or its code.
    by_whole: HashMap<String, Vec<ProductId>>,
    by_barcode: HashMap<String, ProductId>,
}

impl SoldGoods {
    /// Of these products; the same products give the same answers, in whatever order they come.
    pub fn new<'a>(goods: impl IntoIterator<Item = Sold<'a>>) -> SoldGoods {
        let mut goods: Vec<Sold<'a>> = goods.into_iter().collect();
        goods.sort_unstable_by_key(|good| good.id);
        let mut sold = SoldGoods::default();
        for good in goods {
            sold.by_name.entry(key(good.name)).or_default().push(good.id);
            for called in [with_spec(good.name, good.spec), key(good.code)] {
                let known = sold.by_whole.entry(called).or_default();
                if known.last() != Some(&good.id) {
                    known.push(good.id);
                }
            }
            for barcode in good.barcodes {
                sold.by_barcode.entry(run_together(barcode)).or_insert(good.id);
            }
        }
        // What has neither letter nor digit is called nothing.
        sold.by_name.remove("");
        sold.by_whole.remove("");
        sold.by_barcode.remove("");
        sold
    }

    /// The products that the line means: by name and specification, code or barcode; by the name alone only where no
    /// specification says that it is of another size.
    pub(super) fn meant_by(&self, own: &OwnItem) -> Vec<ProductId> {
        let mut meant: Vec<ProductId> = Vec::new();
        let whole = [with_spec(&own.name, &own.spec), key(&own.name)];
        let whole = whole.iter().filter_map(|called| self.by_whole.get(called));
        let unsized_name = own.spec.trim().is_empty().then(|| self.by_name.get(&key(&own.name))).flatten();
        let barcode = self.by_barcode.get(&run_together(&own.name)).map(std::slice::from_ref);
        for found in whole.map(Vec::as_slice).chain(barcode) {
            meant.extend_from_slice(found);
        }
        if meant.is_empty() {
            meant.extend(unsized_name.into_iter().flatten());
        }
        meant.sort_unstable();
        meant.dedup();
        meant
    }
}

/// What a line outside the catalogue is of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The product, or the first of those of its name.
    pub product: QuotedProduct,
    /// So many come into question, with a price for this customer.
    pub sizes: usize,
}

impl PricedDraft {
    /// Notes the lines outside the catalogue that are goods of it, as far as these have a price for this customer: what has
    /// none can be sold in no other way.
    pub fn hold_against(
        &mut self,
        sold: &SoldGoods,
        find: impl Fn(ProductId) -> Option<QuotedProduct>,
        (book, context): (&PriceBook, &PricingContext),
    ) {
        let mut asked = Vec::new();
        let mut meant = Vec::new();
        for line in &self.lines {
            let Some(own) = &line.line.extra.own else { continue };
            for product in sold.meant_by(own).into_iter().filter_map(&find) {
                asked.push(request(line, &product));
                meant.push((line.line.id.clone(), product));
            }
        }
        if asked.is_empty() {
            return;
        }
        let priced = price_lines(book, context, &asked);
        for ((line, product), _) in meant.into_iter().zip(priced).filter(|(_, priced)| priced.is_ok()) {
            self.in_catalogue.entry(line).or_insert(Meant { product, sizes: 0 }).sizes += 1;
        }
    }
}

/// The line as it would be of the catalogue. A quantity that cannot be sold yet, as while it is typed, asks for one.
fn request(line: &PricedDraftLine, product: &QuotedProduct) -> LineRequest {
    let unit = Some(line.line.unit.clone()).filter(|unit| product.units.factor(unit).is_some());
    let sound = line.line.qty > Qty::ZERO && line.line.qty <= QTY_MAX;
    let qty = if sound { line.line.qty } else { Qty::whole(1) };
    LineRequest { product: product.id, qty, unit }
}

fn with_spec(name: &str, spec: &str) -> String {
    key(&format!("{name} {spec}"))
}

/// The text without case, width, blanks and signs. Signs between two digits leave a point, so that 2.5 is not 25; a plus
/// is part of a name.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut apart = false;
    for sign in fold_width(text).to_lowercase().chars() {
        if !sign.is_alphanumeric() && sign != '+' {
            apart = true;
            continue;
        }
        if apart && sign.is_ascii_digit() && key.ends_with(|last: char| last.is_ascii_digit()) {
            key.push('.');
        }
        key.push(sign);
        apart = false;
    }
    key
}

/// A barcode however it was spaced.
fn run_together(text: &str) -> String {
    fold_width(text).to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_width_blanks_and_signs_make_no_other_name_and_a_point_between_digits_does() {
        assert_eq!(key("Ｐｒｏ 净味（内墙）乳胶漆，20 KG"), "pro净味内墙乳胶漆20kg");
        assert_eq!(key("  净味-内墙·乳胶漆 "), key("净味内墙乳胶漆"));
        assert_eq!(key("BV 2.5"), "bv2.5");
        assert_eq!(key("BV２．５"), "bv2.5");
        assert_eq!(key("BV25"), "bv25");
        assert_ne!(key("净味 Pro"), key("净味 Pro+"));
        assert_eq!(key("——"), "");
        assert_eq!(run_together("690 1234-567892"), "6901234567892");
    }
}
