//! `huxi demo` as a program: what it does not do is said before it does anything.

#![cfg(test)]

use std::process::Command;

#[test]
fn the_demo_company_is_not_made_beside_a_postgres_that_the_settings_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huxi"));
    command.args(["demo", "--small", "--listen", "127.0.0.1:0"]).current_dir(folder.path());
    command.env("HUXI_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    let told = command.output().unwrap();
    let sentence = String::from_utf8(told.stderr).unwrap();
    assert_eq!(told.status.code(), Some(2), "{sentence}");
    assert!(sentence.contains("database_url") && sentence.contains("huxi serve"), "{sentence}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn business_in_real_time_is_refused_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huxi"));
    let told = command.args(["demo", "--small", "--live"]).current_dir(folder.path()).output().unwrap();
    let sentence = String::from_utf8(told.stderr).unwrap();
    assert_eq!(told.status.code(), Some(2), "{sentence}");
    assert!(sentence.contains("--live"), "{sentence}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}
