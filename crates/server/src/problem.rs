//! How every refusal and failure looks on the wire: `application/problem+json` with a stable code.

use std::borrow::Cow;

use app::AppError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::AccessRefused;
use domain::base::{Invalid, Refusal, RefusalSort};
use domain::words::http as words;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Whoever asks again for what still runs does so after so long: it mostly ends at once, and after a minute at the latest
/// whoever asks takes it over.
const STILL_RUNNING_SECONDS: i64 = 5;

/// What a handler gives back instead of an answer. The outermost layer writes it, with the trace id.
/// One pointer wide, so that a result that carries it stays small.
#[derive(Clone, Debug)]
pub struct Problem(Box<Facts>);

#[derive(Clone, Debug)]
struct Facts {
    status: StatusCode,
    code: Cow<'static, str>,
    detail: String,
    facts: Value,
    retry_after_seconds: Option<i64>,
    /// For the log, never for a user.
    cause: Option<String>,
}

/// A refusal or failure: what happened and what to do, with its facts as data.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub code: String,
    pub detail: String,
    pub facts: serde_json::Map<String, Value>,
    pub trace_id: String,
}

impl Problem {
    /// A problem of the transport itself.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem(Box::new(Facts {
            status,
            code: Cow::Borrowed(code),
            detail: detail.into(),
            facts: json!({}),
            retry_after_seconds: None,
            cause: None,
        }))
    }

    pub fn with_facts(mut self, facts: Value) -> Problem {
        self.0.facts = facts;
        self
    }

    /// Nobody is signed in.
    pub fn signed_out() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "signed_out", words::SIGNED_OUT)
    }

    /// No such record, or not for this person.
    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not_found", words::NOT_FOUND)
    }

    /// Too often; `seconds` until the next try.
    pub fn slow_down(seconds: i64) -> Problem {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "slow_down", words::SLOW_DOWN).again_after(seconds)
    }

    /// The same key was sent before, and what came of it is not known yet.
    pub fn still_running() -> Problem {
        Problem::new(StatusCode::CONFLICT, "still_running", words::STILL_RUNNING)
            .again_after(STILL_RUNNING_SECONDS)
    }

    /// Says after how many seconds it is worth while to try again.
    fn again_after(mut self, seconds: i64) -> Problem {
        self.0.retry_after_seconds = Some(seconds.max(1));
        self.0.facts = json!({"retry_after_seconds": seconds.max(1)});
        self
    }

    /// The program failed; `cause` goes to the log alone.
    pub fn internal(cause: impl std::fmt::Display) -> Problem {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", words::INTERNAL).caused_by(cause)
    }

    fn caused_by(mut self, cause: impl std::fmt::Display) -> Problem {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// The same problem under another status when its code is `code`.
    pub(crate) fn with_status_of(mut self, code: &str, status: StatusCode) -> Problem {
        if self.code() == code {
            self.0.status = status;
        }
        self
    }

    /// The same failure to somebody who only read: nothing of theirs was to be saved.
    pub(crate) fn of_reading(mut self) -> Problem {
        let detail = match self.code() {
            "internal" => words::INTERNAL_READING,
            "unavailable" => words::UNAVAILABLE_READING,
            "disk_full" => words::DISK_FULL_READING,
            "database_gone" => words::DATABASE_GONE_READING,
            _ => return self,
        };
        self.0.detail = detail.to_string();
        self
    }

    /// The same failure to a customer, who has no administrator: they turn to their salesperson. Nothing is said of what
    /// the request became where nobody knows it.
    pub(crate) fn of_customer(mut self, reads: bool) -> Problem {
        let detail = match self.code() {
            "internal" | "disk_full" | "unavailable" | "database_gone" if !reads => words::CUSTOMER_NOT_SAVED,
            "internal" | "disk_full" | "unavailable" | "database_gone" | "file_missing" | "file_changed" => {
                words::CUSTOMER_NOT_READ
            }
            _ => return self,
        };
        self.0.detail = detail.to_string();
        self
    }

    /// The same failure to somebody who wrote: what was waited for too long may be saved or not. Once a change is
    /// durable (or may be) nobody is told that nothing was saved; `again`: sent again under its key it is not carried
    /// out twice.
    pub(crate) fn of_writing(mut self, durable: bool, again: bool) -> Problem {
        let failed = matches!(
            self.code(),
            "internal" | "unavailable" | "disk_full" | "database_gone" | "file_missing" | "file_changed"
        );
        if self.code() == "timed_out" {
            self.0.detail = words::timed_out(again);
            self.0.facts = json!({"same_key_again": again});
            return self;
        }
        if self.code() != "commit_unknown" && !(durable && failed) {
            return self;
        }
        self.0.status = StatusCode::SERVICE_UNAVAILABLE;
        self.0.code = Cow::Borrowed("commit_unknown");
        self.0.detail = words::commit_unknown(again);
        self.0.facts = json!({"same_key_again": again});
        self
    }

    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The facts as JSON text, for tests.
    #[cfg(test)]
    pub fn facts_text(&self) -> String {
        self.0.facts.to_string()
    }

    /// What the log should know beyond the code.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// The body, as it goes out.
    pub(crate) fn body(&self, trace_id: &str) -> Vec<u8> {
        let status = self.0.status.as_u16();
        let body = ProblemBody {
            kind: format!("/problems/{}", self.0.code),
            title: words::title(status).to_string(),
            status,
            code: self.0.code.to_string(),
            detail: self.0.detail.clone(),
            facts: self.0.facts.as_object().cloned().unwrap_or_default(),
            trace_id: trace_id.to_string(),
        };
        serde_json::to_vec(&body).unwrap_or_default()
    }

    /// The answer with its body.
    pub fn render(&self, trace_id: &str) -> Response {
        let mut response = (self.0.status, self.body(trace_id)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.0.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn of_refusal(refusal: &dyn Refusal) -> Problem {
        let status = match refusal.sort() {
            RefusalSort::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            RefusalSort::Forbidden => StatusCode::FORBIDDEN,
            RefusalSort::State => StatusCode::CONFLICT,
            RefusalSort::Locked => StatusCode::LOCKED,
            RefusalSort::TooMany => StatusCode::TOO_MANY_REQUESTS,
            RefusalSort::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        };
        let facts = refusal.facts();
        Problem(Box::new(Facts {
            status,
            code: Cow::Borrowed(refusal.code()),
            detail: refusal.sentence(),
            retry_after_seconds: facts.get("retry_after_seconds").and_then(Value::as_i64),
            facts,
            cause: None,
        }))
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Problem {
        let (outage, full, unknown) = (error.is_outage(), error.is_disk_full(), error.is_fate_unknown());
        let gone = error.is_database_gone();
        let file = error.is_file_fault().then(|| error.code());
        match error {
            AppError::Refused(refusal) => Problem::of_refusal(refusal.as_ref()),
            AppError::Access(AccessRefused::NotFound) => Problem::not_found(),
            AppError::Access(AccessRefused::Forbidden(right)) => {
                Problem::new(StatusCode::FORBIDDEN, "not_allowed", words::NOT_ALLOWED)
                    .with_facts(json!({"right": right.key()}))
            }
            AppError::Stale { .. } => {
                Problem::new(StatusCode::PRECONDITION_FAILED, "changed_by_other", words::CHANGED_BY_OTHER)
            }
            AppError::Store(failure) if full => {
                Problem::new(StatusCode::INSUFFICIENT_STORAGE, "disk_full", words::DISK_FULL)
                    .caused_by(failure)
            }
            AppError::Store(failure) if gone => {
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "database_gone", words::DATABASE_GONE)
                    .caused_by(failure)
            }
            AppError::Store(failure) if unknown => {
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "commit_unknown", words::COMMIT_UNKNOWN)
                    .caused_by(failure)
            }
            AppError::Store(failure) if outage => {
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", words::UNAVAILABLE)
                    .caused_by(failure)
            }
            AppError::Store(failure) => match file {
                Some(code) => Problem::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    code,
                    words::file_fault(code == "file_missing"),
                )
                .caused_by(failure),
                None => Problem::internal(failure),
            },
        }
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Problem {
        Problem::of_refusal(&invalid)
    }
}

impl IntoResponse for Problem {
    /// Carries the problem to the outermost layer, which knows the trace id and writes the body.
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_for_what_still_runs_is_told_when_to_ask_again() {
        for (problem, seconds) in [(Problem::still_running(), "5"), (Problem::slow_down(0), "1")] {
            assert_eq!(problem.render("t").headers()[header::RETRY_AFTER], seconds, "{problem:?}");
            assert_eq!(problem.facts_text(), format!("{{\"retry_after_seconds\":{seconds}}}"));
        }
    }

    #[test]
    fn whoever_waited_too_long_is_told_what_to_do_next() {
        let late = || Problem::new(StatusCode::GATEWAY_TIMEOUT, "timed_out", words::TIMED_OUT);
        let detail = |problem: Problem| problem.0.detail.clone();
        assert!(detail(late().of_reading()).contains("没有读到内容"));
        for durable in [false, true] {
            let keyed = late().of_writing(durable, true);
            assert_eq!((keyed.status(), keyed.code()), (StatusCode::GATEWAY_TIMEOUT, "timed_out"));
            assert_eq!(keyed.facts_text(), r#"{"same_key_again":true}"#);
            let told = detail(keyed);
            assert!(told.contains("刷新看看") && told.contains("Idempotency-Key"), "{told}");
            let told = detail(late().of_writing(durable, false));
            assert!(told.contains("刷新看看") && !told.contains("Idempotency-Key"), "{told}");
        }
    }

    #[test]
    fn a_customer_is_sent_to_no_administrator_whatever_failed() {
        let of = |status, code, detail: &str| Problem::new(status, code, detail);
        let failures = [
            of(StatusCode::INSUFFICIENT_STORAGE, "disk_full", words::DISK_FULL),
            of(StatusCode::INTERNAL_SERVER_ERROR, "internal", words::INTERNAL),
            of(StatusCode::SERVICE_UNAVAILABLE, "unavailable", words::UNAVAILABLE),
            of(StatusCode::SERVICE_UNAVAILABLE, "database_gone", words::DATABASE_GONE),
            of(StatusCode::SERVICE_UNAVAILABLE, "file_missing", words::file_fault(true)),
            of(StatusCode::SERVICE_UNAVAILABLE, "file_changed", words::file_fault(false)),
        ];
        for failure in failures {
            for told in [
                failure.clone().of_reading().of_customer(true),
                failure.clone().of_writing(false, false).of_customer(false),
                failure.clone().of_writing(true, false).of_customer(false),
            ] {
                assert!(!told.0.detail.contains("管理员"), "{told:?}");
                assert!(!told.0.detail.contains("数据库") && !told.0.detail.contains("磁盘"), "{told:?}");
            }
            let lost = failure.of_writing(true, false).of_customer(false);
            assert_eq!(lost.0.detail, words::COMMIT_UNKNOWN, "nobody knows whether it was saved");
        }
        let refused = of(StatusCode::CONFLICT, "already_signed", "已经签了。").of_customer(false);
        assert_eq!(refused.0.detail, "已经签了。");
    }
}
