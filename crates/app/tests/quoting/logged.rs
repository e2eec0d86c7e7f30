//! What the log tells of configuration: how much was changed and why, and where it is looked at.

use app::audit::{self, LogFilter, LogPage};
use app::config::{self, Submission};
use domain::access::{Difference, Reach, Right};
use domain::base::Limit;
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
