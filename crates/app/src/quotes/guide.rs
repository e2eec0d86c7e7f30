//! The hints of a person's first quotations: counted here, put away by the person.

use domain::access::{AccessRefused, Actor, Right};
use domain::quotes::{GUIDED_QUOTES, Guide};
use store::{Command, Tx};

use crate::{AppError, Ctx};

/// Where the person stands. Whoever issues nothing is shown nothing, nor is whoever issues for a branch, a region or the
/// company: they look into others' drafts, and know how to.
pub async fn guide(ctx: &Ctx, actor: &Actor) -> Result<Guide, AppError> {
    let sells = actor.scope(Right::QuoteIssue).is_ok_and(|scope| scope.path.is_none());
    let person = actor.person;
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let issued = store::quotes::issued_by(tx, person, GUIDED_QUOTES).await?;
            let off = store::access::guide_off(tx, person).await?;
            Ok::<_, AppError>(Guide { issued, off: off || !sells })
        })
    });
    read.await
}

/// Puts the hints away for this person, or takes them out again.
pub async fn put_guide(ctx: &Ctx, actor: &Actor, off: bool) -> Result<Guide, AppError> {
    if !actor.has(Right::QuoteIssue) {
        return Err(AccessRefused::Forbidden(Right::QuoteIssue).into());
    }
    ctx.write(PutGuide { actor: actor.clone(), off }).await?;
    guide(ctx, actor).await
}

#[derive(Clone)]
struct PutGuide {
    actor: Actor,
    off: bool,
}

impl Command for PutGuide {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        Ok(store::access::put_guide_off(tx, self.actor.person, self.off).await?)
    }
}
