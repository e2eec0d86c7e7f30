//! The server as browsers meet it: requests in, answers out, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod accounts;
mod backups;
mod customers;
mod door;
mod drafts;
mod examples;
mod foundation;
mod hidden_cost;
mod listening;
mod live;
mod lost_files;
mod names;
mod operation;
mod orgs;
mod outages;
mod pictures;
mod quoting;
mod retries;
mod searching;
mod selling;
mod sets;
mod sharing;
mod texts;
mod tls;
mod trips;
mod views;
mod watched;
mod webhooks;
mod who_may;
mod world;

#[test]
fn every_file_of_tests_is_named_here() {
    testkit::every_file_is_named(env!("CARGO_MANIFEST_DIR"), include_str!("main.rs"));
}
