//! What is due is carried out once, at once and together, whoever dies over it and however many are at it.

use std::sync::Arc;
use std::time::Duration;

use app::automation::Runner;
use app::config::Submission;
use app::{Ctx, Random};
use domain::base::{Instant, QuoteId};
use serde_json::json;
use store::StoreError;
use store::timers::{self, Timer};
use testkit::{TEST_DAY, each_engine, refuse_equally_late_tasks, rows_in, rows_where, through_a_wire};
use tokio::sync::Notify;

use crate::quoting::clock::{SILENT, arm, rule_item, silent_tasks, tick, with_opened_rule, with_quote};
use crate::support::{HOUR, World, row};

const MINUTE: i64 = 60_000;
const SECOND: i64 = 1_000;
/// Timers of one round.
const EACH: i64 = 500;
/// The most that a rule may run in an hour.
const HOUR_MAX: i64 = 10_000;
/// So many looks are far more than a server of PostgreSQL needs to notice that its client is gone.
const LOOKS_MAX: usize = 6_000;

/// Looks again until there are so many tasks.
async fn until_tasks(world: &World, wanted: i64) {
    for _ in 0..LOOKS_MAX {
        tick(&world.ctx).await;
        if rows_in(&world.ctx.store, "task").await >= wanted {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // Whatever would come twice comes now.
    tick(&world.ctx).await;
    assert_eq!(rows_in(&world.ctx.store, "task").await, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_dies_between_taking_and_effect_is_followed_at_once_and_the_effect_stands_once() {
    each_engine("killed", async |db| {
        let (world, _) = with_quote(&db).await;
        let due = TEST_DAY.plus_ms(SILENT);
        world.clock.set(due);
        let dead = world.ctx.store.change(move |tx| {
            Box::pin(async move {
                assert_eq!(timers::take_due(tx, due, 10).await?.len(), 1);
                // What is not committed is all that it leaves behind.
                Err::<(), _>(StoreError::Injected)
            })
        });
        let dead: Result<(), StoreError> = dead.await;
        assert!(matches!(dead, Err(StoreError::Injected)), "{} {dead:?}", db.engine);
        assert_eq!(silent_tasks(&world).await, 0, "{}", db.engine);
        tick(&world.ctx).await;
        tick(&world.ctx).await;
        assert_eq!(silent_tasks(&world).await, 1, "{}: in the same moment", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_connection_breaks_in_the_middle_leaves_its_timers_to_the_other_at_once() {
    each_engine("cut", async |db| {
        // On SQLite nobody else is there who could be in the middle.
        let Some((store, wire)) = through_a_wire(&db).await else { return };
        let (world, _) = with_quote(&db).await;
        let before = rows_in(&world.ctx.store, "task").await;
        world.clock.set(TEST_DAY.plus_ms(SILENT));
        let dies = Ctx::new(store, world.ctx.zone.clone(), Random::seeded(9));
        wire.cut_at("INTO task", 1);
        assert!(Runner::new(&dies).unwrap().tick(&dies).await.is_err());
        until_tasks(&world, before + 1).await;
        assert_eq!(silent_tasks(&world).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_living_server_works_on_is_left_to_it() {
    each_engine("held", async |db| {
        if db.engine != "postgres" {
            // The writer of a folder is alone.
            return;
        }
        let (world, _) = with_quote(&db).await;
        let due = TEST_DAY.plus_ms(SILENT);
        world.clock.set(due);
        let (taken, ends) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (says, waits) = (taken.clone(), ends.clone());
        let store = world.elsewhere(&db).await.ctx.store.clone();
        let holds = tokio::spawn(async move {
            let held = store.change(move |tx| {
                let (says, waits) = (says.clone(), waits.clone());
                Box::pin(async move {
                    let held: Vec<Timer> = timers::take_due(tx, due, 10).await?;
                    says.notify_one();
                    waits.notified().await;
                    Ok::<_, StoreError>(held.len())
                })
            });
            let held: Result<usize, StoreError> = held.await;
            held.unwrap()
        });
        taken.notified().await;
        tick(&world.ctx).await;
        assert_eq!(silent_tasks(&world).await, 0, "nobody waits for it, and nobody takes it");
        ends.notify_one();
        assert_eq!(holds.await.unwrap(), 1);
        tick(&world.ctx).await;
        assert_eq!(silent_tasks(&world).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_of_which_one_is_cut_off_again_and_again_leave_each_effect_once() {
    each_engine("cut again", async |db| {
        let Some((store, wire)) = through_a_wire(&db).await else { return };
        let (world, id) = with_opened_rule(&db, HOUR_MAX).await;
        let dies = Ctx::new(store, world.ctx.zone.clone(), Random::seeded(9));
        for (round, nth) in (1_i64..).zip([2, 3, 4, 6, 9]) {
            let due = TEST_DAY.plus_ms(HOUR + round * MINUTE);
            arm(&world, id, (round - 1) * EACH + 1..=round * EACH, due).await;
            world.clock.set(due);
            wire.cut_at("COMMIT", nth);
            let other = dies.clone();
            // Which of its commits is cut off, and whether any, does not matter.
            let dying = tokio::spawn(async move {
                let _ = Runner::new(&other).unwrap().catch_up(&other).await;
            });
            tick(&world.ctx).await;
            dying.await.unwrap();
            wire.mend();
            until_tasks(&world, round * EACH).await;
            assert_eq!(rows_where(&world.ctx.store, "notice", "kind", "task").await, round * EACH);
            assert_eq!(rows_where(&world.ctx.store, "timer", "state", "fired").await, round * EACH);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_that_fails_holds_up_no_other_and_is_tried_again_after_a_wait() {
    each_engine("one fails", async |db| {
        let (world, id) = with_opened_rule(&db, HOUR_MAX).await;
        refuse_equally_late_tasks(&world.ctx.store).await;
        let due = TEST_DAY.plus_ms(HOUR);
        arm(&world, id, 1..=2, due).await;
        arm(&world, id, 3..=3, due.plus_ms(-1)).await;
        let tasks = async |after_ms: i64| {
            world.clock.set(due.plus_ms(after_ms));
            tick(&world.ctx).await;
            rows_in(&world.ctx.store, "task").await
        };
        assert_eq!(tasks(0).await, 2, "{}", db.engine);
        assert_eq!(tasks(2 * SECOND - 1).await, 2, "{}: it waits", db.engine);
        assert_eq!(tasks(2 * SECOND).await, 3, "{}", db.engine);
        assert_eq!(rows_where(&world.ctx.store, "timer", "state", "fired").await, 3, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_several_timers_of_one_second_set_is_set_once_and_said_once() {
    each_engine("one field", async |db| {
        let (world, id) = with_opened_rule(&db, HOUR_MAX).await;
        let content = json!({
            "name": "已查看", "on": true, "trigger": {"kind": "event", "event": "quote_opened"},
            "actions": [{"kind": "set_field", "field": "follow_day", "days": 2}],
        });
        let rows = vec![row(Some("opened"), content)];
        world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
        let due = TEST_DAY.plus_ms(HOUR);
        arm(&world, id, 1..=3, due).await;
        world.clock.set(due);
        tick(&world.ctx).await;
        arm(&world, id, 4..=5, due.plus_ms(SECOND)).await;
        world.clock.set(due.plus_ms(SECOND));
        tick(&world.ctx).await;
        assert_eq!(world.reads(id).await.head.follow_up.unwrap().day, world.day(2), "{}", db.engine);
        let store = &world.ctx.store;
        assert_eq!(rows_where(store, "event", "kind", "quote.follow_up_set").await, 1, "{}", db.engine);
        assert_eq!(rows_where(store, "timer", "state", "fired").await, 5, "{}", db.engine);
    })
    .await;
}

/// How often one look waits for the database that carries out timers of these epochs.
async fn waits(
    world: &World,
    runner: &mut Runner,
    (id, due): (QuoteId, Instant),
    epochs: std::ops::RangeInclusive<i64>,
) -> u64 {
    arm(world, id, epochs, due).await;
    world.clock.set(due);
    let before = world.ctx.store.trips();
    runner.tick(&world.ctx).await.unwrap();
    let waited = world.ctx.store.trips() - before;
    runner.catch_up(&world.ctx).await.unwrap();
    waited
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_and_fifty_timers_wait_for_the_database_as_often_as_one() {
    each_engine("few waits", async |db| {
        let (world, id) = with_opened_rule(&db, HOUR_MAX).await;
        let mut runner = Runner::new(&world.ctx).unwrap();
        runner.catch_up(&world.ctx).await.unwrap();
        let at = |minute: i64| (id, TEST_DAY.plus_ms(HOUR + minute * MINUTE));
        // Everything has been asked once.
        waits(&world, &mut runner, at(1), 1..=1).await;
        let one = waits(&world, &mut runner, at(2), 2..=2).await;
        let many = waits(&world, &mut runner, at(3), 3..=152).await;
        assert_eq!(many, one, "{}", db.engine);
        assert_eq!(rows_in(&world.ctx.store, "task").await, 152, "{}", db.engine);
    })
    .await;
}
