//! Timers: taken for one transaction, settled once, and laid aside when they fail for ever.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use store::timers::{self, ATTEMPTS_MAX, NewTimer, Settled, Timer};
use store::{StoreError, Tx, WriteFuture};
use testkit::{TEST_DAY, TestDb, each_engine, rows_where};

async fn on_each_engine<F>(name: &str, test: F)
where
    F: for<'a, 't> Fn(&'a mut Tx<'t>) -> WriteFuture<'a, (), StoreError> + Copy + Send + Sync + 'static,
{
    each_engine(name, async |db: TestDb| db.store.change(test).await.unwrap()).await;
}

fn of_rule(rule: &str, epoch: i64) -> NewTimer {
    NewTimer {
        fire_key: format!("{rule}:quote:1:{epoch}"),
        rule: rule.to_string(),
        entity: "quote",
        entity_id: 1,
        epoch,
        due: TEST_DAY.plus_ms(epoch),
        depth: 0,
        unknown_year: None,
    }
}

fn epochs(timers: &[Timer]) -> Vec<i64> {
    timers.iter().map(|timer| timer.epoch).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_taken_earliest_first_and_settled_once() {
    on_each_engine("taken", |tx| {
        Box::pin(async move {
            let armed: Vec<NewTimer> = (0..5).rev().map(|epoch| of_rule("rule", epoch)).collect();
            timers::arm(tx, TEST_DAY, &armed).await?;
            let now = TEST_DAY.plus_ms(3);
            assert_eq!(epochs(&timers::due(tx, now, 9).await?), [0, 1, 2, 3]);
            let taken = timers::take_due(tx, now, 3).await?;
            assert_eq!(epochs(&taken), [0, 1, 2]);
            let one = timers::take_one(tx, now, taken[1].id).await?;
            assert_eq!(epochs(&one), [1]);
            let settled = [
                (taken[0].id, Settled::Fired, 3),
                (taken[1].id, Settled::Cancelled, 0),
                (taken[2].id, Settled::Fired, 3),
            ];
            assert!(timers::settle(tx, now, &settled).await?);
            assert!(!timers::settle(tx, now, &settled[..1]).await?, "it has fired");
            assert!(!timers::postpone(tx, &[(taken[0].id, now, None)]).await?);
            assert!(timers::take_one(tx, now, taken[0].id).await?.is_empty());
            assert_eq!(epochs(&timers::take_due(tx, now, 9).await?), [3]);
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_that_fails_waits_twice_as_long_each_time_and_is_laid_aside_in_the_end() {
    each_engine("fails", async |db| {
        let failed = db.store.change(|tx| {
            Box::pin(async move {
                timers::arm(tx, TEST_DAY, &[of_rule("rule", 0)]).await?;
                let mut now = TEST_DAY;
                for nth in 1..=ATTEMPTS_MAX {
                    let taken = timers::take_due(tx, now, 1).await?;
                    assert_eq!(taken[0].attempts, nth - 1);
                    timers::failed(tx, now, &taken[0], "broken").await?;
                    // The same failure noted by another server is the same failure.
                    timers::failed(tx, now, &taken[0], "broken").await?;
                    let wait = 1_000 << nth;
                    assert!(timers::take_due(tx, now.plus_ms(wait - 1), 1).await?.is_empty(), "{nth}");
                    now = now.plus_ms(wait);
                }
                assert!(timers::take_due(tx, now, 1).await?.is_empty());
                Ok::<_, StoreError>(())
            })
        });
        let failed: Result<(), StoreError> = failed.await;
        failed.unwrap();
        assert_eq!(rows_where(&db.store, "timer", "state", "dead").await, 1, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_to_a_record_is_left_out_where_nobody_asks_for_it() {
    on_each_engine("beside", |tx| {
        Box::pin(async move {
            let mut armed: Vec<NewTimer> = (0..3).map(|epoch| of_rule("opened", epoch)).collect();
            armed.push(of_rule("silent", 7));
            timers::arm(tx, TEST_DAY, &armed).await?;
            assert_eq!(timers::armed_of(tx, "quote", &[1, 2]).await?.len(), 4);
            assert_eq!(epochs(&timers::armed_beside(tx, "quote", &[1, 2], &["opened"]).await?), [7]);
            assert!(timers::armed_beside(tx, "quote", &[1], &["silent", "opened"]).await?.is_empty());
            assert!(timers::armed_beside(tx, "quote", &[2], &[]).await?.is_empty());
            Ok(())
        })
    })
    .await;
}
