//! What the server measures of itself, as Prometheus reads it.
//!
//! Not the crates `prometheus-client` or `metrics-exporter-prometheus`: most figures are read of the store and the jobs when
//! somebody asks, so a registry would be kept beside them for one counter and one histogram.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::{Ctx, GROUP_BOUNDS};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::http::AppState;
use crate::problem::Problem;

/// Upper bounds of the histogram, in microseconds.
const BOUNDS: [u64; 11] =
    [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000, 30_000_000];
/// Requests to no known route are counted as one.
const ELSEWHERE: &str = "other";

/// Requests since the start, by what they asked for and how they ended.
#[derive(Default)]
pub(crate) struct Metrics {
    routes: Mutex<BTreeMap<(String, String), Route>>,
    running: AtomicI64,
}

#[derive(Default)]
struct Route {
    by_status: BTreeMap<u16, u64>,
    buckets: [u64; BOUNDS.len()],
    count: u64,
    microseconds: u64,
}

/// A request that runs; one less when this is dropped, also when its caller goes away.
pub(crate) struct Running<'m>(&'m Metrics);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    pub(crate) fn begin(&self) -> Running<'_> {
        self.running.fetch_add(1, Ordering::Relaxed);
        Running(self)
    }

    pub(crate) fn note(&self, method: &Method, route: Option<&str>, status: StatusCode, took: Duration) {
        let key = (method.as_str().to_string(), route.unwrap_or(ELSEWHERE).to_string());
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let route = routes.entry(key).or_default();
        *route.by_status.entry(status.as_u16()).or_default() += 1;
        route.count += 1;
        route.microseconds = route.microseconds.saturating_add(took);
        for (bound, count) in BOUNDS.iter().zip(&mut route.buckets) {
            if took <= *bound {
                *count += 1;
            }
        }
    }

    fn write(&self, text: &mut Text) {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        text.head("huxi_requests_total", "counter", "Requests by method, route and status.");
        for ((method, path), route) in routes.iter() {
            for (status, count) in &route.by_status {
                let labels = format!("method=\"{method}\",route=\"{path}\",status=\"{status}\"");
                text.line("huxi_requests_total", &labels, &count.to_string());
            }
        }
        text.head("huxi_request_seconds", "histogram", "How long requests took, by method and route.");
        for ((method, path), route) in routes.iter() {
            let labels = format!("method=\"{method}\",route=\"{path}\"");
            for (bound, count) in BOUNDS.iter().zip(&route.buckets) {
                let labels = format!("{labels},le=\"{}\"", seconds(*bound));
                text.line("huxi_request_seconds_bucket", &labels, &count.to_string());
            }
            let infinite = format!("{labels},le=\"+Inf\"");
            text.line("huxi_request_seconds_bucket", &infinite, &route.count.to_string());
            text.line("huxi_request_seconds_sum", &labels, &seconds(route.microseconds));
            text.line("huxi_request_seconds_count", &labels, &route.count.to_string());
        }
        let running = self.running.load(Ordering::Relaxed).to_string();
        text.gauge("huxi_requests_running", "Requests that run now, this one too.", &running);
    }
}

/// The measurements, for this machine and those that the settings name; nobody else learns that they are there.
pub(crate) async fn metrics(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    // What a proxy on this machine passes on comes from outside.
    let direct = !request.headers().contains_key("x-forwarded-for");
    let known = |peer: std::net::IpAddr| peer.is_loopback() || state.options.metrics_from.contains(&peer);
    if !direct || !peer.is_some_and(known) {
        return Err(Problem::not_found());
    }
    let mut text = Text::default();
    text.head("huxi_info", "gauge", "The version of the program.");
    text.line("huxi_info", concat!("version=\"", env!("CARGO_PKG_VERSION"), "\""), "1");
    state.metrics.write(&mut text);
    store_metrics(&state.ctx, &mut text);
    if let Some(age) = state.ctx.live.age() {
        let age = format!("{}.{:03}", age.as_secs(), age.subsec_millis());
        text.gauge(
            "huxi_snapshot_age_seconds",
            "Since the database was last asked what configuration is in force.",
            &age,
        );
    }
    if let Ok(moment) = state.ctx.moment().await {
        let behind = u64::try_from(moment.behind_ms).unwrap_or_default();
        text.gauge(
            "huxi_clock_behind_seconds",
            "How far the clock stands behind the newest event; beyond 120 nothing is issued, signed or published.",
            &seconds(behind.saturating_mul(1_000)),
        );
    }
    // A database that is away must not hide what else is measured.
    if let Ok((waiting, dead)) = app::jobs::waiting(&state.ctx).await {
        text.gauge("huxi_effects_waiting", "Effects that wait to be carried out.", &waiting.to_string());
        text.gauge("huxi_effects_dead", "Effects that were given up.", &dead.to_string());
        text.gauge("huxi_database_up", "The database answers.", "1");
        aside_metrics(&state.ctx, &mut text).await;
    } else {
        text.gauge("huxi_database_up", "The database answers.", "0");
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text.0).into_response())
}

/// What the clock could not do and nobody tries again by itself.
async fn aside_metrics(ctx: &Ctx, text: &mut Text) {
    let Ok(aside) = app::automation::count_aside(ctx).await else { return };
    text.gauge(
        "huxi_events_aside",
        "Events that could not be looked at, so that they started no rule.",
        &aside.events.to_string(),
    );
    text.gauge("huxi_timers_dead", "Timers of rules that were given up.", &aside.timers.to_string());
}

fn store_metrics(ctx: &Ctx, text: &mut Text) {
    if let Some(writer) = ctx.writer_stats() {
        text.gauge(
            "huxi_writer_queued",
            "Commands that wait for the writer or run.",
            &writer.queued.to_string(),
        );
        let counter = [
            ("huxi_writer_commands_total", "Commands carried out, kept or refused.", writer.commands),
            ("huxi_writer_failed_commits_total", "Commits that failed.", writer.failed_commits),
        ];
        for (name, about, count) in counter {
            text.head(name, "counter", about);
            text.line(name, "", &count.to_string());
        }
        text.head("huxi_writer_group", "histogram", "Commands that shared one durable commit.");
        for (bound, count) in GROUP_BOUNDS.iter().zip(writer.groups) {
            text.line("huxi_writer_group_bucket", &format!("le=\"{bound}\""), &count.to_string());
        }
        text.line("huxi_writer_group_bucket", "le=\"+Inf\"", &writer.commits.to_string());
        text.line("huxi_writer_group_sum", "", &writer.commands.to_string());
        text.line("huxi_writer_group_count", "", &writer.commits.to_string());
    }
    if let Some(there) = ctx.is_in_place() {
        let about = "The file of the database lies where it was opened; otherwise nothing is kept.";
        text.gauge("huxi_database_in_place", about, if there { "1" } else { "0" });
    }
    if let Some((open, idle, waiting)) = ctx.pool_stats() {
        text.gauge("huxi_pool_connections", "Connections to the database.", &open.to_string());
        text.gauge("huxi_pool_idle", "Connections that nobody uses.", &idle.to_string());
        text.gauge("huxi_pool_waiting", "Callers that wait for a connection.", &waiting.to_string());
    }
}

/// Microseconds as seconds, exact: `0.0025`.
fn seconds(microseconds: u64) -> String {
    let text = format!("{}.{:06}", microseconds / 1_000_000, microseconds % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// The text format of Prometheus.
#[derive(Default)]
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, about: &str) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {about}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &str, value: &str) {
        let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn gauge(&mut self, name: &str, about: &str, value: &str) {
        self.head(name, "gauge", about);
        self.line(name, "", value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_and_status_and_fall_into_their_buckets() {
        let metrics = Metrics::default();
        let running = metrics.begin();
        for (status, took) in
            [(StatusCode::OK, 1_000), (StatusCode::OK, 1_001), (StatusCode::NOT_FOUND, 9_000)]
        {
            metrics.note(&Method::GET, Some("/api/quotes/{id}"), status, Duration::from_micros(took));
        }
        metrics.note(&Method::GET, None, StatusCode::OK, Duration::from_secs(60));
        let mut text = Text::default();
        metrics.write(&mut text);
        drop(running);
        for line in [
            "huxi_requests_total{method=\"GET\",route=\"/api/quotes/{id}\",status=\"200\"} 2",
            "huxi_requests_total{method=\"GET\",route=\"/api/quotes/{id}\",status=\"404\"} 1",
            "huxi_request_seconds_bucket{method=\"GET\",route=\"/api/quotes/{id}\",le=\"0.001\"} 1",
            "huxi_request_seconds_bucket{method=\"GET\",route=\"/api/quotes/{id}\",le=\"0.0025\"} 2",
            "huxi_request_seconds_bucket{method=\"GET\",route=\"/api/quotes/{id}\",le=\"0.01\"} 3",
            "huxi_request_seconds_sum{method=\"GET\",route=\"/api/quotes/{id}\"} 0.011001",
            "huxi_request_seconds_bucket{method=\"GET\",route=\"other\",le=\"30\"} 0",
            "huxi_request_seconds_bucket{method=\"GET\",route=\"other\",le=\"+Inf\"} 1",
            "huxi_requests_running 1",
        ] {
            assert!(text.0.lines().any(|written| written == line), "{line}\n{}", text.0);
        }
        assert_eq!(metrics.running.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn seconds_are_exact() {
        assert_eq!([0, 1, 1_000_000, 2_500].map(seconds), ["0", "0.000001", "1", "0.0025"]);
    }
}
