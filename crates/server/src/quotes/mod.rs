//! Quotations: drafting with prices as one types, issuing, signing, ending.

mod answers;
mod asks;
mod guide;
mod handlers;
mod lines;
mod lists;
mod quick;
mod sets;
mod shares;
mod terms;
mod wire;

pub(crate) use handlers::routes;
pub(crate) use lines::{PricedLine, Totals};
pub(crate) use lists::{Listed, QuoteQuery, day_of};
pub(crate) use terms::{MarginBody, TermsBody};
pub(crate) use wire::{PriceLimit, UsedRevision, used_of};
