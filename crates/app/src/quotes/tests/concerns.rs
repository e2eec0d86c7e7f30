//! A release while a document is being issued: one that can concern it turns it back, any other lets it be.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use domain::access::OrgKind;
use domain::base::{DraftId, ItemId, OrgId};
use domain::config::Kind;
use domain::pricing::PriceClass;
use domain::quotes::{QuoteState, Seen};
use serde_json::json;
use testkit::each_engine;

use super::issue::{MOVED, decide};
use crate::config::{self, NewItem, RowInput, Submission};
use crate::support::{World, code, row};

/// What is published between deciding and writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Released {
    Snippet,
    Corridor,
    /// The price list of a region in which the customer does not lie.
    ListElsewhere,
    ListOfRegion,
    List,
    Tier,
    Limit,
}

const RELEASED: &[(Released, &str)] = &[
    (Released::Snippet, "ok"),
    (Released::Corridor, "ok"),
    (Released::ListElsewhere, "ok"),
    (Released::ListOfRegion, MOVED),
    (Released::List, MOVED),
    (Released::Tier, MOVED),
    (Released::Limit, MOVED),
];

/// A region without customers.
async fn region_elsewhere(world: &World) -> OrgId {
    let made = world.ctx.store.change(|tx| {
        Box::pin(async move {
            let orgs = store::access::orgs(tx).await?;
            let hq = orgs.iter().find(|org| org.kind == OrgKind::Hq).cloned();
            store::access::insert_org(tx, hq.as_ref(), OrgKind::Region, "Nanjing", "NJQ").await
        })
    });
    let made: Result<_, store::StoreError> = made.await;
    made.unwrap().id
}

async fn brings_out(world: &World, draft: DraftId, rows: Vec<RowInput>) {
    let (ctx, author) = (&world.ctx, &world.author);
    config::put_rows(ctx, author, draft, 1, (rows, Vec::new())).await.unwrap();
    config::submit(ctx, author, draft, Submission::default()).await.unwrap();
    let seen = world.risk_mark(&world.second, draft).await.unwrap();
    config::confirm(ctx, &world.second, draft, seen.as_deref()).await.unwrap();
    let seen = world.risk_mark(author, draft).await.unwrap();
    config::publish(ctx, author, draft, seen.as_deref()).await.unwrap();
}

/// A list of that region with a price of the paint, in force.
async fn list_of(world: &World, scope: OrgId, name: &str) -> ItemId {
    let new = NewItem { kind: Kind::PriceList, class: PriceClass::Region, name: name.to_string(), scope };
    let (item, draft) = config::create_item(&world.ctx, &world.author, new).await.unwrap();
    brings_out(world, draft, vec![world.paint_at("125")]).await;
    item
}

async fn release(world: &World, it: Released, (near, elsewhere): (ItemId, ItemId)) {
    let of_kind = async |kind| config::items(&world.ctx, &world.author, Some(kind)).await.unwrap()[0].item.id;
    let (item, changed) = match it {
        Released::Snippet => {
            (of_kind(Kind::Snippet).await, row(Some("delivery"), json!({ "text": "within three days" })))
        }
        Released::Corridor => {
            (of_kind(Kind::PriceCorridor).await, row(None, json!({ "min": "50", "max": "200" })))
        }
        Released::ListElsewhere => (elsewhere, world.paint_at("126")),
        Released::ListOfRegion => (near, world.paint_at("126")),
        Released::List => (world.price_list, world.putty_at("61")),
        Released::Tier => (world.tiers, row(Some("B"), json!({ "percent": "94" }))),
        Released::Limit => {
            let limit = json!({ "role": "seller", "depth": "5", "rounding": "10" });
            (of_kind(Kind::PriceLimit).await, row(Some("seller"), limit))
        }
    };
    world.publish(item, vec![changed], Submission::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_release_that_can_concern_the_document_turns_its_issue_back() {
    each_engine("concerns", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let there = world.elsewhere(&db).await;
        let other = region_elsewhere(&world).await;
        let lists =
            (list_of(&world, world.region.id, "near").await, list_of(&world, other, "elsewhere").await);
        for (it, outcome) in RELEASED {
            world.ctx.live.expire();
            let draft = world.drafted().await.head.id;
            let decided = decide(&there.ctx, &there.seller, draft, None, &Seen::default()).await.unwrap();
            release(&world, *it, lists).await;
            assert_eq!(code(&there.ctx.write(decided).await), *outcome, "{} {it:?}", db.engine);
            let state = world.reads(draft).await.head.state;
            let issued = *outcome == "ok";
            assert_eq!(state == QuoteState::Issued, issued, "{} {it:?}", db.engine);
        }
    })
    .await;
}
