//! How far each role may lower prices by hand: one row for each role, its key the key of the role.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::RowNames;
use super::rules::KindRules;
use super::{AcceptedRow, CheckInput, KindFacts, RowRefused, read_rows};
use crate::base::visible;
use crate::config::rows::Change;
use crate::pricing::checks::{Finding, Findings, Found};
use crate::pricing::{LimitRow, PriceLimits, RowFault, limits_of_rows};

/// Percent below the tier price above which a limit is looked at twice.
const DEPTH_HIGH: u32 = 3_000;

/// A role whose limit changes; `None` where there was or will be none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitChange {
    pub role: String,
    pub before: Option<LimitRow>,
    pub after: Option<LimitRow>,
}

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {
    fn names_roles(&self) -> bool {
        true
    }

    fn names(&self) -> RowNames {
        RowNames { fields: &[("role", "role")], ..RowNames::default() }
    }

    fn shown(&self, content: &str, facts: &KindFacts) -> serde_json::Value {
        let name =
            LimitRow::read(content).ok().and_then(|(role, _)| facts.role(&role)).map(|role| &role.name);
        serde_json::json!({ "role_name": name })
    }
}

pub(super) fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    let (made, row) = LimitRow::read(content).map_err(RowRefused::Content)?;
    if key.map(visible).is_some_and(|key| !key.is_empty() && key != made) {
        return Err(RowRefused::KeyWrong { made });
    }
    Ok(AcceptedRow { content: row.content(&made), key: made, about: None })
}

pub(super) fn summary(changes: &[Change]) -> Vec<LimitChange> {
    let read = |content: &Option<String>| {
        content.as_ref().and_then(|content| LimitRow::read(content).ok()).map(|(_, row)| row)
    };
    let change = |change: &Change| LimitChange {
        role: change.key.clone(),
        before: read(&change.before),
        after: read(&change.after),
    };
    changes.iter().map(change).collect()
}

pub(super) fn check(input: CheckInput<'_>, facts: &KindFacts) -> Findings {
    let (limits, mut found) = read_rows(input.after, |_, content| LimitRow::read(content));
    let limits: BTreeMap<String, LimitRow> = limits.into_iter().map(|(_, limit)| limit).collect();
    for (key, limit) in &limits {
        if facts.role(key).is_none() {
            found.push(Finding::of_row(key, Found::UnknownRole));
        }
        if limit.depth.get() > DEPTH_HIGH {
            found.push(Finding::of_row(key, Found::DepthHigh { depth: limit.depth }));
        }
    }
    for role in facts.roles().iter().filter(|role| role.issues && !limits.contains_key(&role.key)) {
        found.push(Finding::of_list(Found::RoleWithoutLimit { role: role.name.clone() }));
    }
    Findings::of(found)
}

/// The limits that these rows make.
pub(super) fn compile<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Arc<PriceLimits>, (String, RowFault)> {
    limits_of_rows(rows).map(Arc::new)
}
