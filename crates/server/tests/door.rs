//! Many at one address: nobody keeps another person there from signing in.

use axum::http::Method;
use serde_json::json;
use testkit::each_engine;

use crate::world::{Answer, World};

const PASSWORD: &str = "第一个密码有八位";
const OFFICE: &str = "203.0.113.7";

/// Sellers with a password, made the ordinary way.
async fn sellers(world: &World, accounts: &[&str]) {
    for account in accounts {
        let body = json!({
            "account": account, "name": account, "org_id": world.suzhou.id.0,
            "role_ids": ["seller"], "password": PASSWORD,
        });
        world.of("personnel").post("/api/people", body).await.ok(201);
    }
}

async fn signs_in(world: &World, address: &str, account: &str, password: &str) -> Answer {
    let body = json!({"account": account, "password": password}).to_string().into_bytes();
    let headers = [("content-type", "application/json"), ("x-forwarded-for", address)];
    world.stranger().send(Method::POST, "/api/session", &headers, body).await
}

/// Asks for the public page to verify a document until the address has to wait.
async fn asks_without_end(world: &World, address: &str) {
    let headers = [("x-forwarded-for", address)];
    for _ in 0..200 {
        let path = "/api/public/verify/AAAAAA";
        if world.stranger().send(Method::GET, path, &headers, Vec::new()).await.status == 429 {
            return;
        }
    }
    panic!("the public page has no end");
}

#[tokio::test]
async fn a_whole_office_signs_in_at_once_whatever_is_asked_for_beside_it() {
    each_engine("office", async |db| {
        let world = World::new(db).await;
        let accounts = ["xiaochen", "xiaoli", "xiaowang"];
        sellers(&world, &accounts).await;
        for round in 0..21 {
            asks_without_end(&world, OFFICE).await;
            for account in accounts {
                let answer = signs_in(&world, OFFICE, account, PASSWORD).await;
                assert_eq!(answer.status, 200, "{} {account} {round}", world.db.engine);
            }
        }
        let headers = [("x-forwarded-for", OFFICE)];
        world.stranger().send(Method::GET, "/api/company", &headers, Vec::new()).await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn who_makes_up_accounts_keeps_nobody_out_who_signs_in_from_there() {
    each_engine("made up", async |db| {
        let world = World::new(db).await;
        sellers(&world, &["xiaochen", "xiaoli"]).await;
        signs_in(&world, OFFICE, "xiaochen", PASSWORD).await.ok(200);
        let (mut compared, mut refused) = (0, 0);
        for n in 0..340 {
            match signs_in(&world, OFFICE, &format!("account{n}"), "falsch-falsch").await.status {
                401 => compared += 1,
                429 => refused += 1,
                other => panic!("{other}"),
            }
        }
        assert_eq!((compared, refused), (40, 300), "{}", world.db.engine);
        // Whom nobody has seen there waits with whoever guesses; elsewhere they are let in.
        signs_in(&world, OFFICE, "xiaoli", PASSWORD).await.refused(429, "slow_down");
        signs_in(&world, "198.51.100.7", "xiaoli", PASSWORD).await.ok(200);
        signs_in(&world, OFFICE, "XiaoChen", PASSWORD).await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn who_is_known_at_an_address_waits_for_their_own_wrong_tries_all_the_same() {
    each_engine("own tries", async |db| {
        let world = World::new(db).await;
        sellers(&world, &["xiaochen"]).await;
        signs_in(&world, OFFICE, "xiaochen", PASSWORD).await.ok(200);
        for _ in 0..4 {
            signs_in(&world, OFFICE, "xiaochen", "falsch-falsch").await.refused(401, "wrong_password");
        }
        signs_in(&world, OFFICE, "xiaochen", PASSWORD).await.refused(429, "slow_down");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_wrong_passwords_at_once_has_hardly_more_compared_than_one_after_the_other() {
    each_engine("at once", async |db| {
        let world = World::new(db).await;
        sellers(&world, &["xiaochen"]).await;
        let tries = (0..40).map(|_| signs_in(&world, OFFICE, "xiaochen", "falsch-falsch"));
        let answers = futures::future::join_all(tries).await;
        let compared = answers.iter().filter(|answer| answer.status == 401).count();
        assert!(compared >= 1, "{}", world.db.engine);
        assert!(compared <= 16, "{compared} of 40 were compared on {}", world.db.engine);
        assert!(answers.iter().all(|answer| [401, 429].contains(&answer.status)), "{}", world.db.engine);
    })
    .await;
}
