//! What nobody needs any more: it is forgotten a little at a time, so that nobody waits for it.

use domain::base::Instant;
use store::{Command, Tx, config, events, idempotency, insights, notices, outbox, webhooks};

use crate::{AppError, Ctx};

/// So many rows of a table are looked at in one transaction, and so many transactions one after the other.
const ROWS_AT_ONCE: u32 = 2_000;
const ROUNDS_MAX: usize = 50;
const DAY_MS: i64 = 24 * 3_600 * 1_000;
/// 处理时长 looks at periods of up to 400 days; for what is older than two years no page asks.
const MARKS_DAYS: i64 = 730;
/// What was read of price files that were let go, or could not be read. Each may be as long as its file.
const PREVIEWS_DAYS: i64 = 30;
const PREVIEWS_AT_ONCE: u32 = 20;
/// Messages to people that they have read.
const NOTICES_DAYS: i64 = 90;
/// Messages to other systems that were settled.
const TOLD_DAYS: i64 = 30;

/// Forgets kept answers of requests, effects that were carried out or given up, marks of activity, previews of price files
/// that were let go, messages that were read and messages to other systems that were settled, each after its time, and says
/// how many rows. What is kept in memory of drafts that nobody looks at any more is let go with them. What tells who did
/// what stays: the log, documents, releases, tasks, and what was read of files that were taken over.
pub async fn clean(ctx: &Ctx) -> Result<u64, AppError> {
    ctx.risks.let_go_stale();
    let mut forgotten = 0;
    for _ in 0..ROUNDS_MAX {
        let now = ctx.store.write_unsynced(Clean).await?;
        forgotten += now;
        if now == 0 {
            break;
        }
    }
    Ok(forgotten)
}

#[derive(Clone)]
struct Clean;

impl Command for Clean {
    type Out = u64;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<u64, AppError> {
        let now = events::moment(tx).await?.now;
        let before = |days: i64| Instant(now.0.saturating_sub(days * DAY_MS));
        let answers = idempotency::forget_old(tx, now, ROWS_AT_ONCE).await?;
        let effects = outbox::forget_old(tx, now, ROWS_AT_ONCE).await?;
        let marks = insights::forget_marks(tx, before(MARKS_DAYS), ROWS_AT_ONCE).await?;
        let previews = config::forget_previews(tx, before(PREVIEWS_DAYS), PREVIEWS_AT_ONCE).await?;
        let read = notices::forget_read_before(tx, before(NOTICES_DAYS), ROWS_AT_ONCE).await?;
        let told = webhooks::forget_before(tx, before(TOLD_DAYS), ROWS_AT_ONCE).await?;
        Ok(answers + effects + marks + previews + read + told)
    }
}
