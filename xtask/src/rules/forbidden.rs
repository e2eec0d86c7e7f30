//! Nothing is left for later: no skipped test, no stub.

use crate::rust::{Source, reads};
use crate::tree::{Fault, Tree};

const IN_RUST: &[&[&str]] = &[&["#", "[", "ignore"], &["todo", "!"], &["unimplemented", "!"]];

const TEST_CALLS: &[&str] = &["it", "test", "describe", "story"];
const SKIPS: &[&str] = &["skip", "only", "todo", "fails"];

/// Names every skipped test and every stub.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending(&[".rs"]) {
        let Ok(source) = Source::parse(text) else { continue };
        let tokens = source.tokens();
        for (at, token) in tokens.iter().enumerate() {
            if let Some(run) = IN_RUST.iter().find(|run| reads(&tokens, at, run)) {
                faults.push(Fault::new(path, token.line, format!("`{}` leaves work undone", run.concat())));
            }
        }
    }
    for (path, text) in tree.ending(&[".ts", ".tsx", ".mjs", ".js"]) {
        for (at, line) in text.lines().enumerate() {
            if let Some(call) = skipped(line) {
                faults.push(Fault::new(path, at + 1, format!("`{call}` leaves a test out")));
            }
        }
    }
    faults
}

fn skipped(line: &str) -> Option<String> {
    for call in TEST_CALLS {
        for skip in SKIPS {
            let wanted = format!("{call}.{skip}");
            let Some(at) = line.find(&wanted) else { continue };
            let before = line[..at].chars().next_back();
            let after = line[at + wanted.len()..].chars().next();
            let whole = !before.is_some_and(|sign| sign.is_alphanumeric() || sign == '.')
                && matches!(after, Some('(' | '.' | '`' | '<'));
            if whole {
                return Some(wanted);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn skipped_tests_are_refused() {
        assert_eq!(faults("a.rs", "#[test]\n#[ignore]\nfn a() {}"), 1);
        assert_eq!(faults("a.rs", "#[test]\n#[ignore = \"slow\"]\nfn a() {}"), 1);
        assert_eq!(faults("a.test.ts", &["it.", "skip('a', () => {})"].concat()), 1);
        assert_eq!(faults("a.test.ts", &["describe.", "only('a', () => {})"].concat()), 1);
        assert_eq!(faults("a.ts", "await submit.only(1)"), 0);
    }

    #[test]
    fn stubs_are_refused() {
        assert_eq!(faults("a.rs", "fn a() { todo!() }"), 1);
        assert_eq!(faults("a.rs", "fn a() { unimplemented!(\"later\") }"), 1);
        assert_eq!(faults("a.rs", "/// todo! is refused\nfn a() {}"), 0);
    }
}
