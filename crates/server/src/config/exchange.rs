//! The operations on price lists as workbooks: out to Excel, and back.

use app::config::{self, Returned as AppReturned, Taking};
use domain::base::{DraftId, ItemId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::DiffItem;
use crate::documents::{Inline, inline};
use crate::http::{AppState, Json, Path, Query, SignedIn};
use crate::problem::Problem;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(export_item)).routes(routes!(export_draft)).routes(routes!(take_back))
}

/// Which revision.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
struct RevisionWanted {
    /// What is in force when left out.
    rev: Option<i64>,
}

/// A workbook that comes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnedFile {
    /// Hash of a file that the person handed in.
    pub file: String,
    /// Whether it is taken over; else it is only looked at.
    pub apply: bool,
    /// Whether a workbook that went out from another list is meant.
    #[serde(default)]
    pub of_other: bool,
}

/// What the workbook would change, or has changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnedSheet {
    /// Whether it went out from here; else it is a price file like any other.
    pub own: bool,
    /// That it went out from another list; taken over only with `of_other`.
    pub of_other: Option<String>,
    /// That it went out from an older revision than the newest one of this list.
    pub outdated: Option<String>,
    pub added: usize,
    pub changed: usize,
    pub same: usize,
    /// Rows of the list that the file does not have; they stay.
    pub absent: usize,
    /// The first 20 of the rows that change beside the draft's, what moves most first.
    pub changes: Vec<DiffItem>,
    /// How many follow on those.
    pub more: usize,
    pub faults: Vec<ReturnedFault>,
}

/// A row that cannot be taken; then nothing of the file is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnedFault {
    pub row: usize,
    pub sentence: String,
}

/// The rows of a price list as a workbook.
#[utoipa::path(get, path = "/api/config/items/{id}/export", params(("id" = i64, Path), RevisionWanted),
    responses((status = 200, description = "The workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn export_item(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wanted): Query<RevisionWanted>,
) -> Result<Inline, Problem> {
    let book = config::export_item(&who.ctx, &who.actor, ItemId(id), wanted.rev).await?;
    Ok(inline(book.content, XLSX, &format!("{}.xlsx", book.name)))
}

/// The rows of a draft as a workbook.
#[utoipa::path(get, path = "/api/config/drafts/{id}/export", params(("id" = i64, Path)),
    responses((status = 200, description = "The workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn export_draft(who: SignedIn, Path(id): Path<i64>) -> Result<Inline, Problem> {
    let book = config::export_draft(&who.ctx, &who.actor, DraftId(id)).await?;
    Ok(inline(book.content, XLSX, &format!("{}.xlsx", book.name)))
}

/// Look at a workbook that came back from Excel, or take it over into a draft.
#[utoipa::path(post, path = "/api/config/drafts/{id}/take_back", params(("id" = i64, Path)),
    request_body = ReturnedFile, responses((status = 200, body = ReturnedSheet)))]
async fn take_back(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ReturnedFile>,
) -> Result<Json<ReturnedSheet>, Problem> {
    let taking = if body.apply { Taking::Take { of_other: body.of_other } } else { Taking::Look };
    let returned = config::take_back(&who.ctx, &who.actor, DraftId(id), &body.file, taking).await?;
    Ok(Json(returned.into()))
}

impl From<AppReturned> for ReturnedSheet {
    fn from(returned: AppReturned) -> ReturnedSheet {
        let fault = |it: config::ReturnedFault| ReturnedFault { row: it.row, sentence: it.sentence };
        ReturnedSheet {
            own: returned.own,
            of_other: returned.of_other,
            outdated: returned.outdated,
            added: returned.added,
            changed: returned.changed,
            same: returned.same,
            absent: returned.absent,
            changes: returned.changes.into_iter().map(DiffItem::from).collect(),
            more: returned.more,
            faults: returned.faults.into_iter().map(fault).collect(),
        }
    }
}
