//! What a product costs a customer at a moment: price lists, tiers, rounding and tax, each figure with its reasons.

pub mod import;

mod base_price;
mod book;
mod list;
mod moment;
mod price;
mod ratio;
mod refused;
mod trace;
mod who;

pub use book::{BookRows, PriceBook, ProductFacts};
pub use list::{EntryGoods, Formula, FormulaOf, Gives, PriceClass, PriceEntry, PriceList, Revision, Tier};
pub use moment::{Moment, Window};
pub use price::{
    LineRequest, PricedDocument, PricedLine, PricingContext, Totals, price_document, price_lines, totals,
};
pub use refused::{LineRefused, PricingRefused};
pub use trace::{BaseStep, PointGives, PointList, PricePoint, TierStep, TraceStep, replay};
pub use who::{CustomerFacts, Who, WhoRank};

#[cfg(test)]
mod tests;
