//! Tasks: the list with its countdown, and what people do with a task.

use app::tasks::{self, Taker as Known, TaskFilter, TaskList as Listed, TaskView};
use axum::http::StatusCode;
use domain::base::{Fen, Instant, Invalid, Limit, PersonId, TaskId};
use domain::tasks::{TaskState, percent_gone};
use domain::words::automation::unknown_year;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::documents::{Inline, inline};
use crate::http::{AppState, Empty, Json, Path, Query, Ref, SignedIn, mark, mark_of};
use crate::problem::Problem;

/// Which tasks, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TaskQuery {
    /// `open` (when left out) or `settled`.
    pub show: Option<String>,
    /// `mine` (when left out) or `all`: those of one's people, too.
    pub whose: Option<String>,
    /// Only the tasks of this quotation.
    pub quote: Option<i64>,
    /// How many, 1 to 200; 50 when left out. Open tasks of one person about one quotation come together and are one.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// The record that a task or a message is about; its number and customer only where one sees it.
#[derive(Serialize, ToSchema)]
pub struct About {
    /// `quote`, or `company` for what comes round by the calendar.
    pub entity: String,
    pub id: i64,
    pub number: Option<String>,
    pub customer: Option<String>,
}

/// One task. Moments are milliseconds; `percent_gone` counts by the server's clock.
#[derive(Serialize, ToSchema)]
pub struct Task {
    pub id: i64,
    pub rule_name: String,
    pub text: String,
    pub about: About,
    /// What its quotation comes to; null for whoever does not see that.
    pub net: Option<String>,
    pub holder: Ref,
    /// `open`, `done`, `refused` or `over`.
    pub state: String,
    /// What shows that it is done: `none`, `text` or `file`.
    pub proof: String,
    pub created_at: i64,
    pub due_at: i64,
    pub percent_gone: i64,
    /// How late the rule ran because the program was away, in milliseconds.
    pub late_ms: i64,
    /// What has to be said of how its moment was counted.
    pub warning: Option<String>,
    pub settled_at: Option<i64>,
    pub settled_by: Option<String>,
    pub note: String,
    /// The name of the photo or paper that was handed in.
    pub file_name: Option<String>,
    /// What one may do with it: `finish`, `refuse`, `hand_over`, `reopen`.
    pub actions: Vec<String>,
}

/// A page of tasks.
#[derive(Serialize, ToSchema)]
pub struct TaskPage {
    pub items: Vec<Task>,
    pub next: Option<String>,
    /// What one has to do, and how much of it is overdue; open tasks about one quotation are one thing.
    pub open: i64,
    pub overdue: i64,
    /// The same of oneself and one's people; null for whoever sees no others'.
    pub team_open: Option<i64>,
    /// Whether one sees tasks of others too.
    pub manages: bool,
    /// The server's clock, by which the countdown counts.
    pub now: i64,
}

/// Somebody who may take a task.
#[derive(Serialize, ToSchema)]
pub struct Taker {
    pub id: i64,
    pub name: String,
    pub org: String,
}

/// Whom one looks for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TakerQuery {
    /// Part of a name, an account or initials.
    pub q: Option<String>,
}

/// Those who may take it, by name, 50 at most.
#[derive(Serialize, ToSchema)]
pub struct Takers {
    pub items: Vec<Taker>,
    /// There are others: a search finds them.
    pub more: bool,
}

/// What came out of a task.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    #[serde(default)]
    pub note: String,
    /// The hash of an uploaded photo or PDF.
    #[serde(default)]
    pub file: Option<String>,
}

/// Why a task is given back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskReason {
    pub reason: String,
}

/// Who takes it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    pub holder_id: i64,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(takers))
        .routes(routes!(file))
        .routes(routes!(finish))
        .routes(routes!(refuse))
        .routes(routes!(hand_over))
        .routes(routes!(reopen))
}

/// One's tasks, and on request those of one's people: what is due first stands on top, the other open tasks of the same
/// person about the same quotation right behind it.
#[utoipa::path(get, path = "/api/tasks", params(TaskQuery), responses((status = 200, body = TaskPage)))]
async fn list(who: SignedIn, Query(query): Query<TaskQuery>) -> Result<Json<TaskPage>, Problem> {
    let choice = |name: &'static str, text: Option<String>, [usual, other]: [&'static str; 2]| match text {
        None => Ok(false),
        Some(text) if text == usual => Ok(false),
        Some(text) if text == other => Ok(true),
        Some(_) => Err(Invalid::none_of(name, [usual, other])),
    };
    let settled = choice("show", query.show, ["open", "settled"])?;
    let all = choice("whose", query.whose, ["mine", "all"])?;
    let about = query.quote.map(|id| ("quote".to_string(), id));
    let filter = TaskFilter { settled, holder: (!all).then_some(who.actor.person), about };
    let after: Option<(Instant, TaskId)> = mark_of(query.after.as_deref())?;
    let limit = Limit::new(query.limit, Limit::MAX)?;
    Ok(Json(tasks::list_tasks(&who.ctx, &who.actor, filter, after, limit).await?.into()))
}

/// One task.
#[utoipa::path(get, path = "/api/tasks/{id}", params(("id" = i64, Path)), responses((status = 200, body = Task)))]
async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Json<Task>, Problem> {
    let view = tasks::read_task(&who.ctx, &who.actor, TaskId(id)).await?;
    Ok(Json(task_of(view, who.ctx.moment().await.map_err(app::AppError::from)?.now)))
}

/// Who may take it: everybody who sees its record.
#[utoipa::path(get, path = "/api/tasks/{id}/takers", params(("id" = i64, Path), TakerQuery),
    responses((status = 200, body = Takers)))]
async fn takers(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<TakerQuery>,
) -> Result<Json<Takers>, Problem> {
    let taker = |it: Known| Taker { id: it.id.0, name: it.name, org: it.org };
    let search = query.q.unwrap_or_default();
    let found = tasks::takers_of_task(&who.ctx, &who.actor, TaskId(id), &search).await?;
    Ok(Json(Takers { items: found.items.into_iter().map(taker).collect(), more: found.more }))
}

/// The photo or paper that shows that it is done.
#[utoipa::path(get, path = "/api/tasks/{id}/file", params(("id" = i64, Path)),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
async fn file(who: SignedIn, Path(id): Path<i64>) -> Result<Inline, Problem> {
    let file = tasks::file_of_task(&who.ctx, &who.actor, TaskId(id)).await?;
    Ok(inline(file.content, &file.mime, &file.name))
}

/// Say that it is done.
#[utoipa::path(post, path = "/api/tasks/{id}/finish", params(("id" = i64, Path)), responses((status = 200, body = Task)))]
async fn finish(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<Outcome>,
) -> Result<Json<Task>, Problem> {
    let view = tasks::finish_task(&who.ctx, &who.actor, TaskId(id), &body.note, body.file).await?;
    shown(&who, view).await
}

/// Give it back with a reason.
#[utoipa::path(post, path = "/api/tasks/{id}/refuse", params(("id" = i64, Path)), responses((status = 200, body = Task)))]
async fn refuse(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<TaskReason>,
) -> Result<Json<Task>, Problem> {
    let view = tasks::refuse_task(&who.ctx, &who.actor, TaskId(id), &body.reason).await?;
    shown(&who, view).await
}

/// Give it to somebody else who sees its record.
#[utoipa::path(post, path = "/api/tasks/{id}/hand-over", params(("id" = i64, Path)), responses((status = 204)))]
async fn hand_over(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<HandOver>,
) -> Result<StatusCode, Problem> {
    tasks::hand_over_task(&who.ctx, &who.actor, TaskId(id), PersonId(body.holder_id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Open it again when it was settled by mistake.
#[utoipa::path(post, path = "/api/tasks/{id}/reopen", params(("id" = i64, Path)), responses((status = 200, body = Task)))]
async fn reopen(who: SignedIn, Path(id): Path<i64>, _: Json<Empty>) -> Result<Json<Task>, Problem> {
    let view = tasks::reopen_task(&who.ctx, &who.actor, TaskId(id)).await?;
    shown(&who, view).await
}

async fn shown(who: &SignedIn, view: TaskView) -> Result<Json<Task>, Problem> {
    let now = who.ctx.moment().await.map_err(app::AppError::from)?.now;
    Ok(Json(task_of(view, now)))
}

impl From<Listed> for TaskPage {
    fn from(list: Listed) -> TaskPage {
        let now = list.now;
        TaskPage {
            items: list.items.into_iter().map(|view| task_of(view, now)).collect(),
            next: list.next.map(|place| mark(&place)),
            open: list.open,
            overdue: list.overdue,
            team_open: list.team_open,
            manages: list.manages,
            now: now.0,
        }
    }
}

fn task_of(view: TaskView, now: Instant) -> Task {
    let row = view.row;
    let gone = if row.state == TaskState::Open { percent_gone(row.created_at, row.due_at, now) } else { 100 };
    Task {
        id: row.id.0,
        rule_name: row.rule_name,
        text: row.text,
        about: About { entity: row.entity, id: row.entity_id, number: row.number, customer: row.customer },
        net: row.net.map(Fen::to_yuan),
        holder: Ref { id: row.holder.0.0, name: row.holder.1 },
        state: row.state.key().to_string(),
        proof: row.proof.key().to_string(),
        created_at: row.created_at.0,
        due_at: row.due_at.0,
        percent_gone: gone,
        late_ms: row.late_ms,
        warning: row.unknown_year.map(unknown_year),
        settled_at: row.settled_at.map(|at| at.0),
        settled_by: row.settled_by,
        note: row.note,
        file_name: row.file.map(|(_, name)| name),
        actions: view.acts.into_iter().map(|act| act.key().to_string()).collect(),
    }
}
