//! What keeps a rule from flooding people: how often it may run in an hour, and how old a message may become.

use crate::base::Instant;

/// The hour of `Rule::hour_max`.
pub const HOUR_MS: i64 = 3_600_000;
/// A message that should have been told longer ago than this is dropped: what it counts down to is over.
pub const MESSAGE_TTL_MS: i64 = 3 * 24 * HOUR_MS;

/// How often a rule ran within the last hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub fires: i64,
    pub hour_max: i64,
    /// What was due until then was let go on by a person, and does not count.
    pub counts_from: Instant,
}

/// Which of the timers of a rule that are due run now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// This one runs.
    Runs,
    /// It would be one too many: the rule is paused, and it stays armed.
    Stops,
}

/// Why something is not done with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleRefused {
    /// It is not paused.
    NotPaused,
}

impl Counted {
    /// Whether one more timer of the rule, due at `due`, may run; it is counted when it does.
    pub fn passes(&mut self, due: Instant) -> Passage {
        if due <= self.counts_from {
            return Passage::Runs;
        }
        if self.fires >= self.hour_max {
            return Passage::Stops;
        }
        self.fires += 1;
        Passage::Runs
    }
}

/// Whether a message that is `late_ms` late is told no more.
pub fn is_too_old(late_ms: i64) -> bool {
    late_ms > MESSAGE_TTL_MS
}
