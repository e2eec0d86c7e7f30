//! What the log tells: of configuration how much was changed and why, and where it is looked at; of records that the reader
//! does not see only that something was done.

use app::audit::{self, LogEntry, LogFilter, LogPage};
use app::config::{self, Submission};
use app::quotes;
use domain::access::{Actor, Difference, Reach, Right};
use domain::base::Limit;
use domain::config::Kind;
use domain::quotes::{LostText, Seen};
use testkit::each_engine;

use crate::support::{World, told};

#[tokio::test(flavor = "multi_thread")]
async fn a_publication_tells_how_many_rows_it_changed_and_a_way_back_also_why() {
    each_engine("logged publications", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let asked = Submission { note: "铝锭涨价".to_string(), ..Submission::default() };
        let rows = vec![world.paint_at("132"), world.putty_at("30")];
        world.publish(world.price_list, rows, asked).await.unwrap();
        let published = world.logged("release.published").await;
        assert_eq!(told(&published, "改动"), "新增 1 行、修改 1 行", "{}", db.engine);
        assert_eq!(told(&published, "备注"), "铝锭涨价");
        assert_eq!(told(&published, "原因"), "");
        assert_eq!(told(&published, "生效时间"), "2026-11-24 09:00:00");
        assert_eq!(published.difference, Some(Difference::Revisions { from: 1, to: 2 }));

        config::roll_back(&world.ctx, &world.second, world.price_list, 1, "价格填错，回到 V1", None)
            .await
            .unwrap();
        let back = world.logged("release.published").await;
        assert_eq!(told(&back, "原因"), "价格填错，回到 V1", "{}", db.engine);
        assert_eq!(told(&back, "改动"), "修改 1 行、删除 1 行");
        assert_eq!(told(&back, "恢复自版本"), "1");
        assert_eq!(back.difference, Some(Difference::Revisions { from: 2, to: 3 }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_returned_tells_why_and_leads_to_itself() {
    each_engine("logged drafts", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let asked = Submission { note: "请核对".to_string(), ..Submission::default() };
        let id = world.confirmed(world.price_list, vec![world.paint_at("132")], asked).await.unwrap();
        let submitted = world.logged("draft.submitted").await;
        assert_eq!(told(&submitted, "备注"), "请核对", "{}", db.engine);
        config::return_draft(&world.ctx, &world.second, id, "少了一行").await.unwrap();
        let returned = world.logged("draft.returned").await;
        assert_eq!(told(&returned, "原因"), "少了一行", "{}", db.engine);
        assert_eq!(returned.difference, Some(Difference::Draft(id)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_let_a_leap_of_a_price_pass_stands_in_the_log_with_the_draft_and_the_price() {
    each_engine("logged risks", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.price_list, "十二月调价").await.unwrap();
        config::put_rows(ctx, author, id, 1, (vec![world.paint_at("300")], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let mark = config::checks(ctx, second, id).await.unwrap().risks.mark;
        config::confirm(ctx, second, id, mark.as_deref()).await.unwrap();
        config::publish(ctx, author, id, mark.as_deref()).await.unwrap();
        for kind in ["draft.confirmed", "release.published"] {
            let entry = world.logged(kind).await;
            assert_eq!(told(&entry, "标题"), "十二月调价", "{kind} on {}", db.engine);
            let passed = told(&entry, "勾选放行");
            assert!(passed.contains("由 128.00 元改为 300.00 元"), "{kind}: {passed}");
            assert_eq!(told(&entry, "勾选放行几处"), "1", "{kind} on {}", db.engine);
            assert!(entry.difference.is_some(), "{kind}");
        }
        assert_eq!(told(&world.logged("draft.submitted").await, "勾选放行"), "", "{}", db.engine);
    })
    .await;
}

/// A page of the log as the owner reads it, and how many waits it costs once its statements are planned.
async fn read(world: &World, rows: i64) -> (u64, LogPage) {
    let mut reader = world.boss.clone();
    reader.grants.insert(Right::AuditRead, Reach::All);
    let limit = Limit::new(Some(rows), Limit::MAX).unwrap();
    let page =
        async || audit::list(&world.ctx, &reader, LogFilter::default(), "", None, limit).await.unwrap();
    page().await;
    let before = world.ctx.store.trips();
    let read = page().await;
    (world.ctx.store.trips() - before, read)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_names_of_all_records_of_a_page_cost_one_wait() {
    each_engine("logged names", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let names = ["恒泰装饰", "金鼎工程", "苏南建设", "永兴门窗"];
        for name in names {
            world.customer(name, "A").await;
        }
        let (for_one, one) = read(&world, 1).await;
        let (for_all, all) = read(&world, 4).await;
        assert_eq!(for_one, for_all, "{}", db.engine);
        assert_eq!(for_all > 0, db.engine == "postgres");
        assert_eq!(one.entries[0].object.as_deref(), Some("永兴门窗"), "{}", db.engine);
        let told: Vec<_> = all.entries.iter().rev().filter_map(|entry| entry.object.as_deref()).collect();
        assert_eq!(told, names, "{}", db.engine);
    })
    .await;
}

/// The log whole, as somebody with only these rights reads it.
async fn read_by(world: &World, rights: &[Right]) -> Vec<LogEntry> {
    let grants = rights.iter().map(|right| (*right, Reach::All)).collect();
    let reader = Actor { grants, ..world.boss.clone() };
    let limit = Limit::new(Some(Limit::MAX.into()), Limit::MAX).unwrap();
    let page = audit::list(&world.ctx, &reader, LogFilter::default(), "", None, limit).await.unwrap();
    page.entries
}

fn of_kind<'a>(entries: &'a [LogEntry], kind: &str) -> &'a LogEntry {
    entries.iter().find(|entry| entry.kind == kind).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn words_prices_and_links_of_a_record_are_told_to_those_who_see_it() {
    each_engine("logged out of sight", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let asked = Submission { note: "铝锭涨价 61.23".to_string(), ..Submission::default() };
        world.publish(world.price_list, vec![world.paint_at("132")], asked).await.unwrap();
        let quote = world.issued().await.head;
        let text = |text: &str| text.to_string();
        let lost = LostText {
            why: text("other"),
            words: text("对手卖 55.55"),
            to: text("对手A"),
            price: text("55.55"),
        };
        quotes::lose_quote(&world.ctx, &world.seller, quote.id, lost).await.unwrap();

        let items = config::items(&world.ctx, &world.author, Some(Kind::PriceList)).await.unwrap();
        let list = items.iter().find(|item| item.item.id == world.price_list).unwrap();
        let list_name = list.item.name.clone();
        let bare = read_by(&world, &[Right::AuditRead, Right::PriceRead]).await;
        let said = format!("{bare:?}");
        for words in ["55.55", "对手A", "61.23", "金鼎"] {
            assert!(!said.contains(words), "{words} on {}", db.engine);
        }
        let loss = of_kind(&bare, "quote.lost");
        assert_eq!((loss.opens, loss.object.clone()), (false, quote.number.clone()), "{}", db.engine);
        assert_eq!(loss.actor.as_ref().map(|(_, name)| name.as_str()), Some("seller"));
        let names: Vec<&str> = loss.changes.iter().map(|change| change.name.as_str()).collect();
        assert_eq!(names, ["编号", "版本"], "{loss:?}");
        assert_eq!(told(loss, "版本"), "第 1 版", "{}", db.engine);
        let published = of_kind(&bare, "release.published");
        assert_eq!((published.opens, published.difference), (false, None), "{}", db.engine);
        assert_eq!(told(published, "版本"), "2");
        // Which list, how much and from when on, but neither a price nor a word.
        assert_eq!(published.object.as_deref(), Some(list_name.as_str()), "{}", db.engine);
        assert_eq!(told(published, "改动"), "修改 1 行");
        assert_eq!(told(published, "生效时间"), "2026-11-24 09:00:00");
        assert_eq!((told(published, "备注"), told(published, "标题")), (String::new(), String::new()));
        let submitted = of_kind(&bare, "draft.submitted");
        assert_eq!((told(submitted, "改动"), submitted.difference), ("修改 1 行".to_string(), None));

        let grants: Vec<Right> = world.boss.grants.keys().copied().chain([Right::AuditRead]).collect();
        let whole = read_by(&world, &grants).await;
        let loss = of_kind(&whole, "quote.lost");
        assert_eq!((loss.opens, loss.object.clone()), (true, quote.number), "{}", db.engine);
        assert_eq!(told(loss, "对手"), "对手A");
        assert!(told(loss, "原因").contains("对手卖 55.55"), "{loss:?}");
        let published = of_kind(&whole, "release.published");
        assert_eq!(published.difference, Some(Difference::Revisions { from: 1, to: 2 }), "{}", db.engine);
        assert_eq!(told(published, "备注"), "铝锭涨价 61.23");
        assert!(of_kind(&whole, "draft.submitted").difference.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_not_told_finds_nothing_in_the_log() {
    each_engine("logged search", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.customer("恒泰装饰", "A").await;
        let mut blind = world.boss.clone();
        blind.grants.insert(Right::AuditRead, Reach::All);
        let found = async |reader: &Actor| {
            let asked = LogFilter::default();
            let page = audit::list(&world.ctx, reader, asked, "恒泰", None, Limit::USUAL).await.unwrap();
            page.entries.len()
        };
        assert!(found(&blind).await > 0, "{}", db.engine);
        blind.grants.remove(&Right::CustomerRead);
        assert_eq!(found(&blind).await, 0, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issue_that_was_refused_stands_in_the_log_at_its_quotation_and_its_number_finds_it() {
    each_engine("logged refusal", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        world.paint_costs("108").await.unwrap();
        let id = world.drafted().await.head.id;
        world.issues(id).await.unwrap_err();
        quotes::ask_for_quote(&world.ctx, &world.seller, (id, None), world.boss.person, "老客户")
            .await
            .unwrap();
        quotes::take_over_quote(&world.ctx, &world.boss, id).await.unwrap();
        let seen = Seen::default();
        let issued = quotes::issue_quote(&world.ctx, &world.boss, id, None, &seen).await.unwrap().head;
        let number = issued.number.unwrap();

        let grants: Vec<Right> = world.boss.grants.keys().copied().chain([Right::AuditRead]).collect();
        let grants = grants.into_iter().map(|right| (right, Reach::All)).collect();
        let reader = Actor { grants, ..world.boss.clone() };
        let asked = LogFilter::default();
        let found = audit::list(&world.ctx, &reader, asked, &number, None, Limit::USUAL).await.unwrap();
        for kind in ["quote.floor_refused", "quote.floor_still_refused"] {
            let entry = of_kind(&found.entries, kind);
            assert_eq!((entry.entity.as_str(), entry.entity_id), ("quote", id.0), "{kind} {}", db.engine);
            assert_eq!((entry.object.as_deref(), entry.opens), (Some(number.as_str()), true), "{kind}");
        }
        let bare = read_by(&world, &[Right::AuditRead]).await;
        assert!(!of_kind(&bare, "quote.floor_refused").opens, "{}", db.engine);
    })
    .await;
}
