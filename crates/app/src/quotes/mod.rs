//! Quotations: drafting, issuing, signing and ending them, each at figures that hold.

mod after;
mod answers;
mod ask;
#[cfg(test)]
#[path = "tests/concerns.rs"]
mod concerns;
mod draft;
mod ending;
mod export;
mod guide;
mod hidden_floor;
mod issue;
mod leaned;
mod list;
mod load;
mod options;
mod past;
mod paste;
mod pictured;
mod price;
#[cfg(test)]
mod races;
mod recent;
mod sets;
mod share;
mod sign;
mod step;
mod take_over;
mod view;
mod write_draft;
mod writer_aids;
mod written_over;

pub use after::{follow_up_quote, lose_quote};
pub use answers::{OtherPrice, PaidPrice, PaidPrices, PriceAnswer, PriceAsked, paid_prices, price_answer};
pub use ask::{ask_for_quote, give_back_quote, withdraw_ask};
pub use draft::{PriceText, delete_quote, price_quote};
pub use ending::{CopiedQuote, cancel_quote, copy_for_customers, copy_quote, release_quote, revise_quote};
pub use export::export_quotes;
pub use guide::{guide, put_guide};
pub use issue::issue_quote;
pub use list::{ListedQuote, QuoteList, QuoteListing, list_quotes};
pub(crate) use list::{place, read_place, with_total, without_total};
pub use options::add_option;
pub use past::{Past, PastEnd, PastIssue};
pub use paste::{PastedView, read_pasted_lines};
pub use recent::{LastBought, RecentProducts, recent_products};
pub use sets::{
    FillAsked, FilledSet, SetChange, SetDetail, SetHead, SetText, SetView, SharedWith, change_quote_set,
    delete_quote_set, fill_quote_set, keep_quote_set, order_quote_sets, quote_set, quote_sets,
    restore_quote_set,
};
pub use share::{
    AcceptRequest, Accepted, AcceptedBy, Handed, MadeLink, SharedAmounts, SharedLine, SharedQuote, Shares,
    accept_share, hand_over_code, note_share_view, open_share, quote_shares, share_quote, shared_pdf,
    shared_picture, withdraw_share,
};
pub use sign::{SignRequest, Signed, sign_quote};
pub use store::quotes::{Cancelled, Listed, QuoteFilter, QuoteHead, UsedState};
pub use store::quotes::{Share, ShareView};
pub use take_over::take_over_quote;
pub use view::{
    ChainEntry, ChangedView, LineView, OptionEntry, PricedView, QuoteView, SignedView, read_quote,
};
pub use write_draft::{create_quote, save_quote};
pub use writer_aids::{WriterAids, writer_aids};

pub(crate) use load::{frozen_lines, read_quote_head};
pub(crate) use view::line_views;
pub(crate) use written_over::changed_since;
