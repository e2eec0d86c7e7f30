//! Whatever stands in the log of who did what has a name there: nobody reads the program's own words for it.

use std::collections::BTreeSet;

use crate::rust::Source;
use crate::tree::{Fault, Tree};

const NAMES: &str = "crates/domain/src/words/audit.rs";
const RIGHTS: &str = "crates/domain/src/access/right.rs";
/// Where events are written.
const WRITERS: &[&str] = &["crates/app/src/", "crates/huxi/src/"];
/// The place of a field in a request, written as an event would be.
const FIELDS: &[&str] = &["company.name"];

/// Names every literal of the shape of an event, about an entity that is logged, that the words leave out.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let named = dotted(tree.text(NAMES).unwrap_or_default());
    let rights = dotted(tree.text(RIGHTS).unwrap_or_default());
    let mut entities: BTreeSet<&str> = named.iter().filter_map(|kind| entity(kind)).collect();
    entities.insert("task");
    let mut faults = Vec::new();
    for (path, text) in
        tree.ending(&[".rs"]).filter(|(path, _)| WRITERS.iter().any(|at| path.starts_with(at)))
    {
        let Ok(source) = Source::parse(text) else { continue };
        for token in source.product_tokens().iter().filter(|token| token.literal) {
            for kind in dotted(&token.text) {
                let known = named.contains(kind) || rights.contains(kind) || FIELDS.contains(&kind);
                if !known && entity(kind).is_some_and(|entity| entities.contains(entity)) {
                    faults.push(Fault::new(path, token.line, format!("`{kind}` has no name in {NAMES}")));
                }
            }
        }
    }
    faults
}

fn entity(kind: &str) -> Option<&str> {
    kind.split_once('.').map(|(entity, _)| entity)
}

/// What stands between quotes as two words with a point between them.
fn dotted(text: &str) -> BTreeSet<&str> {
    let word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let quoted = text.split('"').skip(1).step_by(2);
    quoted
        .filter(|text| text.split_once('.').is_some_and(|(entity, what)| word(entity) && word(what)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(writes: &str) -> usize {
        let names = (NAMES, "const KINDS: &[(&str, &str)] = &[(\"quote.issued\", \"x\")];");
        let rights = (RIGHTS, "QuoteRead = \"quote.read\",");
        check(&Tree::of(&[names, rights, ("crates/app/src/quotes/issue.rs", writes)])).len()
    }

    #[test]
    fn an_event_without_a_name_is_found() {
        assert_eq!(faults("fn log() { note(\"quote.issued\"); may(\"quote.read\"); open(\"huxi.db\"); }"), 0);
        assert_eq!(faults("fn log() { note(\"quote.told\"); note(\"task.over\"); }"), 2);
        assert_eq!(faults("#[cfg(test)] mod tests { fn log() { note(\"quote.told\"); } }"), 0);
    }
}
