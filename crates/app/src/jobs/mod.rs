//! What is done after a change is durable: a runner that carries out effects, any number of times, on any server; and
//! what is forgotten when nobody needs it any more.

mod cleaning;

pub use cleaning::clean;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::base::{Instant, QuoteId};
use serde::Deserialize;
use store::outbox::{self, Effect};
use store::{Command, StoreError, Tx};
use tokio::sync::watch;

use crate::{AppError, Ctx, config, documents};

/// The effect that makes the PDF of an issued quotation.
pub const PDF_EFFECT: &str = "pdf";
/// Effects tried before the runner looks whether something old is to be forgotten.
const BATCH_MAX: usize = 4;
/// Without work, the runner looks again after so long.
const IDLE: Duration = Duration::from_millis(500);
/// What nobody needs any more is looked for so often.
const CLEAN_EVERY: Duration = Duration::from_secs(3_600);
/// A runner that has not looked for so long is not running.
const SILENT_MS_MAX: i64 = 30_000;

/// When the runner last looked for work; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Pulse {
    at: Arc<AtomicI64>,
}

impl Pulse {
    /// Whether the runner has looked for work lately; where none was ever started, none is missed.
    pub fn beats(&self, now: Instant) -> bool {
        let last = self.at.load(Ordering::Relaxed);
        last == 0 || now.0.saturating_sub(last) <= SILENT_MS_MAX
    }

    pub(crate) fn beat(&self, now: Instant) {
        self.at.store(now.0, Ordering::Relaxed);
    }
}

/// Carries out effects until `stop` says so.
pub async fn run(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    let mut cleaned: Option<tokio::time::Instant> = None;
    while !*stop.borrow() {
        if cleaned.is_none_or(|at| at.elapsed() >= CLEAN_EVERY) {
            if let Err(error) = clean(&ctx).await {
                tracing::warn!(?error, "what is old could not be forgotten");
            }
            cleaned = Some(tokio::time::Instant::now());
        }
        let done = match run_until(&ctx, || *stop.borrow()).await {
            Ok(done) => done,
            Err(error) => {
                tracing::error!(?error, "effects could not be carried out");
                0
            }
        };
        if done == 0 {
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                _ = stop.changed() => return,
            }
        }
    }
}

/// How many effects wait, and how many were given up.
pub async fn waiting(ctx: &Ctx) -> Result<(i64, i64), AppError> {
    Ok(ctx.store.read(|tx| Box::pin(async move { outbox::waiting(tx).await })).await?)
}

/// Carries out what is due now, once; says how many effects were tried. Each is claimed as it begins, so that one that takes
/// long uses up its own lease alone, and another server takes the next. Neither claim nor outcome waits for the disk: what
/// a power failure loses of them is carried out again. None is given up because the machine fails.
pub async fn run_due(ctx: &Ctx) -> Result<usize, AppError> {
    run_until(ctx, || false).await
}

/// `run_due` that begins no effect any more once it is to stop: a paper takes long on a machine that is busy.
async fn run_until(ctx: &Ctx, stops: impl Fn() -> bool + Send) -> Result<usize, AppError> {
    for tried in 0..BATCH_MAX {
        if stops() {
            return Ok(tried);
        }
        let due = is_due(ctx).await?;
        // Nearly always nothing is due: then nobody waits for the writer.
        let effect = if due { ctx.store.write_unsynced(Claim).await? } else { None };
        ctx.pulse.beat(ctx.moment().await?.now);
        let Some(mut effect) = effect else { return Ok(tried) };
        let failure = match carry_out(ctx, &effect).await {
            Ok(()) => None,
            Err(error) => {
                tracing::warn!(effect = effect.id, kind = %effect.kind, ?error, "an effect failed");
                if error.is_of_the_machine() {
                    effect.attempts = effect.attempts.min(outbox::ATTEMPTS_MAX - 1);
                } else if effect.attempts >= outbox::ATTEMPTS_MAX {
                    let (id, kind, payload) = (effect.id, &effect.kind, &effect.payload);
                    tracing::error!(effect = id, %kind, %payload, "an effect is given up: nobody tries it again");
                }
                Some(error.code().to_string())
            }
        };
        ctx.store.write_unsynced(Settle { effect, failure }).await?;
    }
    Ok(BATCH_MAX)
}

/// Leaves papers of quotations that were issued before `before` to whoever first asks for one, and says how many: a history
/// that is made in one go has thousands, which nobody waits for.
pub async fn leave_papers_before(ctx: &Ctx, before: Instant) -> Result<u64, AppError> {
    let left = ctx
        .store
        .change(move |tx| Box::pin(async move { outbox::done_before(tx, PDF_EFFECT, before).await }));
    let left: Result<u64, StoreError> = left.await;
    Ok(left?)
}

async fn is_due(ctx: &Ctx) -> Result<bool, StoreError> {
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = store::events::moment(tx).await?.now;
            outbox::is_due(tx, now).await
        })
    });
    read.await
}

/// How many effects were given up and not forgotten yet: somebody should look into the log.
pub async fn dead(ctx: &Ctx) -> Result<i64, AppError> {
    Ok(ctx.store.read(|tx| Box::pin(outbox::dead(tx))).await?)
}

async fn carry_out(ctx: &Ctx, effect: &Effect) -> Result<(), AppError> {
    match effect.kind.as_str() {
        PDF_EFFECT => {
            let payload: PdfPayload = read(&effect.payload)?;
            documents::render(ctx, QuoteId(payload.quote)).await?;
            Ok(())
        }
        config::IMPORT_EFFECT => config::watch_import(ctx, read(&effect.payload)?).await,
        other => Err(StoreError::Decode(format!("no effect is called {other}")).into()),
    }
}

#[derive(Deserialize)]
struct PdfPayload {
    quote: i64,
}

fn read<'p, T: Deserialize<'p>>(payload: &'p str) -> Result<T, StoreError> {
    serde_json::from_str(payload).map_err(|error| StoreError::Decode(error.to_string()))
}

#[derive(Clone)]
struct Claim;

impl Command for Claim {
    type Out = Option<Effect>;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Option<Effect>, AppError> {
        let now = store::events::moment(tx).await?.now;
        Ok(outbox::claim(tx, now, 1).await?.pop())
    }
}

#[derive(Clone)]
struct Settle {
    effect: Effect,
    failure: Option<String>,
}

impl Command for Settle {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = store::events::moment(tx).await?.now;
        match &self.failure {
            None => outbox::done(tx, now, self.effect.id).await?,
            Some(failure) => outbox::failed(tx, now, &self.effect, failure).await?,
        }
        Ok(())
    }
}
