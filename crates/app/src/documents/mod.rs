//! The sealed PDF of an issued quotation, and the public question whether a paper is genuine.

mod contract;
mod paper;
mod pdf;
mod preview;
mod seal;
mod verify;

pub use contract::contract_of_order;
pub(crate) use paper::{Paper, paper_of, template_at};
pub use paper::{PaperFacts, paper_facts};
pub use pdf::{PdfFile, Printing, pdf_of_quote, render};
pub(crate) use pdf::{pdf_content, printed};
pub use preview::{Preview, template_preview};
pub(crate) use seal::{check_page, check_seal};
pub use store::documents::IssuedDocument;
pub use verify::{Verified, verify};
