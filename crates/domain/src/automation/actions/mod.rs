//! The closed list of actions: what a rule does. One more is one more file and one more line in each place here.

mod notify;
mod set_field;
mod task;

pub use notify::Notify;
pub use set_field::{SetField, SettableField};
pub use task::{Proof, Task};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fault::{RuleFault, RuleField};
use super::rule::{RECIPIENTS_MAX, TEXT_LETTERS_MAX};
use crate::base::{is_control, visible};

/// One thing that a rule does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Somebody has to do something, until a moment.
    Task(Task),
    /// Somebody is told.
    Notify(Notify),
    /// A field of the record gets a value.
    SetField(SetField),
}

/// What of a rule decides about its actions.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleSort {
    /// It is about a record.
    pub has_record: bool,
    /// It has its usual words, so that its own may be empty.
    pub shipped: bool,
}

/// Whom an action is for: `owner`, or the people of a role who stand over the record's branch: `role:region_manager`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// Whose record it is.
    Owner,
    /// A role by its key.
    Role(String),
}

impl Action {
    /// The name on the wire.
    pub fn key(&self) -> &'static str {
        match self {
            Action::Task(_) => "task",
            Action::Notify(_) => "notify",
            Action::SetField(_) => "set_field",
        }
    }

    /// Refuses what cannot be meant in this rule.
    pub(super) fn check(&self, rule: RuleSort) -> Result<(), RuleFault> {
        match self {
            Action::Task(it) => it.check(rule),
            Action::Notify(it) => it.check(rule),
            Action::SetField(it) => it.check(rule),
        }
    }

    /// The same with its texts as they are kept.
    pub fn tidied(self) -> Action {
        match self {
            Action::Task(it) => Action::Task(Task { text: visible(&it.text), ..it }),
            Action::Notify(it) => Action::Notify(Notify { text: visible(&it.text), ..it }),
            Action::SetField(it) => Action::SetField(it),
        }
    }

    /// Whom it is for; nobody where it changes the record.
    pub fn recipients(&self) -> &[Recipient] {
        match self {
            Action::Task(it) => &it.to,
            Action::Notify(it) => &it.to,
            Action::SetField(_) => &[],
        }
    }
}

impl Recipient {
    /// The role, if it is one.
    pub fn role(&self) -> Option<&str> {
        match self {
            Recipient::Owner => None,
            Recipient::Role(key) => Some(key),
        }
    }
}

impl Serialize for Recipient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Recipient::Owner => serializer.serialize_str("owner"),
            Recipient::Role(key) => serializer.serialize_str(&format!("role:{key}")),
        }
    }
}

impl<'de> Deserialize<'de> for Recipient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Recipient, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.strip_prefix("role:") {
            Some(key) if !key.is_empty() => Ok(Recipient::Role(key.to_string())),
            _ if text == "owner" => Ok(Recipient::Owner),
            _ => Err(serde::de::Error::custom("neither owner nor role:KEY")),
        }
    }
}

/// Whom a task or a message is for, and what it says.
fn check_told(to: &[Recipient], text: &str, rule: RuleSort) -> Result<(), RuleFault> {
    if to.is_empty() {
        return Err(RuleFault::Missing { field: RuleField::To });
    }
    if to.len() > RECIPIENTS_MAX {
        return Err(RuleFault::TooMany { field: RuleField::To, count_max: RECIPIENTS_MAX });
    }
    if !rule.has_record && to.contains(&Recipient::Owner) {
        return Err(RuleFault::NoRecord { field: RuleField::To });
    }
    let field = RuleField::Text;
    if visible(text).is_empty() && !rule.shipped {
        return Err(RuleFault::Missing { field });
    }
    if text.chars().count() > TEXT_LETTERS_MAX {
        return Err(RuleFault::TooLong { field, letters_max: TEXT_LETTERS_MAX });
    }
    if text.chars().any(is_control) { Err(RuleFault::ControlSign { field }) } else { Ok(()) }
}
