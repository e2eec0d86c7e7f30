//! All records are compared with their timers by one server, whichever it is, and by another when that one dies.

use app::automation::Runner;
use app::config::Submission;
use store::StoreError;
use store::automation::{self, Comparison};
use testkit::{TEST_DAY, each_engine, forget_rows};

use crate::quoting::clock::{rule_item, silent, timer, with_quote};
use crate::support::World;

async fn comparison(world: &World) -> Comparison {
    let found = world.ctx.store.read(|tx| Box::pin(automation::comparison(tx)));
    let found: Result<Comparison, StoreError> = found.await;
    found.unwrap()
}

async fn ticks(runner: &mut Runner, world: &World) {
    runner.tick(&world.ctx).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_has_compared_no_other_compares_again() {
    each_engine("one compares", async |db| {
        let (world, _) = with_quote(&db).await;
        let other = world.elsewhere(&db).await;
        let mut one = Runner::new(&world.ctx).unwrap();
        let mut two = Runner::new(&other.ctx).unwrap();
        let before = comparison(&world).await;
        assert_eq!(before.done, before.round, "{}: the first has come to its end", db.engine);
        ticks(&mut one, &world).await;
        ticks(&mut two, &other).await;
        assert_eq!(
            comparison(&world).await.round,
            before.round + 2,
            "{}: each once after its start",
            db.engine
        );
        let rows = vec![silent(false)];
        world.publish(rule_item(&world).await, rows, Submission::default()).await.unwrap();
        ticks(&mut two, &other).await;
        ticks(&mut one, &world).await;
        let after = comparison(&world).await;
        assert_eq!((after.round, after.done), (before.round + 3, before.round + 3), "{}", db.engine);
        assert!(timer(&world, domain::automation::QUOTE_SILENT).await.is_none());
        ticks(&mut one, &world).await;
        ticks(&mut two, &other).await;
        assert_eq!(comparison(&world).await, after, "{}: nothing has changed since", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_dies_while_it_compares_is_followed_by_another_when_its_lease_ends() {
    each_engine("comparing dies", async |db| {
        let (world, _) = with_quote(&db).await;
        forget_rows(&world.ctx.store, "timer").await;
        let round = comparison(&world).await.round;
        let begun = world.ctx.store.change(move |tx| {
            Box::pin(automation::begin_comparison(tx, TEST_DAY, round, "a server that dies"))
        });
        let begun: Result<bool, StoreError> = begun.await;
        assert!(begun.unwrap(), "{}", db.engine);
        let late = world.ctx.store.change(move |tx| {
            Box::pin(automation::begin_comparison(tx, TEST_DAY, round, "another in the same moment"))
        });
        let late: Result<bool, StoreError> = late.await;
        assert!(!late.unwrap(), "{}: one begins", db.engine);
        let mut runner = Runner::new(&world.ctx).unwrap();
        ticks(&mut runner, &world).await;
        assert!(timer(&world, "quote_silent").await.is_none(), "{}: the lease holds", db.engine);
        world.clock.set(TEST_DAY.plus_ms(automation::LEASE_MS));
        ticks(&mut runner, &world).await;
        assert!(timer(&world, "quote_silent").await.is_some(), "{}", db.engine);
        let gone = world.ctx.store.change(move |tx| {
            Box::pin(async move {
                let own = (round + 1, "a server that dies");
                automation::hold_comparison(tx, TEST_DAY, own).await
            })
        });
        let gone: Result<bool, StoreError> = gone.await;
        assert!(!gone.unwrap(), "{}: it has passed into other hands", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_told_to_stop_amid_the_records_leaves_them_to_another() {
    each_engine("comparing stops", async |db| {
        let (world, _) = with_quote(&db).await;
        forget_rows(&world.ctx.store, "timer").await;
        let (_stop, told) = tokio::sync::watch::channel(true);
        let mut stopped = Runner::new(&world.ctx).unwrap().told_by(told.clone());
        ticks(&mut stopped, &world).await;
        let begun = comparison(&world).await;
        assert!(begun.done < begun.round, "{}: it has come to no end", db.engine);
        assert!(timer(&world, "quote_silent").await.is_none(), "{}", db.engine);
        app::automation::run(world.ctx.clone(), told).await;
        assert_eq!(
            comparison(&world).await,
            begun,
            "{}: a clock that is told to stop begins nothing",
            db.engine
        );
        world.clock.set(TEST_DAY.plus_ms(automation::LEASE_MS));
        ticks(&mut Runner::new(&world.ctx).unwrap(), &world).await;
        assert!(timer(&world, "quote_silent").await.is_some(), "{}", db.engine);
    })
    .await;
}
