//! `huxi demo` as a program: what it does not do is said before it does anything.

use crate::run::huxi_in;

#[test]
fn the_demo_company_is_not_made_beside_a_postgres_that_the_settings_name() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("HUXI_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")];
    let asked = ["demo", "--small", "--listen", "127.0.0.1:0"];
    let (code, _, sentence) = huxi_in(folder.path(), &settings, &asked);
    assert_eq!(code, Some(2), "{sentence}");
    assert!(sentence.contains("database_url") && sentence.contains("huxi serve"), "{sentence}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn business_in_real_time_is_refused_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, sentence) = huxi_in(folder.path(), &[], &["demo", "--small", "--live"]);
    assert_eq!(code, Some(2), "{sentence}");
    assert!(sentence.contains("--live"), "{sentence}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}
