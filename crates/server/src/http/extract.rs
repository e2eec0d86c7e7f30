//! Path, query and body of a request; what cannot be read is refused by the name of its field.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::base::{FieldFault, Invalid};
use domain::words::http as words;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::state::AppState;
use crate::problem::Problem;

/// A JSON body, in or out.
pub struct Json<T>(pub T);

/// The variables of the path; one that cannot be read names no record.
pub struct Path<T>(pub T);

/// The variables of the query; unknown ones are refused where the type says so.
pub struct Query<T>(pub T);

/// A body without content: `{}` or nothing.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Json<T>, Problem> {
        let json = is_json(request.headers());
        let body = Bytes::from_request(request, state).await.map_err(|error| body_unread(error.status()))?;
        if !json && !body.is_empty() {
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "wants_json", words::WANTS_JSON));
        }
        let body = if body.is_empty() { Bytes::from_static(b"{}") } else { body };
        read_json(&body).map(Json)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => Problem::internal(error).into_response(),
        }
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Path<T>, Problem> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Path(value)).map_err(|_| Problem::not_found())
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Query<T>, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs)
            .map(Query)
            .map_err(|error| field_of(&error.path().to_string(), &error.inner().to_string()).into())
    }
}

/// For fields of an edit that can be emptied: absent leaves, null empties. Use with `#[serde(default)]`.
pub fn given<'de, T, D>(value: D) -> Result<Option<Option<T>>, D::Error>
where
    T: serde::Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    Option::<T>::deserialize(value).map(Some)
}

/// Reads JSON; a fault is named by the path of its field.
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let not_json = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "not_json", words::NOT_JSON);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let inner = error.inner();
        if inner.is_data() {
            field_of(&error.path().to_string(), &inner.to_string()).into()
        } else {
            not_json()
        }
    })?;
    json.end().map_err(|_| not_json())?;
    Ok(value)
}

/// A body that did not arrive whole: too big, or cut off.
pub(super) fn body_unread(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let bytes_max = super::JSON_BYTES_MAX;
        return Problem::new(status, "body_too_big", words::body_too_big(bytes_max))
            .with_facts(serde_json::json!({"max_bytes": bytes_max}));
    }
    Problem::new(StatusCode::BAD_REQUEST, "not_json", words::NOT_JSON)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json"
}

/// The reader's own words are English and name our types: only what they mean goes out.
fn field_of(path: &str, message: &str) -> Invalid {
    let path = if path == "." || path == "?" { "" } else { path };
    let named = message.split('`').nth(1).unwrap_or_default();
    let beneath = |name: &str| if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
    if message.starts_with("unknown field") {
        // The path ends in the unknown name already.
        let path = if path.ends_with(named) { path.to_string() } else { beneath(named) };
        Invalid::one(path, FieldFault::UnknownName)
    } else if message.starts_with("missing field") {
        Invalid::one(beneath(named), FieldFault::Missing)
    } else if message.starts_with("unknown variant") {
        Invalid::one(path, FieldFault::NoChoice)
    } else {
        Invalid::one(path, FieldFault::WrongType)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read from JSON")]
    struct Order {
        name: String,
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read from JSON")]
    struct Line {
        qty: String,
    }

    #[track_caller]
    fn refused(body: &str, expected: &str) {
        let problem = read_json::<Order>(body.as_bytes()).err().unwrap();
        assert!(problem.facts_text().contains(expected), "{problem:?}");
        assert_eq!(problem.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[test]
    fn a_fault_is_named_by_the_path_of_its_field() {
        refused(r#"{"name":"a","lines":[{"qty":"1"},{"qty":2}]}"#, r#""path":"lines[1].qty""#);
        refused(r#"{"name":"a","lines":[{"qty":"1","price":"2"}]}"#, r#""path":"lines[0].price""#);
        refused(r#"{"lines":[]}"#, r#""path":"name""#);
        refused(r#"{"name":"a","lines":[{}]}"#, r#""path":"lines[0].qty""#);
        refused(r#"{"name":"a","lines":[],"x":1}"#, r#""path":"x""#);
    }

    #[test]
    fn what_is_no_json_is_said_so() {
        for body in ["{", "", "{} {}", "\u{0}"] {
            let problem = read_json::<Empty>(body.as_bytes()).err().unwrap();
            assert_eq!(problem.code(), "not_json", "{body}");
        }
    }
}
