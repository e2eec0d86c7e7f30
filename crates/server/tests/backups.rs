//! The page of backups: what lies there, what the log says of it, and one more on demand.

use serde_json::json;
use testkit::each_engine;

use crate::world::{World, new_key};

#[tokio::test]
async fn an_administrator_sees_each_backup_with_what_was_found_and_the_last_failure_in_words() {
    each_engine("backups", async |db| {
        let world = World::new(db).await;
        let listed = async || world.of("administrator").get("/api/backups").await.ok(200);
        let first = listed().await;
        let unnoted = json!({"name": "huxi-20261124-033000.zip", "made_at": testkit::TEST_DAY.0, "bytes": 4_096,
            "missing": null});
        assert_eq!(first["items"], json!([unnoted]));
        assert_eq!((&first["minute"], &first["keeps"], &first["failed"]), (&json!(210), &json!(7), &json!(null)));
        app::backups::note_failed(&world.ctx, "磁盘满了").await.unwrap();
        assert_eq!(listed().await["failed"]["reason"], "磁盘满了");
        world.db.clock.set(testkit::TEST_DAY.plus_ms(60_000));
        app::backups::note_made(&world.ctx, "huxi-20261124-033000.zip", 4_096, 2).await.unwrap();
        let later = listed().await;
        assert_eq!((&later["items"][0]["missing"], &later["failed"]), (&json!(2), &json!(null)));
    })
    .await;
}

#[tokio::test]
async fn a_backup_is_made_on_demand_once_noted_with_who_asked_and_never_through_a_key() {
    each_engine("backup now", async |db| {
        let world = World::new(db).await;
        let administrator = world.of("administrator");
        assert_eq!(administrator.get("/api/backups").await.ok(200)["making"], false);
        let key = new_key();
        for _ in 0..2 {
            let answer = administrator.post_once("/api/backups", &key, json!({})).await;
            assert_eq!(answer.status, 202, "{}", String::from_utf8_lossy(&answer.bytes));
        }
        assert_eq!(administrator.get("/api/backups").await.ok(200)["making"], true);
        let log = administrator.get("/api/audit?kind=backup.asked").await.ok(200);
        assert_eq!(log["items"].as_array().map(Vec::len), Some(1), "{log}");
        assert!(log["items"][0]["actor"]["name"].is_string(), "{log}");
        let body = json!({"name": "备份", "rights": ["company.write"], "days": 30});
        world.of("administrator").post("/api/keys", body).await.refused(422, "invalid");
    })
    .await;
}
