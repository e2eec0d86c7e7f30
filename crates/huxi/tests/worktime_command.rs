//! `huxi worktime` as a program: files, standard input, exit codes.

use crate::run::huxi;

const CASE: &str = r#"{"calendar": "cn", "start": "2026-09-30T16:40", "add": "2h"}"#;

#[test]
fn a_file_and_standard_input_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.json");
    std::fs::write(&file, CASE).unwrap();
    let (code, out, err) = huxi(&["worktime", file.to_str().unwrap()], "");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, "{\n  \"due\": \"2026-10-08T09:40:00\",\n  \"warnings\": []\n}\n");
    assert_eq!(huxi(&["worktime", "-", "--json"], CASE), (Some(0), out, err));
}

#[test]
fn exit_codes_tell_an_outcome_a_refusal_and_a_case_that_cannot_be_read() {
    let (code, out, _) = huxi(&["worktime", "-"], &CASE.replace("\"cn\"", "{}"));
    assert_eq!(code, Some(1));
    assert!(out.contains("\"code\": \"no_working_time\""), "{out}");
    let (code, out, err) = huxi(&["worktime", "-"], &CASE.replace("\"2h\"", "\"two hours\""));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.starts_with("$.add："), "{err}");
    let (code, _, err) = huxi(&["worktime"], "");
    assert_eq!((code, err.lines().count()), (Some(2), 1), "{err}");
}
