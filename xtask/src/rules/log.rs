//! Whatever stands in the log of who did what has a name there: nobody reads the program's own words for it.

use std::collections::BTreeSet;

use crate::rust::{Source, Token, reads};
use crate::tree::{Fault, Tree};

const NAMES: &str = "crates/domain/src/words/audit.rs";
const RIGHTS: &str = "crates/domain/src/access/right.rs";
/// What is logged of a record under a name of its own.
const BESIDE: &str = "crates/domain/src/access/log.rs";
/// What one record is called: its number, or its name.
const CALLED: &str = "crates/store/src/events/mod.rs";
/// Records that have neither.
const NAMELESS: &[&str] = &["task"];
/// Where events are written.
const WRITERS: &[&str] = &["crates/app/src/", "crates/huxi/src/"];
/// The place of a field in a request, written as an event would be.
const FIELDS: &[&str] = &["company.name"];

/// Names every literal of the shape of an event, about an entity that is logged, that the words leave out, and every sort of
/// record that events are about and nobody has a word or a name for.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let named = dotted(tree.text(NAMES).unwrap_or_default());
    let rights = dotted(tree.text(RIGHTS).unwrap_or_default());
    let mut entities: BTreeSet<&str> = named.iter().filter_map(|kind| entity(kind)).collect();
    entities.insert("task");
    let records = Records::of(tree);
    let mut faults = Vec::new();
    for (path, text) in
        tree.ending(&[".rs"]).filter(|(path, _)| WRITERS.iter().any(|at| path.starts_with(at)))
    {
        let Ok(source) = Source::parse(text) else { continue };
        let tokens = source.product_tokens();
        for (record, line) in records_in(&tokens) {
            faults.extend(records.faults(record).map(|fault| Fault::new(path, line, fault)));
        }
        for token in tokens.iter().filter(|token| token.literal) {
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

/// The sorts of records that have a word, and those of which one has a name.
struct Records<'t> {
    words: BTreeSet<&'t str>,
    called: BTreeSet<&'t str>,
    /// What is read as of another sort.
    beside: BTreeSet<&'t str>,
}

impl<'t> Records<'t> {
    fn of(tree: &'t Tree) -> Records<'t> {
        let text = |path: &str| tree.text(path).unwrap_or_default();
        let beside = text(BESIDE).split_once("const BESIDE").map_or("", |(_, rest)| rest);
        let pairs = beside.split(';').next().unwrap_or_default();
        Records {
            words: arms(text(NAMES), "fn entity_name"),
            called: arms(text(CALLED), "fn sql_of_name"),
            beside: pairs.split('"').skip(1).step_by(4).collect(),
        }
    }

    fn faults(&self, record: &str) -> impl Iterator<Item = String> {
        let known = self.beside.contains(record);
        let nameless = NAMELESS.contains(&record) || self.called.contains(record);
        let no_word = (!known && !self.words.contains(record)).then_some(("word", NAMES));
        let no_name = (!known && !nameless).then_some(("name", CALLED));
        let record = record.to_owned();
        let missing = no_word.into_iter().chain(no_name);
        missing.map(move |(what, place)| format!("the log has no {what} for a `{record}` in {place}"))
    }
}

/// What the arms of a `match` in that function stand for.
fn arms<'t>(text: &'t str, function: &str) -> BTreeSet<&'t str> {
    let body = text.split_once(function).map_or("", |(_, rest)| rest);
    let body = body.split("\n}").next().unwrap_or_default();
    body.lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" =>"))
        .map(|(arm, _)| arm)
        .collect()
}

/// The sorts of records that events of these words are about, each with its line: `entity: "quote"`, `("quote", id.0)`, and
/// what stands behind a kind.
fn records_in(tokens: &[Token]) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(word) = quoted(token) else { continue };
        let before = |back: usize| at.checked_sub(back).and_then(|place| tokens.get(place));
        let field = at >= 2 && reads(tokens, at - 2, &["entity", ":"]);
        let behind_kind = before(1).is_some_and(|sign| sign.text == ",")
            && before(2).and_then(quoted).is_some_and(|kind| kind.contains('.'));
        let in_pair = before(1).is_some_and(|sign| sign.text == "(")
            && before(2).is_some_and(|sign| [",", "=", "("].contains(&sign.text.as_str()))
            && names_one(tokens.get(at + 1..).unwrap_or_default());
        if (field || behind_kind || in_pair) && !word.contains('.') {
            found.push((word, token.line));
        }
    }
    found
}

/// Whether the second half of a pair follows that is the number of a record: `, id)`, `, self.id.0)`, `, 1)`.
fn names_one(rest: &[Token]) -> bool {
    let end = rest.iter().position(|token| token.text == ")").unwrap_or_default();
    let Some([comma, path @ .., last]) = rest.get(..end) else { return false };
    let plain =
        |token: &Token| token.text.bytes().all(|byte| byte.is_ascii_lowercase() || b"_.".contains(&byte));
    comma.text == "," && path.iter().all(plain) && ["id", "0", "1"].contains(&last.text.as_str())
}

/// A text of small letters, `_` and points between quotes.
fn quoted(token: &Token) -> Option<&str> {
    let text = token.text.strip_prefix('"')?.strip_suffix('"')?;
    let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || b"_.".contains(&byte));
    (token.literal && plain && !text.is_empty()).then_some(text)
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

    const WORDS: &str = "
const KINDS: &[(&str, &str)] = &[(\"quote.issued\", \"x\"), (\"visit.made\", \"x\")];
pub fn entity_name(entity: &str) -> &str {
    match entity {
        \"quote\" => \"x\",
        \"task\" => \"x\",
        other => other,
    }
}
";
    const CALLS: &str = "
fn sql_of_name(entity: &str) -> Option<&'static str> {
    Some(match entity {
        \"quote\" => NAME,
        _ => return None,
    })
}
";

    fn unnamed(writes: &str) -> usize {
        let beside = (BESIDE, "const BESIDE: &[(&str, &str)] = &[(\"quote_issue\", \"quote\")];");
        let texts = [(NAMES, WORDS), (CALLED, CALLS), beside, ("crates/app/src/visits.rs", writes)];
        check(&Tree::of(&texts)).len()
    }

    #[test]
    fn a_record_that_nobody_has_a_word_for_is_found() {
        assert_eq!(
            unnamed("fn log() { note(\"quote.issued\", (\"quote\", id.0)); done((\"task\", self.id.0)); }"),
            0
        );
        assert_eq!(unnamed("const REFUSED: (&str, &str) = (\"quote.issued\", \"quote_issue\");"), 0);
        for writes in [
            "const MADE: (&str, &str) = (\"visit.made\", \"visit\");",
            "fn log() { note(kind, (\"visit\", self.id.0)); }",
            "fn log() { let place = (\"visit\", 1); }",
            "fn log() { Event { kind, entity: \"visit\", entity_id }; }",
        ] {
            assert_eq!(unnamed(writes), 2, "a word and a name: {writes}");
        }
        assert_eq!(unnamed("fn ask() { lock(\"visit\", \"id\", id); find(\"visit\", id); }"), 0);
    }

    #[test]
    fn an_event_without_a_name_is_found() {
        assert_eq!(faults("fn log() { note(\"quote.issued\"); may(\"quote.read\"); open(\"huxi.db\"); }"), 0);
        assert_eq!(faults("fn log() { note(\"quote.told\"); note(\"task.over\"); }"), 2);
        assert_eq!(faults("#[cfg(test)] mod tests { fn log() { note(\"quote.told\"); } }"), 0);
    }
}
