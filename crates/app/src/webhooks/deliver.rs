//! Sending: on any number of servers, to one address one at a time, again after a growing wait, at last laid aside.

use std::sync::Arc;
use std::time::Duration;

use domain::base::Instant;
use domain::webhooks::{
    OffReason, WebhookFailure, answer_start, body, failed_too_long, failure_of, hold_ms, retry_wait_ms,
};
use domain::words::webhooks as words;
use jiff::tz::TimeZone;
use serde_json::json;
use store::events::{self, Event};
use store::outbox::{self, Effect};
use store::webhooks;
use store::{Command, Tx};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::sign;
use crate::notices::{Message, tell};
use crate::ports::{Posted, WebhookPost, WebhookSender};
use crate::{AppError, Ctx};

/// So many messages are on their way at once.
const AT_ONCE: usize = 16;
/// Without work, the runner looks again after so long.
const IDLE: Duration = Duration::from_millis(500);

/// What sends messages to other systems, and how far they may go.
#[derive(Clone, Default)]
pub struct Outgoing {
    /// Without it nothing is sent; what is put down waits.
    pub sender: Option<Arc<dyn WebhookSender>>,
    /// Addresses may lead to machines inside, and then without https.
    pub inside_allowed: bool,
}

/// Sends until `stop` says so; what is on its way then is waited for.
pub async fn run(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    let Some(sender) = ctx.webhooks.sender.clone() else { return };
    let mut sending = JoinSet::new();
    while !*stop.borrow() {
        let room = AT_ONCE.saturating_sub(sending.len());
        match claim(&ctx, room).await {
            Ok(claimed) => {
                for (effect, delivery) in claimed {
                    sending.spawn(deliver(ctx.clone(), sender.clone(), effect, delivery));
                }
            }
            Err(error) => tracing::error!(?error, "messages to other systems could not be looked for"),
        }
        tokio::select! {
            () = tokio::time::sleep(IDLE) => {}
            Some(_) = sending.join_next() => {}
            _ = stop.changed() => break,
        }
    }
    while sending.join_next().await.is_some() {}
}

/// Sends what is due now, once, at most one message to each address; says how many were tried.
pub async fn run_due(ctx: &Ctx) -> Result<usize, AppError> {
    let Some(sender) = ctx.webhooks.sender.clone() else { return Ok(0) };
    let claimed = claim(ctx, AT_ONCE).await?;
    let count = claimed.len();
    let mut sending = JoinSet::new();
    for (effect, delivery) in claimed {
        sending.spawn(deliver(ctx.clone(), sender.clone(), effect, delivery));
    }
    while sending.join_next().await.is_some() {}
    Ok(count)
}

async fn claim(ctx: &Ctx, room: usize) -> Result<Vec<(Effect, i64)>, AppError> {
    let limit = u32::try_from(room).unwrap_or(0);
    // Nearly always nothing is due: then nobody waits for the writer.
    let due = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = events::moment(tx).await?.now;
            webhooks::is_due(tx, now).await
        })
    });
    if limit == 0 || !due.await? {
        return Ok(Vec::new());
    }
    // What a power failure loses of a claim is claimed again.
    ctx.store.write_unsynced(Claim { limit }).await
}

/// Sends one message and keeps what came of it. When that cannot be kept, the lease runs out and it is sent again.
async fn deliver(ctx: Ctx, sender: Arc<dyn WebhookSender>, effect: Effect, delivery: i64) {
    let id = effect.id;
    if let Err(error) = send(&ctx, sender.as_ref(), effect, delivery).await {
        tracing::warn!(?error, effect = id, delivery, "a message to another system could not be carried out");
    }
}

async fn send(ctx: &Ctx, sender: &dyn WebhookSender, effect: Effect, delivery: i64) -> Result<(), AppError> {
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = events::moment(tx).await?.now;
            let to_send = webhooks::to_send(tx, delivery, now).await?;
            // The other side compares the moment with its own clock, so it is the clock's and not that of the log.
            Ok::<_, AppError>((to_send, tx.clock_now().await?))
        })
    });
    // An address that is gone took its messages along.
    let (Some(to_send), now) = read.await? else { return Ok(()) };
    let body = body(&to_send.message, ctx.printing.public_url.as_deref());
    let headers = sign::headers(&to_send.message.id, now, &body, &to_send.secrets)?;
    let post = WebhookPost { address: to_send.address, headers, body };
    let posted = sender.post(&post).await;
    let (answered, failure) = match posted {
        Ok(Posted { code, text }) => (Some((i64::from(code), answer_start(&text))), failure_of(code)),
        Err(failure) => (None, Some(failure)),
    };
    if let Some(failure) = failure {
        let attempts = effect.attempts;
        tracing::info!(
            delivery,
            webhook = to_send.webhook,
            attempts,
            why = failure.key(),
            "a message was not taken"
        );
    }
    let [chance] = ctx.random.bytes::<1>()?;
    let settle = Settle {
        effect,
        delivery,
        webhook: to_send.webhook,
        answered,
        failure,
        chance,
        zone: ctx.zone.clone(),
    };
    ctx.store.write(settle).await
}

#[derive(Clone)]
struct Claim {
    limit: u32,
}

impl Command for Claim {
    type Out = Vec<(Effect, i64)>;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Vec<(Effect, i64)>, AppError> {
        let now = events::moment(tx).await?.now;
        Ok(webhooks::claim(tx, now, self.limit).await?)
    }
}

#[derive(Clone)]
struct Settle {
    effect: Effect,
    delivery: i64,
    webhook: i64,
    answered: Option<(i64, String)>,
    failure: Option<WebhookFailure>,
    chance: u8,
    zone: TimeZone,
}

impl Command for Settle {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        tx.lock_row("webhook", "id", self.webhook).await?;
        let answered = self.answered.as_ref().map(|(code, text)| (*code, text.as_str()));
        webhooks::tell(tx, self.delivery, now, answered, self.failure).await?;
        let Some(failure) = self.failure else {
            outbox::done(tx, now, self.effect.id).await?;
            return Ok(webhooks::went_well(tx, self.webhook).await?);
        };
        let wait = retry_wait_ms(self.effect.attempts, self.chance);
        let wait = wait.filter(|_| failure != WebhookFailure::Gone);
        let (due, dead) = (now.plus_ms(wait.unwrap_or(0)), wait.is_none().then_some(now));
        outbox::put_off(tx, self.effect.id, due, failure.key(), dead).await?;
        let Some(failing) = webhooks::went_wrong(tx, self.webhook, now).await? else { return Ok(()) };
        webhooks::hold(tx, self.webhook, Some(now.plus_ms(hold_ms(failing.failures)))).await?;
        let too_long = failed_too_long(now.0 - failing.since.0, failing.failures);
        let reason = match failure {
            WebhookFailure::Gone => OffReason::Gone,
            _ if too_long => OffReason::Failing,
            _ if failing.active => return Ok(()),
            // It was switched off while this message was on its way.
            _ => return Ok(webhooks::give_up_waiting(tx, self.webhook, now).await.map(drop)?),
        };
        self.switch_off(tx, now, &failing.name, reason).await
    }
}

impl Settle {
    /// Switches the address off and tells everybody who looks after addresses.
    async fn switch_off(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        name: &str,
        reason: OffReason,
    ) -> Result<(), AppError> {
        let was_on = webhooks::switch_off(tx, self.webhook, reason).await?;
        webhooks::give_up_waiting(tx, self.webhook, now).await?;
        if !was_on {
            return Ok(());
        }
        let facts = json!({"name": name, "reason": words::off_reason(reason)});
        let (kind, entity) = ("webhook.switched_off", "webhook");
        let told = Event { actor: None, kind, entity, entity_id: self.webhook, facts };
        let event = events::append_numbered(tx, now, &told).await?;
        let keepers = webhooks::keepers(tx).await?;
        let (about, text) = (format!("webhook:{event}"), words::switched_off(name, reason));
        let message = Message { about, kind: "notice", text, entity, entity_id: self.webhook };
        Ok(tell(tx, &keepers, message, (now, &self.zone)).await?)
    }
}
