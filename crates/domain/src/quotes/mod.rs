//! Quotations: what a draft may hold, when one is issued, signed or ended, and the document that is frozen for ever.

mod actions;
mod amounts;
mod draft;
mod ending;
mod guide;
mod issue;
mod number;
mod priced;
mod refused;
mod repriced;
mod sign;
mod snapshot;
mod state;

pub use actions::{Opened, QuoteAction, actions};
pub use amounts::Amounts;
pub use draft::{
    Draft, DraftLine, DraftText, LINE_ID_LETTERS_MAX, LINE_NOTE_LETTERS_MAX, LINES_MAX, LineText,
    NOTES_LETTERS_MAX, UNIT_LETTERS_MAX, plain,
};
pub use ending::{REASON_LETTERS_MAX, check_cancel, check_reason, check_release, check_revise};
pub use guide::{GUIDED_QUOTES, Guide};
pub use issue::{Seen, VALID_DAYS_MAX, days_after, days_before, decide_issue, last_valid_day};
pub use number::{order_series, quote_series, written_number};
pub use priced::{
    IssueRule, LineRefusal, PricedDraft, PricedDraftLine, Problem, ProblemKind, QuotedProduct, price_draft,
};
pub use refused::{NewerVersion, OrderRef, QuoteRefused, VoidRevision};
pub use repriced::{Repriced, RepricedLine, ShownFigures, ShownLine};
pub use sign::{SIGNER_LETTERS_MAX, SignFacts, Signature, check_signature, may_sign};
pub use snapshot::{
    FrozenBranch, FrozenCustomer, FrozenLine, FrozenProduct, FrozenSalesperson, FrozenSeller, FrozenTemplate,
    LineCost, SNAPSHOT_FORMAT, Snapshot, SnapshotFault, UsedRevision,
};
pub use state::{QuoteState, ShownState};

#[cfg(test)]
mod tests;
