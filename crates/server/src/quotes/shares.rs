//! Share links: what the seller does with them, and what a customer does on one without signing in.

use app::quotes::{
    self, AcceptRequest, Handed, MadeLink, Share, SharedAmounts, SharedLine as Line, SharedQuote as Shared,
    Shares as Links,
};
use axum::http::{HeaderMap, StatusCode};
use domain::base::{Fen, QuoteId, ShareId, UnitPrice};
use domain::documents::template::Language;
use domain::quotes::{Looked, ShownState};
use domain::words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::documents::{Inline, PictureBytes, inline, picture_bytes};
use crate::http::{AppState, Empty, Json, Path, Ref, SignedIn, Visitor};
use crate::problem::Problem;

/// A new link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShare {
    /// Null: as long as the quotation may be signed.
    pub last_day: Option<String>,
}

/// One link, without its token.
#[derive(Serialize, ToSchema)]
pub struct ShareLink {
    pub id: i64,
    /// Last day on which it opens.
    pub last_day: String,
    /// Whether it opens now.
    pub open: bool,
    pub created_by: Ref,
    pub created_at: i64,
    pub withdrawn_at: Option<i64>,
    /// Until when the code that was handed over last holds; null when there is none.
    pub code_until: Option<i64>,
    pub accepted_at: Option<i64>,
    /// How often the page was looked at.
    pub pages: i64,
    /// How often the PDF was.
    pub pdfs: i64,
    pub seen_at: Option<i64>,
}

/// One look at a link.
#[derive(Serialize, ToSchema)]
pub struct ShareLook {
    pub share_id: i64,
    pub at: i64,
    /// `page` or `pdf`.
    pub looked: String,
    /// `wechat`, `phone`, `tablet` or `computer`.
    pub device: String,
}

/// The links of one version, newest first, and the newest looks at them.
#[derive(Serialize, ToSchema)]
pub struct ShareLinks {
    pub items: Vec<ShareLink>,
    pub looks: Vec<ShareLook>,
    /// Whether this person may make links and hand codes over now.
    pub may_share: bool,
    /// Whether a customer outside can open them: the company's public address is set, and leads there.
    pub outside: bool,
}

/// A new link. The token is told this once.
#[derive(Serialize, ToSchema)]
pub struct MadeShare {
    /// Which of `shares` it is.
    pub id: i64,
    pub token: String,
    /// Its whole address, when the company's public address is set; otherwise it is `/s/{token}` of this server.
    pub url: Option<String>,
    pub shares: ShareLinks,
}

/// A code for the customer. It is told this once.
#[derive(Serialize, ToSchema)]
pub struct HandedCode {
    pub code: String,
    pub until: i64,
}

/// A line as the customer reads it; what the paper leaves out is empty or null.
#[derive(Serialize, ToSchema)]
pub struct SharedLine {
    /// Our code, and the customer's own beside it.
    pub code: String,
    pub name: String,
    pub spec: String,
    pub unit: String,
    /// What one `unit` holds, in words; null when it is the base unit.
    pub pack: Option<String>,
    pub qty: String,
    pub unit_price: Option<String>,
    /// Quantity times unit price.
    pub amount: Option<String>,
    /// What of it is left after what is taken off this line.
    pub net: Option<String>,
    pub note: String,
    /// The large file of its picture, where the quotation shows pictures.
    pub picture: Option<String>,
    /// The small one.
    pub thumb: Option<String>,
    /// The room or building part; empty: none.
    pub room: String,
    /// On the last line of a room: what its lines come to.
    pub room_sum: Option<String>,
}

/// A piece of what is taken off.
#[derive(Serialize, ToSchema)]
pub struct SharedTakenOff {
    /// `lines`, `whole` or `rounding`.
    pub why: String,
    pub amount: String,
}

/// What is paid (tax included), always; what of it is without tax, and the tax, null where the paper leaves them out.
#[derive(Serialize, ToSchema)]
pub struct SharedTotals {
    pub net: String,
    pub net_ex_tax: Option<String>,
    pub tax: Option<String>,
}

/// One of the terms: what it is called, and what is agreed.
#[derive(Serialize, ToSchema)]
pub struct SharedTerm {
    pub label: String,
    pub value: String,
}

/// Why the quotation cannot be accepted now.
#[derive(Serialize, ToSchema)]
pub struct SharedClosed {
    pub code: String,
    pub detail: String,
}

/// Who accepted, when, and what came of it.
#[derive(Serialize, ToSchema)]
pub struct SharedAccepted {
    pub signer: String,
    pub at: i64,
    /// The order that it made.
    pub order_number: String,
}

/// A quotation as its customer reads it: what its paper shows, nothing of cost, floor or margin. What the paper leaves out
/// is empty or null, but for what accepting needs: the goods with their quantities, the total, number, validity and
/// salesperson.
#[derive(Serialize, ToSchema)]
pub struct SharedQuote {
    pub company: String,
    pub number: String,
    pub revision: i64,
    pub state: String,
    pub customer: String,
    pub contact: String,
    pub issued_day: String,
    pub valid_until: String,
    pub salesperson: String,
    pub salesperson_phone: String,
    pub prices_include_tax: Option<bool>,
    /// Whether its paper says everything in English too.
    pub with_english: bool,
    /// Which alternative it is, as people say it.
    pub option: Option<String>,
    pub lines: Vec<SharedLine>,
    /// What the lines come to before anything is taken off.
    pub amount: Option<String>,
    pub taken_off: Vec<SharedTakenOff>,
    pub totals: SharedTotals,
    pub terms: Vec<SharedTerm>,
    pub notes: String,
    pub closed: Option<SharedClosed>,
    pub accepted: Option<SharedAccepted>,
}

/// A customer's acceptance.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    pub signer: String,
    /// The six digits that the salesperson handed over.
    pub code: String,
}

/// The quotation after it was accepted, and the number of its order.
#[derive(Serialize, ToSchema)]
pub struct AcceptedQuote {
    pub quote: SharedQuote,
    pub order_number: String,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(withdraw))
        .routes(routes!(hand_over))
        .routes(routes!(open))
        .routes(routes!(pdf))
        .routes(routes!(picture))
        .routes(routes!(look))
        .routes(routes!(accept))
}

/// The share links of a version and the looks at them.
#[utoipa::path(get, path = "/api/quotes/{id}/shares", params(("id" = i64, Path)),
    responses((status = 200, body = ShareLinks)))]
async fn list(who: SignedIn, Path(id): Path<i64>) -> Result<Json<ShareLinks>, Problem> {
    Ok(Json(quotes::quote_shares(&who.ctx, &who.actor, QuoteId(id)).await?.into()))
}

/// Make a link under which the customer opens this version without signing in.
#[utoipa::path(post, path = "/api/quotes/{id}/shares", params(("id" = i64, Path)),
    responses((status = 201, body = MadeShare)))]
async fn create(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<NewShare>,
) -> Result<(StatusCode, Json<MadeShare>), Problem> {
    let made = quotes::share_quote(&who.ctx, &who.actor, QuoteId(id), body.last_day).await?;
    let MadeLink { id, token, url, shares } = made;
    Ok((StatusCode::CREATED, Json(MadeShare { id: id.0, token, url, shares: shares.into() })))
}

/// Take a link back: it opens nothing any more.
#[utoipa::path(post, path = "/api/quotes/{id}/shares/{share}/withdraw", request_body = Empty,
    params(("id" = i64, Path), ("share" = i64, Path)), responses((status = 200, body = ShareLinks)))]
async fn withdraw(
    who: SignedIn,
    Path((id, share)): Path<(i64, i64)>,
    Json(Empty {}): Json<Empty>,
) -> Result<Json<ShareLinks>, Problem> {
    let left = quotes::withdraw_share(&who.ctx, &who.actor, QuoteId(id), ShareId(share)).await?;
    Ok(Json(left.into()))
}

/// A new one-time code to hand over; the one before is dead.
#[utoipa::path(post, path = "/api/quotes/{id}/shares/{share}/code", request_body = Empty,
    params(("id" = i64, Path), ("share" = i64, Path)), responses((status = 200, body = HandedCode)))]
async fn hand_over(
    who: SignedIn,
    Path((id, share)): Path<(i64, i64)>,
    Json(Empty {}): Json<Empty>,
) -> Result<Json<HandedCode>, Problem> {
    let handed = quotes::hand_over_code(&who.ctx, &who.actor, QuoteId(id), ShareId(share)).await?;
    let Handed { code, until } = handed;
    Ok(Json(HandedCode { code, until: until.0 }))
}

/// The quotation behind a link; no sign-in.
#[utoipa::path(get, path = "/api/public/shares/{token}", params(("token" = String, Path)),
    responses((status = 200, body = SharedQuote)))]
async fn open(who: Visitor, Path(token): Path<String>) -> Result<Json<SharedQuote>, Problem> {
    Ok(Json(quotes::open_share(&who.ctx, &token).await?.into()))
}

/// The PDF behind a link; no sign-in. Our own people's looks are not logged.
#[utoipa::path(get, path = "/api/public/shares/{token}/pdf", params(("token" = String, Path)),
    responses((status = 200, description = "The PDF", content_type = "application/pdf")))]
async fn pdf(who: Visitor, ours: Option<SignedIn>, Path(token): Path<String>) -> Result<Inline, Problem> {
    let file = quotes::shared_pdf(&who.ctx, &token).await?;
    if ours.is_none() {
        quotes::note_share_view(&who.ctx, &token, Looked::Pdf, &who.agent).await?;
    }
    Ok(inline(file.content, "application/pdf", &file.name))
}

/// A picture of the quotation behind a link; no sign-in.
#[utoipa::path(get, path = "/api/public/shares/{token}/pictures/{file}",
    params(("token" = String, Path), ("file" = String, Path)),
    responses((status = 200, description = "The picture", content_type = "image/jpeg")))]
async fn picture(
    who: Visitor,
    Path((token, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<PictureBytes, Problem> {
    let content = quotes::shared_picture(&who.ctx, &token, &file).await?;
    Ok(picture_bytes(&headers, &file, content))
}

/// Say that the page of a link is being looked at; no sign-in. Our own people's looks are not logged.
#[utoipa::path(post, path = "/api/public/shares/{token}/views", params(("token" = String, Path)),
    request_body = Empty, responses((status = 204)))]
async fn look(
    who: Visitor,
    ours: Option<SignedIn>,
    Path(token): Path<String>,
    Json(Empty {}): Json<Empty>,
) -> Result<StatusCode, Problem> {
    if ours.is_none() {
        quotes::note_share_view(&who.ctx, &token, Looked::Page, &who.agent).await?;
    } else {
        quotes::open_share(&who.ctx, &token).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Accept the quotation by name and code; makes its order, once. No sign-in.
#[utoipa::path(post, path = "/api/public/shares/{token}/accept", params(("token" = String, Path)),
    responses((status = 200, body = AcceptedQuote)))]
async fn accept(
    who: Visitor,
    Path(token): Path<String>,
    Json(body): Json<Acceptance>,
) -> Result<Json<AcceptedQuote>, Problem> {
    let request = AcceptRequest { signer: body.signer, code: body.code, agent: who.agent };
    let done = quotes::accept_share(&who.ctx, &token, request).await?;
    Ok(Json(AcceptedQuote { quote: done.quote.into(), order_number: done.order.number }))
}

impl From<Links> for ShareLinks {
    fn from(links: Links) -> ShareLinks {
        let now = links.now;
        let item = |(share, open): (Share, bool)| ShareLink {
            id: share.id.0,
            last_day: share.last_day.to_string(),
            open,
            created_by: Ref { id: share.created_by.0.0, name: share.created_by.1 },
            created_at: share.created_at.0,
            withdrawn_at: share.withdrawn_at.map(|at| at.0),
            code_until: share.code.map(|code| code.until).filter(|until| *until >= now).map(|until| until.0),
            accepted_at: share.accepted_at.map(|at| at.0),
            pages: share.pages,
            pdfs: share.pdfs,
            seen_at: share.seen_at.map(|at| at.0),
        };
        let looks = links.views.into_iter().map(|view| ShareLook {
            share_id: view.share.0,
            at: view.at.0,
            looked: view.looked.key().to_string(),
            device: view.device.key().to_string(),
        });
        ShareLinks {
            items: links.links.into_iter().map(item).collect(),
            looks: looks.collect(),
            may_share: links.may_share,
            outside: links.outside,
        }
    }
}

impl From<Shared> for SharedQuote {
    fn from(quote: Shared) -> SharedQuote {
        let closed = quote.closed.map(|why| {
            let detail = words::share::closed(why, &quote.salesperson, &quote.salesperson_phone);
            SharedClosed { code: why.key().to_string(), detail }
        });
        let language = quote.language;
        let taken_off = quote
            .taken_off
            .into_iter()
            .map(|(why, amount)| SharedTakenOff { why: why.key().to_string(), amount: amount.to_yuan() });
        let terms = quote
            .terms
            .into_iter()
            .map(|(label, value)| SharedTerm { label: words::terms::label_in(language, &label), value });
        SharedQuote {
            lines: quote.lines.into_iter().map(SharedLine::from).collect(),
            amount: quote.amount.map(Fen::to_yuan),
            taken_off: taken_off.collect(),
            totals: quote.amounts.into(),
            terms: terms.collect(),
            with_english: language == Language::ZhEn,
            option: quote.option,
            company: quote.company,
            number: quote.number,
            revision: quote.revision,
            state: ShownState::key(quote.state).to_string(),
            customer: quote.customer,
            contact: quote.contact,
            issued_day: quote.issued_day.to_string(),
            valid_until: quote.valid_until.to_string(),
            salesperson: quote.salesperson,
            salesperson_phone: quote.salesperson_phone,
            prices_include_tax: quote.prices_include_tax,
            notes: quote.notes,
            closed,
            accepted: quote.accepted.map(|by| SharedAccepted {
                signer: by.signer,
                at: by.at.0,
                order_number: by.order,
            }),
        }
    }
}

impl From<SharedAmounts> for SharedTotals {
    fn from(amounts: SharedAmounts) -> SharedTotals {
        SharedTotals {
            net: amounts.net.to_yuan(),
            net_ex_tax: amounts.net_ex_tax.map(Fen::to_yuan),
            tax: amounts.tax.map(Fen::to_yuan),
        }
    }
}

impl From<Line> for SharedLine {
    fn from(line: Line) -> SharedLine {
        let pack = line.pack.as_ref().map(|pack| words::documents::pack(&line.unit, pack));
        SharedLine {
            pack,
            code: line.code,
            name: line.name,
            spec: line.spec,
            unit: line.unit,
            qty: line.qty.to_text(),
            unit_price: line.unit_price.map(UnitPrice::to_yuan),
            amount: line.amount.map(Fen::to_yuan),
            net: line.net.map(Fen::to_yuan),
            note: line.note,
            thumb: line.picture.as_ref().map(|picture| picture.thumb.clone()),
            picture: line.picture.map(|picture| picture.file),
            room: line.room,
            room_sum: line.room_sum.map(Fen::to_yuan),
        }
    }
}
