//! What holds for every request: keys, versions, foreign pages, wrong bodies, traces, headers.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::world::{World, ctx_of, new_key, server_of, set_up_body};

const JSON: (&str, &str) = ("content-type", "application/json");

fn new_person(account: &str) -> Value {
    json!({"account": account, "name": "新人", "org_id": 1, "role_ids": ["seller"], "password": "longenough1"})
}

#[tokio::test]
async fn the_same_key_is_carried_out_once_and_answered_twice() {
    each_engine("same key", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let key = new_key();
        let first = personnel.post_once("/api/people", &key, new_person("wang")).await;
        let again = personnel.post_once("/api/people", &key, new_person("wang")).await;
        assert_eq!((again.status, again.json()), (first.status, first.json()));
        assert_eq!(again.headers.get("etag"), first.headers.get("etag"));
        first.ok(201);
        let all = personnel.get("/api/people?q=wang").await.ok(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
        personnel.post_once("/api/people", &key, new_person("li")).await.refused(422, "key_reused");
        // Another person's key is another key.
        let other = world.of("administrator").post_once("/api/people", &key, new_person("zhao")).await;
        other.ok(201);
    })
    .await;
}

#[tokio::test]
async fn a_kept_answer_is_given_only_to_whoever_may_see_the_same_today() {
    each_engine("rights of answers", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let key = new_key();
        personnel.post_once("/api/people", &key, new_person("wang")).await.ok(201);
        personnel.post_once("/api/people", &key, new_person("wang")).await.ok(201);
        testkit::narrow_right(&world.db.store, "people.read").await;
        let told = personnel.post_once("/api/people", &key, new_person("wang")).await;
        let told = told.refused(409, "answer_lost");
        assert!(!told.to_string().contains("wang"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn two_requests_with_one_key_at_once_make_one_record() {
    each_engine("one key at once", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let key = new_key();
        let send = || personnel.post_once("/api/people", &key, new_person("wang"));
        let (a, b, c) = tokio::join!(send(), send(), send());
        let mut made = 0;
        for answer in [a, b, c] {
            match answer.status {
                201 => made += 1,
                _ => drop(answer.refused(409, "still_running")),
            }
        }
        assert!(made >= 1);
        let all = personnel.get("/api/people?q=wang").await.ok(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_refused_request_frees_its_key() {
    each_engine("refused key", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let key = new_key();
        let wrong = json!({"account": "wang", "name": "", "org_id": 1, "role_ids": ["seller"], "password": "longenough1"});
        personnel.post_once("/api/people", &key, wrong).await.refused(422, "invalid");
        personnel.post_once("/api/people", &key, new_person("wang")).await.ok(201);
    })
    .await;
}

#[tokio::test]
async fn a_failure_of_the_database_frees_the_key_and_says_nothing_of_its_inside() {
    each_engine("failing database", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let key = new_key();
        // The first write claims the key; the second is the first of the command.
        world.db.store.fail_at_write(2);
        let answer = personnel.post_once("/api/people", &key, new_person("wang")).await;
        let problem = answer.refused(500, "internal");
        assert!(!problem.to_string().contains("injected"), "{problem}");
        world.db.store.fail_at_write(0);
        personnel.post_once("/api/people", &key, new_person("wang")).await.ok(201);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_lost_is_replaced_by_where_to_look() {
    each_engine("lost answer", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let (mut now, mut told) = (testkit::TEST_DAY, None);
        // The last write of a request keeps its answer: one after the other fails until it is that one's turn.
        for nth in 2..40 {
            let (key, account) = (new_key(), format!("wang{nth}"));
            world.db.store.fail_at_write(nth);
            personnel.post_once("/api/people", &key, new_person(&account)).await;
            world.db.store.fail_at_write(0);
            now = now.plus_ms(store::idempotency::LEASE_MS);
            world.db.clock.set(now);
            let again = personnel.post_once("/api/people", &key, new_person(&account)).await;
            if again.status == 409 {
                told = Some((again.refused(409, "answer_lost"), account));
                break;
            }
            again.ok(201);
        }
        let (told, account) = told.unwrap();
        let made = personnel.get(&format!("/api/people?q={account}")).await.ok(200)["items"][0].clone();
        let record = json!({"entity": "person", "id": made["id"], "name": "新人"});
        assert_eq!(told["facts"], record, "{}", world.db.engine);
        assert!(told["detail"].as_str().unwrap().contains("账号「新人」"), "{told}");
    })
    .await;
}

#[test]
fn the_words_of_a_request_that_runs_keep_people_on_their_page() {
    let words = domain::words::http::STILL_RUNNING;
    assert!(words.contains("留在这一页") && words.contains("再按一次") && !words.contains("刷新"), "{words}");
}

#[tokio::test]
async fn a_post_without_a_sound_key_is_refused() {
    each_engine("no key", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let body = new_person("wang").to_string().into_bytes();
        let send = |headers: Vec<(&'static str, &'static str)>| {
            let body = body.clone();
            let personnel = &personnel;
            async move { personnel.send(Method::POST, "/api/people", &headers, body).await }
        };
        send(vec![JSON]).await.refused(400, "key_missing");
        send(vec![JSON, ("idempotency-key", "short")]).await.refused(400, "key_unfit");
        send(vec![JSON, ("idempotency-key", "with space in it")]).await.refused(400, "key_unfit");
    })
    .await;
}

#[tokio::test]
async fn an_edit_needs_the_version_that_it_was_made_on() {
    each_engine("versions", async |db| {
        let world = World::new(db).await;
        let administrator = world.of("administrator");
        let path = format!("/api/people/{}", world.people["seller"].0);
        let body = json!({"name": "小陈"});
        let bare = administrator.send(Method::PATCH, &path, &[JSON], body.to_string().into_bytes()).await;
        bare.refused(428, "version_missing");
        let odd = [JSON, ("if-match", "*")];
        let odd = administrator.send(Method::PATCH, &path, &odd, body.to_string().into_bytes()).await;
        let odd = odd.refused(428, "version_missing");
        assert!(odd["detail"].as_str().unwrap().contains("不能写 *"), "{odd}");
        let changed = administrator.patch(&path, 1, body).await;
        assert_eq!(changed.headers["etag"], "\"2\"");
        changed.ok(200);
        let late = world.of("personnel").patch(&path, 1, json!({"name": "小李"})).await;
        let facts = late.refused(412, "changed_by_other")["facts"].clone();
        assert_eq!(facts["current"]["name"], "小陈");
        assert_eq!(facts["current"]["version"], 2);
        assert_eq!(facts["changed_by"], "总部管理员");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_body_is_refused_by_the_name_of_its_field() {
    each_engine("wrong bodies", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let refused = async |body: Value, path: &str| {
            let problem = personnel.post("/api/people", body).await.refused(422, "invalid");
            assert_eq!(problem["facts"]["fields"][0]["path"], path, "{problem}");
        };
        refused(json!({"account": 7}), "account").await;
        refused(json!({"account": "a", "colour": "red"}), "colour").await;
        refused(json!({"account": "a"}), "name").await;
        let mut unknown_role = new_person("wang");
        unknown_role["role_ids"] = json!(["seller", "king"]);
        refused(unknown_role, "role_ids[1]").await;
        personnel.post("/api/people", json!([1])).await.refused(422, "invalid");
        let key = new_key();
        let headers = [JSON, ("idempotency-key", key.as_str())];
        let broken = personnel.send(Method::POST, "/api/people", &headers, b"{\"account\":".to_vec()).await;
        broken.refused(422, "not_json");
        let form = [("content-type", "text/plain"), ("idempotency-key", key.as_str())];
        let form = personnel.send(Method::POST, "/api/people", &form, b"{}".to_vec()).await;
        form.refused(415, "wants_json");
        let big = vec![b' '; server::http::JSON_BYTES_MAX + 1];
        let big = personnel.send(Method::POST, "/api/people", &headers, big).await;
        assert_eq!(big.refused(413, "body_too_big")["facts"]["max_bytes"], server::http::JSON_BYTES_MAX);
        let big = vec![b' '; server::http::JSON_BYTES_MAX + 1];
        let big = world.of("seller").send(Method::POST, "/api/activity", &[], big).await;
        let told = big.refused(413, "body_too_big");
        assert_eq!(told["detail"], "内容太大，最多 1 MB，没有保存。请删减一些，或分几次提交。");
        personnel.get("/api/people?limit=201").await.refused(422, "invalid");
        personnel.get("/api/people?limit=many").await.refused(422, "invalid");
        personnel.get("/api/people?colour=red").await.refused(422, "invalid");
        personnel.get("/api/people?after=nonsense").await.refused(422, "invalid");
    })
    .await;
}

#[tokio::test]
async fn a_foreign_page_changes_nothing() {
    each_engine("foreign page", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        for foreign in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let answer = seller.send(Method::DELETE, "/api/session", &[foreign], Vec::new()).await;
            answer.refused(403, "foreign_page");
        }
        seller.get("/api/me").await.ok(200);
        let own = seller.send(Method::DELETE, "/api/session", &[("origin", "http://huxi.test")], Vec::new());
        own.await.ok(204);
        seller.get("/api/me").await.refused(401, "signed_out");
    })
    .await;
}

#[tokio::test]
async fn every_answer_carries_its_trace_and_the_headers_that_browsers_need() {
    each_engine("headers", async |db| {
        let world = World::new(db).await;
        let answer = world.stranger().get("/api/me").await;
        let trace = answer.headers["x-trace-id"].to_str().unwrap().to_string();
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert!(answer.headers["content-security-policy"].to_str().unwrap().contains("default-src 'self'"));
        assert_eq!(answer.refused(401, "signed_out")["trace_id"], trace);
        world.stranger().get("/api/nowhere").await.refused(404, "not_found");
        let wrong = world.stranger().send(Method::PUT, "/api/me", &[], Vec::new()).await;
        wrong.refused(405, "method_not_allowed");
        world.stranger().get("/assets/gone-1a2b3c.js").await.refused(404, "not_found");
        world.stranger().get("/healthz").await.ok(200);
        world.stranger().get("/readyz").await.ok(200);
        let document = world.stranger().get("/api/openapi.json").await.ok(200);
        assert_eq!(document["openapi"], "3.1.0");
    })
    .await;
}

#[tokio::test]
async fn the_company_is_set_up_once_by_the_code_of_the_first_start() {
    each_engine("set-up", async |db| {
        let ctx = ctx_of(&db.store);
        let app = server_of(&ctx);
        let browser = crate::world::browser_of(&app);
        assert_eq!(browser.get("/api/company").await.ok(200)["set_up"], false);
        let mut wrong = set_up_body();
        wrong["code"] = json!("guess");
        browser.post("/api/setup", wrong).await.refused(422, "wrong_setup_code");
        let mut weak = set_up_body();
        weak["password"] = json!("1234567");
        browser.post("/api/setup", weak).await.refused(422, "invalid");
        browser.post("/api/setup", set_up_body()).await.ok(204);
        browser.post("/api/setup", set_up_body()).await.refused(409, "already_set_up");
        let company = browser.get("/api/company").await.ok(200);
        assert_eq!((&company["set_up"], &company["demo_accounts"]), (&json!(true), &json!([])));
        let body = json!({"account": "boss", "password": "这一个是很长的密码"});
        let me = browser.post("/api/session", body).await.ok(200);
        assert_eq!(me["role_names"], json!(["总部运营", "管理员"]));
    })
    .await;
}

#[tokio::test]
async fn strangers_cannot_ask_without_end() {
    each_engine("rate", async |db| {
        let world = World::new(db).await;
        let ask = async |address: &str| {
            let headers = [("x-forwarded-for", address)];
            world.stranger().send(Method::GET, "/api/company", &headers, Vec::new()).await
        };
        let mut refused = None;
        for n in 0..200 {
            let answer = ask("203.0.113.7").await;
            if answer.status == 429 {
                assert_eq!(answer.headers["retry-after"], "1");
                refused = Some(n);
                break;
            }
        }
        assert!(refused.is_some_and(|n| n >= 60), "{refused:?}");
        ask("203.0.113.8").await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn a_phone_number_is_written_down_changed_and_taken_away_again() {
    each_engine("phone", async |db| {
        let world = World::new(db).await;
        let actor = world.actor("administrator").await;
        let (ctx, seller) = (&world.ctx, world.people["seller"]);
        let say = async |version: i64, phone: &str| {
            let phone = Some(phone.to_string());
            let change = app::access::people::PersonChange { phone, ..Default::default() };
            app::access::people::change(ctx, &actor, seller, version, change)
                .await
                .map(|(person, _)| person.phone)
        };
        assert_eq!(say(1, " 138 1234 5678 ").await.unwrap(), "138 1234 5678");
        let other =
            app::access::people::PersonChange { name: Some("改了名".into()), ..Default::default() };
        let (person, _) = app::access::people::change(ctx, &actor, seller, 2, other).await.unwrap();
        assert_eq!(person.phone, "138 1234 5678", "what is not named stays");
        assert!(say(3, &"1".repeat(41)).await.is_err());
        assert_eq!(say(3, "").await.unwrap(), "");
    })
    .await;
}
