//! Quotations: drafting with prices as one types, issuing, signing, ending.

mod guide;
mod handlers;
mod lines;
mod lists;
mod wire;

pub(crate) use handlers::routes;
pub(crate) use lines::{PricedLine, Totals};
pub(crate) use lists::{Listed, day_of};
pub(crate) use wire::{UsedRevision, used_of};
