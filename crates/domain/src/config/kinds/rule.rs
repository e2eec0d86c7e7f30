//! Rules of what happens by itself: one row for each, its key the rule's for ever. What a rule did and how it stands is
//! kept under its key, so whoever adds a rule gives a key that was never given: a key that comes back is the old rule.

use serde_json::{Map, Value, json};

use super::names::RowNames;
use super::rules::KindRules;
use super::{AcceptedRow, CheckInput, KindFacts, RowRefused};
use crate::access::Right;
use crate::automation::{RULES_MAX, Rule, shipped_rules};
use crate::base::visible;
use crate::config::rows::{Change, ChangeSort};
use crate::pricing::checks::{Finding, Findings, Found};
use crate::pricing::{PriceClass, RowFault};

/// What becomes of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    pub key: String,
    /// As it is called after the change, or was before it was taken away; empty: its usual name.
    pub name: String,
    pub sort: ChangeSort,
    /// Of a rule that is switched: whether it is on now.
    pub switched: Option<bool>,
    /// What starts it differs.
    pub trigger: bool,
    /// What it does, or for whom, differs.
    pub actions: bool,
}

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {
    /// It says who is told of what, and shows no price.
    fn read_right(&self) -> Right {
        Right::ConfigRead
    }

    fn names_roles(&self) -> bool {
        true
    }

    /// What a task or a message says is the title under which it is listed.
    fn names(&self) -> RowNames {
        RowNames { fields: &[("name", "name"), ("actions.*.text", "text")], ..RowNames::default() }
    }

    /// The shipped rules, to be changed.
    fn starting_rows(&self, _class: PriceClass) -> Vec<AcceptedRow> {
        let row = |rule: Rule| AcceptedRow { content: rule.content(), key: rule.key, about: None };
        shipped_rules().into_iter().map(row).collect()
    }

    /// What it is called, the names of the roles that it speaks of, and how often it runs in an hour at most, whether it says
    /// so or not.
    fn shown(&self, content: &str, facts: &KindFacts) -> Value {
        let Some(rule) = read(content) else { return json!({}) };
        let recipients = rule.actions.iter().flat_map(|action| action.recipients());
        let roles = recipients.filter_map(|recipient| facts.role(recipient.role()?));
        let names: Map<String, Value> = roles.map(|role| (role.key.clone(), json!(role.name))).collect();
        json!({ "name": rule.name, "roles": names, "hour_max": rule.hour_max })
    }
}

pub(super) fn accept(key: Option<&str>, content: &str) -> Result<AcceptedRow, RowRefused> {
    let key = key.map(visible).filter(|key| !key.is_empty()).ok_or(RowRefused::KeyMissing)?;
    let rule = Rule::read(&key, content).map_err(RowRefused::Rule)?;
    Ok(AcceptedRow { key, content: rule.content(), about: None })
}

pub(super) fn summary(changes: &[Change]) -> Vec<RuleChange> {
    changes.iter().map(summary_of).collect()
}

fn summary_of(change: &Change) -> RuleChange {
    let (before, after) = (change.before.as_deref().and_then(read), change.after.as_deref().and_then(read));
    let both = before.as_ref().zip(after.as_ref());
    let name = after.as_ref().or(before.as_ref()).map(|rule| rule.name.clone()).unwrap_or_default();
    RuleChange {
        key: change.key.clone(),
        name,
        sort: change.sort(),
        switched: both.and_then(|(before, after)| (before.on != after.on).then_some(after.on)),
        trigger: both.is_some_and(|(before, after)| before.trigger != after.trigger),
        actions: both.is_some_and(|(before, after)| before.actions != after.actions),
    }
}

pub(super) fn check(input: CheckInput<'_>, facts: &KindFacts) -> Findings {
    let mut found = Vec::new();
    for (key, content) in input.after {
        let Ok(rule) = Rule::read(key, content) else {
            found.push(Finding::unreadable(key, RowFault::NotReadable));
            continue;
        };
        let recipients = rule.actions.iter().flat_map(|action| action.recipients());
        let unknown = |key: &str| facts.role(key).is_none();
        if recipients.filter_map(|recipient| recipient.role()).any(unknown) {
            found.push(Finding::of_row(key, Found::UnknownRole));
        }
    }
    if input.after.len() > RULES_MAX {
        found.push(Finding::of_list(Found::TooManyRows { rows: input.after.len(), rows_max: RULES_MAX }));
    }
    Findings::of(found)
}

/// A kept row, whatever its key: the key decides only whether its words may be empty.
fn read(content: &str) -> Option<Rule> {
    serde_json::from_str(content).ok()
}
