//! `huxi serve` as a program: what keeps it from starting is said in words, with what to look at.

#![cfg(test)]

mod run;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use run::huxi_in;

const SERVE: &[&str] = &["serve", "--listen", "127.0.0.1:0"];

#[test]
fn a_postgres_that_cannot_be_reached_is_told_with_the_setting_to_look_at() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("HUXI_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")];
    let (code, _, sentence) = huxi_in(folder.path(), &settings, SERVE);
    assert_eq!(code, Some(1), "{sentence}");
    assert!(sentence.contains("连不上数据库") && sentence.contains("database_url"), "{sentence}");
}

/// The handbook tells service managers to try again after 1, and not after 2.
#[test]
fn a_setting_that_nobody_knows_stops_the_start_with_two() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("huxi.toml"), "nonsense = 1\n").unwrap();
    let (code, _, said) = huxi_in(folder.path(), &[], SERVE);
    assert!(code == Some(2) && said.contains("nonsense") && said.contains("huxi.toml"), "{code:?} {said}");
    assert!(!folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn the_clock_of_a_folder_without_a_company_is_not_told_and_no_company_is_made() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["clock"][..], &["clock", "--accept", "--reason", "换了主板"]] {
        let (code, told, said) = huxi_in(folder.path(), &[], arguments);
        assert!(code == Some(1) && said.contains("还没有 Huxi 的数据"), "{code:?} {told} {said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// What `huxi serve` says before it ends, with these files for certificate and key.
fn refused_tls(folder: &std::path::Path, certificate: &str, key: &str) -> (Option<i32>, String) {
    let settings = [("HUXI_TLS_CERTIFICATE", certificate), ("HUXI_TLS_KEY", key)];
    let (code, _, said) = huxi_in(folder, &settings, SERVE);
    (code, said)
}

#[test]
fn a_certificate_that_cannot_be_used_stops_the_start_and_its_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = refused_tls(folder.path(), "none.pem", "none.key");
    assert!(code == Some(2) && said.contains("none.pem") && said.contains("打不开"), "{code:?} {said}");
    let made = || rcgen::generate_simple_self_signed(vec!["localhost".to_string()]).unwrap();
    let (one, other) = (made(), made());
    std::fs::write(folder.path().join("one.pem"), one.cert.pem()).unwrap();
    std::fs::write(folder.path().join("other.key"), other.signing_key.serialize_pem()).unwrap();
    let (code, said) = refused_tls(folder.path(), "one.pem", "other.key");
    assert!(code == Some(2) && said.contains("other.key") && said.contains("不是一对"), "{code:?} {said}");
    let (code, said) = refused_tls(folder.path(), "one.pem", "");
    assert!(code == Some(2) && said.contains("tls_key"), "{code:?} {said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_serves_holds_its_memory_in_small_pages() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = Command::new(env!("CARGO_BIN_EXE_huxi"));
    serve.args(SERVE).arg("--data").arg(folder.path().join("data")).current_dir(folder.path());
    let mut program = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut greeting = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut greeting).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(greeting.contains("http://"), "{greeting}");
    assert!(status.contains("THP_enabled:\t0\n"), "{status}");
}
