//! The words that people read: refusals and documents, one module per area.

pub mod documents;
