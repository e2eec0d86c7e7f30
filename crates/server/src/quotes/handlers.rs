//! The operations on quotations.

use app::AppError;
use app::quotes::{self, QuoteView, SignRequest};
use axum::http::StatusCode;
use domain::base::{CustomerId, Fen, FieldFault, Invalid, QuoteId, parse_decimal};
use domain::quotes::{DraftText, LostText, Seen};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lists::{QuoteExportQuery, QuotePage, QuoteQuery};
use super::wire::{
    FollowUpRequest, IssueRequest, LoseRequest, NewQuote, OrderRefBody, PriceRequest, Priced, Quote,
    QuoteDraft, QuoteOptions, ReasonRequest, ReleaseRequest, Repriced, SignAnswer, SignBody,
};
use crate::documents::{Inline, workbook};
use crate::http::{
    AppState, Empty, IfMatch, IfMatchMaybe, Json, Path, Query, SignedIn, Versioned, or_current,
};
use crate::problem::Problem;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(export))
        .routes(routes!(price))
        .routes(routes!(read, save, delete))
        .routes(routes!(options))
        .routes(routes!(issue))
        .routes(routes!(take_over))
        .routes(routes!(copy))
        .routes(routes!(add_option))
        .routes(routes!(revise))
        .routes(routes!(cancel))
        .routes(routes!(lose))
        .routes(routes!(follow_up))
        .routes(routes!(sign))
        .routes(routes!(release))
        .merge(super::asks::routes())
        .merge(super::guide::routes())
        .merge(super::shares::routes())
        .merge(super::quick::routes())
        .merge(super::sets::routes())
        .merge(super::answers::routes())
}

/// Quotations that the person sees, newest first.
#[utoipa::path(get, path = "/api/quotes", params(QuoteQuery), responses((status = 200, body = QuotePage)))]
async fn list(who: SignedIn, Query(query): Query<QuoteQuery>) -> Result<Json<QuotePage>, Problem> {
    let listing = query.listing()?;
    Ok(Json(quotes::list_quotes(&who.ctx, &who.actor, listing).await?.into()))
}

/// The list as Excel: the same rows, columns and order as on the screen.
#[utoipa::path(get, path = "/api/quotes/export", params(QuoteExportQuery),
    responses((status = 200, description = "The workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn export(who: SignedIn, Query(query): Query<QuoteExportQuery>) -> Result<Inline, Problem> {
    let (listing, columns) = query.listing()?;
    let sheet = quotes::export_quotes(&who.ctx, &who.actor, listing, &columns).await?;
    Ok(workbook(sheet, domain::words::lists::QUOTES))
}

/// Begin a quotation for a customer.
#[utoipa::path(post, path = "/api/quotes", responses((status = 201, body = Quote)))]
async fn create(
    who: SignedIn,
    Json(body): Json<NewQuote>,
) -> Result<(StatusCode, Versioned<Quote>), Problem> {
    let lines = body.lines.into_iter().map(Into::into).collect();
    let made = quotes::create_quote(&who.ctx, &who.actor, CustomerId(body.customer_id), lines).await?;
    Ok((StatusCode::CREATED, versioned(made)))
}

/// Price lines as they are typed; saves nothing.
#[utoipa::path(post, path = "/api/quotes/price", responses((status = 200, body = Priced)))]
async fn price(who: SignedIn, Json(body): Json<PriceRequest>) -> Result<Json<Priced>, Problem> {
    Ok(Json(quotes::price_quote(&who.ctx, &who.actor, body.into()).await?.into()))
}

/// One quotation: prices now while it is a draft, the frozen document afterwards.
#[utoipa::path(get, path = "/api/quotes/{id}", params(("id" = i64, Path)), responses((status = 200, body = Quote)))]
async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Versioned<Quote>, Problem> {
    Ok(versioned(quotes::read_quote(&who.ctx, &who.actor, QuoteId(id)).await?))
}

/// Save the whole draft; the answer is the draft with its prices.
#[utoipa::path(put, path = "/api/quotes/{id}", params(("id" = i64, Path)), responses((status = 200, body = Quote)))]
async fn save(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<QuoteDraft>,
) -> Result<Versioned<Quote>, Problem> {
    let text = DraftText {
        customer: CustomerId(body.customer_id),
        valid_until: body.valid_until,
        notes: body.notes,
        lines: body.lines.into_iter().map(Into::into).collect(),
        terms: body.terms.into(),
        whole: body.whole.into(),
    };
    let saved = quotes::save_quote(&who.ctx, &who.actor, QuoteId(id), version, text).await;
    or_now(&who, id, saved).await
}

/// Delete a draft.
#[utoipa::path(delete, path = "/api/quotes/{id}",
    params(("id" = i64, Path), ("If-Match" = String, Header)), responses((status = 204)))]
async fn delete(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Problem> {
    let deleted = quotes::delete_quote(&who.ctx, &who.actor, QuoteId(id), version).await;
    as_now(&who, id, deleted).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Issue a draft: number, frozen document, sealed PDF. At figures other than those shown nothing is saved; nor, where
/// `If-Match` names the version in sight, what somebody has changed since.
#[utoipa::path(post, path = "/api/quotes/{id}/issue",
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header, description = "The version in sight.")),
    responses((status = 200, body = Quote), (status = 409, description = "price_changed: facts are a Repriced", body = Repriced)))]
async fn issue(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatchMaybe(version): IfMatchMaybe,
    Json(body): Json<IssueRequest>,
) -> Result<Versioned<Quote>, Problem> {
    let expected = parse_decimal(&body.expected_net, 2);
    let expected = expected.map_err(|fault| Invalid::one("expected_net", FieldFault::Number(fault)))?;
    let seen = Seen { net: Some(Fen(expected)), agreed: body.agree };
    let issued = quotes::issue_quote(&who.ctx, &who.actor, QuoteId(id), version, &seen).await;
    or_now(&who, id, issued).await
}

/// What this person may take off by hand, and the texts kept ready for notes.
#[utoipa::path(get, path = "/api/quotes/options", responses((status = 200, body = QuoteOptions)))]
async fn options(who: SignedIn) -> Result<Json<QuoteOptions>, Problem> {
    Ok(Json(quotes::writer_aids(&who.ctx, &who.actor).await?.into()))
}

/// Take a draft over, to go on with it oneself.
#[utoipa::path(post, path = "/api/quotes/{id}/take-over", params(("id" = i64, Path)), request_body = Empty, responses((status = 200, body = Quote)))]
async fn take_over(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(Empty {}): Json<Empty>,
) -> Result<Versioned<Quote>, Problem> {
    Ok(versioned(quotes::take_over_quote(&who.ctx, &who.actor, QuoteId(id)).await?))
}

/// A new draft with the same customer and lines.
#[utoipa::path(post, path = "/api/quotes/{id}/copy", params(("id" = i64, Path)), request_body = Empty, responses((status = 201, body = Quote)))]
async fn copy(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(Empty {}): Json<Empty>,
) -> Result<(StatusCode, Versioned<Quote>), Problem> {
    let made = quotes::copy_quote(&who.ctx, &who.actor, QuoteId(id)).await?;
    Ok((StatusCode::CREATED, versioned(made)))
}

/// A draft of another alternative (方案) beside this one; the customer's signature chooses one.
#[utoipa::path(post, path = "/api/quotes/{id}/options", params(("id" = i64, Path)), request_body = Empty, responses((status = 201, body = Quote)))]
async fn add_option(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(Empty {}): Json<Empty>,
) -> Result<(StatusCode, Versioned<Quote>), Problem> {
    let made = quotes::add_option(&who.ctx, &who.actor, QuoteId(id)).await?;
    Ok((StatusCode::CREATED, versioned(made)))
}

/// The draft of the next version of the same number.
#[utoipa::path(post, path = "/api/quotes/{id}/revise", params(("id" = i64, Path)), request_body = Empty, responses((status = 201, body = Quote)))]
async fn revise(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(Empty {}): Json<Empty>,
) -> Result<(StatusCode, Versioned<Quote>), Problem> {
    let made = quotes::revise_quote(&who.ctx, &who.actor, QuoteId(id)).await?;
    Ok((StatusCode::CREATED, versioned(made)))
}

/// End an issued quotation.
#[utoipa::path(post, path = "/api/quotes/{id}/cancel", params(("id" = i64, Path)), responses((status = 200, body = Quote)))]
async fn cancel(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ReasonRequest>,
) -> Result<Versioned<Quote>, Problem> {
    Ok(versioned(quotes::cancel_quote(&who.ctx, &who.actor, QuoteId(id), &body.reason).await?))
}

/// End an issued quotation as lost: why, to whom, at what price.
#[utoipa::path(post, path = "/api/quotes/{id}/lose", params(("id" = i64, Path)), responses((status = 200, body = Quote)))]
async fn lose(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<LoseRequest>,
) -> Result<Versioned<Quote>, Problem> {
    let LoseRequest { why, words, competitor, competitor_price } = body;
    let text = LostText { why, words, to: competitor, price: competitor_price };
    Ok(versioned(quotes::lose_quote(&who.ctx, &who.actor, QuoteId(id), text).await?))
}

/// Keep when to ask the customer again, or clear it.
#[utoipa::path(post, path = "/api/quotes/{id}/follow-up", params(("id" = i64, Path)), responses((status = 200, body = Quote)))]
async fn follow_up(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<FollowUpRequest>,
) -> Result<Versioned<Quote>, Problem> {
    let FollowUpRequest { day, note } = body;
    Ok(versioned(quotes::follow_up_quote(&who.ctx, &who.actor, QuoteId(id), day, note).await?))
}

/// Record the customer's consent; makes an order, once.
#[utoipa::path(post, path = "/api/quotes/{id}/sign", params(("id" = i64, Path)), responses((status = 200, body = SignAnswer)))]
async fn sign(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<SignBody>,
) -> Result<Json<SignAnswer>, Problem> {
    let SignBody { signed_day, signer, file } = body;
    let request = SignRequest { signed_day, signer, file };
    let signed = quotes::sign_quote(&who.ctx, &who.actor, QuoteId(id), request).await?;
    let order = OrderRefBody::from(signed.order);
    Ok(Json(SignAnswer { quote: signed.quote.into(), order }))
}

/// Let one quotation be signed on withdrawn prices until a day.
#[utoipa::path(post, path = "/api/quotes/{id}/release", params(("id" = i64, Path)), responses((status = 200, body = Quote)))]
async fn release(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ReleaseRequest>,
) -> Result<Versioned<Quote>, Problem> {
    let ReleaseRequest { until, reason } = body;
    Ok(versioned(quotes::release_quote(&who.ctx, &who.actor, QuoteId(id), &until, &reason).await?))
}

pub(super) fn versioned(view: QuoteView) -> Versioned<Quote> {
    Versioned(view.head.version, view.into())
}

/// The outcome of an edit, or the quotation as it is now when somebody was first.
pub(super) async fn or_now(
    who: &SignedIn,
    id: i64,
    outcome: Result<QuoteView, AppError>,
) -> Result<Versioned<Quote>, Problem> {
    as_now(who, id, outcome).await.map(versioned)
}

/// What came of an edit; when somebody was first, with the quotation as it stands.
async fn as_now<T>(who: &SignedIn, id: i64, outcome: Result<T, AppError>) -> Result<T, Problem> {
    let current = async {
        let now = quotes::read_quote(&who.ctx, &who.actor, QuoteId(id)).await?;
        let changed_by = Some(now.head.updated_by_name.clone());
        Ok((Quote::from(now), changed_by))
    };
    or_current(outcome, current).await
}
