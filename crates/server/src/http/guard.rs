//! Foreign pages cannot make a signed-in browser change anything, and strangers cannot ask without end.

use std::net::IpAddr;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::words::{http as words, keys};
use url::Url;

use super::keyed::may_ask;
use super::state::AppState;
use super::who::{address_of, identify};
use crate::problem::Problem;

/// Operations that nobody needs to sign in for.
pub const PUBLIC: &[(&str, &str)] = &[
    ("GET", FRONT),
    ("POST", DOOR),
    ("POST", "/api/setup"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/public/verify/{code}"),
    ("GET", "/api/public/shares/{token}"),
    ("GET", "/api/public/shares/{token}/pdf"),
    ("GET", PICTURES),
    ("POST", "/api/public/shares/{token}/views"),
    ("POST", "/api/public/shares/{token}/accept"),
];

/// What the page to sign in asks for. Whoever asks for public pages without end keeps nobody at the same address out.
const FRONT: &str = "/api/company";
/// Signing in is counted by account, once the account is read.
const DOOR: &str = "/api/session";
/// A page shows many pictures at once: they are counted by themselves.
const PICTURES: &str = "/api/public/shares/{token}/pictures/{file}";

/// Refuses a changing request that another site's page sent.
pub(super) async fn same_origin(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let own = state.options.public_url.as_deref();
    if reads || is_from_here(request.headers(), own) {
        return Ok(next.run(request).await);
    }
    Err(Problem::new(StatusCode::FORBIDDEN, "foreign_page", words::FOREIGN_PAGE))
}

/// Counts requests to what is open to everybody.
pub(super) async fn strangers(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    let public = PUBLIC.iter().any(|(method, open)| request.method() == *method && path == *open);
    if public && path != DOOR {
        let counted = match path {
            PICTURES => &state.pictures,
            FRONT => &state.front,
            _ => &state.strangers,
        };
        let (parts, body) = request.into_parts();
        let address = address_of(&parts, &state.options.trusted_proxies);
        counted.count(&address, Instant::now()).map_err(Problem::slow_down)?;
        return Ok(next.run(Request::from_parts(parts, body)).await);
    }
    Ok(next.run(request).await)
}

/// What is done while looking through another's eyes besides reading: it saves nothing, or ends the looking.
const WHILE_VIEWING: &[(&str, &str)] = &[
    ("DELETE", "/api/session/viewing"),
    ("DELETE", "/api/session"),
    ("POST", "/api/quotes/price"),
    ("POST", "/api/quotes/paste"),
];

/// What is done once the account that was looked through is locked: learning of it, and ending the looking.
const AFTER_THE_LOCK: &[(&str, &str)] =
    &[("GET", "/api/me"), ("DELETE", "/api/session/viewing"), ("DELETE", "/api/session")];

/// Refuses what a key cannot do, and every change while somebody looks through another's eyes.
pub(super) async fn acting(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    let path = path.to_string();
    let public = PUBLIC.iter().any(|(method, open)| request.method() == *method && path == *open);
    if public || !path.starts_with("/api/") {
        return Ok(next.run(request).await);
    }
    let (mut parts, body) = request.into_parts();
    if let Some(who) = identify(&mut parts, &state).await? {
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        if who.key.is_some() {
            may_ask(&who.actor, &path, reads)?;
        }
        let among = |list: &[(&str, &str)]| list.iter().any(|it| parts.method == it.0 && path == it.1);
        let (allowed, after_the_lock) = (among(WHILE_VIEWING), among(AFTER_THE_LOCK));
        if who.locked.is_some() && !after_the_lock {
            return Err(Problem::new(StatusCode::CONFLICT, "viewing_over", keys::VIEWING_OVER));
        }
        if who.viewer.is_some() && !reads && !allowed {
            return Err(Problem::new(StatusCode::FORBIDDEN, "viewing_only", keys::VIEWING_ONLY));
        }
    }
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// Browsers say where a request comes from; programs that say nothing carry no cookie by themselves.
fn is_from_here(headers: &HeaderMap, own: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (site, origin) = (text("sec-fetch-site"), text("origin"));
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let own = own.and_then(|own| Url::parse(own).ok());
    // `null`, and what is no address, is read as no page of anybody.
    let page = origin.and_then(|origin| Url::parse(origin).ok());
    if let (Some(own), Some(page)) = (&own, &page)
        && own.origin() == page.origin()
    {
        return true;
    }
    let host = text(header::HOST.as_str()).unwrap_or_default();
    // A name that somebody else gave to this machine is not ours; a bare address is.
    let named = |url: &Url| url.authority().eq_ignore_ascii_case(host);
    let ours = own.as_ref().is_none_or(named) || is_bare_address(host);
    match (site, origin) {
        (None, None) => true,
        (Some(_), None) => ours || host.is_empty(),
        (_, Some(_)) => ours && !host.is_empty() && page.as_ref().is_some_and(named),
    }
}

/// `192.168.1.5:7010`, `[::1]:7010` or `localhost:7010`: no other site can be behind it.
fn is_bare_address(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|sign| sign.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    #[track_caller]
    fn check(headers: &[(&'static str, &'static str)], allowed: bool) {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        assert_eq!(is_from_here(&headers, Some("https://huxi.example.cn")), allowed, "{headers:?}");
    }

    #[test]
    fn only_our_own_pages_and_programs_may_change_anything() {
        check(&[], true);
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("sec-fetch-site", "cross-site"), ("origin", "https://huxi.example.cn")], false);
        check(&[("origin", "http://127.0.0.1:7010"), ("host", "127.0.0.1:7010")], true);
        check(&[("origin", "http://127.0.0.1:7011"), ("host", "127.0.0.1:7010")], false);
        check(&[("origin", "https://huxi.example.cn"), ("host", "inner:80")], true);
        check(&[("origin", "https://huxi.example.cn:443"), ("host", "inner:80")], true);
        check(&[("origin", "null"), ("host", "")], false);
        check(&[("origin", "null"), ("sec-fetch-site", "same-origin"), ("host", "127.0.0.1:7010")], false);
        check(&[("origin", "http://[::1]:7010"), ("host", "[::1]:7010")], true);
    }

    #[test]
    fn a_name_that_somebody_else_gave_this_machine_is_not_ours() {
        let evil = ("host", "evil.example");
        check(&[("origin", "http://evil.example"), evil], false);
        check(&[("origin", "http://evil.example"), ("sec-fetch-site", "same-origin"), evil], false);
        check(&[("sec-fetch-site", "same-origin"), evil], false);
        check(&[("sec-fetch-site", "same-origin"), ("host", "huxi.example.cn")], true);
        check(&[("sec-fetch-site", "same-origin"), ("host", "localhost:7010")], true);
        check(
            &[("sec-fetch-site", "same-origin"), ("origin", "https://huxi.example.cn"), ("host", "in:80")],
            true,
        );
    }
}
