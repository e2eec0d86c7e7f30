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
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let named = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        assert!(stem == "main" || named.contains(&format!("mod {stem};")), "{name} is not run");
    }
}
