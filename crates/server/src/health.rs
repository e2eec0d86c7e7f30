//! Whether the program lives, and whether it can work.

use std::time::{Duration, Instant};

use app::{AppError, Ctx};
use axum::extract::State;
use axum::http::StatusCode;
use domain::words::http as words;
use serde::Serialize;
use tokio::sync::Mutex;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json};
use crate::problem::Problem;

/// A write that went through stands for so long: whoever asks often does not make the disk busy.
const PROBED_FOR: Duration = Duration::from_secs(5);

/// When a mark was last written.
#[derive(Default)]
pub(crate) struct WriteProbe {
    written: Mutex<Option<Instant>>,
}

impl WriteProbe {
    async fn check(&self, ctx: &Ctx) -> Result<(), AppError> {
        let mut written = self.written.lock().await;
        if written.is_some_and(|at| at.elapsed() < PROBED_FOR) {
            return Ok(());
        }
        *written = None;
        ctx.probe_write().await?;
        *written = Some(Instant::now());
        Ok(())
    }
}

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

/// Whoever watches has an answer after so long, whatever the database does.
const READY_WITHIN: Duration = Duration::from_secs(3);

/// The database can be read and written and is migrated, and effects are carried out.
#[utoipa::path(get, path = "/readyz", responses((status = 200, body = Health)))]
async fn ready(State(state): State<AppState>) -> Result<Json<Health>, Problem> {
    let looked = tokio::time::timeout(READY_WITHIN, look(&state)).await;
    looked.unwrap_or_else(|_| {
        tracing::error!("not ready: the database does not answer");
        Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", words::NOT_READY_DATABASE))
    })
}

/// The server works; whether its clock stands so far behind that some of it waits, whether something that it was to do was
/// given up, or it leaves something in force alone that only a newer program knows, is said all the same. Of the clock the
/// log is told by whoever runs it, once in a while and not each time that somebody asks.
async fn status(ctx: &Ctx, clock_is_behind: bool) -> &'static str {
    if clock_is_behind {
        return "clock_behind";
    }
    let unknown = app::config::unknown_kinds(ctx).await.unwrap_or_default();
    if !unknown.is_empty() {
        tracing::warn!(?unknown, "a newer program has put kinds of configuration in force");
    }
    let dead = app::jobs::dead(ctx).await.unwrap_or_default();
    if dead > 0 {
        tracing::warn!(dead, "effects were given up");
        return "effects_given_up";
    }
    let aside = app::automation::count_aside(ctx).await.unwrap_or_default();
    if !aside.is_empty() {
        tracing::warn!(aside.events, aside.timers, "the clock has laid aside what it could not do");
        return "clock_laid_aside";
    }
    if unknown.is_empty() { "ok" } else { "newer_config" }
}

async fn look(state: &AppState) -> Result<Json<Health>, Problem> {
    let not_ready = |code, reason: &str| Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, reason);
    let unavailable = || not_ready("unavailable", words::NOT_READY_DATABASE);
    if state.ctx.is_in_place() == Some(false) {
        tracing::error!("not ready: the file of the database is gone or was replaced");
        return Err(not_ready("database_gone", words::NOT_READY_GONE));
    }
    if let Err(error) = state.probe.check(&state.ctx).await {
        tracing::error!(?error, "not ready: nothing can be written");
        return Err(match error.is_disk_full() {
            true => not_ready("disk_full", words::NOT_READY_DISK),
            false => unavailable(),
        });
    }
    match state.ctx.moment().await {
        Ok(moment) if state.ctx.pulse.beats(moment.now) && state.ctx.ticks.beats(moment.now) => {
            Ok(Json(Health { status: status(&state.ctx, moment.clock_is_behind()).await }))
        }
        Ok(_) => {
            tracing::error!("not ready: nobody carries out effects");
            Err(not_ready("jobs_stopped", words::NOT_READY_JOBS))
        }
        Err(error) => {
            tracing::error!(?error, "not ready");
            Err(unavailable())
        }
    }
}
