//! Quotations: drafts with their lines, issued versions with their frozen documents, and lists of both.

mod chain;
mod drafts;
mod frozen;
mod hand_over;
mod head;
mod issued;
mod list;

pub use chain::{ChainVersion, OpenDraft, chain, chain_of, lock_chain, open_draft, order_of_chain};
pub use drafts::{
    DraftFields, ListedFacts, NewDraft, delete_draft, insert_draft, lines, listed_facts, product_versions,
    save_draft,
};
pub use frozen::{UsedState, document, issued_by, issuer, line_costs, proof, used, void_of};
pub use hand_over::hand_over;
pub(crate) use head::opt_day;
pub use head::{Cancelled, QuoteCustomer, QuoteHead, customer_of, head};
pub use issued::{Issue, approvers, cancel, mark_signed, put_issued, release, supersede};
pub use list::{Listed, QuoteFilter, QuoteRow, list, total};
