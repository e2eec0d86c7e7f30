//! What a quotation was priced on moves between deciding and writing: nothing may be issued at it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use domain::base::QuoteId;
use domain::customers::CustomerEdit;
use domain::quotes::{DraftText, QuoteState, Seen};
use testkit::{TestDb, each_engine};

use super::issue::{MOVED, decide};
use super::write_draft::{SaveDraft, Saving};
use crate::config::live_now;
use crate::support::{self, DAY, HOUR, World, code};

/// Everything that a decided price leans on, and the draft itself.
#[derive(Clone, Copy, Debug)]
enum Happening {
    Release,
    QueuedReleaseComesIntoForce,
    TierMoves,
    ProductChanges,
    CustomerGetsAnotherTier,
    DayEnds,
    DraftIsSaved,
}

const HAPPENINGS: &[(Happening, &str)] = &[
    (Happening::Release, MOVED),
    (Happening::QueuedReleaseComesIntoForce, MOVED),
    (Happening::TierMoves, MOVED),
    (Happening::ProductChanges, MOVED),
    (Happening::CustomerGetsAnotherTier, MOVED),
    (Happening::DayEnds, MOVED),
    (Happening::DraftIsSaved, "changed_by_other"),
];

async fn happens(world: &World, it: Happening, draft: QuoteId) {
    let view = world.reads(draft).await;
    match it {
        Happening::Release => drop(world.paint_costs("131").await.unwrap()),
        Happening::QueuedReleaseComesIntoForce => {
            let now = world.ctx.moment().await.unwrap().now;
            world.clock.set(now.plus_ms(HOUR + 1));
        }
        Happening::TierMoves => {
            let row = support::row(Some("A"), serde_json::json!({ "percent": "91" }));
            world.publish(world.tiers, vec![row], Default::default()).await.unwrap();
        }
        Happening::ProductChanges => testkit::tax_moves(&world.ctx.store, world.paint.0).await,
        Happening::CustomerGetsAnotherTier => {
            let customer = view.head.customer;
            let now = crate::customers::customer(&world.ctx, &world.manager, customer).await.unwrap();
            let edit = CustomerEdit { tier: Some(Some("B".to_string())), ..CustomerEdit::default() };
            let version = now.record.version;
            crate::customers::update_customer(&world.ctx, &world.manager, customer, version, edit)
                .await
                .unwrap();
        }
        Happening::DayEnds => world.clock.set(world.ctx.moment().await.unwrap().now.plus_ms(DAY)),
        Happening::DraftIsSaved => {
            let unit = &view.lines[0].line.line.unit;
            let lines = vec![world.line("a", world.paint, "600", unit)];
            let (customer, version) = (view.head.customer, view.head.version);
            let (terms, whole) = Default::default();
            let text = DraftText { customer, valid_until: None, notes: String::new(), lines, terms, whole };
            crate::quotes::save_quote(&world.ctx, &world.seller, draft, version, text).await.unwrap();
        }
    }
}

async fn nothing_is_issued(db: &TestDb, world: &World, there: &World, it: Happening, refusal: &str) {
    if matches!(it, Happening::QueuedReleaseComesIntoForce) {
        let at = world.ctx.moment().await.unwrap().now.plus_ms(HOUR);
        world.paint_will_cost("137", at).await.unwrap();
    }
    world.ctx.live.expire();
    let draft = world.drafted().await.head.id;
    let decided = decide(&there.ctx, &there.seller, draft, None, &Seen::default()).await.unwrap();
    happens(world, it, draft).await;
    let outcome = there.ctx.write(decided).await;
    assert_eq!(code(&outcome), refusal, "{} {it:?}", db.engine);
    let after = world.reads(draft).await;
    assert_eq!((after.head.state, after.head.number), (QuoteState::Draft, None), "{} {it:?}", db.engine);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_before_a_change_is_not_written_after_it() {
    each_engine("decided", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let there = world.elsewhere(&db).await;
        for (it, refusal) in HAPPENINGS {
            nothing_is_issued(&db, &world, &there, *it, refusal).await;
        }
        // Without a change the same decision is written: the refusals above came of what happened.
        world.ctx.live.expire();
        let draft = world.drafted().await.head.id;
        let decided = decide(&there.ctx, &there.seller, draft, None, &Seen::default()).await.unwrap();
        there.ctx.write(decided).await.unwrap();
        assert_eq!(world.reads(draft).await.head.number.as_deref(), Some("SZ26-000001"), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_whose_customer_was_given_away_meanwhile_is_not_saved_for_its_former_owner() {
    each_engine("given away", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let drafted = world.drafted().await;
        let (draft, customer) = (drafted.head.id, drafted.head.customer);
        let unit = &drafted.lines[0].line.line.unit;
        let lines = vec![world.line("a", world.paint, "7", unit)];
        let (terms, whole) = Default::default();
        let text = DraftText { customer, valid_until: None, notes: String::new(), lines, terms, whole };
        let version = drafted.head.version;
        let saving = Arc::new(Saving::of(&world.ctx, &world.seller, (draft, version), text));
        let asked = SaveDraft { saving, live: live_now(&world.ctx).await.unwrap() };
        let other = another_seller(&world).await;
        let now = crate::customers::customer(&world.ctx, &world.author, customer).await.unwrap();
        let edit = CustomerEdit { owner: Some(other), ..CustomerEdit::default() };
        crate::customers::update_customer(&world.ctx, &world.author, customer, now.record.version, edit)
            .await
            .unwrap();
        assert_eq!(code(&world.ctx.write(asked).await), "not_found", "{}", db.engine);
        let after = crate::quotes::read_quote(&world.ctx, &world.manager, draft).await.unwrap();
        assert_eq!((after.head.owner, after.lines.len()), (other, drafted.lines.len()), "{}", db.engine);
    })
    .await;
}

async fn another_seller(world: &World) -> domain::base::PersonId {
    let made = world.ctx.store.change(move |tx| {
        Box::pin(async move {
            let orgs = store::access::orgs(tx).await?;
            let org = orgs.iter().find(|org| org.code == "SZ").unwrap().id;
            crate::support::insert_person(tx, ("seller2", "seller"), org).await
        })
    });
    made.await.unwrap()
}
