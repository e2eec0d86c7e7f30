//! Lists of one's own (常用清单) over HTTP: made once, changed by whoever saw them, told in plain words.

use serde_json::json;
use testkit::each_engine;

use crate::world::{Place, World, new_key};

#[tokio::test]
async fn a_list_is_made_once_however_often_it_is_sent_and_logged() {
    each_engine("sets once", async |db| {
        let world = World::new(db).await;
        let quote = world.issued(Place::Suzhou).await.0;
        let body = json!({"name": "三居室", "quote_id": quote, "shared": true, "area": "100"});
        let (seller, key) = (world.of("seller"), new_key());
        let first = seller.post_once("/api/quote-sets", &key, body.clone()).await.ok(201);
        let again = seller.post_once("/api/quote-sets", &key, body.clone()).await.ok(201);
        assert_eq!(first, again);
        assert_eq!(first["shared"]["name"], "苏州");
        assert_eq!((first["area"].as_str(), first["lines"][0]["qty"].as_str()), (Some("100"), Some("60")));
        let text = first.to_string();
        assert!(!text.contains("price") && !text.contains("net"), "a list carries no money: {text}");
        let listed = seller.get("/api/quote-sets").await.ok(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let refused = seller.post("/api/quote-sets", body).await.refused(422, "invalid");
        assert_eq!(refused["facts"]["fields"][0]["path"], "name", "two lists have two names");
        assert_eq!(testkit::rows_in(&world.ctx.store, "quote_set").await, 1);
        let id = first["id"].as_i64().unwrap();
        let logged = world
            .ctx
            .store
            .read(|tx| Box::pin(async move { store::events::of_entity(tx, "quote_set", id, None, 9).await }));
        let kinds: Vec<String> = logged.await.unwrap().into_iter().map(|event| event.kind).collect();
        assert_eq!(kinds, ["quote_set.made"]);
    })
    .await;
}

#[tokio::test]
async fn who_changes_a_list_has_seen_it_as_it_is() {
    each_engine("sets versions", async |db| {
        let world = World::new(db).await;
        let path = format!("/api/quote-sets/{}", world.set(Place::Suzhou).await.0);
        let (seller, manager) = (world.of("seller"), world.of("region_manager"));
        let read = seller.get(&path).await;
        assert_eq!(read.headers["etag"], "\"1\"");
        manager.patch(&path, 1, json!({"name": "本区墙面"})).await.ok(200);
        let late = seller.patch(&path, 1, json!({"name": "我的墙面"})).await.refused(412, "changed_by_other");
        assert_eq!(late["facts"]["current"]["name"], "本区墙面");
        assert!(late["facts"]["changed_by"].is_string());
        seller.patch(&path, 2, json!({"name": "我的墙面"})).await.ok(200);
        let customer = world.customer(Place::Suzhou).await.0;
        let fill = |query: &str| format!("{path}/fill?customer={customer}&{query}");
        let filled = seller.get(&fill("times=1.5&round_up=true")).await.ok(200);
        assert_eq!(filled["lines"][0]["qty"], "90");
        for (query, field) in [("times=0", "times"), ("area=90", "area"), ("times=%E4%B8%89", "times")] {
            let refused = seller.get(&fill(query)).await.refused(422, "invalid");
            assert_eq!(refused["facts"]["fields"][0]["path"], field, "{query}");
        }
        assert_eq!(seller.delete(&path).await.status, 204);
        assert_eq!(seller.get(&path).await.status, 404);
        seller.post(&format!("{path}/restore"), json!({})).await.ok(200);
        assert_eq!(seller.get(&path).await.status, 200);
    })
    .await;
}
