//! What is read of the log for open screens: by number, one change for each record, and what comes late.

use domain::base::PersonId;
use store::events::{self, Event};
use store::stream::{self, News};
use store::{StoreError, Tx};
use testkit::{TEST_DAY, each_engine};

async fn log(tx: &mut Tx<'_>, entity: &'static str, id: i64, to: i64) -> Result<(), StoreError> {
    let facts = serde_json::json!({ "to": to });
    let event = Event { actor: None, kind: "test", entity, entity_id: id, facts };
    events::append(tx, TEST_DAY, &event).await
}

#[tokio::test]
async fn a_record_is_one_change_however_often_it_changed_and_every_number_is_known() {
    each_engine("news", async |db| {
        let read = db.store.change(|tx| {
            Box::pin(async move {
                for (entity, id, to) in
                    [("quote", 7, 1), ("rule", 7, 2), ("quote", 8, 3), ("quote", 7, 4), ("quote", 7, 1)]
                {
                    log(tx, entity, id, to).await?;
                }
                Ok::<_, StoreError>((stream::newest(tx).await?, stream::after(tx, 0, 100).await?))
            })
        });
        let (newest, News { changes, numbers }) = read.await.unwrap();
        assert_eq!((numbers.len(), numbers.last()), (5, Some(&newest)), "{}", db.engine);
        let seen: Vec<_> =
            changes.iter().map(|change| (change.id, change.entity_id, change.to.clone())).collect();
        let to = |ids: &[i64]| ids.iter().copied().map(PersonId).collect::<Vec<_>>();
        assert_eq!(seen, [(numbers[2], 8, to(&[3])), (newest, 7, to(&[1, 4]))], "{}", db.engine);
    })
    .await;
}

#[tokio::test]
async fn of_the_missing_numbers_those_are_told_that_are_there_by_now() {
    each_engine("late news", async |db| {
        let read = db.store.change(|tx| {
            Box::pin(async move {
                for id in 1..=3 {
                    log(tx, "quote", id, 1).await?;
                }
                let numbers = stream::numbers(tx, 0, i64::MAX).await?;
                let (second, beyond) = (numbers[1], numbers[2] + 40);
                let late = stream::late(tx, &[second, beyond]).await?;
                Ok::<_, StoreError>((second, late, stream::late(tx, &[]).await?))
            })
        });
        let (second, late, none) = read.await.unwrap();
        assert_eq!(late.numbers, [second], "{}", db.engine);
        assert_eq!(late.changes[0].entity_id, 2, "{}", db.engine);
        assert_eq!(none, News::default(), "{}", db.engine);
    })
    .await;
}
