//! The use-cases as people go through them, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod access;
mod catalog;
mod config_exchange;
mod config_faults;
mod config_import;
mod config_life;
mod config_pages;
mod config_risks;
mod customers;
mod interleave;
mod quoting;
mod support;

#[test]
fn every_file_of_tests_is_named_here() {
    testkit::every_file_is_named(env!("CARGO_MANIFEST_DIR"), include_str!("main.rs"));
}
