//! The company, people, the organisation tree, sessions, files.

use domain::access::{ListName, OrgKind, OrgUnit};
use serde_json::json;

use super::{Line, Sent};
use crate::world::{Place, SETUP_CODE, World, new_key};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                       seller  new     manager hq  owner keep logis fin pers admin stranger
    ("GET /healthz",                   "200    200     200     200 200   200  200   200 200  200   200"),
    ("GET /readyz",                    "200    200     200     200 200   200  200   200 200  200   200"),
    ("GET /api/company",               "200    200     200     200 200   200  200   200 200  200   200"),
    ("POST /api/setup",                "409    409     409     409 409   409  409   409 409  409   409"),
    ("POST /api/session",              "401    401     401     401 401   401  401   401 401  401   401"),
    ("DELETE /api/session",            "204    204     204     204 204   204  204   204 204  204   401"),
    ("DELETE /api/sessions",           "204    204     204     204 204   204  204   204 204  204   401"),
    ("GET /api/me",                    "200    200     200     200 200   200  200   200 200  200   401"),
    ("GET /api/me/guide",              "200    200     200     200 200   200  200   200 200  200   401"),
    ("PUT /api/me/guide",              "200    200     200     403 200   403  403   403 403  403   401"),
    ("POST /api/me/password",          "422    422     422     422 422   422  422   422 422  422   401"),
    ("GET /api/company/profile",       "200    200     200     200 200   200  200   200 200  200   401"),
    ("PATCH /api/company/profile",     "403    403     403     403 403   403  403   403 403  200   401"),
    ("GET /api/company/seal",          "403    403     403     403 403   403  403   403 403  404   401"),
    ("GET /api/people",                "403    403     200     200 200   403  403   200 200  200   401"),
    ("POST /api/people",               "403    403     403     403 403   403  403   403 201  201   401"),
    ("PATCH /api/people/{id}",         "403    403     403/404 403 403   403  403   403 200  200   401"),
    ("POST /api/people/{id}/password", "403    403     403/404 403 403   403  403   403 204  204   401"),
    ("GET /api/orgs",                  "403    403     200     200 200   403  403   200 200  200   401"),
    ("POST /api/orgs",                 "403    403     403     403 403   403  403   403 201  201   401"),
    ("POST /api/orgs/{id}/name",       "403    403     403     403 403   403  403   403 200  200   401"),
    ("POST /api/orgs/{id}/close",      "403    403     403     403 403   403  403   403 200  200   401"),
    ("POST /api/orgs/{id}/reopen",     "403    403     403     403 403   403  403   403 200  200   401"),
    ("GET /api/roles",                 "403    403     200     200 200   403  403   200 200  200   401"),
    ("GET /api/list-views",            "200    200     200     200 200   200  200   200 200  200   401"),
    ("POST /api/list-views",           "201    201     201     201 201   201  201   201 201  201   401"),
    // Nobody's but one's own: that of the seller of the region.
    ("DELETE /api/list-views/{id}",    "204/404 404    404     404 404   404  404   404 404  404   401"),
    ("POST /api/files",                "201    201     201     201 201   403  403   201 403  201   401"),
];

pub async fn request(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    Some(match operation {
        "GET /api/list-views" => Sent::to(format!("{path}?list=quotes")),
        "POST /api/list-views" => Sent::to(path).with(json!({"list": "quotes", "name": "本月要催的"})),
        "DELETE /api/list-views/{id}" => {
            let (seller, settings) = (world.seller_actor(place).await, Default::default());
            let kept =
                app::access::keep_list_view(&world.ctx, &seller, ListName::Quotes, "催", settings).await;
            Sent::to(path.replace("{id}", &kept.unwrap()[0].id.to_string()))
        }
        "POST /api/setup" => {
            let mut body = crate::world::set_up_body();
            body["code"] = json!(SETUP_CODE);
            Sent::to(path).with(body)
        }
        "POST /api/session" => {
            Sent::to(path).with(json!({"account": new_key(), "password": "wrong password"}))
        }
        // Ends the session of the one who asks, so each line opens it again.
        "DELETE /api/session" | "DELETE /api/sessions" => {
            world.open_sessions().await;
            Sent::to(path)
        }
        "PUT /api/me/guide" => Sent::to(path).with(json!({"off": false})),
        "POST /api/me/password" => {
            world.open_sessions().await;
            Sent::to(path).with(json!({"current": "wrong password", "next": "longenough1"}))
        }
        "PATCH /api/company/profile" => {
            let found = world.ctx.store.read(|tx| Box::pin(store::access::company(tx))).await;
            Sent::to(path).with(json!({"phone": "0512-1"})).on(found.unwrap().unwrap().1)
        }
        "POST /api/people" => Sent::to(path).with(json!({
            "account": new_key(), "name": "新人", "org_id": world.org(place).id.0,
            "role_ids": ["seller"], "password": "longenough1",
        })),
        "PATCH /api/people/{id}" => {
            let person = world.new_person(place).await;
            Sent::to(format!("/api/people/{}", person.0)).with(json!({"name": "改名"}))
        }
        "POST /api/people/{id}/password" => {
            let person = world.new_person(place).await;
            Sent::to(format!("/api/people/{}/password", person.0)).with(json!({"next": "longenough1"}))
        }
        "POST /api/orgs" => Sent::to(path).with(json!({
            "parent_id": world.org(place).id.0, "kind": "branch", "name": new_key(), "code": new_code(),
        })),
        "POST /api/orgs/{id}/name" => {
            Sent::to(format!("/api/orgs/{}/name", world.org(place).id.0)).with(json!({"name": new_key()}))
        }
        "POST /api/orgs/{id}/close" | "POST /api/orgs/{id}/reopen" => {
            Sent::to(path.replace("{id}", &new_place(world, place).await.id.0.to_string()))
        }
        "POST /api/files" => Sent::to(path).with(json!(String::from_utf8_lossy(crate::texts::PDF))),
        "GET /healthz"
        | "GET /readyz"
        | "GET /api/company"
        | "GET /api/me"
        | "GET /api/me/guide"
        | "GET /api/company/profile"
        | "GET /api/company/seal"
        | "GET /api/people"
        | "GET /api/orgs"
        | "GET /api/roles" => Sent::to(path),
        _ => return None,
    })
}

/// A code that no other unit has: letters only.
fn new_code() -> String {
    let number = new_key().trim_start_matches("key-").parse::<u32>().unwrap();
    let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap());
    format!("X{}{}{}", letter(number / 676), letter(number / 26), letter(number))
}

/// A place beneath that region with nothing in it.
async fn new_place(world: &World, place: Place) -> OrgUnit {
    let parent = world.org(place).clone();
    let made = world.ctx.store.change(move |tx| {
        let parent = parent.clone();
        Box::pin(async move {
            let (name, code) = (new_key(), new_code());
            store::access::insert_org(tx, Some(&parent), OrgKind::Branch, &name, &code).await
        })
    });
    made.await.unwrap()
}
