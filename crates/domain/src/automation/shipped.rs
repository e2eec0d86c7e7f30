//! The rules that every company begins with; as long as nothing was published, they are in force.

use super::actions::{Action, Notify, Proof, Recipient, Task};
use super::rule::{HOUR_MAX, Rule};
use super::triggers::{DateField, StateFor, Trigger};
use super::{DateName, WatchedState};

/// A quotation that may soon no longer be signed.
pub const QUOTE_EXPIRING: &str = "quote_expiring";
/// A quotation about which nothing has happened.
pub const QUOTE_SILENT: &str = "quote_silent";

/// A working day.
const DAY_MINUTES: i64 = 480;

/// Whether the rule of that key has its usual words.
pub(super) fn is_shipped(key: &str) -> bool {
    [QUOTE_EXPIRING, QUOTE_SILENT].contains(&key)
}

/// 报价快到期 and 报价没有进展, with their usual words.
pub fn shipped_rules() -> Vec<Rule> {
    let owner = || vec![Recipient::Owner];
    let manager = || vec![Recipient::Role("region_manager".to_string())];
    let task = |minutes, proof| Action::Task(Task { to: owner(), text: String::new(), minutes, proof });
    let rule = |key: &str, trigger, actions, ends_on_progress| Rule {
        key: key.to_string(),
        name: String::new(),
        on: true,
        trigger,
        actions,
        ends_on_progress,
        skip_after_hours: 0,
        each_missed: false,
        hour_max: HOUR_MAX,
    };
    let expiring =
        DateField { field: DateName::ValidUntil, days: -2, working: true, at: "09:00".to_string() };
    let silent = StateFor { state: WatchedState::Issued, days: 2, minutes: 0, wall: false };
    vec![
        rule(QUOTE_EXPIRING, Trigger::DateField(expiring), vec![task(DAY_MINUTES, Proof::None)], false),
        rule(
            QUOTE_SILENT,
            Trigger::StateFor(silent),
            vec![
                task(DAY_MINUTES, Proof::Text),
                Action::Notify(Notify { to: manager(), text: String::new() }),
            ],
            true,
        ),
    ]
}
