//! Rules that are paused: seen by those who see configuration, let go on by those who publish it. What the clock has laid
//! aside: seen and tried again by whoever keeps the company.

use serde_json::json;
use store::StoreError;

use super::{Line, Sent};
use crate::world::World;

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                      seller new manager hq  owner keep logis fin pers admin stranger
    ("GET /api/rules/paused",         "403   403 200     200 200   403  403   200 403  403   401"),
    ("POST /api/rules/{key}/resume",  "403   403 403     204 204   403  403   403 403  403   401"),
    ("GET /api/clock/aside",          "403   403 403     403 403   403  403   403 403  200   401"),
    ("POST /api/clock/retry",         "403   403 403     403 403   403  403   403 403  200   401"),
];

pub async fn request(world: &World, operation: &str) -> Option<Sent> {
    match operation {
        "GET /api/rules/paused" => Some(Sent::to("/api/rules/paused")),
        "GET /api/clock/aside" => Some(Sent::to("/api/clock/aside")),
        "POST /api/clock/retry" => Some(Sent::to("/api/clock/retry").with(json!({}))),
        "POST /api/rules/{key}/resume" => {
            let paused = world.ctx.store.change(|tx| {
                Box::pin(async move {
                    let now = store::events::moment(tx).await?.now;
                    store::automation::pause(tx, now, "quote_silent", 200).await
                })
            });
            let paused: Result<(), StoreError> = paused.await;
            paused.unwrap();
            Some(Sent::to("/api/rules/quote_silent/resume").with(json!({"held": "run"})))
        }
        _ => None,
    }
}
