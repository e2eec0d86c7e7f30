//! A list that passes from one region to another: each revision and each draft is there for those whom it names itself.

use app::config::{self, DraftRowsAsked, DraftsAsked, RowInput, RowsAsked, Submission};
use domain::access::Actor;
use domain::base::{DraftId, ItemId, Limit, OrgId};
use domain::config::Counts;
use domain::pricing::PriceClass;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::support::{HOUR, World, code, row};

/// A contract of head office for a customer of the first region, published; its draft for the other region; the manager
/// there.
struct Passing {
    contract: ItemId,
    draft: DraftId,
    elsewhere: Actor,
}

fn head(whom: Value) -> RowInput {
    row(Some(""), json!({ "includes_tax": true, "class": "contract", "for": whom }))
}

impl Passing {
    async fn of(world: &World) -> Passing {
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        let (elsewhere, region): (Actor, OrgId) = world.manager_elsewhere().await;
        let (contract, draft) = world.made(&world.author, PriceClass::Contract, world.hq, "年度合同").await;
        let rows =
            vec![head(json!({ "customers": [customer] })), world.paint_at("119"), world.putty_at("41")];
        world.puts(&world.author, draft, rows).await;
        world.brings_out(&world.author, draft).await.unwrap();
        world.at_hour(1);
        let draft = config::create_draft(&world.ctx, &world.author, contract, "转给南京").await.unwrap();
        world.puts(&world.author, draft, vec![head(json!({ "regions": [region] }))]).await;
        Passing { contract, draft, elsewhere }
    }
}

fn asked(rev: Option<i64>, hour: Option<i64>) -> RowsAsked {
    let at = hour.map(|hour| testkit::TEST_DAY.plus_ms(hour * HOUR));
    RowsAsked { rev, at, search: String::new(), after: None, limit: Limit::USUAL }
}

#[tokio::test]
async fn a_draft_is_there_for_those_whom_it_names_and_tells_them_nothing_of_what_was_before() {
    each_engine("draft of others", async |db| {
        let world = World::new(&db).await;
        let Passing { contract, draft, elsewhere } = Passing::of(&world).await;
        world.puts(&world.author, draft, vec![world.putty_at("39")]).await;
        let of = |actor: &Actor| (world.ctx.clone(), actor.clone());
        for (actor, said) in [(&world.author, "ok"), (&elsewhere, "ok"), (&world.manager, "not_found")] {
            let (ctx, actor) = of(actor);
            let place = format!("{} {}", db.engine, actor.name);
            assert_eq!(code(&config::draft(&ctx, &actor, draft).await), said, "{place}");
            let diff = config::draft_diff(&ctx, &actor, draft, (None, Limit::USUAL)).await;
            assert_eq!(code(&diff), said, "{place}");
            assert_eq!(code(&config::checks(&ctx, &actor, draft).await), said, "{place}");
            let listed =
                config::drafts(&ctx, &actor, DraftsAsked::default(), None, Limit::USUAL).await.unwrap();
            assert_eq!(listed.0.iter().any(|it| it.draft.id == draft), said == "ok", "{place}");
        }
        // The other region reads the prices that would be its own, and none that are the first region's.
        let everything =
            DraftRowsAsked { search: String::new(), changed_only: true, after: None, limit: Limit::USUAL };
        let rows = config::draft_rows(&world.ctx, &elsewhere, draft, everything).await.unwrap();
        let diff = config::draft_diff(&world.ctx, &elsewhere, draft, (None, Limit::USUAL)).await.unwrap();
        let counts = config::draft(&world.ctx, &elsewhere, draft).await.unwrap().counts;
        assert_eq!((rows.total, diff.from_n, counts), (3, None, diff.counts), "{}", db.engine);
        assert_eq!(counts, Counts { added: 2, changed: 0, removed: 0 });
        let told = format!("{rows:?} {diff:?}");
        assert!(told.contains("39") && told.contains("119"), "{told}");
        assert!(rows.rows.iter().all(|row| row.change.before.is_none()), "{told}");
        // Of the list there is the draft alone.
        let item = config::item(&world.ctx, &elsewhere, contract).await.unwrap();
        assert!(item.in_force.is_none() && item.open_drafts == 1, "{item:?}");
        let found = config::rows(&world.ctx, &elsewhere, contract, asked(None, None)).await.unwrap();
        assert_eq!((found.total, found.n), (0, 0), "{}", db.engine);
        let item = config::item(&world.ctx, &world.manager, contract).await.unwrap();
        assert!(item.in_force.is_some() && item.open_drafts == 0, "{item:?}");
    })
    .await;
}

#[tokio::test]
async fn a_revision_is_there_for_those_whom_it_names_and_for_nobody_else() {
    each_engine("revision of others", async |db| {
        let world = World::new(&db).await;
        let Passing { contract, draft, elsewhere } = Passing::of(&world).await;
        world.brings_out(&world.author, draft).await.unwrap();
        let ctx = &world.ctx;
        for (actor, said, known) in [(&world.author, "ok", vec![2, 1]), (&elsewhere, "not_found", vec![2])] {
            let place = format!("{} {}", db.engine, actor.name);
            let rows = async |rev, hour| code(&config::rows(ctx, actor, contract, asked(rev, hour)).await);
            assert_eq!((rows(Some(1), None).await, rows(None, Some(0)).await), (said, said), "{place}");
            assert_eq!((rows(Some(2), None).await, rows(None, Some(1)).await), ("ok", "ok"), "{place}");
            let diff = async |from, to| {
                code(&config::diff(ctx, actor, contract, (Some(from), Some(to)), None, Limit::USUAL).await)
            };
            assert_eq!((diff(1, 2).await, diff(2, 1).await), (said, said), "{place}");
            assert_eq!(diff(2, 2).await, "ok", "{place}");
            let first = code(&config::revision(ctx, actor, contract, 1).await);
            let written = config::export_item(ctx, actor, contract, Some(1)).await;
            assert_eq!((first, code(&written) == "not_found"), (said, said == "not_found"), "{place}");
            let (listed, _) = config::revisions(ctx, actor, contract, None, Limit::USUAL).await.unwrap();
            assert_eq!(listed.iter().map(|it| it.row.n).collect::<Vec<_>>(), known, "{place}");
            let (released, _) = config::releases(ctx, actor, None, None, Limit::USUAL).await.unwrap();
            let lines = released.iter().flat_map(|it| it.release.items.iter());
            let of_contract: Vec<_> = lines.filter(|it| it.item == contract).map(|it| it.n).collect();
            assert_eq!(of_contract, known, "{place}");
        }
        assert_eq!(code(&config::item(ctx, &world.manager, contract).await), "not_found", "{}", db.engine);
    })
    .await;
}

#[tokio::test]
async fn prices_of_a_product_follow_whom_the_list_is_for_while_it_is_in_force() {
    each_engine("prices of others", async |db| {
        let world = World::new(&db).await;
        let Passing { contract, draft, elsewhere } = Passing::of(&world).await;
        world.brings_out(&world.author, draft).await.unwrap();
        let hour = |hour: i64| testkit::TEST_DAY.plus_ms(hour * HOUR);
        // The row was written by the first revision and never changed.
        for (actor, now, past) in [
            (&world.author, vec![(1, hour(0), None)], vec![]),
            (&elsewhere, vec![(2, hour(1), None)], vec![]),
            (&world.manager, vec![], vec![(1, hour(0), Some(hour(1)))]),
        ] {
            let prices = config::product_prices(&world.ctx, actor, world.paint).await.unwrap();
            let of = |prices: &[config::ListedPrice]| {
                let own = prices.iter().filter(|price| price.item == contract);
                own.map(|it| (it.n, it.effective_at, it.ended_at)).collect::<Vec<_>>()
            };
            assert_eq!((of(&prices.now), of(&prices.past)), (now, past), "{} {}", db.engine, actor.name);
            assert!(of(&prices.upcoming).is_empty(), "{} {}", db.engine, actor.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_revision_is_there_for_those_whom_it_named() {
    each_engine("cancelled for others", async |db| {
        let world = World::new(&db).await;
        let Passing { contract, draft, elsewhere } = Passing::of(&world).await;
        let asked =
            Submission { effective_at: Some(world.at_hour(1).plus_ms(HOUR)), ..Submission::default() };
        config::submit(&world.ctx, &world.author, draft, asked).await.unwrap();
        let seen = world.risk_mark(&world.second, draft).await.unwrap();
        config::confirm(&world.ctx, &world.second, draft, seen.as_deref()).await.unwrap();
        config::publish(&world.ctx, &world.second, draft, seen.as_deref()).await.unwrap();
        let known = async |actor: &Actor| {
            let (released, _) = config::releases(&world.ctx, actor, None, None, Limit::USUAL).await.unwrap();
            let lines = released.iter().flat_map(|it| it.release.items.iter());
            lines.filter(|it| it.item == contract).map(|it| it.n).collect::<Vec<_>>()
        };
        assert_eq!(
            (known(&elsewhere).await, known(&world.manager).await),
            (vec![2], vec![1]),
            "{}",
            db.engine
        );
        // While it waits, each reads of the list what is theirs.
        let item = config::item(&world.ctx, &elsewhere, contract).await.unwrap();
        assert!(item.in_force.is_none() && item.queued.len() == 1, "{item:?}");
        let item = config::item(&world.ctx, &world.manager, contract).await.unwrap();
        assert!(item.in_force.is_some() && item.queued.is_empty(), "{item:?}");
        let release = config::revision(&world.ctx, &world.author, contract, 2).await.unwrap().row.release;
        config::cancel_release(&world.ctx, &world.second, release, "不转了").await.unwrap();
        assert_eq!(
            (known(&elsewhere).await, known(&world.manager).await),
            (vec![2], vec![1]),
            "{}",
            db.engine
        );
        let (listed, _) =
            config::revisions(&world.ctx, &world.manager, contract, None, Limit::USUAL).await.unwrap();
        assert_eq!(listed.iter().map(|it| it.row.n).collect::<Vec<_>>(), [1], "{}", db.engine);
    })
    .await;
}
