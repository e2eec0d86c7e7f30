//! Products and categories: seen by everybody who sells or packs, kept by head office.

use app::catalog::ProductForm;
use domain::base::{BasisPoints, ProductId};
use domain::documents::ShapedPicture;
use serde_json::json;

use super::{Line, Sent};
use crate::world::{Place, World, new_key};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                        seller new manager hq  owner keep logis fin pers admin stranger
    ("GET /api/products",               "200   200 200     200 200   200  200   200 403  403   401"),
    ("POST /api/products",              "403   403 403     201 403   403  403   403 403  403   401"),
    ("GET /api/products/{id}",          "200   200 200     200 200   200  200   200 404  404   401"),
    ("PATCH /api/products/{id}",        "403   403 403     200 403   403  403   403 404  404   401"),
    ("POST /api/products/{id}/archive", "403   403 403     200 403   403  403   403 404  404   401"),
    ("POST /api/products/{id}/restore", "403   403 403     200 403   403  403   403 404  404   401"),
    // Whoever may add one is told that the file is missing.
    ("POST /api/products/{id}/pictures","403   403 403     422 403   403  403   403 404  404   401"),
    ("POST /api/products/{id}/pictures/order","403 403 403 200 403   403  403   403 404  404   401"),
    ("GET /api/products/{id}/pictures/{file}","200 200 200 200 200   200  200   200 404  404   401"),
    ("POST /api/products/{id}/pictures/{file}/remove", "403 403 403 200 403 403 403 403 404 404 401"),
    ("POST /api/products/{id}/pictures/{file}/restore","403 403 403 200 403 403 403 403 404 404 401"),
    ("GET /api/products/{id}/prices",   "200   200 200     200 200   403  403   200 404  404   401"),
    ("GET /api/products/{id}/answer",   "200/404 404 200/404 200 200 403 403 200 404  404   401"),
    ("GET /api/products/{id}/paid",     "200   200 200     200 200   403  403   200 404  404   401"),
    ("GET /api/categories",             "200   200 200     200 200   200  200   200 403  403   401"),
    ("POST /api/categories",            "403   403 403     201 403   403  403   403 403  403   401"),
];

pub async fn request(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    Some(match operation {
        "GET /api/products" | "GET /api/categories" => Sent::to(path),
        "POST /api/categories" => Sent::to(path).with(json!({"name": new_key()})),
        "POST /api/products" => Sent::to(path).with(json!({
            "code": new_key(), "name": "乳胶漆", "base_unit": "桶", "tax_rate": "13",
        })),
        "PATCH /api/products/{id}" => on(world, path).await.with(json!({"name": "改"})),
        "GET /api/products/{id}"
        | "POST /api/products/{id}/archive"
        | "POST /api/products/{id}/restore"
        | "GET /api/products/{id}/paid"
        | "GET /api/products/{id}/prices" => on(world, path).await,
        "GET /api/products/{id}/answer" => {
            let sent = on(world, path).await;
            let customer = super::customers::made(world, place).await;
            Sent { path: format!("{}?customer={customer}", sent.path), ..sent }
        }
        "POST /api/products/{id}/pictures" => on(world, path).await.with(json!({"file": "0"})),
        "POST /api/products/{id}/pictures/order" => {
            let (product, file) = pictured(world).await;
            Sent::to(path.replace("{id}", &product.to_string())).with(json!({"files": [file]}))
        }
        "GET /api/products/{id}/pictures/{file}"
        | "POST /api/products/{id}/pictures/{file}/remove"
        | "POST /api/products/{id}/pictures/{file}/restore" => {
            let (product, file) = pictured(world).await;
            Sent::to(path.replace("{id}", &product.to_string()).replace("{file}", &file))
        }
        _ => return None,
    })
}

/// A new product with a picture, and the file of the picture.
async fn pictured(world: &World) -> (i64, String) {
    let id = made(world).await;
    let operations = world.actor("hq_operations").await;
    let picture = ShapedPicture { large: new_key().into(), thumb: new_key().into(), width: 800, height: 600 };
    app::catalog::keep_picture(&world.ctx, &operations, id, picture).await.unwrap();
    let seen = app::catalog::product(&world.ctx, &operations, id).await.unwrap();
    (id.0, seen.stored.pictures[0].file.clone())
}

async fn on(world: &World, path: &str) -> Sent {
    Sent::to(path.replace("{id}", &made(world).await.0.to_string()))
}

async fn made(world: &World) -> ProductId {
    let form = ProductForm {
        code: new_key(),
        name: "乳胶漆".into(),
        base_unit: "桶".into(),
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        price_decimals: 2,
        ..ProductForm::default()
    };
    let operations = world.actor("hq_operations").await;
    app::catalog::create_product(&world.ctx, &operations, form).await.unwrap()
}
