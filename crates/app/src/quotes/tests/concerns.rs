//! A release while a document is being issued: one that can concern it turns it back, any other lets it be.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;
use std::time::Duration;

use domain::access::OrgKind;
use domain::base::{CustomerId, DraftId, ItemId, OrgId};
use domain::config::Kind;
use domain::pricing::PriceClass;
use domain::quotes::{QuoteState, Seen};
use serde_json::json;
use store::{Ask, StoreError};
use testkit::each_engine;
use tokio::sync::Notify;

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

/// What is published of contracts between deciding and writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Contracted {
    TheirsAgain,
    OneMore,
    TheirsNamesHim,
    His,
}

const CONTRACTED: &[(Contracted, &str)] = &[
    (Contracted::TheirsAgain, "ok"),
    (Contracted::OneMore, "ok"),
    (Contracted::TheirsNamesHim, MOVED),
    (Contracted::His, MOVED),
];

fn named(customers: &[CustomerId]) -> RowInput {
    row(Some(""), json!({ "includes_tax": true, "class": "contract", "for": { "customers": customers } }))
}

/// A contract with a price of the paint, in force.
async fn contract(world: &World, name: &str, customers: &[CustomerId]) -> ItemId {
    let (kind, class, name) = (Kind::PriceList, PriceClass::Contract, name.to_string());
    let new = NewItem { kind, class, name, scope: world.hq };
    let (item, draft) = config::create_item(&world.ctx, &world.author, new).await.unwrap();
    brings_out(world, draft, vec![named(customers), world.paint_at("119")]).await;
    item
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_of_somebody_else_turns_no_issue_back_before_it_names_the_customer() {
    each_engine("contracts", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let there = world.elsewhere(&db).await;
        let other = world.customer("Hengtai", "A").await;
        let third = world.customer("Jinding", "A").await;
        let theirs = contract(&world, "theirs", &[other]).await;
        for (it, outcome) in CONTRACTED {
            world.ctx.live.expire();
            let head = world.drafted().await.head;
            let decided = decide(&there.ctx, &there.seller, head.id, None, &Seen::default()).await.unwrap();
            match it {
                Contracted::TheirsAgain => {
                    let changed = vec![world.paint_at("118")];
                    world.publish(theirs, changed, Submission::default()).await.unwrap();
                }
                Contracted::OneMore => drop(contract(&world, "one more", &[third]).await),
                Contracted::TheirsNamesHim => {
                    let changed = vec![named(&[other, head.customer])];
                    world.publish(theirs, changed, Submission::default()).await.unwrap();
                }
                Contracted::His => drop(contract(&world, "his", &[head.customer]).await),
            }
            assert_eq!(code(&there.ctx.write(decided).await), *outcome, "{} {it:?}", db.engine);
        }
    })
    .await;
}

/// Takes these locks and keeps them until told otherwise; on SQLite, whose writer is alone, it lets them go at once.
fn holds(world: &World, asks: Vec<Ask>, waits: bool) -> (Arc<Notify>, Arc<Notify>) {
    let (store, taken, free) = (world.ctx.store.clone(), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let told = (taken.clone(), free.clone());
    tokio::spawn(async move {
        let held = store.change(move |tx| {
            let (asks, taken, free) = (asks.clone(), taken.clone(), free.clone());
            Box::pin(async move {
                tx.ahead(asks).await?;
                taken.notify_one();
                if waits {
                    free.notified().await;
                }
                Ok::<_, StoreError>(())
            })
        });
        held.await.unwrap();
    });
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn who_publishes_the_contract_of_somebody_else_stops_no_issue() {
    each_engine("issue beside a publication", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let other = world.customer("Hengtai", "A").await;
        let theirs = contract(&world, "theirs", &[other]).await;
        let draft = world.drafted().await.head.id;
        let asks = store::config::asks_held_to_publish(theirs, &[world.price_list, world.tiers]);
        let (taken, free) = holds(&world, asks, db.engine == "postgres");
        taken.notified().await;
        let issued = tokio::time::timeout(Duration::from_secs(60), world.issues(draft)).await;
        free.notify_one();
        let issued = issued.unwrap().unwrap();
        assert_eq!(issued.head.state, QuoteState::Issued, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_waits_with_its_moment_for_whoever_is_issuing() {
    each_engine("release beside an issue", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let other = world.customer("Hengtai", "A").await;
        let theirs = contract(&world, "theirs", &[other]).await;
        let waits = db.engine == "postgres";
        let (taken, free) = holds(&world, store::config::asks_held_heads(&[]), waits);
        taken.notified().await;
        let publishing = world.clone();
        let changed = vec![world.paint_at("118")];
        let mut publication = tokio::spawn(async move {
            publishing.publish(theirs, changed, Submission::default()).await.map(|_| ())
        });
        // On SQLite nobody holds anything: commands follow one another, and it comes out when its turn has come.
        if waits {
            let early = tokio::time::timeout(Duration::from_millis(500), &mut publication).await;
            assert!(early.is_err(), "{}: it has come out beside an issue", db.engine);
        }
        free.notify_one();
        publication.await.unwrap().unwrap();
    })
    .await;
}
