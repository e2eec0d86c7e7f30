//! What the clock could not do and has laid aside: counted for whoever watches, and tried again when an administrator says so.

use domain::access::{Actor, Right};
use serde_json::json;
use store::automation::{self, Aside};
use store::{Command, Tx, events};

use crate::{AppError, Ctx};

/// How much lies aside, for machines that watch.
pub async fn count_aside(ctx: &Ctx) -> Result<Aside, AppError> {
    Ok(ctx.store.read(|tx| Box::pin(automation::aside(tx))).await?)
}

/// How much lies aside, for whoever keeps the company.
pub async fn aside(ctx: &Ctx, actor: &Actor) -> Result<Aside, AppError> {
    actor.need(Right::CompanyWrite)?;
    count_aside(ctx).await
}

/// Has all that lies aside tried again, and says how much it is. What fails once more lies aside again.
pub async fn try_again(ctx: &Ctx, actor: &Actor) -> Result<Aside, AppError> {
    actor.need(Right::CompanyWrite)?;
    ctx.write(TryAgain { actor: actor.clone() }).await
}

#[derive(Clone)]
struct TryAgain {
    actor: Actor,
}

impl Command for TryAgain {
    type Out = Aside;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Aside, AppError> {
        let now = events::moment(tx).await?.now;
        let taken = automation::take_up_again(tx).await?;
        if !taken.is_empty() {
            let (by, facts) = ((now, self.actor.person), json!({"count": taken.events + taken.timers}));
            crate::events::note(tx, by, "clock.retried", ("company", 1), facts).await?;
        }
        Ok(taken)
    }
}
