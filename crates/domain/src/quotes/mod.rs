//! Quotations: what a draft may hold, when one is issued, signed or ended, and the document that is frozen for ever.

mod actions;
mod after;
mod amounts;
mod ask;
mod changed;
mod draft;
mod ending;
mod extra;
mod guide;
mod hidden;
mod issue;
mod listing;
mod margin;
mod names;
mod number;
mod options;
mod pasted;
mod priced;
mod reading;
mod refused;
mod repriced;
mod sets;
mod share;
mod sign;
mod snapshot;
mod sold;
mod state;
mod terms;
mod too_much;

pub use actions::{Opened, QuoteAction, actions};
pub use after::{
    COMPETITOR_LETTERS_MAX, FOLLOW_DAYS_MAX, FOLLOW_NOTE_LETTERS_MAX, FollowUp, LOST_WORDS_LETTERS_MAX, Lost,
    LostText, LostWhy,
};
pub use amounts::Amounts;
pub use ask::{Ask, AskEnd, AskOutcome, Beyond, check_ask};
pub use changed::{Change, LinePart, Stood, StoodLine, TermPart, WholePart};
pub use draft::{
    Draft, DraftLine, DraftText, LINE_ID_LETTERS_MAX, LINE_NOTE_LETTERS_MAX, LINES_MAX, LineText,
    NOTES_LETTERS_MAX, QTY_TYPED_MAX, UNIT_LETTERS_MAX, plain,
};
pub use ending::{
    COPIES_MAX, REASON_LETTERS_MAX, check_cancel, check_copies, check_reason, check_release, check_revise,
};
pub use extra::{
    GROUP_LETTERS_MAX, LineExtra, LineExtraText, ManualText, NO_PRODUCT, OWN_NAME_LETTERS_MAX, OwnItem,
    OwnKind, OwnText, Whole, WholeText,
};
pub use guide::{GUIDED_QUOTES, Guide};
pub use issue::{
    HIDDEN_FLOOR_TRIES, HIDDEN_FLOOR_WITHIN_MS, Seen, VALID_DAYS_MAX, days_after, days_before, decide_issue,
    last_valid_day,
};
pub use listing::{LostAsked, OrderColumn, QuoteColumn, QuoteSort};
pub use margin::Margin;
pub use names::KnownNames;
pub use number::{order_series, quote_series, written_number};
pub use options::{FIRST_OPTION, OPTIONS_MAX, next_option};
pub use pasted::{
    Catalogue, Confidence, Found, Good, PASTED_LETTERS_MAX, PASTED_LINES_MAX, PastedLine, read_pasted,
};
pub use priced::{
    Decider, IssueRule, LineRefusal, PricedDraft, PricedDraftLine, Problem, ProblemKind, QuotedProduct,
    Subtotal, price_draft, subtotals,
};
pub use refused::{NewerVersion, OrderRef, QuoteRefused, VoidRevision};
pub use repriced::{HandPrice, Repriced, RepricedLine, ShownFigures, ShownLine};
pub use sets::{
    AREA_MAX, FillNote, FilledLine, SET_LINES_MAX, SET_NAME_LETTERS_MAX, SETS_MAX, Scale, SetExtra, SetLine,
    SetOwn, TIMES_MAX, set_area, set_name,
};
pub use share::{
    CODE_DIGITS, CODE_LIFE_MS, CODE_TRIES_MAX, Closed, CodeCheck, Device, HandedCode, LIVE_LINKS_MAX, Looked,
    ShareRefused, VIEW_REST_MS, VIEWS_MAX, accepting_name, check_code, code_hash, code_of, link_opens,
    share_last_day,
};
pub use sign::{SIGNER_LETTERS_MAX, SignFacts, Signature, check_signature, may_sign};
pub use snapshot::{
    FrozenBranch, FrozenCustomer, FrozenLine, FrozenPicture, FrozenProduct, FrozenSalesperson, FrozenSeller,
    FrozenTemplate, LineCost, SNAPSHOT_FORMAT, Snapshot, SnapshotFault, UsedRevision,
};
pub use sold::{Meant, Sold, SoldGoods};
pub use state::{QuoteState, ShownState};
pub use terms::{Deposit, Invoice, Payment, TERM_LETTERS_MAX, Terms, TermsText};
pub use too_much::TooMuchOff;

#[cfg(test)]
mod tests;
