//! What people do with their tasks, and who may.

use app::AppError;
use app::automation::Runner;
use app::config::Submission;
use app::notices::{self, NoticeRow};
use app::tasks::{self, TaskFilter, TaskList, TaskView};
use domain::access::{Actor, Reach, Right};
use domain::base::{Fen, Limit, TaskId};
use domain::notices::SettingText;
use domain::quotes::QuoteState;
use domain::tasks::TaskState;
use serde_json::json;
use testkit::{TEST_DAY, TestDb, each_engine};

use super::clock::rule_item;
use crate::support::{HOUR, World, code, row};

/// A company in which the seller has the task to follow a silent quotation.
async fn with_task(db: &TestDb) -> (World, TaskId) {
    let world = World::new(db).await;
    world.first_prices().await;
    world.issued().await;
    tick(&world).await;
    world.clock.set(TEST_DAY.plus_ms(33 * HOUR));
    tick(&world).await;
    let list = mine(&world, &world.seller).await;
    let task = list.iter().find(|view| view.row.rule == "quote_silent").unwrap().row.id;
    (world, task)
}

async fn tick(world: &World) {
    Runner::new(&world.ctx).unwrap().catch_up(&world.ctx).await.unwrap();
}

async fn mine(world: &World, actor: &Actor) -> Vec<TaskView> {
    let filter = TaskFilter { holder: Some(actor.person), ..TaskFilter::default() };
    tasks::list_tasks(&world.ctx, actor, filter, None, Limit::USUAL).await.unwrap().items
}

async fn messages(world: &World, actor: &Actor) -> Vec<String> {
    let list = notices::list_notices(&world.ctx, actor, None, Limit::USUAL).await.unwrap();
    list.items.into_iter().map(|row| row.text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_says_whose_the_record_is_and_what_it_comes_to_for_those_who_see_prices() {
    each_engine("message says", async |db| {
        let (world, _) = with_task(&db).await;
        let told = async |actor: &Actor| {
            let list = notices::list_notices(&world.ctx, actor, None, Limit::USUAL).await.unwrap();
            let said = |row: NoticeRow| (row.owner, row.net.map(Fen::to_yuan));
            list.items.into_iter().map(said).collect::<Vec<_>>()
        };
        let net = Some("7065.60".to_string());
        assert_eq!(told(&world.manager).await, [(Some("seller".to_string()), net.clone())], "{}", db.engine);
        assert_eq!(told(&world.seller).await, [(None, net)], "one's own needs no name: {}", db.engine);
        let mut blind = world.manager.clone();
        blind.grants.remove(&Right::PriceRead);
        assert_eq!(told(&blind).await, [(Some("seller".to_string()), None)], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tasks_of_ones_people_are_counted_and_say_what_they_come_to_for_those_who_see_prices() {
    each_engine("team tasks", async |db| {
        let (world, id) = with_task(&db).await;
        let listed = async |actor: &Actor| {
            tasks::list_tasks(&world.ctx, actor, TaskFilter::default(), None, Limit::USUAL).await.unwrap()
        };
        let net = |list: &TaskList| {
            let task = list.items.iter().find(|view| view.row.id == id).unwrap();
            task.row.net.map(Fen::to_yuan)
        };
        let team = listed(&world.manager).await;
        assert_eq!(net(&team).as_deref(), Some("7065.60"), "{}", db.engine);
        assert_eq!(team.team_open, i64::try_from(team.items.len()).ok(), "{}", db.engine);
        let own = listed(&world.seller).await;
        assert_eq!((net(&own).as_deref(), own.team_open), (Some("7065.60"), None), "{}", db.engine);
        let mut blind = world.manager.clone();
        blind.grants.remove(&Right::PriceRead);
        assert_eq!(net(&listed(&blind).await), None, "{}", db.engine);
        blind.grants.remove(&Right::QuoteRead);
        blind.grants.insert(Right::PriceRead, Reach::All);
        assert_eq!(net(&listed(&blind).await), None, "what one does not see has no amount: {}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reasons_to_see_to_one_quotation_are_one_thing_to_do_and_each_is_done_by_itself() {
    each_engine("two reasons", async |db| {
        let (world, silent) = with_task(&db).await;
        // Friday noon: its last day is the Tuesday after, and nobody has seen to the silence in time.
        world.clock.set(TEST_DAY.plus_ms(75 * HOUR));
        tick(&world).await;
        let one = Limit::new(Some(1), Limit::MAX).unwrap();
        let listed = async |actor: &Actor| {
            tasks::list_tasks(&world.ctx, actor, TaskFilter::default(), None, one).await.unwrap()
        };
        let rules = |list: &TaskList| -> Vec<String> {
            list.items.iter().map(|view| view.row.rule.clone()).collect()
        };
        let bell = async || {
            let counts = notices::count_notices(&world.ctx, &world.seller).await.unwrap();
            (counts.open, counts.overdue)
        };
        let own = listed(&world.seller).await;
        assert_eq!(rules(&own), ["quote_silent", "quote_expiring"], "{}: a page of one", db.engine);
        assert_eq!((own.open, own.overdue, own.next), (1, 1, None), "{}", db.engine);
        assert_eq!(bell().await, (1, 1), "{}", db.engine);
        assert_eq!(listed(&world.manager).await.team_open, Some(1), "{}", db.engine);
        tasks::finish_task(&world.ctx, &world.seller, silent, "已联系", None).await.unwrap();
        let own = listed(&world.seller).await;
        assert_eq!((rules(&own), own.open, own.overdue), (vec!["quote_expiring".to_string()], 1, 0));
        assert_eq!(bell().await, (1, 0), "{}", db.engine);
    })
    .await;
}

async fn state(world: &World, id: TaskId) -> TaskState {
    tasks::read_task(&world.ctx, &world.manager, id).await.unwrap().row.state
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_done_with_what_it_asks_for_and_opened_again() {
    each_engine("task done", async |db| {
        let (world, id) = with_task(&db).await;
        let finish =
            async |actor: &Actor, note: &str| tasks::finish_task(&world.ctx, actor, id, note, None).await;
        assert_eq!(code(&finish(&world.seller, " ").await), "invalid", "{}", db.engine);
        assert_eq!(code(&finish(&world.manager, "打过了").await), "not_allowed");
        assert_eq!(code(&finish(&world.keeper, "打过了").await), "not_found");
        let foreign = Some("f".repeat(64));
        let with_foreign_file = tasks::finish_task(&world.ctx, &world.seller, id, "打过了", foreign).await;
        assert_eq!(code(&with_foreign_file), "invalid");
        let done = finish(&world.seller, "打过了，下周定").await.unwrap();
        assert_eq!((done.row.state, done.row.note.as_str()), (TaskState::Done, "打过了，下周定"));
        assert_eq!(code(&finish(&world.seller, "又打了").await), "task_not_open");
        let again = tasks::reopen_task(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!((again.row.state, again.row.note.as_str()), (TaskState::Open, ""));
        assert_eq!(code(&tasks::reopen_task(&world.ctx, &world.seller, id).await), "task_not_settled");
        let photo = world.photo(&world.seller, "现场").await;
        let shown = tasks::finish_task(&world.ctx, &world.seller, id, "见照片", Some(photo)).await.unwrap();
        assert!(shown.row.file.is_some());
        assert!(tasks::file_of_task(&world.ctx, &world.manager, id).await.is_ok());
        assert_eq!(code(&tasks::file_of_task(&world.ctx, &world.keeper, id).await), "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_brought_a_task_is_read_once_it_is_settled_and_other_messages_are_not() {
    each_engine("task read", async |db| {
        let (world, id) = with_task(&db).await;
        let unread = async |actor: &Actor| notices::count_notices(&world.ctx, actor).await.unwrap().unread;
        let (own, managers) = (unread(&world.seller).await, unread(&world.manager).await);
        assert!(own > 0 && managers > 0, "{}", db.engine);
        tasks::finish_task(&world.ctx, &world.seller, id, "已联系", None).await.unwrap();
        assert_eq!(unread(&world.seller).await, own - 1, "{}", db.engine);
        assert_eq!(unread(&world.manager).await, managers, "{}: whoever did nothing with it", db.engine);
        let text = tasks::read_task(&world.ctx, &world.seller, id).await.unwrap().row.text;
        assert_eq!(world.logged("task.done").await.object, Some(text), "{}: the log says which", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_refuses_says_why_and_the_manager_hears_it() {
    each_engine("task refused", async |db| {
        let (world, id) = with_task(&db).await;
        let refuse = async |reason: &str| tasks::refuse_task(&world.ctx, &world.seller, id, reason).await;
        assert_eq!(code(&refuse("").await), "invalid", "{}", db.engine);
        let refused = refuse("客户已转走").await.unwrap();
        assert_eq!(refused.row.state, TaskState::Refused);
        let heard = messages(&world, &world.manager).await;
        assert!(heard.iter().any(|text| text.contains("客户已转走")), "{heard:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_goes_only_to_those_who_see_its_record() {
    each_engine("task handed over", async |db| {
        let (world, id) = with_task(&db).await;
        let give = async |by: &Actor, to: &Actor| -> Result<(), AppError> {
            tasks::hand_over_task(&world.ctx, by, id, to.person).await
        };
        assert_eq!(code(&give(&world.seller, &world.keeper).await), "invalid", "{}", db.engine);
        assert_eq!(code(&give(&world.manager, &world.keeper).await), "task_holder_blind");
        assert_eq!(code(&give(&world.seller, &world.seller).await), "task_same_holder");
        let takers = async |search: &str| {
            let found = tasks::takers_of_task(&world.ctx, &world.seller, id, search).await.unwrap();
            assert!(!found.more, "{search}: all of them are told");
            found.items.into_iter().map(|taker| taker.id).collect::<Vec<_>>()
        };
        assert!(takers("").await.contains(&world.manager.person));
        assert!(!takers("").await.contains(&world.keeper.person));
        assert_eq!(takers(" ＭＡＮＡＧＥＲ ").await, [world.manager.person], "however it is typed");
        assert!(takers("keeper").await.is_empty(), "a search finds nobody who does not see it");
        give(&world.seller, &world.manager).await.unwrap();
        assert!(mine(&world, &world.seller).await.iter().all(|view| view.row.id != id));
        assert!(mine(&world, &world.manager).await.iter().any(|view| view.row.id == id));
        let heard = messages(&world, &world.manager).await;
        assert!(heard.iter().any(|text| text.starts_with("seller")), "{heard:?}");
        assert_eq!(code(&give(&world.seller, &world.boss).await), "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_tasks_in_the_same_words_the_message_of_the_settled_one_is_read() {
    each_engine("same words", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let waits = |name: &str| {
            json!({
                "name": name, "on": true, "trigger": {"kind": "state_for", "state": "issued", "minutes": 60},
                "actions": [{"kind": "task", "to": ["owner"], "text": "打电话", "minutes": 60}],
            })
        };
        // Neither a name nor a key that reads like a part of their keys makes one rule's message another's.
        let named = [("told", ":told0:"), ("task", ":task0:")];
        let rows = named.map(|(key, name)| row(Some(key), waits(name))).into_iter().collect();
        world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
        world.issued().await;
        tick(&world).await;
        world.clock.set(TEST_DAY.plus_ms(2 * HOUR));
        tick(&world).await;
        let unread = async || notices::count_notices(&world.ctx, &world.seller).await.unwrap().unread;
        assert_eq!(unread().await, 2, "{}", db.engine);
        let list = mine(&world, &world.seller).await;
        let first = list.iter().find(|view| view.row.rule == "told").unwrap().row.id;
        tasks::finish_task(&world.ctx, &world.seller, first, "已联系", None).await.unwrap();
        assert_eq!(unread().await, 1, "{}: the other is still to be done", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_that_settled_itself_leaves_nothing_to_do() {
    each_engine("task over", async |db| {
        let (world, id) = with_task(&db).await;
        let quote = tasks::read_task(&world.ctx, &world.seller, id).await.unwrap().row.entity_id;
        let unread = async || notices::count_notices(&world.ctx, &world.seller).await.unwrap().unread;
        let before = unread().await;
        world.signs(domain::base::QuoteId(quote)).await.unwrap();
        assert_eq!(state(&world, id).await, TaskState::Open, "nobody has looked yet");
        tick(&world).await;
        assert_eq!(unread().await, before - 1, "{}: what brought it is read", db.engine);
        assert_eq!(state(&world, id).await, TaskState::Over, "{}", db.engine);
        assert!(mine(&world, &world.seller).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_says_where_its_quotation_stands_now_to_those_who_see_it() {
    each_engine("message of what is over", async |db| {
        let (world, id) = with_task(&db).await;
        let quote = tasks::read_task(&world.ctx, &world.seller, id).await.unwrap().row.entity_id;
        let states = async |actor: &Actor| {
            let list = notices::list_notices(&world.ctx, actor, None, Limit::USUAL).await.unwrap();
            let of_quote =
                list.items.into_iter().filter(|row| row.entity_id == quote && row.kind != "accepted");
            of_quote.map(|row| row.state).collect::<Vec<_>>()
        };
        assert_eq!(states(&world.manager).await, [Some(QuoteState::Issued)], "{}", db.engine);
        world.signs(domain::base::QuoteId(quote)).await.unwrap();
        assert_eq!(states(&world.manager).await, [Some(QuoteState::Signed)], "{}", db.engine);
        let mut blind = world.manager.clone();
        blind.grants.remove(&Right::QuoteRead);
        assert_eq!(states(&blind).await, [None], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_settles_no_task_before_the_customer_opens_it() {
    each_engine("task and link", async |db| {
        let (world, id) = with_task(&db).await;
        let quote = tasks::read_task(&world.ctx, &world.seller, id).await.unwrap().row.entity_id;
        let quote = domain::base::QuoteId(quote);
        let made = app::quotes::share_quote(&world.ctx, &world.seller, quote, None).await.unwrap();
        tick(&world).await;
        assert_eq!(state(&world, id).await, TaskState::Open, "{}: the customer has seen nothing", db.engine);
        let page = domain::quotes::Looked::Page;
        app::quotes::note_share_view(&world.ctx, &made.token, page, "MicroMessenger").await.unwrap();
        tick(&world).await;
        assert_eq!(state(&world, id).await, TaskState::Over, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_hold_messages_back_and_reading_takes_them_off_the_bell() {
    each_engine("quiet", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let text = SettingText {
            quiet_from: "17:00".to_string(),
            quiet_to: "08:00".to_string(),
            ..SettingText::default()
        };
        notices::keep_notice_setting(&world.ctx, &world.seller, text).await.unwrap();
        world.issued().await;
        tick(&world).await;
        world.clock.set(TEST_DAY.plus_ms(33 * HOUR));
        tick(&world).await;
        let unread = async || notices::count_notices(&world.ctx, &world.seller).await.unwrap().unread;
        assert_eq!(unread().await, 0, "{}: it is six in the evening", db.engine);
        world.clock.set(TEST_DAY.plus_ms(47 * HOUR));
        let shown = unread().await;
        assert!(shown >= 1);
        let list = notices::list_notices(&world.ctx, &world.seller, None, Limit::USUAL).await.unwrap();
        let first = list.items[0].id;
        assert_eq!(code(&notices::read_notice(&world.ctx, &world.manager, first).await), "not_found");
        notices::read_notice(&world.ctx, &world.seller, first).await.unwrap();
        assert_eq!(unread().await, shown - 1);
        notices::read_all_notices(&world.ctx, &world.seller).await.unwrap();
        assert_eq!(unread().await, 0);
    })
    .await;
}
