//! The rules of Huxi: pure functions from facts to outcomes. No I/O, no clock, no random, no floats for money.

pub mod access;
pub mod automation;
pub mod base;
pub mod calendar;
pub mod catalog;
pub mod config;
pub mod customers;
pub mod documents;
pub mod insights;
pub mod notices;
pub mod pricing;
pub mod quotes;
pub mod tasks;
pub mod webhooks;
pub mod words;
