//! A message: somebody is told, and has nothing to do.

use serde::{Deserialize, Serialize};

use super::{Recipient, RuleSort, check_told};
use crate::automation::fault::RuleFault;

/// For whom, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notify {
    pub to: Vec<Recipient>,
    /// Empty: the usual words of a shipped rule.
    #[serde(default)]
    pub text: String,
}

impl Notify {
    pub(super) fn check(&self, rule: RuleSort) -> Result<(), RuleFault> {
        check_told(&self.to, &self.text, rule)
    }
}
