//! The operations on products and categories.

use app::AppError;
use app::catalog::{self, ProductQuery};
use axum::http::StatusCode;
use domain::base::{CategoryId, CustomerId, ProductId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::wire::{
    Category, CategoryList, NewCategory, NewProduct, Product, ProductEdit, ProductPage, ProductRow,
};
use crate::http::{Empty, IfMatch, Json, Paging, Path, Query, SignedIn, Versioned, mark, or_current};
use crate::problem::Problem;

/// What a product list shows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct ProductsWanted {
    /// Words of code, barcode, name, specification, or pinyin initials.
    pub q: Option<String>,
    /// This category and everything beneath it.
    pub category: Option<i64>,
    /// `false` (usual), `true` or `all`.
    pub archived: Option<String>,
    /// Prices after this customer's tier.
    pub customer: Option<i64>,
    pub limit: Option<i64>,
    pub after: Option<String>,
}

/// Products that fit, the best fit first.
#[utoipa::path(get, path = "/api/products", tag = "catalog", params(ProductsWanted),
    responses((status = 200, body = ProductPage)))]
pub async fn list(who: SignedIn, Query(wanted): Query<ProductsWanted>) -> Result<Json<ProductPage>, Problem> {
    let paging = Paging { limit: wanted.limit, after: wanted.after };
    let after = paging.after::<(i64, i64)>()?;
    let query = ProductQuery {
        search: wanted.q.unwrap_or_default(),
        category: wanted.category.map(CategoryId),
        archived: match wanted.archived.as_deref() {
            Some("all") => None,
            other => Some(other == Some("true")),
        },
        customer: wanted.customer.map(CustomerId),
        after: after.map(|(rank, id)| catalog::ProductAfter { rank, id: ProductId(id) }),
    };
    let page = catalog::find_products(&who.ctx, &who.actor, query, paging.limit()?).await?;
    let next = page.next.map(|place| mark(&(place.rank, place.id.0)));
    Ok(Json(ProductPage {
        items: page.items.into_iter().map(ProductRow::of).collect(),
        next,
        total: page.total,
    }))
}

/// Make a product.
#[utoipa::path(post, path = "/api/products", tag = "catalog", request_body = NewProduct,
    responses((status = 201, body = Product)))]
pub async fn create(
    who: SignedIn,
    Json(body): Json<NewProduct>,
) -> Result<(StatusCode, Versioned<Product>), Problem> {
    let id = catalog::create_product(&who.ctx, &who.actor, body.form()?).await?;
    Ok((StatusCode::CREATED, seen(&who, id).await?))
}

/// One product.
#[utoipa::path(get, path = "/api/products/{id}", tag = "catalog", params(("id" = i64, Path)),
    responses((status = 200, body = Product)))]
pub async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Versioned<Product>, Problem> {
    seen(&who, ProductId(id)).await
}

/// Change fields of a product.
#[utoipa::path(patch, path = "/api/products/{id}", tag = "catalog", params(("id" = i64, Path), ("If-Match" = String, Header)),
    request_body = ProductEdit, responses((status = 200, body = Product)))]
pub async fn update(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<ProductEdit>,
) -> Result<Versioned<Product>, Problem> {
    let id = ProductId(id);
    let outcome = catalog::update_product(&who.ctx, &who.actor, id, version, body.change()?).await;
    or_current(outcome, async {
        let Versioned(_, now) = seen(&who, id).await?;
        Ok((now, None))
    })
    .await?;
    seen(&who, id).await
}

/// Take a product out of sale.
#[utoipa::path(post, path = "/api/products/{id}/archive", tag = "catalog", params(("id" = i64, Path)),
    request_body = Empty, responses((status = 200, body = Product)))]
pub async fn archive(
    who: SignedIn,
    Path(id): Path<i64>,
    _: Json<Empty>,
) -> Result<Versioned<Product>, Problem> {
    catalog::archive_product(&who.ctx, &who.actor, ProductId(id)).await?;
    seen(&who, ProductId(id)).await
}

/// Take an archived product back into sale.
#[utoipa::path(post, path = "/api/products/{id}/restore", tag = "catalog", params(("id" = i64, Path)),
    request_body = Empty, responses((status = 200, body = Product)))]
pub async fn restore(
    who: SignedIn,
    Path(id): Path<i64>,
    _: Json<Empty>,
) -> Result<Versioned<Product>, Problem> {
    catalog::restore_product(&who.ctx, &who.actor, ProductId(id)).await?;
    seen(&who, ProductId(id)).await
}

/// All categories in tree order.
#[utoipa::path(get, path = "/api/categories", tag = "catalog",
    responses((status = 200, body = CategoryList)))]
pub async fn categories(who: SignedIn) -> Result<Json<CategoryList>, Problem> {
    let nodes = catalog::categories(&who.ctx, &who.actor).await?;
    Ok(Json(CategoryList { items: nodes.into_iter().map(Category::of).collect() }))
}

/// Make a category.
#[utoipa::path(post, path = "/api/categories", tag = "catalog", request_body = NewCategory,
    responses((status = 201, body = CategoryList)))]
pub async fn create_category(
    who: SignedIn,
    Json(body): Json<NewCategory>,
) -> Result<(StatusCode, Json<CategoryList>), Problem> {
    let parent = body.parent_id.map(CategoryId);
    catalog::create_category(&who.ctx, &who.actor, parent, &body.name).await?;
    Ok((StatusCode::CREATED, categories(who).await?))
}

pub(super) async fn seen(who: &SignedIn, id: ProductId) -> Result<Versioned<Product>, Problem> {
    let product: Result<_, AppError> = catalog::product(&who.ctx, &who.actor, id).await;
    let product = product?;
    Ok(Versioned(product.stored.version, Product::of(product)))
}
