//! A field of the record gets a value, where people left it empty.

use serde::{Deserialize, Serialize};

use super::RuleSort;
use crate::automation::fault::{RuleFault, RuleField, within};

const DAYS_MAX: i64 = 366;

/// A field that rules may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettableField {
    /// The day on which to ask the customer again.
    FollowDay,
}

/// Which field, and the day that it gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetField {
    pub field: SettableField,
    /// So many working days from the moment on which the rule runs.
    pub days: i64,
}

impl SetField {
    pub(super) fn check(&self, rule: RuleSort) -> Result<(), RuleFault> {
        if !rule.has_record {
            return Err(RuleFault::NoRecord { field: RuleField::Actions });
        }
        within(RuleField::Days, self.days, 0, DAYS_MAX)
    }
}
