//! `Idempotency-Key`: what is sent twice with one key is carried out once and answered twice. A POST must carry one;
//! an edit or a deletion may, so that one whose answer was lost is answered as the first time, not as stale.

use std::time::Duration;

use app::Mark;
use app::idempotency::{self, Begun, Record, RequestKey};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::Actor;
use domain::documents::sha256_hex;
use domain::words::http as words;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Semaphore;
use tracing::Instrument;

use super::extract::body_unread;
use super::state::AppState;
use super::who::{SignedIn, identify};
use crate::problem::Problem;

/// What is never kept under a key: it saves nothing, is counted by its own ids, comes from somebody who is not signed
/// in, or answers with a secret that must not be kept.
pub const WITHOUT_KEY: &[&str] = &[
    "/api/session",
    "/api/setup",
    "/api/quotes/price",
    "/api/quotes/paste",
    "/api/activity",
    "/api/keys",
    "/api/webhooks",
    "/api/webhooks/{id}/secret",
    "/api/quotes/{id}/shares",
    "/api/quotes/{id}/shares/{share}/code",
    "/api/public/shares/{token}/views",
    "/api/public/shares/{token}/accept",
];
/// Operations that answer by themselves when they are sent again: an edit knows its repetition by the version it was made
/// on, a beginning by the record that it made. Nothing is claimed for them and no answer is kept; their change notes the key
/// in its own transaction. A draft saves itself every few seconds, and its answer is all of it.
const KNOWN_AGAIN: &[(&str, &str)] = &[("PUT", "/api/quotes/{id}"), ("POST", "/api/quotes")];
/// The one path whose body may be large.
pub(super) const FILES: &str = "/api/files";
/// A longer answer is not kept; asking again says that it was done.
const ANSWER_BYTES_MAX: usize = 4 << 20;
/// Large bodies are read so many at a time.
const UPLOADS_AT_ONCE: usize = 8;
const UPLOAD_WAIT: Duration = Duration::from_secs(30);
const KEY_LETTERS: std::ops::RangeInclusive<usize> = 8..=100;
const KEY: &str = "idempotency-key";

static UPLOADS: Semaphore = Semaphore::const_new(UPLOADS_AT_ONCE);

/// What stands in the first line of an answer that is kept: with what whoever got it might do and see then. The body
/// follows as it was sent.
#[derive(Serialize, Deserialize)]
struct KeptHead {
    #[serde(default)]
    rights: String,
    kind: Option<String>,
    etag: Option<String>,
    /// Of an answer that an older program kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    body: String,
}

impl KeptHead {
    /// Head and body of a kept answer; `None` where none was kept.
    fn read(answer: &str) -> Option<(KeptHead, String)> {
        let Some((head, body)) = answer.split_once('\n') else {
            let mut old: KeptHead = serde_json::from_str(answer).ok()?;
            let body = std::mem::take(&mut old.body);
            return Some((old, body));
        };
        Some((serde_json::from_str(head).ok()?, body.to_string()))
    }
}

/// Carries a request out once for each key of each person.
pub(super) async fn once(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_string());
    let matched = matched.unwrap_or_default();
    if !is_keyed(&request) || WITHOUT_KEY.contains(&matched.as_str()) {
        return Ok(next.run(request).await);
    }
    let (mut parts, body) = request.into_parts();
    let who = identify(&mut parts, &state).await?.ok_or_else(Problem::signed_out)?;
    let key = idempotency::request_key(who.actor.person, parts.uri.path(), key_of(&parts)?);
    let body = read_body(&state, &matched, body).await?;
    let key = (key, fingerprint(&parts, &body));
    if KNOWN_AGAIN.contains(&(parts.method.as_str(), matched.as_str())) {
        by_itself(&state, who, key, (parts, body), next).await
    } else {
        claimed(&state, who, key, (parts, body), next).await
    }
}

/// Carries out what answers by itself when it is sent again. It is not held together when the browser goes away: its one
/// change is there whole with its key, or not at all.
async fn by_itself(
    state: &AppState,
    who: SignedIn,
    (key, hash): (RequestKey, String),
    (mut parts, body): (Parts, Bytes),
    next: Next,
) -> Result<Response, Problem> {
    let (known, now) = idempotency::known(&state.ctx, &key, &hash, who.clock()).await?;
    let (mark, record) = match known {
        None => (Some(Mark::with_change(hash, now)), None),
        Some(Begun::DoneWithoutAnswer { record: Some(record) }) => {
            (Some(Mark::Done(record.clone())), Some(record))
        }
        // An edit that makes no record is stale by its own doing, and says how its record stands.
        Some(Begun::DoneWithoutAnswer { record: None } | Begun::Answered { .. })
            if parts.method != Method::POST =>
        {
            (None, None)
        }
        // Its key went with another body, or an older program has claimed it or kept its answer.
        Some(_) => return claimed(state, who, (key, hash), (parts, body), next).await,
    };
    if let Some(mark) = mark {
        parts.extensions.insert(who.with_ctx(who.ctx.for_request(key, mark)));
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    match record {
        Some(record) if response.status() == StatusCode::NOT_FOUND => {
            Err(answer_lost(state, Some(record)).await)
        }
        Some(_) | None => Ok(response),
    }
}

/// Carries out what is claimed under its key before, and whose answer is kept.
async fn claimed(
    state: &AppState,
    who: SignedIn,
    (key, hash): (RequestKey, String),
    (mut parts, body): (Parts, Bytes),
    next: Next,
) -> Result<Response, Problem> {
    let begun = idempotency::begin(&state.ctx, &key, &hash, who.clock()).await?;
    match for_today(begun, &who.actor) {
        Begun::Fresh => {
            parts.extensions.insert(who.with_ctx(who.ctx.for_request(key.clone(), Mark::Claimed)));
            carry_out(state, key, Request::from_parts(parts, Body::from(body)), next).await
        }
        Begun::Answered { status, answer } => Ok(again(status, &answer)),
        Begun::Running => Err(Problem::still_running()),
        Begun::DoneWithoutAnswer { record } => Err(answer_lost(state, record).await),
        Begun::OtherBody => {
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key_reused", words::KEY_REUSED))
        }
    }
}

/// A POST is kept under its key, and refused without one; edits and deletions are where they carry one.
fn is_keyed(request: &Request) -> bool {
    let method = request.method();
    let may = matches!(*method, Method::PUT | Method::PATCH | Method::DELETE);
    method == Method::POST || (may && request.headers().contains_key(KEY))
}

/// Whether this request may be sent again under its key without being carried out twice.
pub(super) fn is_safe_again(request: &Request, matched: &str) -> bool {
    is_keyed(request) && request.headers().contains_key(KEY) && !WITHOUT_KEY.contains(&matched)
}

/// What must be the same under one key: the body; of an edit also what is done, and on which version.
fn fingerprint(parts: &Parts, body: &Bytes) -> String {
    if parts.method == Method::POST {
        return sha256_hex(body);
    }
    let version = parts.headers.get(header::IF_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let asked = [parts.method.as_str().as_bytes(), query, version, body.as_ref()];
    sha256_hex(&asked.join(&b'\n'))
}

/// A kept answer is for whoever may see today what they might see then; of others it is said that it was done, no more.
fn for_today(begun: Begun, actor: &Actor) -> Begun {
    let is_theirs =
        |answer: &str| KeptHead::read(answer).is_some_and(|(kept, _)| kept.rights == rights_of(actor));
    if matches!(&begun, Begun::Answered { answer, .. } if !is_theirs(answer)) {
        return Begun::DoneWithoutAnswer { record: None };
    }
    begun
}

/// What somebody may do and see: another place in the company or another right makes it another.
fn rights_of(actor: &Actor) -> String {
    sha256_hex(format!("{:?} {} {:?}", actor.org, actor.org_path, actor.grants).as_bytes())
}

/// Says where to look at what was done.
async fn answer_lost(state: &AppState, record: Option<Record>) -> Problem {
    let problem = |detail: String| Problem::new(StatusCode::CONFLICT, "answer_lost", detail);
    let Some(record) = record else { return problem(words::answer_lost(None)) };
    // Even without the name the answer is that it was done.
    let name = idempotency::name_of(&state.ctx, &record).await.unwrap_or_default();
    problem(words::answer_lost(Some((&record.entity, name.as_deref()))))
        .with_facts(json!({"entity": record.entity, "id": record.id, "name": name}))
}

/// Runs to its end even when the browser goes away, so that the answer waits for the next try.
async fn carry_out(
    state: &AppState,
    key: RequestKey,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let ctx = state.ctx.clone();
    let rights = request.extensions().get::<SignedIn>().map(|who| rights_of(&who.actor)).unwrap_or_default();
    let kept = move |headers: &header::HeaderMap, body: &Bytes| kept(&rights, headers, body);
    let work = async move {
        // A panic must free the key too.
        let response = tokio::spawn(next.run(request).in_current_span()).await;
        let response = response.unwrap_or_else(|error| Problem::internal(error).into_response());
        if !response.status().is_success() {
            if let Err(error) = idempotency::forget(&ctx, &key).await {
                tracing::warn!(?error, "the key of a refused request could not be freed");
            }
            return response;
        }
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return Problem::internal("an answer broke off").into_response();
        };
        if let Some(kept) = kept(&parts.headers, &body)
            && let Err(error) = idempotency::answer(&ctx, &key, parts.status.as_u16(), &kept).await
        {
            tracing::warn!(?error, "an answer could not be kept");
        }
        Response::from_parts(parts, Body::from(body))
    };
    tokio::spawn(work.in_current_span()).await.map_err(Problem::internal)
}

async fn read_body(state: &AppState, matched: &str, body: Body) -> Result<Bytes, Problem> {
    let too_big = |bytes_max: usize| {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_big", words::file_too_big(bytes_max))
            .with_facts(json!({"max_bytes": bytes_max}))
    };
    if matched == FILES {
        let bytes_max = state.options.upload_bytes_max;
        let busy = || Problem::slow_down(5);
        let place = tokio::time::timeout(UPLOAD_WAIT, UPLOADS.acquire()).await;
        let _place = place.map_err(|_| busy())?.map_err(|_| busy())?;
        return to_bytes(body, bytes_max).await.map_err(|_| too_big(bytes_max));
    }
    to_bytes(body, super::JSON_BYTES_MAX).await.map_err(|_| body_unread(StatusCode::PAYLOAD_TOO_LARGE))
}

fn key_of(parts: &Parts) -> Result<&str, Problem> {
    let refused = |code, detail| Problem::new(StatusCode::BAD_REQUEST, code, detail);
    let Some(value) = parts.headers.get(KEY) else {
        return Err(refused("key_missing", words::KEY_MISSING));
    };
    let key = value.to_str().unwrap_or_default().trim();
    let plain = key.bytes().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_'));
    if plain && KEY_LETTERS.contains(&key.len()) {
        Ok(key)
    } else {
        Err(refused("key_unfit", words::KEY_UNFIT))
    }
}

fn kept(rights: &str, headers: &header::HeaderMap, body: &Bytes) -> Option<String> {
    if body.len() > ANSWER_BYTES_MAX {
        return None;
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_string);
    let body = std::str::from_utf8(body).ok()?;
    let (kind, etag) = (text(header::CONTENT_TYPE), text(header::ETAG));
    let head = KeptHead { rights: rights.to_string(), kind, etag, body: String::new() };
    Some(serde_json::to_string(&head).ok()? + "\n" + body)
}

fn again(status: u16, answer: &str) -> Response {
    let Some((kept, body)) = KeptHead::read(answer) else {
        return Problem::new(StatusCode::CONFLICT, "answer_lost", words::answer_lost(None)).into_response();
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, value) in [(header::CONTENT_TYPE, kept.kind), (header::ETAG, kept.etag)] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}
