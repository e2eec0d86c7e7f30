//! The database as commands and reads meet it, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod customers;
mod cut;
mod engine;
mod lessons;
mod moving;
mod news;
mod org_names;
mod placed;
mod plans;
mod quote_lists;
mod sight;
mod timers;
mod trips;
mod waiting;

#[test]
fn every_file_of_tests_is_named_here() {
    testkit::every_file_is_named(env!("CARGO_MANIFEST_DIR"), include_str!("main.rs"));
}
