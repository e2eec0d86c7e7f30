//! Rows of an item: keys with their content. Differences, merges, rollbacks and hashes all go by key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::hex;

/// Rows by key; two rows are the same when their content is the same text.
pub type Rows = BTreeMap<String, String>;

/// What a draft changes: the new content of a key, `None` where the row goes away.
pub type Delta = BTreeMap<String, Option<String>>;

/// One key whose row differs between two revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// How a row differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeSort {
    Same,
    Added,
    Changed,
    Removed,
}

/// How many rows differ in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub added: i64,
    pub changed: i64,
    pub removed: i64,
}

/// A key that both sides changed since their common base, each to something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowConflict {
    pub key: String,
    pub base: Option<String>,
    pub mine: Option<String>,
    pub theirs: Option<String>,
}

/// Whose row stands where both changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Mine,
    Theirs,
}

impl Change {
    pub fn sort(&self) -> ChangeSort {
        sort_of(self.before.as_deref(), self.after.as_deref())
    }

    /// What the row is, or was before it was taken away.
    pub fn content(&self) -> &str {
        self.after.as_deref().or(self.before.as_deref()).unwrap_or_default()
    }
}

impl Counts {
    /// The counts of these changes.
    pub fn of<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Counts {
        let mut counts = Counts::default();
        for change in changes {
            match change.sort() {
                ChangeSort::Added => counts.added += 1,
                ChangeSort::Changed => counts.changed += 1,
                ChangeSort::Removed => counts.removed += 1,
                ChangeSort::Same => {}
            }
        }
        counts
    }

    /// Nothing differs.
    pub fn is_zero(self) -> bool {
        self == Counts::default()
    }
}

/// How a row with these contents differs.
pub fn sort_of(before: Option<&str>, after: Option<&str>) -> ChangeSort {
    match (before, after) {
        (None, Some(_)) => ChangeSort::Added,
        (Some(_), None) => ChangeSort::Removed,
        (before, after) if before == after => ChangeSort::Same,
        _ => ChangeSort::Changed,
    }
}

/// The rows after the delta.
pub fn apply(rows: &Rows, delta: &Delta) -> Rows {
    let mut after = rows.clone();
    for (key, content) in delta {
        match content {
            Some(content) => drop(after.insert(key.clone(), content.clone())),
            None => drop(after.remove(key)),
        }
    }
    after
}

/// What the delta changes in these rows, by key; keys that it leaves as they are do not appear.
pub fn changes_of(rows: &Rows, delta: &Delta) -> Vec<Change> {
    let change = |(key, after): (&String, &Option<String>)| Change {
        key: key.clone(),
        before: rows.get(key).cloned(),
        after: after.clone(),
    };
    delta.iter().map(change).filter(|change| change.before != change.after).collect()
}

/// The smallest delta that turns `from` into `to`.
pub fn delta_between(from: &Rows, to: &Rows) -> Delta {
    let gone = from.keys().filter(|key| !to.contains_key(*key)).map(|key| (key.clone(), None));
    let other = to.iter().filter(|(key, content)| from.get(*key) != Some(content));
    gone.chain(other.map(|(key, content)| (key.clone(), Some(content.clone())))).collect()
}

/// sha256 over all rows in the order of their keys, as 64 hex digits.
pub fn content_hash(rows: &Rows) -> String {
    let mut hash = Sha256::new();
    let mut text = |text: &str| {
        // The length first, so that no other rows make the same bytes.
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    for (key, content) in rows {
        text(key);
        text(content);
    }
    hex(hash.finalize())
}

/// Puts a delta made on `base` onto `theirs`; what both changed differently needs a choice, or is named.
pub fn rebase(
    base: &Rows,
    mine: &Delta,
    theirs: &Rows,
    choices: &BTreeMap<String, Choice>,
) -> Result<Delta, Vec<RowConflict>> {
    let mut delta = Delta::new();
    let mut conflicts = Vec::new();
    for (key, wanted) in mine {
        let (was, is) = (base.get(key), theirs.get(key));
        if wanted.as_ref() == is {
            continue;
        }
        match (was == is, choices.get(key)) {
            (true, _) | (false, Some(Choice::Mine)) => drop(delta.insert(key.clone(), wanted.clone())),
            (false, Some(Choice::Theirs)) => {}
            (false, None) => conflicts.push(RowConflict {
                key: key.clone(),
                base: was.cloned(),
                mine: wanted.clone(),
                theirs: is.cloned(),
            }),
        }
    }
    if conflicts.is_empty() { Ok(delta) } else { Err(conflicts) }
}
