//! What a draft of a template would look like on paper.

use app::documents::{self, IssuedDocument, Preview};
use domain::base::{DraftId, QuoteId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, Path, Query, SignedIn};
use crate::problem::Problem;

/// The first pages of a document, as a draft of a template prints it.
#[derive(Serialize, ToSchema)]
pub struct TemplatePreview {
    /// The quotation that is shown; null: a made one.
    pub quote_id: Option<i64>,
    /// SVG, one each.
    pub pages: Vec<String>,
    pub page_count: i64,
    /// Tenths of a millimetre.
    pub paper_width: i64,
    pub paper_height: i64,
    /// Quotations that can be shown instead.
    pub choices: Vec<PreviewChoice>,
}

/// A quotation that can be shown.
#[derive(Serialize, ToSchema)]
pub struct PreviewChoice {
    pub quote_id: i64,
    pub number: String,
    pub revision: i64,
    pub customer: String,
}

/// On which quotation.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
struct PreviewWanted {
    /// Else the newest that one sees.
    quote: Option<i64>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(preview))
}

/// A real quotation as the template of a draft would print it: marked, and without a seal.
#[utoipa::path(get, path = "/api/config/drafts/{id}/preview", params(("id" = i64, Path), PreviewWanted),
    responses((status = 200, body = TemplatePreview)))]
async fn preview(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wanted): Query<PreviewWanted>,
) -> Result<Json<TemplatePreview>, Problem> {
    let asked = wanted.quote.map(QuoteId);
    Ok(Json(documents::template_preview(&who.ctx, &who.actor, DraftId(id), asked).await?.into()))
}

impl From<Preview> for TemplatePreview {
    fn from(preview: Preview) -> TemplatePreview {
        let choice = |document: IssuedDocument| PreviewChoice {
            quote_id: document.id.0,
            number: document.number,
            revision: document.revision,
            customer: document.customer,
        };
        TemplatePreview {
            quote_id: preview.shown.map(|id| id.0),
            pages: preview.pages,
            page_count: i64::try_from(preview.page_count).unwrap_or(i64::MAX),
            paper_width: i64::from(preview.paper.0),
            paper_height: i64::from(preview.paper.1),
            choices: preview.choices.into_iter().map(choice).collect(),
        }
    }
}
