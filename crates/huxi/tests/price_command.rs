//! `huxi price` as a program: files, standard input, exit codes.

use crate::run::huxi;

const CASE: &str = r#"{"at": "2026-05-05", "tiers": {"A": 92}, "customer": {"tier": "A"},
    "products": [{"id": "P1", "unit": "桶", "tax_rate": 13, "list_price": 128.00}],
    "lines": [{"id": "1", "product": "P1", "qty": 60}]}"#;

#[test]
fn a_file_and_standard_input_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.json");
    std::fs::write(&file, format!("\u{feff}{CASE}")).unwrap();
    let (code, out, err) = huxi(&["price", file.to_str().unwrap()], "");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("\"net\": \"7065.60\""), "{out}");
    assert_eq!(huxi(&["price", "-"], CASE), (Some(0), out, err));
}

#[test]
fn exit_codes_tell_an_outcome_a_refusal_and_a_case_that_cannot_be_read() {
    let (code, out, _) = huxi(&["price", "-"], &CASE.replace("\"qty\": 60", "\"qty\": 60, \"unit\": \"箱\""));
    assert_eq!(code, Some(1));
    assert!(out.contains("\"code\": \"unknown_unit\""), "{out}");
    let (code, out, err) = huxi(&["price", "-"], &CASE.replace("\"qty\"", "\"quantity\""));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.starts_with("$.lines[0].quantity："), "{err}");
    let (code, _, err) = huxi(&["price", "no such file"], "");
    assert_eq!((code, err.lines().count()), (Some(2), 1));
    let (code, out, _) = huxi(&["price", "--check", "-"], CASE);
    assert_eq!((code, out.contains("\"conflicts\": []")), (Some(0), true));
}

#[test]
fn wrong_arguments_are_told_in_one_sentence() {
    for arguments in [&["prise"][..], &["price", "-", "--chekc"], &["price"]] {
        let (code, out, err) = huxi(arguments, "");
        assert_eq!((code, out.as_str(), err.lines().count()), (Some(2), "", 1), "{err}");
        assert!(err.contains("huxi --help"), "{err}");
    }
    let (code, out, _) = huxi(&["--help"], "");
    assert_eq!(code, Some(0));
    assert!(out.contains("price"), "{out}");
}
