//! The database goes away in the middle of a request: what was saved is never told as not saved.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::{TestDb, each_engine, through_a_wire};

use crate::world::{Answer, World, new_key};

/// A broken connection is seen as broken long before, on any machine that is only slow.
const PATIENCE: Duration = Duration::from_secs(60);
/// A request is broken off at its first, second … step up to this one.
const STEPS: i64 = 12;

/// What came of one request that was broken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Answered,
    NotSaved,
    Unknown,
}

/// The customers of that name.
async fn there(world: &World, name: &str) -> usize {
    let found = world.of("owner").get(&format!("/api/customers?q={name}")).await.ok(200);
    found["items"].as_array().unwrap().len()
}

fn says_not_saved(problem: &Value) -> bool {
    problem["detail"].as_str().unwrap().contains("没有保存")
}

/// The request once more under its key. While a broken connection is not seen as broken, and while the key of what was not
/// carried out is not free, nothing is carried out and it is sent again.
async fn sent_again(world: &World, key: &str, name: &str) -> Answer {
    let began = std::time::Instant::now();
    loop {
        let again = world.of("seller").post_once("/api/customers", key, json!({"name": name})).await;
        let too_early = match again.status {
            409 => again.code() == "still_running",
            503 => again.code() != "commit_unknown",
            _ => false,
        };
        if !too_early || began.elapsed() > PATIENCE {
            return again;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Holds the answer, and that to the same request sent again under its key, against what is in the database: it is carried
/// out once.
async fn judge(world: &World, name: &str, answer: Answer, again: Answer) -> Came {
    let engine = world.db.engine;
    assert_eq!(there(world, name).await, 1, "{engine} {name}: once, whatever was answered");
    if answer.status == 201 {
        return Came::Answered;
    }
    assert_eq!(answer.status, 503, "{engine} {name}: {}", answer.code());
    let told = answer.json();
    if again.status == 201 {
        // The first one was not carried out: either is true of it.
        return if says_not_saved(&told) { Came::NotSaved } else { Came::Unknown };
    }
    let done = again.refused(409, "answer_lost");
    assert_eq!(done["facts"]["name"], name, "{engine}: what was saved is named");
    assert_eq!(told["code"], "commit_unknown", "{engine} {name}: {told}");
    assert_eq!(told["facts"]["same_key_again"], true);
    assert!(!says_not_saved(&told) && told["detail"].as_str().unwrap().contains("刷新看看"), "{told}");
    Came::Unknown
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_after_the_change_never_says_that_nothing_was_saved() {
    each_engine("reads that fail", async |db| {
        let world = World::new(db).await;
        let mut came = Vec::new();
        for nth in 1..=STEPS {
            let (key, name) = (new_key(), format!("broken{nth:02}"));
            world.db.store.fail_at_read(nth);
            let answer = world.of("seller").post_once("/api/customers", &key, json!({"name": name})).await;
            world.db.store.fail_at_read(0);
            let again = world.of("seller").post_once("/api/customers", &key, json!({"name": name})).await;
            came.push(judge(&world, &name, answer, again).await);
        }
        for kind in [Came::Answered, Came::NotSaved, Came::Unknown] {
            assert!(came.contains(&kind), "{} {kind:?}: {came:?}", world.db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wire_that_is_cut_at_any_commit_or_after_it_never_tells_a_lie() {
    each_engine("cut wire", async |db| {
        let Some((store, wire)) = through_a_wire(&db).await else { return };
        let through = TestDb { store, engine: db.engine, clock: db.clock.clone(), place: db.place.clone() };
        let world = World::new(through).await;
        // What claims, marks and answers a request names its path; the first and the last are no transactions with an end.
        for word in ["COMMIT", "START TRANSACTION", "/api/customers"] {
            for nth in 1..=6 {
                let (key, name) = (new_key(), format!("cut{}{nth:02}", word.len()));
                wire.cut_at(word, nth);
                let answer =
                    world.of("seller").post_once("/api/customers", &key, json!({"name": name})).await;
                wire.mend();
                // Mostly broken connections are seen as broken by then, and the key is free.
                tokio::time::sleep(Duration::from_millis(900)).await;
                let again = sent_again(&world, &key, &name).await;
                judge(&world, &name, answer, again).await;
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issue_whose_answer_cannot_be_read_is_not_told_as_unsaved() {
    each_engine("issue that fails", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        let customer = world.customer(crate::world::Place::Suzhou).await;
        let freight = json!({"id": "a", "own": {"kind": "freight", "name": "送货", "price": "10"}, "qty": "1", "unit": "次"});
        let mut unknown = 0;
        for nth in 2..=STEPS {
            let body = json!({"customer_id": customer.0, "lines": [freight]});
            let draft = seller.post("/api/quotes", body).await.ok(201);
            let path = format!("/api/quotes/{}", draft["id"]);
            let (key, seen) = (new_key(), json!({"expected_net": "10.00"}));
            world.db.store.fail_at_read(nth);
            let answer = seller.post_once(&format!("{path}/issue"), &key, seen).await;
            world.db.store.fail_at_read(0);
            let issued = seller.get(&path).await.ok(200)["state"] != "draft";
            if answer.status != 200 && issued {
                let told = answer.refused(503, "commit_unknown");
                assert!(!says_not_saved(&told), "{} {nth}: {told}", world.db.engine);
                unknown += 1;
            }
        }
        assert!(unknown > 0, "{}: some read after the commit fails", world.db.engine);
    })
    .await;
}
