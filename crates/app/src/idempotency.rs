//! The same request sent twice is carried out once, and answered the second time as the first.
//!
//! Neither claim nor answer waits for the disk: the change itself does, and makes its claim durable with it. A power
//! failure right after an answer costs only that answer; who asks again is told where to look.

use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::base::{Instant, PersonId};
pub use store::idempotency::{Begun, Record, RequestKey};
use store::{Command, StoreError, Tx, events, idempotency};

use crate::{AppError, Ctx, Mark};

/// So long a second request waits for the answer to the first.
const ANSWER_WAIT: Duration = Duration::from_secs(3);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// So long, and so often, a key is tried to be freed while nothing can be written.
const FREE_WITHIN: Duration = Duration::from_secs(30);
const FREE_EVERY: Duration = Duration::from_millis(500);

/// The request of `actor` to `path` under the key that the browser made.
pub fn request_key(actor: PersonId, path: &str, key: &str) -> RequestKey {
    RequestKey { actor, path: path.to_string(), key: key.to_string() }
}

/// Claims a request, or says what became of the first one with its key. While that one is still running, waits a
/// little for its answer, on whichever server it runs. `clock` is what the database's clock said a moment ago, where that
/// is known: a request that was never sent before is claimed with it at once.
pub async fn begin(
    ctx: &Ctx,
    key: &RequestKey,
    body_hash: &str,
    clock: Option<Instant>,
) -> Result<Begun, AppError> {
    if let Some(now) = clock {
        let claim = Claim { key: key.clone(), body_hash: body_hash.to_string(), now };
        match ctx.store.write_unsynced(claim).await {
            Ok(true) => return Ok(Begun::Fresh),
            Ok(false) => {}
            Err(error) => return Err(nothing_done(ctx, key, error).await),
        }
    }
    let end = tokio::time::Instant::now() + ANSWER_WAIT;
    loop {
        let begin = Begin { key: key.clone(), body_hash: body_hash.to_string() };
        let begun = match ctx.store.write_unsynced(begin).await {
            Ok(begun) => begun,
            Err(error) => return Err(nothing_done(ctx, key, error).await),
        };
        if begun != Begun::Running {
            return Ok(begun);
        }
        loop {
            if tokio::time::Instant::now() >= end {
                return Ok(Begun::Running);
            }
            tokio::time::sleep(LOOK_EVERY).await;
            match found(ctx, key, body_hash).await? {
                Some(Begun::Running) => {}
                Some(begun) if begun != Begun::Fresh => return Ok(begun),
                // It was refused or lost: this one may be carried out now.
                _ => break,
            }
        }
    }
}

/// Where only the claim is uncertain, nothing was carried out, and the key is free again for whoever sends it once more.
/// Should another request hold it just then, that one's change finds its claim gone and is not kept.
async fn nothing_done(ctx: &Ctx, key: &RequestKey, error: AppError) -> AppError {
    let AppError::Store(StoreError::CommitUnknown(lost)) = error else { return error };
    // Where this fails too, it is tried again in the background, and in the end the claim runs out.
    let _ = forget(ctx, key).await;
    AppError::Store(StoreError::Unavailable(lost))
}

/// What became of a request that claims nothing, if it was sent before: its change notes its key by itself
/// (`Mark::WithChange`). `clock` is what the database's clock said a moment ago, where that is known.
pub async fn known(
    ctx: &Ctx,
    key: &RequestKey,
    body_hash: &str,
    clock: Option<Instant>,
) -> Result<(Option<Begun>, Instant), AppError> {
    let (key, body_hash) = (key.clone(), body_hash.to_string());
    let find = ctx.store.read(move |tx| {
        Box::pin(async move {
            let now = match clock {
                Some(clock) => clock,
                None => tx.clock_now().await?,
            };
            Ok::<_, AppError>((idempotency::find(tx, &key, &body_hash, now).await?, now))
        })
    });
    find.await
}

/// The record of this kind that another request with the same key made while this one was on its way, so that this one
/// was not kept.
pub async fn made_meanwhile(ctx: &Ctx, entity: &str) -> Result<Option<i64>, AppError> {
    let Some(request) = &ctx.request else { return Ok(None) };
    let Mark::WithChange { body_hash, now, second } = &request.mark else { return Ok(None) };
    if !second.load(Ordering::SeqCst) {
        return Ok(None);
    }
    match known(ctx, &request.key, body_hash, Some(*now)).await? {
        (Some(Begun::DoneWithoutAnswer { record: Some(record) }), _) if record.entity == entity => {
            Ok(Some(record.id))
        }
        _ => Ok(None),
    }
}

async fn found(ctx: &Ctx, key: &RequestKey, body_hash: &str) -> Result<Option<Begun>, AppError> {
    let (key, body_hash) = (key.clone(), body_hash.to_string());
    let find = ctx.store.read(move |tx| {
        Box::pin(async move {
            let now = tx.clock_now().await?;
            idempotency::find(tx, &key, &body_hash, now).await
        })
    });
    Ok(find.await?)
}

/// What people call the record that a request made or changed: its number or its name.
pub async fn name_of(ctx: &Ctx, record: &Record) -> Result<Option<String>, AppError> {
    let Record { entity, id } = record.clone();
    Ok(ctx.store.read(|tx| Box::pin(async move { events::name_of(tx, &entity, id).await })).await?)
}

/// Keeps the answer that was given, for whoever asks again with the same key.
pub async fn answer(ctx: &Ctx, key: &RequestKey, status: u16, answer: &str) -> Result<(), AppError> {
    ctx.store.write_unsynced(Answer { key: key.clone(), status, answer: answer.to_string() }).await
}

/// Frees the key of a request that changed nothing, so that it may be sent again. While the database is away, or its
/// disk full, it goes on trying in the background, for less long than a claim lasts: else whoever sends the request again
/// is told for a minute that it is running.
pub async fn forget(ctx: &Ctx, key: &RequestKey) -> Result<(), AppError> {
    let forget = Forget { key: key.clone() };
    let freed = ctx.store.write_unsynced(forget.clone()).await;
    if freed.as_ref().is_err_and(|error| error.is_outage() || error.is_disk_full()) {
        let store = ctx.store.clone();
        tokio::spawn(async move {
            let end = tokio::time::Instant::now() + FREE_WITHIN;
            while tokio::time::Instant::now() < end {
                tokio::time::sleep(FREE_EVERY).await;
                if store.write_unsynced(forget.clone()).await.is_ok() {
                    return;
                }
            }
        });
    }
    freed
}

/// At the start: what the process before was carrying out when it was killed may be sent again at once. With several
/// servers another one may be carrying it out, so there its claim ends with its lease.
pub async fn take_up(ctx: &Ctx) -> Result<(), AppError> {
    if ctx.store.folder().is_none() {
        return Ok(());
    }
    ctx.store.write(LetGo).await
}

#[derive(Clone)]
struct LetGo;

impl Command for LetGo {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = tx.clock_now().await?;
        idempotency::let_go(tx, now).await?;
        Ok(())
    }
}

#[derive(Clone)]
struct Claim {
    key: RequestKey,
    body_hash: String,
    now: Instant,
}

impl Command for Claim {
    type Out = bool;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<bool, AppError> {
        Ok(idempotency::claim(tx, &self.key, &self.body_hash, self.now).await?)
    }
}

#[derive(Clone)]
struct Begin {
    key: RequestKey,
    body_hash: String,
}

impl Command for Begin {
    type Out = Begun;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Begun, AppError> {
        let now = tx.clock_now().await?;
        Ok(idempotency::begin(tx, &self.key, &self.body_hash, now).await?)
    }
}

#[derive(Clone)]
struct Answer {
    key: RequestKey,
    status: u16,
    answer: String,
}

impl Command for Answer {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        Ok(idempotency::answer(tx, &self.key, self.status, &self.answer).await?)
    }
}

#[derive(Clone)]
struct Forget {
    key: RequestKey,
}

impl Command for Forget {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        Ok(idempotency::forget(tx, &self.key).await?)
    }
}
