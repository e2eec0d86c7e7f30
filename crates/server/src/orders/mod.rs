//! Orders: what signed quotations became. Keepers see what to pick, never what it costs.

use app::orders::{self, OrderFilter, OrderList, OrderListing, OrderRow as ListedOrder, OrderView};
use domain::base::{CustomerId, Invalid, Limit, OrderId, OrgId, PersonId};
use domain::quotes::OrderColumn;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::documents::{Inline, inline, workbook};
use crate::http::{AppState, Json, OrderColumnName, Path, Query, Ref, SignedIn, columns_of};
use crate::problem::Problem;
use crate::quotes::{Listed, MarginBody, PricedLine, TermsBody, Totals, UsedRevision, day_of, used_of};

/// Which orders, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OrderQuery {
    /// Number, product, the customer's name; for those who see the customer, whatever finds him.
    pub q: Option<String>,
    pub customer: Option<i64>,
    pub owner: Option<i64>,
    /// A branch, or a region with all its branches.
    pub branch: Option<i64>,
    /// First day of signing.
    pub from: Option<String>,
    pub to: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Which orders are exported, and with which columns.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OrderExportQuery {
    pub q: Option<String>,
    pub customer: Option<i64>,
    pub owner: Option<i64>,
    pub branch: Option<i64>,
    pub from: Option<String>,
    pub to: Option<String>,
    /// Names of columns in their order, separated by commas.
    #[param(inline, style = Form, explode = false, value_type = Vec<OrderColumnName>)]
    pub columns: String,
}

/// The quotation that an order came from.
#[derive(Serialize, ToSchema)]
pub struct OrderQuote {
    pub id: i64,
    pub number: String,
    pub revision: i64,
}

/// One order of a list; `net` only for those who see prices.
#[derive(Serialize, ToSchema)]
pub struct OrderRow {
    pub id: i64,
    pub number: String,
    pub quote: OrderQuote,
    pub customer: Ref,
    pub owner: Ref,
    pub branch: Ref,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net: Option<String>,
    pub line_count: i64,
    pub first_product: Option<String>,
    pub signed_day: String,
    pub signer: String,
    pub created_at: i64,
}

/// A page of orders.
#[derive(Serialize, ToSchema)]
pub struct OrderPage {
    pub items: Vec<OrderRow>,
    pub next: Option<String>,
    pub total: Listed,
}

/// The paper that the customer signed.
#[derive(Serialize, ToSchema)]
pub struct ConsentFile {
    pub file: String,
    pub name: String,
    pub mime: String,
    pub bytes: i64,
}

/// One order, whole. Money, revisions and the consent paper only for those who see prices.
#[derive(Serialize, ToSchema)]
pub struct Order {
    #[serde(flatten)]
    pub row: OrderRow,
    pub lines: Vec<PricedLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals: Option<Totals>,
    pub notes: String,
    /// Money only for those who see prices.
    pub terms: TermsBody,
    /// What it earns; only for those who see cost, null where a cost is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Option<MarginBody>>,
    pub signed_by: Ref,
    /// The customer accepted on a link; `signed_by` handed over its code.
    pub by_link: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentFile>,
    pub used: Vec<UsedRevision>,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(export))
        .routes(routes!(read))
        .routes(routes!(consent))
        .routes(routes!(contract))
}

/// Orders that the person sees, newest first.
#[utoipa::path(get, path = "/api/orders", params(OrderQuery), responses((status = 200, body = OrderPage)))]
async fn list(who: SignedIn, Query(query): Query<OrderQuery>) -> Result<Json<OrderPage>, Problem> {
    let listing = query.listing()?;
    Ok(Json(orders::list_orders(&who.ctx, &who.actor, listing).await?.into()))
}

/// The list as Excel: the same rows, columns and order as on the screen; money only for those who see prices.
#[utoipa::path(get, path = "/api/orders/export", params(OrderExportQuery),
    responses((status = 200, description = "The workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn export(who: SignedIn, Query(query): Query<OrderExportQuery>) -> Result<Inline, Problem> {
    let OrderExportQuery { q, customer, owner, branch, from, to, columns } = query;
    let columns = columns_of(&columns, OrderColumn::ALL, OrderColumn::key)?;
    let listing = OrderQuery { q, customer, owner, branch, from, to, limit: None, after: None }.listing()?;
    let sheet = orders::export_orders(&who.ctx, &who.actor, listing, &columns).await?;
    Ok(workbook(sheet, domain::words::lists::ORDERS))
}

/// One order with its frozen lines.
#[utoipa::path(get, path = "/api/orders/{id}", params(("id" = i64, Path)), responses((status = 200, body = Order)))]
async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Json<Order>, Problem> {
    Ok(Json(orders::read_order(&who.ctx, &who.actor, OrderId(id)).await?.into()))
}

/// The paper that the customer signed.
#[utoipa::path(get, path = "/api/orders/{id}/consent", params(("id" = i64, Path)),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
async fn consent(who: SignedIn, Path(id): Path<i64>) -> Result<Inline, Problem> {
    let paper = orders::consent_of_order(&who.ctx, &who.actor, OrderId(id)).await?;
    Ok(inline(paper.content, &paper.mime, &paper.name))
}

/// The contract of purchase and sale (购销合同), printed from the order.
#[utoipa::path(get, path = "/api/orders/{id}/contract", params(("id" = i64, Path)),
    responses((status = 200, description = "The file", content_type = "application/pdf")))]
async fn contract(who: SignedIn, Path(id): Path<i64>) -> Result<Inline, Problem> {
    let pdf = app::documents::contract_of_order(&who.ctx, &who.actor, OrderId(id)).await?;
    Ok(inline(pdf.content, "application/pdf", &pdf.name))
}

impl OrderQuery {
    pub(crate) fn listing(self) -> Result<OrderListing, Invalid> {
        let filter = OrderFilter {
            search: self.q.unwrap_or_default(),
            customer: self.customer.map(CustomerId),
            owner: self.owner.map(PersonId),
            branch: self.branch.map(OrgId),
            from: day_of("from", self.from.as_deref())?,
            to: day_of("to", self.to.as_deref())?,
            ..OrderFilter::default()
        };
        let limit = Limit::new(self.limit, Limit::MAX)?;
        Ok(OrderListing { filter, limit, after: self.after.filter(|after| !after.is_empty()) })
    }
}

impl From<OrderList> for OrderPage {
    fn from(list: OrderList) -> OrderPage {
        let sees_prices = list.sees_prices;
        OrderPage {
            items: list.items.into_iter().map(|row| row_of(row, sees_prices)).collect(),
            next: list.next,
            total: Listed {
                count: list.total.count,
                capped: list.total.capped,
                net: sees_prices.then(|| list.total.net.to_yuan()),
            },
        }
    }
}

impl From<OrderView> for Order {
    fn from(view: OrderView) -> Order {
        let sees = view.sees_prices;
        let lines = view.lines.into_iter().map(PricedLine::from);
        let terms = TermsBody::from(view.terms);
        let consent = ConsentFile {
            file: view.consent.hash,
            name: view.consent.name,
            mime: view.consent.mime,
            bytes: view.consent.bytes,
        };
        Order {
            row: row_of(view.head.row, sees),
            lines: lines.map(|line| if sees { line } else { line.without_prices() }).collect(),
            totals: sees.then(|| view.amounts.into()),
            notes: view.notes,
            terms: if sees { terms } else { terms.without_money() },
            margin: view.margin.map(|margin| margin.map(MarginBody::from)),
            signed_by: Ref { id: view.head.recorded_by.0.0, name: view.head.recorded_by.1 },
            by_link: view.head.by_link,
            consent: sees.then_some(consent),
            used: if sees { view.used.into_iter().map(used_of).collect() } else { Vec::new() },
        }
    }
}

fn row_of(row: ListedOrder, sees_prices: bool) -> OrderRow {
    OrderRow {
        id: row.id.0,
        number: row.number,
        quote: OrderQuote { id: row.quote.0, number: row.quote_number, revision: row.revision },
        customer: Ref { id: row.customer.0.0, name: row.customer.1 },
        owner: Ref { id: row.owner.0.0, name: row.owner.1 },
        branch: Ref { id: row.branch.0.0, name: row.branch.1 },
        net: sees_prices.then(|| row.net.to_yuan()),
        line_count: row.line_count,
        first_product: row.first_product,
        signed_day: row.signed_day.to_string(),
        signer: row.signer,
        created_at: row.created_at.0,
    }
}
