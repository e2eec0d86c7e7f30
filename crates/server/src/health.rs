//! Whether the program lives, and whether it can work.

use std::collections::BTreeMap;
use std::sync::PoisonError;
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

/// While a trouble lasts the log is told of it so often, however often somebody asks.
const SAID_EVERY: Duration = Duration::from_secs(600);

/// Which troubles the log was told of, and when.
#[derive(Default)]
pub(crate) struct Said(std::sync::Mutex<BTreeMap<&'static str, Instant>>);

impl Said {
    /// Which of the troubles that there are the log is to be told of now: new ones, and those that were told long ago.
    fn news(&self, troubles: &[&'static str], now: Instant) -> Vec<&'static str> {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        said.retain(|trouble, at| {
            troubles.contains(trouble) && now.saturating_duration_since(*at) < SAID_EVERY
        });
        let news: Vec<_> = troubles.iter().copied().filter(|trouble| !said.contains_key(trouble)).collect();
        said.extend(news.iter().map(|trouble| (*trouble, now)));
        news
    }
}

/// What a machine that watches Huxi is told.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or the first of the troubles.
    pub status: &'static str,
    /// Everything that is not as it should be while the server works all the same; left out where there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub troubles: Vec<&'static str>,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(live)).routes(routes!(ready))
}

/// The program answers.
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = Health)))]
async fn live() -> Json<Health> {
    Json(Health { status: "ok", troubles: Vec::new() })
}

/// Whoever watches has an answer after so long, whatever the database does.
const READY_WITHIN: Duration = Duration::from_secs(3);

/// The database can be read and written and is migrated, and effects are carried out.
#[utoipa::path(get, path = "/readyz", responses((status = 200, body = Health)))]
async fn ready(State(state): State<AppState>) -> Result<Json<Health>, Problem> {
    let looked = tokio::time::timeout(READY_WITHIN, look(&state)).await;
    let looked = looked.unwrap_or_else(|_| {
        Err(NotReady {
            code: "unavailable",
            words: words::NOT_READY_DATABASE,
            cause: "no answer".to_string(),
        })
    });
    looked.map(Json).map_err(|NotReady { code, words, cause }| {
        if !state.said.news(&[code], Instant::now()).is_empty() {
            tracing::error!(code, %cause, "not ready");
        }
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, words)
    })
}

/// Why the server cannot work.
struct NotReady {
    code: &'static str,
    words: &'static str,
    /// For the log.
    cause: String,
}

/// Something that is not as it should be while the server works.
struct Trouble {
    code: &'static str,
    /// For the log; empty where somebody else tells it.
    told: String,
}

/// The server works; that its clock stands so far behind that some of it waits, that something that it was to do was given up,
/// or that it leaves something in force alone that only a newer program knows, is said all the same. Of the clock the log is
/// told by whoever runs it.
async fn troubles(ctx: &Ctx, clock_is_behind: bool) -> Vec<Trouble> {
    let mut found = Vec::new();
    if clock_is_behind {
        found.push(Trouble { code: "clock_behind", told: String::new() });
    }
    let dead = app::jobs::dead(ctx).await.unwrap_or_default();
    if dead > 0 {
        found.push(Trouble { code: "effects_given_up", told: format!("{dead} effects were given up") });
    }
    let aside = app::automation::count_aside(ctx).await.unwrap_or_default();
    if !aside.is_empty() {
        let told = format!("the clock has laid aside {} events and {} timers", aside.events, aside.timers);
        found.push(Trouble { code: "clock_laid_aside", told });
    }
    let unknown = app::config::unknown_kinds(ctx).await.unwrap_or_default();
    if !unknown.is_empty() {
        let told = format!("a newer program has put kinds of configuration in force: {unknown:?}");
        found.push(Trouble { code: "newer_config", told });
    }
    found
}

/// What is answered where the server works; the log is told what is new of it.
async fn health(state: &AppState, clock_is_behind: bool) -> Health {
    let found = troubles(&state.ctx, clock_is_behind).await;
    let codes: Vec<&'static str> = found.iter().map(|trouble| trouble.code).collect();
    let news = state.said.news(&codes, Instant::now());
    for Trouble { code, told } in found.iter().filter(|it| !it.told.is_empty() && news.contains(&it.code)) {
        tracing::warn!(code, "{told}");
    }
    Health { status: codes.first().copied().unwrap_or("ok"), troubles: codes }
}

async fn look(state: &AppState) -> Result<Health, NotReady> {
    let not_ready = |code, words, cause| NotReady { code, words, cause };
    let unavailable = |cause| not_ready("unavailable", words::NOT_READY_DATABASE, cause);
    if state.ctx.is_in_place() == Some(false) {
        let cause = "the file of the database is gone or was replaced".to_string();
        return Err(not_ready("database_gone", words::NOT_READY_GONE, cause));
    }
    if let Err(error) = state.probe.check(&state.ctx).await {
        let cause = format!("nothing can be written: {error:?}");
        return Err(match error.is_disk_full() {
            true => not_ready("disk_full", words::NOT_READY_DISK, cause),
            false => unavailable(cause),
        });
    }
    match state.ctx.moment().await {
        Ok(moment) if state.ctx.pulse.beats(moment.now) && state.ctx.ticks.beats(moment.now) => {
            Ok(health(state, moment.clock_is_behind()).await)
        }
        Ok(_) => {
            let cause = "nobody carries out effects".to_string();
            Err(not_ready("jobs_stopped", words::NOT_READY_JOBS, cause))
        }
        Err(error) => Err(unavailable(format!("{error:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_told_of_a_trouble_when_it_comes_and_once_in_a_while_as_long_as_it_lasts() {
        let (said, began) = (Said::default(), Instant::now());
        assert_eq!(said.news(&["effects_given_up"], began), ["effects_given_up"]);
        for seconds in 1..600 {
            let news = said.news(&["effects_given_up"], began + Duration::from_secs(seconds));
            assert!(news.is_empty(), "after {seconds} s: {news:?}");
        }
        let both = ["effects_given_up", "newer_config"];
        assert_eq!(
            said.news(&both, began + Duration::from_secs(599)),
            ["newer_config"],
            "what came beside it"
        );
        let later = began + SAID_EVERY;
        assert_eq!(said.news(&both, later), ["effects_given_up"], "it still lasts");
        assert!(said.news(&[], later).is_empty());
        assert_eq!(said.news(&both, later), both, "over, and there again");
    }
}
