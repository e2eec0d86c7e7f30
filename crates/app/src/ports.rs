//! What the use-cases ask of the outside: small traits, implemented in `connect`.

pub use domain::documents::{PrintRefused, SheetRefused};

use domain::documents::PrintedQuote;

/// Turns a quotation into a PDF file.
pub trait DocumentPrinter: Send + Sync {
    /// The PDF of `quote`; the same quotation and marks give the same bytes. Takes CPU time: call it off the async threads.
    fn print(&self, quote: &PrintedQuote, marks: &PrintMarks) -> Result<Vec<u8>, PrintRefused>;
}

/// What is put onto a printed document beside its own facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintMarks {
    /// PNG with transparency; only on what is issued within authority.
    pub seal: Option<Vec<u8>>,
    /// Whole address of the public verify page.
    pub verify_url: Option<String>,
    /// Words across every page.
    pub watermark: Option<String>,
}
