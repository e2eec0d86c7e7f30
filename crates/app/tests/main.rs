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
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let named = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        assert!(stem == "main" || named.contains(&format!("mod {stem};")), "{name} is not run");
    }
}
