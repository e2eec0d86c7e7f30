//! Keys, the log of who did what, looking through another's eyes, and what the server measures.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::world::{Answer, Place, World, new_key};

/// A program that works with a key, from an address of its own.
async fn with_key(world: &World, secret: &str, method: Method, path: &str, from: &str) -> Answer {
    let (bearer, key) = (format!("Bearer {secret}"), new_key());
    let headers = [
        ("authorization", bearer.as_str()),
        ("x-forwarded-for", from),
        ("content-type", "application/json"),
        ("idempotency-key", key.as_str()),
    ];
    world.stranger().send(method, path, &headers, b"{}".to_vec()).await
}

async fn get(world: &World, secret: &str, path: &str) -> Answer {
    with_key(world, secret, Method::GET, path, "10.0.0.1").await
}

async fn made(world: &World, account: &str, rights: &[&str], days: i64) -> Value {
    let body = json!({"name": "对账", "rights": rights, "days": days});
    world.of(account).post("/api/keys", body).await.ok(201)
}

#[tokio::test]
async fn a_key_works_in_its_persons_name_with_no_more_than_it_was_given() {
    each_engine("keys", async |db| {
        let world = World::new(db).await;
        let key = made(&world, "hq_operations", &["order.read"], 30).await;
        let secret = key["secret"].as_str().unwrap();
        assert!(secret.starts_with("huxi_") && secret.ends_with(key["key"]["hint"].as_str().unwrap()));
        let me = get(&world, secret, "/api/me").await;
        assert!(me.headers.get("set-cookie").is_none());
        assert_eq!(me.ok(200)["rights"], json!(["order.read"]));
        get(&world, secret, "/api/orders").await.ok(200);
        get(&world, secret, "/api/customers").await.refused(403, "not_allowed");
        for path in ["/api/keys", "/api/me/guide"] {
            get(&world, secret, path).await.refused(403, "not_with_key");
        }
        for path in ["/api/me/password", "/api/keys"] {
            with_key(&world, secret, Method::POST, path, "10.0.0.1").await.refused(403, "not_with_key");
        }
        let listed = world.of("hq_operations").get("/api/keys").await.ok(200);
        assert!(!listed.to_string().contains(secret), "a key is shown once");
        assert!(listed["items"][0]["used_at"].is_i64(), "{listed}");
        let kept = testkit::rows_where(&world.db.store, "api_key", "token_hash", secret).await;
        assert_eq!(kept, 0, "only a hash is kept");
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_revoked_over_or_of_a_locked_account_opens_nothing() {
    each_engine("ended keys", async |db| {
        let world = World::new(db).await;
        let key = made(&world, "finance", &["order.read"], 1).await;
        let (id, secret) = (key["key"]["id"].clone(), key["secret"].as_str().unwrap().to_string());
        get(&world, &secret, "/api/orders").await.ok(200);
        world.db.clock.set(testkit::TEST_DAY.plus_ms(24 * 3_600_000 - 1));
        get(&world, &secret, "/api/orders").await.ok(200);
        world.db.clock.set(testkit::TEST_DAY.plus_ms(24 * 3_600_000));
        get(&world, &secret, "/api/orders").await.refused(401, "wrong_key");
        let other = made(&world, "finance", &["order.read"], 9).await;
        let other_secret = other["secret"].as_str().unwrap();
        world.of("administrator").delete(&format!("/api/keys/{}", other["key"]["id"])).await.ok(200);
        get(&world, other_secret, "/api/orders").await.refused(401, "wrong_key");
        let again = world.of("finance").delete(&format!("/api/keys/{id}")).await.ok(200);
        assert_eq!(again["active"], false, "what is over can be revoked all the same");
        let third = made(&world, "finance", &["order.read"], 9).await;
        let person = world.people["finance"];
        let path = format!("/api/people/{}", person.0);
        world.of("administrator").patch(&path, 1, json!({"active": false})).await.ok(200);
        get(&world, third["secret"].as_str().unwrap(), "/api/orders").await.refused(401, "wrong_key");
    })
    .await;
}

#[tokio::test]
async fn whoever_guesses_keys_has_to_wait_and_others_do_not() {
    each_engine("guessed keys", async |db| {
        let world = World::new(db).await;
        let key = made(&world, "owner", &["order.read"], 30).await;
        let secret = key["secret"].as_str().unwrap();
        let mut slowed = false;
        for _ in 0..60 {
            let answer = with_key(&world, "huxi_guessed", Method::GET, "/api/orders", "10.0.0.9").await;
            slowed |= answer.status == 429;
            assert!(matches!(answer.status, 401 | 429), "{}", answer.status);
        }
        assert!(slowed, "sixty guesses in one second");
        with_key(&world, secret, Method::GET, "/api/orders", "10.0.0.8").await.ok(200);
        with_key(&world, secret, Method::GET, "/api/orders", "10.0.0.9").await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_sees_what_somebody_else_sees_changes_nothing_and_it_is_logged() {
    each_engine("viewing", async |db| {
        let world = World::new(db).await;
        let admin = world.of("administrator");
        let seller = world.seller(Place::Suzhou);
        let look = json!({"person_id": seller.0});
        let (id, manager) = (world.draft(Place::Suzhou).await, world.of("region_manager"));
        let ask = json!({"person_id": world.people["region_manager"].0, "reason": "老客户"});
        world.of("seller").post(&format!("/api/quotes/{}/ask", id.0), ask).await.ok(200);
        let back = json!({"reason": "最低 80.5"});
        manager.post(&format!("/api/quotes/{}/ask/give-back", id.0), back).await.ok(200);
        let own = world.of("seller").get("/api/notices").await.ok(200);
        assert!(own["items"][0]["text"].as_str().unwrap().contains("最低 80.5"), "{own}");
        admin.get("/api/customers").await.refused(403, "not_allowed");
        assert_eq!(admin.put("/api/session/viewing", 1, look.clone()).await.status, 204);
        let me = admin.get("/api/me").await.ok(200);
        assert_eq!(me["id"], seller.0);
        assert_eq!(me["viewing"]["by"]["id"], world.people["administrator"].0);
        let hidden = me["viewing"]["hidden"].as_array().unwrap();
        for (right, is_hidden) in [("quote.read", true), ("price.read", true), ("customer.read", false)] {
            assert_eq!(hidden.contains(&json!(right)), is_hidden, "{right} of {hidden:?}");
        }
        admin.get("/api/customers").await.ok(200);
        // What was written about a quotation may say its prices.
        let told = admin.get("/api/notices").await.ok(200);
        assert_eq!(told["items"][0]["about"]["entity"], "quote", "{told}");
        assert!(!told.to_string().contains("最低 80.5"), "{told}");
        admin
            .get("/api/insights/handling-time?from=2026-11-01&to=2026-11-24&seed=1")
            .await
            .refused(403, "not_allowed");
        admin.get("/api/people").await.refused(403, "not_allowed");
        let new = json!({"name": "新客户"});
        admin.post("/api/customers", new.clone()).await.refused(403, "viewing_only");
        admin.put("/api/session/viewing", 1, look.clone()).await.refused(403, "viewing_only");
        world.of("seller").post("/api/customers", new).await.ok(201);
        assert_eq!(admin.delete("/api/session/viewing").await.status, 204);
        assert_eq!(admin.get("/api/me").await.ok(200)["viewing"], Value::Null);
        let log = admin.get("/api/audit?kind=person.viewed_as").await.ok(200);
        assert_eq!(log["items"][0]["actor"]["id"], world.people["administrator"].0);
        assert_eq!(log["items"][0]["entity_id"], seller.0);
        // Half an hour later it is over by itself.
        assert_eq!(admin.put("/api/session/viewing", 1, look).await.status, 204);
        world.db.clock.set(testkit::TEST_DAY.plus_ms(30 * 60_000));
        assert_eq!(admin.get("/api/me").await.ok(200)["id"], world.people["administrator"].0);
    })
    .await;
}

#[tokio::test]
async fn through_the_owners_eyes_an_administrator_sees_no_price_and_no_cost() {
    each_engine("no price", async |db| {
        let world = World::new(db).await;
        let order = world.order(Place::Suzhou).await.0;
        let quote = world.issued(Place::Suzhou).await.0;
        let read = world.of("owner").get(&format!("/api/orders/{order}")).await.ok(200);
        let customer = read["customer"]["id"].as_i64().unwrap();
        let page = format!("/api/customers/{customer}");
        assert_ne!(world.of("owner").get(&page).await.ok(200)["figures"]["orders_12m"]["net"], "0.00");
        let (admin, owner) = (world.of("administrator"), world.people["owner"]);
        admin.put("/api/session/viewing", 1, json!({"person_id": owner.0})).await;
        let rights = admin.get("/api/me").await.ok(200)["rights"].to_string();
        assert!(rights.contains("customer.read") && rights.contains("order.read"), "{rights}");
        for hidden in ["price.read", "price.cost", "quote."] {
            assert!(!rights.contains(hidden), "{hidden}: {rights}");
        }
        assert_eq!(
            admin.get(&page).await.ok(200)["figures"]["orders_12m"]["net"],
            "0.00",
            "no sum of orders"
        );
        admin.get("/api/quotes").await.refused(403, "not_allowed");
        admin.get(&format!("/api/quotes/{quote}")).await.refused(404, "not_found");
        let asked = json!({"customer_id": customer, "lines": [world.line("60").await]});
        admin.post("/api/quotes/price", asked).await.refused(403, "not_allowed");
        let items = admin.get("/api/config/items").await.ok(200).to_string();
        assert!(!items.contains("\"kind\":\"price_list\""), "{items}");
        let own = world.people["administrator"];
        admin.delete("/api/session/viewing").await;
        let mirror = admin.put("/api/session/viewing", 1, json!({"person_id": own.0})).await;
        mirror.refused(409, "own_eyes");
    })
    .await;
}

#[tokio::test]
async fn when_the_account_that_is_looked_through_is_locked_the_next_request_says_so_and_nothing_is_done_as_oneself()
 {
    each_engine("locked eyes", async |db| {
        let world = World::new(db).await;
        let (admin, person) = (world.of("administrator"), world.new_person(Place::Suzhou).await);
        let look = json!({"person_id": person.0});
        assert_eq!(admin.put("/api/session/viewing", 1, look).await.status, 204);
        let path = format!("/api/people/{}", person.0);
        // Another administrator.
        world.of("first").patch(&path, 1, json!({"active": false})).await.ok(200);
        admin.get("/api/customers").await.refused(409, "viewing_over");
        let other = format!("/api/people/{}", world.seller(Place::Nanjing).0);
        admin.patch(&other, 1, json!({"name": "改名"})).await.refused(409, "viewing_over");
        let me = admin.get("/api/me").await.ok(200);
        assert_eq!((&me["viewing"]["locked"], &me["rights"]), (&json!(true), &json!([])));
        assert_eq!(admin.delete("/api/session/viewing").await.status, 204);
        assert_eq!(admin.get("/api/me").await.ok(200)["viewing"], Value::Null);
        admin.patch(&other, 1, json!({"name": "改名"})).await.ok(200);
        let log = admin.get("/api/audit?kind=person.viewing_ended").await.ok(200);
        assert_eq!(log["items"][0]["entity_id"], person.0);
    })
    .await;
}

#[tokio::test]
async fn the_log_is_found_by_person_kind_object_and_day_and_pages_through() {
    each_engine("log", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        for name in ["恒泰建设", "恒安装饰", "远大工程"] {
            seller.post("/api/customers", json!({"name": name})).await.ok(201);
        }
        let owner = world.of("owner");
        let count = async |query: &str| {
            let path = format!("/api/audit?{query}");
            owner.get(&path).await.ok(200)["items"].as_array().unwrap().len()
        };
        assert_eq!(count("kind=customer.made").await, 3);
        assert_eq!(count(&format!("kind=customer.made&actor={}", world.people["owner"].0)).await, 0);
        assert_eq!(count(&format!("kind=customer.made&actor={}", world.seller(Place::Suzhou).0)).await, 3);
        assert_eq!(count("q=%E6%81%92").await, 2, "恒");
        assert_eq!(count("q=%E4%B8%8D%E5%9C%A8").await, 0);
        assert_eq!(count("kind=customer.made&from=2026-11-24&to=2026-11-24").await, 3);
        assert_eq!(count("kind=customer.made&from=2026-11-25").await, 0);
        assert_eq!(count("kind=customer.made&to=2026-11-23").await, 0);
        let mut seen = Vec::new();
        let mut after = String::new();
        loop {
            let path = format!("/api/audit?kind=customer.made&limit=1&after={after}");
            let page = owner.get(&path).await.ok(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["object"].clone()));
            match page["next"].as_str() {
                Some(next) => after = next.to_string(),
                None => break,
            }
        }
        assert_eq!(seen, [json!("远大工程"), json!("恒安装饰"), json!("恒泰建设")]);
        let sheet = owner.get("/api/audit/export?kind=customer.made").await;
        assert!(sheet.status == 200 && sheet.bytes.starts_with(b"PK"));
        world.of("hq_operations").get("/api/audit").await.refused(403, "not_allowed");
    })
    .await;
}

#[tokio::test]
async fn the_log_tells_what_it_was_and_what_it_is() {
    each_engine("before and after", async |db| {
        let world = World::new(db).await;
        let admin = world.of("administrator");
        let person = world.new_person(Place::Suzhou).await;
        let change = json!({"name": "陈师傅", "role_ids": ["seller", "region_manager"]});
        admin.patch(&format!("/api/people/{}", person.0), 1, change).await.ok(200);
        let log = admin.get(&format!("/api/audit?entity=person&entity_id={}", person.0)).await.ok(200);
        let changes = log["items"][0]["changes"].as_array().unwrap().clone();
        let of = |name: &str| changes.iter().find(|change| change["name"] == name).unwrap().clone();
        assert_eq!(of("名称"), json!({"name": "名称", "before": "一人", "after": "陈师傅"}));
        assert_eq!(of("岗位")["after"], "销售、区域经理");
        assert_eq!(log["items"][0]["kind_name"], "修改账号");
    })
    .await;
}

#[tokio::test]
async fn a_persons_rights_are_told_with_the_roles_that_give_them() {
    each_engine("effective rights", async |db| {
        let world = World::new(db).await;
        let person = world.new_person(Place::Suzhou).await;
        let admin = world.of("administrator");
        let roles = json!({"role_ids": ["seller", "region_manager"]});
        admin.patch(&format!("/api/people/{}", person.0), 1, roles).await.ok(200);
        let told = admin.get(&format!("/api/people/{}/rights", person.0)).await.ok(200);
        let rights = told["rights"].as_array().unwrap();
        let reads = rights.iter().find(|right| right["id"] == "quote.read").unwrap();
        assert_eq!(reads["reach"], "org");
        let from = json!([{"role": "销售", "reach": "own"}, {"role": "区域经理", "reach": "org"}]);
        assert_eq!(reads["from"], from);
        assert!(told["missing"].as_array().unwrap().contains(&json!("管账号")), "{told}");
        let own = format!("/api/people/{}/rights", world.seller(Place::Nanjing).0);
        world.of("nanjing_seller").get(&own).await.ok(200);
        world.of("seller").get(&own).await.refused(403, "not_allowed");
    })
    .await;
}

#[tokio::test]
async fn what_is_measured_is_for_this_machine_alone() {
    each_engine("metrics", async |db| {
        let world = World::new(db).await;
        world.of("seller").get("/api/me").await.ok(200);
        let told = world.stranger().get("/metrics").await;
        let text = String::from_utf8(told.bytes.clone()).unwrap();
        assert_eq!(told.status, 200);
        let counted = "huxi_requests_total{method=\"GET\",route=\"/api/me\",status=\"200\"} 1";
        assert!(text.lines().any(|line| line == counted), "{text}");
        assert!(text.contains("huxi_effects_waiting 0") && text.contains("huxi_database_up 1"), "{text}");
        let engine = if world.db.engine == "sqlite" { "huxi_writer_group_count" } else { "huxi_pool_idle" };
        assert!(text.contains(engine), "{text}");
        let passed_on = [("x-forwarded-for", "203.0.113.7")];
        let told = world.stranger().send(Method::GET, "/metrics", &passed_on, Vec::new()).await;
        told.refused(404, "not_found");
    })
    .await;
}
