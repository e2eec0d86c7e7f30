//! One seed and one day make one company, row by row.
#![allow(clippy::unwrap_used)]

use app::{Ctx, Random, company_zone, quotes};
use demo::{Props, Size};
use domain::base::{Date, Instant};
use store::{Clock, Durability, StoreOptions};
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

#[tokio::test(flavor = "multi_thread")]
async fn the_newcomer_sees_the_hints_of_first_quotations_and_the_old_hand_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing_at(Instant(0));
    let options = StoreOptions { clock: clock.clone(), ..StoreOptions::default() };
    let store = store::open_sqlite(folder.path(), options).await.unwrap();
    let today = Date::new(2026, 11, 20).unwrap();
    demo::build(store.clone(), &clock, Size::Small, today, Props::default()).await.unwrap();
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
