//! The files of a crate's tests: Cargo runs only those that its one program names.

use std::path::Path;

/// Fails when a file or folder beside `tests/main.rs` of the crate is not named in it: none of its tests would run.
#[track_caller]
pub fn every_file_is_named(folder_of_crate: &str, source_of_main: &str) {
    for entry in std::fs::read_dir(Path::new(folder_of_crate).join("tests")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        assert!(stem == "main" || source_of_main.contains(&format!("mod {stem};")), "{name} is not run");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_nobody_names_is_told_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let tests = folder.path().join("tests");
        std::fs::create_dir(&tests).unwrap();
        for file in ["main.rs", "named.rs", "forgotten.rs"] {
            std::fs::write(tests.join(file), "").unwrap();
        }
        let folder = folder.path().to_str().unwrap();
        every_file_is_named(folder, "mod forgotten;\nmod named;\n");
        let missed = std::panic::catch_unwind(|| every_file_is_named(folder, "mod named;\n"));
        let told = missed.unwrap_err().downcast::<String>().unwrap();
        assert_eq!(*told, "forgotten.rs is not run");
    }
}
