//! The web, embedded: pages without a file of their own are index.html, a missing part is 404.

use std::borrow::Cow;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::base::hex;
use domain::words::http as words;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::problem::Problem;

/// Digits of a tag that tells two contents apart.
const TAG_DIGITS: usize = 16;
const INDEX: &str = "index.html";
/// What stands between the browser and a new version must never be an old one.
const ALWAYS_NEW: [&str; 4] = [INDEX, "sw.js", "offline.html", "manifest.webmanifest"];
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const AN_HOUR: &str = "public, max-age=3600";
const ASK_FIRST: &str = "no-cache";

/// What `npm run build` made; empty when the web has not been built.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Web;

/// Answers whatever is no operation of the interface.
pub(crate) async fn fallback(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return Problem::new(StatusCode::NOT_FOUND, "not_found", words::NO_SUCH_ADDRESS).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return not_allowed().await;
    }
    let name = if is_part(path) { path } else { INDEX };
    match found(name, request.headers()) {
        Some(response) => response,
        None => Problem::new(StatusCode::NOT_FOUND, "not_found", words::NO_SUCH_ADDRESS).into_response(),
    }
}

/// A page of the web at an address that looks like the interface's.
pub(crate) async fn page(request: Request) -> Response {
    let missing = || Problem::new(StatusCode::NOT_FOUND, "not_found", words::NO_SUCH_ADDRESS).into_response();
    found(INDEX, request.headers()).unwrap_or_else(missing)
}

/// Answers a method that the address does not know.
pub(crate) async fn not_allowed() -> Response {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", words::METHOD_NOT_ALLOWED)
        .into_response()
}

/// Files have an ending; everything else is a page of the app.
fn is_part(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

fn found(name: &str, asked: &HeaderMap) -> Option<Response> {
    let file = Web::get(name)?;
    let tag = tag_of(&file);
    let same = asked.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let packed = if takes_brotli(asked) { Web::get(&format!("{name}.br")) } else { None };
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        bytes_of(packed.as_ref().unwrap_or(&file).data.clone()).into_response()
    };
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, kind_of(name));
    set(header::CACHE_CONTROL, keeping_of(name));
    set(header::ETAG, &tag);
    set(header::VARY, "accept-encoding");
    if packed.is_some() && !same {
        set(header::CONTENT_ENCODING, "br");
    }
    Some(response)
}

fn bytes_of(data: Cow<'static, [u8]>) -> axum::body::Bytes {
    match data {
        Cow::Borrowed(bytes) => axum::body::Bytes::from_static(bytes),
        Cow::Owned(bytes) => axum::body::Bytes::from(bytes),
    }
}

fn tag_of(file: &EmbeddedFile) -> String {
    let hash = hex(file.metadata.sha256_hash());
    format!("\"{}\"", hash.get(..TAG_DIGITS).unwrap_or(&hash))
}

fn takes_brotli(asked: &HeaderMap) -> bool {
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted
        .unwrap_or_default()
        .split(',')
        .any(|part| part.split(';').next().unwrap_or_default().trim() == "br")
}

/// Parts carry a hash in their name; the page itself and the worker beside it must always be the newest.
fn keeping_of(name: &str) -> &'static str {
    if name.starts_with("assets/") {
        FOR_EVER
    } else if ALWAYS_NEW.contains(&name) {
        ASK_FIRST
    } else {
        AN_HOUR
    }
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_app_have_no_ending_and_parts_have_one() {
        for page in ["", "quotes", "quotes/12", "v/AB12-CD34"] {
            assert!(!is_part(page), "{page}");
        }
        for part in ["assets/index-1a2b.js", "favicon.ico", "index.html"] {
            assert!(is_part(part), "{part}");
        }
    }

    #[test]
    fn only_parts_with_a_hash_in_their_name_are_kept_for_ever() {
        assert_eq!(keeping_of("assets/index-1a2b.js"), FOR_EVER);
        assert_eq!(keeping_of("index.html"), ASK_FIRST);
        assert_eq!(keeping_of("favicon.ico"), AN_HOUR);
        assert_eq!(keeping_of("icons/icon-192.png"), AN_HOUR);
        for fresh in ["sw.js", "offline.html", "manifest.webmanifest"] {
            assert_eq!(keeping_of(fresh), ASK_FIRST, "{fresh}");
        }
    }

    #[test]
    fn what_installs_the_app_is_sent_as_what_it_is() {
        assert_eq!(kind_of("manifest.webmanifest"), "application/manifest+json");
        assert_eq!(kind_of("sw.js"), "text/javascript; charset=utf-8");
        assert_eq!(kind_of("icons/maskable-512.png"), "image/png");
    }
}
