//! The program `huxi` as people start it: its commands, what it prints, how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod backups;
mod demo_command;
mod killed;
mod linking;
mod moving;
mod office;
mod price_command;
mod run;
mod serve_command;
mod worktime_command;

#[test]
fn every_file_of_tests_is_named_here() {
    testkit::every_file_is_named(env!("CARGO_MANIFEST_DIR"), include_str!("main.rs"));
}
