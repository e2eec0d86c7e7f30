//! The operations on customers.

use app::customers::{self, CustomerFilter, CustomerPlace};
use axum::http::StatusCode;
use domain::base::{CustomerId, OrgId, PersonId};
use domain::customers::CustomerColumn;
use serde::Deserialize;
use utoipa::IntoParams;

use super::wire::{Customer, CustomerChange, CustomerPage, CustomerRow, NewCustomer, TimelineItem};
use super::wire_options::Options;
use crate::documents::{Inline, workbook};
use crate::http::{
    CustomerColumnName, IfMatch, Json, Page, Paging, Path, Query, SignedIn, Versioned, columns_of, mark,
    or_current,
};
use crate::problem::Problem;

/// What a customer list shows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct CustomersWanted {
    /// Words of name, code, contact, phone or city, or pinyin initials.
    pub q: Option<String>,
    pub tier: Option<String>,
    #[serde(rename = "type")]
    #[param(rename = "type")]
    pub kind: Option<String>,
    pub owner: Option<i64>,
    /// A branch, or a region with all its branches.
    pub branch: Option<i64>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Which customers are exported, and with which columns.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CustomersExported {
    pub q: Option<String>,
    pub tier: Option<String>,
    #[serde(rename = "type")]
    #[param(rename = "type")]
    pub kind: Option<String>,
    pub owner: Option<i64>,
    pub branch: Option<i64>,
    /// Names of columns in their order, separated by commas.
    #[param(inline, style = Form, explode = false, value_type = Vec<CustomerColumnName>)]
    pub columns: String,
}

impl CustomersWanted {
    fn filter(self) -> CustomerFilter {
        CustomerFilter {
            search: self.q.unwrap_or_default(),
            tier: self.tier.filter(|text| !text.is_empty()),
            kind: self.kind.filter(|text| !text.is_empty()),
            owner: self.owner.map(PersonId),
            branch: self.branch.map(OrgId),
        }
    }
}

/// Customers that one sees, the best fit first, then the newest.
#[utoipa::path(get, path = "/api/customers", params(CustomersWanted),
    responses((status = 200, body = CustomerPage)))]
pub async fn list(
    who: SignedIn,
    Query(wanted): Query<CustomersWanted>,
) -> Result<Json<CustomerPage>, Problem> {
    let paging = Paging { limit: wanted.limit, after: wanted.after.clone() };
    // Where the page before ended, and how many it had counted.
    let place = |(fit, id, total)| (CustomerPlace { fit, id: CustomerId(id) }, total);
    let after: (Option<CustomerPlace>, Option<i64>) = paging.after::<(i64, i64, i64)>()?.map(place).unzip();
    let filter = wanted.filter();
    let page = customers::customers_after(&who.ctx, &who.actor, filter, after, paging.limit()?).await?;
    let next = page.next.map(|place| mark(&(place.fit, place.id.0, page.total)));
    let items = page.rows.into_iter().map(CustomerRow::of).collect();
    Ok(Json(CustomerPage { items, next, total: page.total }))
}

/// The list as Excel: the same rows, columns and order as on the screen.
#[utoipa::path(get, path = "/api/customers/export", params(CustomersExported),
    responses((status = 200, description = "The workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn export(who: SignedIn, Query(query): Query<CustomersExported>) -> Result<Inline, Problem> {
    let CustomersExported { q, tier, kind, owner, branch, columns } = query;
    let columns = columns_of(&columns, CustomerColumn::ALL, CustomerColumn::key)?;
    let filter = CustomersWanted { q, tier, kind, owner, branch, limit: None, after: None }.filter();
    let sheet = customers::export_customers(&who.ctx, &who.actor, filter, &columns).await?;
    Ok(workbook(sheet, domain::words::lists::CUSTOMERS))
}

/// Make a customer.
#[utoipa::path(post, path = "/api/customers", request_body = NewCustomer,
    responses((status = 201, body = Customer)))]
pub async fn create(
    who: SignedIn,
    Json(body): Json<NewCustomer>,
) -> Result<(StatusCode, Versioned<Customer>), Problem> {
    let id = customers::create_customer(&who.ctx, &who.actor, body.into()).await?;
    Ok((StatusCode::CREATED, seen(&who, id).await?))
}

/// One customer, with the figures of the documents that one sees.
#[utoipa::path(get, path = "/api/customers/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Customer)))]
pub async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Versioned<Customer>, Problem> {
    seen(&who, CustomerId(id)).await
}

/// Change attributes of a customer; type, tier, owner and branch need a right of their own.
#[utoipa::path(patch, path = "/api/customers/{id}", params(("id" = i64, Path)), request_body = CustomerChange,
    responses((status = 200, body = Customer)))]
pub async fn update(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<CustomerChange>,
) -> Result<Versioned<Customer>, Problem> {
    let id = CustomerId(id);
    let outcome = customers::update_customer(&who.ctx, &who.actor, id, version, body.into()).await;
    or_current(outcome, async {
        let Versioned(_, now) = seen(&who, id).await?;
        Ok((now, customers::changed_by(&who.ctx, id).await?))
    })
    .await?;
    seen(&who, id).await
}

/// What happened to a customer and his documents, newest first.
#[utoipa::path(get, path = "/api/customers/{id}/timeline", params(("id" = i64, Path), Paging),
    responses((status = 200, body = Page<TimelineItem>)))]
pub async fn timeline(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<TimelineItem>>, Problem> {
    let (before, limit) = (paging.after::<i64>()?, paging.limit()?);
    let (entries, next) =
        customers::customer_timeline(&who.ctx, &who.actor, CustomerId(id), before, limit).await?;
    let items = entries.into_iter().map(TimelineItem::of).collect();
    Ok(Json(Page { items, next: next.map(|event| mark(&event)) }))
}

async fn seen(who: &SignedIn, id: CustomerId) -> Result<Versioned<Customer>, Problem> {
    let view = customers::customer(&who.ctx, &who.actor, id).await?;
    Ok(Versioned(view.record.version, Customer::of(view)))
}

/// What one may choose from in forms and filters.
#[utoipa::path(get, path = "/api/options", responses((status = 200, body = Options)))]
pub async fn options(who: SignedIn) -> Result<Json<Options>, Problem> {
    Ok(Json(Options::of(customers::options(&who.ctx, &who.actor).await?)))
}
