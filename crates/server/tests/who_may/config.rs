//! Configuration of head office: seen by those who lead, drafted by operations, confirmed and published by two.

use app::config::{self, RowInput, Submission};
use domain::base::{DraftId, ImportId, ItemId, Limit};
use domain::config::{DraftState, Kind};
use serde_json::json;

use super::{Line, Sent};
use crate::world::{Place, World};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                                          seller new manager hq  owner keep logis fin pers admin stranger
    ("GET /api/config/items",                             "403   403 200     200 200   403  403   200 403  403   401"),
    ("POST /api/config/items",                            "403   403 403     201 403   403  403   403 403  403   401"),
    ("PATCH /api/config/items/{id}",                      "404   404 403     200 403   404  404   403 404  404   401"),
    // The first price list stays.
    ("POST /api/config/items/{id}/retire",                "404   404 403     409 403   404  404   403 404  404   401"),
    ("GET /api/config/items/{id}/export",                 "404   404 200     200 200   404  404   200 404  404   401"),
    // Head office has no item of the region's kinds: whoever may is told that it is no region.
    ("POST /api/config/regional-items",                   "403   403 403     422 403   403  403   403 403  403   401"),
    ("GET /api/config/items/{id}/pictures/{file}",        "404   404 404     404 404   404  404   404 404  404   401"),
    ("GET /api/config/items/{id}",                        "404   404 200     200 200   404  404   200 404  404   401"),
    ("GET /api/config/items/{id}/rows",                   "404   404 200     200 200   404  404   200 404  404   401"),
    ("GET /api/config/items/{id}/revisions",              "404   404 200     200 200   404  404   200 404  404   401"),
    ("GET /api/config/items/{id}/diff",                   "404   404 200     200 200   404  404   200 404  404   401"),
    ("POST /api/config/items/{id}/drafts",                "404   404 403     201 403   404  404   403 404  404   401"),
    // There is nothing older to go back to, and what is in force needs a successor: whoever may is told so.
    ("POST /api/config/items/{id}/rollback",              "404   404 403     409 409   404  404   403 404  404   401"),
    ("POST /api/config/items/{id}/revisions/{n}/void",    "404   404 403     409 403   404  404   403 404  404   401"),
    ("GET /api/config/drafts",                            "403   403 200     200 200   403  403   200 403  403   401"),
    ("GET /api/config/drafts/{id}",                       "404   404 200     200 200   404  404   200 404  404   401"),
    ("PATCH /api/config/drafts/{id}",                     "404   404 403     200 403   404  404   403 404  404   401"),
    ("DELETE /api/config/drafts/{id}",                    "404   404 403     204 204   404  404   403 404  404   401"),
    ("GET /api/config/drafts/{id}/rows",                  "404   404 200     200 200   404  404   200 404  404   401"),
    ("PUT /api/config/drafts/{id}/rows",                  "404   404 403     200 403   404  404   403 404  404   401"),
    ("GET /api/config/drafts/{id}/preview",               "404   404 200     200 200   404  404   200 404  404   401"),
    ("GET /api/config/drafts/{id}/checks",                "404   404 200     200 200   404  404   200 404  404   401"),
    ("GET /api/config/drafts/{id}/diff",                  "404   404 200     200 200   404  404   200 404  404   401"),
    ("POST /api/config/drafts/{id}/submit",               "404   404 403     200 403   404  404   403 404  404   401"),
    ("POST /api/config/drafts/{id}/return",               "404   404 403     200 200   404  404   403 404  404   401"),
    // Nobody confirms an own draft.
    ("POST /api/config/drafts/{id}/confirm",              "404   404 403     409 200   404  404   403 404  404   401"),
    ("POST /api/config/drafts/{id}/publish",              "404   404 403     200 200   404  404   403 404  404   401"),
    ("POST /api/config/drafts/{id}/rebase",               "404   404 403     200 403   404  404   403 404  404   401"),
    // Tiers are not filled from files: whoever may is told so.
    ("POST /api/config/drafts/{id}/imports",              "404   404 403     422 403   404  404   403 404  404   401"),
    ("GET /api/config/drafts/{id}/imports",               "404   404 200     200 200   404  404   200 404  404   401"),
    ("GET /api/config/imports/{id}",                      "404   404 200     200 200   404  404   200 404  404   401"),
    // Only the author of the draft settles its files.
    ("PATCH /api/config/imports/{id}",                    "404   404 403     200 403   404  404   403 404  404   401"),
    ("POST /api/config/imports/{id}/cancel",              "404   404 403     200 403   404  404   403 404  404   401"),
    // The file has not been read yet: whoever may is told so.
    ("POST /api/config/imports/{id}/apply",               "404   404 403     409 403   404  404   403 404  404   401"),
    ("GET /api/config/suppliers",                         "403   403 200     200 200   403  403   200 403  403   401"),
    ("GET /api/config/suppliers/{id}",                    "404   404 200     200 200   404  404   200 404  404   401"),
    ("DELETE /api/config/suppliers/{id}",                 "404   404 403     204 403   404  404   403 404  404   401"),
    // Tiers do not go out to Excel.
    ("GET /api/config/drafts/{id}/export",                "404   404 422     422 422   404  404   422 404  404   401"),
    ("POST /api/config/drafts/{id}/take_back",            "404   404 403     422 403   404  404   403 404  404   401"),
    ("GET /api/config/releases",                          "403   403 200     200 200   403  403   200 403  403   401"),
    ("POST /api/config/releases/{id}/cancel",             "404   404 403     409 409   404  404   403 404  404   401"),
];

pub async fn request(world: &World, operation: &str, _place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    if !path.starts_with("/api/config/") {
        return None;
    }
    if operation == "POST /api/config/items" {
        let hq = world.actor("hq_operations").await.org;
        let made =
            json!({"kind": "price_list", "class": "list", "name": crate::world::new_key(), "scope": hq});
        return Some(Sent::to(path).with(made));
    }
    Some(match path {
        "/api/config/regional-items" => {
            let hq = world.actor("hq_operations").await.org;
            Sent::to(path).with(json!({"kind": "template", "org_id": hq.0}))
        }
        "/api/config/drafts/{id}/preview" => {
            let operations = world.actor("hq_operations").await;
            let item = item(world, Kind::Template).await;
            let id = config::create_draft(&world.ctx, &operations, item, "改模板").await.unwrap();
            Sent::to(path.replace("{id}", &id.0.to_string()))
        }
        "/api/config/items" | "/api/config/drafts" | "/api/config/releases" => Sent::to(path),
        "/api/config/releases/{id}/cancel" => {
            Sent::to(path.replace("{id}", "1")).with(json!({"reason": "不要了"}))
        }
        "/api/config/suppliers" => Sent::to(path),
        "/api/config/suppliers/{id}" => Sent::to(path.replace("{id}", &supplier(world).await.to_string())),
        _ if path.starts_with("/api/config/imports/") => on_import(world, path).await,
        _ if path.starts_with("/api/config/items/") => on_item(world, operation, path).await,
        _ => on_draft(world, operation, path).await,
    })
}

async fn on_item(world: &World, operation: &str, path: &str) -> Sent {
    // The first line that is asked for publishes the first price list.
    world.line("1").await;
    let sent = Sent::to(
        path.replace("{id}", &item(world, Kind::PriceList).await.0.to_string())
            .replace("{n}", "1")
            .replace("{file}", "0"),
    );
    match path {
        _ if operation.starts_with("PATCH") => sent.with(json!({"name": crate::world::new_key()})),
        "/api/config/items/{id}/retire" => sent.with(json!({})),
        "/api/config/items/{id}/drafts" => sent.with(json!({"title": "调价"})),
        "/api/config/items/{id}/rollback" => sent.with(json!({"to": 1, "reason": "错了"})),
        "/api/config/items/{id}/revisions/{n}/void" => sent.with(json!({"reason": "错了"})),
        "/api/config/items/{id}/diff" => Sent { path: format!("{}?from=1&to=1", sent.path), ..sent },
        _ => sent,
    }
}

async fn on_draft(world: &World, operation: &str, path: &str) -> Sent {
    let operations = world.actor("hq_operations").await;
    let id = draft(world).await;
    let step = path.trim_start_matches("/api/config/drafts/{id}");
    if matches!(step, "/return" | "/confirm" | "/publish") {
        config::submit(&world.ctx, &operations, id, Submission::default()).await.unwrap();
    }
    if step == "/publish" {
        let owner = world.actor("owner").await;
        config::confirm(&world.ctx, &owner, id, None).await.unwrap();
    }
    let version = config::draft(&world.ctx, &operations, id).await.unwrap().draft.version;
    let sent = Sent::to(path.replace("{id}", &id.0.to_string())).on(version);
    let file = "0".repeat(64);
    match (operation.split(' ').next().unwrap_or_default(), step) {
        ("PATCH", _) => sent.with(json!({"title": "改"})),
        ("PUT", _) => sent.with(json!({"put": [{"key": "B", "content": {"percent": "91"}}], "delete": []})),
        (_, "/submit") => sent.with(json!({"effective_at": null, "note": "调价"})),
        (_, "/return") => sent.with(json!({"reason": "再看看"})),
        (_, "/rebase") => sent.with(json!({"choices": {}})),
        ("POST", "/imports") => sent.with(json!({"file": file})),
        (_, "/take_back") => sent.with(json!({"file": file, "apply": false})),
        _ => sent,
    }
}

async fn on_import(world: &World, path: &str) -> Sent {
    let (id, version) = import(world).await;
    let sent = Sent::to(path.replace("{id}", &id.0.to_string())).on(version);
    match path {
        "/api/config/imports/{id}/apply" => sent.with(json!({"skip_bad": true})),
        "/api/config/imports/{id}/cancel" => sent,
        _ => sent.with(json!({"supplier": "", "sheets": [], "decisions": [], "convert_tax": false})),
    }
}

/// A price file beside a draft of the prices, by operations, that nobody has read.
async fn import(world: &World) -> (ImportId, i64) {
    let operations = world.actor("hq_operations").await;
    let (store, by) = (&world.ctx.store, Some(operations.person));
    let content = b"code,price\nP1,1\n".to_vec();
    let kept =
        store::files::put(store, content, "text/csv", "prices.csv", by, testkit::TEST_DAY).await.unwrap();
    discard_all(world).await;
    let list = item(world, Kind::PriceList).await;
    let draft = config::create_draft(&world.ctx, &operations, list, "调价").await.unwrap();
    let id = config::begin_import(&world.ctx, &operations, draft, (kept.hash, None)).await.unwrap();
    (id, config::import(&world.ctx, &operations, id).await.unwrap().import.version)
}

/// A supplier that head office remembers.
async fn supplier(world: &World) -> i64 {
    let learned = world.ctx.store.change(|tx| {
        Box::pin(async move {
            let memory = domain::pricing::import::Memory::default();
            let head_office = store::access::orgs(tx).await?[0].id;
            store::config::learn(tx, (head_office, "恒泰"), &memory, testkit::TEST_DAY).await
        })
    });
    let learned: Result<(), store::StoreError> = learned.await;
    learned.unwrap();
    let operations = world.actor("hq_operations").await;
    config::suppliers(&world.ctx, &operations).await.unwrap()[0].0.id.0
}

async fn item(world: &World, kind: Kind) -> ItemId {
    let operations = world.actor("hq_operations").await;
    let items = config::items(&world.ctx, &operations, Some(kind)).await.unwrap();
    items[0].item.id
}

/// Only so many drafts may be open at once: those of earlier lines are thrown away.
async fn discard_all(world: &World) {
    let operations = world.actor("hq_operations").await;
    let states = vec![DraftState::Editing, DraftState::Submitted, DraftState::Confirmed];
    let asked = config::DraftsAsked { states, ..config::DraftsAsked::default() };
    let (open, _) = config::drafts(&world.ctx, &operations, asked, None, Limit::USUAL).await.unwrap();
    for view in open {
        let draft = view.draft;
        config::discard_draft(&world.ctx, &operations, draft.id, draft.version).await.unwrap();
    }
}

/// A draft of the tiers, by operations, with one more tier.
async fn draft(world: &World) -> DraftId {
    let operations = world.actor("hq_operations").await;
    discard_all(world).await;
    let id =
        config::create_draft(&world.ctx, &operations, item(world, Kind::Tier).await, "调价").await.unwrap();
    let version = config::draft(&world.ctx, &operations, id).await.unwrap().draft.version;
    let row = RowInput { key: Some(crate::world::new_key()), content: json!({"percent": "88"}) };
    config::put_rows(&world.ctx, &operations, id, version, (vec![row], Vec::new())).await.unwrap();
    id
}
