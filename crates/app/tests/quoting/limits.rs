//! No rule floods anybody: it is paused before it runs too often, nobody is told more than is read, nothing is lost.

use app::automation::{Held, PausedRule, paused_rules, resume_rule};
use app::config::Submission;
use app::notices;
use domain::access::Actor;
use domain::automation::MESSAGE_TTL_MS;
use domain::base::{Limit, QuoteId};
use domain::notices::DAY_MAX;
use serde_json::json;
use store::StoreError;
use store::automation::RuleStanding;
use testkit::{TEST_DAY, TestDb, each_engine, rows_in, rows_where};

use crate::quoting::clock::{arm, rule_item, silent, tick, with_opened_rule};
use crate::quoting::rounds::without;
use crate::support::{DAY, HOUR, World, code, row};

const SECOND: i64 = 1_000;

async fn tasks(world: &World) -> i64 {
    rows_in(&world.ctx.store, "task").await
}

async fn logged(world: &World, kind: &str) -> i64 {
    rows_where(&world.ctx.store, "event", "kind", kind).await
}

async fn messages(world: &World, actor: &Actor) -> Vec<notices::NoticeRow> {
    notices::list_notices(&world.ctx, actor, None, Limit::USUAL).await.unwrap().items
}

async fn paused(world: &World) -> Vec<PausedRule> {
    paused_rules(&world.ctx, &world.author).await.unwrap().items
}

/// A rule that may run three times in an hour, and five times due.
async fn with_flood(db: &TestDb) -> (World, QuoteId) {
    let (world, id) = with_opened_rule(db, 3).await;
    arm(&world, id, 1..=5, TEST_DAY.plus_ms(HOUR)).await;
    world.clock.set(TEST_DAY.plus_ms(HOUR));
    tick(&world.ctx).await;
    (world, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_runs_too_often_is_paused_and_those_who_look_after_rules_are_told() {
    each_engine("paused", async |db| {
        let (world, _) = with_flood(&db).await;
        assert_eq!(tasks(&world).await, 3, "{}", db.engine);
        let found = paused(&world).await;
        let [rule] = found.as_slice() else { panic!("{}: {found:?}", db.engine) };
        assert_eq!((rule.key.as_str(), rule.name.as_str()), ("opened", "已查看"));
        assert_eq!((rule.fires, rule.held, rule.paused_at), (3, 2, TEST_DAY.plus_ms(HOUR)));
        for keeper in [&world.author, &world.boss] {
            let told = messages(&world, keeper).await;
            let of_rule = |it: &&notices::NoticeRow| it.entity == "config_item";
            assert_eq!(told.iter().filter(of_rule).count(), 1, "{}: {told:?}", db.engine);
            assert!(told.iter().any(|it| it.text.contains("「已查看」") && it.text.contains("已自动暂停")));
        }
        assert!(messages(&world, &world.manager).await.is_empty());
        assert_eq!(logged(&world, "rule.paused").await, 1);
        // It waits for a person, not for the hour to pass.
        world.clock.set(TEST_DAY.plus_ms(3 * HOUR));
        tick(&world.ctx).await;
        assert_eq!(tasks(&world).await, 3, "{}", db.engine);
        assert!(!paused_rules(&world.ctx, &world.manager).await.unwrap().may_resume);
        assert_eq!(code(&paused_rules(&world.ctx, &world.seller).await), "not_allowed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_lets_a_paused_rule_go_on_and_nothing_that_waited_is_lost() {
    each_engine("resumed", async |db| {
        let (world, id) = with_flood(&db).await;
        let resume = async |by: &Actor, held: Held| resume_rule(&world.ctx, by, "opened", held).await;
        assert_eq!(code(&resume(&world.manager, Held::Run).await), "not_allowed", "{}", db.engine);
        assert_eq!(code(&resume_rule(&world.ctx, &world.author, "nothing", Held::Run).await), "not_found");
        let later = TEST_DAY.plus_ms(3 * HOUR);
        world.clock.set(later);
        resume(&world.author, Held::Run).await.unwrap();
        assert_eq!(code(&resume(&world.author, Held::Run).await), "rule_not_paused");
        tick(&world.ctx).await;
        assert_eq!(tasks(&world).await, 5, "{}: what waited runs", db.engine);
        // What comes from now on counts anew.
        arm(&world, id, 6..=9, later.plus_ms(SECOND)).await;
        world.clock.set(later.plus_ms(SECOND));
        tick(&world.ctx).await;
        assert_eq!(tasks(&world).await, 8, "{}", db.engine);
        assert_eq!(paused(&world).await.first().unwrap().held, 1);
        resume(&world.boss, Held::Drop).await.unwrap();
        tick(&world.ctx).await;
        assert_eq!(tasks(&world).await, 8, "{}: what was dropped never runs", db.engine);
        assert_eq!(rows_where(&world.ctx.store, "timer", "state", "late").await, 1);
        assert_eq!((logged(&world, "rule.paused").await, logged(&world, "rule.resumed").await), (2, 2));
        assert!(paused(&world).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_of_a_paused_rule_ends_with_the_rule() {
    each_engine("paused and deleted", async |db| {
        let (world, _) = with_flood(&db).await;
        let rows = vec![silent(false)];
        world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
        let of_state = async |state: &str| rows_where(&world.ctx.store, "timer", "state", state).await;
        // Nobody compares a quotation any more that is past its last day.
        world.clock.set(TEST_DAY.plus_ms(90 * DAY));
        tick(&world.ctx).await;
        let (armed, cancelled) = (of_state("armed").await, of_state("cancelled").await);
        assert_eq!(paused(&world).await.first().unwrap().held, 2, "{}", db.engine);
        without(&world, "opened").await;
        assert_eq!(of_state("armed").await, armed - 2, "{}", db.engine);
        assert_eq!(of_state("cancelled").await, cancelled + 2, "{}", db.engine);
        assert_eq!(tasks(&world).await, 3, "{}: none of them ran", db.engine);
        let standing = world.ctx.store.read(|tx| Box::pin(store::automation::paused_rules(tx)));
        let standing: Result<Vec<(String, RuleStanding)>, StoreError> = standing.await;
        assert!(standing.unwrap().is_empty(), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_two_servers_a_rule_runs_no_more_often_than_it_may() {
    each_engine("paused on two", async |db| {
        let (world, id) = with_opened_rule(&db, 150).await;
        arm(&world, id, 1..=600, TEST_DAY.plus_ms(HOUR)).await;
        world.clock.set(TEST_DAY.plus_ms(HOUR));
        let other = world.elsewhere(&db).await;
        let servers = [world.ctx.clone(), other.ctx.clone()];
        let servers = servers.map(|ctx| tokio::spawn(async move { tick(&ctx).await }));
        for server in servers {
            server.await.unwrap();
        }
        assert_eq!(tasks(&world).await, 150, "{}", db.engine);
        assert_eq!(paused(&world).await.first().unwrap().held, 450);
        assert_eq!(logged(&world, "rule.paused").await, 1, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_for_a_day_waits_for_the_next_morning_and_one_message_says_so() {
    each_engine("enough", async |db| {
        let (world, id) = with_opened_rule(&db, 200).await;
        let many = DAY_MAX + 5;
        arm(&world, id, 1..=DAY_MAX, TEST_DAY.plus_ms(HOUR)).await;
        world.clock.set(TEST_DAY.plus_ms(HOUR));
        tick(&world.ctx).await;
        let seen = async || i64::try_from(messages(&world, &world.seller).await.len()).unwrap();
        assert_eq!(seen().await, DAY_MAX, "{}", db.engine);
        for epoch in DAY_MAX + 1..=many {
            arm(&world, id, epoch..=epoch, TEST_DAY.plus_ms(HOUR + epoch * SECOND)).await;
            world.clock.set(TEST_DAY.plus_ms(HOUR + epoch * SECOND));
            tick(&world.ctx).await;
        }
        assert_eq!(tasks(&world).await, many, "{}: no task is held back", db.engine);
        assert_eq!(seen().await, DAY_MAX + 1, "{}", db.engine);
        let told = messages(&world, &world.seller).await;
        assert_eq!(told.iter().filter(|it| it.kind == "enough").count(), 1, "{}: {told:?}", db.engine);
        // Eight in the morning.
        world.clock.set(TEST_DAY.plus_ms(23 * HOUR - 1));
        assert_eq!(seen().await, DAY_MAX + 1, "{}", db.engine);
        world.clock.set(TEST_DAY.plus_ms(23 * HOUR));
        assert_eq!(seen().await, many + 1, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_three_days_late_is_dropped_and_the_log_says_so() {
    each_engine("too old", async |db| {
        let (world, id) = with_opened_rule(&db, 200).await;
        let content = json!({
            "name": "已查看", "on": true, "trigger": {"kind": "event", "event": "quote_opened"},
            "actions": [{"kind": "notify", "to": ["owner"], "text": "看一下"}],
        });
        let rows = vec![row(Some("opened"), content)];
        world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
        let due = TEST_DAY.plus_ms(HOUR);
        arm(&world, id, 1..=1, due).await;
        arm(&world, id, 2..=2, due.plus_ms(-1)).await;
        world.clock.set(due.plus_ms(MESSAGE_TTL_MS));
        tick(&world.ctx).await;
        assert_eq!(rows_where(&world.ctx.store, "notice", "text", "看一下").await, 1, "{}", db.engine);
        assert_eq!(logged(&world, "quote.message_dropped").await, 1, "{}", db.engine);
    })
    .await;
}
