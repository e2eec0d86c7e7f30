//! Messages to the signed-in person, what stands on the bell, and when they want to be told.

use app::notices::{self, NoticeRow};
use axum::http::StatusCode;
use domain::access::Right;
use domain::base::{Fen, Instant, NoticeId};
use domain::notices::SettingText;
use domain::words::tasks as words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Empty, Json, Paging, Path, Query, SignedIn, mark};
use crate::problem::Problem;
use crate::tasks::About;

/// One message. Moments are milliseconds.
#[derive(Serialize, ToSchema)]
pub struct Notice {
    pub id: i64,
    /// `task`, `notice`, `handed_over`, `refused`, `accepted`: a customer accepted on a link, `asked`:
    /// somebody asks the reader to decide on a draft, `ask_ended`: what became of
    /// a draft that the reader asked somebody to decide on, or `enough`: more was told today than anybody reads.
    pub kind: String,
    pub text: String,
    pub about: About,
    /// Whose the record is, where it is another's that the reader sees.
    pub owner: Option<String>,
    /// What the record comes to in yuan, for those who see it and its prices.
    pub net: Option<String>,
    /// Where the quotation stands now: `draft`, `issued`, `signed`, `cancelled` or `superseded`; of what the reader sees.
    pub state: Option<String>,
    pub shown_at: i64,
    pub read: bool,
}

/// A page of messages, newest first.
#[derive(Serialize, ToSchema)]
pub struct NoticePage {
    pub items: Vec<Notice>,
    pub next: Option<String>,
    pub unread: i64,
    /// The server's clock.
    pub now: i64,
}

/// What stands on the bell: messages not read, what one has to do (open tasks about one quotation are one thing), and how
/// much of it is overdue.
#[derive(Serialize, ToSchema)]
pub struct NoticeCounts {
    pub unread: i64,
    pub open: i64,
    pub overdue: i64,
}

/// When the person wants to be told: `22:00`; empty for none.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeSetting {
    /// Messages wait from here …
    #[serde(default)]
    pub quiet_from: String,
    /// … until here, on the next day when it lies before.
    #[serde(default)]
    pub quiet_to: String,
    /// All messages of a day at once at this time.
    #[serde(default)]
    pub digest_at: String,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(counts))
        .routes(routes!(read_all))
        .routes(routes!(read_one))
        .routes(routes!(setting, keep_setting))
}

/// One's messages, newest first.
#[utoipa::path(get, path = "/api/notices", params(Paging), responses((status = 200, body = NoticePage)))]
async fn list(who: SignedIn, Query(paging): Query<Paging>) -> Result<Json<NoticePage>, Problem> {
    let after: Option<(Instant, NoticeId)> = paging.after()?;
    let mut list = notices::list_notices(&who.ctx, &who.actor, after, paging.limit()?).await?;
    if who.viewer.is_some() && !who.actor.has(Right::QuoteRead) {
        list.items.iter_mut().for_each(veil);
    }
    Ok(Json(NoticePage {
        items: list.items.into_iter().map(notice_of).collect(),
        next: list.next.map(|place| mark(&place)),
        unread: list.unread,
        now: list.now.0,
    }))
}

/// What stands on one's bell.
#[utoipa::path(get, path = "/api/notices/counts", responses((status = 200, body = NoticeCounts)))]
async fn counts(who: SignedIn) -> Result<Json<NoticeCounts>, Problem> {
    let counts = notices::count_notices(&who.ctx, &who.actor).await?;
    Ok(Json(NoticeCounts { unread: counts.unread, open: counts.open, overdue: counts.overdue }))
}

/// Mark all of one's messages as read.
#[utoipa::path(post, path = "/api/notices/read", responses((status = 204)))]
async fn read_all(who: SignedIn, _: Json<Empty>) -> Result<StatusCode, Problem> {
    notices::read_all_notices(&who.ctx, &who.actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mark one of one's messages as read.
#[utoipa::path(post, path = "/api/notices/{id}/read", params(("id" = i64, Path)), responses((status = 204)))]
async fn read_one(who: SignedIn, Path(id): Path<i64>, _: Json<Empty>) -> Result<StatusCode, Problem> {
    notices::read_notice(&who.ctx, &who.actor, NoticeId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// When one wants to be told.
#[utoipa::path(get, path = "/api/me/notices", responses((status = 200, body = NoticeSetting)))]
async fn setting(who: SignedIn) -> Result<Json<NoticeSetting>, Problem> {
    Ok(Json(setting_of(&notices::notice_setting(&who.ctx, &who.actor).await?)))
}

/// Keep when one wants to be told; what comes from now on is held back by it.
#[utoipa::path(put, path = "/api/me/notices", responses((status = 200, body = NoticeSetting)))]
async fn keep_setting(
    who: SignedIn,
    Json(body): Json<NoticeSetting>,
) -> Result<Json<NoticeSetting>, Problem> {
    let NoticeSetting { quiet_from, quiet_to, digest_at } = body;
    let text = SettingText { quiet_from, quiet_to, digest_at };
    Ok(Json(setting_of(&notices::keep_notice_setting(&who.ctx, &who.actor, text).await?)))
}

fn setting_of(setting: &domain::notices::NoticeSetting) -> NoticeSetting {
    let SettingText { quiet_from, quiet_to, digest_at } = setting.text();
    NoticeSetting { quiet_from, quiet_to, digest_at }
}

/// What somebody wrote about a quotation may say its prices: it is not read through another's eyes by whoever may not see
/// quotations.
fn veil(row: &mut NoticeRow) {
    if row.entity == "quote" || row.entity == "task" {
        row.text = words::VEILED.to_string();
    }
}

fn notice_of(row: NoticeRow) -> Notice {
    Notice {
        id: row.id.0,
        kind: row.kind,
        text: row.text,
        about: About { entity: row.entity, id: row.entity_id, number: row.number, customer: row.customer },
        owner: row.owner,
        net: row.net.map(Fen::to_yuan),
        state: row.state.map(|state| state.key().to_string()),
        shown_at: row.shown_at.0,
        read: row.read_at.is_some(),
    }
}
