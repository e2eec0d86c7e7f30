//! Migrations come in pairs: one number and one name for both engines, counted from 1 without a gap.

use std::collections::BTreeSet;

use crate::tree::{Fault, Tree};

const SQLITE: &str = "crates/store/migrations/sqlite/";
const POSTGRES: &str = "crates/store/migrations/postgres/";

/// Names every migration without its twin, and every number that is doubled or left out.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let sqlite: BTreeSet<&str> = tree.names_in(SQLITE).into_iter().collect();
    let postgres: BTreeSet<&str> = tree.names_in(POSTGRES).into_iter().collect();
    let mut faults = Vec::new();
    for (folder, name) in sqlite
        .difference(&postgres)
        .map(|name| (SQLITE, name))
        .chain(postgres.difference(&sqlite).map(|name| (POSTGRES, name)))
    {
        faults.push(Fault::new(&format!("{folder}{name}"), 0, "has no twin for the other engine"));
    }
    for (at, name) in sqlite.iter().enumerate() {
        let wanted = format!("{:04}_", at + 1);
        if !name.starts_with(&wanted) || !name.ends_with(".sql") {
            faults.push(Fault::new(&format!("{SQLITE}{name}"), 0, format!("should be named {wanted}….sql")));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(sqlite: &[&str], postgres: &[&str]) -> usize {
        let paths: Vec<String> = sqlite
            .iter()
            .map(|name| format!("{SQLITE}{name}"))
            .chain(postgres.iter().map(|name| format!("{POSTGRES}{name}")))
            .collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        check(&Tree::of(&files)).len()
    }

    #[test]
    fn both_engines_have_the_same_migrations() {
        assert_eq!(faults(&["0001_start.sql"], &["0001_start.sql"]), 0);
        assert_eq!(faults(&["0001_start.sql"], &[]), 1);
        assert_eq!(faults(&["0001_start.sql"], &["0001_begin.sql"]), 2);
    }

    #[test]
    fn numbers_have_no_gap() {
        let gap = ["0001_start.sql", "0003_more.sql"];
        assert_eq!(faults(&gap, &gap), 1);
        let twice = ["0001_a.sql", "0001_b.sql"];
        assert_eq!(faults(&twice, &twice), 1);
    }
}
