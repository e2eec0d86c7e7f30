//! Measures of work, and what waits for a person today.

mod activity;
mod conversion;
mod handling;
mod today;

pub use activity::{ACTIVITY_MAX, MarkText, note_activity};
pub use conversion::{ConversionRow, conversion};
pub use handling::{HandlingTimes, MeasuredView, handling_times};
pub use store::insights::{
    AskKind, Figures, SignedOrder, StakeKind, TodayAsk, TodayConfig, TodayConfigKind, TodayQuote,
};
pub use today::{Today, TodayEntry, Tone, today};
