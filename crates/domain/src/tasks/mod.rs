//! Tasks: somebody has to do something until a moment, and does it, refuses it with a reason, or hands it over.

use serde::{Deserialize, Serialize};

use crate::access::{AccessRefused, Actor, Right};
use crate::base::{FieldFault, Instant, Invalid, PersonId};

/// Longest word about what came out, and longest reason.
pub const NOTE_LETTERS_MAX: usize = 200;

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    Open,
    Done,
    Refused,
    /// The matter settled itself: the record moved on.
    Over,
}

/// What somebody may do with a task now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskAct {
    Finish,
    Refuse,
    HandOver,
    Reopen,
}

/// What shows that it is done; the rule that made it says how much is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskProof {
    #[default]
    None,
    Text,
    File,
}

/// Why something is not done with a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskRefused {
    /// It is over already.
    NotOpen { state: TaskState },
    /// Only what was done or refused is opened again.
    NotSettled { state: TaskState },
    /// A photo or paper is asked for.
    FileMissing,
    /// Whoever it would go to does not see the record that it is about.
    TheyCannotSee { name: String },
    /// They have it already.
    SameHolder { name: String },
}

/// Whose a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskStanding<'a> {
    pub holder: PersonId,
    /// Path of the node that the holder belongs to.
    pub holder_path: &'a str,
}

impl TaskState {
    pub const ALL: [TaskState; 4] = [TaskState::Open, TaskState::Done, TaskState::Refused, TaskState::Over];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            TaskState::Open => "open",
            TaskState::Done => "done",
            TaskState::Refused => "refused",
            TaskState::Over => "over",
        }
    }

    /// The state of that name.
    pub fn from_key(key: &str) -> Option<TaskState> {
        TaskState::ALL.into_iter().find(|state| state.key() == key)
    }
}

impl TaskProof {
    const ALL: [TaskProof; 3] = [TaskProof::None, TaskProof::Text, TaskProof::File];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            TaskProof::None => "none",
            TaskProof::Text => "text",
            TaskProof::File => "file",
        }
    }

    /// The proof of that name.
    pub fn from_key(key: &str) -> Option<TaskProof> {
        TaskProof::ALL.into_iter().find(|proof| proof.key() == key)
    }
}

impl TaskAct {
    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            TaskAct::Finish => "finish",
            TaskAct::Refuse => "refuse",
            TaskAct::HandOver => "hand_over",
            TaskAct::Reopen => "reopen",
        }
    }
}

impl TaskStanding<'_> {
    /// Whether `actor` sees it: one's own, and those of the people under one's hand.
    pub fn seen_by(&self, actor: &Actor) -> bool {
        let manages =
            || actor.scope(Right::TaskManage).is_ok_and(|scope| scope.holds(self.holder, self.holder_path));
        self.holder == actor.person || manages()
    }

    /// Refuses whoever does not see it as if there were none.
    pub fn need(&self, actor: &Actor) -> Result<(), AccessRefused> {
        if self.seen_by(actor) { Ok(()) } else { Err(AccessRefused::NotFound) }
    }

    /// Only the holder does it or refuses it; whoever manages the holder hands it over and opens it again, too.
    pub fn acts(&self, actor: &Actor, state: TaskState) -> Vec<TaskAct> {
        if !self.seen_by(actor) {
            return Vec::new();
        }
        let own = self.holder == actor.person;
        match state {
            TaskState::Open if own => vec![TaskAct::Finish, TaskAct::Refuse, TaskAct::HandOver],
            TaskState::Open => vec![TaskAct::HandOver],
            TaskState::Done | TaskState::Refused => vec![TaskAct::Reopen],
            TaskState::Over => Vec::new(),
        }
    }

    /// Refuses what `actor`, who sees the task, may not do with it in this state.
    pub fn may(&self, actor: &Actor, act: TaskAct, state: TaskState) -> Result<(), TaskForbidden> {
        match (act, state) {
            (TaskAct::Reopen, TaskState::Done | TaskState::Refused) => {}
            (TaskAct::Reopen, _) => return Err(TaskForbidden::State(TaskRefused::NotSettled { state })),
            (_, TaskState::Open) => {}
            (..) => return Err(TaskForbidden::State(TaskRefused::NotOpen { state })),
        }
        if self.acts(actor, state).contains(&act) { Ok(()) } else { Err(TaskForbidden::Right) }
    }
}

/// Why somebody may not act: the state, or whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskForbidden {
    State(TaskRefused),
    Right,
}

/// What came out: the note as it is kept, when everything is there that the task asks for.
pub fn accept_outcome(proof: TaskProof, note: &str, has_file: bool) -> Result<String, OutcomeFault> {
    let mut faults = Invalid::default();
    let note = match proof {
        TaskProof::Text => faults.required("note", note, NOTE_LETTERS_MAX),
        TaskProof::None | TaskProof::File => faults.optional("note", note, NOTE_LETTERS_MAX),
    };
    faults.or_go_on().map_err(OutcomeFault::Invalid)?;
    if proof == TaskProof::File && !has_file {
        return Err(OutcomeFault::Refused(TaskRefused::FileMissing));
    }
    Ok(note)
}

/// Why an outcome is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutcomeFault {
    Invalid(Invalid),
    Refused(TaskRefused),
}

/// The reason of a refusal, which must be more than a sign.
pub fn accept_reason(reason: &str) -> Result<String, Invalid> {
    let mut faults = Invalid::default();
    let reason = faults.required("reason", reason, NOTE_LETTERS_MAX);
    if reason.chars().count() == 1 {
        faults.add("reason", FieldFault::Missing);
    }
    faults.or_go_on()?;
    Ok(reason)
}

/// How much of its time is gone at `now`, from 0 to 100; 100 and overdue from its moment on.
pub fn percent_gone(created: Instant, due: Instant, now: Instant) -> i64 {
    let whole = (due.0 - created.0).max(1);
    ((now.0 - created.0).clamp(0, whole)) * 100 / whole
}

#[cfg(test)]
mod tests;
