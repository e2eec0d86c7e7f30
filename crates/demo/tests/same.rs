//! One seed and one day make one company, row by row.

use app::{Ctx, Random, company_zone, quotes};
use demo::{Props, Size};
use domain::base::{Date, Instant, start_of_day};
use store::{Clock, Durability, Store, StoreOptions};
use testkit::Dump;

async fn made_on(today: Date) -> Dump {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing_at(Instant(0));
    let durability = Durability::WhenClosed;
    let options = StoreOptions { clock: clock.clone(), durability, ..StoreOptions::default() };
    let store = store::open_sqlite(folder.path(), options).await.unwrap();
    demo::build(store, &clock, Size::Small, today, Props::default()).await.unwrap();
    testkit::dump(folder.path())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_day_makes_the_same_company_and_another_day_another_one() {
    let day = |day| Date::new(2026, 11, day).unwrap();
    let (first, again, later) = (made_on(day(20)).await, made_on(day(20)).await, made_on(day(21)).await);
    for (table, rows) in &first {
        assert!(again[table] == *rows, "{table} differs");
    }
    assert!(first["quote"].len() > 20 && first["sales_order"].len() > 5 && first["config_rev"].len() >= 3);
    assert!(later["quote"] != first["quote"]);
}

/// The small company on the day that it was made on.
async fn small_company(folder: &std::path::Path, today: Date) -> Store {
    let clock = Clock::standing_at(Instant(0));
    let options = StoreOptions { clock: clock.clone(), ..StoreOptions::default() };
    let store = store::open_sqlite(folder, options).await.unwrap();
    demo::build(store.clone(), &clock, Size::Small, today, Props::default()).await.unwrap();
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newcomer_sees_the_hints_of_first_quotations_and_the_old_hand_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let today = Date::new(2026, 11, 20).unwrap();
    let store = small_company(folder.path(), today).await;
    let ctx = Ctx::new(store, company_zone(), Random::seeded(1));
    for (account, shown, most) in [("xinren", true, 1), ("xiaochen", false, 3)] {
        let actor = ctx.store.read(|tx| {
            Box::pin(async move {
                let person = store::access::account(tx, account).await?.unwrap().person;
                store::access::actor(tx, person).await
            })
        });
        let actor = actor.await.unwrap().unwrap();
        let guide = quotes::guide(&ctx, &actor).await.unwrap();
        assert_eq!(guide.shown(), shown, "{account}: {guide:?}");
        assert!(guide.issued <= most, "{account}: {guide:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_papers_of_the_last_week_are_made_without_being_asked_for() {
    const DAY_MS: i64 = 24 * 3_600 * 1_000;
    let folder = tempfile::tempdir().unwrap();
    let today = Date::new(2026, 11, 20).unwrap();
    let store = small_company(folder.path(), today).await;
    let from = start_of_day(today, &company_zone()).0 - 7 * DAY_MS;
    let issues = testkit::found::issues(&store).await;
    let recent = issues.iter().filter(|at| **at >= from).count();
    let ctx = Ctx::new(store, company_zone(), Random::seeded(1));
    let (waiting, given_up) = app::jobs::waiting(&ctx).await.unwrap();
    assert_eq!((waiting, given_up), (i64::try_from(recent).unwrap(), 0), "of {} papers", issues.len());
    assert!(recent > 0 && recent < issues.len(), "{recent} of {} papers are of the last week", issues.len());
}
