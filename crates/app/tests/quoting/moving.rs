//! A company that is carried from SQLite to PostgreSQL goes on where it stood.

use app::{Ctx, Random, integrity, quotes};
use store::StoreOptions;
use testkit::{Place, TEST_DAY, beside_postgres};

use crate::quoting::clock::{SILENT, silent_tasks, tick, with_quote};
use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_flight_goes_on_where_it_stood() {
    beside_postgres("moved company", async |db, url| {
        let (world, first) = with_quote(&db).await;
        let draft = world.drafted().await.head.id;
        let deleted = world.drafted().await.head;
        quotes::delete_quote(&world.ctx, &world.seller, deleted.id, deleted.version).await.unwrap();
        let options = StoreOptions { clock: db.clock.clone(), ..StoreOptions::default() };
        let there = store::open_postgres(&url, options).await.unwrap();
        let ctx = Ctx::new(there, world.ctx.zone.clone(), Random::seeded(8));
        let moved = World { ctx, ..world };
        // Nobody works in the folder any more.
        drop(world.ctx);
        let Place::Folder(folder) = db.place.clone() else { panic!("no folder") };
        drop(db);
        store::moving::carry(&folder, &url, |_| ()).await.unwrap();

        assert_eq!(moved.reads(first).await.head.number.as_deref(), Some("SZ26-000001"));
        let issued = moved.issues(draft).await.unwrap();
        assert_eq!(issued.head.number.as_deref(), Some("SZ26-000002"), "numbers go on without a gap");
        assert!(moved.drafted().await.head.id > deleted.id, "the id of what was deleted is not given again");
        assert_eq!(moved.paint_costs("132").await.unwrap(), 2, "the next version is published");
        moved.clock.set(TEST_DAY.plus_ms(SILENT));
        tick(&moved.ctx).await;
        tick(&moved.ctx).await;
        assert_eq!(silent_tasks(&moved).await, 2, "the timer of before fires once, as that of after");
        moved.signs(first).await.unwrap();
        let examined = integrity::examine(&moved.ctx.store).await.unwrap();
        assert!(examined.is_whole(), "{:?}", examined.faults);
    })
    .await;
}
