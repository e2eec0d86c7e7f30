//! Tasks and messages.

use domain::base::{NoticeId, PersonId, TaskId};
use domain::tasks::{TaskProof, TaskState};
use serde_json::json;
use store::notices::NewNotice;
use store::tasks::{NewTask, Settlement, TaskFilter};
use store::{StoreError, Tx};

use super::{Line, Sent};
use crate::world::{Place, World, new_key};

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    // operation                       seller  new manager hq  owner keep logis fin pers admin stranger
    ("GET /api/tasks",                 "200     200 200     200 200   200  200   200 200  200   401"),
    // The tasks of the requests are the seller's; whoever manages the seller sees them and hands them over.
    ("GET /api/tasks/{id}",            "200/404 404 200/404 200 200   404  404   404 404  404   401"),
    ("GET /api/tasks/{id}/takers",     "200/404 404 200/404 200 200   404  404   404 404  404   401"),
    ("GET /api/tasks/{id}/file",       "200/404 404 200/404 200 200   404  404   404 404  404   401"),
    ("POST /api/tasks/{id}/finish",    "200/404 404 403/404 403 403   404  404   404 404  404   401"),
    ("POST /api/tasks/{id}/refuse",    "200/404 404 403/404 403 403   404  404   404 404  404   401"),
    ("POST /api/tasks/{id}/hand-over", "204/404 404 204/404 204 204   404  404   404 404  404   401"),
    ("POST /api/tasks/{id}/reopen",    "200/404 404 200/404 200 200   404  404   404 404  404   401"),
    ("GET /api/notices",               "200     200 200     200 200   200  200   200 200  200   401"),
    ("GET /api/notices/counts",        "200     200 200     200 200   200  200   200 200  200   401"),
    ("POST /api/notices/read",         "204     204 204     204 204   204  204   204 204  204   401"),
    // Nobody's but one's own: that of the seller of the region.
    ("POST /api/notices/{id}/read",    "204/404 404 404     404 404   404  404   404 404  404   401"),
    ("GET /api/stream",                "200     200 200     200 200   200  200   200 200  200   401"),
    ("GET /api/me/notices",            "200     200 200     200 200   200  200   200 200  200   401"),
    ("PUT /api/me/notices",            "200     200 200     200 200   200  200   200 200  200   401"),
];

pub async fn request(world: &World, operation: &str, place: Place) -> Option<Sent> {
    let path = operation.split_once(' ')?.1;
    let on = |id: TaskId| Sent::to(path.replace("{id}", &id.0.to_string()));
    Some(match operation {
        "GET /api/tasks/{id}" | "GET /api/tasks/{id}/takers" => on(task(world, place, None).await),
        "GET /api/tasks/{id}/file" => on(task(world, place, Some(TaskState::Done)).await),
        "POST /api/tasks/{id}/finish" => on(task(world, place, None).await).with(json!({"note": "已联系"})),
        "POST /api/tasks/{id}/refuse" => {
            on(task(world, place, None).await).with(json!({"reason": "客户转走了"}))
        }
        "POST /api/tasks/{id}/hand-over" => {
            let owner = world.actor("owner").await.person;
            on(task(world, place, None).await).with(json!({"holder_id": owner.0}))
        }
        "POST /api/tasks/{id}/reopen" => on(task(world, place, Some(TaskState::Refused)).await),
        "POST /api/notices/{id}/read" => {
            let id = notice(world, world.seller(place)).await;
            Sent::to(path.replace("{id}", &id.0.to_string()))
        }
        "PUT /api/me/notices" => {
            Sent::to(path).with(json!({"quiet_from": "22:00", "quiet_to": "07:30", "digest_at": ""}))
        }
        // Without an end it would be listened to for an hour.
        "GET /api/stream" => Sent::to(format!("{path}?seconds=0")),
        "GET /api/tasks"
        | "GET /api/notices"
        | "GET /api/notices/counts"
        | "POST /api/notices/read"
        | "GET /api/me/notices" => Sent::to(path),
        _ => return None,
    })
}

/// A fresh task of the seller about a quotation of the place; settled with a photo where a state is asked for.
async fn task(world: &World, place: Place, state: Option<TaskState>) -> TaskId {
    let (quote, person, key) = (world.issued(place).await.0, world.seller(place), new_key());
    let now = world.ctx.moment().await.unwrap().now;
    let by = Some(person);
    let file = store::files::put(&world.ctx.store, testkit::photo(), "image/png", "现场.png", by, now).await;
    let file = file.unwrap().hash;
    let made = world.ctx.store.change(move |tx| {
        let (key, file) = (key.clone(), file.clone());
        Box::pin(async move { make(tx, (quote, person), key, (state, file)).await })
    });
    made.await.unwrap()
}

async fn make(
    tx: &mut Tx<'_>,
    (quote, person): (i64, PersonId),
    effect_key: String,
    (state, file): (Option<TaskState>, String),
) -> Result<TaskId, StoreError> {
    let now = store::events::moment(tx).await?.now;
    let new = NewTask {
        effect_key,
        rule: "quote_silent".to_string(),
        rule_name: "报价没有进展".to_string(),
        entity: "quote",
        entity_id: quote,
        person,
        for_owner: true,
        text: "请跟进".to_string(),
        proof: TaskProof::None,
        due: now.plus_ms(3_600_000),
        late_ms: 0,
        unknown_year: None,
    };
    store::tasks::insert_many(tx, now, &[new]).await?;
    let own = domain::access::Scope { person, path: None };
    let filter = TaskFilter { about: Some(("quote".to_string(), quote)), ..TaskFilter::default() };
    let id = store::tasks::list(tx, (&own, &own), &filter, None, 1).await?.first().unwrap().id;
    if let Some(state) = state {
        let how = Settlement { state, by: Some(person), note: "好了".to_string(), file: Some(file) };
        store::tasks::settle(tx, now, (id, 1), &how).await?;
    }
    Ok(id)
}

async fn notice(world: &World, person: PersonId) -> NoticeId {
    let key = new_key();
    let made = world.ctx.store.change(move |tx| {
        let effect_key = key.clone();
        Box::pin(async move {
            let now = store::events::moment(tx).await?.now;
            let (entity, text) = ("company".to_string(), "周会".to_string());
            let new =
                NewNotice { effect_key, person, kind: "notice", text, entity, entity_id: 1, shown_at: now };
            store::notices::insert_many(tx, now, &[new]).await?;
            let own = domain::access::Scope { person, path: None };
            let newest = store::notices::list(tx, &own, now, None, 1).await?;
            Ok::<_, StoreError>(newest.first().unwrap().id)
        })
    });
    made.await.unwrap()
}
