//! Whether the program lives, and whether it can work.

use axum::extract::State;
use axum::http::StatusCode;
use domain::words::http as words;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json};
use crate::problem::Problem;

/// What a machine that watches Huxi is told.
#[derive(Serialize, ToSchema)]
pub struct Health {
    pub status: &'static str,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(live)).routes(routes!(ready))
}

/// The program answers.
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = Health)))]
async fn live() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// The database can be read and is migrated, and effects are carried out.
#[utoipa::path(get, path = "/readyz", responses((status = 200, body = Health)))]
async fn ready(State(state): State<AppState>) -> Result<Json<Health>, Problem> {
    let unavailable = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", words::UNAVAILABLE);
    match state.ctx.moment().await {
        Ok(moment) if state.ctx.pulse.beats(moment.now) => Ok(Json(Health { status: "ok" })),
        Ok(_) => {
            tracing::error!("not ready: nobody carries out effects");
            Err(unavailable())
        }
        Err(error) => {
            tracing::error!(?error, "not ready");
            Err(unavailable())
        }
    }
}
