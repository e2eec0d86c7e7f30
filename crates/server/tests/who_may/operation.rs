//! Keys, the log of who did what, what somebody may do, looking through another's eyes.

use serde_json::json;

use super::{Line, Sent};
use crate::world::{Place, World};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                      seller  new     manager hq  owner keep logis fin pers admin stranger
    ("GET /api/keys",                 "403    403     403     200 200   403  403   200 403  200   401"),
    ("POST /api/keys",                "403    403     403     201 201   403  403   201 403  201   401"),
    // A key of head office: its own, and those of everybody for owner and administrator.
    ("DELETE /api/keys/{id}",         "403    403     403     200 200   403  403   404 403  200   401"),
    ("GET /api/audit",                "403    403     403     403 200   403  403   403 403  200   401"),
    ("GET /api/audit/export",         "403    403     403     403 200   403  403   403 403  200   401"),
    ("GET /api/audit/kinds",          "403    403     403     403 200   403  403   403 403  200   401"),
    // Of a seller: his own, those whom one sees, nobody else's.
    ("GET /api/people/{id}/rights",   "200/403 403    200/404 200 200   403  403   200 200  200   401"),
    ("PUT /api/session/viewing",      "403    403     403     403 403   403  403   403 403  204   401"),
    ("GET /api/backups",              "403    403     403     403 403   403  403   403 403  200   401"),
    ("POST /api/backups",             "403    403     403     403 403   403  403   403 403  202   401"),
    ("DELETE /api/session/viewing",   "204    204     204     204 204   204  204   204 204  204   401"),
];

pub async fn request(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    Some(match operation {
        // Everybody who may make keys sees people.
        "POST /api/keys" => {
            Sent::to(path).with(json!({"name": "对账", "rights": ["people.read"], "days": 30}))
        }
        "DELETE /api/keys/{id}" => {
            let maker = world.actor("hq_operations").await;
            let rights = ["order.read".to_string()];
            let made = app::keys::make(&world.ctx, &maker, "对账", &rights, 30).await.unwrap();
            // So many keys at once are the limit: the one before is not needed any more.
            for older in app::keys::list(&world.ctx, &maker).await.unwrap().keys {
                if older.id != made.key.id {
                    app::keys::revoke(&world.ctx, &maker, older.id).await.unwrap();
                }
            }
            Sent::to(path.replace("{id}", &made.key.id.to_string()))
        }
        "GET /api/people/{id}/rights" => Sent::to(path.replace("{id}", &world.seller(place).0.to_string())),
        // Each request looks anew: whoever looks through another's eyes cannot do anything else.
        "PUT /api/session/viewing" => {
            world.open_sessions().await;
            Sent::to(path).with(json!({"person_id": world.seller(place).0}))
        }
        "DELETE /api/session/viewing" => {
            world.open_sessions().await;
            Sent::to(path)
        }
        "GET /api/keys"
        | "GET /api/audit"
        | "GET /api/audit/export"
        | "GET /api/audit/kinds"
        | "GET /api/backups" => Sent::to(path),
        "POST /api/backups" => Sent::to(path).with(json!({})),
        _ => return None,
    })
}
