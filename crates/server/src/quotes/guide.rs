//! The hints of a person's first quotations.

use app::quotes;
use domain::quotes::{GUIDED_QUOTES, Guide};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, SignedIn};
use crate::problem::Problem;

/// Where the person stands with the hints.
#[derive(Serialize, ToSchema)]
pub struct MyGuide {
    pub shown: bool,
    /// Quotations issued, counted up to `until`.
    pub issued: i64,
    pub until: i64,
    /// Put away by the person.
    pub off: bool,
}

/// Put the hints away, or take them out again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuideChoice {
    pub off: bool,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(read, put))
}

/// Whether the hints of the first quotations are shown.
#[utoipa::path(get, path = "/api/me/guide", responses((status = 200, body = MyGuide)))]
async fn read(who: SignedIn) -> Result<Json<MyGuide>, Problem> {
    Ok(Json(quotes::guide(&who.ctx, &who.actor).await?.into()))
}

/// Put the hints away for oneself, or take them out again.
#[utoipa::path(put, path = "/api/me/guide", request_body = GuideChoice,
    responses((status = 200, body = MyGuide)))]
async fn put(who: SignedIn, Json(body): Json<GuideChoice>) -> Result<Json<MyGuide>, Problem> {
    Ok(Json(quotes::put_guide(&who.ctx, &who.actor, body.off).await?.into()))
}

impl From<Guide> for MyGuide {
    fn from(guide: Guide) -> MyGuide {
        MyGuide { shown: guide.shown(), issued: guide.issued, until: GUIDED_QUOTES, off: guide.off }
    }
}
