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
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let named = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        assert!(stem == "main" || named.contains(&format!("mod {stem};")), "{name} is not run");
    }
}
