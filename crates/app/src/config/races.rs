//! What a draft was checked against moves between the checks and the release: nothing may be published against it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use domain::base::{CustomerId, DraftId, Instant};
use domain::customers::CustomerEdit;
use testkit::each_engine;

use super::publish::decide;
use super::{Submission, create_draft, publish, put_rows, roll_back, submit};
use crate::AppError;
use crate::support::{HOUR, World, code, row};

/// A confirmed draft that takes tier B away, at once or from a moment on.
async fn without_b(world: &World, from: Option<Instant>) -> DraftId {
    let (ctx, author) = (&world.ctx, &world.author);
    let draft = create_draft(ctx, author, world.tiers, "B").await.unwrap();
    put_rows(ctx, author, draft, 1, (Vec::new(), vec!["B".to_string()])).await.unwrap();
    let asked = Submission { effective_at: from, ..Submission::default() };
    submit(ctx, author, draft, asked).await.unwrap();
    super::confirm(ctx, &world.second, draft, None).await.unwrap();
    draft
}

async fn gets(world: &World, customer: CustomerId, tier: Option<&str>) -> Result<(), AppError> {
    let version =
        crate::customers::customer(&world.ctx, &world.manager, customer).await.unwrap().record.version;
    let edit = CustomerEdit { tier: Some(tier.map(str::to_string)), ..CustomerEdit::default() };
    crate::customers::update_customer(&world.ctx, &world.manager, customer, version, edit).await
}

async fn tier_names(world: &World, at: Instant) -> Vec<String> {
    let tiers = world.ctx.store.read(|tx| Box::pin(super::tiers::tiers_in_force(tx, at))).await.unwrap();
    tiers.into_iter().map(|tier| tier.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_that_a_customer_got_after_the_checks_is_not_taken_away_at_once_or_later() {
    each_engine("tier in use", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let there = world.elsewhere(&db).await;
        let customer = world.customer("Jinding", "A").await;
        for wait in [None, Some(HOUR)] {
            let now = world.ctx.moment().await.unwrap().now;
            let draft = without_b(&world, wait.map(|wait| now.plus_ms(wait))).await;
            let decided = decide(&there.ctx, &there.author, draft, None).await.unwrap();
            gets(&world, customer, Some("B")).await.unwrap();
            assert_eq!(code(&there.ctx.write(decided).await), "tier_in_use", "{} {wait:?}", db.engine);
            assert_eq!(code(&publish(&world.ctx, &world.author, draft, None).await), "checks_block");
            assert_eq!(tier_names(&world, now.plus_ms(2 * HOUR)).await, ["A", "B"], "{}", db.engine);
            gets(&world, customer, Some("A")).await.unwrap();
            // Without a customer the same draft goes through: the refusals above came of the customer.
            let decided = decide(&there.ctx, &there.author, draft, None).await.unwrap();
            let n = there.ctx.write(decided).await.unwrap();
            if wait.is_none() {
                roll_back(&world.ctx, &world.author, world.tiers, n - 1, "B", None).await.unwrap();
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_that_waits_to_be_taken_away_is_given_to_nobody() {
    each_engine("tier goes", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("Jinding", "A").await;
        let from = world.ctx.moment().await.unwrap().now.plus_ms(HOUR);
        let draft = without_b(&world, Some(from)).await;
        let n = publish(&world.ctx, &world.author, draft, None).await.unwrap();
        assert_eq!(code(&gets(&world, customer, Some("B")).await), "invalid", "{}", db.engine);
        let offered = crate::customers::options(&world.ctx, &world.manager).await.unwrap().tiers;
        assert_eq!(offered, [("A".to_string(), "92".to_string())], "{}", db.engine);
        let queued = super::revision(&world.ctx, &world.author, world.tiers, n).await.unwrap();
        super::cancel_release(&world.ctx, &world.author, queued.row.release, "B").await.unwrap();
        gets(&world, customer, Some("B")).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rolling_back_takes_no_tier_away_that_a_customer_has() {
    each_engine("tier rolled back", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let c = row(Some("C"), serde_json::json!({ "percent": "90" }));
        assert_eq!(world.publish(world.tiers, vec![c], Submission::default()).await.unwrap(), 2);
        let customer = world.customer("Jinding", "C").await;
        let back = async || roll_back(&world.ctx, &world.author, world.tiers, 1, "C", None).await;
        assert_eq!(code(&back().await), "tier_in_use", "{}", db.engine);
        gets(&world, customer, None).await.unwrap();
        back().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_is_never_given_and_taken_away_at_once() {
    each_engine("tier at once", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let there = world.elsewhere(&db).await;
        for run in 0..8 {
            let customer = world.customer(&format!("Jinding{run}"), "A").await;
            let draft = without_b(&world, None).await;
            let decided = decide(&there.ctx, &there.author, draft, None).await.unwrap();
            let (given, published) =
                tokio::join!(gets(&world, customer, Some("B")), there.ctx.write(decided));
            let outcome = (code(&given), code(&published));
            let serial = [("ok", "tier_in_use"), ("invalid", "ok")];
            assert!(serial.contains(&outcome), "{} run {run}: {outcome:?}", db.engine);
            match published {
                Ok(n) => {
                    roll_back(&world.ctx, &world.author, world.tiers, n - 1, "B", None).await.unwrap();
                }
                Err(_) => {
                    gets(&world, customer, Some("A")).await.unwrap();
                    let version = super::draft(&world.ctx, &world.author, draft).await.unwrap().draft.version;
                    super::discard_draft(&world.ctx, &world.author, draft, version).await.unwrap();
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_checked_against_a_product_that_changed_meanwhile_are_checked_anew() {
    each_engine("product moved", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let there = world.elsewhere(&db).await;
        let rows = vec![world.paint_at("131")];
        let draft = world.confirmed(world.price_list, rows, Submission::default()).await.unwrap();
        let decided = decide(&there.ctx, &there.author, draft, None).await.unwrap();
        testkit::tax_moves(&world.ctx.store, world.paint.0).await;
        assert_eq!(code(&there.ctx.write(decided).await), "changed_by_other", "{}", db.engine);
        assert_eq!(publish(&there.ctx, &there.author, draft, None).await.unwrap(), 2, "{}", db.engine);
    })
    .await;
}
