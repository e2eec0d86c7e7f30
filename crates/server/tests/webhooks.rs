//! Other systems are told what happens: signed, again until they take it, to no machine that they must not lead to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::webhooks::Outgoing;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connect::webhooks::Sender;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use testkit::{TEST_DAY, TestDb, each_engine};
use tokio::net::TcpListener;

use crate::world::{Place, World, server_of};

const HOUR_MS: i64 = 3_600_000;

/// One message as it came.
#[derive(Clone, Debug, PartialEq)]
struct Came {
    id: String,
    body: Value,
    signed: bool,
}

/// What the receiver does with the next messages; the last goes on for ever.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mood {
    Takes,
    Fails,
    Hangs,
    Redirects,
    Leaves,
}

#[derive(Default)]
struct Received {
    came: Vec<Came>,
    moods: Vec<Mood>,
    secret: String,
}

/// Another system on this machine.
#[derive(Clone, Default)]
struct Receiver(Arc<Mutex<Received>>);

impl Receiver {
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hooks", listener.local_addr().unwrap());
        let app = Router::new().route("/hooks", post(receive)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        address
    }

    fn knows(&self, secret: &str) {
        self.0.lock().unwrap().secret = secret.to_string();
    }

    fn is(&self, moods: &[Mood]) {
        self.0.lock().unwrap().moods = moods.to_vec();
    }

    fn came(&self) -> Vec<Came> {
        self.0.lock().unwrap().came.clone()
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    let mood = {
        let mut received = receiver.0.lock().unwrap();
        let came = Came {
            id: headers["webhook-id"].to_str().unwrap().to_string(),
            body: serde_json::from_slice(&body).unwrap(),
            signed: is_signed(&headers, &body, &received.secret),
        };
        received.came.push(came);
        match received.moods.len() {
            0 => Mood::Takes,
            1 => received.moods[0],
            _ => received.moods.remove(0),
        }
    };
    match mood {
        Mood::Takes => StatusCode::NO_CONTENT.into_response(),
        Mood::Fails => (StatusCode::INTERNAL_SERVER_ERROR, "坏了".repeat(300)).into_response(),
        Mood::Hangs => std::future::pending().await,
        Mood::Redirects => (StatusCode::FOUND, [(header::LOCATION, "/elsewhere")]).into_response(),
        Mood::Leaves => StatusCode::GONE.into_response(),
    }
}

/// As the specification tells receivers to look at it: one of the signatures must be ours.
fn is_signed(headers: &HeaderMap, body: &[u8], secret: &str) -> bool {
    let text = |name: &str| headers[name].to_str().unwrap().to_string();
    let key = STANDARD.decode(secret.trim_start_matches("whsec_")).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{}.{}.", text("webhook-id"), text("webhook-timestamp")).as_bytes());
    mac.update(body);
    let wanted = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    text("webhook-signature").split(' ').any(|signature| signature == wanted)
}

/// A company that tells a receiver on this machine.
struct Telling {
    world: World,
    receiver: Receiver,
    address: String,
}

impl Telling {
    async fn new(db: TestDb, patience: Duration) -> Telling {
        let mut world = World::new(db).await;
        let sender = Sender::new(true).unwrap().waiting(patience);
        let outgoing = Outgoing { sender: Some(Arc::new(sender)), inside_allowed: true };
        world.ctx = world.ctx.clone().with_webhooks(outgoing);
        world.app = server_of(&world.ctx);
        let receiver = Receiver::default();
        let address = receiver.start().await;
        Telling { world, receiver, address }
    }

    /// Makes an address for the receiver, which learns its secret.
    async fn hears(&self, name: &str, topics: &[&str], org: Option<i64>) -> i64 {
        let body = json!({
            "name": name, "address": self.address, "topics": topics, "org_id": org, "active": true,
        });
        let made = self.world.of("administrator").post("/api/webhooks", body).await.ok(201);
        self.receiver.knows(made["secret"].as_str().unwrap());
        made["webhook"]["id"].as_i64().unwrap()
    }

    /// Looks at what happened and sends what is due, until nothing is.
    async fn settle(&self) {
        let mut clock = app::automation::Runner::new(&self.world.ctx).unwrap();
        clock.catch_up(&self.world.ctx).await.unwrap();
        while app::webhooks::run_due(&self.world.ctx).await.unwrap() > 0 {}
    }

    async fn deliveries(&self, id: i64, query: &str) -> Vec<Value> {
        let path = format!("/api/webhooks/{id}/deliveries{query}");
        let page = self.world.of("administrator").get(&path).await.ok(200);
        page["items"].as_array().unwrap().clone()
    }

    async fn webhook(&self, id: i64) -> Value {
        self.world.of("administrator").get(&format!("/api/webhooks/{id}")).await.ok(200)
    }

    async fn post(&self, path: &str, status: u16) -> Value {
        self.world.of("administrator").post(path, json!({})).await.ok(status)
    }
}

async fn each(name: &str, test: impl AsyncFn(Telling)) {
    each_engine(name, async |db| test(Telling::new(db, Duration::from_secs(60)).await).await).await;
}

/// With an address that hangs: it is waited for so long that whatever else is to arrive does.
async fn each_hanging(name: &str, test: impl AsyncFn(Telling)) {
    each_engine(name, async |db| test(Telling::new(db, Duration::from_secs(3)).await).await).await;
}

#[tokio::test]
async fn an_issued_quotation_is_told_once_signed_and_without_figures() {
    each("told", async |it| {
        let id = it.hears("ERP", &["quote.issued", "order.made"], None).await;
        let quote = it.world.issued(Place::Suzhou).await.0;
        it.settle().await;
        it.settle().await;
        let came = it.receiver.came();
        assert_eq!(came.len(), 1, "{came:?}");
        assert!(came[0].signed, "the receiver finds its signature");
        assert_eq!(came[0].body["type"], "quote.issued");
        let record = &came[0].body["data"]["record"];
        assert_eq!((&record["kind"], &record["id"]), (&json!("quote"), &json!(quote)));
        assert!(record["number"].is_string() && record["org_id"].is_i64(), "{record}");
        let said = came[0].body.to_string();
        for secret in ["7680", "128", "price", "cost", "net", "margin", "customer", "乳胶漆"] {
            assert!(!said.contains(secret), "{secret} in {said}");
        }
        let told = it.deliveries(id, "").await;
        assert_eq!((told.len(), &told[0]["state"], &told[0]["code"]), (1, &json!("done"), &json!(204)));
        assert_eq!(told[0]["topic_name"], "出具报价单");
        assert_eq!(told[0]["message_id"], json!(came[0].id));
    })
    .await;
}

#[tokio::test]
async fn a_region_hears_of_its_own_records_only_and_an_address_of_its_own_topics() {
    each("regions", async |it| {
        let nanjing = it.world.nanjing.id.0;
        let of_nanjing = it.hears("南京", &["quote.issued"], Some(nanjing)).await;
        let of_orders = it.hears("订单", &["order.made"], None).await;
        it.world.issued(Place::Suzhou).await;
        it.settle().await;
        assert!(it.deliveries(of_nanjing, "").await.is_empty());
        it.world.issued(Place::Nanjing).await;
        it.settle().await;
        assert_eq!(it.deliveries(of_nanjing, "").await.len(), 1);
        assert!(it.deliveries(of_orders, "").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_taken_is_sent_again_with_the_same_id_after_a_growing_wait() {
    each_hanging("again", async |it| {
        let id = it.hears("ERP", &["quote.issued"], None).await;
        it.receiver.is(&[Mood::Fails, Mood::Hangs, Mood::Redirects, Mood::Takes]);
        it.world.issued(Place::Suzhou).await;
        it.settle().await;
        let told = it.deliveries(id, "?state=waiting").await;
        assert_eq!((&told[0]["code"], &told[0]["attempts"]), (&json!(500), &json!(1)));
        assert_eq!(told[0]["answer"].as_str().unwrap().chars().count(), 200);
        let next = told[0]["next_at"].as_i64().unwrap() - TEST_DAY.0;
        assert!((8_000..=12_000).contains(&next), "{next}");
        it.world.db.clock.set(TEST_DAY.plus_ms(7_000));
        it.settle().await;
        assert_eq!(it.receiver.came().len(), 1, "not before its time");
        it.world.db.clock.set(TEST_DAY.plus_ms(12_000));
        it.settle().await;
        let told = it.deliveries(id, "").await;
        assert_eq!((&told[0]["code"], &told[0]["state"]), (&json!(null), &json!("waiting")));
        assert!(told[0]["failure"].as_str().unwrap().contains("10 秒"), "{told:?}");
        it.world.db.clock.set(TEST_DAY.plus_ms(60_000));
        it.settle().await;
        let told = it.deliveries(id, "").await;
        assert!(told[0]["code"] == 302 && told[0]["failure"].as_str().unwrap().contains("不跟过去"));
        it.world.db.clock.set(TEST_DAY.plus_ms(HOUR_MS));
        it.settle().await;
        let came = it.receiver.came();
        assert!(came.len() == 4 && came.iter().all(|one| *one == came[0]), "{came:?}");
        assert_eq!(it.deliveries(id, "?state=done").await.len(), 1);
        assert_eq!(it.webhook(id).await["failing_since"], json!(null));
    })
    .await;
}

/// Lets so many tries pass, whatever becomes of them.
async fn tries(it: &Telling, count: i64) {
    for _ in 0..count {
        it.settle().await;
        let now = it.world.ctx.moment().await.unwrap().now;
        it.world.db.clock.set(now.plus_ms(30 * HOUR_MS));
    }
}

#[tokio::test]
async fn after_the_last_try_a_message_is_laid_aside_and_sent_when_somebody_says_so() {
    each("dead letters", async |it| {
        let id = it.hears("ERP", &["quote.issued", "quote.cancelled"], None).await;
        it.receiver.is(&[Mood::Fails]);
        it.world.issued(Place::Suzhou).await;
        it.settle().await;
        // It is taken in between, so that the address as a whole has not failed for days.
        for _ in 0..9 {
            it.receiver.is(&[Mood::Takes]);
            it.post(&format!("/api/webhooks/{id}/ping"), 202).await;
            it.settle().await;
            it.receiver.is(&[Mood::Fails]);
            let now = it.world.ctx.moment().await.unwrap().now;
            it.world.db.clock.set(now.plus_ms(30 * HOUR_MS));
            it.settle().await;
        }
        let dead = it.deliveries(id, "?state=dead").await;
        assert_eq!((dead.len(), &dead[0]["attempts"]), (1, &json!(10)), "{dead:?}");
        assert_eq!(it.webhook(id).await["dead"], 1);
        let before = it.receiver.came().len();
        tries(&it, 2).await;
        assert_eq!(it.receiver.came().len(), before, "nobody sends it by itself any more");
        it.receiver.is(&[Mood::Takes]);
        let one = format!("/api/webhooks/{id}/deliveries/{}/resend", dead[0]["id"]);
        assert_eq!(it.post(&one, 200).await["state"], "waiting");
        it.settle().await;
        assert_eq!(it.receiver.came().last().unwrap().id, dead[0]["message_id"].as_str().unwrap());
        assert!(it.deliveries(id, "?state=dead").await.is_empty());
        assert_eq!(it.post(&format!("/api/webhooks/{id}/resend"), 200).await["count"], 0);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_takes_nothing_for_days_is_switched_off_and_administrators_are_told() {
    each("given up", async |it| {
        let id = it.hears("旧系统", &["quote.issued"], None).await;
        it.receiver.is(&[Mood::Fails]);
        it.world.issued(Place::Suzhou).await;
        tries(&it, 12).await;
        let webhook = it.webhook(id).await;
        assert_eq!(webhook["active"], false);
        assert!(webhook["off_reason"].as_str().unwrap().contains("三天"), "{webhook}");
        let notices = it.world.of("administrator").get("/api/notices").await.ok(200);
        assert!(notices["items"][0]["text"].as_str().unwrap().contains("旧系统"), "{notices}");
        let others = it.world.of("owner").get("/api/notices").await.ok(200).to_string();
        assert!(!others.contains("旧系统"), "{others}");
        let administrator = it.world.of("administrator");
        let path = format!("/api/webhooks/{id}/resend");
        administrator.post(&path, json!({})).await.refused(409, "webhook_off");
        it.world.issued(Place::Suzhou).await;
        it.settle().await;
        assert_eq!(it.deliveries(id, "").await.len(), 1, "while it is off nothing is put down");
        let body = json!({
            "name": "旧系统", "address": it.address, "topics": ["quote.issued"], "active": true,
        });
        let version = webhook["version"].as_i64().unwrap();
        let path = format!("/api/webhooks/{id}");
        it.world.of("administrator").put(&path, version, body.clone()).await.ok(200);
        it.world.of("administrator").put(&path, version, body).await.refused(412, "changed_by_other");
        it.receiver.is(&[Mood::Takes]);
        assert_eq!(it.post(&format!("/api/webhooks/{id}/resend"), 200).await["count"], 1);
        it.settle().await;
        assert_eq!(it.deliveries(id, "?state=done").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_answers_that_nobody_is_there_any_more_is_told_nothing_more() {
    each("gone", async |it| {
        let id = it.hears("已下线", &["quote.issued"], None).await;
        it.receiver.is(&[Mood::Leaves]);
        it.world.issued(Place::Suzhou).await;
        it.world.issued(Place::Suzhou).await;
        it.settle().await;
        assert_eq!(it.receiver.came().len(), 1);
        let webhook = it.webhook(id).await;
        assert_eq!((&webhook["active"], &webhook["dead"]), (&json!(false), &json!(2)));
    })
    .await;
}

#[tokio::test]
async fn two_servers_send_each_message_once() {
    each("two servers", async |it| {
        it.hears("ERP", &["quote.issued"], None).await;
        for _ in 0..6 {
            it.world.issued(Place::Suzhou).await;
        }
        let mut clock = app::automation::Runner::new(&it.world.ctx).unwrap();
        clock.catch_up(&it.world.ctx).await.unwrap();
        let run = async || while app::webhooks::run_due(&it.world.ctx).await.unwrap() > 0 {};
        tokio::join!(run(), run());
        it.settle().await;
        let mut ids: Vec<String> = it.receiver.came().into_iter().map(|one| one.id).collect();
        ids.sort();
        let sent = ids.len();
        ids.dedup();
        assert_eq!((sent, ids.len()), (6, 6));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_hangs_holds_up_no_other() {
    each_hanging("hanging", async |it| {
        let slow = it.hears("慢", &["quote.issued"], None).await;
        let body = json!({
            "name": "不通", "address": "http://127.0.0.1:1/", "topics": ["quote.issued"], "active": true,
        });
        let made = it.world.of("administrator").post("/api/webhooks", body).await.ok(201);
        it.receiver.is(&[Mood::Hangs]);
        it.world.issued(Place::Suzhou).await;
        it.settle().await;
        for id in [slow, made["webhook"]["id"].as_i64().unwrap()] {
            assert_eq!(it.deliveries(id, "").await[0]["attempts"], 1, "both were tried in the same round");
        }
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_shown_once_and_while_it_changes_both_sign() {
    each("secrets", async |it| {
        let id = it.hears("ERP", &["quote.issued"], None).await;
        let old = it.receiver.0.lock().unwrap().secret.clone();
        let new = it.post(&format!("/api/webhooks/{id}/secret"), 200).await["secret"].clone();
        let new = new.as_str().unwrap().to_string();
        assert!(new.starts_with("whsec_") && new != old);
        it.world.issued(Place::Suzhou).await;
        it.settle().await;
        assert!(it.receiver.came()[0].signed, "the old secret signs for a day");
        it.receiver.knows(&new);
        it.world.db.clock.set(TEST_DAY.plus_ms(24 * HOUR_MS));
        it.post(&format!("/api/webhooks/{id}/ping"), 202).await;
        it.settle().await;
        assert!(it.receiver.came()[1].signed);
        assert_eq!(it.receiver.came()[1].body["type"], "ping");
        it.receiver.knows(&old);
        it.post(&format!("/api/webhooks/{id}/ping"), 202).await;
        it.settle().await;
        assert!(!it.receiver.came()[2].signed, "after a day it does not");
        let listed = it.world.of("administrator").get("/api/webhooks").await.ok(200).to_string();
        let logged = it.world.of("administrator").get("/api/audit?entity=webhook").await.ok(200).to_string();
        for secret in [&old, &new] {
            assert!(!listed.contains(secret.as_str()) && !logged.contains(secret.as_str()));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_an_address_is_said_in_words() {
    each_engine("wrong addresses", async |db| {
        let world = World::new(db).await;
        let admin = world.of("administrator");
        let edit = |address: &str, topics: &[&str], org: Option<i64>| {
            json!({"name": "ERP", "address": address, "topics": topics, "org_id": org, "active": true})
        };
        let sound = "https://erp.example.cn/hooks";
        for (body, words) in [
            (edit("erp.example.cn", &["order.made"], None), "https://"),
            (edit("http://erp.example.cn/", &["order.made"], None), "webhook_private_targets"),
            (edit("https://127.0.0.1/", &["order.made"], None), "内网"),
            (edit("https://192.168.1.5/", &["order.made"], None), "内网"),
            (edit("https://a:b@erp.example.cn/", &["order.made"], None), "密码"),
            (edit(sound, &[], None), "要外发的事件"),
            (edit(sound, &["person.signed_in"], None), "要外发的事件"),
            (edit(sound, &["order.made"], Some(999_999)), "所属机构"),
        ] {
            let told = admin.post("/api/webhooks", body).await;
            assert_eq!(told.status, 422, "{words}");
            assert!(String::from_utf8_lossy(&told.bytes).contains(words), "{words}: {}", told.json());
        }
        admin.post("/api/webhooks", edit(sound, &["order.made"], None)).await.ok(201);
        let told = admin.post("/api/webhooks", edit(sound, &["order.made"], None)).await;
        assert!(told.json().to_string().contains("同名"), "{}", told.json());
    })
    .await;
}

#[tokio::test]
async fn where_the_setting_has_changed_nothing_goes_inside_and_the_address_can_be_switched_off() {
    each("setting changed", async |mut it| {
        let id = it.hears("ERP", &["quote.issued"], None).await;
        let sender = Some(Arc::new(Sender::new(false).unwrap()) as Arc<dyn app::ports::WebhookSender>);
        it.world.ctx = it.world.ctx.clone().with_webhooks(Outgoing { sender, inside_allowed: false });
        it.world.app = server_of(&it.world.ctx);
        it.world.issued(Place::Suzhou).await;
        it.settle().await;
        assert!(it.receiver.came().is_empty());
        let told = it.deliveries(id, "").await;
        assert!(told[0]["failure"].as_str().unwrap().contains("https"), "{told:?}");
        // Nor does its name pass any more; it may stay, and no other such one may come.
        let named = |name: &str| {
            json!({"name": name, "address": it.address, "topics": ["quote.issued"], "active": false})
        };
        testkit::webhook_of_two_lines(&it.world.ctx.store, id, "ERP\n二").await;
        let version = it.webhook(id).await["version"].as_i64().unwrap();
        let path = format!("/api/webhooks/{id}");
        let other = it.world.of("administrator").put(&path, version, named("ERP\n三")).await;
        assert_eq!(other.json()["facts"]["fields"][0]["path"], "name", "{}", other.json());
        let body = named("ERP\n二");
        let off = it.world.of("administrator").put(&path, version, body).await.ok(200);
        assert_eq!((&off["active"], &off["dead"], &off["waiting"]), (&json!(false), &json!(1), &json!(0)));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_taken_away_takes_its_messages_along() {
    each("taken away", async |it| {
        let id = it.hears("ERP", &["quote.issued"], None).await;
        it.world.issued(Place::Suzhou).await;
        let mut clock = app::automation::Runner::new(&it.world.ctx).unwrap();
        clock.catch_up(&it.world.ctx).await.unwrap();
        assert_eq!(it.deliveries(id, "").await.len(), 1);
        let gone = it.world.of("administrator").delete(&format!("/api/webhooks/{id}")).await;
        assert_eq!(gone.status, 204);
        it.settle().await;
        assert!(it.receiver.came().is_empty());
        let waiting = testkit::rows_where(&it.world.db.store, "outbox", "kind", "webhook").await;
        assert_eq!(waiting, 0);
    })
    .await;
}
