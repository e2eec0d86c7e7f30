//! The operations on price files.

use app::config;
use domain::base::DraftId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drafts::seen;
use super::wire_imports::{ImportApply, ImportProposal, ImportRequest, ImportResult};
use crate::http::{AppState, Json, Path, SignedIn, Versioned};
use crate::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(inspect)).routes(routes!(apply))
}

/// Look at a price file beside a draft; saves nothing.
#[utoipa::path(post, path = "/api/config/drafts/{id}/import/inspect", params(("id" = i64, Path)),
    request_body = ImportRequest, responses((status = 200, body = ImportProposal)))]
async fn inspect(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ImportRequest>,
) -> Result<Json<ImportProposal>, Problem> {
    let request = body.request()?;
    Ok(Json(config::inspect_import(&who.ctx, &who.actor, DraftId(id), request).await?.into()))
}

/// Take a price file over into a draft.
#[utoipa::path(post, path = "/api/config/drafts/{id}/import/apply", params(("id" = i64, Path)),
    request_body = ImportApply, responses((status = 200, body = ImportResult)))]
async fn apply(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ImportApply>,
) -> Result<Versioned<ImportResult>, Problem> {
    let (skip_bad, request) = (body.skip_bad, body.request()?);
    let taken = config::apply_import(&who.ctx, &who.actor, DraftId(id), request, skip_bad).await?;
    let Versioned(version, draft) = seen(&who, DraftId(id)).await?;
    let counts = taken.counts.into();
    Ok(Versioned(version, ImportResult { draft, counts, skipped: taken.skipped }))
}
