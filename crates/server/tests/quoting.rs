//! Quotations over HTTP: keys, versions, bodies, and what each reader is told.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::world::{Place, World, new_key, settled};

/// Both answers of two requests that run at once.
async fn both<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    tokio::join!(one, other)
}

fn path(id: domain::base::QuoteId, rest: &str) -> String {
    format!("/api/quotes/{}{rest}", id.0)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_twice_at_once_issues_once_and_another_body_is_refused() {
    each_engine("issue keys", async |db| {
        let world = World::new(db).await;
        let id = world.draft(Place::Suzhou).await;
        let (key, seller, to) = (new_key(), world.of("seller"), path(id, "/issue"));
        let body = json!({"expected_net": "7680.00"});
        let send = async || seller.post_once(&to, &key, body.clone()).await;
        let (one, other) = both(settled(&send), settled(&send)).await;
        let (one, other) = (one.ok(200), other.ok(200));
        let again = seller.post_once(&to, &key, body).await.ok(200);
        assert_eq!(again["number"], "SZ26-000001", "{}", world.db.engine);
        assert_eq!((&one, &other), (&again, &again), "{}", world.db.engine);
        let other = json!({"expected_net": "7680.01"});
        seller.post_once(&to, &key, other.clone()).await.refused(422, "key_reused");
        seller.post(&to, other).await.refused(409, "wrong_state");
        let next = world.draft(Place::Suzhou).await;
        let unseen = seller.post(&path(next, "/issue"), json!({})).await.refused(422, "invalid");
        assert_eq!(
            unseen["facts"]["fields"][0]["path"], "expected_net",
            "nobody issues what they did not see"
        );
        let issued = seller.post(&path(next, "/issue"), json!({"expected_net": "7680.00"})).await.ok(200);
        assert_eq!(issued["number"], "SZ26-000002");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_somebody_changed_at_the_same_total_is_not_issued_from_an_old_screen() {
    each_engine("issue unseen", async |db| {
        let world = World::new(db).await;
        let (id, seller, boss) = (world.draft(Place::Suzhou).await, world.of("seller"), world.of("owner"));
        let seen = seller.get(&path(id, "")).await.ok(200);
        let mut other = json!({"customer_id": seen["customer"]["id"], "notes": "货到付款", "lines": []});
        other["lines"] = json!([{"id": "a", "product_id": seen["lines"][0]["product"]["id"], "qty": seen["lines"][0]["qty"], "unit": seen["lines"][0]["unit"]}]);
        let changed = boss.put(&path(id, ""), seen["version"].as_i64().unwrap(), other).await.ok(200);
        assert_eq!(changed["totals"]["net"], seen["totals"]["net"], "{}", world.db.engine);
        let issue = async |version: &Value| {
            let (key, tag) = (new_key(), format!("\"{version}\""));
            let headers = [("content-type", "application/json"), ("idempotency-key", &key), ("if-match", &tag)];
            let body = json!({"expected_net": seen["totals"]["net"]}).to_string().into_bytes();
            seller.send(Method::POST, &path(id, "/issue"), &headers, body).await
        };
        let refused = issue(&seen["version"]).await.refused(412, "changed_by_other");
        assert_eq!(refused["facts"]["current"]["notes"], "货到付款", "{}", world.db.engine);
        assert_eq!(issue(&changed["version"]).await.ok(200)["state"], "issued", "{}", world.db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_without_a_version_or_on_an_old_one_is_refused_with_what_stands_there_now() {
    each_engine("versions", async |db| {
        let world = World::new(db).await;
        let (id, seller) = (world.draft(Place::Suzhou).await, world.of("seller"));
        let read = seller.get(&path(id, "")).await;
        assert_eq!(read.headers["etag"], "\"1\"");
        let quote = read.ok(200);
        let body = |line: Value| {
            json!({"customer_id": quote["customer"]["id"], "valid_until": null, "notes": "", "lines": [line]})
        };
        let saved = seller.put(&path(id, ""), 1, body(world.line("61").await)).await.ok(200);
        assert_eq!((&saved["version"], &saved["totals"]["net"]), (&json!(2), &json!("7808.00")));
        let other = world.of("region_manager");
        let stale = other.put(&path(id, ""), 1, body(world.line("62").await)).await;
        let facts = &stale.refused(412, "changed_by_other")["facts"];
        assert_eq!((&facts["current"]["version"], &facts["changed_by"]), (&json!(2), &json!("苏州销售")));
        let headers = [("content-type", "application/json")];
        let bare = seller.send(axum::http::Method::PUT, &path(id, ""), &headers, b"{}".to_vec()).await;
        bare.refused(428, "version_missing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moved_prices_are_told_line_by_line() {
    each_engine("price changed", async |db| {
        let world = World::new(db).await;
        let (id, seller) = (world.draft(Place::Suzhou).await, world.of("seller"));
        world.paint_costs("132").await;
        let seen = json!({"expected_net": "7680.00"});
        let told = seller.post(&path(id, "/issue"), seen).await.refused(409, "price_changed");
        let facts = &told["facts"];
        assert_eq!((&facts["old"]["net"], &facts["new"]["net"]), (&json!("7680.00"), &json!("7920.00")));
        assert_eq!(facts["difference"], "240.00");
        assert_eq!(facts["lines"][0]["old_unit_price"], "128.00");
        let total_alone = json!({"expected_net": "7920.00"});
        seller.post(&path(id, "/issue"), total_alone).await.refused(409, "price_changed");
        let seen = json!({"expected_net": "7920.00", "agree": facts["agree"]});
        assert_eq!(seller.post(&path(id, "/issue"), seen).await.ok(200)["totals"]["net"], "7920.00");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_body_names_its_field_and_a_huge_one_is_refused() {
    each_engine("bodies", async |db| {
        let world = World::new(db).await;
        let (customer, seller) = (world.customer(Place::Suzhou).await.0, world.of("seller"));
        let field = async |body: Value| {
            let problem = seller.post("/api/quotes", body).await.refused(422, "invalid");
            problem["facts"]["fields"][0]["path"].as_str().unwrap().to_string()
        };
        let line = world.line("60").await;
        let with = |name: &str, value: Value| {
            let mut line = line.clone();
            line[name] = value;
            json!({"customer_id": customer, "lines": [line]})
        };
        assert_eq!(field(with("qty", json!("六十"))).await, "lines[0].qty");
        assert_eq!(field(with("qty", json!(60))).await, "lines[0].qty");
        assert_eq!(field(with("price", json!("1"))).await, "lines[0].price");
        assert_eq!(field(with("product_id", json!(999_999))).await, "lines[0].product_id");
        let without = json!({"id": "a", "qty": "1", "unit": "桶"});
        let without = json!({"customer_id": customer, "lines": [without]});
        let problem = seller.post("/api/quotes", without).await.refused(422, "invalid");
        assert!(problem["detail"].as_str().unwrap().contains("这一行还没有商品"), "{problem}");
        assert_eq!(field(json!({"lines": []})).await, "customer_id");
        assert_eq!(field(with("manual", json!([]))).await, "lines[0].manual");
        let listed = json!({"customer_id": customer, "lines": [["a", 1, "2", "桶"]]});
        assert_eq!(field(listed).await, "lines[0]");
        for whole in [json!([]), Value::Null] {
            let body = json!({"customer_id": customer, "lines": [], "whole": whole});
            let problem = seller.post("/api/quotes/price", body).await.refused(422, "invalid");
            assert_eq!(problem["facts"]["fields"][0]["path"], "whole", "{problem}");
            assert!(problem["detail"].as_str().unwrap().contains("要写成 JSON 对象"), "{problem}");
        }
        let huge = with("note", json!("长".repeat(3_500_000)));
        assert_eq!(seller.post("/api/quotes", huge).await.status, 413);
        let many: Vec<Value> = (0..2_001)
            .map(|n| json!({"id": n.to_string(), "product_id": 1, "qty": "1", "unit": "桶"}))
            .collect();
        let many = json!({"customer_id": customer, "lines": many});
        seller.post("/api/quotes", many).await.refused(422, "too_many_lines");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_is_told_what_they_may_not_see() {
    each_engine("secrets", async |db| {
        let world = World::new(db).await;
        let id = world.issued(Place::Suzhou).await;
        let text = async |account: &str, to: &str| {
            let answer = world.of(account).get(to).await;
            assert_eq!(answer.status, 200);
            String::from_utf8(answer.bytes).unwrap()
        };
        let seller = text("seller", &path(id, "")).await;
        for secret in ["floor_price", "cost", "98.00", "100.00"] {
            assert!(!seller.contains(secret), "a seller reads {secret}: {seller}");
        }
        assert!(text("hq_operations", &path(id, "")).await.contains(r#""floor_price":"100.00""#));
        let order = world.order(Place::Suzhou).await;
        let keeper = text("warehouse_keeper", &format!("/api/orders/{}", order.0)).await;
        for secret in ["128.00", "7680", "\"totals\"", "\"consent\"", "含税", "V1"] {
            assert!(!keeper.contains(secret), "a keeper reads {secret}: {keeper}");
        }
        assert!(keeper.contains("外墙乳胶漆") && keeper.contains(r#""qty":"60""#));
        let list = text("warehouse_keeper", "/api/orders").await;
        assert!(!list.contains("\"net\""), "{list}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pdf_opens_in_the_browser_under_its_name() {
    each_engine("pdf", async |db| {
        let world = World::new(db).await;
        let (id, seller) = (world.issued(Place::Suzhou).await, world.of("seller"));
        let paper = seller.get(&path(id, "/pdf")).await;
        assert_eq!((paper.status, paper.bytes.as_slice()), (200, b"SZ26-000001".as_slice()));
        assert_eq!(paper.headers["content-type"], "application/pdf");
        let disposition = paper.headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("inline; filename*=UTF-8''%E6%8A%A5"), "{disposition}");
        let draft = world.draft(Place::Suzhou).await;
        seller.get(&path(draft, "/pdf")).await.refused(409, "not_issued");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_of_activity_come_without_headers_too() {
    each_engine("beacon", async |db| {
        let world = World::new(db).await;
        let (id, seller) = (world.draft(Place::Suzhou).await.0, world.of("seller"));
        let event = json!({"id": new_key(), "kind": "active", "quote_id": id, "at": 1, "active_ms": 5});
        let body = json!({"events": [event]}).to_string().into_bytes();
        let headers = [("content-type", "text/plain;charset=UTF-8")];
        let to = "/api/activity?key=abcdefgh";
        let sent = seller.send(axum::http::Method::POST, to, &headers, body).await;
        assert_eq!(sent.status, 204, "{}", String::from_utf8_lossy(&sent.bytes));
        let today = seller.get("/api/today").await.ok(200);
        assert_eq!(today["items"][0]["kind"], "quote_draft");
        assert_eq!(today["figures"]["drafts"]["count"], 1);
    })
    .await;
}

/// Names of fields that tell what goods cost us, wherever they stand in an answer.
fn tells_cost(answer: &Value, path: &str, found: &mut Vec<String>) {
    match answer {
        Value::Object(fields) => {
            for (name, value) in fields {
                let here = format!("{path}.{name}");
                if ["cost", "costs", "floor_price", "floor", "margin", "cost_by"].contains(&name.as_str()) {
                    found.push(here.clone());
                }
                tells_cost(value, &here, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| tells_cost(item, path, found)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_by_hand_above_the_rules_says_how_far_and_from_where_it_is_asked_about() {
    each_engine("above the rules", async |db| {
        let world = World::new(db).await;
        let (seller, customer) = (world.of("seller"), world.customer(Place::Suzhou).await.0);
        let priced = async |manual: Value| {
            let mut line = world.line("60").await;
            line["manual"] = manual;
            let body = json!({"customer_id": customer, "lines": [line]});
            seller.post("/api/quotes/price", body).await.ok(200)["lines"][0].clone()
        };
        let far = priced(json!({"unit_price": "1280"})).await;
        assert_eq!((&far["unit_price"], &far["percent_above"]), (&json!("128.00"), &json!("900")));
        assert_eq!((&far["ask_above"], far.get("percent_below")), (&json!("166.40"), None));
        let near = priced(json!({"unit_price": "139"})).await;
        assert_eq!((&near["percent_above"], &near["ask_above"]), (&json!("8.6"), &json!("166.40")));
        let below = priced(json!({"unit_price": "127"})).await;
        assert_eq!((below.get("percent_above"), &below["percent_below"]), (None, &json!("0.79")));
        assert_eq!(priced(Value::Null).await.get("percent_above"), None, "{}", world.db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_and_no_refusal_tells_a_seller_a_cost_or_a_margin() {
    each_engine("margin by right", async |db| {
        let world = World::new(db).await;
        let (seller, manager) = (world.of("seller"), world.of("region_manager"));
        let (draft, issued) = (world.draft(Place::Suzhou).await, world.issued(Place::Suzhou).await);
        let order = world.order(Place::Suzhou).await.0;
        let customer = world.customer(Place::Suzhou).await.0;
        let mut line = world.line("60").await;
        line["manual"] = json!({"unit_price": "1"});
        let lines = json!({"customer_id": customer, "lines": [line]});
        let body = json!({"customer_id": seller.get(&path(draft, "")).await.ok(200)["customer"]["id"],
            "valid_until": null, "notes": "", "lines": [line], "whole": {"rounding": "0.01"}});
        let saved = seller.put(&path(draft, ""), 1, body).await.ok(200);
        let seen = json!({"expected_net": saved["totals"]["net"]});
        let mut answers = vec![
            saved,
            seller.post("/api/quotes/price", lines.clone()).await.ok(200),
            seller.post("/api/quotes", lines).await.ok(201),
            seller.post(&path(draft, "/issue"), seen.clone()).await.refused(422, "cannot_issue"),
        ];
        for to in [
            "/api/quotes".to_string(),
            "/api/quotes/options".to_string(),
            path(draft, ""),
            path(issued, ""),
            format!("/api/orders/{order}"),
            "/api/orders".to_string(),
        ] {
            answers.push(seller.get(&to).await.ok(200));
        }
        for rest in ["/copy", "/revise"] {
            answers.push(seller.post(&path(issued, rest), json!({})).await.ok(201));
        }
        let mut found = Vec::new();
        answers.iter().for_each(|answer| tells_cost(answer, "$", &mut found));
        assert_eq!(found, [""; 0], "{}", world.db.engine);
        let full = manager.get(&path(issued, "")).await.ok(200);
        assert!(full["margin"]["percent"].is_string(), "{}", full["margin"]);
        assert!(manager.get("/api/quotes").await.ok(200)["items"][0]["margin"].is_object());
        let taken = manager.post(&path(draft, "/take-over"), json!({})).await.ok(200);
        assert!(taken["taken_by"]["name"].as_str().unwrap().ends_with("区域经理"), "{}", taken["taken_by"]);
        seller.post(&path(draft, "/issue"), seen).await.refused(409, "taken_over");
    })
    .await;
}
