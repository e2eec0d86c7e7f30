//! Measures: how much active time a quotation takes, from what people did, by a method that anyone can repeat.

mod active_time;
mod conversion;
mod handling_time;

pub use active_time::{ACTIVE_MS_MAX, IDLE_MS_MAX, Mark, MarkKind, active_ms};
pub use conversion::{Conversion, ConversionBy, Counted};
pub use handling_time::{
    Handled, HandlingTime, Measured, OwnerTime, SAMPLE_MAX, drawn, handling_time, percentile,
};
