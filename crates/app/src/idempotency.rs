//! The same request sent twice is carried out once, and answered the second time as the first.

use domain::base::PersonId;
pub use store::idempotency::{Begun, RequestKey};
use store::{Command, Tx, idempotency};

use crate::{AppError, Ctx};

/// The request of `actor` to `path` under the key that the browser made.
pub fn request_key(actor: PersonId, path: &str, key: &str) -> RequestKey {
    RequestKey { actor, path: path.to_string(), key: key.to_string() }
}

/// Claims a request, or says what became of the first one with its key.
pub async fn begin(ctx: &Ctx, key: &RequestKey, body_hash: &str) -> Result<Begun, AppError> {
    ctx.store.write(Begin { key: key.clone(), body_hash: body_hash.to_string() }).await
}

/// Keeps the answer that was given, for whoever asks again with the same key.
pub async fn answer(ctx: &Ctx, key: &RequestKey, status: u16, answer: &str) -> Result<(), AppError> {
    ctx.store.write(Answer { key: key.clone(), status, answer: answer.to_string() }).await
}

/// Frees the key of a request that changed nothing, so that it may be sent again.
pub async fn forget(ctx: &Ctx, key: &RequestKey) -> Result<(), AppError> {
    ctx.store.write(Forget { key: key.clone() }).await
}

/// At the start: what the process before was carrying out when it was killed may be sent again at once. With several
/// servers another one may be carrying it out, so there its claim ends with its lease.
pub async fn take_up(ctx: &Ctx) -> Result<(), AppError> {
    if ctx.store.folder().is_none() {
        return Ok(());
    }
    ctx.store.change(|tx| Box::pin(idempotency::let_go(tx))).await?;
    Ok(())
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
