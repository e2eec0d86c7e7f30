//! Addresses of other systems: the administrator's alone.

use app::webhooks::WebhookText;
use serde_json::json;

use super::{Line, Sent};
use crate::world::{World, new_key};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                                                  seller new manager hq  owner keep logis fin pers admin stranger
    ("GET /api/webhooks",                                         "403   403 403     403 403   403  403   403 403  200   401"),
    ("POST /api/webhooks",                                        "403   403 403     403 403   403  403   403 403  201   401"),
    ("GET /api/webhooks/{id}",                                    "403   403 403     403 403   403  403   403 403  200   401"),
    ("PUT /api/webhooks/{id}",                                    "403   403 403     403 403   403  403   403 403  200   401"),
    ("DELETE /api/webhooks/{id}",                                 "403   403 403     403 403   403  403   403 403  204   401"),
    ("POST /api/webhooks/{id}/secret",                            "403   403 403     403 403   403  403   403 403  200   401"),
    ("POST /api/webhooks/{id}/ping",                              "403   403 403     403 403   403  403   403 403  202   401"),
    ("GET /api/webhooks/{id}/deliveries",                         "403   403 403     403 403   403  403   403 403  200   401"),
    ("POST /api/webhooks/{id}/resend",                            "403   403 403     403 403   403  403   403 403  200   401"),
    ("POST /api/webhooks/{id}/deliveries/{delivery}/resend",      "403   403 403     403 403   403  403   403 403  200   401"),
];

/// Another address in the place of those that there are: a company has few.
async fn fresh(world: &World) -> i64 {
    let admin = world.actor("administrator").await;
    for older in app::webhooks::list(&world.ctx, &admin).await.unwrap() {
        app::webhooks::remove(&world.ctx, &admin, older.id).await.unwrap();
    }
    let text = WebhookText {
        name: new_key(),
        address: "https://erp.example.cn/hooks".to_string(),
        topics: vec!["quote.issued".to_string()],
        org: None,
        active: true,
    };
    app::webhooks::make(&world.ctx, &admin, text).await.unwrap().webhook.id
}

pub async fn request(world: &World, operation: &str) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    if !path.starts_with("/api/webhooks") {
        return None;
    }
    let id = fresh(world).await;
    let mut path = path.replace("{id}", &id.to_string());
    if path.contains("{delivery}") {
        let admin = world.actor("administrator").await;
        let (delivery, _) = app::webhooks::ping(&world.ctx, &admin, id).await.unwrap();
        path = path.replace("{delivery}", &delivery.id.to_string());
    }
    let edit = json!({
        "name": new_key(), "address": "https://erp.example.cn/hooks", "topics": ["order.made"], "active": true,
    });
    let edits = matches!(operation, "POST /api/webhooks" | "PUT /api/webhooks/{id}");
    Some(if edits { Sent::to(path).with(edit) } else { Sent::to(path) })
}
