//! What a program may change with a key: asked before anything of the request is read.

use app::AppError;
use axum::http::StatusCode;
use domain::access::{AccessRefused, Actor, Right};
use domain::words::keys;

use crate::problem::Problem;

/// What is not done with a key: it concerns the person behind the screen.
pub const NOT_WITH_KEY: &[&str] = &[
    "/api/session",
    "/api/sessions",
    "/api/session/viewing",
    "/api/me/password",
    "/api/me/guide",
    "/api/me/notices",
    "/api/notices/read",
    "/api/notices/{id}/read",
    "/api/list-views",
    "/api/list-views/{id}",
    "/api/keys",
    "/api/keys/{id}",
];

/// By the beginning of a path: a key that changes something there carries one of these rights. Which of them, and how far
/// it reaches, is asked by the use-case. What stands nowhere here is changed by no key.
const CHANGES: &[(&str, &[Right])] = &[
    ("/api/activity", &[Right::QuoteRead]),
    ("/api/backups", &[Right::CompanyWrite]),
    ("/api/categories", &[Right::ProductWrite]),
    ("/api/clock", &[Right::CompanyWrite]),
    ("/api/company", &[Right::CompanyWrite]),
    ("/api/config", &[Right::ConfigEdit, Right::ConfigPublish, Right::ConfigVoid]),
    ("/api/customers", &[Right::CustomerWrite, Right::CustomerAssign]),
    ("/api/files", &[Right::FilesWrite]),
    ("/api/orgs", &[Right::PeopleWrite]),
    ("/api/people", &[Right::PeopleWrite]),
    ("/api/products", &[Right::ProductWrite]),
    ("/api/quote-sets", &[Right::QuoteWrite, Right::QuoteSetShare]),
    ("/api/quotes", &[Right::QuoteWrite, Right::QuoteIssue, Right::QuoteSign, Right::QuoteReleaseVoid]),
    ("/api/rules", &[Right::ConfigPublish]),
    // One's own tasks are done by the person; what goes round among others is given to a program with this right.
    ("/api/tasks", &[Right::TaskManage]),
    ("/api/webhooks", &[Right::WebhooksWrite]),
];

/// Refuses what a key does not do: a change without one of the rights for it, and what concerns the person.
pub(super) fn may_ask(actor: &Actor, path: &str, reads: bool) -> Result<(), Problem> {
    let not_with_key = || Err(Problem::new(StatusCode::FORBIDDEN, "not_with_key", keys::NOT_WITH_KEY));
    if NOT_WITH_KEY.contains(&path) {
        return not_with_key();
    }
    if reads {
        return Ok(());
    }
    let within =
        |begin: &str| path.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    match CHANGES.iter().find(|(begin, _)| within(begin)) {
        Some((_, rights)) if rights.iter().any(|right| actor.has(*right)) => Ok(()),
        Some((_, [right, ..])) => Err(AppError::from(AccessRefused::Forbidden(*right)).into()),
        Some(_) | None => not_with_key(),
    }
}
