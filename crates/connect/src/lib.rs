//! The outside world: PDF files, spreadsheets; each folder implements small traits of `app::ports`.

mod guarded;
pub mod pdf;
pub mod sheets;
