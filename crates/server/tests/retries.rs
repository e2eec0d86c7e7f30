//! An edit whose answer was lost is sent again, and answered as the first time: it is not stale by its own doing.

use axum::http::Method;
use serde_json::json;
use testkit::{each_engine, rows_in};

use crate::who_may::{ROLES, Sent, body_of, lines, operations, request};
use crate::world::{Answer, Place, World, new_key, settled};

/// Every operation of the description that names the version it was made on, and somebody who may.
fn edits() -> Vec<(String, &'static str)> {
    let document = serde_json::to_value(server::document()).unwrap();
    let mut edits = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["put", "post", "delete", "patch"] {
            let parameters = item[method]["parameters"].as_array().cloned().unwrap_or_default();
            let named = |it: &serde_json::Value| it["name"] == "If-Match" && it["required"] == true;
            if parameters.iter().any(named) {
                let operation = format!("{} {path}", method.to_uppercase());
                edits.push((operation.clone(), who_may(&operation)));
            }
        }
    }
    edits
}

/// The first role whose request on a record of its own region succeeds.
fn who_may(operation: &str) -> &'static str {
    let lines = lines();
    let (_, columns) = lines.iter().find(|(line, _)| *line == operation).unwrap();
    let succeeds = columns.split_whitespace().position(|column| column.starts_with('2'));
    ROLES[succeeds.unwrap_or_else(|| panic!("{operation}: nobody may"))]
}

struct Edit<'w> {
    world: &'w World,
    account: &'static str,
    method: Method,
    sent: Sent,
}

impl<'w> Edit<'w> {
    /// The operation on a record of its own as it stands; the version and the body with which it is accepted.
    async fn of(world: &'w World, operation: &str, account: &'static str) -> (Edit<'w>, i64, Vec<u8>) {
        let (method, _) = operation.split_once(' ').unwrap();
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let sent = request(world, operation, Place::Suzhou).await;
        let (version, body) = (sent.version, body_of(&sent.body));
        (Edit { world, account, method, sent }, version, body)
    }

    async fn send(&self, key: &str, version: i64, body: Vec<u8>) -> Answer {
        let tag = format!("\"{version}\"");
        let headers =
            [("content-type", "application/json"), ("idempotency-key", key), ("if-match", tag.as_str())];
        let browser = self.world.of(self.account);
        browser.send(self.method.clone(), &self.sent.path, &headers, body).await
    }
}

fn told(answer: &Answer) -> (u16, Option<String>, String) {
    let tag = answer.headers.get("etag").map(|tag| tag.to_str().unwrap().to_string());
    (answer.status, tag, String::from_utf8_lossy(&answer.bytes).into_owned())
}

#[test]
fn edits_of_customers_products_people_the_company_and_drafts_name_their_version() {
    let edits: Vec<String> = edits().into_iter().map(|(operation, _)| operation).collect();
    for operation in [
        "PATCH /api/customers/{id}",
        "PATCH /api/products/{id}",
        "PATCH /api/people/{id}",
        "PATCH /api/company/profile",
        "PATCH /api/config/drafts/{id}",
        "PUT /api/config/drafts/{id}/rows",
        "DELETE /api/config/drafts/{id}",
        "PATCH /api/config/imports/{id}",
        "PUT /api/quotes/{id}",
        "DELETE /api/quotes/{id}",
    ] {
        assert!(edits.iter().any(|edit| edit == operation), "{operation}: {edits:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_refused_without_its_version_just_where_the_description_names_one() {
    each_engine("named versions", async |db| {
        let world = World::new(db).await;
        let named: Vec<String> = edits().into_iter().map(|(operation, _)| operation).collect();
        let edits = operations().into_iter().filter(|operation| {
            // Whose session is over cannot go on.
            !operation.starts_with("GET")
                && !operation.starts_with("POST")
                && !operation.contains("/api/session")
        });
        for operation in edits {
            let sent = request(&world, &operation, Place::Suzhou).await;
            let (method, _) = operation.split_once(' ').unwrap();
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let headers = [("content-type", "application/json")];
            let browser = world.of(who_may(&operation));
            let status = browser.send(method, &sent.path, &headers, body_of(&sent.body)).await.status;
            assert_eq!(status == 428, named.contains(&operation), "{operation}: {status}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_edit_that_is_sent_again_gets_the_first_answer_and_is_made_once() {
    each_engine("retried edits", async |db| {
        let world = World::new(db).await;
        for (operation, account) in edits() {
            let (edit, version, body) = Edit::of(&world, &operation, account).await;
            let (key, case) = (new_key(), format!("{operation} as {account}, {}", world.db.engine));
            let first = told(&edit.send(&key, version, body.clone()).await);
            assert!((200..300).contains(&first.0), "{case}: {first:?}");
            let events = rows_in(&world.db.store, "event").await;
            let again = told(&edit.send(&key, version, body.clone()).await);
            assert_eq!(again, first, "{case}");
            assert_eq!(rows_in(&world.db.store, "event").await, events, "{case}: it was made twice");
            let other = edit.send(&key, version + 1, body.clone()).await;
            other.refused(422, "key_reused");
            let other = edit.send(&key, version, json!({"another": "body"}).to_string().into_bytes()).await;
            other.refused(422, "key_reused");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_is_sent_twice_at_once_is_made_once_and_answered_twice() {
    each_engine("edits at once", async |db| {
        let world = World::new(db).await;
        for (operation, account) in edits() {
            let (edit, version, body) = Edit::of(&world, &operation, account).await;
            let (key, case) = (new_key(), format!("{operation} as {account}, {}", world.db.engine));
            let send = async || edit.send(&key, version, body.clone()).await;
            let (one, other) = tokio::join!(settled(&send), settled(&send));
            let (one, other) = (told(&one), told(&other));
            assert!((200..300).contains(&one.0), "{case}: {one:?}");
            assert_eq!(one, other, "{case}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_is_sent_again_after_anothers_edit_still_gets_its_own_answer() {
    each_engine("edits between", async |db| {
        let world = World::new(db).await;
        for (operation, account, other) in [
            ("PATCH /api/customers/{id}", "seller", "region_manager"),
            ("PATCH /api/products/{id}", "hq_operations", "hq_operations"),
            ("PATCH /api/people/{id}", "administrator", "first"),
            ("PATCH /api/company/profile", "administrator", "first"),
        ] {
            let (edit, version, body) = Edit::of(&world, operation, account).await;
            let (key, case) = (new_key(), format!("{operation}, {}", world.db.engine));
            let first = told(&edit.send(&key, version, body.clone()).await);
            assert_eq!(first.0, 200, "{case}: {first:?}");
            let between = Edit { account: other, ..edit };
            assert_eq!(between.send(&new_key(), version + 1, body.clone()).await.status, 200, "{case}");
            let again = Edit { account, ..between };
            assert_eq!(told(&again.send(&key, version, body).await), first, "{case}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_draft_that_is_sent_again_answers_by_itself_and_its_answer_is_not_kept() {
    each_engine("saved drafts", async |db| {
        let world = World::new(db).await;
        let (edit, version, body) = Edit::of(&world, "PUT /api/quotes/{id}", "seller").await;
        let (key, before) = (new_key(), testkit::kept_letters(&world.db.store).await);
        let first = told(&edit.send(&key, version, body.clone()).await);
        assert_eq!(first.0, 200, "{}: {first:?}", world.db.engine);
        let events = rows_in(&world.db.store, "event").await;
        for _ in 0..2 {
            assert_eq!(told(&edit.send(&key, version, body.clone()).await), first, "{}", world.db.engine);
        }
        assert_eq!(rows_in(&world.db.store, "event").await, events, "{}", world.db.engine);
        assert_eq!(testkit::kept_letters(&world.db.store).await, before, "{}", world.db.engine);
        edit.send(&key, version + 1, body).await.refused(422, "key_reused");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_begun_again_is_answered_as_it_stands_and_no_answer_is_kept() {
    each_engine("begun drafts", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        let customer = world.customer(Place::Suzhou).await;
        let body = json!({"customer_id": customer.0, "lines": [world.line("1").await]});
        let (key, before) = (new_key(), testkit::kept_letters(&world.db.store).await);
        let first = told(&seller.post_once("/api/quotes", &key, body.clone()).await);
        assert_eq!(first.0, 201, "{}: {first:?}", world.db.engine);
        let drafts = rows_in(&world.db.store, "quote").await;
        let kept = testkit::kept_letters(&world.db.store).await;
        assert!(kept - before < 20, "{}: {kept}", world.db.engine);
        let again = told(&seller.post_once("/api/quotes", &key, body.clone()).await);
        assert_eq!(again, first, "{}", world.db.engine);
        let draft: serde_json::Value = serde_json::from_str(&first.2).unwrap();
        let path = format!("/api/quotes/{}", draft["id"]);
        let edited = json!({"customer_id": customer.0, "valid_until": null, "notes": "三楼", "lines": []});
        seller.put(&path, 1, edited).await.ok(200);
        let since = seller.post_once("/api/quotes", &key, body.clone()).await;
        assert_eq!(
            (since.status, since.json()["notes"].as_str()),
            (201, Some("三楼")),
            "{}",
            world.db.engine
        );
        assert_eq!(since.headers["etag"], "\"2\"", "{}", world.db.engine);
        seller.post_once("/api/quotes", &key, json!({"customer_id": 0})).await.refused(422, "key_reused");
        assert_eq!(rows_in(&world.db.store, "quote").await, drafts, "{}: one was made", world.db.engine);
        // What is gone, or another's by now, was made all the same.
        let tag = ("if-match", "\"2\"");
        seller.send(Method::DELETE, &path, &[tag], Vec::new()).await.ok(204);
        let gone = seller.post_once("/api/quotes", &key, body).await.refused(409, "answer_lost");
        assert_eq!(gone["facts"]["id"], draft["id"], "{}: {gone}", world.db.engine);
        assert_eq!(rows_in(&world.db.store, "quote").await, drafts - 1, "{}", world.db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_that_are_begun_with_one_key_at_once_are_one() {
    each_engine("drafts at once", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        let customer = world.customer(Place::Suzhou).await;
        let body = json!({"customer_id": customer.0, "lines": [world.line("1").await]});
        for _ in 0..5 {
            let (key, before) = (new_key(), rows_in(&world.db.store, "quote").await);
            let send = || seller.post_once("/api/quotes", &key, body.clone());
            let (a, b, c, d) = tokio::join!(send(), send(), send(), send());
            let first = told(&a);
            assert_eq!(first.0, 201, "{}: {first:?}", world.db.engine);
            for other in [b, c, d] {
                assert_eq!(told(&other), first, "{}", world.db.engine);
            }
            assert_eq!(rows_in(&world.db.store, "quote").await, before + 1, "{}", world.db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_of_the_first_the_second_is_stale() {
    each_engine("stale edits", async |db| {
        let world = World::new(db).await;
        for (operation, account) in [
            ("PATCH /api/customers/{id}", "seller"),
            ("PATCH /api/products/{id}", "hq_operations"),
            ("PATCH /api/people/{id}", "administrator"),
            ("PATCH /api/company/profile", "administrator"),
        ] {
            let (edit, version, body) = Edit::of(&world, operation, account).await;
            assert_eq!(edit.send(&new_key(), version, body.clone()).await.status, 200, "{operation}");
            edit.send(&new_key(), version, body).await.refused(412, "changed_by_other");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_edit_frees_its_key_and_a_key_belongs_to_one_person() {
    each_engine("refused edits", async |db| {
        let world = World::new(db).await;
        let (edit, _, body) = Edit::of(&world, "PATCH /api/customers/{id}", "seller").await;
        let key = new_key();
        edit.send(&key, 7, body.clone()).await.refused(412, "changed_by_other");
        let made = edit.send(&key, 1, body.clone()).await;
        assert_eq!(made.status, 200, "{}", world.db.engine);
        let edit = Edit { account: "region_manager", ..edit };
        edit.send(&key, 1, body).await.refused(412, "changed_by_other");
    })
    .await;
}
