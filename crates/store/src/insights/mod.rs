//! Facts that measures and the page 今天 are made of.

mod activity;
mod asks;
mod conversion;
mod today;

pub use activity::{
    ActivityMark, MeasuredQuote, OPENED_MAX, OpenedQuote, forget_marks, handled, measured_quote, note, opened,
};
pub use asks::{AskKind, TodayAsk, asks};
pub use conversion::{ConversionRow, conversion};
pub use today::{
    Figures, SignedOrder, StakeKind, TodayConfig, TodayConfigKind, TodayQuote, accepted_orders,
    config_waiting, figures, price_changes, quotes_at_stake, signed_between, signed_orders,
};
