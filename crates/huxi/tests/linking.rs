//! What the build tells the linker.

#[allow(dead_code)]
#[path = "../build.rs"]
mod build;

#[test]
fn a_linker_that_somebody_chose_is_told_nothing() {
    assert!(!build::is_chosen("", None));
    assert!(!build::is_chosen("-Copt-level=3", Some("")));
    assert!(build::is_chosen("-Clinker=mold", None));
    assert!(build::is_chosen("-Clink-arg=-fuse-ld=mold", None));
    assert!(build::is_chosen("", Some("/usr/bin/clang")), "set in cargo's own settings");
}
