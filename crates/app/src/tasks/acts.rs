//! What people do with a task, each in one transaction under its lock.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{FieldFault, Instant, Invalid, PersonId, TaskId};
use domain::documents::FileKind;
use domain::tasks::{
    OutcomeFault, TaskAct, TaskForbidden, TaskRefused, TaskState, accept_outcome, accept_reason,
};
use domain::words::tasks::{handed_over, refused_by};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use store::tasks::{Settlement, TaskRow};
use store::{Command, StoreError, Tx, events};

use super::{TaskView, read_task, task_in};
use crate::notices::{Message, tell};
use crate::{AppError, Ctx};

/// Says that a task is done: what came out, and the photo or paper that shows it.
pub async fn finish_task(
    ctx: &Ctx,
    actor: &Actor,
    id: TaskId,
    note: &str,
    file: Option<String>,
) -> Result<TaskView, AppError> {
    let act = Act::Finish { note: note.to_string(), file: file.filter(|file| !file.is_empty()) };
    carry_out(ctx, actor, id, act).await
}

/// Gives a task back with a reason; those who manage the holder are told.
pub async fn refuse_task(ctx: &Ctx, actor: &Actor, id: TaskId, reason: &str) -> Result<TaskView, AppError> {
    carry_out(ctx, actor, id, Act::Refuse { reason: reason.to_string() }).await
}

/// Gives a task to somebody else who sees its record; they are told.
pub async fn hand_over_task(ctx: &Ctx, actor: &Actor, id: TaskId, to: PersonId) -> Result<(), AppError> {
    ctx.write(Work { actor: actor.clone(), id, act: Act::HandOver { to }, zone: ctx.zone.clone() }).await
}

/// Opens a task again that was done or refused by mistake.
pub async fn reopen_task(ctx: &Ctx, actor: &Actor, id: TaskId) -> Result<TaskView, AppError> {
    carry_out(ctx, actor, id, Act::Reopen).await
}

async fn carry_out(ctx: &Ctx, actor: &Actor, id: TaskId, act: Act) -> Result<TaskView, AppError> {
    ctx.write(Work { actor: actor.clone(), id, act, zone: ctx.zone.clone() }).await?;
    read_task(ctx, actor, id).await
}

#[derive(Clone)]
enum Act {
    Finish { note: String, file: Option<String> },
    Refuse { reason: String },
    HandOver { to: PersonId },
    Reopen,
}

/// Something that is done with a task, on its way into the database.
#[derive(Clone)]
struct Work {
    actor: Actor,
    id: TaskId,
    act: Act,
    zone: TimeZone,
}

impl Act {
    fn sort(&self) -> TaskAct {
        match self {
            Act::Finish { .. } => TaskAct::Finish,
            Act::Refuse { .. } => TaskAct::Refuse,
            Act::HandOver { .. } => TaskAct::HandOver,
            Act::Reopen => TaskAct::Reopen,
        }
    }
}

impl Command for Work {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        tx.lock_row("task", "id", self.id).await?;
        let task = task_in(tx, &self.actor, self.id).await?;
        let may = task.standing().may(&self.actor, self.act.sort(), task.state);
        may.map_err(|forbidden| match forbidden {
            TaskForbidden::State(refused) => AppError::from(refused),
            TaskForbidden::Right => AccessRefused::Forbidden(Right::TaskManage).into(),
        })?;
        let now = events::moment(tx).await?.now;
        let (kind, facts) = match self.act.clone() {
            Act::Finish { note, file } => self.finish(tx, now, &task, (note, file)).await?,
            Act::Refuse { reason } => self.refuse(tx, now, &task, &reason).await?,
            Act::HandOver { to } => self.hand_over(tx, now, &task, to).await?,
            Act::Reopen => {
                store::tasks::reopen(tx, (self.id, task.version)).await?;
                ("task.reopened", json!({}))
            }
        };
        if matches!(self.act, Act::Finish { .. } | Act::Refuse { .. }) {
            self.messages_read(tx, now, &task).await?;
        }
        let mut whole = json!({"text": task.text, "entity": task.entity, "entity_id": task.entity_id});
        if let (Some(whole), Value::Object(own)) = (whole.as_object_mut(), facts) {
            whole.extend(own);
        }
        Ok(crate::events::note(tx, (now, self.actor.person), kind, ("task", self.id.0), whole).await?)
    }
}

impl Work {
    async fn finish(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        task: &TaskRow,
        (note, file): (String, Option<String>),
    ) -> Result<(&'static str, Value), AppError> {
        if let Some(hash) = &file {
            let found = store::files::uploaded_by(tx, hash, self.actor.person).await?;
            let found = found.ok_or_else(|| Invalid::one("file", FieldFault::NoSuchRecord))?;
            if !FileKind::of_mime(&found.mime).is_some_and(FileKind::is_picture_or_pdf) {
                return Err(Invalid::one("file", FieldFault::NotAPaper).into());
            }
        }
        let note = accept_outcome(task.proof, &note, file.is_some()).map_err(|fault| match fault {
            OutcomeFault::Invalid(invalid) => AppError::from(invalid),
            OutcomeFault::Refused(refused) => refused.into(),
        })?;
        let facts = json!({"note": note, "file": file, "overdue": now > task.due_at});
        let how = Settlement { state: TaskState::Done, by: Some(self.actor.person), note, file };
        store::tasks::settle(tx, now, (self.id, task.version), &how).await?;
        Ok(("task.done", facts))
    }

    async fn refuse(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        task: &TaskRow,
        reason: &str,
    ) -> Result<(&'static str, Value), AppError> {
        let note = accept_reason(reason)?;
        let text = refused_by(&self.actor.name, &task.text, &note);
        let facts = json!({"reason": note});
        let how = Settlement { state: TaskState::Refused, by: Some(self.actor.person), note, file: None };
        store::tasks::settle(tx, now, (self.id, task.version), &how).await?;
        let roles = [MANAGERS.to_string()];
        let over = store::automation::people_of_roles(tx, &roles).await?;
        let managers = over.into_iter().filter(|it| task.holder_path.starts_with(&it.path));
        let told: Vec<PersonId> =
            managers.map(|it| it.person).filter(|it| *it != self.actor.person).collect();
        self.tell(tx, now, task, ("refused", &text), &told).await?;
        Ok(("task.refused", facts))
    }

    async fn hand_over(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        task: &TaskRow,
        to: PersonId,
    ) -> Result<(&'static str, Value), AppError> {
        if to == task.holder.0 {
            return Err(TaskRefused::SameHolder { name: task.holder.1.clone() }.into());
        }
        let Some(taker) = store::tasks::taker(tx, task.about(), to).await? else {
            let name = store::access::person_name(tx, to).await?;
            // Whoever may not look at people learns nothing of those who cannot take it.
            let known = name.filter(|_| self.actor.has(Right::PeopleRead));
            return Err(match known {
                Some(name) => TaskRefused::TheyCannotSee { name }.into(),
                None => Invalid::one("holder_id", FieldFault::NoSuchRecord).into(),
            });
        };
        store::tasks::hand_over(tx, (self.id, task.version), to).await?;
        let text = handed_over(&self.actor.name, &task.text);
        self.tell(tx, now, task, ("handed_over", &text), &[to]).await?;
        let facts = json!({"from": task.holder.0.0, "to": to.0, "to_name": taker.name});
        Ok(("task.handed_over", facts))
    }

    /// Whoever settles a task knows of it: what brought it is no news any more.
    async fn messages_read(&self, tx: &mut Tx<'_>, now: Instant, task: &TaskRow) -> Result<(), StoreError> {
        store::notices::mark_task_read(tx, (task.holder.0, self.id), now).await?;
        Ok(())
    }

    async fn tell(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        task: &TaskRow,
        (kind, text): (&'static str, &str),
        people: &[PersonId],
    ) -> Result<(), StoreError> {
        let about = format!("task:{}:{}:{kind}", self.id.0, task.version);
        let (entity, entity_id) = (task.entity.as_str(), task.entity_id);
        let message = Message { about, kind, text: text.to_string(), entity, entity_id };
        tell(tx, people, message, (now, &self.zone)).await
    }
}

/// Who is told of what their people give back.
const MANAGERS: &str = "region_manager";
