//! The rules in force, read in the transaction that acts on them: no server, however stale, acts on an old one.

use std::collections::BTreeSet;

use domain::automation::{Rule, shipped_rules};
use domain::base::{Instant, ItemId};
use domain::config::Kind;
use store::{StoreError, Tx};

/// The rules of one moment.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub rules: Vec<Rule>,
    /// Keys of those that this program cannot read, as a newer one may have published them: they are in force, and what is
    /// armed for them is not this program's to judge.
    unreadable: BTreeSet<String>,
}

impl Rules {
    /// Whether a rule of that key is in force that this program cannot read.
    pub fn is_unreadable(&self, key: &str) -> bool {
        self.unreadable.contains(key)
    }

    pub fn of_key(&self, key: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.key == key)
    }
}

/// Item and revision of what timers lean on, the rules and the calendar; zeros where nothing was published.
pub(super) type Stamp = [(i64, i64); 2];

/// What timers lean on at `at`.
pub(super) async fn stamp(tx: &mut Tx<'_>, at: Instant) -> Result<Stamp, StoreError> {
    let heads = store::config::in_force_of(tx, [Kind::Rule, Kind::Calendar], at).await?;
    let of =
        |kind: Kind| heads.iter().find(|head| head.kind == kind).map_or((0, 0), |head| (head.item.0, head.n));
    Ok([of(Kind::Rule), of(Kind::Calendar)])
}

/// The same as text, by which servers tell each other with what they have compared.
pub(super) fn made_with(stamp: Stamp) -> String {
    let [(rules, rules_n), (calendar, calendar_n)] = stamp;
    format!("{rules}:{rules_n}:{calendar}:{calendar_n}")
}

/// The rules of that stamp: the published ones, or those that are shipped.
pub(super) async fn rules_of(tx: &mut Tx<'_>, stamp: Stamp) -> Result<Rules, StoreError> {
    let [(item, n), _] = stamp;
    if n == 0 {
        return Ok(Rules { rules: shipped_rules(), unreadable: BTreeSet::new() });
    }
    let rows = store::config::rows_of(tx, ItemId(item), n).await?;
    let (mut rules, mut unreadable) = (Vec::with_capacity(rows.len()), BTreeSet::new());
    for (key, content) in rows {
        match Rule::read(&key, &content) {
            Ok(rule) => rules.push(rule),
            // It was checked when it was published, so an older or newer program wrote it.
            Err(fault) => {
                tracing::error!(%key, ?fault, "a rule cannot be read and does not run here");
                unreadable.insert(key);
            }
        }
    }
    Ok(Rules { rules, unreadable })
}
