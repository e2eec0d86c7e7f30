//! Waits for PostgreSQL: what is asked ahead, put off, or ended with costs one, and comes out as if it had not been.

use domain::access::Company;
use domain::base::PersonId;
use store::events::{self, Event};
use store::idempotency::{self, Begun, RequestKey};
use store::{Store, StoreError, Tx, access, outbox};
use testkit::{TEST_DAY, each_engine, rows_in};

/// How many waits `work` costs once its statements are planned: on SQLite none.
async fn waits<T>(store: &Store, work: impl AsyncFn() -> T) -> (u64, T) {
    work().await;
    let before = store.trips();
    let out = work().await;
    (store.trips() - before, out)
}

fn company() -> Company {
    let text = String::new;
    Company {
        name: "呼吸".to_string(),
        address: text(),
        phone: text(),
        tax_no: text(),
        bank_name: text(),
        bank_account: text(),
        seal_file: None,
        demo: false,
        prices_include_tax: true,
        quote_valid_days: 15,
    }
}

async fn asked_at_once(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    tx.ahead([events::asks_moment(), vec![access::asks_company()]].concat()).await?;
    let moment = events::moment(tx).await?;
    Ok(moment.now == TEST_DAY && access::company(tx).await?.is_none())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_ahead_costs_one_wait_and_comes_out_the_same() {
    each_engine("ahead", async |db| {
        let asked = async || db.store.read(|tx| Box::pin(asked_at_once(tx))).await.unwrap();
        let (waited, same) = waits(&db.store, asked).await;
        assert_eq!((waited, same), (u64::from(db.engine == "postgres"), true), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_ahead_is_asked_again_once_something_has_changed() {
    each_engine("ahead of a change", async |db| {
        let seen = db.store.change(|tx| {
            Box::pin(async move {
                tx.ahead(vec![access::asks_company()]).await?;
                access::insert_company(tx, &company(), TEST_DAY).await?;
                tx.ahead(vec![access::asks_company()]).await?;
                // A lock is a wait for others, after which everything may be another.
                tx.lock_row("customer", "id", 1_i64).await?;
                Ok::<_, StoreError>(access::company(tx).await?.is_some())
            })
        });
        assert!(seen.await.unwrap(), "{}", db.engine);
    })
    .await;
}

async fn three_effects(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for key in ["a", "b", "c"] {
        outbox::put(tx, TEST_DAY, key, "test", "{}").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_waits_for_is_kept_with_the_commit_and_is_there_for_who_asks_before() {
    each_engine("put off", async |db| {
        let put = async || db.store.change(|tx| Box::pin(three_effects(tx))).await.unwrap();
        let (waited, ()) = waits(&db.store, put).await;
        assert_eq!(waited, u64::from(db.engine == "postgres"), "{}", db.engine);
        assert_eq!(rows_in(&db.store, "outbox").await, 3, "{}", db.engine);
        let claimed = db.store.change(|tx| {
            Box::pin(async move {
                outbox::put(tx, TEST_DAY, "d", "test", "{}").await?;
                Ok::<_, StoreError>(outbox::claim(tx, TEST_DAY, 10).await?.len())
            })
        });
        assert_eq!(claimed.await.unwrap(), 4, "{}: a statement sees those before it", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_comes_with_the_commit_keeps_nothing() {
    each_engine("refused late", async |db| {
        let refused = db.store.change(|tx| {
            Box::pin(async move {
                outbox::put(tx, TEST_DAY, "a", "test", "{}").await?;
                let nobody = Some(PersonId(404));
                let facts = serde_json::json!({});
                let event = Event { actor: nobody, kind: "test", entity: "quote", entity_id: 1, facts };
                events::append(tx, TEST_DAY, &event).await
            })
        });
        let refused: Result<(), StoreError> = refused.await;
        assert!(matches!(refused, Err(StoreError::Constraint(_))), "{} {refused:?}", db.engine);
        assert_eq!(rows_in(&db.store, "outbox").await, 0, "{}", db.engine);
        assert_eq!(rows_in(&db.store, "event").await, 0, "{}", db.engine);
        // The connection is as good as new.
        db.store.change(|tx| Box::pin(three_effects(tx))).await.unwrap();
        assert_eq!(rows_in(&db.store, "outbox").await, 3, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_claimed_with_one_wait_and_once() {
    each_engine("claim", async |db| {
        let claims = async |key: &'static str| {
            let claim = db.store.change(move |tx| {
                let key =
                    RequestKey { actor: PersonId(1), path: "/api/quotes".to_string(), key: key.to_string() };
                Box::pin(async move { idempotency::claim(tx, &key, "body", TEST_DAY).await })
            });
            claim.await.unwrap()
        };
        assert!(claims("first").await, "{}", db.engine);
        let before = db.store.trips();
        assert!(claims("second").await, "{}", db.engine);
        assert_eq!(db.store.trips() - before, u64::from(db.engine == "postgres"), "{}", db.engine);
        assert!(!claims("first").await && !claims("second").await, "{}: each is claimed once", db.engine);
        assert_eq!(rows_in(&db.store, "idempotency").await, 2, "{}", db.engine);
    })
    .await;
}

/// Puts three effects and marks the request with this key; an error when it was not claimed.
async fn marked(store: &Store, key: &'static str) -> Result<(), StoreError> {
    let marks = store.change(move |tx| {
        let key = RequestKey { actor: PersonId(1), path: "/api/quotes".to_string(), key: key.to_string() };
        Box::pin(async move {
            three_effects(tx).await?;
            match idempotency::commit(tx, &key).await? {
                true => Ok(()),
                false => Err(StoreError::Retry("another was first".to_string())),
            }
        })
    });
    marks.await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_marked_with_the_commit_and_without_its_claim_nothing_is_kept() {
    each_engine("mark", async |db| {
        let refused = marked(&db.store, "nobody's").await;
        assert!(matches!(refused, Err(StoreError::Retry(_))), "{} {refused:?}", db.engine);
        assert_eq!(rows_in(&db.store, "outbox").await, 0, "{}: nothing is kept", db.engine);
        let claim = db.store.change(|tx| {
            let key =
                RequestKey { actor: PersonId(1), path: "/api/quotes".to_string(), key: "own".to_string() };
            Box::pin(async move { idempotency::claim(tx, &key, "body", TEST_DAY).await })
        });
        assert!(claim.await.unwrap(), "{}", db.engine);
        let before = db.store.trips();
        marked(&db.store, "own").await.unwrap();
        assert_eq!(db.store.trips() - before, u64::from(db.engine == "postgres"), "{}", db.engine);
        assert_eq!(rows_in(&db.store, "outbox").await, 3, "{}", db.engine);
        let twice = marked(&db.store, "own").await;
        assert!(matches!(twice, Err(StoreError::Retry(_))), "{}: it is done already", db.engine);
    })
    .await;
}

/// Puts three effects under the key of a request that claimed nothing; an error when another was first.
async fn noted(store: &Store, body: &'static str) -> Result<(), StoreError> {
    let notes = store.change(move |tx| {
        let key = RequestKey { actor: PersonId(1), path: "/api/quotes".to_string(), key: "own".to_string() };
        Box::pin(async move {
            three_effects(tx).await?;
            match idempotency::commit_unclaimed(tx, &key, body, TEST_DAY).await? {
                true => Ok(()),
                false => Err(StoreError::Retry("another was first".to_string())),
            }
        })
    });
    notes.await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_claims_nothing_is_noted_with_its_change_and_the_second_is_not_kept() {
    each_engine("noted", async |db| {
        let found = async |body: &'static str| {
            let found = db.store.read(move |tx| {
                let key = RequestKey {
                    actor: PersonId(1),
                    path: "/api/quotes".to_string(),
                    key: "own".to_string(),
                };
                Box::pin(async move { idempotency::find(tx, &key, body, TEST_DAY).await })
            });
            let found: Result<Option<Begun>, StoreError> = found.await;
            found.unwrap()
        };
        assert_eq!(found("body").await, None, "{}", db.engine);
        let before = db.store.trips();
        noted(&db.store, "body").await.unwrap();
        assert_eq!(db.store.trips() - before, u64::from(db.engine == "postgres"), "{}", db.engine);
        assert_eq!(rows_in(&db.store, "outbox").await, 3, "{}", db.engine);
        let again = noted(&db.store, "body").await;
        assert!(matches!(again, Err(StoreError::Retry(_))), "{} {again:?}", db.engine);
        assert_eq!(rows_in(&db.store, "outbox").await, 3, "{}: nothing is kept", db.engine);
        // At once, though nobody has kept an answer.
        let done = Begun::DoneWithoutAnswer { record: None };
        assert_eq!(found("body").await, Some(done), "{}", db.engine);
        assert_eq!(found("another").await, Some(Begun::OtherBody), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_travel_at_once_and_lie_in_their_order() {
    each_engine("many rows", async |db| {
        for count in [1_i64, 2, 3, 5, 64, 65, 200, 300] {
            let logged = |n: i64| Event {
                actor: None,
                kind: "test",
                entity: "quote",
                entity_id: count,
                facts: serde_json::json!({ "n": n }),
            };
            let events: Vec<Event> = (0..count).map(logged).collect();
            let append = db.store.change(move |tx| {
                let events = events.clone();
                Box::pin(async move { events::append_many(tx, TEST_DAY, &events).await })
            });
            let before = db.store.trips();
            append.await.unwrap();
            let waited = db.store.trips() - before;
            assert_eq!(waited, u64::from(db.engine == "postgres"), "{} {count}", db.engine);
            let read = db.store.read(move |tx| {
                Box::pin(async move { events::of_entity(tx, "quote", count, None, 1_000).await })
            });
            let mut there: Vec<i64> =
                read.await.unwrap().iter().filter_map(|event| event.facts["n"].as_i64()).collect();
            there.reverse();
            assert_eq!(there, (0..count).collect::<Vec<i64>>(), "{}", db.engine);
        }
    })
    .await;
}
