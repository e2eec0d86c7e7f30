//! Quotations, orders, papers, measures and the page 今天.

use app::quotes;
use domain::base::{QuoteId, QuoteSetId};
use serde_json::json;

use super::{Line, Sent};
use crate::world::{Place, World, new_key};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                       seller  new manager hq  owner keep logis fin pers admin stranger
    ("GET /api/quotes",                "200     200 200     200 200   403  403   200 403  403   401"),
    ("GET /api/quotes/export",         "200     200 200     200 200   403  403   200 403  403   401"),
    ("POST /api/quotes",               "201/404 404 201/404 403 201   403  403   403 403  403   401"),
    ("POST /api/quotes/price",         "200/404 404 200/404 403 200   403  403   403 403  403   401"),
    ("POST /api/quotes/paste",         "200     200 200     403 200   403  403   403 403  403   401"),
    ("GET /api/quotes/recent-products","200/404 404 200/404 403 200   403  403   403 403  403   401"),
    ("POST /api/quotes/{id}/copies",   "201/404 404 201/404 403 201   404  404   403 404  404   401"),
    // The lists of the requests are the seller's, shared with the region; of a foreign quotation nobody keeps anything.
    ("GET /api/quote-sets",            "200     200 200     403 200   403  403   403 403  403   401"),
    ("POST /api/quote-sets",           "201/422 422 201/422 403 201   403  403   403 403  403   401"),
    ("PUT /api/quote-sets/order",      "200     200 200     403 200   403  403   403 403  403   401"),
    ("GET /api/quote-sets/{id}",       "200/404 200/404 200/404 403 200 403 403  403 403  403   401"),
    ("PATCH /api/quote-sets/{id}",     "200/404 403/404 200/404 403 200 403 403  403 403  403   401"),
    ("DELETE /api/quote-sets/{id}",    "204/404 403/404 204/404 403 204 403 403  403 403  403   401"),
    ("POST /api/quote-sets/{id}/restore","200/404 403/404 200/404 403 200 403 403 403 403 403   401"),
    // A new seller sees the list, but not the customer.
    ("GET /api/quote-sets/{id}/fill",  "200/404 404 200/404 403 200   403  403   403 403  403   401"),
    ("GET /api/quotes/options",        "200     200 200     403 200   403  403   403 403  403   401"),
    ("GET /api/quotes/{id}",           "200/404 404 200/404 200 200   404  404   200 404  404   401"),
    ("PUT /api/quotes/{id}",           "200/404 404 200/404 403 200   404  404   403 404  404   401"),
    ("DELETE /api/quotes/{id}",        "204/404 404 204/404 403 204   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/issue",    "200/404 404 200/404 403 200   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/take-over","200/404 404 200/404 403 200   404  404   403 404  404   401"),
    // Below the floor the owner alone may issue: sellers and managers ask, nobody else was asked, and the owner need not.
    ("POST /api/quotes/{id}/ask",      "200/404 404 200/404 403 409   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/ask/give-back","409/404 404 409/404 403 200 404 404 403 404 404 401"),
    ("POST /api/quotes/{id}/ask/withdraw","200/404 404 409/404 403 409 404 404 403 404 404 401"),
    ("POST /api/quotes/{id}/copy",     "201/404 404 201/404 403 201   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/options",  "201/404 404 201/404 403 201   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/revise",   "201/404 404 201/404 403 201   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/cancel",   "200/404 404 200/404 403 200   404  404   403 404  404   401"),
    // Whoever may sign is told that the paper is missing; whoever may release, that there is nothing to release.
    ("POST /api/quotes/{id}/sign",     "422/404 404 422/404 403 422   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/release",  "403/404 404 403/404 409 409   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/lose",     "200/404 404 200/404 403 200   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/follow-up","200/404 404 200/404 403 200   404  404   403 404  404   401"),
    ("GET /api/quotes/{id}/shares",    "200/404 404 200/404 200 200   404  404   200 404  404   401"),
    ("POST /api/quotes/{id}/shares",   "201/404 404 201/404 403 201   404  404   403 404  404   401"),
    ("POST /api/quotes/{id}/shares/{share}/withdraw","200/404 404 200/404 403 200 404 404 403 404 404 401"),
    ("POST /api/quotes/{id}/shares/{share}/code","200/404 404 200/404 403 200 404 404 403 404 404 401"),
    ("GET /api/public/shares/{token}", "200     200 200     200 200   200  200   200 200  200   200"),
    ("GET /api/public/shares/{token}/pdf","200  200 200     200 200   200  200   200 200  200   200"),
    ("GET /api/public/shares/{token}/pictures/{file}","200 200 200 200 200 200 200 200 200 200 200"),
    ("POST /api/public/shares/{token}/views","204 204 204   204 204   204  204   204 204  204   204"),
    // Whoever has the link may try; a wrong code is refused.
    ("POST /api/public/shares/{token}/accept","422 422 422  422 422   422  422   422 422  422   422"),
    ("GET /api/quotes/{id}/pdf",       "200/404 404 200/404 200 200   404  404   200 404  404   401"),
    ("GET /api/orders",                "200     200 200     200 200   200  200   200 403  403   401"),
    // What carries no money; with the column of money those who see no prices are refused.
    ("GET /api/orders/export",         "200     200 200     200 200   200  200   200 403  403   401"),
    ("GET /api/orders/{id}",           "200/404 404 200/404 200 200   200  200   200 404  404   401"),
    ("GET /api/orders/{id}/consent",   "200/404 404 200/404 200 200   403  403   200 404  404   401"),
    ("GET /api/orders/{id}/contract",  "200/404 404 200/404 200 200   403  403   200 404  404   401"),
    ("GET /api/public/verify/{code}",  "200     200 200     200 200   200  200   200 200  200   200"),
    ("GET /api/today",                 "200     200 200     200 200   200  200   200 200  200   401"),
    ("GET /api/insights/handling-time","200     200 200     200 200   403  403   403 403  403   401"),
    ("GET /api/insights/conversion",   "200     200 200     200 200   403  403   403 403  403   401"),
    ("POST /api/activity",             "204     204 204     204 204   204  204   204 204  204   401"),
];

pub async fn request(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    let on = |id: QuoteId| Sent::to(path.replace("{id}", &id.0.to_string()));
    Some(match operation {
        "GET /api/quotes"
        | "GET /api/quotes/options"
        | "GET /api/orders"
        | "GET /api/today"
        | "GET /api/insights/handling-time" => Sent::to(path),
        "GET /api/quotes/export" | "GET /api/orders/export" => {
            Sent::to(format!("{path}?columns=number,customer"))
        }
        "POST /api/quotes/paste" => Sent::to(path).with(json!({"text": "外墙乳胶漆 20 桶"})),
        "GET /api/quotes/recent-products" => {
            Sent::to(format!("{path}?customer={}", world.customer(place).await.0))
        }
        "POST /api/quotes/{id}/copies" => {
            let (id, customer) = (world.issued(place).await, world.customer(place).await.0);
            on(id).with(json!({"customer_ids": [customer]}))
        }
        "GET /api/insights/conversion" => Sent::to(format!("{path}?by=person")),
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
        "POST /api/quotes/{id}/copy"
        | "POST /api/quotes/{id}/take-over"
        | "POST /api/quotes/{id}/options" => on(world.draft(place).await),
        "POST /api/quotes/{id}/revise" | "GET /api/quotes/{id}/pdf" => on(world.issued(place).await),
        "POST /api/quotes/{id}/lose" => on(world.issued(place).await).with(json!({"why": "price"})),
        "POST /api/quotes/{id}/follow-up" => {
            on(world.issued(place).await).with(json!({"day": "2026-12-01", "note": "问封顶"}))
        }
        "POST /api/quotes/{id}/cancel" => on(world.issued(place).await).with(json!({"reason": "客户改主意"})),
        "POST /api/quotes/{id}/sign" => on(world.issued(place).await)
            .with(json!({"signed_day": "2026-11-24", "signer": "王小明", "file": "0"})),
        "POST /api/quotes/{id}/release" => {
            on(world.issued(place).await).with(json!({"until": "2026-11-24", "reason": "老客户"}))
        }
        "GET /api/orders/{id}" | "GET /api/orders/{id}/consent" | "GET /api/orders/{id}/contract" => {
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
        _ if operation.contains("/api/quote-sets") => return on_sets(world, operation, place).await,
        _ if operation.contains("/{id}/ask") => return on_asks(world, operation, place).await,
        _ => return on_links(world, operation, place).await,
    })
}

/// Operations on lists of one's own.
async fn on_sets(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    let on = |id: QuoteSetId| Sent::to(path.replace("{id}", &id.0.to_string()));
    Some(match operation {
        "GET /api/quote-sets" => Sent::to(path),
        "POST /api/quote-sets" => {
            Sent::to(path).with(json!({"name": new_key(), "quote_id": world.draft(place).await.0}))
        }
        "PUT /api/quote-sets/order" => Sent::to(path).with(json!({"ids": []})),
        "GET /api/quote-sets/{id}" | "DELETE /api/quote-sets/{id}" => on(world.set(place).await),
        "PATCH /api/quote-sets/{id}" => on(world.set(place).await).with(json!({"name": new_key()})),
        "POST /api/quote-sets/{id}/restore" => {
            let (id, seller) = (world.set(place).await, world.seller_actor(place).await);
            quotes::delete_quote_set(&world.ctx, &seller, id).await.unwrap();
            on(id)
        }
        "GET /api/quote-sets/{id}/fill" => {
            let customer = world.customer(place).await.0;
            Sent::to(format!("{}?customer={customer}&times=3", on(world.set(place).await).path))
        }
        _ => return None,
    })
}

/// Operations on what goes beyond one's limits.
async fn on_asks(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    let on = |id: QuoteId| Sent::to(path.replace("{id}", &id.0.to_string()));
    Some(match operation {
        "POST /api/quotes/{id}/ask" => {
            let owner = world.people["owner"].0;
            let draft = on(world.below_floor(place).await).on(2);
            draft.with(json!({"person_id": owner, "reason": "老客户"}))
        }
        "POST /api/quotes/{id}/ask/give-back" => {
            on(world.asked(place).await).with(json!({"reason": "价太低"}))
        }
        "POST /api/quotes/{id}/ask/withdraw" => on(world.asked(place).await),
        _ => return None,
    })
}

/// Operations on share links.
async fn on_links(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    let on = |id: QuoteId| Sent::to(path.replace("{id}", &id.0.to_string()));
    Some(match operation {
        "GET /api/quotes/{id}/shares" => on(world.issued(place).await),
        "POST /api/quotes/{id}/shares" => on(world.issued(place).await).with(json!({"last_day": null})),
        "POST /api/quotes/{id}/shares/{share}/withdraw" | "POST /api/quotes/{id}/shares/{share}/code" => {
            let (id, share, _) = world.shared(place).await;
            Sent::to(path.replace("{id}", &id.0.to_string()).replace("{share}", &share.0.to_string()))
        }
        "GET /api/public/shares/{token}"
        | "GET /api/public/shares/{token}/pdf"
        | "POST /api/public/shares/{token}/views" => {
            Sent::to(path.replace("{token}", &world.shared(place).await.2))
        }
        "GET /api/public/shares/{token}/pictures/{file}" => {
            let (token, file) = world.shared_with_picture(place).await;
            Sent::to(path.replace("{token}", &token).replace("{file}", &file))
        }
        "POST /api/public/shares/{token}/accept" => {
            let (id, share, token) = world.shared(place).await;
            let owner = world.actor("owner").await;
            let handed = quotes::hand_over_code(&world.ctx, &owner, id, share).await.unwrap().code;
            let wrong = if handed == "000000" { "000001" } else { "000000" };
            Sent::to(path.replace("{token}", &token)).with(json!({"signer": "王小明", "code": wrong}))
        }
        _ => return None,
    })
}
