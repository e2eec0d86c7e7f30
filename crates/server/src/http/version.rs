//! `ETag` and `If-Match`: nobody overwrites what they have not seen.

use std::future::Future;

use app::{AppError, Ctx};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::words::http as words;
use serde::Serialize;
use serde_json::json;

use super::extract::Json;
use super::state::AppState;
use crate::problem::Problem;

/// PUTs and PATCHes that name no version: what they write does not lean on what stood there.
pub const WITHOUT_VERSION: &[(&str, &str)] = &[
    ("PUT", "/api/me/guide"),
    ("PUT", "/api/session/viewing"),
    ("PATCH", "/api/config/items/{id}"),
    ("PUT", "/api/customers/{id}/item_codes"),
    ("PUT", "/api/quote-sets/order"),
    ("PUT", "/api/me/notices"),
];

/// The version that the edit was made on, from `If-Match`; without it the edit is refused.
pub struct IfMatch(pub i64);

/// The same, where the header may be left out.
pub struct IfMatchMaybe(pub Option<i64>);

/// A resource with its version as `ETag`.
pub struct Versioned<T>(pub i64, pub T);

impl FromRequestParts<AppState> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<IfMatch, Problem> {
        version_of(parts)?.map(IfMatch).ok_or_else(missing)
    }
}

impl FromRequestParts<AppState> for IfMatchMaybe {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<IfMatchMaybe, Problem> {
        version_of(parts).map(IfMatchMaybe)
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.1).into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.0)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// The outcome of an edit; when somebody was first, with the whole resource as it is now and who changed it.
pub async fn or_current<T, C: Serialize>(
    outcome: Result<T, AppError>,
    current: impl Future<Output = Result<(C, Option<String>), Problem>>,
) -> Result<T, Problem> {
    match outcome {
        Err(stale @ AppError::Stale { .. }) => {
            let (current, changed_by) = current.await?;
            let facts = json!({"current": current, "changed_by": changed_by});
            Err(Problem::from(stale).with_facts(facts))
        }
        other => other.map_err(Problem::from),
    }
}

/// Who last did something to a record, for `facts.changed_by`.
pub async fn changed_by(ctx: &Ctx, entity: &str, id: i64) -> Result<Option<String>, Problem> {
    Ok(app::events::last_actor(ctx, entity, id).await?)
}

fn missing() -> Problem {
    Problem::new(StatusCode::PRECONDITION_REQUIRED, "version_missing", words::VERSION_MISSING)
}

fn unfit() -> Problem {
    Problem::new(StatusCode::PRECONDITION_REQUIRED, "version_missing", words::VERSION_UNFIT)
}

/// `"7"`, `W/"7"` or `7`; anything else is no version.
fn version_of(parts: &Parts) -> Result<Option<i64>, Problem> {
    let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let bare = text.strip_prefix("W/").unwrap_or(text).trim_matches('"');
    bare.parse().map(Some).map_err(|_| unfit())
}
