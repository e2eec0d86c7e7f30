//! What can be wrong with a rule as somebody writes it.

use serde::Serialize;

/// A field of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleField {
    Name,
    Trigger,
    Actions,
    /// Whom an action is for.
    To,
    /// What a task or a message says.
    Text,
    /// How long until the trigger, or until a task is due.
    Minutes,
    Days,
    /// The time of the day.
    At,
    /// Of the week or of the month.
    Day,
    /// How late is too late.
    SkipAfter,
    /// Whether each time that was missed is caught up.
    EachMissed,
    /// How often it runs in an hour at most.
    HourMax,
}

/// Why a rule is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RuleFault {
    /// Not the JSON of this kind.
    NotReadable,
    KeyWrong,
    Missing {
        field: RuleField,
    },
    TooLong {
        field: RuleField,
        letters_max: usize,
    },
    TooMany {
        field: RuleField,
        count_max: usize,
    },
    OutOfRange {
        field: RuleField,
        min: i64,
        max: i64,
    },
    /// A control sign, which no text may hold.
    ControlSign {
        field: RuleField,
    },
    TimeWrong {
        text: String,
    },
    /// After its last day nobody waits for a quotation any more: the rule would never run.
    AfterLastDay,
    /// What comes round by the calendar is about no record: nobody owns it, nothing of it can be set.
    NoRecord {
        field: RuleField,
    },
    /// What a record or a happening starts is missed once at most.
    OnlyByCalendar {
        field: RuleField,
    },
}

impl RuleFault {
    /// The field that is wrong; `None` for the rule as a whole.
    pub fn field(&self) -> Option<RuleField> {
        match self {
            RuleFault::NotReadable | RuleFault::KeyWrong => None,
            RuleFault::TimeWrong { .. } => Some(RuleField::At),
            RuleFault::AfterLastDay => Some(RuleField::Days),
            RuleFault::Missing { field }
            | RuleFault::TooLong { field, .. }
            | RuleFault::TooMany { field, .. }
            | RuleFault::OutOfRange { field, .. }
            | RuleFault::ControlSign { field }
            | RuleFault::NoRecord { field }
            | RuleFault::OnlyByCalendar { field } => Some(*field),
        }
    }
}

impl RuleField {
    /// The name in the content of a rule.
    pub fn key(self) -> &'static str {
        match self {
            RuleField::Name => "name",
            RuleField::Trigger => "trigger",
            RuleField::Actions => "actions",
            RuleField::To => "to",
            RuleField::Text => "text",
            RuleField::Minutes => "minutes",
            RuleField::Days => "days",
            RuleField::At => "at",
            RuleField::Day => "day",
            RuleField::SkipAfter => "skip_after_hours",
            RuleField::EachMissed => "each_missed",
            RuleField::HourMax => "hour_max",
        }
    }
}

/// Goes on when `value` lies between `min` and `max`, both included.
pub(super) fn within(field: RuleField, value: i64, min: i64, max: i64) -> Result<(), RuleFault> {
    if (min..=max).contains(&value) { Ok(()) } else { Err(RuleFault::OutOfRange { field, min, max }) }
}
