//! SQL stands in `store` and nowhere else.

use crate::rust::Source;
use crate::tree::{Fault, Tree};

/// Where SQL may stand: the store, what makes and counts databases for tests, and the benchmark that measures the bare
/// driver beside it.
const ALLOWED: &[&str] = &["crates/store/", "crates/testkit/", "bench/", "xtask/"];

const BEGINNINGS: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "TRUNCATE ",
    "PRAGMA ",
    "WITH RECURSIVE ",
];

/// Names every string literal outside the store that reads as SQL.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in
        tree.ending(&[".rs"]).filter(|(path, _)| !ALLOWED.iter().any(|ok| path.starts_with(ok)))
    {
        let Ok(source) = Source::parse(text) else { continue };
        for token in source.tokens().iter().filter(|token| token.literal && is_sql(&token.text)) {
            faults.push(Fault::new(path, token.line, "SQL outside the store"));
        }
    }
    faults
}

fn is_sql(literal: &str) -> bool {
    let Some(start) = literal.find('"') else { return false };
    let text = literal.get(start + 1..).unwrap_or_default().replace("\\n", " ");
    let text = text.trim_start();
    let update = text.starts_with("UPDATE ") && text.contains(" SET ");
    update || BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn sql_is_refused_outside_the_store() {
        let text = "const A: &str = \"\n    SELECT id FROM person\";";
        assert_eq!(faults("crates/app/src/people.rs", text), 1);
        assert_eq!(faults("crates/store/src/people.rs", text), 0);
        assert_eq!(faults("crates/app/src/a.rs", "fn a() { run(r\"UPDATE person SET name = $1\"); }"), 1);
    }

    #[test]
    fn plain_words_are_no_sql() {
        assert_eq!(faults("crates/app/src/a.rs", "const A: &str = \"Select a customer\";"), 0);
    }
}
