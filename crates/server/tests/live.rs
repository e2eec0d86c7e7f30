//! Live screens: hints of what one may see, and of nothing else.

use std::time::Duration;

use axum::http::Method;
use serde_json::json;
use testkit::each_engine;

use crate::world::{Answer, Place, World};

async fn newest(world: &World) -> i64 {
    let newest = world.ctx.store.read(|tx| Box::pin(store::stream::newest(tx))).await;
    let newest: Result<i64, store::StoreError> = newest;
    newest.unwrap()
}

/// What the account hears that heard `last` before.
async fn heard(world: &World, account: &str, last: i64) -> String {
    let (path, last) = ("/api/stream?seconds=0", last.to_string());
    let headers = [("last-event-id", last.as_str())];
    let answer = world.of(account).send(Method::GET, path, &headers, Vec::new()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "text/event-stream");
    String::from_utf8(answer.bytes).unwrap()
}

#[tokio::test]
async fn a_screen_that_comes_back_hears_what_it_missed_among_what_it_may_see() {
    each_engine("live", async |db| {
        let world = World::new(db).await;
        app::stream::follow_once(&world.ctx).await.unwrap();
        let last = newest(&world).await;
        assert_eq!(heard(&world, "seller", last).await, "");
        let quote = world.issued(Place::Suzhou).await.0;
        app::stream::follow_once(&world.ctx).await.unwrap();
        let hint = format!("\"entity\":\"quote\",\"id\":{quote},");
        for (account, hears) in [
            ("seller", true),
            ("region_manager", true),
            ("owner", true),
            ("nanjing_seller", false),
            ("new_seller", false),
            ("warehouse_keeper", false),
            ("administrator", false),
        ] {
            assert_eq!(heard(&world, account, last).await.contains(&hint), hears, "{account}");
        }
        let all = heard(&world, "seller", last).await;
        assert!(all.contains("event: hint") && all.contains("id: "), "{all}");
        assert!(!all.contains("7680"), "a hint carries no figures: {all}");
        let anew = world.of("seller").get(&format!("/api/stream?seconds=0&last={last}")).await;
        assert_eq!(String::from_utf8(anew.bytes).unwrap(), all, "a line opened anew says it in its address");
        assert!(heard(&world, "seller", 0).await.contains("everything"), "too long ago");
        assert_eq!(heard(&world, "seller", newest(&world).await).await, "");
    })
    .await;
}

/// Waits until a line is open.
async fn somebody_listens(world: &World) {
    testkit::until("somebody listens", || world.ctx.hub.listeners() > 0).await;
}

/// Waits until the line is open, does it, and lets the server look at the log once.
async fn meanwhile(world: &World, act: impl Future<Output = Answer>) {
    somebody_listens(world).await;
    assert!(act.await.status < 300);
    app::stream::follow_once(&world.ctx).await.unwrap();
}

#[tokio::test]
async fn a_sign_out_and_the_end_of_a_key_end_the_stream_at_once() {
    each_engine("live ended", async |db| {
        let world = World::new(db).await;
        app::stream::follow_once(&world.ctx).await.unwrap();
        // Less than the half minute after which every stream looks again by itself.
        let soon = Duration::from_secs(25);
        let browser = world.of("seller");
        let left = async {
            tokio::join!(browser.get("/api/stream"), meanwhile(&world, browser.delete("/api/session"))).0
        };
        assert_eq!(tokio::time::timeout(soon, left).await.expect("signed out").status, 200);
        let finance = world.of("finance");
        let asked = json!({"name": "对账", "rights": ["order.read"], "days": 9});
        let made = finance.post("/api/keys", asked).await.ok(201);
        let (bearer, stranger) = (format!("Bearer {}", made["secret"].as_str().unwrap()), world.stranger());
        let headers = [("authorization", bearer.as_str())];
        let path = format!("/api/keys/{}", made["key"]["id"]);
        let listens = stranger.send(Method::GET, "/api/stream", &headers, Vec::new());
        let ended = async { tokio::join!(listens, meanwhile(&world, finance.delete(&path))).0 };
        assert_eq!(tokio::time::timeout(soon, ended).await.expect("revoked").status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_stops_ends_its_streams() {
    each_engine("live stop", async |db| {
        let world = World::new(db).await;
        let browser = world.of("seller");
        let listening = browser.get("/api/stream");
        let stopping = async {
            somebody_listens(&world).await;
            world.ctx.hub.close();
        };
        // By itself it would end after an hour.
        let ended =
            tokio::time::timeout(Duration::from_secs(60), async { tokio::join!(listening, stopping).0 });
        assert_eq!(ended.await.unwrap().status, 200);
    })
    .await;
}
