//! Quotations: drafts with their lines, issued versions with their frozen documents, and lists of both.

mod after;
mod ask;
mod asked;
mod chain;
mod drafts;
mod frozen;
mod hand_over;
mod head;
mod issued;
mod list;
mod recent;
mod sets;
mod share;
mod shown;

pub use after::{lose, set_follow_up};
pub use ask::{NewAsk, asks_last_ask, end_ask, give_back, insert_ask, last_ask};
pub use chain::{
    ChainVersion, NumberOf, OpenDraft, OptionVersion, asks_locked_chain, asks_number, asks_order,
    begin_options, chain, issued_options, join_options, lock_chain, number_of, open_draft, option_set,
    options, order_of_chain,
};
pub(crate) use drafts::of_json;
pub use drafts::{
    DraftFields, ListedFacts, NewDraft, asks_lines, asks_products, delete_draft, insert_draft, lines,
    listed_facts, product_versions, save_draft,
};
pub use frozen::{
    UsedState, asks_frozen, document, frozen, issued_by, issuer, line_costs, proof, used, void_of,
};
pub use hand_over::hand_over;
pub(crate) use head::opt_day;
pub use head::{
    Cancelled, QuoteCustomer, QuoteHead, asks_customer, asks_customer_alone, asks_head, customer_alone,
    customer_of, head,
};
pub use issued::{
    Issue, MayIssue, approvers, asks_deciders, asks_role_keys, cancel, deciders, let_go, mark_signed,
    names_below_floor, put_issued, release, role_keys, supersede, take_over,
};
pub use list::{COUNTED_MAX, Listed, PlaceKey, QuoteFilter, QuotePlace, QuoteRow, list, total};
pub use recent::{BoughtLine, last_bought, quoted_lately};
pub use sets::{
    SetContent, SetFields, SetHead, SharedWith, forget_old_sets, home_of, insert_set, mark_set, order_sets,
    own_sets, save_set, set_head, set_lines, shared_sets,
};
pub use share::{
    NewShare, Share, ShareView, coded_share, hand_code, insert_share, mark_accepted, miss_code, note_view,
    share_by_token, share_of, shares, views, withdraw_share,
};
pub use shown::{ShownDraft, shown_drafts};
