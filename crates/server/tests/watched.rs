//! What is told, without anybody asking for it, when the clock is behind or the database was taken away.

use serde_json::{Value, json};
use testkit::{Place, TEST_DAY, each_engine};

use crate::world::World;

const DAY_MS: i64 = 24 * 3_600_000;

async fn metrics(world: &World) -> String {
    String::from_utf8(world.stranger().get("/metrics").await.bytes).unwrap()
}

async fn ready(world: &World) -> Value {
    world.stranger().get("/readyz").await.ok(200)["status"].clone()
}

/// What 今天 says of the clock.
async fn today(world: &World, account: &str) -> Value {
    world.of(account).get("/api/today").await.ok(200)["clock"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_behind_is_told_before_anybody_issues() {
    each_engine("clock told", async |db| {
        let world = World::new(db).await;
        assert_eq!(today(&world, "administrator").await, Value::Null);
        world.db.clock.set(TEST_DAY.plus_ms(2 * DAY_MS));
        world.of("seller").post("/api/customers", json!({"name": "万达"})).await.ok(201);
        assert_eq!(ready(&world).await, "ok");
        world.db.clock.set(TEST_DAY);
        assert_eq!(ready(&world).await, "clock_behind");
        let told = metrics(&world).await;
        assert!(told.lines().any(|line| line == "huxi_clock_behind_seconds 172800"), "{told}");
        for account in ["administrator", "owner"] {
            let said = today(&world, account).await;
            let said = said.as_str().unwrap_or_default();
            assert!(said.contains("慢了 2 天") && said.contains("huxi clock --accept"), "{account}: {said}");
        }
        assert_eq!(today(&world, "seller").await, Value::Null, "nobody else can do anything about it");
        // Two minutes are borne.
        world.db.clock.set(TEST_DAY.plus_ms(2 * DAY_MS - 120_000));
        assert_eq!(ready(&world).await, "ok");
        assert_eq!(today(&world, "administrator").await, Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_taken_away_is_told_and_nothing_is_acknowledged_until_it_is_back() {
    each_engine("taken away", async |db| {
        let Place::Folder(folder) = db.place.clone() else { return };
        let world = World::new(db).await;
        let (database, away) = (folder.join("huxi.db"), folder.join("away"));
        let makes = async |name: &str| world.of("seller").post("/api/customers", json!({"name": name})).await;
        makes("万达").await.ok(201);
        assert_eq!(ready(&world).await, "ok");
        assert!(metrics(&world).await.contains("huxi_database_in_place 1"));
        std::fs::rename(&database, &away).unwrap();
        let told = makes("恒泰").await.refused(503, "database_gone");
        let detail = told["detail"].as_str().unwrap();
        assert!(detail.contains("没有保存") && detail.contains("从备份恢复"), "{detail}");
        let told = world.of("seller").get("/api/customers").await.refused(503, "database_gone");
        assert!(told["detail"].as_str().unwrap().contains("没有读到内容"), "{told}");
        world.stranger().get("/readyz").await.refused(503, "database_gone");
        let text = metrics(&world).await;
        assert!(text.contains("huxi_database_in_place 0") && text.contains("huxi_database_up 0"), "{text}");
        std::fs::rename(&away, &database).unwrap();
        assert_eq!(ready(&world).await, "ok");
        makes("恒泰").await.ok(201);
        let found = world.of("owner").get("/api/customers").await.ok(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 2);
    })
    .await;
}
