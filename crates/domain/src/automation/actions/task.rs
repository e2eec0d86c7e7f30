//! A task: somebody has to do something, and shows that it is done.

use serde::{Deserialize, Serialize};

use super::{Recipient, RuleSort, check_told};
use crate::automation::fault::{RuleFault, RuleField, within};

const MINUTES_MAX: i64 = 60 * 8 * 60;

/// What shows that a task is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The word of whoever did it.
    #[default]
    None,
    /// A sentence about what came out.
    Text,
    /// A photo or a paper.
    File,
}

/// For whom, what, and how much working time there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub to: Vec<Recipient>,
    /// Empty: the usual words of a shipped rule.
    #[serde(default)]
    pub text: String,
    /// Working minutes until it is due.
    pub minutes: i64,
    #[serde(default)]
    pub proof: Proof,
}

impl Task {
    pub(super) fn check(&self, rule: RuleSort) -> Result<(), RuleFault> {
        check_told(&self.to, &self.text, rule)?;
        within(RuleField::Minutes, self.minutes, 1, MINUTES_MAX)
    }
}

impl Proof {
    const ALL: [Proof; 3] = [Proof::None, Proof::Text, Proof::File];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Proof::None => "none",
            Proof::Text => "text",
            Proof::File => "file",
        }
    }

    /// The proof of that name.
    pub fn from_key(key: &str) -> Option<Proof> {
        Proof::ALL.into_iter().find(|proof| proof.key() == key)
    }
}
