//! Tasks as people work on them: the list, doing one, refusing it, handing it over, opening it again.

mod acts;

pub use acts::{finish_task, hand_over_task, refuse_task, reopen_task};

use domain::access::{AccessRefused, Actor, Right, Scope};
use domain::base::{Instant, Limit, TaskId, fold_width};
use domain::tasks::TaskAct;
pub use store::tasks::{Taker, TaskFilter, TaskRow};
use store::{StoreError, Tx};

use crate::{AppError, Ctx};

/// One task, and what its reader may do with it.
#[derive(Clone, Debug)]
pub struct TaskView {
    pub row: TaskRow,
    pub acts: Vec<TaskAct>,
}

/// A page of tasks, and what the reader has in all.
#[derive(Clone, Debug)]
pub struct TaskList {
    pub items: Vec<TaskView>,
    pub next: Option<(Instant, TaskId)>,
    /// What the reader has to do, and how much of it is overdue; several open tasks of one person about one quotation are
    /// one thing here.
    pub open: i64,
    pub overdue: i64,
    /// The same of the reader and of the reader's people; `None` for whoever sees no others'.
    pub team_open: Option<i64>,
    /// Whether the reader sees tasks of others too.
    pub manages: bool,
    pub now: Instant,
}

/// Some of those who may take a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakerList {
    pub items: Vec<Taker>,
    /// There are others: a search finds them.
    pub more: bool,
}

/// The photo or paper that shows that a task is done.
#[derive(Clone, Debug)]
pub struct TaskFile {
    pub content: Vec<u8>,
    pub mime: String,
    pub name: String,
}

/// Tasks that the actor sees: open ones by their moment, overdue on top; settled ones newest first. Open ones of one person
/// about one quotation come together, behind the first that is due, and count once.
pub async fn list_tasks(
    ctx: &Ctx,
    actor: &Actor,
    filter: TaskFilter,
    after: Option<(Instant, TaskId)>,
    limit: Limit,
) -> Result<TaskList, AppError> {
    let (actor, settled) = (actor.clone(), filter.settled);
    let (people, quotes) = (people_scope(&actor), quotes_scope(&actor));
    let (person, manages) = (actor.person, actor.has(Right::TaskManage));
    let at = move |row: &TaskRow| if settled { row.settled_at.unwrap_or(row.due_at) } else { row.due_at };
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = store::events::moment(tx).await?.now;
            let scopes = (&people, &quotes);
            let mut rows = store::tasks::list(tx, scopes, &filter, after, limit.and_one()).await?;
            let more = limit.cut(&mut rows);
            let next = rows.last().filter(|_| more).map(|row| (at(row), row.id));
            if !settled {
                rows = store::tasks::with_others(tx, scopes, rows).await?;
            }
            let counts = store::tasks::count_open(tx, person, now).await?;
            let team = if manages { Some(store::tasks::count_team(tx, &people).await?) } else { None };
            Ok::<_, StoreError>((now, (rows, next), counts, team))
        })
    });
    let (now, (rows, next), (open, overdue), team_open) = read.await?;
    let items = rows.into_iter().map(|row| view_of(row, &actor)).collect();
    Ok(TaskList { items, next, open, overdue, team_open, manages, now })
}

/// One task that the actor sees.
pub async fn read_task(ctx: &Ctx, actor: &Actor, id: TaskId) -> Result<TaskView, AppError> {
    let reader = actor.clone();
    let row = ctx.store.read(|tx| Box::pin(async move { task_in(tx, &reader, id).await })).await?;
    Ok(view_of(row, actor))
}

/// Who may take this task, by name: everybody who sees its record and whose name, account or initials hold `search`.
pub async fn takers_of_task(
    ctx: &Ctx,
    actor: &Actor,
    id: TaskId,
    search: &str,
) -> Result<TakerList, AppError> {
    let (reader, search) = (actor.clone(), fold_width(search).trim().to_lowercase());
    let limit = Limit::USUAL;
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let task = task_in(tx, &reader, id).await?;
            let asked = (search.as_str(), task.holder.0);
            store::tasks::takers(tx, task.about(), asked, limit.and_one()).await.map_err(AppError::from)
        })
    });
    let mut items = read.await?;
    let more = limit.cut(&mut items);
    Ok(TakerList { items, more })
}

/// What the holder handed in, for those who see the task.
pub async fn file_of_task(ctx: &Ctx, actor: &Actor, id: TaskId) -> Result<TaskFile, AppError> {
    let reader = actor.clone();
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let task = task_in(tx, &reader, id).await?;
            let (hash, _) = task.file.ok_or(AccessRefused::NotFound)?;
            let facts = store::files::facts(tx, &hash).await?;
            Ok::<_, AppError>(facts.ok_or(AccessRefused::NotFound)?)
        })
    });
    let facts = read.await?;
    let content = store::files::whole(&ctx.store, &facts.hash).await?;
    Ok(TaskFile { content, mime: facts.mime, name: facts.name })
}

fn view_of(mut row: TaskRow, actor: &Actor) -> TaskView {
    row.net = row.net.filter(|_| actor.has(Right::PriceRead));
    let acts = row.standing().acts(actor, row.state);
    TaskView { row, acts }
}

/// The task, or that there is none for this person.
async fn task_in(tx: &mut Tx<'_>, actor: &Actor, id: TaskId) -> Result<TaskRow, AppError> {
    let scopes = (people_scope(actor), quotes_scope(actor));
    let row = store::tasks::task(tx, (&scopes.0, &scopes.1), id).await?.ok_or(AccessRefused::NotFound)?;
    row.standing().need(actor)?;
    Ok(row)
}

/// Whose tasks the actor sees besides the own ones.
fn people_scope(actor: &Actor) -> Scope {
    let own = Scope { person: actor.person, path: None };
    actor.scope(Right::TaskManage).unwrap_or(own)
}

/// Which quotations may be named to the actor.
fn quotes_scope(actor: &Actor) -> Scope {
    let own = Scope { person: actor.person, path: None };
    actor.scope(Right::QuoteRead).unwrap_or(own)
}
