//! Quotations from the first line to the signed order, on both engines, told as a sales manager would.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod after_sending;
mod agreeing;
mod asking;
mod cleaning;
mod clock;
mod comparing;
mod drafts;
mod endings;
mod faults;
mod firing;
mod handing_over;
mod insights;
mod issuing;
mod item_codes;
mod limits;
mod logged;
mod many;
mod moving;
mod old_prices;
mod papers;
mod pictures;
mod quick;
mod regional;
mod rounds;
mod sets;
mod shared_page;
mod sharing;
mod sight;
mod strangers;
mod tasks;
mod templates;
mod upkeep;
mod whose;
