//! What the reader of the log may read of the records that its events are about: whoever does not see a record reads who
//! did what to it and when, and nothing that people wrote there.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Actor, Right, Scope, record_right};
use domain::base::{DraftId, ItemId};
use domain::config::Kind;
use serde_json::Value;
use store::audit::LogRow;
use store::{Ask, StoreError, Tx, events};

/// How the reader stands to what an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    /// Whether its name and what was written there are told.
    pub told: bool,
    /// Whether its page is there for the reader.
    pub opens: bool,
    /// Its own number, or of configuration its name, where it is not told more.
    pub number: Option<String>,
}

/// A record, and of a config item the draft or the revision that the event is about.
type Of = (String, i64, Option<i64>, Option<i64>);

/// A reader with what was found out of the records of a page; several events are about the same.
pub(super) struct Reader {
    actor: Actor,
    known: BTreeMap<Of, Sight>,
}

impl Reader {
    pub fn new(actor: Actor) -> Reader {
        Reader { actor, known: BTreeMap::new() }
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What `of` asks of all these, and their names, at once. A record is asked for once.
    pub fn asks(&self, rows: &[LogRow]) -> Vec<Ask> {
        let records = rows.iter().map(|row| (row.entity.as_str(), row.entity_id));
        let records: BTreeSet<(&str, i64)> = records.collect();
        let mut asks = events::asks_names(records.iter().copied());
        asks.extend(records.into_iter().filter_map(|(entity, id)| self.asks_one(entity, id)));
        asks
    }

    fn asks_one(&self, entity: &str, id: i64) -> Option<Ask> {
        match record_right(entity)? {
            Right::ConfigRead => Some(store::config::asks_item(ItemId(id))),
            right => store::audit::asks_standing(entity, id, &self.scope(right)),
        }
    }

    /// How the reader stands to what the event is about.
    pub async fn of(&mut self, tx: &mut Tx<'_>, row: &LogRow) -> Result<Sight, StoreError> {
        let (draft, n) = part(row);
        self.sight(tx, (row.entity.clone(), row.entity_id, draft, n)).await
    }

    /// Of the records that were found by a text those that may be found so: a name that is not told finds nothing.
    pub async fn found(
        &mut self,
        tx: &mut Tx<'_>,
        records: Vec<(String, i64)>,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let asks = records.iter().filter_map(|(entity, id)| self.asks_one(entity, *id)).collect();
        tx.ahead(asks).await?;
        let mut found = Vec::with_capacity(records.len());
        for (entity, id) in records {
            let by_number = matches!(entity.as_str(), "quote" | "order");
            if by_number || self.sight(tx, (entity.clone(), id, None, None)).await?.told {
                found.push((entity, id));
            }
        }
        Ok(found)
    }

    async fn sight(&mut self, tx: &mut Tx<'_>, of: Of) -> Result<Sight, StoreError> {
        if let Some(known) = self.known.get(&of) {
            return Ok(known.clone());
        }
        let sight = self.find(tx, &of).await?;
        self.known.insert(of, sight.clone());
        Ok(sight)
    }

    async fn find(&self, tx: &mut Tx<'_>, of: &Of) -> Result<Sight, StoreError> {
        let (entity, id, draft, n) = of;
        let Some(right) = record_right(entity) else {
            return Ok(Sight { told: true, opens: true, number: None });
        };
        let (opens, number) = match right {
            Right::ConfigRead => {
                let (item, part) = (ItemId(*id), (draft.map(DraftId), *n));
                let reads =
                    self.actor.has(right) && crate::config::reads(tx, &self.actor, item, part).await?;
                let name = if reads {
                    None
                } else {
                    crate::config::name_in_log(tx, &self.actor, item, part).await?
                };
                (reads, name)
            }
            right => {
                let standing = store::audit::standing(tx, entity, *id, &self.scope(right)).await?;
                (standing.seen && self.actor.has(right), standing.number)
            }
        };
        Ok(Sight { told: opens || self.reads_all(right), opens, number })
    }

    /// What the right opens; without it nothing counts as seen.
    fn scope(&self, right: Right) -> Scope {
        let nothing = Scope { person: self.actor.person, path: None };
        self.actor.scope(right).unwrap_or(nothing)
    }

    /// Whether the reader sees all records of this right, and so also read those that are gone.
    fn reads_all(&self, right: Right) -> bool {
        let everywhere = self.actor.scope(right).is_ok_and(|scope| scope.path.as_deref() == Some("/"));
        let all_kinds = || Kind::ALL.iter().all(|kind| self.actor.has(kind.read_right()));
        everywhere && (right != Right::ConfigRead || all_kinds())
    }
}

/// The draft or the revision of a config item that the event is about.
fn part(row: &LogRow) -> (Option<i64>, Option<i64>) {
    if row.entity != "config_item" {
        return (None, None);
    }
    let number = |name: &str| row.event.facts.get(name).and_then(Value::as_i64);
    match number("draft").filter(|_| row.event.kind.starts_with("draft.")) {
        Some(draft) => (Some(draft), None),
        None => (None, number("n")),
    }
}
