//! Every Chinese sentence that the server, the command line and the PDF say; one file per area.

pub mod access;
pub mod base;
pub mod calendar;
pub mod catalog;
pub mod config;
pub mod contract;
pub mod customers;
pub mod documents;
pub mod fields;
pub mod files;
pub mod http;
pub mod insights;
pub mod lists;
pub mod pictures;
pub mod price_checks;
pub mod price_import;
pub mod price_rows;
pub mod price_sheet;
pub mod pricing;
mod printing;
pub mod quotes;
pub mod sets;
pub mod share;
mod sheets;
pub mod template_sample;
pub mod templates;
pub mod terms;
