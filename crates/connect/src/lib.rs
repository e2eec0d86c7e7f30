//! The outside world: PDF files, spreadsheets, messages to other systems; each folder implements small traits of `app::ports`.

mod guarded;
pub mod pdf;
pub mod sheets;
pub mod webhooks;
