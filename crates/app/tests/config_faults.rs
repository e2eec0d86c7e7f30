//! A failure at any write of publishing, rolling back, withdrawing or cancelling leaves everything as it was; and what
//! a long list costs.

use app::config::{self, RowsAsked, Submission};
use app::{AppError, Ctx};
use domain::access::Actor;
use domain::base::{DraftId, ItemId, Limit, ReleaseId};
use domain::config::Rows;
use serde_json::json;
use testkit::{TEST_DAY, TestDb, each_engine, many_products, rows_in};

use crate::support::{HOUR, World, code, row};

const TABLES: [&str; 9] = [
    "config_rev",
    "config_row",
    "release",
    "release_item",
    "config_void",
    "config_draft",
    "config_draft_row",
    "number_series",
    "event",
];

/// Everything that a half-done change would leave behind, row by row.
async fn all(world: &World) -> Vec<String> {
    let mut told = Vec::new();
    for table in TABLES {
        told.push(format!("{table} {}", rows_in(&world.ctx.store, table).await));
    }
    let list = world.price_list;
    let rows = world.ctx.store.read(|tx| {
        Box::pin(async move {
            let mut rows = Vec::new();
            for n in 0..6 {
                rows.push(store::config::rows_map(tx, list, n).await?);
            }
            Ok::<Vec<Rows>, AppError>(rows)
        })
    });
    told.push(format!("{:?}", rows.await.unwrap()));
    let (revisions, _) =
        config::revisions(&world.ctx, &world.author, list, None, Limit::USUAL).await.unwrap();
    told.push(format!("{revisions:?}"));
    told
}

/// Makes every write of `act` fail in turn, until it succeeds.
async fn at_every_write(
    world: &World,
    engine: &str,
    writes_min: i64,
    act: impl AsyncFn(&Ctx, &Actor) -> Result<(), AppError>,
) {
    let before = all(world).await;
    for nth in 1.. {
        world.ctx.store.fail_at_write(nth);
        let outcome = act(&world.ctx, &world.author).await;
        world.ctx.store.fail_at_write(0);
        if outcome.is_ok() {
            assert!(nth > writes_min, "{engine}: only {} writes were tried", nth - 1);
            return;
        }
        assert_eq!(code(&outcome), "internal", "write {nth} on {engine}");
        assert_eq!(all(world).await, before, "write {nth} on {engine}");
    }
}

async fn small(db: &TestDb) -> World {
    let world = World::new(db).await;
    world.first_prices().await;
    world.paint_costs("130").await.unwrap();
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_of_publishing_publishes_nothing() {
    each_engine("publish faults", async |db| {
        let world = small(&db).await;
        let asked = Submission { note: "录错".to_string(), voids_n: Some(2), effective_at: None };
        let rows = vec![world.paint_at("132"), world.putty_at("30")];
        let id: DraftId = world.confirmed(world.price_list, rows, asked).await.unwrap();
        let seen = world.risk_mark(&world.author, id).await.unwrap();
        at_every_write(&world, db.engine, 8, async |ctx, actor| {
            config::publish(ctx, actor, id, seen.as_deref()).await.map(drop)
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_of_rolling_back_leaves_no_draft_and_no_revision() {
    each_engine("rollback faults", async |db| {
        let world = small(&db).await;
        let list = world.price_list;
        at_every_write(&world, db.engine, 9, async |ctx, actor| {
            config::roll_back(ctx, actor, list, 1, "录错", None).await.map(drop)
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_of_withdrawing_withdraws_nothing() {
    each_engine("void faults", async |db| {
        let world = small(&db).await;
        let list: ItemId = world.price_list;
        at_every_write(&world, db.engine, 1, async |ctx, actor| {
            config::void_revision(ctx, actor, list, 1, "录错").await
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_of_cancelling_leaves_the_release_in_the_queue() {
    each_engine("cancel faults", async |db| {
        let world = small(&db).await;
        let asked = Submission {
            effective_at: Some(TEST_DAY.plus_ms(HOUR)),
            note: "换价".to_string(),
            voids_n: Some(2),
        };
        world.publish(world.price_list, vec![world.paint_at("132")], asked).await.unwrap();
        let queued = config::revision(&world.ctx, &world.author, world.price_list, 3).await.unwrap();
        let release: ReleaseId = queued.row.release;
        at_every_write(&world, db.engine, 4, async |ctx, actor| {
            config::cancel_release(ctx, actor, release, "算了").await
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_changed_price_of_fifty_thousand_is_one_row_written() {
    each_engine("long list", async |db| {
        let world = World::new(&db).await;
        let count = 50_000_i64;
        many_products(&world.ctx.store, count).await;
        world.first_prices().await;
        let first = world.paint.0 + 2;
        let id = config::create_draft(&world.ctx, &world.author, world.price_list, "整表").await.unwrap();
        for (version, chunk) in (1..).zip((0..count).collect::<Vec<_>>().chunks(5_000)) {
            let rows =
                chunk.iter().map(|n| row(None, json!({ "product": first + n, "price": "150" }))).collect();
            config::put_rows(&world.ctx, &world.author, id, version, (rows, Vec::new())).await.unwrap();
        }
        config::submit(&world.ctx, &world.author, id, Submission::default()).await.unwrap();
        let seen = world.risk_mark(&world.second, id).await.unwrap();
        config::confirm(&world.ctx, &world.second, id, seen.as_deref()).await.unwrap();
        config::publish(&world.ctx, &world.author, id, seen.as_deref()).await.unwrap();
        let before = rows_in(&world.ctx.store, "config_row").await;
        assert_eq!(before, count + 4, "with the first price, the tax basis and two tiers");
        let changed = row(None, json!({ "product": first + 777, "price": "151" }));
        assert_eq!(world.publish(world.price_list, vec![changed], Submission::default()).await.unwrap(), 3);
        assert_eq!(rows_in(&world.ctx.store, "config_row").await, before + 1, "{}", db.engine);
        let asked = RowsAsked {
            rev: None,
            at: None,
            search: String::new(),
            after: Some("L100776".to_string()),
            limit: Limit::new(Some(2), 5_000).unwrap(),
        };
        let page = config::rows(&world.ctx, &world.author, world.price_list, asked).await.unwrap();
        assert_eq!((page.total, page.n, page.rows.len()), (count + 1, 3, 2));
        assert_eq!(page.rows[0].content["price"], "151.00");
        let limit = Limit::USUAL;
        let diff =
            config::diff(&world.ctx, &world.author, world.price_list, (Some(2), Some(3)), None, limit).await;
        let diff = diff.unwrap();
        assert_eq!((diff.counts.changed, diff.same, diff.changes.len()), (1, count, 1));
        let diff =
            config::diff(&world.ctx, &world.author, world.price_list, (Some(1), Some(3)), None, limit).await;
        let diff = diff.unwrap();
        assert_eq!((diff.counts.added, diff.changes.len(), diff.next.is_some()), (count, 50, true));
    })
    .await;
}
