//! Signing in and out, and who looks after whose account.

use axum::http::Method;
use domain::base::Instant;
use serde_json::json;
use testkit::{TEST_DAY, each_engine};

use crate::texts::{ONE_DOT_PNG, PDF};
use crate::world::{Browser, Place, UPLOAD_BYTES_MAX, World, new_key};

const PASSWORD: &str = "第一个密码有八位";
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A seller with a password, made the ordinary way.
async fn with_password(world: &World) -> i64 {
    let body = json!({
        "account": " XiaoChen ", "name": "小陈", "org_id": world.suzhou.id.0,
        "role_ids": ["seller"], "password": PASSWORD,
    });
    let made = world.of("personnel").post("/api/people", body).await.ok(201);
    assert_eq!(made["account"], "xiaochen");
    made["id"].as_i64().unwrap()
}

async fn try_sign_in(browser: &Browser<'_>, password: &str) -> crate::world::Answer {
    browser.post("/api/session", json!({"account": "xiaochen", "password": password})).await
}

/// Signs in and gives the token of the cookie.
async fn sign_in(world: &World, password: &str) -> String {
    let answer = try_sign_in(&world.stranger(), password).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_string();
    answer.ok(200);
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let token = cookie.strip_prefix("huxi_session=").unwrap().split(';').next().unwrap();
    assert_eq!(token.len(), 43, "32 bytes");
    token.to_string()
}

#[tokio::test]
async fn a_person_signs_in_and_out() {
    each_engine("sign in", async |db| {
        let world = World::new(db).await;
        let id = with_password(&world).await;
        let token = sign_in(&world, PASSWORD).await;
        let browser = world.with_token(&token);
        let me = browser.get("/api/me").await.ok(200);
        assert_eq!(
            (&me["id"], &me["name"], &me["org"]["name"]),
            (&json!(id), &json!("小陈"), &json!("苏州"))
        );
        assert_eq!(me["server_now"], TEST_DAY.0);
        assert!(me["rights"].as_array().unwrap().contains(&json!("quote.write")));
        assert!(!me["rights"].as_array().unwrap().contains(&json!("price.cost")));
        browser.delete("/api/session").await.ok(204);
        browser.get("/api/me").await.refused(401, "signed_out");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_account_and_a_wrong_password_look_the_same() {
    each_engine("wrong password", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        let stranger = world.stranger();
        let wrong = try_sign_in(&stranger, "falsch-falsch").await.refused(401, "wrong_password");
        let body = json!({"account": "nobody", "password": PASSWORD});
        let unknown = stranger.post("/api/session", body).await.refused(401, "wrong_password");
        assert_eq!(wrong["detail"], unknown["detail"]);
        assert_eq!(wrong["facts"], unknown["facts"]);
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_make_people_wait_and_the_right_one_in_time_is_let_in() {
    each_engine("slow down", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        let stranger = world.stranger();
        for _ in 0..4 {
            try_sign_in(&stranger, "falsch-falsch").await.refused(401, "wrong_password");
        }
        let waiting = try_sign_in(&stranger, PASSWORD).await;
        assert_eq!(waiting.headers["retry-after"], "2");
        waiting.refused(429, "slow_down");
        world.db.clock.set(TEST_DAY.plus_ms(1_999));
        try_sign_in(&stranger, PASSWORD).await.refused(429, "slow_down");
        world.db.clock.set(TEST_DAY.plus_ms(2_000));
        sign_in(&world, PASSWORD).await;
        // The count begins anew.
        for _ in 0..3 {
            try_sign_in(&stranger, "falsch-falsch").await.refused(401, "wrong_password");
        }
    })
    .await;
}

async fn try_from(world: &World, address: &str, password: &str) -> crate::world::Answer {
    let body = json!({"account": "xiaochen", "password": password}).to_string().into_bytes();
    let headers = [("content-type", "application/json"), ("x-forwarded-for", address)];
    world.stranger().send(Method::POST, "/api/session", &headers, body).await
}

#[tokio::test]
async fn nobody_locks_another_person_out_by_wrong_passwords_from_elsewhere() {
    each_engine("locking out", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        let (mut elsewhere, mut waiting) = (0, false);
        while !waiting && elsewhere < 20 {
            elsewhere += 1;
            for _ in 0..4 {
                waiting =
                    try_from(&world, &format!("203.0.113.{elsewhere}"), "falsch-falsch").await.status == 429;
            }
        }
        assert!(!waiting, "twenty addresses alone do not slow the account");
        try_from(&world, "203.0.113.1", PASSWORD).await.refused(429, "slow_down");
        try_from(&world, "198.51.100.7", PASSWORD).await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn many_machines_that_guess_as_one_are_slowed_and_the_persons_own_place_is_not() {
    each_engine("many machines", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        try_from(&world, "198.51.100.7", PASSWORD).await.ok(200);
        let mut tries = 0;
        let slowed = 'all: loop {
            for _ in 0..3 {
                let address = format!("203.0.113.{}", tries / 3);
                if try_from(&world, &address, "falsch-falsch").await.status == 429 {
                    break 'all tries;
                }
                tries += 1;
            }
            assert!(tries < 200, "nothing slows the guessing");
        };
        assert_eq!(slowed, 100, "four times what one address may, for each of twenty-five");
        try_from(&world, "192.0.2.1", PASSWORD).await.refused(429, "slow_down");
        try_from(&world, "198.51.100.7", PASSWORD).await.ok(200);
        // Signing in gives those who guess no new round.
        try_from(&world, "192.0.2.1", PASSWORD).await.refused(429, "slow_down");
    })
    .await;
}

#[tokio::test]
async fn one_address_cannot_try_all_accounts() {
    each_engine("one address", async |db| {
        let world = World::new(db).await;
        let stranger = world.stranger();
        let mut refused_at = None;
        for n in 0..50 {
            let body = json!({"account": format!("account{n}"), "password": "falsch-falsch"});
            if stranger.post("/api/session", body).await.status == 429 {
                refused_at = Some(n);
                break;
            }
        }
        assert_eq!(refused_at, Some(40));
    })
    .await;
}

#[tokio::test]
async fn the_right_password_on_many_devices_at_once_is_let_in_everywhere() {
    each_engine("at once", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        for _ in 0..3 {
            try_sign_in(&world.stranger(), "falsch-falsch").await.refused(401, "wrong_password");
        }
        let stranger = world.stranger();
        let [a, b, c, d] = [(); 4].map(|()| try_sign_in(&stranger, PASSWORD));
        let (a, b, c, d) = tokio::join!(a, b, c, d);
        assert_eq!([a.status, b.status, c.status, d.status], [200; 4]);
    })
    .await;
}

#[tokio::test]
async fn a_right_sign_in_clears_the_wrong_ones_of_its_address() {
    each_engine("cleared", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        let stranger = world.stranger();
        for round in 0..2 {
            for n in 0..25 {
                let body = json!({"account": format!("account{round}-{n}"), "password": "falsch-falsch"});
                stranger.post("/api/session", body).await.refused(401, "wrong_password");
            }
            sign_in(&world, PASSWORD).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_that_nobody_can_have_is_not_kept_and_old_failures_are_forgotten() {
    each_engine("kept failures", async |db| {
        let world = World::new(db).await;
        let stranger = world.stranger();
        let fails = async |account: String| {
            let body = json!({"account": account, "password": "falsch-falsch"});
            stranger.post("/api/session", body).await.refused(401, "wrong_password");
        };
        let kept = async || testkit::rows_in(&world.db.store, "sign_in_failure").await;
        fails("长".repeat(65)).await;
        assert_eq!(kept().await, 0);
        fails("长".repeat(64)).await;
        fails("nobody".to_string()).await;
        assert_eq!(kept().await, 5, "two accounts, each from this address too, and the address");
        world.db.clock.set(TEST_DAY.plus_ms(31 * MINUTE_MS));
        fails("somebody".to_string()).await;
        assert_eq!(kept().await, 3, "what is older than half an hour is gone");
    })
    .await;
}

#[tokio::test]
async fn a_session_slides_while_it_is_used_and_ends_when_it_is_not() {
    each_engine("sliding", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        let token = sign_in(&world, PASSWORD).await;
        let browser = world.with_token(&token);
        let mut now = TEST_DAY;
        for _ in 0..3 {
            now = now.plus_ms(29 * DAY_MS);
            world.db.clock.set(now);
            browser.get("/api/me").await.ok(200);
        }
        world.db.clock.set(now.plus_ms(30 * DAY_MS));
        browser.get("/api/me").await.refused(401, "signed_out");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    each_engine("new password", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        let (here, there) = (sign_in(&world, PASSWORD).await, sign_in(&world, PASSWORD).await);
        let browser = world.with_token(&here);
        let change = async |current: &str, next: &str| {
            browser.post("/api/me/password", json!({"current": current, "next": next})).await
        };
        // Passwords that are refused as weak count as no wrong try.
        for _ in 0..6 {
            change(PASSWORD, "short").await.refused(422, "weak_password");
        }
        change("falsch-falsch", "第二个密码有八位").await.refused(422, "wrong_password");
        change(PASSWORD, PASSWORD).await.refused(422, "weak_password");
        change(PASSWORD, "my-xiaochen-1").await.refused(422, "weak_password");
        change(PASSWORD, "第二个密码有八位").await.ok(204);
        browser.get("/api/me").await.ok(200);
        world.with_token(&there).get("/api/me").await.refused(401, "signed_out");
        try_sign_in(&world.stranger(), PASSWORD).await.refused(401, "wrong_password");
        sign_in(&world, "第二个密码有八位").await;
        browser.delete("/api/sessions").await.ok(204);
        browser.get("/api/me").await.refused(401, "signed_out");
    })
    .await;
}

#[tokio::test]
async fn a_locked_account_is_out_at_once_and_comes_back_unlocked() {
    each_engine("lock", async |db| {
        let world = World::new(db).await;
        let id = with_password(&world).await;
        let token = sign_in(&world, PASSWORD).await;
        let path = format!("/api/people/{id}");
        let personnel = world.of("personnel");
        personnel.patch(&path, 1, json!({"active": false})).await.ok(200);
        world.with_token(&token).get("/api/me").await.refused(401, "signed_out");
        try_sign_in(&world.stranger(), PASSWORD).await.refused(401, "wrong_password");
        personnel.patch(&path, 2, json!({"active": true})).await.ok(200);
        world.with_token(&token).get("/api/me").await.refused(401, "signed_out");
        sign_in(&world, PASSWORD).await;
    })
    .await;
}

#[tokio::test]
async fn personnel_gives_a_forgotten_password_anew_and_ends_the_wait() {
    each_engine("forgotten", async |db| {
        let world = World::new(db).await;
        let id = with_password(&world).await;
        let token = sign_in(&world, PASSWORD).await;
        for _ in 0..5 {
            try_sign_in(&world.stranger(), "falsch-falsch").await;
        }
        let path = format!("/api/people/{id}/password");
        world.of("personnel").post(&path, json!({"next": "short"})).await.refused(422, "weak_password");
        world.of("personnel").post(&path, json!({"next": "第三个密码有八位"})).await.ok(204);
        world.with_token(&token).get("/api/me").await.refused(401, "signed_out");
        sign_in(&world, "第三个密码有八位").await;
    })
    .await;
}

#[tokio::test]
async fn personnel_does_not_rise_above_itself() {
    each_engine("rise", async |db| {
        let world = World::new(db).await;
        let personnel = world.of("personnel");
        let own = format!("/api/people/{}", world.people["personnel"].0);
        personnel.patch(&own, 1, json!({"role_ids": ["owner"]})).await.refused(409, "own_account");
        personnel.patch(&own, 1, json!({"active": false})).await.refused(409, "own_account");
        let owner = world.people["owner"].0;
        let password = json!({"next": "第三个密码有八位"});
        // The first account is an administrator and makes prices too.
        for above in [owner, world.people["administrator"].0, world.people["first"].0] {
            let path = format!("/api/people/{above}");
            let taken_over = personnel.post(&format!("{path}/password"), password.clone()).await;
            taken_over.refused(409, "powerful_account");
            for change in [
                json!({"active": false}),
                json!({"org_id": world.suzhou.id.0}),
                json!({"name": "另一个人"}),
                json!({"phone": "110"}),
            ] {
                personnel.patch(&path, 1, change).await.refused(409, "powerful_account");
            }
        }
        // The form sends everything: what stays as it is changes nobody.
        let same = json!({"name": world.actor("owner").await.name});
        personnel.patch(&format!("/api/people/{owner}"), 1, same).await.ok(200);
        personnel.patch(&own, 1, json!({"name": "新名字"})).await.ok(200);
        let seller = world.people["seller"].0;
        let raised = json!({"role_ids": ["seller", "administrator"]});
        personnel.patch(&format!("/api/people/{seller}"), 1, raised).await.refused(409, "powerful_account");
        let made = json!({
            "account": "puppet", "name": "傀儡", "org_id": 1, "role_ids": ["owner"], "password": PASSWORD,
        });
        personnel.post("/api/people", made).await.refused(409, "powerful_account");
        world.of("administrator").post(&format!("/api/people/{owner}/password"), password).await.ok(204);
    })
    .await;
}

#[tokio::test]
async fn personnel_gives_what_is_entrusted_to_it_and_takes_over_nobody_who_sees_more() {
    each_engine("entrusted", async |db| {
        let world = World::new(db).await;
        let (personnel, administrator) = (world.of("personnel"), world.of("administrator"));
        let password = json!({"next": "第三个密码有八位"});
        let new = |account: &str, org: i64, role: &str| {
            json!({"account": account, "name": "新人", "org_id": org, "role_ids": [role], "password": PASSWORD})
        };
        for role in ["finance", "region_manager"] {
            let refused = personnel.post("/api/people", new("spy", 1, role)).await;
            let body = refused.refused(403, "not_allowed");
            assert!(body["facts"]["right"].is_string(), "{body}");
            administrator.post("/api/people", new(role, 1, role)).await.refused(409, "account_taken");
            let id = world.people[role].0;
            let path = format!("/api/people/{id}/password");
            personnel.post(&path, password.clone()).await.refused(403, "not_allowed");
            let locked = personnel.patch(&format!("/api/people/{id}"), 1, json!({"active": false})).await;
            let named = locked.refused(403, "not_allowed")["facts"]["right"].clone();
            // What a seller has too is no reason: personnel gives that.
            let reason = if role == "finance" { "price.cost" } else { "customer.assign" };
            assert_eq!(named, reason);
        }
        for role in ["seller", "new_seller", "warehouse_keeper", "logistics_lead"] {
            let path = format!("/api/people/{}/password", world.people[role].0);
            personnel.post(&path, password.clone()).await.ok(204);
            personnel.post("/api/people", new(&format!("{role}-2"), world.suzhou.id.0, role)).await.ok(201);
        }
        let given = async |account: &str| {
            let roles = world.of(account).get("/api/roles").await.ok(200);
            let all = roles["items"].as_array().unwrap().clone();
            let given = all.into_iter().filter(|role| role["may_give"] == true);
            given.map(|role| role["id"].as_str().unwrap().to_string()).collect::<Vec<_>>()
        };
        let mut offered = given("personnel").await;
        offered.sort_unstable();
        assert_eq!(offered, ["logistics_lead", "new_seller", "seller", "warehouse_keeper"]);
        assert_eq!(given("administrator").await.len(), 10);
        assert!(given("region_manager").await.is_empty(), "who makes no accounts gives no roles");
        let seller = format!("/api/people/{}", world.people["seller"].0);
        let raised = json!({"role_ids": ["seller", "finance"]});
        let body = personnel.patch(&seller, 1, raised).await.refused(403, "not_allowed");
        assert!(body["detail"].as_str().unwrap().contains("超出了你自己的权限"), "{body}");
        personnel.patch(&seller, 1, json!({"org_id": 1})).await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn a_manager_sees_the_people_of_the_region_page_by_page() {
    each_engine("region", async |db| {
        let world = World::new(db).await;
        let manager = world.of("region_manager");
        let mut names = Vec::new();
        let mut next = String::new();
        loop {
            let page = manager.get(&format!("/api/people?limit=1&after={next}")).await.ok(200);
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 1);
            names.extend(items.iter().map(|person| person["account"].as_str().unwrap().to_string()));
            match page["next"].as_str() {
                Some(mark) => next = mark.to_string(),
                None => break,
            }
        }
        assert_eq!(names, ["seller", "new_seller", "region_manager"]);
        let found = manager.get("/api/people?q=xrxs").await.ok(200);
        assert_eq!(found["items"][0]["account"], "new_seller", "found by pinyin initials");
        assert_eq!(manager.get("/api/people?q=%25").await.ok(200)["items"], json!([]));
        let orgs = manager.get("/api/orgs").await.ok(200);
        assert_eq!(orgs["items"].as_array().unwrap().len(), 1);
        assert_eq!((&orgs["items"][0]["name"], &orgs["items"][0]["depth"]), (&json!("苏州"), &json!(0)));
        assert_eq!(orgs["items"][0]["parent_id"], json!(null));
    })
    .await;
}

#[tokio::test]
async fn two_people_never_share_an_account() {
    each_engine("shared account", async |db| {
        let world = World::new(db).await;
        let body = |account: &str| {
            json!({"account": account, "name": "某", "org_id": 1, "role_ids": ["seller"], "password": PASSWORD})
        };
        let (a, b) = (world.of("personnel"), world.of("administrator"));
        let both = tokio::join!(a.post("/api/people", body("Wang")), b.post("/api/people", body("ＷＡＮＧ")));
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    })
    .await;
}

#[tokio::test]
async fn a_failure_at_any_write_leaves_an_account_as_it_was() {
    each_engine("faults", async |db| {
        let world = World::new(db).await;
        let actor = world.actor("administrator").await;
        let seller = world.people["seller"];
        let mut failed = 0;
        for nth in 1..40 {
            let change = app::access::people::PersonChange {
                name: Some("换过的名字".into()),
                active: Some(false),
                role_keys: Some(vec!["new_seller".into(), "finance".into()]),
                ..Default::default()
            };
            world.db.store.fail_at_write(nth);
            let outcome = app::access::people::change(&world.ctx, &actor, seller, 1, change).await;
            world.db.store.fail_at_write(0);
            let now = app::access::people::person(&world.ctx, &actor, seller).await.unwrap();
            if outcome.is_ok() {
                assert_eq!((now.name.as_str(), now.active, now.version), ("换过的名字", false, 2));
                break;
            }
            failed += 1;
            assert_eq!((now.name.as_str(), now.active, now.version), ("苏州销售", true, 1), "write {nth}");
            assert_eq!(now.roles.len(), 1, "write {nth}");
            world.of("seller").get("/api/me").await.ok(200);
        }
        assert!(failed >= 5, "update, roles, sessions and event are written: {failed}");
        world.of("seller").get("/api/me").await.refused(401, "signed_out");
    })
    .await;
}

#[tokio::test]
async fn the_administrator_keeps_the_company_and_its_seal() {
    each_engine("profile", async |db| {
        let world = World::new(db).await;
        let administrator = world.of("administrator");
        let path = "/api/company/profile";
        let key = new_key();
        let headers = [("idempotency-key", key.as_str()), ("x-file-name", "%E5%85%AC%E7%AB%A0.png")];
        let seal =
            administrator.send(Method::POST, "/api/files", &headers, ONE_DOT_PNG.to_vec()).await.ok(201);
        assert_eq!((&seal["name"], &seal["mime"]), (&json!("公章.png"), &json!("image/png")));
        let body = json!({"bank_account": "6222 0000", "seal_file": seal["file"], "quote_valid_days": 30});
        let changed = administrator.patch(path, 1, body.clone()).await.ok(200);
        assert_eq!((&changed["seal_file"], &changed["version"]), (&seal["file"], &json!(2)));
        assert_eq!(changed["verify_link"], json!(false), "no public address, no picture to scan");
        assert_eq!(world.of("seller").get(path).await.ok(200)["actions"], json!([]));
        world.of("seller").patch(path, 2, json!({"name": "别家"})).await.refused(403, "not_allowed");
        administrator.patch(path, 1, body).await.refused(412, "changed_by_other");
        administrator.patch(path, 2, json!({"quote_valid_days": 0})).await.refused(422, "invalid");
        administrator.patch(path, 2, json!({"name": " "})).await.refused(422, "invalid");
        let foreign = json!({"seal_file": "0".repeat(64)});
        administrator.patch(path, 2, foreign).await.refused(422, "invalid");
        let picture = administrator.get("/api/company/seal").await;
        assert_eq!((picture.status, &picture.bytes[..]), (200, ONE_DOT_PNG), "the seal in use is shown");
        assert_eq!(picture.headers["content-type"], "image/png");
        world.of("hq_operations").get("/api/company/seal").await.refused(403, "not_allowed");
        let without = administrator.patch(path, 2, json!({"seal_file": null})).await.ok(200);
        assert_eq!(without["seal_file"], json!(null));
        administrator.get("/api/company/seal").await.refused(404, "not_found");
        // Another administrator puts back what the first one handed in, and saves it as it stands.
        let other = world.of("first");
        let back = other.patch(path, 3, json!({"seal_file": seal["file"]})).await.ok(200);
        assert_eq!(back["seal_file"], seal["file"]);
        other.patch(path, 4, json!({"seal_file": seal["file"]})).await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn files_are_told_by_their_bytes_and_have_an_end() {
    each_engine("files", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        let send = async |bytes: Vec<u8>| {
            let key = new_key();
            let headers = [("idempotency-key", key.as_str()), ("x-file-name", "photo.png")];
            seller.send(Method::POST, "/api/files", &headers, bytes).await
        };
        send(b"<html><script>alert(1)</script>".to_vec()).await.refused(415, "file_kind");
        send(Vec::new()).await.refused(415, "file_kind");
        let mut pdf = PDF.to_vec();
        pdf.resize(UPLOAD_BYTES_MAX, b' ');
        let kept = send(pdf.clone()).await.ok(201);
        assert_eq!((&kept["mime"], &kept["bytes"]), (&json!("application/pdf"), &json!(UPLOAD_BYTES_MAX)));
        assert_eq!(send(pdf.clone()).await.ok(201)["file"], kept["file"]);
        pdf.push(b' ');
        let too_big = send(pdf).await.refused(413, "file_too_big");
        assert_eq!(too_big["facts"]["max_bytes"], UPLOAD_BYTES_MAX);
        let keeper = world.of("warehouse_keeper");
        let key = new_key();
        let headers = [("idempotency-key", key.as_str())];
        let refused = keeper.send(Method::POST, "/api/files", &headers, b"%PDF-1.7".to_vec()).await;
        refused.refused(403, "not_allowed");
    })
    .await;
}

#[tokio::test]
async fn the_clock_set_back_does_not_open_old_sessions() {
    each_engine("clock back", async |db| {
        let world = World::new(db).await;
        with_password(&world).await;
        let token = sign_in(&world, PASSWORD).await;
        world.db.clock.set(TEST_DAY.plus_ms(40 * DAY_MS));
        let later = sign_in(&world, PASSWORD).await;
        world.db.clock.set(Instant(TEST_DAY.0));
        world.with_token(&token).get("/api/me").await.refused(401, "signed_out");
        world.with_token(&later).get("/api/me").await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn a_seller_who_is_moved_keeps_what_is_in_hand_and_the_answer_says_how_much() {
    each_engine("moved", async |db| {
        let world = World::new(db).await;
        world.draft(Place::Suzhou).await;
        world.order(Place::Suzhou).await;
        let path = format!("/api/people/{}", world.seller(Place::Suzhou).0);
        let personnel = world.of("personnel");
        let renamed = personnel.patch(&path, 1, json!({"name": "小陈"})).await.ok(200);
        assert_eq!(renamed["kept"], json!(null), "nobody was moved");
        let moved = personnel.patch(&path, 2, json!({"org_id": world.nanjing.id.0})).await.ok(200);
        assert_eq!(moved["kept"], json!({"customers": 2, "open_quotes": 1}), "{}", world.db.engine);
    })
    .await;
}
