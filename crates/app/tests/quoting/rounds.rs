//! What days and the calendar bring about: once at its moment, once after a stop, and anew when rules or calendar change.

use app::automation::Runner;
use app::config::{self, RowInput, Submission};
use domain::automation::{QUOTE_EXPIRING, QUOTE_SILENT};
use domain::base::Instant;
use domain::config::Kind;
use serde_json::{Value, json};
use store::StoreError;
use store::timers::{self, Timer};
use testkit::{TEST_DAY, TestDb, each_engine, rewrite_row, rows_where};

use crate::quoting::clock::{SILENT, item_of, rule_item, silent, tick, timer, with_quote};
use crate::support::{DAY, HOUR, World, row};

/// A company with a rule that tells the owner something every day at ten, an hour after the tests begin.
async fn with_meeting(db: &TestDb, more: Value) -> World {
    let world = World::new(db).await;
    world.first_prices().await;
    let mut content = json!({
        "name": "晨会", "on": true, "trigger": {"kind": "schedule", "every": "day", "at": "10:00"},
        "actions": [{"kind": "notify", "to": ["role:owner"], "text": "开晨会"}],
    });
    for (key, value) in more.as_object().unwrap() {
        content[key] = value.clone();
    }
    let rows = vec![row(Some("meeting"), content)];
    world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
    tick(&world.ctx).await;
    world
}

async fn told(world: &World) -> i64 {
    rows_where(&world.ctx.store, "notice", "text", "开晨会").await
}

/// When it comes round next.
async fn next_round(world: &World) -> Instant {
    let armed = world.ctx.store.read(|tx| Box::pin(timers::armed_of(tx, "company", &[1])));
    let armed: Result<Vec<Timer>, StoreError> = armed.await;
    let armed = armed.unwrap();
    assert_eq!(armed.len(), 1, "{armed:?}");
    armed.first().unwrap().due
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_round_is_told_each_time_once_and_after_a_stop_once_for_all_that_was_missed() {
    each_engine("rounds", async |db| {
        let world = with_meeting(&db, json!({})).await;
        assert_eq!(next_round(&world).await, TEST_DAY.plus_ms(HOUR), "{}", db.engine);
        world.clock.set(TEST_DAY.plus_ms(HOUR - 1));
        tick(&world.ctx).await;
        assert_eq!(told(&world).await, 0, "{}: early", db.engine);
        world.clock.set(TEST_DAY.plus_ms(HOUR));
        tick(&world.ctx).await;
        tick(&world.ctx).await;
        assert_eq!(told(&world).await, 1, "{}", db.engine);
        assert_eq!(next_round(&world).await, TEST_DAY.plus_ms(DAY + HOUR));
        // Nobody looks for three days.
        world.clock.set(TEST_DAY.plus_ms(3 * DAY + 2 * HOUR));
        tick(&world.ctx).await;
        tick(&world.ctx).await;
        assert_eq!(told(&world).await, 2, "{}", db.engine);
        assert_eq!(next_round(&world).await, TEST_DAY.plus_ms(4 * DAY + HOUR));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_does_not_catch_up_says_nothing_of_what_was_missed_and_goes_on() {
    each_engine("no catching up", async |db| {
        let world = with_meeting(&db, json!({"skip_after_hours": 1})).await;
        world.clock.set(TEST_DAY.plus_ms(2 * HOUR));
        tick(&world.ctx).await;
        assert_eq!(told(&world).await, 1, "{}: an hour late is caught up", db.engine);
        world.clock.set(TEST_DAY.plus_ms(DAY + 2 * HOUR + 1));
        tick(&world.ctx).await;
        assert_eq!(told(&world).await, 1, "{}", db.engine);
        assert_eq!(rows_where(&world.ctx.store, "timer", "state", "late").await, 1);
        assert_eq!(next_round(&world).await, TEST_DAY.plus_ms(2 * DAY + HOUR));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_catches_up_each_time_runs_for_every_one_that_was_missed_and_is_not_too_late() {
    each_engine("each missed", async |db| {
        let world = with_meeting(&db, json!({"each_missed": true, "skip_after_hours": 49})).await;
        // Nobody looks for three days: four times were missed, by 73, 49, 25 and one hour.
        world.clock.set(TEST_DAY.plus_ms(3 * DAY + 2 * HOUR));
        tick(&world.ctx).await;
        tick(&world.ctx).await;
        assert_eq!(told(&world).await, 3, "{}", db.engine);
        let of_state = async |state: &str| rows_where(&world.ctx.store, "timer", "state", state).await;
        assert_eq!((of_state("fired").await, of_state("late").await), (3, 1), "{}", db.engine);
        assert_eq!(next_round(&world).await, TEST_DAY.plus_ms(4 * DAY + HOUR), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quotation_about_to_expire_becomes_one_task_at_nine_and_not_before() {
    each_engine("expiring", async |db| {
        let (world, _) = with_quote(&db).await;
        let due = timer(&world, QUOTE_EXPIRING).await.unwrap().due;
        assert_eq!((due.0 - TEST_DAY.0) % DAY, 0, "{}: at nine", db.engine);
        let tasks = async || rows_where(&world.ctx.store, "task", "rule_key", QUOTE_EXPIRING).await;
        world.clock.set(due.plus_ms(-1));
        tick(&world.ctx).await;
        assert_eq!(tasks().await, 0, "{}: early", db.engine);
        world.clock.set(due);
        tick(&world.ctx).await;
        tick(&world.ctx).await;
        assert_eq!(tasks().await, 1, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_were_published_for_later_count_from_their_moment_on_although_nobody_does_anything() {
    each_engine("queued rules", async |db| {
        let (world, _) = with_quote(&db).await;
        let mut runner = Runner::new(&world.ctx).unwrap();
        let from = TEST_DAY.plus_ms(5 * HOUR);
        let asked = Submission { effective_at: Some(from), ..Submission::default() };
        world.publish(rule_item(&world).await, vec![silent(false)], asked).await.unwrap();
        runner.catch_up(&world.ctx).await.unwrap();
        world.clock.set(from.plus_ms(-1));
        runner.catch_up(&world.ctx).await.unwrap();
        assert!(timer(&world, QUOTE_SILENT).await.is_some(), "{}", db.engine);
        world.clock.set(from);
        runner.catch_up(&world.ctx).await.unwrap();
        assert!(timer(&world, QUOTE_SILENT).await.is_none(), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_off_that_is_published_moves_what_waits_behind_it() {
    each_engine("day off", async |db| {
        let (world, _) = with_quote(&db).await;
        let mut runner = Runner::new(&world.ctx).unwrap();
        runner.catch_up(&world.ctx).await.unwrap();
        assert_eq!(timer(&world, QUOTE_SILENT).await.unwrap().due, TEST_DAY.plus_ms(SILENT), "{}", db.engine);
        let tomorrow = world.day(1).to_string();
        let off = json!({"hours": "", "from": "company", "note": "停工"});
        let rows = vec![row(Some(&tomorrow), off)];
        world.publish(item_of(&world, Kind::Calendar).await, rows, Submission::default()).await.unwrap();
        runner.catch_up(&world.ctx).await.unwrap();
        let moved = timer(&world, QUOTE_SILENT).await.unwrap();
        assert_eq!(moved.due, TEST_DAY.plus_ms(SILENT + DAY), "{}", db.engine);
    })
    .await;
}

/// A rule that gives a task after an hour of silence.
fn wait(text: &str) -> Value {
    json!({
        "name": text, "on": true, "trigger": {"kind": "state_for", "state": "issued", "minutes": 60},
        "actions": [{"kind": "task", "to": ["owner"], "text": text, "minutes": 60}],
    })
}

/// Publishes the rules without this one.
pub(crate) async fn without(world: &World, key: &str) {
    let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
    let id = config::create_draft(ctx, author, rule_item(world).await, "删规则").await.unwrap();
    config::put_rows(ctx, author, id, 1, (Vec::new(), vec![key.to_string()])).await.unwrap();
    config::submit(ctx, author, id, Submission::default()).await.unwrap();
    let seen = world.risk_mark(second, id).await.unwrap();
    config::confirm(ctx, second, id, seen.as_deref()).await.unwrap();
    let seen = world.risk_mark(author, id).await.unwrap();
    config::publish(ctx, author, id, seen.as_deref()).await.unwrap();
    tick(ctx).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_is_added_after_another_was_deleted_runs_where_the_other_had_run() {
    each_engine("fresh key", async |db| {
        let (world, _) = with_quote(&db).await;
        let item = rule_item(&world).await;
        let publish = async |rows: Vec<RowInput>| {
            world.publish(item, rows, Submission::default()).await.unwrap();
            tick(&world.ctx).await;
        };
        let tasks = async |key: &str| rows_where(&world.ctx.store, "task", "rule_key", key).await;
        // Keys as the screen gives them.
        let (first, second) = ("rule_4f0c2a9be17d", "rule_d8813b06c5fa");
        world.clock.set(TEST_DAY.plus_ms(HOUR));
        publish(vec![silent(false), row(Some(first), wait("头一条"))]).await;
        assert_eq!(tasks(first).await, 1, "{}", db.engine);
        without(&world, first).await;
        publish(vec![row(Some(second), wait("后一条"))]).await;
        assert_eq!(tasks(second).await, 1, "{}: another rule", db.engine);
        publish(vec![row(Some(first), wait("头一条"))]).await;
        assert_eq!(tasks(first).await, 1, "{}: the same rule does nothing twice", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_program_armed_is_left_to_it_by_one_that_cannot_read_its_rule() {
    each_engine("newer rule", async |db| {
        let (world, _) = with_quote(&db).await;
        let rows = vec![silent(false), row(Some("wait"), wait("等"))];
        world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
        tick(&world.ctx).await;
        let store = &world.ctx.store;
        let tasks = async || rows_where(store, "task", "rule_key", "wait").await;
        rewrite_row(store, "wait", "state_for", "newer_for").await;
        // Each of these compares all records first, before the moment and at it.
        tick(&world.ctx).await;
        assert!(timer(&world, "wait").await.is_some(), "{}: compared", db.engine);
        world.clock.set(TEST_DAY.plus_ms(HOUR));
        tick(&world.ctx).await;
        assert!(timer(&world, "wait").await.is_some(), "{}: due", db.engine);
        assert_eq!(tasks().await, 0, "{}", db.engine);
        // A program that can read it.
        rewrite_row(store, "wait", "newer_for", "state_for").await;
        world.clock.set(TEST_DAY.plus_ms(HOUR + 5_000));
        tick(&world.ctx).await;
        assert_eq!(tasks().await, 1, "{}", db.engine);
    })
    .await;
}
