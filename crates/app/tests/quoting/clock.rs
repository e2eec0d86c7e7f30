//! What happens by itself: at its moment, once, whoever is killed and however many servers look.

use std::sync::Arc;

use app::automation::Runner;
use app::config::{RowInput, Submission};
use app::{Ctx, quotes};
use domain::automation::{Due, QUOTE_SILENT, WorkingTime, shipped_rules};
use domain::base::{Date, Instant, ItemId, QuoteId};
use domain::config::Kind;
use serde_json::{Value, json};
use store::automation::LEASE_MS;
use store::events::Event;
use store::timers::{self, NewTimer, Timer};
use testkit::{TEST_DAY, TestDb, break_newest_event, each_engine, forget_rows, rows_in, rows_where};

use crate::support::{DAY, HOUR, World, row};

/// A quotation issued at nine is silent for two working days at six in the evening of the next day.
pub(crate) const SILENT: i64 = 33 * HOUR;

pub(crate) async fn tick(ctx: &Ctx) {
    Runner::new(ctx).unwrap().catch_up(ctx).await.unwrap();
}

/// Tasks of the rule of silence.
pub(crate) async fn silent_tasks(world: &World) -> i64 {
    rows_where(&world.ctx.store, "task", "rule_key", QUOTE_SILENT).await
}

pub(crate) async fn timer(world: &World, rule: &str) -> Option<Timer> {
    let armed = world.ctx.store.change(|tx| {
        Box::pin(async move {
            let ids: Vec<i64> = (1..=20).collect();
            timers::armed_of(tx, "quote", &ids).await
        })
    });
    let armed: Result<Vec<Timer>, store::StoreError> = armed.await;
    armed.unwrap().into_iter().find(|timer| timer.rule == rule)
}

pub(crate) async fn rule_item(world: &World) -> ItemId {
    item_of(world, Kind::Rule).await
}

/// The company's item of a kind.
pub(crate) async fn item_of(world: &World, kind: Kind) -> ItemId {
    let found = world.ctx.store.read(|tx| {
        Box::pin(async move {
            let kinds = Kind::ALL.to_vec();
            let sight = store::config::Sight { like: "%".to_string(), path: "/".to_string(), kinds };
            store::config::items(tx, &sight).await
        })
    });
    let found: Result<_, store::StoreError> = found.await;
    found.unwrap().into_iter().find(|item| item.kind == kind).unwrap().id
}

/// The shipped rule of silence as a row, switched on or off.
pub(crate) fn silent(on: bool) -> RowInput {
    let rule = shipped_rules().into_iter().find(|rule| rule.key == QUOTE_SILENT).unwrap();
    let mut content: Value = serde_json::from_str(&rule.content()).unwrap();
    content["on"] = json!(on);
    row(Some(QUOTE_SILENT), content)
}

pub(crate) async fn opened_by_customer(world: &World, id: QuoteId) {
    let done = world.ctx.store.change(move |tx| {
        Box::pin(async move {
            let (kind, facts) = ("quote.opened_by_customer", json!({}));
            let event = Event { actor: None, kind, entity: "quote", entity_id: id.0, facts };
            let now = store::events::moment(tx).await?.now;
            store::events::append(tx, now, &event).await
        })
    });
    let done: Result<(), store::StoreError> = done.await;
    done.unwrap();
}

pub(crate) async fn with_quote(db: &TestDb) -> (World, QuoteId) {
    let world = World::new(db).await;
    world.first_prices().await;
    let id = world.issued().await.head.id;
    tick(&world.ctx).await;
    (world, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quotation_without_progress_becomes_one_task_at_its_moment_and_not_before() {
    each_engine("silent", async |db| {
        let (world, _) = with_quote(&db).await;
        assert_eq!(timer(&world, QUOTE_SILENT).await.unwrap().due, TEST_DAY.plus_ms(SILENT));
        world.clock.set(TEST_DAY.plus_ms(SILENT - 1));
        tick(&world.ctx).await;
        assert_eq!(rows_in(&world.ctx.store, "task").await, 0, "{}: early", db.engine);
        world.clock.set(TEST_DAY.plus_ms(SILENT));
        tick(&world.ctx).await;
        tick(&world.ctx).await;
        assert_eq!(silent_tasks(&world).await, 1);
        // The seller's task, and what the manager is told.
        assert_eq!(rows_in(&world.ctx.store, "notice").await, 2);
        world.clock.set(TEST_DAY.plus_ms(SILENT - HOUR));
        tick(&world.ctx).await;
        world.clock.set(TEST_DAY.plus_ms(SILENT + DAY));
        tick(&world.ctx).await;
        assert_eq!(silent_tasks(&world).await, 1, "{}: a clock set back fires nothing twice", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_moves_the_moment_and_a_remark_does_not() {
    each_engine("progress", async |db| {
        let (world, id) = with_quote(&db).await;
        world.clock.set(TEST_DAY.plus_ms(DAY));
        let day = Some(world.day(5).to_string());
        quotes::follow_up_quote(&world.ctx, &world.seller, id, day, "再问".to_string()).await.unwrap();
        tick(&world.ctx).await;
        assert_eq!(timer(&world, QUOTE_SILENT).await.unwrap().due, TEST_DAY.plus_ms(SILENT));
        opened_by_customer(&world, id).await;
        tick(&world.ctx).await;
        assert_eq!(timer(&world, QUOTE_SILENT).await.unwrap().due, TEST_DAY.plus_ms(SILENT + DAY));
        world.clock.set(TEST_DAY.plus_ms(SILENT));
        // Looked at again when it is due, progress counts although nobody has moved the timer yet.
        opened_by_customer(&world, id).await;
        tick(&world.ctx).await;
        assert_eq!(silent_tasks(&world).await, 0, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_cannot_be_read_holds_up_no_other() {
    each_engine("broken event", async |db| {
        let (world, id) = with_quote(&db).await;
        opened_by_customer(&world, id).await;
        break_newest_event(&world.ctx.store).await;
        world.clock.set(TEST_DAY.plus_ms(DAY));
        opened_by_customer(&world, id).await;
        tick(&world.ctx).await;
        assert_eq!(timer(&world, QUOTE_SILENT).await.unwrap().due, TEST_DAY.plus_ms(SILENT + DAY));
        let left = world.ctx.store.read(|tx| Box::pin(store::automation::unlooked_ids(tx, 9)));
        let left: Result<Vec<i64>, store::StoreError> = left.await;
        assert!(left.unwrap().is_empty(), "{}: it is set aside", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_clock_had_waited_for_was_missed_by_nobody() {
    each_engine("never armed", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.issued().await;
        world.clock.set(TEST_DAY.plus_ms(SILENT + 10 * HOUR));
        tick(&world.ctx).await;
        let list = list_of(&world).await;
        let silent = list.iter().find(|row| row.rule == QUOTE_SILENT).unwrap();
        assert_eq!(silent.late_ms, 0, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_due_while_nobody_looked_is_done_once_and_says_how_late() {
    each_engine("away", async |db| {
        let (world, _) = with_quote(&db).await;
        world.clock.set(TEST_DAY.plus_ms(SILENT + 10 * HOUR));
        tick(&world.ctx).await;
        let list = list_of(&world).await;
        let silent = list.iter().find(|row| row.rule == QUOTE_SILENT).unwrap();
        assert_eq!(silent.late_ms, 10 * HOUR, "{}", db.engine);
        assert_eq!(silent.holder.0, world.seller.person);
        // A timer that somebody lost is armed again at the next start.
        let id = world.issued().await.head.id;
        forget_rows(&world.ctx.store, "timer").await;
        tick(&world.ctx).await;
        let armed = timer(&world, QUOTE_SILENT).await.unwrap();
        assert_eq!(armed.entity_id, id.0);
    })
    .await;
}

pub(crate) async fn list_of(world: &World) -> Vec<app::tasks::TaskRow> {
    let limit = domain::base::Limit::USUAL;
    let list = app::tasks::list_tasks(&world.ctx, &world.seller, Default::default(), None, limit).await;
    list.unwrap().items.into_iter().map(|view| view.row).collect()
}

/// More writes than one look at the clock makes.
const WRITES_MAX: i64 = 46;

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_leaves_nothing_half_done_and_the_next_look_does_it_whole() {
    each_engine("faults", async |db| {
        let (world, id) = with_opened_rule(&db, MANY).await;
        let store = &world.ctx.store;
        let mut moment = TEST_DAY;
        for nth in 1..=WRITES_MAX {
            moment = moment.plus_ms(LEASE_MS + 5_000);
            arm(&world, id, nth..=nth, moment).await;
            world.clock.set(moment);
            store.fail_at_write(nth);
            // Whether the look as a whole fails or does it anew one by one does not matter.
            let _ = Runner::new(&world.ctx).unwrap().tick(&world.ctx).await;
            store.fail_at_write(0);
            let tasks = rows_in(store, "task").await;
            // Behind the day's limit one more says so.
            let notices = rows_where(store, "notice", "kind", "task").await;
            assert_eq!(tasks, notices, "{}: half done at write {nth}", db.engine);
            assert!(tasks == nth || tasks == nth - 1, "{}: {tasks} at write {nth}", db.engine);
            // Leases and waits run out.
            moment = moment.plus_ms(LEASE_MS + 5_000);
            world.clock.set(moment);
            tick(&world.ctx).await;
            assert_eq!(rows_in(store, "task").await, nth, "{}: lost at write {nth}", db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_is_switched_off_takes_its_timers_away_and_brings_them_back() {
    each_engine("switched", async |db| {
        let (world, _) = with_quote(&db).await;
        let item = rule_item(&world).await;
        let publish =
            async |on: bool| world.publish(item, vec![silent(on)], Submission::default()).await.unwrap();
        assert_eq!(publish(false).await, 1);
        tick(&world.ctx).await;
        assert!(timer(&world, QUOTE_SILENT).await.is_none(), "{}", db.engine);
        world.clock.set(TEST_DAY.plus_ms(SILENT));
        tick(&world.ctx).await;
        assert_eq!(silent_tasks(&world).await, 0);
        publish(true).await;
        tick(&world.ctx).await;
        assert_eq!(silent_tasks(&world).await, 1, "{}: it is overdue and caught up", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_waits_for_what_happens_sets_a_field_and_never_starts_itself() {
    each_engine("event rule", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let content = json!({
            "name": "出具后跟进", "on": true, "trigger": {"kind": "event", "event": "quote_issued"},
            "actions": [{"kind": "set_field", "field": "follow_day", "days": 2}],
        });
        let rows = vec![row(Some("follow"), content)];
        world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
        let id = world.issued().await.head.id;
        tick(&world.ctx).await;
        tick(&world.ctx).await;
        let follow_up = world.reads(id).await.head.follow_up.unwrap();
        assert_eq!(follow_up.day, world.day(2), "{}", db.engine);
        assert_eq!(rows_where(&world.ctx.store, "timer", "rule_key", "follow").await, 1);
        assert_eq!(rows_where(&world.ctx.store, "timer", "state", "fired").await, 1);
    })
    .await;
}

/// A calendar that has no table of holidays for any year.
struct NoTables;

impl WorkingTime for NoTables {
    fn due(&self, start: Instant, minutes: i64) -> Due {
        Due { at: start.plus_ms(minutes * 60_000), unknown_year: Some(2099) }
    }

    fn workday(&self, day: Date, _: i32) -> (Date, Option<i16>) {
        (day, Some(2099))
    }

    fn works(&self, _: Date) -> bool {
        true
    }

    fn minutes_a_day(&self) -> i64 {
        480
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_without_a_table_of_holidays_is_said_in_the_task() {
    each_engine("no tables", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let world = World { ctx: Ctx { working: Some(Arc::new(NoTables)), ..world.ctx.clone() }, ..world };
        world.issued().await;
        tick(&world.ctx).await;
        world.clock.set(TEST_DAY.plus_ms(16 * HOUR));
        tick(&world.ctx).await;
        let list = list_of(&world).await;
        let silent = list.iter().find(|row| row.rule == QUOTE_SILENT).unwrap();
        assert_eq!(silent.unknown_year, Some(2099), "{}", db.engine);
    })
    .await;
}

const MANY: i64 = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_timers_of_one_second_leave_one_effect_each_on_two_servers() {
    each_engine("many", async |db| {
        let (world, id) = with_opened_rule(&db, MANY).await;
        arm(&world, id, 1..=MANY, TEST_DAY.plus_ms(HOUR)).await;
        world.clock.set(TEST_DAY.plus_ms(HOUR - 1));
        tick(&world.ctx).await;
        assert_eq!(rows_in(&world.ctx.store, "task").await, 0, "{}: early", db.engine);
        world.clock.set(TEST_DAY.plus_ms(HOUR));
        let other = world.elsewhere(&db).await;
        let (one, two) = (world.ctx.clone(), other.ctx.clone());
        let servers = [one, two].map(|ctx| tokio::spawn(async move { tick(&ctx).await }));
        for server in servers {
            server.await.unwrap();
        }
        assert_eq!(rows_in(&world.ctx.store, "task").await, MANY, "{}", db.engine);
        assert_eq!(rows_where(&world.ctx.store, "notice", "kind", "task").await, MANY);
        let left = world.ctx.store.read(|tx| Box::pin(timers::next_due(tx)));
        let left: Result<Option<Instant>, store::StoreError> = left.await;
        assert!(left.unwrap().is_none_or(|at| at > TEST_DAY.plus_ms(HOUR)));
    })
    .await;
}

/// A company with an issued quotation, and a rule that makes a task whenever a customer opens one, at most so often in an
/// hour.
pub(crate) async fn with_opened_rule(db: &TestDb, hour_max: i64) -> (World, QuoteId) {
    let world = World::new(db).await;
    world.first_prices().await;
    let content = json!({
        "name": "已查看", "on": true, "hour_max": hour_max, "trigger": {"kind": "event", "event": "quote_opened"},
        "actions": [{"kind": "task", "to": ["owner"], "text": "回电话", "minutes": 60}],
    });
    let rows = vec![row(Some("opened"), content)];
    world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
    let id = world.issued().await.head.id;
    tick(&world.ctx).await;
    (world, id)
}

/// Arms timers of that rule, as if the quotation had been opened so often.
pub(crate) async fn arm(world: &World, id: QuoteId, epochs: std::ops::RangeInclusive<i64>, due: Instant) {
    let count = epochs.clone().count();
    let armed = world.ctx.store.change(move |tx| {
        let epochs = epochs.clone();
        Box::pin(async move {
            let timer = |epoch: i64| NewTimer {
                fire_key: format!("opened:quote:{}:{epoch}", id.0),
                rule: "opened".to_string(),
                entity: "quote",
                entity_id: id.0,
                epoch,
                due,
                depth: 0,
                unknown_year: None,
            };
            let timers: Vec<NewTimer> = epochs.map(timer).collect();
            timers::arm(tx, TEST_DAY, &timers).await
        })
    });
    let armed: Result<u64, store::StoreError> = armed.await;
    assert_eq!(armed.unwrap(), u64::try_from(count).unwrap());
}
