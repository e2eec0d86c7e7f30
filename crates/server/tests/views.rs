//! Views of lists as they are kept.

use serde_json::{Value, json};
use testkit::each_engine;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_its_list_would_refuse_is_not_kept() {
    each_engine("views that open", async |db| {
        let world = World::new(db).await;
        let (seller, manager) = (world.of("seller"), world.of("region_manager"));
        let view = |list: &str, settings: Value| {
            let mut body = json!({"list": list, "name": "我的"});
            body.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
            body
        };
        for (list, settings, path) in [
            ("quotes", json!({"filters": {"bogus": "x"}}), "filters.bogus"),
            ("quotes", json!({"filters": {"state": "lost"}}), "filters.state"),
            ("quotes", json!({"filters": {"from": "明天"}}), "filters.from"),
            ("quotes", json!({"filters": {"owner": "me"}}), "filters.owner"),
            ("quotes", json!({"filters": {"after": "x"}}), "filters.after"),
            ("quotes", json!({"sort": "margin"}), "sort"),
            ("quotes", json!({"columns": ["number", "bogus"]}), "columns"),
            ("orders", json!({"filters": {"state": "draft"}}), "filters.state"),
            ("orders", json!({"sort": "net"}), "sort"),
            ("customers", json!({"columns": ["number"]}), "columns"),
        ] {
            let refused = seller.post("/api/list-views", view(list, settings)).await.refused(422, "invalid");
            assert_eq!(refused["facts"]["fields"][0]["path"], path, "{}: {refused}", world.db.engine);
        }
        let margin = view("quotes", json!({"columns": ["number", "margin"]}));
        seller.post("/api/list-views", margin.clone()).await.refused(403, "not_allowed");
        manager.post("/api/list-views", margin).await.ok(201);
        let money = view("orders", json!({"columns": ["number", "net"]}));
        world.of("warehouse_keeper").post("/api/list-views", money).await.refused(403, "not_allowed");
        let filters = json!({"state": "draft,issued", "from": "2026-11-01", "q": "漆", "lost": "any"});
        let sound = view("quotes", json!({"columns": ["number", "net"], "filters": filters, "sort": "net"}));
        assert_eq!(seller.post("/api/list-views", sound).await.ok(201)["items"][0]["sort"], "net");
    })
    .await;
}
