//! What a second person must have seen of a draft before it goes on.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use app::config::{self, Submission};
use testkit::each_engine;

use support::{World, code, row};

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_the_lowest_tier_brings_below_the_floor_is_acknowledged_by_whoever_sees_floors() {
    each_engine("floor", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.price_list, "让一点").await.unwrap();
        // No jump and above the cost of 98, but 99.36 at 92 %, where the floor is 100.
        config::put_rows(ctx, author, id, 1, (vec![world.paint_at("108")], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let told = config::checks(ctx, second, id).await.unwrap().risks;
        let [risk] = &told.items[..] else { panic!("{told:?} on {}", db.engine) };
        assert!(risk.sentence.contains("99.36") && risk.sentence.contains("比底价 100.00 元低"), "{risk:?}");
        assert_eq!(code(&config::confirm(ctx, second, id, None).await), "risks_unseen", "{}", db.engine);
        let mut blind = second.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        let seen = config::checks(ctx, &blind, id).await.unwrap();
        assert_eq!((seen.risks.count, seen.risks.mark), (0, None), "a floor is no secret told by a box");
        assert!(seen.items.iter().all(|it| !it.sentence.contains("底价")), "{}", db.engine);
        config::confirm(ctx, second, id, told.mark.as_deref()).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_that_is_cut_to_a_tenth_goes_on_only_with_whoever_has_seen_it() {
    each_engine("tier jumps", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.tiers, "B 让半个点").await.unwrap();
        let slip = row(Some("B"), serde_json::json!({ "percent": "9.45" }));
        config::put_rows(ctx, author, id, 1, (vec![slip], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let told = config::checks(ctx, second, id).await.unwrap().risks;
        let [risk] = &told.items[..] else { panic!("{told:?} on {}", db.engine) };
        assert!(risk.sentence.contains("由 95% 改为 9.45%"), "{risk:?}");
        assert_eq!(code(&config::confirm(ctx, second, id, None).await), "risks_unseen", "{}", db.engine);
        config::confirm(ctx, second, id, told.mark.as_deref()).await.unwrap();
        assert_eq!(code(&config::publish(ctx, author, id, None).await), "risks_unseen", "{}", db.engine);
        config::publish(ctx, author, id, told.mark.as_deref()).await.unwrap();
    })
    .await;
}
