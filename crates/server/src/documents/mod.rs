//! PDFs as they are opened in the browser, and the public question whether a paper is genuine.

mod picture;
mod preview;

pub(crate) use picture::{PictureBytes, picture_bytes};

use app::documents;
use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::base::QuoteId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, Path, SignedIn, Visitor};
use crate::problem::Problem;

/// What anybody with the code may know of a quotation.
#[derive(Serialize, ToSchema)]
pub struct VerifiedQuote {
    pub company: String,
    pub number: String,
    pub revision: i64,
    pub day: String,
    pub customer_masked: String,
    pub total: String,
    pub state: String,
    pub valid_until: String,
    pub hash: String,
    /// To compare with the file at hand; null while the PDF has not been made.
    pub pdf_sha256: Option<String>,
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file that the browser shows instead of saving.
pub(crate) struct Inline {
    content: Bytes,
    mime: HeaderValue,
    disposition: HeaderValue,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(pdf)).routes(routes!(verify)).merge(preview::routes())
}

/// The sealed PDF of an issued quotation.
#[utoipa::path(get, path = "/api/quotes/{id}/pdf", params(("id" = i64, Path)),
    responses((status = 200, description = "The PDF", content_type = "application/pdf")))]
async fn pdf(who: SignedIn, Path(id): Path<i64>) -> Result<Inline, Problem> {
    let file = documents::pdf_of_quote(&who.ctx, &who.actor, QuoteId(id)).await?;
    Ok(inline(file.content, "application/pdf", &file.name))
}

/// What a quotation's paper should say; needs its code, no sign-in.
#[utoipa::path(get, path = "/api/public/verify/{code}", params(("code" = String, Path)),
    responses((status = 200, body = VerifiedQuote)))]
async fn verify(who: Visitor, Path(code): Path<String>) -> Result<Json<VerifiedQuote>, Problem> {
    let found = documents::verify(&who.ctx, &code).await?;
    Ok(Json(VerifiedQuote {
        company: found.company,
        number: found.number,
        revision: found.revision,
        day: found.day.to_string(),
        customer_masked: found.customer_masked,
        total: found.total.to_yuan(),
        state: found.state.key().to_string(),
        valid_until: found.valid_until.to_string(),
        hash: found.hash,
        pdf_sha256: found.pdf_sha256,
    }))
}

/// The file under its name, to be shown.
pub(crate) fn inline(content: Vec<u8>, mime: &str, name: &str) -> Inline {
    let disposition = format!("inline; filename*=UTF-8''{}", percent_encoded(name));
    let octets = HeaderValue::from_static("application/octet-stream");
    let plain = HeaderValue::from_static("inline");
    Inline {
        content: Bytes::from(content),
        mime: HeaderValue::from_str(mime).unwrap_or(octets),
        disposition: HeaderValue::from_str(&disposition).unwrap_or(plain),
    }
}

/// A workbook under its name, without its ending; it is saved, not shown.
pub(crate) fn workbook(content: Vec<u8>, name: &str) -> Inline {
    let sent = inline(content, XLSX, &format!("{name}.xlsx"));
    let saved = format!("attachment; filename*=UTF-8''{}.xlsx", percent_encoded(name));
    Inline { disposition: HeaderValue::from_str(&saved).unwrap_or(sent.disposition), ..sent }
}

impl IntoResponse for Inline {
    fn into_response(self) -> Response {
        let mut response = self.content.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.mime);
        headers.insert(header::CONTENT_DISPOSITION, self.disposition);
        // A file that others handed in must never run as a page of ours.
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=0"));
        response
    }
}

/// Everything but letters, digits and `-_.` as `%XX` of its UTF-8.
fn percent_encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_chinese_survives_the_header() {
        assert_eq!(percent_encoded("报价单 A.pdf"), "%E6%8A%A5%E4%BB%B7%E5%8D%95%20A.pdf");
        let response = inline(vec![1], "application/pdf", "a\"\r\nX: y.pdf").into_response();
        let sent = response.headers().get(header::CONTENT_DISPOSITION).unwrap();
        assert_eq!(sent, "inline; filename*=UTF-8''a%22%0D%0AX%3A%20y.pdf");
    }
}
