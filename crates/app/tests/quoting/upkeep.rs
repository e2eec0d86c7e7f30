//! What a start and an administrator put right: missing items, and a clock that once ran ahead.

use app::{access, clock, config};
use domain::access::{Reach, Right};
use domain::config::Kind;
use serde_json::json;
use store::config::SHIPPED_KEY;
use testkit::{TEST_DAY, each_engine};

use crate::support::{DAY, World, code};

#[tokio::test(flavor = "multi_thread")]
async fn a_company_that_is_set_up_gets_the_items_of_kinds_that_came_later() {
    each_engine("missing items", async |db| {
        let world = World::new(&db).await;
        assert_eq!(config::ship_missing(&world.ctx).await.unwrap(), [], "{}", db.engine);
        testkit::forget_items(&db.store, Kind::Tier.key()).await;
        let made = config::ship_missing(&world.ctx).await.unwrap();
        assert_eq!(made.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [Kind::Tier]);
        assert_eq!(config::ship_missing(&world.ctx).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standard_item_is_found_behind_a_thousand_others_and_only_at_head_office() {
    each_engine("missing item behind many", async |db| {
        let world = World::new(&db).await;
        testkit::forget_items(&db.store, Kind::Tier.key()).await;
        let (hq, region) = (world.hq, world.region.id);
        let many = db.store.change(move |tx| {
            Box::pin(async move {
                for n in 0..1_000 {
                    let (key, name) = (format!("made-{n}"), format!("合同价 {n}"));
                    store::config::insert_item(tx, Kind::PriceList, hq, &key, &name, TEST_DAY).await?;
                }
                // A region's own item of the kind stands for nobody else.
                store::config::insert_item(tx, Kind::Tier, region, SHIPPED_KEY, "大区的", TEST_DAY).await
            })
        });
        many.await.unwrap();
        let made = config::ship_missing(&world.ctx).await.unwrap();
        assert_eq!(made.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [Kind::Tier], "{}", db.engine);
        assert_eq!(config::ship_missing(&world.ctx).await.unwrap(), [], "{}", db.engine);
        // Nor does the list of what people work on end silently.
        let seen = config::items(&world.ctx, &world.author, None).await.unwrap();
        assert!(seen.len() > 1_000, "{}: {}", db.engine, seen.len());
        assert!(seen.iter().any(|it| it.item.id == made[0].1), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_came_later_reaches_the_roles_of_a_company_that_is_set_up() {
    each_engine("missing rights", async |db| {
        let world = World::new(&db).await;
        assert_eq!(access::ship_missing(&world.ctx).await.unwrap(), [], "{}", db.engine);
        testkit::forget_right(&db.store, Right::ConfigVoid.key()).await;
        testkit::narrow_right(&db.store, Right::OrderRead.key()).await;
        let shipped = access::ship_missing(&world.ctx).await.unwrap();
        assert_eq!(shipped, [("hq_operations", vec![(Right::ConfigVoid, Reach::All)])], "{}", db.engine);
        let author = world.author.person;
        let actor = db.store.read(|tx| Box::pin(store::access::actor(tx, author))).await.unwrap().unwrap();
        assert!(actor.has(Right::ConfigVoid), "{}", db.engine);
        assert_eq!(actor.scope(Right::OrderRead).unwrap().path, None, "what the company changed stays");
        assert_eq!(access::ship_missing(&world.ctx).await.unwrap(), [], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_a_company_took_from_everybody_stays_away_at_every_start() {
    each_engine("taken rights", async |db| {
        let world = World::new(&db).await;
        testkit::take_right(&db.store, Right::ViewAs.key()).await;
        testkit::take_right(&db.store, Right::QuoteIssueBelowFloor.key()).await;
        for _ in 0..2 {
            assert_eq!(access::ship_missing(&world.ctx).await.unwrap(), [], "{}", db.engine);
        }
        let given = db.store.read(|tx| Box::pin(store::access::rights_given(tx))).await.unwrap();
        for right in [Right::ViewAs, Right::QuoteIssueBelowFloor] {
            assert!(!given.contains(right.key()), "{} is back on {}", right.key(), db.engine);
        }
        // A right that comes with a newer program is new all the same, and given once.
        testkit::forget_right(&db.store, Right::ConfigVoid.key()).await;
        assert_eq!(access::ship_missing(&world.ctx).await.unwrap().len(), 1, "{}", db.engine);
        testkit::take_right(&db.store, Right::ConfigVoid.key()).await;
        assert_eq!(access::ship_missing(&world.ctx).await.unwrap(), [], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_from_before_the_right_to_look_after_all_accounts_gets_it_where_the_log_is_read() {
    each_engine("people all", async |db| {
        let world = World::new(&db).await;
        testkit::forget_right(&db.store, Right::PeopleAll.key()).await;
        let shipped = access::ship_missing(&world.ctx).await.unwrap();
        let given = vec![(Right::PeopleAll, Reach::All)];
        assert_eq!(shipped, [("owner", given.clone()), ("administrator", given)], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_gets_nothing_before_it_is_set_up() {
    each_engine("no company", async |db| {
        let ctx = app::Ctx::new(db.store.clone(), app::company_zone(), app::Random::seeded(1));
        assert_eq!(config::ship_missing(&ctx).await.unwrap(), []);
        assert_eq!(access::ship_missing(&ctx).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_once_ran_ahead_is_accepted_and_work_goes_on() {
    each_engine("accept clock", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.on_day(96);
        let ahead = world.drafted().await;
        world.issues(ahead.head.id).await.unwrap();
        world.on_day(1);
        let draft = world.drafted().await;
        assert_eq!(code(&world.issues(draft.head.id).await), "clock_behind", "{}", db.engine);
        let seen = clock::read_clock(&world.ctx).await.unwrap();
        assert_eq!((seen.now, seen.behind_ms), (TEST_DAY.plus_ms(DAY), 95 * DAY));
        assert_eq!(clock::accept_clock(&world.ctx, "校时").await.unwrap(), seen);
        assert_eq!(world.ctx.moment().await.unwrap().now, TEST_DAY.plus_ms(DAY));
        let issued = world.issues(draft.head.id).await.unwrap();
        assert_eq!(issued.head.issued_at, Some(TEST_DAY.plus_ms(DAY)));
        // From here on the clock is held to what was logged since.
        world.on_day(0);
        let again = world.drafted().await;
        assert_eq!(code(&world.issues(again.head.id).await), "clock_behind");
        world.on_day(1);
        let nothing = clock::accept_clock(&world.ctx, "校时").await.unwrap();
        assert_eq!(nothing.behind_ms, 0);
        let log = world.ctx.store.read(|tx| Box::pin(store::events::of_entity(tx, "company", 1, None, 50)));
        let log = log.await.unwrap();
        let accepted: Vec<_> = log.iter().filter(|event| event.kind == "clock.accepted").collect();
        assert_eq!(accepted.len(), 1);
        assert_eq!(accepted[0].facts["reason"], json!("校时"));
        assert_eq!(accepted[0].facts["behind_ms"], json!(95 * DAY));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_and_sign_ins_do_not_wait_for_the_day_to_which_the_clock_ran() {
    each_engine("accept clock effects", async |db| {
        let (world, printer) = World::new(&db).await.with_printer();
        world.first_prices().await;
        world.on_day(30);
        let id = world.drafted().await.head.id;
        world.issues(id).await.unwrap();
        db.store
            .change(|tx| {
                Box::pin(async move {
                    store::sessions::note_failure(tx, "account:x", TEST_DAY.plus_ms(30 * DAY)).await
                })
            })
            .await
            .unwrap();
        world.on_day(1);
        clock::accept_clock(&world.ctx, "校时").await.unwrap();
        assert_eq!(world.count("sign_in_failure").await, 0, "{}", db.engine);
        app::jobs::run_due(&world.ctx).await.unwrap();
        assert_eq!(printer.prints.load(std::sync::atomic::Ordering::SeqCst), 1);
    })
    .await;
}
