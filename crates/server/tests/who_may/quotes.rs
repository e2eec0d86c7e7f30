//! Quotations, orders, papers, measures and the page 今天.

use app::quotes;
use domain::base::QuoteId;
use serde_json::json;

use super::{Line, Sent};
use crate::world::{Place, World, new_key};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                       seller  new manager hq  owner keep logis fin pers admin stranger
    ("GET /api/quotes",                "200     200 200     200 200   403  403   200 403  403   401"),
    ("POST /api/quotes",               "201/404 404 201/404 403 201   403  403   403 403  403   401"),
    ("POST /api/quotes/price",         "200/404 404 200/404 403 200   403  403   403 403  403   401"),
    ("GET /api/quotes/{id}",           "200/404 404 200/404 200 200   404  404   200 404  404   401"),
    ("PUT /api/quotes/{id}",           "200/404 404 200/404 403 200   404  404   403 404  404   401"),
    ("DELETE /api/quotes/{id}",        "204/404 404 204/404 403 204   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/issue",    "200/404 404 200/404 403 200   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/copy",     "201/404 404 201/404 403 201   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/revise",   "201/404 404 201/404 403 201   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/cancel",   "200/404 404 200/404 403 200   404  404   403 404  404   401"),
    // Whoever may sign is told that the paper is missing; whoever may release, that there is nothing to release.
    ("POST /api/quotes/{id}/sign",     "422/404 404 422/404 403 422   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/release",  "403/404 404 403/404 409 409   404  404   403 404  404   401"),
    ("GET /api/quotes/{id}/pdf",       "200/404 404 200/404 200 200   404  404   200 404  404   401"),
    ("GET /api/orders",                "200     200 200     200 200   200  200   200 403  403   401"),
    ("GET /api/orders/{id}",           "200/404 404 200/404 200 200   200  200   200 404  404   401"),
    ("GET /api/orders/{id}/consent",   "200/404 404 200/404 200 200   403  403   200 404  404   401"),
    ("GET /api/public/verify/{code}",  "200     200 200     200 200   200  200   200 200  200   200"),
    ("GET /api/today",                 "200     200 200     200 200   200  200   200 200  200   401"),
    ("GET /api/insights/handling-time","200     200 200     200 200   403  403   403 403  403   401"),
    ("POST /api/activity",             "204     204 204     204 204   204  204   204 204  204   401"),
];

pub async fn request(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    let on = |id: QuoteId| Sent::to(path.replace("{id}", &id.0.to_string()));
    Some(match operation {
        "GET /api/quotes" | "GET /api/orders" | "GET /api/today" | "GET /api/insights/handling-time" => {
            Sent::to(path)
        }
        "POST /api/quotes" | "POST /api/quotes/price" => {
            let customer = world.customer(place).await.0;
            Sent::to(path).with(json!({"customer_id": customer, "lines": [world.line("60").await]}))
        }
        "GET /api/quotes/{id}" | "DELETE /api/quotes/{id}" => on(world.draft(place).await),
        "PUT /api/quotes/{id}" => {
            let id = world.draft(place).await;
            let owner = world.actor("owner").await;
            let customer = quotes::read_quote(&world.ctx, &owner, id).await.unwrap().head.customer.0;
            on(id).with(json!({
                "customer_id": customer, "valid_until": null, "notes": "改", "lines": [world.line("61").await],
            }))
        }
        "POST /api/quotes/{id}/issue" => {
            on(world.draft(place).await).with(json!({"expected_net": "7680.00"}))
        }
        "POST /api/quotes/{id}/copy" => on(world.draft(place).await),
        "POST /api/quotes/{id}/revise" | "GET /api/quotes/{id}/pdf" => on(world.issued(place).await),
        "POST /api/quotes/{id}/cancel" => on(world.issued(place).await).with(json!({"reason": "客户改主意"})),
        "POST /api/quotes/{id}/sign" => on(world.issued(place).await)
            .with(json!({"signed_day": "2026-11-24", "signer": "王小明", "file": "0"})),
        "POST /api/quotes/{id}/release" => {
            on(world.issued(place).await).with(json!({"until": "2026-11-24", "reason": "老客户"}))
        }
        "GET /api/orders/{id}" | "GET /api/orders/{id}/consent" => {
            Sent::to(path.replace("{id}", &world.order(place).await.0.to_string()))
        }
        "GET /api/public/verify/{code}" => {
            let (id, owner) = (world.issued(place).await, world.actor("owner").await);
            let code = quotes::read_quote(&world.ctx, &owner, id).await.unwrap().head.verify_code;
            Sent::to(path.replace("{code}", &code.unwrap()))
        }
        "POST /api/activity" => {
            let id = world.draft(place).await.0;
            let event =
                json!({"id": new_key(), "kind": "opened", "quote_id": id, "at": 1_795_482_000_000_i64});
            Sent::to(path).with(json!({"events": [event]}))
        }
        _ => return None,
    })
}
