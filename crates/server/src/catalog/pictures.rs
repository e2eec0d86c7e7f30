//! The operations on pictures of products.

use app::catalog;
use axum::http::{HeaderMap, StatusCode};
use domain::base::ProductId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers::seen;
use super::wire::Product;
use crate::documents::{PictureBytes, picture_bytes};
use crate::http::{AppState, Empty, Json, Path, SignedIn, Versioned};
use crate::problem::Problem;

/// A picture that was handed in before (`/api/files`).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPicture {
    /// sha256 of the file.
    pub file: String,
}

/// All pictures of a product in the order that they shall have; the first is the main one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PictureOrder {
    pub files: Vec<String>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(add))
        .routes(routes!(order))
        .routes(routes!(picture))
        .routes(routes!(remove))
        .routes(routes!(restore))
}

/// Add a picture to a product: at most eight; PNG, JPEG or WebP.
#[utoipa::path(post, path = "/api/products/{id}/pictures", tag = "catalog", params(("id" = i64, Path)),
    request_body = NewPicture, responses((status = 201, body = Product)))]
async fn add(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<NewPicture>,
) -> Result<(StatusCode, Versioned<Product>), Problem> {
    let id = ProductId(id);
    catalog::add_picture(&who.ctx, &who.actor, id, &body.file).await?;
    Ok((StatusCode::CREATED, seen(&who, id).await?))
}

/// Put the pictures of a product into another order.
#[utoipa::path(post, path = "/api/products/{id}/pictures/order", tag = "catalog", params(("id" = i64, Path)),
    request_body = PictureOrder, responses((status = 200, body = Product)))]
async fn order(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<PictureOrder>,
) -> Result<Versioned<Product>, Problem> {
    let id = ProductId(id);
    catalog::order_pictures(&who.ctx, &who.actor, id, body.files).await?;
    seen(&who, id).await
}

/// A picture of a product, large or small, by its content hash.
#[utoipa::path(get, path = "/api/products/{id}/pictures/{file}", tag = "catalog",
    params(("id" = i64, Path), ("file" = String, Path)),
    responses((status = 200, description = "The picture", content_type = "image/jpeg")))]
async fn picture(
    who: SignedIn,
    Path((id, file)): Path<(i64, String)>,
    headers: HeaderMap,
) -> Result<PictureBytes, Problem> {
    let content = catalog::picture(&who.ctx, &who.actor, ProductId(id), &file).await?;
    Ok(picture_bytes(&headers, &file, content))
}

/// Take a picture away from a product; documents that show it keep it.
#[utoipa::path(post, path = "/api/products/{id}/pictures/{file}/remove", tag = "catalog", request_body = Empty,
    params(("id" = i64, Path), ("file" = String, Path)), responses((status = 200, body = Product)))]
async fn remove(
    who: SignedIn,
    Path((id, file)): Path<(i64, String)>,
    _: Json<Empty>,
) -> Result<Versioned<Product>, Problem> {
    let id = ProductId(id);
    catalog::remove_picture(&who.ctx, &who.actor, id, &file).await?;
    seen(&who, id).await
}

/// Take a picture back that was taken away.
#[utoipa::path(post, path = "/api/products/{id}/pictures/{file}/restore", tag = "catalog", request_body = Empty,
    params(("id" = i64, Path), ("file" = String, Path)), responses((status = 200, body = Product)))]
async fn restore(
    who: SignedIn,
    Path((id, file)): Path<(i64, String)>,
    _: Json<Empty>,
) -> Result<Versioned<Product>, Problem> {
    let id = ProductId(id);
    catalog::restore_picture(&who.ctx, &who.actor, id, &file).await?;
    seen(&who, id).await
}
