//! A connection to PostgreSQL that breaks: before the commit nothing was kept, while it is on its way nobody knows.

use std::time::Duration;

use domain::base::PersonId;
use store::idempotency::{self, Begun, RequestKey};
use store::{Command, Store, StoreError, Tx, numbers};
use testkit::{TEST_DAY, each_engine, through_a_wire};

const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone)]
struct TakeNumber;

impl Command for TakeNumber {
    type Out = i64;
    type Error = StoreError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        numbers::take_next(tx, "SZ26").await
    }
}

/// The next number, over a connection that is whole: until a broken one is seen as broken, it carries nothing out.
async fn taken_anew(store: &Store) -> i64 {
    let began = std::time::Instant::now();
    loop {
        match store.write(TakeNumber).await {
            Err(StoreError::Unavailable(_)) if began.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            taken => return taken.unwrap(),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_is_told_from_one_that_was_never_sent() {
    each_engine("cut", async |db| {
        let Some((store, wire)) = through_a_wire(&db).await else {
            // SQLite has no connection that could break.
            assert_eq!(db.store.write(TakeNumber).await.unwrap(), 1);
            return;
        };
        assert_eq!(store.write(TakeNumber).await.unwrap(), 1);
        wire.cut_at("START TRANSACTION", 1);
        let lost = store.write(TakeNumber).await;
        assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");
        assert_eq!(taken_anew(&store).await, 2, "nothing was kept");
        wire.cut_at("COMMIT\0", 1);
        let unknown = store.write(TakeNumber).await;
        assert!(matches!(unknown, Err(StoreError::CommitUnknown(_))), "{unknown:?}");
        assert_eq!(taken_anew(&store).await, 4, "it was kept");
    })
    .await;
}

#[tokio::test]
async fn a_request_that_failed_after_its_change_was_durable_is_told_as_done_at_once() {
    each_engine("given up", async |db| {
        let key =
            RequestKey { actor: PersonId(1), path: "/api/quotes".to_string(), key: "key-12345".to_string() };
        let request = key.clone();
        let marked = db.store.change(move |tx| {
            let key = request.clone();
            Box::pin(async move {
                idempotency::begin(tx, &key, "body", TEST_DAY).await?;
                idempotency::commit(tx, &key).await
            })
        });
        let marked: Result<bool, StoreError> = marked.await;
        assert!(marked.unwrap(), "{}", db.engine);
        let found = db.store.change(move |tx| {
            let key = key.clone();
            Box::pin(async move {
                idempotency::forget(tx, &key).await?;
                idempotency::find(tx, &key, "body", TEST_DAY).await
            })
        });
        let found: Result<Option<Begun>, StoreError> = found.await;
        let done = Begun::DoneWithoutAnswer { record: None };
        assert_eq!(found.unwrap(), Some(done), "{}: nobody waits for an answer", db.engine);
    })
    .await;
}
