//! Two companies that differ in nothing but the cost of their paint and the formula on it, which round to the same price:
//! whoever may not see the cost cannot tell them apart, in no answer, refusal, export, difference or list.

use std::collections::BTreeMap;
use std::sync::Mutex;

use app::config::{self, RowInput};
use app::ports::SheetReader;
use axum::http::Method;
use domain::access::{Reach, Right};
use domain::base::{DraftId, ItemId};
use domain::config::Kind;
use serde_json::{Value, json};
use store::access::NewPerson;
use testkit::{TEST_DAY, TestDb, each_engine};

use crate::who_may::{body_of, operations, request};
use crate::world::{Answer, Browser, Place, World, new_key};

/// Cost and floor per pail, and the formula that makes 128.00 of the cost, the other by rounding 128.0004.
struct Paint {
    cost: i64,
    floor: i64,
    percent: &'static str,
    plus: &'static str,
}

const ONE: Paint = Paint { cost: 980_000, floor: 1_000_000, percent: "120", plus: "10.4" };
const OTHER: Paint = Paint { cost: 800_000, floor: 990_000, percent: "150", plus: "8.0004" };

/// They say nothing of goods and are unlike from run to run: sessions, passwords, files that are read behind the answer,
/// addresses of chance, codes of branches.
const LEFT_OUT: &[&str] = &[
    "/api/session",
    "/api/session/viewing",
    "/api/sessions",
    "/api/setup",
    "/api/me/password",
    "/api/orgs",
    "/api/config/imports/{id}",
    "/api/config/imports/{id}/cancel",
    "/api/config/imports/{id}/apply",
    "/healthz",
    "/readyz",
];

/// One more person, `blind`, who may do everything and see everything but this.
pub async fn everything_but(world: &mut World, missing: Right) {
    let rights: Vec<(Right, Reach)> =
        Right::ALL.iter().filter(|right| **right != missing).map(|it| (*it, Reach::All)).collect();
    let made = world.ctx.store.change(move |tx| {
        let rights = rights.clone();
        Box::pin(async move {
            let orgs = store::access::orgs(tx).await?;
            let role = store::access::insert_role(tx, "blind", "缺一项", &rights).await?;
            let person = NewPerson {
                account: "blind".into(),
                name: "缺一项的人".into(),
                org: orgs[0].id,
                password_hash: "no password".into(),
                roles: vec![role],
                search: "blind".into(),
            };
            Ok::<_, app::AppError>(store::access::insert_person(tx, &person, TEST_DAY).await?)
        })
    });
    world.people.insert("blind".to_string(), made.await.unwrap());
    world.open_sessions().await;
}

async fn company(db: TestDb, paint: &Paint) -> World {
    let mut world = World::new(db).await;
    let formula = json!({"of": "cost", "percent": paint.percent, "plus": paint.plus});
    world.paint_of(paint.cost, paint.floor, json!({ "formula": formula })).await;
    everything_but(&mut world, Right::PriceCost).await;
    world
}

async fn price_list(world: &World) -> ItemId {
    let author = world.actor("hq_operations").await;
    config::items(&world.ctx, &author, Some(Kind::PriceList)).await.unwrap()[0].item.id
}

/// An answer as people read it, without what is of chance: keys, hashes, traces.
pub fn read(answer: &Answer) -> String {
    let kind = answer.headers.get("content-type").map(|kind| kind.to_str().unwrap()).unwrap_or_default();
    let text = if kind.contains("spreadsheet") {
        format!("{:?}", connect::sheets::Sheets.read("a.xlsx", &answer.bytes).unwrap())
    } else {
        let mut json = answer.json();
        if let Some(problem) = json.as_object_mut() {
            problem.remove("trace_id");
        }
        if json.is_null() { String::from_utf8_lossy(&answer.bytes).into_owned() } else { json.to_string() }
    };
    format!("{} {}", answer.status, without_chance(&text))
}

/// Numbers of keys and content hashes are blotted out.
fn without_chance(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("key-") {
        words.push_str(&rest[..at]);
        words.push_str("key");
        rest = rest[at + 4..].trim_start_matches(|sign: char| sign.is_ascii_digit());
    }
    words.push_str(rest);
    // A code that was made up for a place: see `who_may::access::new_code`.
    let code = |part: &str| {
        part.len() == 4 && part.starts_with('X') && part.bytes().all(|sign| sign.is_ascii_uppercase())
    };
    let long = |part: &str| part.len() == 64 && part.bytes().all(|sign| sign.is_ascii_hexdigit());
    let parts = words.split('"').map(|part| match part {
        part if long(part) => "hash",
        part if code(part) => "code",
        part => part,
    });
    parts.collect::<Vec<_>>().join("\"")
}

async fn sends(browser: &Browser<'_>, method: Method, path: &str, version: i64, body: Vec<u8>) -> Answer {
    let (key, tag) = (new_key(), format!("\"{version}\""));
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key.as_str()),
        ("if-match", tag.as_str()),
        ("x-forwarded-for", "2001:db8::1"),
    ];
    browser.send(method, path, &headers, body).await
}

/// A draft of the list in which only the note of the paint differs.
async fn noted_draft(world: &World, paint: &Paint) -> DraftId {
    let (author, item) = (world.actor("hq_operations").await, price_list(world).await);
    let id = config::create_draft(&world.ctx, &author, item, "加备注").await.unwrap();
    let formula = json!({"of": "cost", "percent": paint.percent, "plus": paint.plus});
    let content = json!({"product": world.paint().await.0, "formula": formula, "note": "新批次"});
    let row = RowInput { key: Some("P1".to_string()), content };
    config::put_rows(&world.ctx, &author, id, 1, (vec![row], Vec::new())).await.unwrap();
    id
}

/// What the blind person reads of the list, of a draft of somebody else's, and of one of their own.
async fn on_the_list(world: &World, paint: &Paint, told: &mut Vec<(String, String)>) {
    let blind = world.of("blind");
    let (item, draft) = (price_list(world).await.0, noted_draft(world, paint).await.0);
    for path in [
        format!("/api/config/items/{item}/rows"),
        format!("/api/config/items/{item}/rows?q=120"),
        format!("/api/config/items/{item}/diff?to=1"),
        format!("/api/config/items/{item}/export?rev=1"),
        format!("/api/config/drafts/{draft}"),
        format!("/api/config/drafts/{draft}/rows"),
        format!("/api/config/drafts/{draft}/rows?changed_only=true"),
        format!("/api/config/drafts/{draft}/diff"),
        format!("/api/config/drafts/{draft}/checks"),
        format!("/api/config/drafts/{draft}/export"),
        "/api/quotes/export?columns=number,net,margin".to_string(),
        "/api/quotes?sort=net".to_string(),
    ] {
        let answer = blind.get(&path).await;
        told.push((path, read(&answer)));
    }
    let own = blind.post(&format!("/api/config/items/{item}/drafts"), json!({"title": "我的"})).await.ok(201);
    let path = format!("/api/config/drafts/{}/rows", own["id"]);
    let rows = blind.get(&path).await.ok(200);
    let row = rows["items"].as_array().unwrap().iter().find(|row| row["key"] == "P1").unwrap().clone();
    assert_eq!(row["content"]["formula"], json!({"of": "cost"}));
    // What is not seen is left as it stands; a formula of one's own is refused.
    let mut content = row["content"].clone();
    content["note"] = json!("我的备注");
    let put = |content: &Value| json!({"put": [{"key": "P1", "content": content}], "delete": []});
    let kept = blind.put(&path, 1, put(&content)).await;
    assert_eq!(kept.status, 200, "{}", read(&kept));
    told.push((format!("PUT {path}"), read(&kept)));
    // Taken away and put back, as undo does.
    assert_eq!(blind.put(&path, 2, json!({"put": [], "delete": ["P1"]})).await.status, 200);
    let back = blind.put(&path, 3, put(&content)).await;
    assert_eq!(back.status, 200, "{}", read(&back));
    told.push((format!("PUT {path} back"), read(&back)));
    content["formula"] = json!({"of": "cost", "percent": "100"});
    let refused = blind.put(&path, 4, put(&content)).await;
    assert_eq!(refused.code(), "invalid");
    told.push((format!("PUT {path} anew"), read(&refused)));
    let author = world.actor("hq_operations").await;
    let whole = config::rows(&world.ctx, &author, ItemId(item), rows_asked()).await.unwrap();
    let formula = whole.rows.iter().find(|row| row.key == "P1").unwrap().content["formula"].clone();
    assert_eq!(formula["percent"], json!(paint.percent), "those who may see the cost see its formula");
}

/// What the seller is told of prices between the two floors (99.00 and 100.00) and between two costs of goods outside the
/// catalogue that the manager wrote: while they are typed, saved and read.
async fn on_tried_prices(world: &World, paint: &Paint, told: &mut Vec<(String, String)>) {
    let (seller, manager) = (world.of("seller"), world.of("region_manager"));
    let customer = world.customer(Place::Suzhou).await.0;
    let mut pails = world.line("1").await;
    pails["manual"] = json!({"unit_price": "99.50"});
    let cost = if paint.cost == ONE.cost { "222.22" } else { "250" };
    let slab = |price: &str, cost: Option<&str>| {
        let own = json!({"kind": "goods", "name": "岩板", "price": price, "cost": cost, "supplier": "石材"});
        json!({"id": "own", "qty": "1", "unit": "块", "own": own})
    };
    let body =
        |lines: Value| json!({"customer_id": customer, "valid_until": null, "notes": "", "lines": lines});
    let asked = json!({"customer_id": customer, "lines": [pails]});
    told.push(("typed".to_string(), read(&seller.post("/api/quotes/price", asked.clone()).await)));
    let draft = seller.post("/api/quotes", asked).await;
    let path = format!("/api/quotes/{}", draft.json()["id"]);
    told.push(("made".to_string(), read(&draft)));
    let written = manager.put(&path, 1, body(json!([pails, slab("230", Some(cost))]))).await;
    assert_eq!(written.status, 200, "{}", read(&written));
    told.push(("read".to_string(), read(&seller.get(&path).await)));
    let saved = seller.put(&path, 2, body(json!([pails, slab("240", None)]))).await;
    let lines = saved.json()["lines"].clone();
    assert!(lines[0].get("below_floor").is_none() && lines[1].get("below_floor").is_none(), "{lines}");
    told.push(("saved".to_string(), read(&saved)));
}

fn rows_asked() -> config::RowsAsked {
    let (rev, at, search, after) = (None, None, String::new(), None);
    config::RowsAsked { rev, at, search, after, limit: domain::base::Limit::USUAL }
}

/// Every answer that the blind person gets in such a company.
async fn all_told(db: TestDb, paint: &Paint) -> Vec<(String, String)> {
    let world = company(db, paint).await;
    let mut told = Vec::new();
    for operation in operations() {
        let (method, path) = operation.split_once(' ').unwrap();
        if LEFT_OUT.contains(&path) || path.starts_with("/api/public/") || path.ends_with("/imports") {
            continue;
        }
        let sent = request(&world, &operation, Place::Suzhou).await;
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let body = if method == Method::GET { Vec::new() } else { body_of(&sent.body) };
        let answer = sends(&world.of("blind"), method, &sent.path, sent.version, body).await;
        told.push((operation, read(&answer)));
    }
    on_the_list(&world, paint, &mut told).await;
    on_tried_prices(&world, paint, &mut told).await;
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_see_the_cost_cannot_tell_two_costs_of_one_price_apart() {
    let first: Mutex<BTreeMap<&str, Vec<(String, String)>>> = Mutex::default();
    each_engine("one cost", async |db| {
        let engine = db.engine;
        let told = all_told(db, &ONE).await;
        first.lock().unwrap().insert(engine, told);
    })
    .await;
    each_engine("another cost", async |db| {
        let engine = db.engine;
        let told = all_told(db, &OTHER).await;
        let first = first.lock().unwrap().remove(engine).unwrap();
        assert_eq!(first.len(), told.len());
        let unlike: Vec<_> = first.into_iter().zip(told).filter(|(one, other)| one != other).collect();
        assert!(unlike.is_empty(), "{engine}: {unlike:#?}");
    })
    .await;
}
