//! Quotations: drafting, issuing, signing and ending them, each at figures that hold.

mod draft;
mod ending;
mod guide;
mod issue;
mod list;
mod load;
mod price;
#[cfg(test)]
mod races;
mod sign;
mod view;

pub use draft::{create_quote, delete_quote, price_quote, save_quote};
pub use ending::{cancel_quote, copy_quote, release_quote, revise_quote};
pub use guide::{guide, put_guide};
pub use issue::issue_quote;
pub use list::{ListedQuote, QuoteList, QuoteListing, list_quotes};
pub(crate) use list::{place, read_place};
pub use sign::{SignRequest, Signed, sign_quote};
pub use store::quotes::{Cancelled, Listed, QuoteFilter, QuoteHead, UsedState};
pub use view::{ChainEntry, LineView, PricedView, QuoteView, SignedView, read_quote};

pub(crate) use load::{frozen_lines, read_quote_head};
pub(crate) use view::line_views;
