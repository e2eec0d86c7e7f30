//! Share links, pasted texts and exports over HTTP: what strangers may, what is kept, and what a workbook holds.

use app::ports::SheetReader;
use axum::http::Method;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::world::{Browser, Place, World};

const AGENT: &str = "Mozilla/5.0 (iPhone) MicroMessenger/8.0";

async fn post_as(browser: &Browser<'_>, path: &str, body: Value) -> crate::world::Answer {
    let headers = [("content-type", "application/json"), ("user-agent", AGENT)];
    browser.send(Method::POST, path, &headers, body.to_string().into_bytes()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_opens_looks_and_accepts_without_signing_in_and_our_own_looks_do_not_count() {
    each_engine("share http", async |db| {
        let world = World::new(db).await;
        let id = world.issued(Place::Suzhou).await.0;
        let (seller, stranger) = (world.of("seller"), world.stranger());
        let shares = format!("/api/quotes/{id}/shares");
        let made = seller.post(&shares, json!({"last_day": null})).await.ok(201);
        let token = made["token"].as_str().unwrap();
        let public = format!("/api/public/shares/{token}");
        let seen = stranger.get(&public).await.ok(200);
        assert_eq!(seen["totals"]["net"], "7680.00", "{}", world.db.engine);
        let told = seen.to_string();
        for hidden in ["cost", "floor", "trace", "tier", "98.0", "\"id\""] {
            assert!(!told.contains(hidden), "{hidden} in {told}");
        }
        let views = format!("{public}/views");
        assert_eq!(post_as(&stranger, &views, json!({})).await.status, 204);
        assert_eq!(post_as(&seller, &views, json!({})).await.status, 204);
        let pdf = stranger.get(&format!("{public}/pdf")).await;
        assert_eq!((pdf.status, pdf.headers["content-type"].to_str().unwrap()), (200, "application/pdf"));
        let links = seller.get(&shares).await.ok(200);
        assert_eq!((&links["items"][0]["pages"], &links["items"][0]["pdfs"]), (&json!(1), &json!(1)));
        assert_eq!(links["looks"][1]["device"], "wechat");
        assert!(!links.to_string().contains(token), "the token is told once");

        let share = links["items"][0]["id"].as_i64().unwrap();
        let handed = seller.post(&format!("{shares}/{share}/code"), json!({})).await.ok(200);
        let code = handed["code"].as_str().unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let accept = format!("{public}/accept");
        let refused = post_as(&stranger, &accept, json!({"signer": "王建国", "code": wrong})).await;
        assert_eq!(refused.refused(422, "wrong_code")["facts"]["tries_left"], 4);
        for (turned, told) in [
            ("\u{202E}=cmd()", "看不见的控制符"),
            ("王\u{200F}建国", "看不见的控制符"),
            ("王\u{2066}建国", "看不见的控制符"),
            ("王\n建国", "去掉换行"),
        ] {
            let refused = post_as(&stranger, &accept, json!({"signer": turned, "code": code})).await;
            let refused = refused.refused(422, "invalid");
            assert_eq!(refused["facts"]["fields"][0]["path"], "signer", "{turned:?}");
            assert!(refused["detail"].as_str().unwrap().contains(told), "{refused}");
        }
        let done = post_as(&stranger, &accept, json!({"signer": "王建国", "code": code})).await.ok(200);
        assert_eq!(done["order_number"], "SZ26-D000001");
        assert_eq!(
            (&done["quote"]["state"], &done["quote"]["accepted"]["signer"]),
            (&json!("signed"), &json!("王建国"))
        );
        let later = stranger.get(&public).await.ok(200);
        assert_eq!(later["accepted"]["order_number"], "SZ26-D000001", "after a reload too");
        post_as(&stranger, &accept, json!({"signer": "王建国", "code": code}))
            .await
            .refused(409, "already_signed");
        let order = seller.get("/api/orders?limit=1").await.ok(200)["items"][0]["id"].as_i64().unwrap();
        let note = seller.get(&format!("/api/orders/{order}/consent")).await;
        assert!(note.headers["content-type"].to_str().unwrap().starts_with("text/plain"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_with_a_token_or_a_code_is_kept() {
    each_engine("share secrets", async |db| {
        let world = World::new(db).await;
        let id = world.issued(Place::Suzhou).await.0;
        let seller = world.of("seller");
        let before = testkit::rows_in(&world.ctx.store, "idempotency").await;
        let made = seller.post(&format!("/api/quotes/{id}/shares"), json!({"last_day": null})).await.ok(201);
        assert_eq!(made["shares"]["outside"], false, "no public address is set");
        let share = made["id"].as_i64().unwrap();
        assert_eq!(made["shares"]["items"][0]["id"], share);
        seller.post(&format!("/api/quotes/{id}/shares/{share}/code"), json!({})).await.ok(200);
        let after = testkit::rows_in(&world.ctx.store, "idempotency").await;
        assert_eq!(before, after, "{}", world.db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_is_slowed_down() {
    each_engine("share guesses", async |db| {
        let world = World::new(db).await;
        let (_, _, token) = world.shared(Place::Suzhou).await;
        let accept = format!("/api/public/shares/{token}/accept");
        let mut slowed = false;
        for _ in 0..200 {
            let answer = post_as(&world.stranger(), &accept, json!({"signer": "王", "code": "000000"})).await;
            slowed = answer.status == 429;
            if slowed {
                break;
            }
        }
        assert!(slowed, "{}", world.db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_a_workbook_with_text_that_is_never_a_formula() {
    each_engine("export http", async |db| {
        let world = World::new(db).await;
        world.issued(Place::Suzhou).await;
        let seller = world.of("seller");
        let answer = seller.get("/api/quotes/export?columns=number,net&state=issued&sort=net").await;
        assert!(answer.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let sheets = connect::sheets::Sheets.read("a.xlsx", &answer.bytes).unwrap();
        assert_eq!(sheets[0].rows.len(), 2, "heads and one quotation on {}", world.db.engine);
        seller.get("/api/quotes/export?columns=magic").await.refused(422, "invalid");
        seller.get("/api/quotes/export?columns=").await.refused(422, "invalid");
        seller.get("/api/quotes?sort=magic").await.refused(422, "invalid");
        world
            .of("warehouse_keeper")
            .get("/api/orders/export?columns=number,net")
            .await
            .refused(403, "not_allowed");
    })
    .await;
}
