//! Customers as browsers make, change and find them.

use serde_json::json;
use testkit::each_engine;

use crate::world::World;

#[tokio::test]
async fn a_customer_is_made_once_shown_and_found() {
    each_engine("customer made", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        let made =
            seller.post("/api/customers", json!({"name": "苏州恒达装饰", "phone": "13800001234"})).await;
        assert_eq!(made.headers["etag"], "\"1\"");
        let made = made.ok(201);
        assert_eq!(
            (&made["code"], &made["type"], &made["notes"]),
            (&json!("K000001"), &json!(null), &json!(""))
        );
        assert_eq!(made["actions"], json!(["edit", "quote"]));
        let none = json!({"count": 0, "net": "0.00"});
        let figures = json!({"quotes_open": none, "orders_12m": none, "last_order_day": null});
        assert_eq!(made["figures"], figures);
        let path = format!("/api/customers/{}", made["id"]);
        assert_eq!(seller.get(&path).await.ok(200), made);
        let twin = seller.post("/api/customers", json!({"name": "苏州 恒达装饰"})).await;
        let twin = twin.refused(409, "customer_exists");
        assert_eq!(twin["facts"]["customer"], json!({"id": made["id"], "name": "苏州恒达装饰"}));
        let found = seller.get("/api/customers?q=SZHD").await.ok(200);
        assert_eq!((&found["total"], &found["items"][0]["id"]), (&json!(1), &made["id"]));
        assert_eq!(found["items"][0]["net_12m"], "0.00");
        assert_eq!(world.of("nanjing_seller").get("/api/customers?q=SZHD").await.ok(200)["total"], 0);
    })
    .await;
}

#[tokio::test]
async fn an_edit_names_its_version_and_who_was_first() {
    each_engine("customer edited", async |db| {
        let world = World::new(db).await;
        let (seller, manager) = (world.of("seller"), world.of("region_manager"));
        let made = seller.post("/api/customers", json!({"name": "恒达"})).await.ok(201);
        let path = format!("/api/customers/{}", made["id"]);
        let headers = [("content-type", "application/json")];
        let bare = seller.send(axum::http::Method::PATCH, &path, &headers, b"{}".to_vec()).await;
        bare.refused(428, "version_missing");
        let edited = manager.patch(&path, 1, json!({"type": "工程商", "notes": "常客"})).await;
        assert_eq!(edited.headers["etag"], "\"2\"");
        let edited = edited.ok(200);
        assert_eq!((&edited["type"], &edited["version"]), (&json!("工程商"), &json!(2)));
        let late = seller.patch(&path, 1, json!({"phone": "1"})).await.refused(412, "changed_by_other");
        assert_eq!(late["facts"]["current"]["notes"], "常客");
        assert_eq!(late["facts"]["changed_by"], "苏州区域经理");
        seller.patch(&path, 2, json!({"type": null})).await.refused(403, "not_allowed");
        assert_eq!(manager.patch(&path, 2, json!({"type": null})).await.ok(200)["type"], json!(null));
        let told = seller.get(&format!("{path}/timeline?limit=1")).await.ok(200);
        assert_eq!(told["items"][0]["sentence"], "类型「工程商」已去掉。");
        assert_eq!(told["items"][0]["by"]["name"], "苏州区域经理");
        let next = told["next"].as_str().unwrap();
        let rest = seller.get(&format!("{path}/timeline?after={next}")).await.ok(200);
        assert_eq!(rest["items"][0]["sentence"], "类型定为「工程商」；改了备注。");
        assert_eq!((&rest["items"][1]["kind"], &rest["next"]), (&json!("customer_made"), &json!(null)));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_field() {
    each_engine("customer refused", async |db| {
        let world = World::new(db).await;
        let manager = world.of("region_manager");
        let stranger = world.seller(crate::world::Place::Nanjing).0;
        let wrong = [
            (json!({}), "name"),
            (json!({"name": " "}), "name"),
            (json!({"name": "恒".repeat(81)}), "name"),
            (json!({"name": "恒达", "colour": "red"}), "colour"),
            (json!({"name": "恒达", "type": "亲戚"}), "type"),
            (json!({"name": "恒达", "tier": "Z"}), "tier"),
            (json!({"name": "恒达", "owner_id": stranger}), "owner_id"),
            (json!({"name": "恒达", "phone": 13800001234_i64}), "phone"),
        ];
        for (body, path) in wrong {
            let refused = manager.post("/api/customers", body).await.refused(422, "invalid");
            assert_eq!(refused["facts"]["fields"][0]["path"], path, "{refused}");
        }
        for query in ["limit=0", "limit=201", "after=x", "colour=red", "owner=x"] {
            manager.get(&format!("/api/customers?{query}")).await.refused(422, "invalid");
        }
        assert_eq!(manager.get("/api/customers?limit=200").await.ok(200)["total"], 0);
    })
    .await;
}

#[tokio::test]
async fn pages_of_a_list_follow_one_another() {
    each_engine("customer pages", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        for name in ["甲", "乙", "丙"] {
            seller.post("/api/customers", json!({"name": name})).await.ok(201);
        }
        let (mut names, mut after) = (Vec::new(), String::new());
        loop {
            let page = seller.get(&format!("/api/customers?limit=2&after={after}")).await.ok(200);
            assert_eq!(page["total"], 3);
            for row in page["items"].as_array().unwrap() {
                names.push(row["name"].as_str().unwrap().to_string());
            }
            match page["next"].as_str() {
                Some(next) => after = next.to_string(),
                None => break,
            }
        }
        assert_eq!(names, ["丙", "乙", "甲"]);
    })
    .await;
}
