//! Addresses of other systems that are told what happens here, and what they were told.

mod wire;

use app::webhooks::{self, DeliveryState, WebhookText};
use axum::http::StatusCode;
use domain::base::{Invalid, Limit};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::wire::{
    DeliveryPage, DeliveryQuery, MadeWebhook, Resent, Webhook, WebhookDelivery, WebhookEdit, Webhooks, topics,
};
use crate::http::{
    AppState, Empty, IfMatch, Json, Path, Query, SignedIn, Versioned, changed_by, mark, mark_of, or_current,
};
use crate::problem::Problem;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(read, change, remove))
        .routes(routes!(renew_secret))
        .routes(routes!(ping))
        .routes(routes!(deliveries))
        .routes(routes!(resend_dead))
        .routes(routes!(resend))
}

/// All addresses, and what they can be told.
#[utoipa::path(get, path = "/api/webhooks", responses((status = 200, body = Webhooks)))]
async fn list(who: SignedIn) -> Result<Json<Webhooks>, Problem> {
    let found = webhooks::list(&who.ctx, &who.actor).await?;
    let inside_allowed = who.ctx.webhooks.inside_allowed;
    Ok(Json(Webhooks {
        items: found.into_iter().map(Webhook::from).collect(),
        topics: topics(),
        inside_allowed,
    }))
}

/// Keep one more address. Not kept under an Idempotency-Key: the answer holds the secret.
#[utoipa::path(post, path = "/api/webhooks", responses((status = 201, body = MadeWebhook)))]
async fn make(
    who: SignedIn,
    Json(body): Json<WebhookEdit>,
) -> Result<(StatusCode, Json<MadeWebhook>), Problem> {
    let made = webhooks::make(&who.ctx, &who.actor, body.into()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// One address.
#[utoipa::path(get, path = "/api/webhooks/{id}", params(("id" = i64, Path)), responses((status = 200, body = Webhook)))]
async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Versioned<Webhook>, Problem> {
    Ok(versioned(webhooks::webhook(&who.ctx, &who.actor, id).await?))
}

/// Change an address; what waits for one that is switched off is given up.
#[utoipa::path(put, path = "/api/webhooks/{id}", params(("id" = i64, Path)), responses((status = 200, body = Webhook)))]
async fn change(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<WebhookEdit>,
) -> Result<Versioned<Webhook>, Problem> {
    let changed = webhooks::change(&who.ctx, &who.actor, id, version, WebhookText::from(body)).await;
    let changed = or_current(changed, async {
        let now = webhooks::webhook(&who.ctx, &who.actor, id).await?;
        Ok((Webhook::from(now), changed_by(&who.ctx, "webhook", id).await?))
    });
    Ok(versioned(changed.await?))
}

/// Take an address away, with all that was told to it.
#[utoipa::path(delete, path = "/api/webhooks/{id}", params(("id" = i64, Path)), responses((status = 204)))]
async fn remove(who: SignedIn, Path(id): Path<i64>) -> Result<StatusCode, Problem> {
    webhooks::remove(&who.ctx, &who.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give an address a new secret; for a day the old one signs too. Not kept under an Idempotency-Key.
#[utoipa::path(post, path = "/api/webhooks/{id}/secret", params(("id" = i64, Path)), responses((status = 200, body = MadeWebhook)))]
async fn renew_secret(
    who: SignedIn,
    Path(id): Path<i64>,
    _: Json<Empty>,
) -> Result<Json<MadeWebhook>, Problem> {
    Ok(Json(webhooks::renew_secret(&who.ctx, &who.actor, id).await?.into()))
}

/// Send a message that only asks whether somebody is there.
#[utoipa::path(post, path = "/api/webhooks/{id}/ping", params(("id" = i64, Path)), responses((status = 202, body = WebhookDelivery)))]
async fn ping(
    who: SignedIn,
    Path(id): Path<i64>,
    _: Json<Empty>,
) -> Result<(StatusCode, Json<WebhookDelivery>), Problem> {
    let (delivery, _) = webhooks::ping(&who.ctx, &who.actor, id).await?;
    Ok((StatusCode::ACCEPTED, Json(delivery.into())))
}

/// What an address was told, the newest first.
#[utoipa::path(get, path = "/api/webhooks/{id}/deliveries", params(("id" = i64, Path), DeliveryQuery), responses((status = 200, body = DeliveryPage)))]
async fn deliveries(
    who: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<DeliveryQuery>,
) -> Result<Json<DeliveryPage>, Problem> {
    let named = query.state.as_deref().filter(|state| !state.is_empty());
    let unknown = || Invalid::none_of("state", DeliveryState::ALL.map(DeliveryState::key));
    let state = named.map(|state| DeliveryState::from_key(state).ok_or_else(unknown));
    let page = (mark_of(query.after.as_deref())?, Limit::new(query.limit, Limit::MAX)?);
    let found = webhooks::deliveries(&who.ctx, &who.actor, id, state.transpose()?, page).await?;
    Ok(Json(DeliveryPage {
        items: found.items.into_iter().map(WebhookDelivery::from).collect(),
        next: found.next.map(|place| mark(&place)),
        now: found.now.0,
    }))
}

/// Send once more all messages to an address that were given up.
#[utoipa::path(post, path = "/api/webhooks/{id}/resend", params(("id" = i64, Path)), responses((status = 200, body = Resent)))]
async fn resend_dead(who: SignedIn, Path(id): Path<i64>, _: Json<Empty>) -> Result<Json<Resent>, Problem> {
    let count = webhooks::resend_dead(&who.ctx, &who.actor, id).await?;
    Ok(Json(Resent { count }))
}

/// Send one message once more, with the same id.
#[utoipa::path(
    post,
    path = "/api/webhooks/{id}/deliveries/{delivery}/resend",
    params(("id" = i64, Path), ("delivery" = i64, Path)),
    responses((status = 200, body = WebhookDelivery))
)]
async fn resend(
    who: SignedIn,
    Path((id, delivery)): Path<(i64, i64)>,
    _: Json<Empty>,
) -> Result<Json<WebhookDelivery>, Problem> {
    let (delivery, _) = webhooks::resend(&who.ctx, &who.actor, id, delivery).await?;
    Ok(Json(delivery.into()))
}

fn versioned(webhook: webhooks::Webhook) -> Versioned<Webhook> {
    Versioned(webhook.version, webhook.into())
}
