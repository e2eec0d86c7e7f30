//! Paging through a difference: a draft is judged once, and anew as soon as something has changed on which that leans.

use std::collections::BTreeMap;

use app::Ctx;
use app::catalog::{ProductChange, product, update_product};
use app::config::{self, CheckView, RisksCell, Submission};
use domain::access::{Actor, Reach, Right};
use domain::base::{DraftId, Limit, UnitPrice};
use domain::config::PAGE_ROWS_MAX;
use serde_json::json;
use testkit::{TEST_DAY, each_engine};
use tokio::task::JoinSet;

use crate::support::{HOUR, World, row};

type Told = BTreeMap<String, Vec<CheckView>>;

/// What must be acknowledged of each row, read page by page.
async fn paged(ctx: &Ctx, actor: &Actor, id: DraftId) -> Told {
    let limit = Limit::new(Some(10), PAGE_ROWS_MAX).unwrap();
    let (mut told, mut after) = (Told::new(), None);
    loop {
        let diff = config::draft_diff(ctx, actor, id, (after, limit)).await.unwrap();
        told.extend(diff.changes.into_iter().map(|row| (row.change.key, row.risks)));
        after = diff.next;
        if after.is_none() {
            return told;
        }
    }
}

/// The same and how often the draft was judged for it. A server that has kept nothing tells the same.
async fn counted(world: &World, actor: &Actor, id: DraftId) -> (Told, u64) {
    let before = world.ctx.risks.judged();
    let told = paged(&world.ctx, actor, id).await;
    let judged = world.ctx.risks.judged() - before;
    let anew = Ctx { risks: RisksCell::default(), ..world.ctx.clone() };
    assert_eq!(told, paged(&anew, actor, id).await);
    (told, judged)
}

/// The codes of one row, and how often the draft was judged for them.
async fn codes(world: &World, actor: &Actor, (id, key): (DraftId, &str)) -> (Vec<&'static str>, u64) {
    let (told, judged) = counted(world, actor, id).await;
    (told[key].iter().map(|it| it.code).collect(), judged)
}

fn blind(actor: &Actor) -> Actor {
    let mut blind = actor.clone();
    blind.grants.remove(&Right::PriceCost);
    blind
}

/// Another cost and floor of the paint, in yuan.
async fn paint_is_at(world: &World, cost: i64, floor: i64) {
    let mut buyer = world.author.clone();
    for right in [Right::ProductRead, Right::ProductWrite, Right::PriceCost] {
        buyer.grants.insert(right, Reach::All);
    }
    let version = product(&world.ctx, &buyer, world.paint).await.unwrap().stored.version;
    let yuan = |whole: i64| Some(Some(UnitPrice(whole * 10_000)));
    let change = ProductChange { cost: yuan(cost), floor_price: yuan(floor), ..ProductChange::default() };
    update_product(&world.ctx, &buyer, world.paint, version, change).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_judged_once_for_all_pages_of_its_difference_and_all_who_read_them() {
    each_engine("judged once", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let id = config::create_draft(ctx, author, world.price_list, "量价").await.unwrap();
        // Each above the cost of 98, and at 92 % below the floor of 100.
        let from = |n: i32| json!({ "product": world.paint, "min_qty": n.to_string(), "price": "99" });
        let rows = (1..=35).map(|n| row(None, from(n))).collect();
        config::put_rows(ctx, author, id, 1, (rows, Vec::new())).await.unwrap();
        let (told, judged) = counted(&world, author, id).await;
        let marked = told.values().filter(|all| all.iter().map(|it| it.code).eq(["below_floor"])).count();
        assert_eq!((told.len(), marked, judged), (35, 35, 1), "{}: four pages", db.engine);
        // The hour moves nothing, nor does whoever else looks.
        world.at_hour(1);
        let (again, judged) = counted(&world, &world.second, id).await;
        assert_eq!((again, judged), (told, 0), "{}", db.engine);
        let (seen, judged) = counted(&world, &blind(author), id).await;
        assert!(seen.values().all(Vec::is_empty), "{}: a floor is no secret told by what is kept", db.engine);
        assert_eq!((seen.len(), judged), (35, 0), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_asked_for_at_once_have_the_draft_judged_once() {
    each_engine("judged once for many", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = config::create_draft(&world.ctx, &world.author, world.price_list, "涨价").await.unwrap();
        world.puts(&world.author, id, vec![world.paint_at("175")]).await;
        let mut asked = JoinSet::new();
        for _ in 0..16 {
            let (ctx, author) = (world.ctx.clone(), world.author.clone());
            asked.spawn(async move { paged(&ctx, &author, id).await });
        }
        let told = asked.join_all().await;
        assert!(told.iter().all(|page| *page == told[0] && page.len() == 1), "{}: {told:?}", db.engine);
        assert_eq!(world.ctx.risks.judged(), 1, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_check_leans_on_is_seen_on_the_next_page() {
    each_engine("judged anew", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let author = &world.author;
        let id = config::create_draft(&world.ctx, author, world.price_list, "让一点").await.unwrap();
        world.puts(author, id, vec![world.paint_at("110")]).await;
        let told = async || codes(&world, author, (id, "P1")).await;
        let tier = |percent: &str| vec![row(Some("A"), json!({ "percent": percent }))];
        assert_eq!(told().await, (vec![], 1), "{}", db.engine);
        assert_eq!(told().await, (vec![], 0), "{}", db.engine);
        // 99.00 at 90 %, where the floor is 100.
        world.publish(world.tiers, tier("90"), Submission::default()).await.unwrap();
        assert_eq!(told().await, (vec!["below_floor"], 1), "{}: a tier", db.engine);
        paint_is_at(&world, 115, 118).await;
        assert_eq!(told().await, (vec!["below_floor", "below_cost"], 1), "{}: a cost", db.engine);
        paint_is_at(&world, 98, 95).await;
        assert_eq!(told().await, (vec![], 1), "{}: the cost again", db.engine);
        world.corridor_of("80", "120").await;
        assert_eq!(told().await, (vec![], 1), "{}: the corridor", db.engine);
        world.customer("恒泰建材", "A").await;
        assert_eq!(told().await, (vec![], 1), "{}: who has a tier", db.engine);
        // 88.00 at 80 %, but only from the fifth hour on.
        let later = Submission { effective_at: Some(TEST_DAY.plus_ms(5 * HOUR)), ..Submission::default() };
        world.publish(world.tiers, tier("80"), later).await.unwrap();
        assert_eq!(told().await, (vec![], 1), "{}: a release that waits", db.engine);
        world.at_hour(4);
        assert_eq!(told().await, (vec![], 0), "{}: it still waits", db.engine);
        world.at_hour(5);
        assert_eq!(told().await, (vec!["below_floor"], 1), "{}: nobody wrote anything", db.engine);
        world.on_day(1);
        assert_eq!(told().await, (vec!["below_floor"], 1), "{}: the day has turned", db.engine);
        world.puts(author, id, vec![world.paint_at("127")]).await;
        assert_eq!(told().await, (vec![], 1), "{}: the draft was saved", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_is_kept_each_reader_is_told_what_they_may_see() {
    each_engine("kept for all", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (elsewhere, _) = world.manager_elsewhere().await;
        let author = &world.author;
        let id = config::create_draft(&world.ctx, author, world.tiers, "B 让利").await.unwrap();
        // 112.64 of the list's 128; 98.56 of the region's 112, once there is one, where the floor is 100.
        world.puts(author, id, vec![row(Some("B"), json!({ "percent": "88" }))]).await;
        assert_eq!(codes(&world, author, (id, "B")).await, (vec![], 1), "{}", db.engine);
        world.region_list(vec![world.paint_at("112")]).await;
        let of_tier = vec!["tier_below_floor"];
        assert_eq!(codes(&world, author, (id, "B")).await, (of_tier.clone(), 1), "{}", db.engine);
        assert_eq!(codes(&world, &elsewhere, (id, "B")).await, (of_tier, 0), "{}", db.engine);
        assert_eq!(codes(&world, &blind(author), (id, "B")).await, (vec![], 0), "{}", db.engine);
        for (reader, named) in [(author, true), (&world.manager, true), (&elsewhere, false)] {
            let (told, judged) = counted(&world, reader, id).await;
            let said = format!("{told:?}");
            assert!(said.contains("有 1 个价格变得低于底价"), "{} {}: {said}", db.engine, reader.name);
            assert_eq!(said.contains("苏州大区价目表"), named, "{} {}: {said}", db.engine, reader.name);
            assert_eq!(judged, 0, "{} {}", db.engine, reader.name);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_blocks_a_draft_stands_first_of_all_rows_on_whichever_page_it_would_be() {
    each_engine("blocks first", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let id = config::create_draft(ctx, author, world.price_list, "量价").await.unwrap();
        let priced = |n: i32, price: &str| {
            row(None, json!({ "product": world.paint, "min_qty": n.to_string(), "price": price }))
        };
        // By their keys the two that block would stand behind all the others, and what moves most before them.
        let good = (10..40).map(|n| priced(n, "127"));
        let rows = good.chain([priced(98, "0"), priced(99, "0"), world.paint_at("300")]).collect();
        config::put_rows(ctx, author, id, 1, (rows, Vec::new())).await.unwrap();
        let limit = Limit::new(Some(1), PAGE_ROWS_MAX).unwrap();
        let (mut keys, mut after) = (Vec::new(), None);
        loop {
            let diff = config::draft_diff(ctx, author, id, (after, limit)).await.unwrap();
            keys.extend(diff.changes.into_iter().map(|row| row.change.key));
            after = diff.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(keys[..3], ["P1||98", "P1||99", "P1"], "{}", db.engine);
        let once: std::collections::BTreeSet<&String> = keys.iter().collect();
        assert_eq!((keys.len(), once.len()), (33, 33), "{}: every row once", db.engine);
        // A server that keeps nothing of it gives the same page.
        let anew = Ctx { risks: RisksCell::default(), ..ctx.clone() };
        let first = config::draft_diff(&anew, author, id, (None, limit)).await.unwrap();
        assert_eq!(
            (first.changes[0].change.key.as_str(), anew.risks.judged()),
            ("P1||98", 1),
            "{}",
            db.engine
        );
    })
    .await;
}
