//! A failure at every write of issuing and signing leaves nothing half done, and no number is lost.

use app::quotes;
use testkit::each_engine;

use crate::support::{World, code};

const TABLES: [&str; 8] = [
    "quote_frozen",
    "quote_revision",
    "number_series",
    "sales_order",
    "outbox",
    "event",
    "quote_chain",
    "quote_line",
];

async fn counts(world: &World) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in TABLES {
        counts.push(world.count(table).await);
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_of_issuing_leaves_the_draft_as_it_was() {
    each_engine("issue faults", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let first = world.issued().await.head.id;
        let draft = quotes::revise_quote(&world.ctx, &world.seller, first).await.unwrap();
        let other = world.drafted().await;
        for id in [draft.head.id, other.head.id] {
            let before = (counts(&world).await, world.reads(id).await, world.reads(first).await);
            let mut failed = 0;
            for nth in 1.. {
                world.ctx.store.fail_at_write(nth);
                let outcome = world.issues(id).await;
                world.ctx.store.fail_at_write(0);
                if outcome.is_ok() {
                    break;
                }
                assert_eq!(code(&outcome), "internal", "write {nth}");
                failed = nth;
                let after = (counts(&world).await, world.reads(id).await, world.reads(first).await);
                assert_eq!(after.0, before.0, "write {nth} {}", db.engine);
                assert_eq!((&after.1.head, &after.2.head), (&before.1.head, &before.2.head), "write {nth}");
            }
            assert!(failed >= 6, "only {failed} writes were tried");
        }
        assert_eq!(world.reads(other.head.id).await.head.number.as_deref(), Some("SZ26-000002"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_of_signing_leaves_the_quotation_unsigned() {
    each_engine("sign faults", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.issued().await.head.id;
        let file = world.photo(&world.seller, "签字页").await;
        let before = (counts(&world).await, world.reads(id).await);
        let mut failed = 0;
        for nth in 1.. {
            let request = quotes::SignRequest {
                signed_day: world.day(0).to_string(),
                signer: "王小明".to_string(),
                file: file.clone(),
            };
            world.ctx.store.fail_at_write(nth);
            let outcome = quotes::sign_quote(&world.ctx, &world.seller, id, request).await;
            world.ctx.store.fail_at_write(0);
            if let Ok(signed) = outcome {
                assert_eq!(signed.order.number, "SZ26-D000001", "{}", db.engine);
                break;
            }
            failed = nth;
            let after = (counts(&world).await, world.reads(id).await);
            assert_eq!((&after.0, &after.1.head), (&before.0, &before.1.head), "write {nth} {}", db.engine);
        }
        assert!(failed >= 4, "only {failed} writes were tried");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_of_saving_keeps_the_lines_that_were_there() {
    each_engine("save faults", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        for nth in 1.. {
            let lines =
                vec![world.line("a", world.paint, "1", "箱"), world.line("b", world.paint, "2", "桶")];
            world.ctx.store.fail_at_write(nth);
            let outcome = world.saves(&draft, lines).await;
            world.ctx.store.fail_at_write(0);
            if outcome.is_ok() {
                assert!(nth >= 3, "{}", db.engine);
                break;
            }
            let after = world.reads(draft.head.id).await;
            assert_eq!((after.head, after.lines.len()), (draft.head.clone(), 1), "write {nth}");
        }
    })
    .await;
}
