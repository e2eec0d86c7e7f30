//! The way out when the clock once ran ahead: somebody says that it is right now.

use domain::base::{Instant, Invalid};
use domain::config::NOTE_LETTERS_MAX;
use serde_json::json;
use store::events::{self, CLOCK_ACCEPTED, Event};
use store::{Command, Tx, outbox, sessions, timers};

use crate::{AppError, Ctx};

/// What the clock was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptedClock {
    pub now: Instant,
    /// How far it stood behind the newest event; 0: nothing had to be done.
    pub behind_ms: i64,
}

/// How far the database's clock stands behind the newest event, without changing anything.
pub async fn read_clock(ctx: &Ctx) -> Result<AcceptedClock, AppError> {
    let moment = ctx.moment().await?;
    Ok(AcceptedClock { now: moment.now.plus_ms(-moment.behind_ms), behind_ms: moment.behind_ms })
}

/// The reason as it is logged: one line, as long as other reasons may be; it may be left out.
pub fn check_reason(reason: &str) -> Result<String, Invalid> {
    let mut faults = Invalid::default();
    let reason = faults.line("reason", reason, NOTE_LETTERS_MAX);
    faults.or_go_on().map(|()| reason)
}

/// Takes the database's clock for right although something was logged with a later time, and logs why.
pub async fn accept_clock(ctx: &Ctx, reason: &str) -> Result<AcceptedClock, AppError> {
    let reason = check_reason(reason)?;
    ctx.write(AcceptClock { reason }).await
}

#[derive(Clone)]
struct AcceptClock {
    reason: String,
}

impl Command for AcceptClock {
    type Out = AcceptedClock;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<AcceptedClock, AppError> {
        let moment = events::moment(tx).await?;
        let behind_ms = moment.behind_ms;
        let now = moment.now.plus_ms(-behind_ms);
        if behind_ms > 0 {
            let facts = json!({"behind_ms": behind_ms, "newest": moment.now.0, "reason": self.reason});
            let event = Event { actor: None, kind: CLOCK_ACCEPTED, entity: "company", entity_id: 1, facts };
            events::append(tx, now, &event).await?;
            outbox::no_later_than(tx, now).await?;
            sessions::forget_failures_after(tx, now).await?;
            timers::let_go_after(tx, now).await?;
        }
        Ok(AcceptedClock { now, behind_ms })
    }
}
