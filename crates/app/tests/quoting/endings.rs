//! Copying, revising and cancelling.

use app::quotes;
use domain::quotes::{DraftText, ShownState};
use testkit::each_engine;

use crate::support::quoting::facts;
use crate::support::{World, code};

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_a_new_quotation_at_the_prices_of_now() {
    each_engine("copy", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let issued = world.issued().await;
        world.paint_costs("132").await.unwrap();
        let copy = quotes::copy_quote(&world.ctx, &world.seller, issued.head.id).await.unwrap();
        assert_eq!((copy.state, copy.head.number.clone()), (ShownState::Draft, None), "{}", db.engine);
        assert_eq!(copy.amounts.net.to_yuan(), "7286.40");
        let second = world.issues(copy.head.id).await.unwrap();
        assert_eq!(second.head.number.as_deref(), Some("SZ26-000002"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_keeps_number_and_customer_and_there_is_one_open_at_a_time() {
    each_engine("revise", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let issued = world.issued().await;
        let next = quotes::revise_quote(&world.ctx, &world.seller, issued.head.id).await.unwrap();
        let again = quotes::revise_quote(&world.ctx, &world.manager, issued.head.id).await.unwrap();
        assert_eq!((next.head.id, next.head.revision), (again.head.id, 2), "{}", db.engine);
        assert_eq!(next.head.number, issued.head.number);
        let other = DraftText {
            customer: world.customer("另一家", "B").await,
            valid_until: None,
            notes: String::new(),
            lines: vec![],
            terms: Default::default(),
            whole: Default::default(),
        };
        let moved = quotes::save_quote(&world.ctx, &world.seller, next.head.id, 1, other).await;
        assert_eq!(code(&moved), "customer_fixed");
        assert_eq!(code(&world.signs(issued.head.id).await), "ok", "a draft does not stop V1");
        assert_eq!(code(&world.issues(next.head.id).await), "already_signed");
        let version = world.reads(next.head.id).await.head.version;
        quotes::delete_quote(&world.ctx, &world.seller, next.head.id, version).await.unwrap();
        let signed = quotes::revise_quote(&world.ctx, &world.seller, issued.head.id).await;
        assert_eq!(code(&signed), "already_signed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_version_of_a_number_is_listed_and_only_the_newest_can_be_revised() {
    each_engine("chain", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let first = world.issued().await.head.id;
        let second = quotes::revise_quote(&world.ctx, &world.seller, first).await.unwrap().head.id;
        world.issues(second).await.unwrap();
        let third = quotes::revise_quote(&world.ctx, &world.seller, second).await.unwrap();
        let states: Vec<_> = third.chain.iter().map(|it| (it.revision, it.state)).collect();
        let expected = [(1, ShownState::Superseded), (2, ShownState::Issued), (3, ShownState::Draft)];
        assert_eq!(states, expected, "{}", db.engine);
        let refused = quotes::revise_quote(&world.ctx, &world.seller, first).await.unwrap_err();
        assert_eq!((refused.code(), facts(&refused)["newer"]["revision"].as_i64()), ("superseded", Some(2)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_needs_a_reason_and_ends_the_quotation() {
    each_engine("cancel", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let issued = world.issued().await;
        let (ctx, seller, id) = (&world.ctx, &world.seller, issued.head.id);
        assert_eq!(code(&quotes::cancel_quote(ctx, seller, id, " ").await), "invalid");
        let ended = quotes::cancel_quote(ctx, seller, id, "客户改主意").await.unwrap();
        assert_eq!(ended.state, ShownState::Cancelled, "{}", db.engine);
        assert_eq!(ended.head.cancelled.unwrap().reason, "客户改主意");
        assert_eq!(code(&world.signs(id).await), "wrong_state");
        assert_eq!(code(&quotes::cancel_quote(ctx, seller, id, "再来").await), "wrong_state");
        let draft = world.drafted().await.head.id;
        assert_eq!(code(&quotes::cancel_quote(ctx, seller, draft, "草稿").await), "not_issued");
        let signed = world.issued().await.head.id;
        world.signs(signed).await.unwrap();
        assert_eq!(code(&quotes::cancel_quote(ctx, seller, signed, "反悔").await), "already_signed");
    })
    .await;
}
