//! Pictures by the hash of their content: a browser that has one needs it never again.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// What the address names never changes; kept by the reader's own browser and by nothing between.
const KEEP: &str = "private, max-age=31536000, immutable";

/// A JPEG, or the word that the browser has it already.
pub(crate) struct PictureBytes {
    content: Option<Bytes>,
    tag: HeaderValue,
}

/// The picture `file` for a browser that may have it already.
pub(crate) fn picture_bytes(asked: &HeaderMap, file: &str, content: Vec<u8>) -> PictureBytes {
    let plain = HeaderValue::from_static("\"\"");
    let tag = HeaderValue::from_str(&format!("\"{file}\"")).unwrap_or(plain);
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|had| *had == tag);
    PictureBytes { content: (!known).then(|| Bytes::from(content)), tag }
}

impl IntoResponse for PictureBytes {
    fn into_response(self) -> Response {
        let mut response = match self.content {
            Some(content) => content.into_response(),
            None => StatusCode::NOT_MODIFIED.into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEEP));
        headers.insert(header::ETAG, self.tag);
        response
    }
}
