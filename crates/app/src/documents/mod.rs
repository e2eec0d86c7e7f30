//! The sealed PDF of an issued quotation, and the public question whether a paper is genuine.

mod pdf;
mod verify;

pub use pdf::{PdfFile, Printing, pdf_of_quote, render};
pub use verify::{Verified, verify};
