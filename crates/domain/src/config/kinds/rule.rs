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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automation::actions::{Notify, SetField, SettableField, Task};
    use crate::automation::triggers::{DateField, Event, Every, Schedule, StateFor};
    use crate::automation::{Action, DateName, Proof, Recipient, Trigger, WatchedEvent, WatchedState};
    use crate::config::Kind;

    /// The action behind this one, with every field filled: the compiler stops here whoever adds an action or a field.
    fn action_after(before: Option<&Action>) -> Option<Action> {
        let (to, text) = (vec![Recipient::Role("sales_manager".to_string())], "看一下".to_string());
        match before {
            None => Some(Action::Task(Task { to, text, minutes: 60, proof: Proof::Text })),
            Some(Action::Task(_)) => Some(Action::Notify(Notify { to, text })),
            Some(Action::Notify(_)) => {
                Some(Action::SetField(SetField { field: SettableField::FollowDay, days: 1 }))
            }
            Some(Action::SetField(_)) => None,
        }
    }

    /// The trigger behind this one, as `action_after`.
    fn trigger_after(before: Option<&Trigger>) -> Option<Trigger> {
        let at = "09:00".to_string();
        match before {
            None => Some(Trigger::Event(Event { event: WatchedEvent::QuoteSigned, minutes: 1 })),
            Some(Trigger::Event(_)) => Some(Trigger::StateFor(StateFor {
                state: WatchedState::Issued,
                days: 1,
                minutes: 1,
                wall: true,
            })),
            Some(Trigger::StateFor(_)) => {
                Some(Trigger::DateField(DateField { field: DateName::FollowDay, days: 1, working: true, at }))
            }
            Some(Trigger::DateField(_)) => {
                Some(Trigger::Schedule(Schedule { every: Every::Week, day: 1, at }))
            }
            Some(Trigger::Schedule(_)) => None,
        }
    }

    /// A rule with this trigger, and with every action that may follow it.
    fn full_rule(trigger: Trigger) -> Rule {
        let actions = std::iter::successors(action_after(None), |before| action_after(Some(before)));
        let about_none = !trigger.has_record();
        let actions =
            actions.filter(|action| !(about_none && matches!(action, Action::SetField(_)))).collect();
        Rule {
            key: "own_rule".to_string(),
            name: "跟进".to_string(),
            on: true,
            trigger,
            actions,
            ends_on_progress: true,
            skip_after_hours: 1,
            each_missed: about_none,
            hour_max: 100,
        }
    }

    /// Where each text of the value stands.
    fn texts(value: &Value, at: &str) -> Vec<String> {
        match value {
            Value::String(_) => vec![at.to_string()],
            Value::Array(list) => {
                list.iter().enumerate().flat_map(|(nth, it)| texts(it, &format!("{at}/{nth}"))).collect()
            }
            Value::Object(fields) => {
                fields.iter().flat_map(|(name, it)| texts(it, &format!("{at}/{name}"))).collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_taken(content: &str) -> bool {
        let key = Some("own_rule");
        Kind::Rule.check_names(key, content, None).is_ok() && accept(key, content).is_ok()
    }

    #[test]
    fn no_text_of_a_rule_has_two_lines_or_a_sign_that_turns_it() {
        let triggers = std::iter::successors(trigger_after(None), |before| trigger_after(Some(before)));
        for trigger in triggers {
            let content = serde_json::to_value(full_rule(trigger)).unwrap();
            assert!(is_taken(&content.to_string()), "{content}");
            let texts = texts(&content, "");
            assert!(texts.iter().any(|at| at == "/actions/1/text"), "{texts:?}");
            for at in &texts {
                for broken in ["甲\n乙", "甲\u{202E}乙"] {
                    let mut with = content.clone();
                    *with.pointer_mut(at).unwrap() = json!(broken);
                    assert!(!is_taken(&with.to_string()), "{at} in {with}");
                }
            }
        }
    }
}
