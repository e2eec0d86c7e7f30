//! What the clock cannot do: because the machine fails it waits, because of itself it is laid aside, seen and tried again.

use app::AppError;
use app::automation::{self, Aside, Runner};
use domain::access::{Actor, Reach, Right};
use domain::base::Instant;
use store::StoreError;
use store::timers::{self, ATTEMPTS_MAX, Timer};
use testkit::{
    TEST_DAY, break_newest_event, each_engine, fill_disk_for, make_room_for, mend_newest_event, rows_where,
};

use crate::quoting::clock::{arm, list_of, opened_by_customer, tick, with_opened_rule};
use crate::support::{DAY, HOUR, World, code};

const HOUR_MAX: i64 = 200;

async fn looks(world: &World) -> Result<usize, AppError> {
    Runner::new(&world.ctx).unwrap().tick(&world.ctx).await
}

/// Tasks of the rule that waits for a customer to open the quotation.
async fn opened_tasks(world: &World) -> i64 {
    rows_where(&world.ctx.store, "task", "rule_key", "opened").await
}

async fn aside(world: &World) -> (i64, i64) {
    let Aside { events, timers } = automation::count_aside(&world.ctx).await.unwrap();
    (events, timers)
}

/// Somebody who keeps the company.
fn keeper(world: &World) -> Actor {
    let mut keeper = world.boss.clone();
    keeper.grants.insert(Right::CompanyWrite, Reach::All);
    keeper
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_nothing_is_laid_aside_and_all_of_it_is_done_when_there_is_room() {
    each_engine("full disk", async |db| {
        let (world, id) = with_opened_rule(&db, HOUR_MAX).await;
        fill_disk_for(&db, "timer").await;
        opened_by_customer(&world, id).await;
        for _ in 0..2 {
            assert_eq!(code(&looks(&world).await), "disk_full", "{}", db.engine);
        }
        assert_eq!((aside(&world).await, opened_tasks(&world).await), ((0, 0), 0), "{}", db.engine);
        make_room_for(&db, "timer").await;
        tick(&world.ctx).await;
        assert_eq!(opened_tasks(&world).await, 1, "{}: what happened waited", db.engine);

        fill_disk_for(&db, "task").await;
        arm(&world, id, 1..=1, TEST_DAY.plus_ms(HOUR)).await;
        for nth in 1..=ATTEMPTS_MAX + 1 {
            world.clock.set(TEST_DAY.plus_ms(nth * HOUR));
            assert_eq!(code(&looks(&world).await), "disk_full", "{} {nth}", db.engine);
        }
        assert_eq!((aside(&world).await, opened_tasks(&world).await), ((0, 0), 1), "{}", db.engine);
        make_room_for(&db, "task").await;
        tick(&world.ctx).await;
        assert_eq!(opened_tasks(&world).await, 2, "{}: what was due waited", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_lies_aside_is_counted_and_starts_its_rule_when_it_is_tried_again() {
    each_engine("event aside", async |db| {
        let (world, id) = with_opened_rule(&db, HOUR_MAX).await;
        opened_by_customer(&world, id).await;
        break_newest_event(&world.ctx.store).await;
        tick(&world.ctx).await;
        assert_eq!((aside(&world).await, opened_tasks(&world).await), ((1, 0), 0), "{}", db.engine);
        let keeper = keeper(&world);
        automation::try_again(&world.ctx, &keeper).await.unwrap();
        tick(&world.ctx).await;
        assert_eq!(aside(&world).await, (1, 0), "{}: it fails once more", db.engine);

        mend_newest_event(&world.ctx.store).await;
        world.clock.set(TEST_DAY.plus_ms(30 * HOUR));
        let taken = automation::try_again(&world.ctx, &keeper).await.unwrap();
        assert_eq!(taken, Aside { events: 1, timers: 0 });
        tick(&world.ctx).await;
        assert_eq!((aside(&world).await, opened_tasks(&world).await), ((0, 0), 1), "{}", db.engine);
        assert_eq!(world.events("clock.retried").await, 2);
        for refused in [
            automation::try_again(&world.ctx, &world.seller).await,
            automation::aside(&world.ctx, &world.seller).await,
        ] {
            assert_eq!(code(&refused), "not_allowed", "{}", db.engine);
        }
    })
    .await;
}

/// The timer that is due first fails until it is given up.
async fn gives_up(world: &World, now: Instant) {
    let given_up = world.ctx.store.change(move |tx| {
        Box::pin(async move {
            let timer = timers::due(tx, now, 1).await?.pop().unwrap();
            for attempts in 0..ATTEMPTS_MAX {
                timers::failed(tx, now, &Timer { attempts, ..timer.clone() }, "internal").await?;
            }
            Ok(())
        })
    });
    let given_up: Result<(), StoreError> = given_up.await;
    given_up.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_that_was_given_up_is_counted_and_carried_out_when_it_is_tried_again() {
    each_engine("timer aside", async |db| {
        let (world, id) = with_opened_rule(&db, HOUR_MAX).await;
        let due = TEST_DAY.plus_ms(HOUR);
        arm(&world, id, 1..=1, due).await;
        world.clock.set(due);
        gives_up(&world, due).await;
        tick(&world.ctx).await;
        assert_eq!((aside(&world).await, opened_tasks(&world).await), ((0, 1), 0), "{}", db.engine);
        let taken = automation::try_again(&world.ctx, &keeper(&world)).await.unwrap();
        assert_eq!(taken, Aside { events: 0, timers: 1 });
        tick(&world.ctx).await;
        tick(&world.ctx).await;
        assert_eq!((aside(&world).await, opened_tasks(&world).await), ((0, 0), 1), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_before_a_stop_of_days_starts_its_rule_and_says_how_late() {
    each_engine("stopped for days", async |db| {
        let (world, id) = with_opened_rule(&db, HOUR_MAX).await;
        opened_by_customer(&world, id).await;
        // The program was ended before it looked, and stands still over a long weekend.
        world.clock.set(TEST_DAY.plus_ms(4 * DAY));
        tick(&world.ctx).await;
        let late: Vec<i64> =
            list_of(&world).await.iter().filter(|row| row.rule == "opened").map(|row| row.late_ms).collect();
        assert_eq!(late, [4 * DAY], "{}", db.engine);
    })
    .await;
}
