//! The operations on releases.

use app::config;
use domain::base::ReleaseId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::{ReasonGiven, Release, ReleasePage, ReleaseState};
use crate::http::{AppState, Json, Paging, Path, Query, SignedIn, mark};
use crate::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(cancel))
}

/// Which releases.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
struct ReleasesWanted {
    #[param(inline)]
    state: Option<ReleaseState>,
    limit: Option<i64>,
    after: Option<String>,
}

/// What came and comes into force when, newest first.
#[utoipa::path(get, path = "/api/config/releases", params(ReleasesWanted),
    responses((status = 200, body = ReleasePage)))]
async fn list(who: SignedIn, Query(wanted): Query<ReleasesWanted>) -> Result<Json<ReleasePage>, Problem> {
    let paging = Paging { limit: wanted.limit, after: wanted.after };
    let (before, limit) = (paging.after()?, paging.limit()?);
    let state = wanted.state.map(Into::into);
    let (found, next) = config::releases(&who.ctx, &who.actor, state, before, limit).await?;
    let items = found.into_iter().map(Release::from).collect();
    Ok(Json(ReleasePage { items, next: next.map(|id| mark(&id)) }))
}

/// Take a release out of the queue before it comes into force.
#[utoipa::path(post, path = "/api/config/releases/{id}/cancel", params(("id" = i64, Path)),
    request_body = ReasonGiven, responses((status = 200, body = Release)))]
async fn cancel(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ReasonGiven>,
) -> Result<Json<Release>, Problem> {
    config::cancel_release(&who.ctx, &who.actor, ReleaseId(id), &body.reason).await?;
    Ok(Json(config::release(&who.ctx, &who.actor, ReleaseId(id)).await?.into()))
}
