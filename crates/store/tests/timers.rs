//! Timers: taken for one transaction, settled once, and laid aside when they fail for ever.

use store::timers::{self, ATTEMPTS_MAX, NewTimer, Settled, Timer};
use store::{StoreError, Tx, WriteFuture, automation};
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

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_of_a_paused_rule_is_marked_once_and_free_again_when_the_rule_goes_on() {
    each_engine("marked", async |db: TestDb| {
        let marked = async || {
            let sql = "SELECT CAST(COALESCE(SUM(held), 0) AS BIGINT) AS n FROM timer";
            let sum = db.store.read(|tx| Box::pin(async move { tx.query_one(sql, &[]).await?.int("n") }));
            let sum: Result<i64, StoreError> = sum.await;
            sum.unwrap()
        };
        let look = async |after_ms: i64| {
            let looked = db.store.change(move |tx| {
                Box::pin(async move {
                    let now = TEST_DAY.plus_ms(after_ms);
                    timers::follow_pauses(tx, now).await?;
                    Ok::<_, StoreError>(epochs(&timers::take_due(tx, now, 9).await?))
                })
            });
            let looked: Result<Vec<i64>, StoreError> = looked.await;
            looked.unwrap()
        };
        let begun = db.store.change(|tx| {
            Box::pin(async move {
                let mut armed: Vec<NewTimer> = (0..5).map(|epoch| of_rule("opened", epoch)).collect();
                armed.push(of_rule("silent", 7));
                timers::arm(tx, TEST_DAY, &armed).await?;
                automation::pause(tx, TEST_DAY, "opened", 3).await
            })
        });
        let begun: Result<(), StoreError> = begun.await;
        begun.unwrap();
        assert_eq!((look(2).await, marked().await), (vec![], 3), "{}: what is due", db.engine);
        assert_eq!((look(9).await, marked().await), (vec![7], 5), "{}: the others run", db.engine);
        let moved = db.store.change(|tx| {
            Box::pin(async move {
                // Moved by progress, a timer is due later, and not held until then.
                timers::arm(tx, TEST_DAY, &[NewTimer { due: TEST_DAY.plus_ms(20), ..of_rule("opened", 4) }])
                    .await?;
                automation::held(tx, TEST_DAY.plus_ms(9), "opened").await
            })
        });
        let moved: Result<i64, StoreError> = moved.await;
        assert_eq!((moved.unwrap(), marked().await), (4, 4), "{}", db.engine);
        let resumed = db.store.change(|tx| Box::pin(automation::resume(tx, TEST_DAY.plus_ms(9), "opened")));
        let resumed: Result<(), StoreError> = resumed.await;
        resumed.unwrap();
        assert_eq!((look(9).await, marked().await), (vec![0, 1, 2, 3, 7], 0), "{}", db.engine);
    })
    .await;
}
