//! Addresses of other systems that are told what happens here: kept by administrators, told by the outbox.

mod deliver;
mod hear;
mod sign;

pub use deliver::{Outgoing, run, run_due};
pub(crate) use hear::hear;

use domain::access::{AccessRefused, Actor, Reach, Right};
use domain::base::{FieldFault, Instant, Invalid, Limit, OrgId, hex};
use domain::webhooks::{
    NAME_LETTERS_MAX, OLD_SECRET_MS, OffReason, PING, WEBHOOKS_MAX, WebhookAddress, WebhookEvent,
    WebhookMessage, WebhookRefused,
};
use domain::words::webhooks as words;
use serde_json::{Value, json};
use store::webhooks::{self, NewDelivery, WebhookContent};
pub use store::webhooks::{Delivery, DeliveryState, Webhook};
use store::{Command, StoreError, Tx, access, events};

use crate::{AppError, Ctx};

/// An address as somebody types it.
#[derive(Clone, Debug, Default)]
pub struct WebhookText {
    pub name: String,
    pub address: String,
    /// Keys of events.
    pub topics: Vec<String>,
    /// The node whose records it hears of; `None`: of all.
    pub org: Option<i64>,
    pub active: bool,
}

/// An address whose secret is shown this once.
#[derive(Clone, Debug)]
pub struct MadeWebhook {
    pub webhook: Webhook,
    pub secret: String,
}

/// A page of messages to one address, and the clock by which they wait.
#[derive(Clone, Debug)]
pub struct Deliveries {
    pub items: Vec<Delivery>,
    /// After which number the next page goes on.
    pub next: Option<i64>,
    pub now: Instant,
}

/// All addresses, by name.
pub async fn list(ctx: &Ctx, actor: &Actor) -> Result<Vec<Webhook>, AppError> {
    need(actor)?;
    Ok(ctx.store.read(|tx| Box::pin(async move { webhooks::list(tx).await })).await?)
}

/// One address.
pub async fn webhook(ctx: &Ctx, actor: &Actor, id: i64) -> Result<Webhook, AppError> {
    need(actor)?;
    ctx.store.read(|tx| Box::pin(async move { found(tx, id).await })).await
}

/// Keeps one more address; its secret is shown this once.
pub async fn make(ctx: &Ctx, actor: &Actor, text: WebhookText) -> Result<MadeWebhook, AppError> {
    need(actor)?;
    let content = accept(ctx, &text, None)?;
    let secret = sign::new_secret(&ctx.random)?;
    let make = Make { actor: actor.clone(), content, secret: secret.clone() };
    Ok(MadeWebhook { webhook: ctx.write(make).await?, secret })
}

/// Changes an address while it is at `version`; what waits for one that is switched off is given up.
pub async fn change(
    ctx: &Ctx,
    actor: &Actor,
    id: i64,
    version: i64,
    text: WebhookText,
) -> Result<Webhook, AppError> {
    let known = webhook(ctx, actor, id).await?;
    let content = accept(ctx, &text, Some((&known.name, &known.address)))?;
    ctx.write(Change { actor: actor.clone(), id, version, content }).await
}

/// Gives an address a new secret, shown this once; for a day the old one signs too.
pub async fn renew_secret(ctx: &Ctx, actor: &Actor, id: i64) -> Result<MadeWebhook, AppError> {
    need(actor)?;
    let secret = sign::new_secret(&ctx.random)?;
    let renew = Renew { actor: actor.clone(), id, secret: secret.clone() };
    Ok(MadeWebhook { webhook: ctx.write(renew).await?, secret })
}

/// Takes an address away with all that was told to it.
pub async fn remove(ctx: &Ctx, actor: &Actor, id: i64) -> Result<(), AppError> {
    need(actor)?;
    ctx.write(Remove { actor: actor.clone(), id }).await
}

/// Sends a message that only asks whether somebody is there; to one that is switched off, too.
pub async fn ping(ctx: &Ctx, actor: &Actor, id: i64) -> Result<(Delivery, Instant), AppError> {
    need(actor)?;
    let message_id = format!("msg_ping-{}", hex(ctx.random.bytes::<12>()?));
    ctx.write(Ping { id, message_id }).await
}

/// Messages to one address, the newest first.
pub async fn deliveries(
    ctx: &Ctx,
    actor: &Actor,
    id: i64,
    state: Option<DeliveryState>,
    (before, limit): (Option<i64>, Limit),
) -> Result<Deliveries, AppError> {
    need(actor)?;
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            found(tx, id).await?;
            let now = events::moment(tx).await?.now;
            let page = (before, limit.and_one());
            Ok::<_, AppError>((webhooks::deliveries(tx, id, state, page, now).await?, now))
        })
    });
    let (mut items, now) = read.await?;
    let more = limit.cut(&mut items);
    let next = items.last().filter(|_| more).map(|delivery| delivery.id);
    Ok(Deliveries { items, next, now })
}

/// Sends one message once more, with the same id, whatever became of it.
pub async fn resend(
    ctx: &Ctx,
    actor: &Actor,
    id: i64,
    delivery: i64,
) -> Result<(Delivery, Instant), AppError> {
    need(actor)?;
    ctx.write(Resend { actor: actor.clone(), id, delivery }).await
}

/// Sends once more all messages to an address that were given up, and says how many.
pub async fn resend_dead(ctx: &Ctx, actor: &Actor, id: i64) -> Result<u64, AppError> {
    need(actor)?;
    ctx.write(ResendDead { actor: actor.clone(), id }).await
}

/// What leaves the house is the whole company's: it takes a right that reaches everywhere.
fn need(actor: &Actor) -> Result<(), AccessRefused> {
    match actor.grants.get(&Right::WebhooksWrite) {
        Some(Reach::All) => Ok(()),
        Some(Reach::Own | Reach::Org) | None => Err(AccessRefused::Forbidden(Right::WebhooksWrite)),
    }
}

/// What was typed, or everything that is wrong with it; `known` are the name and the address that stand there already: what
/// would no longer be taken stays, so that it can still be switched off.
fn accept(ctx: &Ctx, text: &WebhookText, known: Option<(&str, &str)>) -> Result<WebhookContent, Invalid> {
    let mut faults = Invalid::default();
    let name = match known.filter(|(name, _)| *name == text.name.trim()) {
        Some((name, _)) => name.to_string(),
        None => faults.name("name", &text.name, NAME_LETTERS_MAX),
    };
    let given = text.address.trim();
    let address = match WebhookAddress::parse(given, ctx.webhooks.inside_allowed) {
        Ok(address) => address.to_string(),
        // Where the setting has changed since, nothing is sent there.
        Err(_) if known.is_some_and(|(_, address)| address == given) => given.to_string(),
        Err(_) if given.is_empty() => {
            faults.add("address", FieldFault::Missing);
            String::new()
        }
        Err(fault) => {
            faults.add("address", FieldFault::Said(words::address_fault(fault).to_string()));
            String::new()
        }
    };
    let mut events = Vec::new();
    for (place, topic) in text.topics.iter().enumerate() {
        match WebhookEvent::from_key(topic) {
            Some(event) if events.contains(&event) => {
                faults.add(format!("topics[{place}]"), FieldFault::Repeated);
            }
            Some(event) => events.push(event),
            None => faults.add(format!("topics[{place}]"), FieldFault::NoChoice),
        }
    }
    if text.topics.is_empty() {
        faults.add("topics", FieldFault::Missing);
    }
    faults.or_go_on()?;
    Ok(WebhookContent { name, address, events, org: text.org.map(OrgId), active: text.active })
}

async fn found(tx: &mut Tx<'_>, id: i64) -> Result<Webhook, AppError> {
    webhooks::webhook(tx, id).await?.ok_or(AppError::Access(AccessRefused::NotFound))
}

/// The name must be new, and the node one of the company's.
async fn fits(tx: &mut Tx<'_>, content: &WebhookContent, id: i64) -> Result<(), AppError> {
    if webhooks::is_name_taken(tx, &content.name, id).await? {
        return Err(taken().into());
    }
    if let Some(org) = content.org
        && access::org(tx, org).await?.is_none()
    {
        return Err(Invalid::one("org_id", FieldFault::NoSuchRecord).into());
    }
    Ok(())
}

fn taken() -> Invalid {
    Invalid::one("name", FieldFault::Said(words::NAME_TAKEN.to_string()))
}

/// Somebody else gave the same name in the same moment.
fn name_taken(error: StoreError) -> AppError {
    match error {
        StoreError::Constraint(_) => taken().into(),
        other => other.into(),
    }
}

/// What the log says of an address; never its secret, and nothing behind the question mark, where keys may stand.
fn facts(content: &WebhookContent) -> Value {
    let topics: Vec<&str> = content.events.iter().map(|event| event.key()).collect();
    let address = content.address.split('?').next().unwrap_or_default();
    json!({"name": content.name, "address": address, "topics": topics, "active": content.active})
}

fn content_of(webhook: &Webhook) -> WebhookContent {
    WebhookContent {
        name: webhook.name.clone(),
        address: webhook.address.clone(),
        events: webhook.events.clone(),
        org: webhook.org.as_ref().map(|(id, _)| *id),
        active: webhook.active,
    }
}

#[derive(Clone)]
struct Make {
    actor: Actor,
    content: WebhookContent,
    secret: String,
}

impl Command for Make {
    type Out = Webhook;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Webhook, AppError> {
        let now = events::moment(tx).await?.now;
        if usize::try_from(webhooks::count(tx).await?).is_ok_and(|count| count >= WEBHOOKS_MAX) {
            return Err(Invalid::one("name", FieldFault::Said(words::too_many(WEBHOOKS_MAX))).into());
        }
        fits(tx, &self.content, 0).await?;
        let by = (now, self.actor.person);
        let id = webhooks::insert(tx, &self.content, &self.secret, by).await.map_err(name_taken)?;
        crate::events::note(tx, by, "webhook.made", ("webhook", id), facts(&self.content)).await?;
        found(tx, id).await
    }
}

#[derive(Clone)]
struct Change {
    actor: Actor,
    id: i64,
    version: i64,
    content: WebhookContent,
}

impl Command for Change {
    type Out = Webhook;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Webhook, AppError> {
        tx.lock_row("webhook", "id", self.id).await?;
        let before = found(tx, self.id).await?;
        if before.version != self.version {
            return Err(AppError::Stale { version: before.version });
        }
        fits(tx, &self.content, self.id).await?;
        let now = events::moment(tx).await?.now;
        let reason = if self.content.active { None } else { before.off_reason.or(Some(OffReason::Person)) };
        webhooks::change(tx, self.id, self.version, &self.content, reason).await.map_err(name_taken)?;
        if !self.content.active {
            webhooks::give_up_waiting(tx, self.id, now).await?;
        }
        let changed = json!({"before": facts(&content_of(&before)), "after": facts(&self.content)});
        let by = (now, self.actor.person);
        crate::events::note(tx, by, "webhook.changed", ("webhook", self.id), changed).await?;
        found(tx, self.id).await
    }
}

#[derive(Clone)]
struct Renew {
    actor: Actor,
    id: i64,
    secret: String,
}

impl Command for Renew {
    type Out = Webhook;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Webhook, AppError> {
        tx.lock_row("webhook", "id", self.id).await?;
        let webhook = found(tx, self.id).await?;
        let now = events::moment(tx).await?.now;
        webhooks::renew_secret(tx, self.id, &self.secret, now.plus_ms(OLD_SECRET_MS)).await?;
        let (by, facts) = ((now, self.actor.person), json!({"name": webhook.name}));
        crate::events::note(tx, by, "webhook.secret_renewed", ("webhook", self.id), facts).await?;
        found(tx, self.id).await
    }
}

#[derive(Clone)]
struct Remove {
    actor: Actor,
    id: i64,
}

impl Command for Remove {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        tx.lock_row("webhook", "id", self.id).await?;
        let webhook = found(tx, self.id).await?;
        let now = events::moment(tx).await?.now;
        webhooks::remove(tx, self.id).await?;
        let (by, facts) = ((now, self.actor.person), facts(&content_of(&webhook)));
        crate::events::note(tx, by, "webhook.removed", ("webhook", self.id), facts).await?;
        Ok(())
    }
}

#[derive(Clone)]
struct Ping {
    id: i64,
    message_id: String,
}

impl Command for Ping {
    type Out = (Delivery, Instant);
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(Delivery, Instant), AppError> {
        tx.lock_row("webhook", "id", self.id).await?;
        found(tx, self.id).await?;
        let now = events::moment(tx).await?.now;
        // Somebody wants to know it now.
        webhooks::hold(tx, self.id, None).await?;
        let message = WebhookMessage {
            id: self.message_id,
            kind: PING.to_string(),
            at: now,
            entity: String::new(),
            entity_id: 0,
            number: None,
            org: None,
        };
        let put = webhooks::put(tx, now, &NewDelivery { webhook: self.id, message }).await?;
        // Twelve random bytes are never the same twice.
        let id = put.ok_or(AppError::Access(AccessRefused::NotFound))?;
        Ok((delivery(tx, self.id, id, now).await?, now))
    }
}

#[derive(Clone)]
struct Resend {
    actor: Actor,
    id: i64,
    delivery: i64,
}

impl Command for Resend {
    type Out = (Delivery, Instant);
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(Delivery, Instant), AppError> {
        let now = events::moment(tx).await?.now;
        sendable(tx, self.id).await?;
        delivery(tx, self.id, self.delivery, now).await?;
        if !webhooks::resend(tx, self.delivery, now).await? {
            return Err(AppError::refused(WebhookRefused::Sending));
        }
        note_resent(tx, (now, &self.actor), self.id, 1).await?;
        Ok((delivery(tx, self.id, self.delivery, now).await?, now))
    }
}

#[derive(Clone)]
struct ResendDead {
    actor: Actor,
    id: i64,
}

impl Command for ResendDead {
    type Out = u64;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<u64, AppError> {
        let now = events::moment(tx).await?.now;
        sendable(tx, self.id).await?;
        let count = webhooks::resend_dead(tx, self.id, now).await?;
        if count > 0 {
            note_resent(tx, (now, &self.actor), self.id, count).await?;
        }
        Ok(count)
    }
}

async fn note_resent(
    tx: &mut Tx<'_>,
    (now, actor): (Instant, &Actor),
    id: i64,
    count: u64,
) -> Result<(), AppError> {
    let by = (now, actor.person);
    Ok(crate::events::note(tx, by, "webhook.resent", ("webhook", id), json!({"count": count})).await?)
}

/// The address, which must be switched on, kept as it is; what somebody asks for is tried at once.
async fn sendable(tx: &mut Tx<'_>, id: i64) -> Result<Webhook, AppError> {
    tx.lock_row("webhook", "id", id).await?;
    let webhook = found(tx, id).await?;
    if !webhook.active {
        return Err(AppError::refused(WebhookRefused::Off));
    }
    webhooks::hold(tx, id, None).await?;
    Ok(webhook)
}

/// A message to this very address.
async fn delivery(tx: &mut Tx<'_>, webhook: i64, id: i64, now: Instant) -> Result<Delivery, AppError> {
    let found = webhooks::delivery(tx, id, now).await?.filter(|delivery| delivery.webhook == webhook);
    found.ok_or(AppError::Access(AccessRefused::NotFound))
}
