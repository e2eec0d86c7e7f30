//! One seed and one day make one company, row by row.
#![allow(clippy::unwrap_used)]

use demo::{Props, Size};
use domain::base::{Date, Instant};
use store::{Clock, Durability, StoreOptions};
use testkit::Dump;

async fn made_on(today: Date, size: Size) -> Dump {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing_at(Instant(0));
    let durability = Durability::WhenClosed;
    let options = StoreOptions { clock: clock.clone(), durability, ..StoreOptions::default() };
    let store = store::open_sqlite(folder.path(), options).await.unwrap();
    demo::build(store, &clock, size, today, Props::default()).await.unwrap();
    testkit::dump(folder.path())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_day_makes_the_same_company_and_another_day_another_one() {
    let day = |day| Date::new(2026, 11, day).unwrap();
    let small = async |on| made_on(day(on), Size::Small).await;
    let (first, again, later) = (small(20).await, small(20).await, small(21).await);
    for (table, rows) in &first {
        assert!(again[table] == *rows, "{table} differs");
    }
    assert!(first["quote"].len() > 20 && first["sales_order"].len() > 5 && first["config_rev"].len() >= 3);
    assert!(later["quote"] != first["quote"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_years_come_out_the_same_twice() {
    let today = Date::new(2026, 11, 24).unwrap();
    let (first, again) = (made_on(today, Size::Sample).await, made_on(today, Size::Sample).await);
    for (table, rows) in &first {
        assert!(again[table] == *rows, "{table} differs");
    }
    assert!(first["quote"].len() > 1_500 && first["release"].len() >= 10);
}
