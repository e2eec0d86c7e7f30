//! `domain` is pure: no waiting, files, network, clock, random, printing or floats.

use crate::rust::{Source, Token, reads};
use crate::tree::{Fault, Tree};

const DOMAIN: &str = "crates/domain/src/";

/// Words that may not stand in `domain` at all.
const WORDS: &[(&str, &str)] = &[
    ("async", "waits"),
    ("await", "waits"),
    ("f32", "is a float"),
    ("f64", "is a float"),
    ("tokio", "waits"),
    ("rand", "is random"),
    ("tracing", "logs"),
    ("SystemTime", "reads the clock"),
];

/// Runs of words that may not stand in `domain`.
const RUNS: &[(&[&str], &str)] = &[
    (&["std", "::", "fs"], "reads files"),
    (&["std", "::", "net"], "talks to the network"),
    (&["std", "::", "env"], "reads the environment"),
    (&["std", "::", "process"], "starts programs"),
    (&["std", "::", "thread"], "starts threads"),
    (&["std", "::", "time"], "reads the clock"),
    (&["std", "::", "io"], "reads or writes"),
    (&["::", "now", "(", ")"], "reads the clock"),
    (&["TimeZone", "::", "system"], "reads the machine's time zone"),
    (&["println", "!"], "prints"),
    (&["eprintln", "!"], "prints"),
    (&["print", "!"], "prints"),
    (&["eprint", "!"], "prints"),
    (&["dbg", "!"], "prints"),
];

/// Parts of `std` that may not be named in `use std::{…}` either.
const STD_PARTS: &[&str] = &["fs", "net", "env", "process", "thread", "time", "io"];

/// Names every word of `domain` that reaches outside, or counts with floats.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending(&[".rs"]).filter(|(path, _)| path.starts_with(DOMAIN)) {
        let Ok(source) = Source::parse(text) else { continue };
        let tokens = source.product_tokens();
        for at in 0..tokens.len() {
            if let Some((line, what)) = impurity(&tokens, at) {
                faults.push(Fault::new(path, line, what));
            }
        }
    }
    faults
}

fn impurity(tokens: &[Token], at: usize) -> Option<(usize, String)> {
    let token = tokens.get(at)?;
    let word = WORDS.iter().find(|(word, _)| reads(tokens, at, &[word]));
    if let Some((word, does)) = word {
        return Some((token.line, format!("`{word}` {does}; domain is pure")));
    }
    if let Some((run, does)) = RUNS.iter().find(|(run, _)| reads(tokens, at, run)) {
        return Some((token.line, format!("`{}` {does}; domain is pure", run.concat())));
    }
    if reads(tokens, at, &["std", "::", "{"]) {
        let mut group = tokens.get(at + 3..)?.iter().take_while(|inner| inner.text != ";");
        let named = group.find(|inner| STD_PARTS.contains(&inner.text.as_str()))?;
        return Some((named.line, format!("`std::{}` reaches outside; domain is pure", named.text)));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> usize {
        check(&Tree::of(&[("crates/domain/src/base/mod.rs", text)])).len()
    }

    #[test]
    fn plain_rules_pass() {
        assert_eq!(faults("/// async f64 in words only\npub fn a(now: Instant) -> Fen { b(now) }"), 0);
        assert_eq!(faults("#[cfg(test)] mod tests { fn a() { println!(\"told\"); } }"), 0);
    }

    #[test]
    fn waiting_printing_floats_and_files_are_refused() {
        assert_eq!(faults("pub async fn a() {}"), 1);
        assert_eq!(faults("pub fn a(price: f64) {}"), 1);
        assert_eq!(faults("fn a() { println!(\"x\"); }"), 1);
        assert_eq!(faults("use std::fs::File;"), 1);
        assert_eq!(faults("use std::{fmt, time::Duration};"), 1);
        assert_eq!(faults("fn a() { jiff::Timestamp::now(); }"), 1);
    }

    #[test]
    fn other_crates_may_do_so() {
        assert_eq!(check(&Tree::of(&[("crates/app/src/lib.rs", "pub async fn a() {}")])), []);
    }
}
