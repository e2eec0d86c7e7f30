//! What else a customer's lists say of a product, and why it is not the price.

use std::cmp::Reverse;

use serde::Serialize;

use super::base_price::Question;
use super::book::{BookEntry, PriceBook};
use super::list::{EntryGoods, PriceClass, PriceList, Revision};
use super::moment::{Moment, Window};
use super::price::{LineRequest, PricingContext, unit_price_of};
use super::ratio::Ratio;
use super::refused::PricingRefused;
use crate::base::{Date, Qty, UnitPrice};

/// So many are told, those of the first class first.
pub const ALTERNATIVES_MAX: usize = 50;

/// A price that was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    pub list: Revision,
    pub list_name: String,
    pub class: PriceClass,
    pub goods: EntryGoods,
    /// The unit that `unit_price` is for: the line's, or the entry's own when the line is in another one.
    pub unit: String,
    pub min_qty: Qty,
    pub note: Option<String>,
    /// With the customer's tier where it applies, on the document's tax basis; `None` when it has no figure.
    pub unit_price: Option<UnitPrice>,
    pub why: NotUsed,
}

/// Why an entry of a list that is for this customer is not the price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NotUsed {
    /// Begins later.
    NotYet { from: Date },
    /// Ended before.
    Over { to: Date },
    /// The break is not reached; in base units.
    TooFew { min_qty: Qty },
    /// For lines in this unit only.
    OtherUnit { unit: String },
    /// Another one goes first.
    Outranked,
}

/// The entries about the line's product in lists that are for this customer, but for the one that is the price.
pub fn alternatives(
    book: &PriceBook,
    context: &PricingContext,
    line: &LineRequest,
) -> Result<Vec<Alternative>, PricingRefused> {
    let id = line.product;
    let product = book.product(id).ok_or(PricingRefused::UnknownProduct { product: id })?;
    let unit = line.unit.as_deref().unwrap_or(product.units.base());
    let unknown = || PricingRefused::UnknownUnit { product: id, unit: unit.to_string() };
    let factor = product.units.factor(unit).ok_or_else(unknown)?;
    let base_qty = Ratio::whole(line.qty.0).times(factor.into()).map_err(PricingRefused::too_large(id))?;
    let lists = book.lists_for(context);
    let asked = Question { book, context, lists: &lists, product, unit, factor, base_qty };
    let answer = asked.answer()?.map(|(found, _)| found.entry);
    let places = book.lists_ever_for(context);
    let mut found = Vec::new();
    for (goods, _) in asked.goods()? {
        for place in &places {
            let Some(list) = book.list(*place) else { continue };
            for entry in book.entries_of(*place, goods) {
                if !answer.is_some_and(|answer| std::ptr::eq(answer, entry.entry)) {
                    found.push(alternative(&asked, entry, list));
                }
            }
        }
    }
    found.sort_by_key(|found| Reverse(found.class));
    found.truncate(ALTERNATIVES_MAX);
    Ok(found)
}

fn alternative(asked: &Question<'_>, entry: BookEntry<'_>, list: &PriceList) -> Alternative {
    let why = why(asked, entry, list);
    let own = asked.entry_unit(entry).to_string();
    let unit = match why {
        NotUsed::OtherUnit { .. } => own.as_str(),
        _ => asked.unit,
    };
    let factor = asked.product.units.factor(unit).unwrap_or(asked.factor);
    let priced = Question { unit, factor, ..*asked };
    let points = priced.follow(entry, list).ok();
    Alternative {
        list: list.revision,
        list_name: list.name.clone(),
        class: list.class,
        goods: entry.entry.goods.clone(),
        unit: unit.to_string(),
        min_qty: entry.entry.min_qty,
        note: entry.entry.note.clone(),
        unit_price: points.and_then(|points| unit_price_of(&priced, points, list).ok()),
        why,
    }
}

fn why(asked: &Question<'_>, entry: BookEntry<'_>, list: &PriceList) -> NotUsed {
    let windows = [&list.window, &entry.entry.window];
    let closed = windows.into_iter().find_map(|window| closed(window, asked.context.at));
    if let Some(closed) = closed {
        return closed;
    }
    let own = asked.entry_unit(entry);
    if own != asked.unit && own != asked.product.units.base() {
        return NotUsed::OtherUnit { unit: own.to_string() };
    }
    let min_qty = entry.entry.min_qty;
    let reached = asked.base_qty.compare(Ratio::whole(min_qty.0));
    if reached == Ok(std::cmp::Ordering::Less) { NotUsed::TooFew { min_qty } } else { NotUsed::Outranked }
}

fn closed(window: &Window, at: Moment) -> Option<NotUsed> {
    match (window.from, window.to) {
        (Some(from), _) if at < from => Some(NotUsed::NotYet { from: from.day() }),
        (_, Some(to)) if to < at => Some(NotUsed::Over { to: to.day() }),
        _ => None,
    }
}
