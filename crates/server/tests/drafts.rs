//! What a browser reads of a draft of prices: every price that must be looked at once with all its reasons, in the checks
//! and in its row of the difference.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_price_is_read_once_with_every_reason_in_the_checks_and_in_its_row_of_the_difference() {
    each_engine("one price", async |db| {
        let engine = db.engine;
        let world = World::new(db).await;
        let paint = world.paint().await.0;
        let author = world.of("hq_operations");
        let items = author.get("/api/config/items?kind=price_list").await.ok(200);
        let path = format!("/api/config/items/{}/drafts", items["items"][0]["id"]);
        let draft = author.post(&path, json!({"title": "录错"})).await.ok(201);
        let path = format!("/api/config/drafts/{}", draft["id"]);
        let row = json!({"key": null, "content": {"product": paint, "price": "12.80"}});
        author.put(&format!("{path}/rows"), 1, json!({"put": [row], "delete": []})).await.ok(200);
        let risks = author.get(&format!("{path}/checks")).await.ok(200)["risks"].clone();
        assert_eq!((&risks["rows"], &risks["count"]), (&json!(1), &json!(3)), "{engine}: {risks}");
        let [price] = &risks["items"].as_array().unwrap()[..] else { panic!("{risks}") };
        assert_eq!((&price["key"], &price["name"]), (&json!("P1"), &json!("P1 外墙乳胶漆")), "{engine}");
        let codes = |reasons: &Value| -> Vec<String> {
            let code = |it: &Value| it["code"].as_str().unwrap().to_string();
            reasons.as_array().unwrap().iter().map(code).collect()
        };
        assert_eq!(codes(&price["reasons"]), ["price_jump", "below_floor", "below_cost"], "{engine}");
        assert_eq!(price["reasons"][2]["sentence"], json!("每桶 12.80 元，比成本 98.00 元低。"), "{engine}");
        let diff = author.get(&format!("{path}/diff")).await.ok(200);
        assert_eq!(diff["items"][0]["risks"], price["reasons"], "{engine}: {diff}");
        author.send(Method::DELETE, &path, &[("if-match", "\"2\"")], Vec::new()).await.ok(204);
        let diff = author.get(&format!("{path}/diff")).await.ok(200);
        assert_eq!(diff["items"][0]["risks"], json!([]), "{engine}: it was thrown away");
    })
    .await;
}
