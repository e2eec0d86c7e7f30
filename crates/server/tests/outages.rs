//! The database goes away in the middle of a request: what was saved is never told as not saved.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::{TestDb, each_engine, through_a_wire};

use crate::world::{Answer, World, new_key};

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

/// Holds the answer against what is in the database, and sends the request again under its key: it is carried out once.
async fn judge(world: &World, (key, name): (&str, &str), answer: Answer) -> Came {
    let engine = world.db.engine;
    let again = world.of("seller").post_once("/api/customers", key, json!({"name": name})).await;
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
            came.push(judge(&world, (&key, &name), answer).await);
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
                // Broken connections are seen as broken, and the key of what was not carried out is free.
                tokio::time::sleep(Duration::from_millis(900)).await;
                judge(&world, (&key, &name), answer).await;
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
