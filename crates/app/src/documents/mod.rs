//! The sealed PDF of an issued quotation, and the public question whether a paper is genuine.

mod pdf;
mod seal;
mod verify;

pub use pdf::{PdfFile, Printing, pdf_of_quote, render};
pub(crate) use seal::{check_page, check_seal};
pub use verify::{Verified, verify};
