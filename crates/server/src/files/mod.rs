//! Files that people hand in.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode};
use percent_encoding::percent_decode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, SignedIn};
use crate::problem::Problem;

/// The name travels percent-encoded: headers hold no Chinese.
const NAME: &str = "x-file-name";

/// A file that was taken in.
#[derive(Serialize, ToSchema)]
pub struct UploadedFile {
    /// sha256 of the content, 64 hex digits; how other operations name the file.
    pub file: String,
    pub bytes: i64,
    pub mime: String,
    pub name: String,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(upload)).layer(DefaultBodyLimit::disable())
}

/// Hand in a photo, a scan or a sheet: the raw bytes, told by their content and never by their name.
#[utoipa::path(
    post,
    path = "/api/files",
    params(("X-File-Name" = Option<String>, Header, description = "Percent-encoded name")),
    request_body(content = inline(Vec<u8>), content_type = "application/octet-stream"),
    responses((status = 201, body = UploadedFile))
)]
async fn upload(
    State(state): State<AppState>,
    who: SignedIn,
    headers: HeaderMap,
    request: Request,
) -> Result<(StatusCode, Json<UploadedFile>), Problem> {
    // The layer of keys has read the body within its limit already.
    let content = Bytes::from_request(request, &state).await.map_err(Problem::internal)?;
    let name = headers.get(NAME).map(|value| text_of(value.as_bytes())).unwrap_or_default();
    let kept = app::files::upload(&who.ctx, &who.actor, &name, content.to_vec()).await;
    let kept = kept.map_err(|error| {
        Problem::from(error).with_status_of("file_kind", StatusCode::UNSUPPORTED_MEDIA_TYPE)
    })?;
    let file = UploadedFile { file: kept.hash, bytes: kept.bytes, mime: kept.mime, name: kept.name };
    Ok((StatusCode::CREATED, Json(file)))
}

/// What is no UTF-8 becomes replacement signs.
fn text_of(name: &[u8]) -> String {
    percent_decode(name).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_travel_percent_encoded() {
        assert_eq!(text_of("%E7%AD%BE%E5%AD%97%E9%A1%B5.jpg".as_bytes()), "签字页.jpg");
        assert_eq!(text_of(b"100%.pdf"), "100%.pdf");
        assert_eq!(text_of(b"a%2"), "a%2");
        assert_eq!(text_of(b"%FF"), "\u{FFFD}");
    }
}
