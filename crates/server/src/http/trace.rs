//! Every request gets a trace id, a line in the log, a limit of time and the headers that browsers need.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::{Changed, Random};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::base::hex;
use domain::words::http as words;
use tracing::Instrument;

use super::once::{FILES, is_safe_again};
use super::state::AppState;
use crate::problem::Problem;

/// The header that carries the trace id.
pub const TRACE_ID: HeaderName = HeaderName::from_static("x-trace-id");
/// What customers open, who are nobody of the company.
const CUSTOMERS: &str = "/api/public/";
const TIME_MAX: Duration = Duration::from_secs(60);
/// A phone on a bad line needs minutes for a photo.
const UPLOAD_TIME_MAX: Duration = Duration::from_secs(600);

/// While the database is away or the disk full, every request fails alike: so often one of them is told as an error.
const OUTAGE_TOLD_EVERY: Duration = Duration::from_secs(10);
static OUTAGE_TOLD: Outage = Outage(Mutex::new(None));

const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// Half a year: browsers that came once over https do not ask over http again. Said over http it counts for nothing.
const HTTPS_ONLY: &str = "max-age=15552000";

static HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The outermost layer: writes problems with their trace id, and logs each request once.
pub(super) async fn trace(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let trace_id = new_trace_id();
    let method = request.method().clone();
    let path = request.uri().path().to_string();
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_string());
    let again = is_safe_again(&request, matched.as_deref().unwrap_or_default());
    let changed = Changed::default();
    request.extensions_mut().insert(changed.clone());
    let limit = if path == FILES { UPLOAD_TIME_MAX } else { TIME_MAX };
    // Every line that is logged on the way carries the id too.
    let span = tracing::info_span!("request", trace_id);
    let running = state.metrics.begin();
    let response = match tokio::time::timeout(limit, next.run(request).instrument(span)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::GATEWAY_TIMEOUT, "timed_out", words::TIMED_OUT).into_response(),
    };
    let reads = matches!(method, Method::GET | Method::HEAD);
    let problem = response.extensions().get::<Problem>().cloned();
    let problem = problem.map(|problem| {
        let told = if reads { problem.of_reading() } else { problem.of_writing(changed.is_durable(), again) };
        if path.starts_with(CUSTOMERS) { told.of_customer(reads) } else { told }
    });
    let mut response = match &problem {
        Some(problem) => with_headers_of(&response, problem.render(&trace_id)),
        None => response,
    };
    dress(&mut response, (&path, &trace_id), state.is_secure());
    drop(running);
    state.metrics.note(&method, matched.as_deref(), response.status(), started.elapsed());
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    log(&method, matched.as_deref().unwrap_or(&path), &response, problem.as_ref(), &trace_id, milliseconds);
    response
}

pub(crate) fn new_trace_id() -> String {
    let bytes = Random::System.bytes::<8>().unwrap_or_default();
    hex(bytes)
}

/// A problem may have been given headers on its way out (`Set-Cookie`): they stay.
fn with_headers_of(first: &Response, mut rendered: Response) -> Response {
    for (name, value) in first.headers() {
        if !rendered.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            rendered.headers_mut().append(name.clone(), value.clone());
        }
    }
    rendered
}

fn dress(response: &mut Response, (path, trace_id): (&str, &str), secure: bool) {
    let headers = response.headers_mut();
    for (name, value) in &HEADERS {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), HeaderValue::from_static(value));
        }
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY));
    }
    if path.starts_with("/api/") && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(value) = HeaderValue::from_str(trace_id) {
        headers.insert(TRACE_ID, value);
    }
}

fn log(method: &Method, path: &str, response: &Response, problem: Option<&Problem>, trace_id: &str, ms: u64) {
    let status = response.status().as_u16();
    let code = problem.map(Problem::code).unwrap_or_default();
    match problem.and_then(Problem::cause) {
        Some(cause) if OUTAGE_TOLD.is_news(code, Instant::now()) => {
            tracing::error!(%method, path, status, code, trace_id, ms, cause, "request failed");
        }
        Some(cause) => {
            tracing::info!(%method, path, status, code, trace_id, ms, cause, "request failed like those before");
        }
        None if path.starts_with("/api/") => {
            tracing::info!(%method, path, status, code, trace_id, ms, "request");
        }
        None => tracing::debug!(%method, path, status, trace_id, ms, "request"),
    }
}

/// When a request that failed because of what stands behind the program was told as an error for the last time.
struct Outage(Mutex<Option<Instant>>);

impl Outage {
    /// Whether a request that failed with this code at `now` is told as an error: always, but for what all fail of.
    fn is_news(&self, code: &str, now: Instant) -> bool {
        if !matches!(code, "unavailable" | "disk_full" | "database_gone") {
            return true;
        }
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = told.is_none_or(|told| now.saturating_duration_since(told) >= OUTAGE_TOLD_EVERY);
        if due {
            *told = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_the_database_is_away_one_request_in_ten_seconds_is_an_error_and_a_fault_of_ours_always() {
        let (outage, begun) = (Outage(Mutex::new(None)), Instant::now());
        let at = |ms: u64| begun + Duration::from_millis(ms);
        assert!(outage.is_news("unavailable", at(0)));
        assert!(!outage.is_news("unavailable", at(1)));
        assert!(!outage.is_news("disk_full", at(9_999)));
        assert!(outage.is_news("internal", at(5)) && outage.is_news("internal", at(6)));
        assert!(outage.is_news("unavailable", at(10_000)));
        assert!(!outage.is_news("unavailable", at(19_999)));
        assert!(outage.is_news("disk_full", at(20_000)));
    }
}
