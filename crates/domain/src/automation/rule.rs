//! One rule: what starts it, what it does, and whether it is switched on.

use serde::{Deserialize, Serialize};

use super::actions::{Action, RuleSort};
use super::fault::{RuleFault, RuleField, within};
use super::shipped::is_shipped;
use super::triggers::{DemandedBy, Trigger};
use crate::base::{Instant, is_control, visible};

/// A company has at most so many rules.
pub const RULES_MAX: usize = 50;
/// A rule does at most so many things.
pub const ACTIONS_MAX: usize = 5;
/// One thing is for at most so many recipients.
pub const RECIPIENTS_MAX: usize = 6;
/// Longest name of a rule.
pub const NAME_LETTERS_MAX: usize = 30;
/// Longest text of a task or a message.
pub const TEXT_LETTERS_MAX: usize = 60;
/// A rule that runs more often than this in an hour is paused, unless it says another figure.
pub const HOUR_MAX: i64 = 200;
const HOUR_MAX_MAX: i64 = 10_000;
const KEY_LETTERS_MAX: usize = 40;
const SKIP_HOURS_MAX: i64 = 24 * 30;

/// A rule as configuration keeps it, under its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What stands in the key of the row, not in its content.
    #[serde(skip)]
    pub key: String,
    /// Empty: the usual name of a shipped rule.
    #[serde(default)]
    pub name: String,
    pub on: bool,
    pub trigger: Trigger,
    pub actions: Vec<Action>,
    /// Progress of the record ends the tasks of this rule; leaving the state always does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends_on_progress: bool,
    /// When the program was away for longer than this, the rule does not catch up; 0: it always does.
    #[serde(default)]
    pub skip_after_hours: i64,
    /// What comes round by the calendar is caught up once for each time that was missed, not once for all of them. With
    /// `skip_after_hours`, each time is as late as it is itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub each_missed: bool,
    /// It is paused before it runs more often than this in an hour.
    #[serde(default = "usual_hour_max", skip_serializing_if = "is_usual_hour_max")]
    pub hour_max: i64,
}

fn usual_hour_max() -> i64 {
    HOUR_MAX
}

fn is_usual_hour_max(hour_max: &i64) -> bool {
    *hour_max == HOUR_MAX
}

impl Rule {
    /// The rule in this content.
    pub fn read(key: &str, content: &str) -> Result<Rule, RuleFault> {
        if !rule_key_is_sound(key) {
            return Err(RuleFault::KeyWrong);
        }
        let rule: Rule = serde_json::from_str(content).map_err(|_| RuleFault::NotReadable)?;
        rule.accept(key)
    }

    /// The content as it is kept: equal rules have the same text.
    pub fn content(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// After which moment its next time by the calendar is to be found, once that of `due` was settled at `now`.
    pub fn goes_on_after(&self, due: Instant, now: Instant) -> Instant {
        if self.each_missed { due.min(now) } else { now }
    }

    fn accept(self, key: &str) -> Result<Rule, RuleFault> {
        let actions = self.actions.into_iter().map(Action::tidied).collect();
        let rule = Rule { key: key.to_string(), name: visible(&self.name), actions, ..self };
        let field = RuleField::Name;
        let sort = RuleSort { has_record: rule.trigger.has_record(), shipped: is_shipped(key) };
        if rule.name.is_empty() && !sort.shipped {
            return Err(RuleFault::Missing { field });
        }
        if rule.name.chars().count() > NAME_LETTERS_MAX {
            return Err(RuleFault::TooLong { field, letters_max: NAME_LETTERS_MAX });
        }
        if rule.name.chars().any(is_control) {
            return Err(RuleFault::ControlSign { field });
        }
        rule.trigger.check()?;
        if rule.actions.is_empty() {
            return Err(RuleFault::Missing { field: RuleField::Actions });
        }
        if rule.actions.len() > ACTIONS_MAX {
            return Err(RuleFault::TooMany { field: RuleField::Actions, count_max: ACTIONS_MAX });
        }
        rule.actions.iter().try_for_each(|action| action.check(sort))?;
        if rule.each_missed && rule.trigger.demanded_by() != DemandedBy::Round {
            return Err(RuleFault::OnlyByCalendar { field: RuleField::EachMissed });
        }
        within(RuleField::SkipAfter, rule.skip_after_hours, 0, SKIP_HOURS_MAX)?;
        within(RuleField::HourMax, rule.hour_max, 1, HOUR_MAX_MAX)?;
        Ok(rule)
    }
}

/// Small letters, digits and `_`: the key stands in the keys of timers and effects.
pub fn rule_key_is_sound(key: &str) -> bool {
    let plain = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'_';
    (1..=KEY_LETTERS_MAX).contains(&key.len()) && key.bytes().all(plain)
}
