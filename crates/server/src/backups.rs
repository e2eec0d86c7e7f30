//! The backups of this server, and one more when an administrator asks for it.

use app::backups;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Empty, Json, SignedIn};
use crate::problem::Problem;

/// The backups in this server's folder, and when the next one comes.
#[derive(Serialize, ToSchema)]
pub struct BackupList {
    /// The newest first.
    pub items: Vec<Backup>,
    /// One is being made, or about to be.
    pub making: bool,
    /// In which minute of the company's day one is made by itself, 0 to 1439; null: never.
    pub minute: Option<i64>,
    /// So many are kept; older ones go.
    pub keeps: i64,
    /// The last one, when it came to nothing.
    pub failed: Option<BackupFailed>,
}

/// One backup.
#[derive(Serialize, ToSchema)]
pub struct Backup {
    /// Of the file.
    pub name: String,
    pub made_at: i64,
    pub bytes: i64,
    /// How many files were missing when it was read back; null: it was not made by the server, so nothing is noted.
    pub missing: Option<i64>,
}

/// Why no backup was made.
#[derive(Serialize, ToSchema)]
pub struct BackupFailed {
    pub at: i64,
    /// In words.
    pub reason: String,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, make))
}

/// Which backups there are.
#[utoipa::path(get, path = "/api/backups", responses((status = 200, body = BackupList)))]
async fn list(who: SignedIn) -> Result<Json<BackupList>, Problem> {
    Ok(Json(backups::list(&who.ctx, &who.actor).await?.into()))
}

/// Have a backup made as soon as it can be; the list tells what became of it.
#[utoipa::path(post, path = "/api/backups", request_body = Empty, responses((status = 202, description = "It will be made")))]
async fn make(who: SignedIn, _: Json<Empty>) -> Result<StatusCode, Problem> {
    backups::make_now(&who.ctx, &who.actor).await?;
    Ok(StatusCode::ACCEPTED)
}

fn whole(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

impl From<backups::Backups> for BackupList {
    fn from(found: backups::Backups) -> BackupList {
        let items = found.kept.into_iter().map(|(one, read_back)| Backup {
            name: one.name,
            made_at: one.made_at.0,
            bytes: whole(one.bytes),
            missing: read_back.map(|read| whole(read.missing)),
        });
        BackupList {
            items: items.collect(),
            making: found.making,
            minute: found.minute.map(i64::from),
            keeps: whole(found.keeps),
            failed: found.failed.map(|(at, reason)| BackupFailed { at: at.0, reason }),
        }
    }
}
