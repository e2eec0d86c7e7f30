//! Path, query and body of a request; what cannot be read is refused by the name of its field.

use std::fmt;
use std::marker::PhantomData;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::base::{FieldFault, Invalid, NumberFault, Wanted, is_control};
use domain::words::http as words;
use percent_encoding::percent_decode_str;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::state::AppState;
use crate::problem::Problem;

/// A JSON body, in or out.
pub struct Json<T>(pub T);

/// A JSON body under whatever type it is sent: a page that closes cannot say one.
pub struct BareJson<T>(pub T);

/// The variables of the path; one that cannot be read names no record.
pub struct Path<T>(pub T);

/// The variables of the query; unknown ones are refused where the type says so.
pub struct Query<T>(pub T);

/// So much room an answer begins with: most need no more.
const ANSWER_BYTES: usize = 4 << 10;
/// The longest text that is searched for; its name in every query.
const SEARCH_LETTERS_MAX: usize = 100;
const SEARCH: &str = "q";

/// A body without content: `{}` or nothing.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Json<T>, Problem> {
        let body = json_body(request, state).await?;
        read_json(&body).map(Json)
    }
}

impl<T: DeserializeOwned> FromRequest<AppState> for BareJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<BareJson<T>, Problem> {
        let body = Bytes::from_request(request, state).await.map_err(|error| body_unread(error.status()))?;
        read_json(&body).map(BareJson)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut body = Vec::with_capacity(ANSWER_BYTES);
        let done = serde_json::to_writer(&mut body, &self.0);
        written(done.map(|()| body))
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Path<T>, Problem> {
        if percent_decode_str(parts.uri.path()).decode_utf8_lossy().contains(char::is_control) {
            return Err(Problem::not_found());
        }
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Path(value)).map_err(|_| Problem::not_found())
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Query<T>, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Query(read_query(query)?))
    }
}

// What follows is the same for all types that are read and written: compiled once, and not once for each of them.

/// The bytes of a JSON body; none stand for `{}`.
async fn json_body(request: Request, state: &AppState) -> Result<Bytes, Problem> {
    let json = is_json(request.headers());
    let body = Bytes::from_request(request, state).await.map_err(|error| body_unread(error.status()))?;
    if !json && !body.is_empty() {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "wants_json", words::WANTS_JSON));
    }
    Ok(if body.is_empty() { Bytes::from_static(b"{}") } else { body })
}

/// The answer with this body.
fn written(body: serde_json::Result<Vec<u8>>) -> Response {
    match body {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => Problem::internal(error).into_response(),
    }
}

/// Whether this is an object of JSON, without control signs wherever they might stand.
fn look_through(body: &[u8]) -> Result<(), Problem> {
    let whole: Value = serde_json::from_slice(body).map_err(|_| not_json())?;
    if !whole.is_object() {
        return Err(Invalid::one("", FieldFault::WrongType(Wanted::Fields)).into());
    }
    match control_in(&whole, "") {
        Some(path) => Err(Invalid::one(path, FieldFault::ControlSign).into()),
        None => Ok(()),
    }
}

/// A type refused what stands in the body.
fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let inner = error.inner();
    if inner.is_data() { field_of(&error.path().to_string(), &inner.to_string()).into() } else { not_json() }
}

fn not_json() -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "not_json", words::NOT_JSON)
}

/// Reads a query as an operation would; a fault is named by its field.
pub fn read_query<T: DeserializeOwned>(query: &str) -> Result<T, Invalid> {
    check_query(query)?;
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs)
        .map_err(|error| field_of(&error.path().to_string(), &error.inner().to_string()))
}

/// For fields of an edit that can be emptied: absent leaves, null empties. Use with `#[serde(default)]`.
pub fn given<'de, T, D>(value: D) -> Result<Option<Option<T>>, D::Error>
where
    T: serde::Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    Option::<T>::deserialize(value).map(Some)
}

/// Fields with names and nothing else: a list is not read as the fields in their order. Use with `deserialize_with`.
pub fn fields<'de, T, D>(value: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Named::deserialize(value).map(|Named(fields)| fields)
}

/// As `fields`, or null.
pub fn maybe_fields<'de, T, D>(value: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<Named<T>>::deserialize(value).map(|it| it.map(|Named(fields)| fields))
}

/// A list of `fields`.
pub fn list_of_fields<'de, T, D>(value: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let list = Vec::<Named<T>>::deserialize(value)?;
    Ok(list.into_iter().map(|Named(fields)| fields).collect())
}

/// What is read from an object only.
struct Named<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Named<T>, D::Error> {
        value.deserialize_map(ReadNamed(PhantomData))
    }
}

struct ReadNamed<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ReadNamed<T> {
    type Value = Named<T>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Named<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields)).map(Named)
    }
}

/// Every text of a query, whatever it is for: no control signs, and no search without end.
fn check_query(query: &str) -> Result<(), Invalid> {
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let name = name.replace(char::is_control, "");
        if value.contains(char::is_control) {
            return Err(Invalid::one(name, FieldFault::ControlSign));
        }
        if name == SEARCH && value.chars().count() > SEARCH_LETTERS_MAX {
            return Err(Invalid::one(name, FieldFault::TooLong { letters_max: SEARCH_LETTERS_MAX }));
        }
    }
    Ok(())
}

/// The path of the first text or name in `value` that holds a control sign.
fn control_in(value: &Value, path: &str) -> Option<String> {
    match value {
        Value::String(text) => text.contains(is_control).then(|| path.to_string()),
        Value::Array(values) => {
            let mut values = values.iter().enumerate();
            values.find_map(|(place, value)| control_in(value, &format!("{path}[{place}]")))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            if name.contains(char::is_control) {
                return Some(path.to_string());
            }
            control_in(value, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") })
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Reads a JSON object; a fault is named by the path of its field. Only a body in which a text may hold a control sign is
/// looked through for it before.
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if !is_plain_object(body) {
        look_through(body)?;
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| unreadable(&error))?;
    json.end().map_err(|_| not_json())?;
    Ok(value)
}

/// Whether it begins as an object, and holds neither a sign behind a backslash nor a control sign that may stand in a text
/// as it is: the others are no JSON there.
fn is_plain_object(body: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(body) else { return false };
    let hidden = |sign: char| sign == '\\' || ('\u{7f}'..='\u{9f}').contains(&sign);
    text.trim_ascii_start().starts_with('{') && !text.contains(hidden)
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
        // What was sent stands before it, and may hold anything.
        let choices = message.rsplit_once("expected ").map_or("", |(_, choices)| choices);
        let choices: Vec<String> = choices.split('`').skip(1).step_by(2).map(str::to_string).collect();
        let fault = if choices.is_empty() { FieldFault::NoChoice } else { FieldFault::NoneOf { choices } };
        Invalid::one(path, fault)
    } else if is_about_number(message) {
        Invalid::one(path, FieldFault::Number(number_fault(message)))
    } else if message.starts_with("duplicate field") {
        let path = if path.ends_with(named) { path.to_string() } else { beneath(named) };
        Invalid::one(path, FieldFault::Repeated)
    } else {
        Invalid::one(path, FieldFault::WrongType(Wanted::expected_by(message)))
    }
}

/// Whether a number is asked for and something else was sent, or one beyond what the field holds.
fn is_about_number(message: &str) -> bool {
    const NUMBERS: [&str; 8] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
    let expected = message.split("expected ").nth(1).unwrap_or_default();
    let expected = expected.split_whitespace().next().unwrap_or_default();
    NUMBERS.contains(&expected)
        || message.contains("parse")
        || message.contains("digit found in string")
        || message.contains("number too ")
}

fn number_fault(message: &str) -> NumberFault {
    if message.starts_with("invalid value: integer") || message.contains("number too ") {
        NumberFault::TooLarge
    } else if message.contains("floating point") {
        NumberFault::TooManyDecimals(0)
    } else {
        NumberFault::NotANumber
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
    fn of_another_type_it_is_said_what_it_should_be() {
        refused(r#"{"name":1,"lines":[]}"#, "要写文字");
        refused(r#"{"name":null,"lines":[]}"#, "要写文字");
        refused(r#"{"name":"a","lines":"x"}"#, "要写一个列表");
        refused(r#"{"name":"a","lines":[7]}"#, "要写成 JSON 对象");
        refused("[]", "要写成 JSON 对象");
        refused(r#"{"name":"a","name":"b","lines":[]}"#, r#""path":"name""#);
        refused(r#"{"name":"a","name":"b","lines":[]}"#, "重复了");
        assert_eq!(Wanted::expected_by("invalid type: string \"x\", expected a boolean"), Wanted::YesNo);
        assert_eq!(Wanted::expected_by("something else"), Wanted::Other);
    }

    #[test]
    fn of_what_is_no_choice_it_is_said_which_there_are() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Sort {
            Newest,
            Dearest,
        }

        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "only read from JSON")]
        struct Listed {
            sort: Sort,
        }

        for sort in ["x", "`", ", expected `a`"] {
            let problem = read_json::<Listed>(format!("{{\"sort\":\"{sort}\"}}").as_bytes()).err().unwrap();
            assert!(problem.facts_text().contains("只能写：newest、dearest。"), "{problem:?}");
        }
    }

    #[test]
    fn a_control_sign_is_refused_wherever_it_stands() {
        refused("{\"name\":\"a\\u0000\",\"lines\":[]}", r#""path":"name""#);
        refused("{\"name\":\"a\",\"lines\":[{\"qty\":\"\\u001b\"}]}", r#""path":"lines[0].qty""#);
        refused("{\"name\":\"a\",\"lines\":[{\"q\\u0000ty\":\"1\"}]}", r#""path":"lines[0]""#);
        let kept = "{\"name\":\"a\\n\\tb\\r\",\"lines\":[]}";
        assert_eq!(read_json::<Order>(kept.as_bytes()).unwrap().name, "a\n\tb\r");
        assert!(check_query("q=%00").is_err() && check_query("q=%0A").is_err());
        assert_eq!(check_query("q=%E6%BC%86&limit=5"), Ok(()));
    }

    #[test]
    fn only_a_body_that_may_hold_a_control_sign_is_looked_through() {
        for (name, plain) in
            [("a", true), ("乳胶漆 5kg", true), ("{[\\\"]}", false), ("\\u6f06", false), ("\\n", false)]
        {
            let body = format!("{{\"name\":\"{name}\",\"lines\":[{{\"qty\":\"1\"}}]}}");
            assert_eq!(is_plain_object(body.as_bytes()), plain, "{body}");
            assert_eq!(read_json::<Order>(body.as_bytes()).unwrap().lines.len(), 1, "{body}");
        }
        assert!(!is_plain_object(b"[{}]"));
        refused("{\"name\":\"a\u{7f}\",\"lines\":[]}", r#""path":"name""#);
        refused("{\"name\":\"a\u{85}\",\"lines\":[]}", r#""path":"name""#);
        refused("{\"name\":\"a\tb\",\"lines\":[]}", "");
        assert!(is_plain_object(b" {}") && !is_plain_object(b"[{}]") && !is_plain_object(b"{\"a\":\"\\n\"}"));
    }

    #[test]
    fn a_body_is_an_object() {
        for body in ["[]", "[\"a\",[]]", "null", "7"] {
            assert_eq!(read_json::<Order>(body.as_bytes()).err().unwrap().code(), "invalid", "{body}");
        }
    }

    #[test]
    fn a_list_is_no_fields_and_null_is_none_where_nothing_is_asked_for() {
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        struct Off {
            percent: Option<String>,
        }

        #[derive(Debug, Deserialize)]
        struct Sent {
            #[serde(default, deserialize_with = "fields")]
            whole: Off,
            #[serde(default, deserialize_with = "maybe_fields")]
            manual: Option<Off>,
            #[serde(default, deserialize_with = "list_of_fields")]
            lines: Vec<Off>,
        }

        for (body, path) in [
            (r#"{"whole":[]}"#, "whole"),
            (r#"{"whole":["5"]}"#, "whole"),
            (r#"{"whole":null}"#, "whole"),
            (r#"{"manual":[]}"#, "manual"),
            (r#"{"lines":[{},[]]}"#, "lines[1]"),
        ] {
            let told = read_json::<Sent>(body.as_bytes()).err().unwrap().facts_text();
            assert!(told.contains(&format!(r#""path":"{path}""#)), "{body}: {told}");
            assert!(told.contains("要写成 JSON 对象"), "{body}: {told}");
        }
        let unknown = read_json::<Sent>(br#"{"lines":[{},{"x":1}]}"#).err().unwrap().facts_text();
        assert!(unknown.contains(r#""path":"lines[1].x""#), "{unknown}");
        let wrong = read_json::<Sent>(br#"{"whole":{"percent":5}}"#).err().unwrap().facts_text();
        assert!(wrong.contains(r#""path":"whole.percent""#), "{wrong}");
        let body = br#"{"whole":{"percent":"5"},"manual":null,"lines":[{"percent":"3"}]}"#;
        let sent = read_json::<Sent>(body).unwrap();
        assert_eq!((sent.whole.percent.as_deref(), sent.manual.is_none()), (Some("5"), true));
        assert_eq!(sent.lines[0].percent.as_deref(), Some("3"));
        let empty = read_json::<Sent>(b"{}").unwrap();
        assert!(empty.whole.percent.is_none() && empty.lines.is_empty());
    }

    #[test]
    fn no_search_is_longer_than_a_hundred_letters() {
        assert_eq!(check_query(&format!("q={}", "a".repeat(100))), Ok(()));
        let long = check_query(&format!("limit=1&q={}", "%E6%BC%86".repeat(101))).unwrap_err();
        let too_long = FieldFault::TooLong { letters_max: 100 };
        assert_eq!(long, Invalid::one("q", too_long));
    }

    #[test]
    fn a_number_that_is_none_is_said_so() {
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "only read from JSON")]
        struct Counted {
            days: u32,
        }
        let fault = |body: &str| read_json::<Counted>(body.as_bytes()).err().unwrap().facts_text();
        assert!(fault(r#"{"days":"abc"}"#).contains("不是数字"));
        assert!(fault(r#"{"days":1.5}"#).contains("整数"));
        assert!(fault(r#"{"days":99999999999}"#).contains("太大"));
        let query = |text: &str| {
            let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
            let error = serde_path_to_error::deserialize::<_, Counted>(pairs).unwrap_err();
            field_of(&error.path().to_string(), &error.inner().to_string())
        };
        let not = FieldFault::Number(NumberFault::NotANumber);
        assert_eq!(query("days=many"), Invalid::one("days", not));
    }

    #[test]
    fn what_is_no_json_is_said_so() {
        for body in ["{", "", "{} {}", "\u{0}"] {
            let problem = read_json::<Empty>(body.as_bytes()).err().unwrap();
            assert_eq!(problem.code(), "not_json", "{body}");
        }
    }
}
