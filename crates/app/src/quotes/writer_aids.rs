//! What somebody finds beside a quotation that they write: their own limit, and the texts kept ready.

use domain::access::{Actor, Right};
use domain::pricing::LimitRow;

use super::price::limit_of;
use crate::config::live;
use crate::{AppError, Ctx};

/// What an editor of quotations offers its user.
#[derive(Clone, Debug)]
pub struct WriterAids {
    /// What the user may take off by hand; `None`: no limit binds.
    pub limit: Option<LimitRow>,
    /// Texts kept ready for notes: what each is called, and what it says.
    pub snippets: Vec<(String, String)>,
}

/// The own limit, and the texts kept ready.
pub async fn writer_aids(ctx: &Ctx, actor: &Actor) -> Result<WriterAids, AppError> {
    actor.need(Right::QuoteWrite)?;
    let now = ctx.moment().await?.now;
    let live = live(ctx, now).await?;
    let person = actor.person;
    let roles = ctx.store.read(|tx| Box::pin(async move { store::quotes::role_keys(tx, person).await }));
    let limit = limit_of(&roles.await?, &live);
    let bound = !actor.has(Right::QuoteIssueBelowFloor);
    Ok(WriterAids { limit: bound.then_some(limit), snippets: live.snippets.clone() })
}
