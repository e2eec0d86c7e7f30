//! The demo company: the same each time, and with everything that is said of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod same;
mod truths;

#[test]
fn every_file_of_tests_is_named_here() {
    testkit::every_file_is_named(env!("CARGO_MANIFEST_DIR"), include_str!("main.rs"));
}
