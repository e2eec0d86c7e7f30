//! The tree of places: it grows, its names are used once, and a place closes when nothing hangs on it.

use app::access::orgs::{self, NewOrg};
use app::access::people::{self, NewAccount};
use domain::access::OrgKind;
use serde_json::json;
use testkit::each_engine;

use crate::world::World;

const PASSWORD: &str = "第一个密码有八位";

#[tokio::test]
async fn the_tree_grows_beneath_the_head_office() {
    each_engine("tree", async |db| {
        let world = World::new(db).await;
        let administrator = world.of("administrator");
        let suzhou = world.suzhou.id.0;
        let body = |parent: i64, kind: &str, code: &str| {
            json!({"parent_id": parent, "kind": kind, "name": "昆山", "code": code})
        };
        let made = administrator.post("/api/orgs", body(suzhou, "branch", "ks")).await.ok(201);
        assert_eq!((&made["code"], &made["depth"]), (&json!("KS"), &json!(2)));
        let branch = made["id"].as_i64().unwrap();
        administrator.post("/api/orgs", body(suzhou, "branch", "KS")).await.refused(409, "org_code_taken");
        administrator.post("/api/orgs", body(branch, "branch", "KA")).await.refused(422, "invalid");
        administrator.post("/api/orgs", body(suzhou, "region", "KA")).await.refused(422, "invalid");
        administrator.post("/api/orgs", body(suzhou, "hq", "KA")).await.refused(422, "invalid");
        administrator.post("/api/orgs", body(suzhou, "branch", "K1")).await.refused(422, "invalid");
        let seen = world.of("region_manager").get("/api/orgs").await.ok(200);
        assert_eq!(seen["items"].as_array().unwrap().len(), 2);
        assert_eq!(world.of("owner").get("/api/orgs").await.ok(200)["items"].as_array().unwrap().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_used_once_and_a_place_closes_when_nothing_hangs_on_it() {
    each_engine("names and closing", async |db| {
        let world = World::new(db).await;
        let (administrator, suzhou) = (world.of("administrator"), world.suzhou.id.0);
        let body = |name: &str, code: &str| json!({"parent_id": suzhou, "kind": "branch", "name": name, "code": code});
        let made = administrator.post("/api/orgs", body("昆山", "KS")).await.ok(201);
        let path = |act: &str| format!("/api/orgs/{}/{act}", made["id"]);
        let named = |name: &str| json!({"name": name});
        administrator.post("/api/orgs", body("昆山", "KA")).await.refused(409, "org_name_taken");
        administrator.post(&path("name"), named("苏州")).await.refused(409, "org_name_taken");
        administrator.post(&path("name"), named("昆山")).await.ok(200);
        let busy = administrator.post(&format!("/api/orgs/{suzhou}/close"), json!({})).await;
        assert_eq!(busy.refused(409, "org_in_use")["facts"]["orgs"], json!(1));
        administrator.post("/api/orgs/1/close", json!({})).await.refused(409, "head_office_stays");
        administrator.post(&path("close"), json!({})).await.ok(200);
        // Nobody comes to a closed place, and its name is free.
        let late = json!({
            "account": "late", "name": "晚到", "org_id": made["id"], "role_ids": ["seller"], "password": PASSWORD,
        });
        administrator.post("/api/people", late.clone()).await.refused(409, "org_closed");
        administrator.post("/api/orgs", body("昆山", "KB")).await.ok(201);
        administrator.post(&path("reopen"), json!({})).await.refused(409, "org_name_taken");
        administrator.post(&path("name"), named("苏州")).await.refused(409, "org_name_taken");
        administrator.post(&path("name"), named("昆山老店")).await.ok(200);
        let opened = administrator.post(&path("reopen"), json!({})).await.ok(200);
        assert_eq!((&opened["name"], &opened["closed"]), (&json!("昆山老店"), &json!(false)));
        administrator.post("/api/people", late).await.ok(201);
        let listed = administrator.get("/api/orgs").await.ok(200);
        let of = |id: &serde_json::Value| {
            let found = listed["items"].as_array().unwrap().iter().find(|org| org["id"] == *id).unwrap();
            (found["people"].as_i64().unwrap(), found["managers"].as_i64().unwrap())
        };
        assert_eq!(of(&made["id"]), (1, 0));
        assert_eq!(of(&json!(suzhou)).1, 1, "the manager of the region");
        administrator.post(&path("close"), json!({})).await.refused(409, "org_in_use");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_ends_up_in_a_place_that_is_closed_at_the_same_moment() {
    each_engine("closing at once", async |db| {
        let world = World::new(db).await;
        let administrator = world.actor("administrator").await;
        for round in 0..6_u8 {
            let (name, code) = (format!("试开{round}"), format!("T{}", char::from(b'A' + round)));
            let new = NewOrg { parent: world.suzhou.id, kind: OrgKind::Branch, name, code };
            let org = orgs::create(&world.ctx, &administrator, new).await.unwrap().id;
            let account = NewAccount {
                account: format!("late{round}"),
                name: "晚到".to_string(),
                phone: String::new(),
                org,
                role_keys: vec!["seller".to_string()],
                password: PASSWORD.to_string(),
            };
            let (closed, came) = tokio::join!(
                orgs::close(&world.ctx, &administrator, org),
                people::create(&world.ctx, &administrator, account)
            );
            assert_ne!(closed.is_ok(), came.is_ok(), "round {round}: {closed:?}, {came:?}");
        }
    })
    .await;
}
