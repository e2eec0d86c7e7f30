//! Customers: each belongs to the seller of its region.

use domain::customers::Attributes;
use serde_json::json;

use super::{Line, Sent};
use crate::world::{Place, World, new_key};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                           seller  new     manager hq  owner keep logis fin pers admin stranger
    ("GET /api/customers",                 "200     200     200     200 200   403  403   200 403  403   401"),
    ("GET /api/customers/export",          "200     200     200     200 200   403  403   200 403  403   401"),
    ("POST /api/customers",                "201     201     201     201 403   403  403   403 403  403   401"),
    ("GET /api/customers/{id}",            "200/404 404     200/404 200 200   404  404   200 404  404   401"),
    ("PATCH /api/customers/{id}",          "200/404 404     200/404 200 403   404  404   403 404  404   401"),
    ("GET /api/customers/{id}/timeline",   "200/404 404     200/404 200 200   404  404   200 404  404   401"),
    ("GET /api/customers/{id}/item_codes", "200/404 404     200/404 200 200   404  404   200 404  404   401"),
    ("PUT /api/customers/{id}/item_codes", "200/404 404     200/404 200 403   404  404   403 404  404   401"),
    ("GET /api/options",                   "200     200     200     200 200   200  200   200 200  200   401"),
];

pub async fn request(world: &World, operation: &str, place: Place) -> Option<Sent> {
    Some(match operation {
        "GET /api/customers" => Sent::to("/api/customers"),
        "GET /api/customers/export" => Sent::to("/api/customers/export?columns=name,net"),
        "GET /api/options" => Sent::to("/api/options"),
        "POST /api/customers" => Sent::to("/api/customers").with(json!({"name": new_key()})),
        "GET /api/customers/{id}" => Sent::to(format!("/api/customers/{}", made(world, place).await)),
        "PATCH /api/customers/{id}" => {
            Sent::to(format!("/api/customers/{}", made(world, place).await)).with(json!({"phone": "1"}))
        }
        "GET /api/customers/{id}/item_codes" => {
            Sent::to(format!("/api/customers/{}/item_codes", made(world, place).await))
        }
        "PUT /api/customers/{id}/item_codes" => {
            let change = json!({"put": [], "delete": []});
            Sent::to(format!("/api/customers/{}/item_codes", made(world, place).await)).with(change)
        }
        "GET /api/customers/{id}/timeline" => {
            Sent::to(format!("/api/customers/{}/timeline", made(world, place).await))
        }
        _ => return None,
    })
}

/// A new customer of the seller of that region.
pub async fn made(world: &World, place: Place) -> i64 {
    let (owner, branch) = (world.seller(place), world.org(place).id);
    let made = world.ctx.store.change(move |tx| {
        Box::pin(async move {
            let attributes = Attributes { name: new_key(), ..Attributes::blank(owner, branch) };
            let code = store::customers::next_code(tx).await?;
            let id = store::customers::insert(tx, &code, &attributes, owner, testkit::TEST_DAY).await?;
            Ok::<_, store::StoreError>(id.0)
        })
    });
    made.await.unwrap()
}
