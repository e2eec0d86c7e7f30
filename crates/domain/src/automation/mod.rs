//! What happens by itself: rules, what starts them, what they do, and when. Facts in, a timer out; nobody acts here.

pub mod actions;
mod fault;
mod limits;
mod rule;
mod shipped;
mod subject;
mod timer;
pub mod triggers;
mod working;

pub use actions::{Action, Proof, Recipient};
pub use fault::{RuleFault, RuleField};
pub use limits::{Counted, HOUR_MS, MESSAGE_TTL_MS, Passage, RuleRefused, is_too_old};
pub use rule::{
    ACTIONS_MAX, HOUR_MAX, NAME_LETTERS_MAX, RECIPIENTS_MAX, RULES_MAX, Rule, TEXT_LETTERS_MAX,
    rule_key_is_sound,
};
pub use shipped::{QUOTE_EXPIRING, QUOTE_SILENT, shipped_rules};
pub use subject::{DateName, Happened, Subject, WatchedEvent, WatchedState};
pub use timer::{
    CAUSE_DEPTH_MAX, EVENT_AGE_MS_MAX, Expected, Place, Verdict, expected, missed_ms, on_event, verdict,
};
pub use triggers::{DemandedBy, Schedule, Trigger};
pub use working::{Due, WorkingTime};

#[cfg(test)]
mod tests;
