//! `huxi serve` as a program: what keeps it from starting is said in words, with what to look at.

#![cfg(test)]

use std::process::Command;

#[test]
fn a_postgres_that_cannot_be_reached_is_told_with_the_setting_to_look_at() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huxi"));
    command.args(["serve", "--listen", "127.0.0.1:0"]).current_dir(folder.path());
    command.env("HUXI_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    let told = command.output().unwrap();
    let sentence = String::from_utf8(told.stderr).unwrap();
    assert_eq!(told.status.code(), Some(1), "{sentence}");
    assert!(sentence.contains("连不上数据库") && sentence.contains("database_url"), "{sentence}");
}
