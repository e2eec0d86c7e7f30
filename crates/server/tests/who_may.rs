//! Who may do what: every operation of the description, for each role, in the own region and in another, and for strangers.
//!
//! Each area has a table in `who_may/`: one line for each operation, one status for each role, `own/other` where the
//! region matters. An operation without a line fails; so does a line without an operation.

mod access;
mod automation;
mod catalog;
mod config;
mod customers;
mod operation;
mod quotes;
mod tasks;
mod webhooks;

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::world::{Answer, Browser, Place, World, new_key};

/// The order of the columns. A stranger's comes last.
pub const ROLES: &[&str] = &[
    "seller",
    "new_seller",
    "region_manager",
    "hq_operations",
    "owner",
    "warehouse_keeper",
    "logistics_lead",
    "finance",
    "personnel",
    "administrator",
];

/// A request that would succeed for who may; `body` and `version` where the operation takes them.
pub struct Sent {
    pub path: String,
    pub version: i64,
    pub body: Value,
}

impl Sent {
    pub fn to(path: impl Into<String>) -> Sent {
        Sent { path: path.into(), version: 1, body: json!({}) }
    }

    pub fn with(self, body: Value) -> Sent {
        Sent { body, ..self }
    }

    pub fn on(self, version: i64) -> Sent {
        Sent { version, ..self }
    }
}

/// An operation and the status of each role, then the stranger's.
pub type Line = (&'static str, &'static str);

pub fn lines() -> Vec<Line> {
    [
        access::LINES,
        automation::LINES,
        catalog::LINES,
        config::LINES,
        customers::LINES,
        operation::LINES,
        quotes::LINES,
        tasks::LINES,
        webhooks::LINES,
    ]
    .concat()
}

/// A fresh request of `operation` on a record of that region.
pub async fn request(world: &World, operation: &str, place: Place) -> Sent {
    if let Some(sent) = access::request(world, operation, place).await {
        return sent;
    }
    if let Some(sent) = catalog::request(world, operation, place).await {
        return sent;
    }
    if let Some(sent) = config::request(world, operation, place).await {
        return sent;
    }
    if let Some(sent) = customers::request(world, operation, place).await {
        return sent;
    }
    if let Some(sent) = operation::request(world, operation, place).await {
        return sent;
    }
    if let Some(sent) = quotes::request(world, operation, place).await {
        return sent;
    }
    if let Some(sent) = tasks::request(world, operation, place).await {
        return sent;
    }
    if let Some(sent) = automation::request(world, operation).await {
        return sent;
    }
    if let Some(sent) = webhooks::request(world, operation).await {
        return sent;
    }
    panic!("{operation} has a line but no request");
}

/// Method and path of every operation of the description.
pub fn operations() -> BTreeSet<String> {
    let document = serde_json::to_value(server::document()).unwrap();
    let mut operations = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "put", "post", "delete", "patch"] {
            if item.get(method).is_some() {
                operations.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    operations
}

#[test]
fn every_operation_has_a_line_and_every_line_an_operation() {
    let named: BTreeSet<String> = lines().iter().map(|(operation, _)| operation.to_string()).collect();
    let described = operations();
    let missing: Vec<_> = described.difference(&named).collect();
    let gone: Vec<_> = named.difference(&described).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "without a line: {missing:#?}\nwithout an operation: {gone:#?}"
    );
    assert_eq!(named.len(), lines().len(), "an operation has two lines");
}

async fn status(world: &World, account: Option<&str>, operation: &str, place: Place) -> u16 {
    let browser = account.map_or_else(|| world.stranger(), |account| world.of(account));
    sent_by(world, &browser, None, operation, place).await.status
}

/// The answer to a request of the operation, from a browser or from a program with a key.
async fn sent_by(
    world: &World,
    browser: &Browser<'_>,
    bearer: Option<&str>,
    operation: &str,
    place: Place,
) -> Answer {
    let sent = request(world, operation, place).await;
    let (method, _) = operation.split_once(' ').unwrap();
    let (key, tag) = (new_key(), format!("\"{}\"", sent.version));
    let address = address_of(&key);
    let mut headers = vec![
        ("content-type", "application/json"),
        ("idempotency-key", key.as_str()),
        ("x-forwarded-for", address.as_str()),
    ];
    if matches!(method, "PUT" | "PATCH" | "DELETE") {
        headers.push(("if-match", tag.as_str()));
    }
    headers.extend(bearer.map(|bearer| ("authorization", bearer)));
    let body = if method == "GET" { Vec::new() } else { body_of(&sent.body) };
    browser.send(Method::from_bytes(method.as_bytes()).unwrap(), &sent.path, &headers, body).await
}

/// A key of the account with these rights, or with all that keys of its may have, as a program sends it.
async fn bearer_of(world: &World, account: &str, rights: Option<&[&str]>) -> String {
    let offered = world.of(account).get("/api/keys").await.ok(200)["rights"].clone();
    let all = offered.as_array().unwrap().iter().map(|right| right["id"].clone()).collect();
    let rights = rights.map_or(Value::Array(all), |rights| json!(rights));
    let body = json!({"name": "程序", "rights": rights, "days": 9});
    let made = world.of(account).post("/api/keys", body).await.ok(201);
    format!("Bearer {}", made["secret"].as_str().unwrap())
}

/// Operations that people do who are signed in, and keys with the rights for it.
fn for_keys() -> impl Iterator<Item = String> {
    let closed = |operation: &str| {
        let (method, path) = operation.split_once(' ').unwrap();
        let public = server::http::PUBLIC.contains(&(method, path)) || !path.starts_with("/api/");
        public || server::http::NOT_WITH_KEY.contains(&path)
    };
    operations().into_iter().filter(move |operation| !closed(operation))
}

#[tokio::test]
async fn a_key_without_the_right_is_told_so_before_anything_of_its_request_is_read() {
    each_engine("keys without rights", async |db| {
        let world = World::new(db).await;
        let bearer = bearer_of(&world, "hq_operations", Some(&["order.read"])).await;
        let headers = [("authorization", bearer.as_str())];
        for operation in for_keys().filter(|operation| !operation.starts_with("GET ")) {
            let (method, path) = operation.split_once(' ').unwrap();
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            // No version, no Idempotency-Key, no such record, and nothing that could be read.
            let answer =
                world.stranger().send(method, &filled(path, "999999999"), &headers, b"{".to_vec()).await;
            assert_eq!((answer.status, answer.code().as_str()), (403, "not_allowed"), "{operation}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_with_all_rights_of_its_person_does_what_the_person_may() {
    each_engine("keys with rights", async |db| {
        let world = World::new(db).await;
        for account in ["hq_operations", "owner"] {
            let column = ROLES.iter().position(|role| *role == account).unwrap();
            let bearer = bearer_of(&world, account, None).await;
            for operation in for_keys() {
                let line = lines().into_iter().find(|(named, _)| *named == operation).unwrap().1;
                let wanted = line.split_whitespace().nth(column).unwrap();
                if !wanted.starts_with('2') {
                    continue;
                }
                let own = wanted.split('/').next().unwrap();
                let answer =
                    sent_by(&world, &world.stranger(), Some(&bearer), &operation, Place::Suzhou).await;
                assert_eq!(answer.status.to_string(), own, "{operation} with a key of {account}");
            }
        }
    })
    .await;
}

/// Each request comes from a network of its own: how often strangers may ask is another test's matter.
fn address_of(key: &str) -> String {
    let nth: u32 = key.trim_start_matches("key-").parse().unwrap();
    format!("2001:db8:{:x}:{:x}::1", nth >> 16, nth & 0xffff)
}

/// Raw bytes travel as a JSON text.
pub fn body_of(body: &Value) -> Vec<u8> {
    body.as_str().map_or_else(|| body.to_string().into_bytes(), |text| text.as_bytes().to_vec())
}

#[tokio::test]
async fn each_role_gets_what_the_tables_say() {
    each_engine("who may", async |db| {
        let world = World::new(db).await;
        let mut wrong = Vec::new();
        for (operation, expected) in lines() {
            let columns: Vec<&str> = expected.split_whitespace().collect();
            assert_eq!(
                columns.len(),
                ROLES.len() + 1,
                "{operation}: a column for each role and the stranger"
            );
            let accounts = ROLES.iter().map(|role| Some(*role)).chain([None]);
            for (account, column) in accounts.zip(columns) {
                let (own, other) = column.split_once('/').unwrap_or((column, column));
                for (place, wanted) in [(Place::Suzhou, own), (Place::Nanjing, other)] {
                    let given = status(&world, account, operation, place).await;
                    if given.to_string() != wanted {
                        let who = account.unwrap_or("stranger");
                        wrong.push(format!("{operation} as {who} in {place:?}: {given} instead of {wanted}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_no_record_is_not_found_for_everybody() {
    each_engine("foreign numbers", async |db| {
        let world = World::new(db).await;
        let mut wrong = Vec::new();
        for operation in operations().iter().filter(|operation| operation.contains('{')) {
            let (method, path) = operation.split_once(' ').unwrap();
            // What is sent beside the number is as it should be, so that only the number can be wrong.
            let sent = request(&world, operation, Place::Suzhou).await;
            let body = if method == "GET" { Vec::new() } else { body_of(&sent.body) };
            for number in
                ["999999999", "0", "-1", "9223372036854775807", "99999999999999999999", "abc", "%27%20OR%201"]
            {
                let path = filled(path, number);
                for account in ["owner", "hq_operations", "administrator", "seller"] {
                    let key = new_key();
                    let address = address_of(&key);
                    let headers = [
                        ("content-type", "application/json"),
                        ("idempotency-key", key.as_str()),
                        ("if-match", "\"1\""),
                        ("x-forwarded-for", address.as_str()),
                    ];
                    let method = Method::from_bytes(method.as_bytes()).unwrap();
                    let answer = world.of(account).send(method, &path, &headers, body.clone()).await;
                    if !matches!(answer.status, 403 | 404) {
                        wrong.push(format!("{operation} with {number} as {account}: {}", answer.status));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn no_stranger_gets_past_the_door() {
    each_engine("strangers", async |db| {
        let world = World::new(db).await;
        for operation in operations() {
            let (method, path) = operation.split_once(' ').unwrap();
            let open = server::http::PUBLIC.contains(&(method, path)) || !path.starts_with("/api/");
            if open {
                continue;
            }
            for browser in [world.stranger(), world.with_token("no such token"), world.with_token("")] {
                let key = new_key();
                let headers = [
                    ("content-type", "application/json"),
                    ("idempotency-key", key.as_str()),
                    ("if-match", "\"1\""),
                ];
                let method = Method::from_bytes(method.as_bytes()).unwrap();
                let answer = browser.send(method, &filled(path, "1"), &headers, b"{}".to_vec()).await;
                assert_eq!(answer.code(), "signed_out", "{operation}: {}", answer.status);
            }
        }
    })
    .await;
}

/// The path with every variable filled by `value`.
fn filled(path: &str, value: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { value } else { part });
    parts.collect::<Vec<_>>().join("/")
}
