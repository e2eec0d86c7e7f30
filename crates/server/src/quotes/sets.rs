//! Lists of one's own (常用清单) on the wire.

use app::quotes::{self, FillAsked, FilledSet, SetChange, SetDetail, SetText, SetView};
use axum::http::StatusCode;
use domain::base::{BasisPoints, CustomerId, QuoteSetId};
use domain::quotes::{FilledLine, QuotedProduct, SetOwn};
use domain::words;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lines::{LineProduct, product_of};
use crate::http::{
    AppState, Empty, IfMatch, Json, Path, Query, Ref, SignedIn, Versioned, changed_by, or_current,
};
use crate::problem::Problem;

/// A list without its lines.
#[derive(Serialize, ToSchema)]
pub struct QuoteSetRow {
    pub id: i64,
    pub name: String,
    pub owner: Ref,
    /// One's own.
    pub mine: bool,
    /// The region whose people may use it; null: the owner alone.
    pub shared: Option<Ref>,
    /// For how many ㎡ it is; null: for none in particular.
    pub area: Option<String>,
    pub line_count: i64,
    pub first_product: Option<String>,
    pub version: i64,
    pub updated_at: i64,
    /// Whether this person may change and delete it.
    pub may_change: bool,
}

/// One's own lists in their order, then those that others share, by name.
#[derive(Serialize, ToSchema)]
pub struct QuoteSets {
    pub items: Vec<QuoteSetRow>,
}

/// Goods or a service outside the catalogue, as a list keeps it: without price and cost.
#[derive(Serialize, ToSchema)]
pub struct QuoteSetOwn {
    /// `freight`, `unloading`, `cutting`, `service` or `goods`.
    pub kind: String,
    pub name: String,
    pub spec: String,
    pub tax_rate: String,
}

/// A line of a list.
#[derive(Serialize, ToSchema)]
pub struct QuoteSetLine {
    pub product: LineProduct,
    pub qty: String,
    pub unit: String,
    pub note: String,
    pub group: String,
    pub own: Option<QuoteSetOwn>,
}

/// A list with its lines.
#[derive(Serialize, ToSchema)]
pub struct QuoteSet {
    #[serde(flatten)]
    pub row: QuoteSetRow,
    pub lines: Vec<QuoteSetLine>,
}

/// The lines of a quotation to keep under a name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuoteSet {
    pub name: String,
    pub quote_id: i64,
    /// With one's region.
    #[serde(default)]
    pub shared: bool,
    /// For how many ㎡ it is.
    #[serde(default)]
    pub area: String,
}

/// What shall be changed; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteSetChange {
    pub name: Option<String>,
    pub shared: Option<bool>,
    /// Empty: for none in particular.
    pub area: Option<String>,
    /// The quotation whose lines take the place of those that are kept.
    pub quote_id: Option<i64>,
}

/// One's own lists in the order in which they shall stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteSetOrder {
    pub ids: Vec<i64>,
}

/// For whom a list is filled in, and times what.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
struct FillQuery {
    customer: i64,
    /// So many times the list; once when neither is said.
    times: Option<String>,
    /// For so many ㎡.
    area: Option<String>,
    /// What was a whole number stays one, rounded up.
    round_up: Option<bool>,
}

/// Something to know before the line goes into a draft.
#[derive(Serialize, ToSchema)]
pub struct FillNote {
    /// `product_archived`, `unit_converted`, `unit_gone`, `unit_changed`, `too_much`, `no_price` or `price_missing`.
    pub code: String,
    pub detail: String,
}

/// A line as it would stand in the draft.
#[derive(Serialize, ToSchema)]
pub struct FilledQuoteLine {
    #[serde(flatten)]
    pub line: QuoteSetLine,
    /// Whether it may go into a draft at all.
    pub usable: bool,
    pub said: Vec<FillNote>,
}

/// All lines of the list as they would stand in the draft.
#[derive(Serialize, ToSchema)]
pub struct FilledQuoteSet {
    pub lines: Vec<FilledQuoteLine>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, keep))
        .routes(routes!(order))
        .routes(routes!(read, change, delete))
        .routes(routes!(restore))
        .routes(routes!(fill))
}

/// One's own lists, and those that others share.
#[utoipa::path(get, path = "/api/quote-sets", responses((status = 200, body = QuoteSets)))]
async fn list(who: SignedIn) -> Result<Json<QuoteSets>, Problem> {
    Ok(Json(rows_of(quotes::quote_sets(&who.ctx, &who.actor).await?)))
}

/// Keep the lines of a quotation as a list, without prices, costs and customer.
#[utoipa::path(post, path = "/api/quote-sets", responses((status = 201, body = QuoteSet)))]
async fn keep(
    who: SignedIn,
    Json(body): Json<NewQuoteSet>,
) -> Result<(StatusCode, Versioned<QuoteSet>), Problem> {
    let NewQuoteSet { name, quote_id, shared, area } = body;
    let text = SetText { name, quote: quote_id, shared, area };
    let made = quotes::keep_quote_set(&who.ctx, &who.actor, text).await?;
    Ok((StatusCode::CREATED, versioned(made)))
}

/// Put one's own lists into an order.
#[utoipa::path(put, path = "/api/quote-sets/order", responses((status = 200, body = QuoteSets)))]
async fn order(who: SignedIn, Json(body): Json<QuoteSetOrder>) -> Result<Json<QuoteSets>, Problem> {
    let ids = body.ids.into_iter().map(QuoteSetId).collect();
    Ok(Json(rows_of(quotes::order_quote_sets(&who.ctx, &who.actor, ids).await?)))
}

/// One list with its lines.
#[utoipa::path(get, path = "/api/quote-sets/{id}", params(("id" = i64, Path)), responses((status = 200, body = QuoteSet)))]
async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Versioned<QuoteSet>, Problem> {
    Ok(versioned(quotes::quote_set(&who.ctx, &who.actor, QuoteSetId(id)).await?))
}

/// Change name, sharing or area of a list, or put the lines of a quotation in the place of its own.
#[utoipa::path(patch, path = "/api/quote-sets/{id}", params(("id" = i64, Path)), responses((status = 200, body = QuoteSet)))]
async fn change(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<QuoteSetChange>,
) -> Result<Versioned<QuoteSet>, Problem> {
    let QuoteSetChange { name, shared, area, quote_id } = body;
    let change = SetChange { name, shared, area, quote: quote_id };
    let changed = quotes::change_quote_set(&who.ctx, &who.actor, QuoteSetId(id), version, change).await;
    let changed = or_current(changed, async {
        let now = quotes::quote_set(&who.ctx, &who.actor, QuoteSetId(id)).await?;
        Ok((QuoteSet::from(now), changed_by(&who.ctx, "quote_set", id).await?))
    });
    Ok(versioned(changed.await?))
}

/// Delete a list; for thirty days it can be brought back.
#[utoipa::path(delete, path = "/api/quote-sets/{id}", params(("id" = i64, Path)), responses((status = 204)))]
async fn delete(who: SignedIn, Path(id): Path<i64>) -> Result<StatusCode, Problem> {
    quotes::delete_quote_set(&who.ctx, &who.actor, QuoteSetId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bring a deleted list back.
#[utoipa::path(post, path = "/api/quote-sets/{id}/restore", params(("id" = i64, Path)), responses((status = 200, body = QuoteSet)))]
async fn restore(who: SignedIn, Path(id): Path<i64>, _: Json<Empty>) -> Result<Versioned<QuoteSet>, Problem> {
    Ok(versioned(quotes::restore_quote_set(&who.ctx, &who.actor, QuoteSetId(id)).await?))
}

/// A list as it would stand in a draft for a customer; saves nothing.
#[utoipa::path(get, path = "/api/quote-sets/{id}/fill", params(("id" = i64, Path), FillQuery), responses((status = 200, body = FilledQuoteSet)))]
async fn fill(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<FillQuery>,
) -> Result<Json<FilledQuoteSet>, Problem> {
    let FillQuery { customer, times, area, round_up } = query;
    let asked =
        FillAsked { customer: CustomerId(customer), times, area, round_up: round_up.unwrap_or_default() };
    let filled = quotes::fill_quote_set(&who.ctx, &who.actor, QuoteSetId(id), asked).await?;
    let FilledSet { customer, lines } = filled;
    Ok(Json(FilledQuoteSet { lines: lines.into_iter().map(|line| filled_of(line, &customer)).collect() }))
}

impl From<SetView> for QuoteSetRow {
    fn from(view: SetView) -> QuoteSetRow {
        let SetView { head, mine, may_change } = view;
        QuoteSetRow {
            id: head.id.0,
            name: head.name,
            owner: Ref { id: head.owner.0.0, name: head.owner.1 },
            mine,
            shared: head.shared.map(|shared| Ref { id: shared.org.0, name: shared.name }),
            area: head.area.map(|area| area.to_text()),
            line_count: head.line_count,
            first_product: head.first_product,
            version: head.version,
            updated_at: head.updated_at.0,
            may_change,
        }
    }
}

impl From<SetDetail> for QuoteSet {
    fn from(detail: SetDetail) -> QuoteSet {
        let line = |(line, product): (domain::quotes::SetLine, QuotedProduct)| QuoteSetLine {
            product: product_of(&product),
            qty: line.qty.to_text(),
            unit: line.unit,
            note: line.note,
            group: line.extra.group,
            own: line.extra.own.map(QuoteSetOwn::from),
        };
        QuoteSet { row: detail.view.into(), lines: detail.lines.into_iter().map(line).collect() }
    }
}

impl From<SetOwn> for QuoteSetOwn {
    fn from(own: SetOwn) -> QuoteSetOwn {
        let SetOwn { kind, name, spec, tax_rate } = own;
        QuoteSetOwn { kind: kind.key().to_string(), name, spec, tax_rate: BasisPoints::to_percent(tax_rate) }
    }
}

fn filled_of(filled: FilledLine, customer: &str) -> FilledQuoteLine {
    let usable = filled.usable();
    let FilledLine { line, product, said } = filled;
    let note = |note: &domain::quotes::FillNote| FillNote {
        code: note.code().to_string(),
        detail: words::sets::note(note, &product.name, product.units.base(), customer),
    };
    let said = said.iter().map(note).collect();
    let own = line.extra.own.map(|own| QuoteSetOwn {
        kind: own.kind.key().to_string(),
        name: own.name,
        spec: own.spec,
        tax_rate: own.tax_rate.to_percent(),
    });
    let line = QuoteSetLine {
        product: product_of(&product),
        qty: line.qty.to_text(),
        unit: line.unit,
        note: line.note,
        group: line.extra.group,
        own,
    };
    FilledQuoteLine { line, usable, said }
}

fn rows_of(views: Vec<SetView>) -> QuoteSets {
    QuoteSets { items: views.into_iter().map(QuoteSetRow::from).collect() }
}

fn versioned(detail: SetDetail) -> Versioned<QuoteSet> {
    Versioned(detail.view.head.version, detail.into())
}
