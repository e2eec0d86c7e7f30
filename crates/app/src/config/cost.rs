//! Rows that price by the cost, for people who may not see it: read without their formula, and written with the one that
//! stands there.

use domain::access::{Actor, Right};
use domain::config::kinds::{KindFacts, RowRefused};
use domain::config::{Change, Kind, RowConflict};
use domain::words::price_rows::BY_FORMULA;
use serde_json::Value;

use super::items::shown;

/// What somebody may see of the cost that stands behind prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CostSight {
    pub sees: bool,
}

impl CostSight {
    pub fn of(actor: &Actor) -> CostSight {
        CostSight { sees: actor.has(Right::PriceCost) }
    }

    /// The content of a row as this person reads it.
    pub fn content(self, kind: Kind, content: String) -> String {
        if self.sees { content } else { kind.without_cost(&content) }
    }

    /// The same of both sides of a change.
    pub fn change(self, kind: Kind, change: Change) -> Change {
        let side = |content: Option<String>| content.map(|content| self.content(kind, content));
        Change { before: side(change.before), after: side(change.after), ..change }
    }

    /// The same of all sides of a conflict.
    pub fn conflict(self, kind: Kind, conflict: RowConflict) -> RowConflict {
        let side = |content: Option<String>| content.map(|content| self.content(kind, content));
        RowConflict {
            base: side(conflict.base),
            mine: side(conflict.mine),
            theirs: side(conflict.theirs),
            ..conflict
        }
    }

    /// What is shown beside the content, in words.
    pub fn shown(self, kind: Kind, (key, content): (&str, &str), facts: &KindFacts) -> Value {
        let mut shown = shown(kind, (key, content), facts);
        if let (true, Some(words)) = (!self.sees && kind.tells_cost(content), shown.as_object_mut()) {
            words.insert("formula".to_string(), BY_FORMULA.into());
        }
        shown
    }

    /// The content that this person sends, with what was hidden from them.
    pub fn sent(self, kind: Kind, content: &str, stands: Option<&str>) -> String {
        if self.sees { content.to_string() } else { kind.with_cost_of(content, stands) }
    }

    /// Whoever may not see the cost puts no formula on it: its price would tell.
    pub fn may_write(self, kind: Kind, content: &str, stands: Option<&str>) -> Result<(), RowRefused> {
        let tells = !self.sees && kind.prices_by_cost_anew(content, stands);
        if tells { Err(RowRefused::CostUnseen) } else { Ok(()) }
    }
}
