//! Pictures of products over HTTP: what is taken, what is refused in words, and what a browser keeps.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::world::{Answer, Browser, Place, World, new_key};

/// What begins like a workbook, whatever its name says.
const WORKBOOK: &[u8] = b"PK\x03\x04\x14\x00....xl/workbook.xml....";

async fn hand_in(browser: &Browser<'_>, name: &str, content: &[u8]) -> Answer {
    let key = new_key();
    let headers = [("idempotency-key", key.as_str()), ("x-file-name", name)];
    browser.send(Method::POST, "/api/files", &headers, content.to_vec()).await
}

/// Hands a file in and adds it to the product.
async fn add(browser: &Browser<'_>, product: i64, content: &[u8]) -> Answer {
    let file = hand_in(browser, "%E6%BC%86.png", content).await.ok(201)["file"].clone();
    browser.post(&format!("/api/products/{product}/pictures"), json!({"file": file})).await
}

fn detail(problem: &Value) -> &str {
    problem["detail"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_added_shown_kept_by_the_browser_and_taken_away_and_back() {
    each_engine("pictures http", async |db| {
        let world = World::new(db).await;
        let (operations, seller) = (world.of("hq_operations"), world.of("seller"));
        let paint = world.paint().await.0;
        let added = add(&operations, paint, &testkit::photo()).await.ok(201);
        let picture = added["pictures"][0].clone();
        assert_eq!((&picture["width"], &picture["height"]), (&json!(200), &json!(200)), "{added}");
        let (file, thumb) = (picture["file"].as_str().unwrap(), picture["thumb"].as_str().unwrap());
        let row = seller.get("/api/products?q=P1").await.ok(200)["items"][0].clone();
        assert_eq!(row["thumb"], thumb, "{row}");
        for name in [file, thumb] {
            let path = format!("/api/products/{paint}/pictures/{name}");
            let shown = seller.get(&path).await;
            assert_eq!((shown.status, &shown.bytes[..3]), (200, &b"\xFF\xD8\xFF"[..]));
            assert_eq!(shown.headers["content-type"], "image/jpeg");
            assert!(shown.headers["cache-control"].to_str().unwrap().starts_with("private"));
            let tag = shown.headers["etag"].to_str().unwrap().to_string();
            assert_eq!(tag, format!("\"{name}\""));
            let again = seller.send(Method::GET, &path, &[("if-none-match", tag.as_str())], Vec::new()).await;
            assert_eq!((again.status, again.bytes.len()), (304, 0));
        }
        let removed = format!("/api/products/{paint}/pictures/{file}/remove");
        assert_eq!(operations.post(&removed, json!({})).await.ok(200)["pictures"], json!([]));
        let back = format!("/api/products/{paint}/pictures/{file}/restore");
        let back = operations.post(&back, json!({})).await.ok(200);
        assert_eq!(back["pictures"][0]["file"], file, "{}", world.db.engine);
        add(&operations, paint, &testkit::photo()).await.refused(409, "picture_twice");
        let order = format!("/api/products/{paint}/pictures/order");
        operations.post(&order, json!({"files": []})).await.refused(409, "pictures_changed");
        operations.post(&order, json!({"files": [file]})).await.ok(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_picture_is_refused_by_what_it_is() {
    each_engine("picture faults", async |db| {
        let world = World::new(db).await;
        let operations = world.of("hq_operations");
        let paint = world.paint().await.0;
        let refused = async |content: &[u8]| {
            let problem = add(&operations, paint, content).await.refused(422, "picture");
            detail(&problem).to_string()
        };
        assert!(refused(WORKBOOK).await.contains("不是图片"));
        let bomb = refused(&testkit::photo_claiming(50_000, 50_000)).await;
        assert!(bomb.contains("万像素"), "{bomb}");
        let thin = refused(&testkit::photo_claiming(50, 4_000)).await;
        assert!(thin.contains("每边至少 100 像素"), "{thin}");
        // Whole by its checksums, but its rows do not fill the size that it claims.
        let hollow = refused(&testkit::photo_claiming(4_000, 4_000)).await;
        assert!(hollow.contains("打不开"), "{hollow}");
        let photo = testkit::photo();
        hand_in(&operations, "a.png", &photo[..photo.len() - 20]).await.refused(415, "file_kind");
        let cut = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xFF\xC0\x00\x0B\x08\x00\xC8";
        hand_in(&operations, "a.jpg", cut).await.refused(415, "file_kind");
        let path = format!("/api/products/{paint}/pictures");
        operations.post(&path, json!({"file": "0"})).await.refused(422, "invalid");
        operations.post(&path, json!({})).await.refused(422, "invalid");
        let none = operations.get(&format!("/api/products/{paint}")).await.ok(200);
        assert_eq!(none["pictures"], json!([]), "{}", world.db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_switch_travels_with_the_draft_and_the_customer_sees_the_pictures() {
    each_engine("pictures shared", async |db| {
        let world = World::new(db).await;
        let (token, file) = world.shared_with_picture(Place::Suzhou).await;
        let stranger = world.stranger();
        let seen = stranger.get(&format!("/api/public/shares/{token}")).await.ok(200);
        assert_eq!(seen["lines"][0]["picture"], file, "{seen}");
        let thumb = seen["lines"][0]["thumb"].as_str().unwrap();
        for name in [file.as_str(), thumb] {
            let shown = stranger.get(&format!("/api/public/shares/{token}/pictures/{name}")).await;
            assert_eq!(shown.status, 200);
            assert!(shown.headers["cache-control"].to_str().unwrap().starts_with("private"));
        }
        let other = "0".repeat(64);
        stranger.get(&format!("/api/public/shares/{token}/pictures/{other}")).await.refused(404, "not_found");
        let listed = world.of("seller").get("/api/quotes?limit=1").await.ok(200);
        let quote = listed["items"][0]["id"].as_i64().unwrap();
        let issued = world.of("seller").get(&format!("/api/quotes/{quote}")).await.ok(200);
        assert_eq!(issued["terms"]["pictures"], true, "{}", world.db.engine);
        let profile = world.of("seller").get("/api/company/profile").await.ok(200);
        assert_eq!((&profile["pictures_usual"], &profile["pictures_printed"]), (&json!(false), &json!(true)));
    })
    .await;
}

/// A page of a long quotation asks for many pictures at once, and still opens.
#[tokio::test(flavor = "multi_thread")]
async fn many_pictures_at_once_do_not_lock_the_customer_out() {
    each_engine("many pictures", async |db| {
        let world = World::new(db).await;
        let (token, file) = world.shared_with_picture(Place::Suzhou).await;
        let (stranger, from) = (world.stranger(), [("x-forwarded-for", "192.0.2.77")]);
        let path = format!("/api/public/shares/{token}/pictures/{file}");
        for _ in 0..120 {
            assert_eq!(stranger.send(Method::GET, &path, &from, Vec::new()).await.status, 200);
        }
        let page = format!("/api/public/shares/{token}");
        assert_eq!(stranger.send(Method::GET, &page, &from, Vec::new()).await.status, 200);
    })
    .await;
}
