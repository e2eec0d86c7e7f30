//! Taking a draft over, and what one finds beside it: the own limit and the texts kept ready.

use domain::access::{Actor, Right};
use domain::base::QuoteId;
use domain::pricing::LimitRow;
use domain::quotes::QuoteRefused;
use serde_json::json;
use store::{Command, Tx, events};

use super::draft::log;
use super::load::{head_in, need, visible};
use super::price::limit_of;
use super::view::{QuoteView, read_quote};
use crate::config::live;
use crate::{AppError, Ctx};

/// What an editor of quotations offers its user.
#[derive(Clone, Debug)]
pub struct QuoteOptions {
    /// What the user may take off by hand; `None`: no limit binds.
    pub limit: Option<LimitRow>,
    /// Texts kept ready for notes: what each is called, and what it says.
    pub snippets: Vec<(String, String)>,
}

/// The draft goes on in the hands of the actor, until somebody else takes it; what is in it stays.
pub async fn take_over_quote(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    visible(actor)?;
    ctx.write(TakeOver { actor: actor.clone(), id }).await?;
    read_quote(ctx, actor, id).await
}

/// The own limit, and the texts kept ready.
pub async fn quote_options(ctx: &Ctx, actor: &Actor) -> Result<QuoteOptions, AppError> {
    actor.need(Right::QuoteWrite)?;
    let now = ctx.moment().await?.now;
    let live = live(ctx, now).await?;
    let person = actor.person;
    let roles = ctx.store.read(|tx| Box::pin(async move { store::quotes::role_keys(tx, person).await }));
    let limit = limit_of(&roles.await?, &live);
    let bound = !actor.has(Right::QuoteIssueBelowFloor);
    Ok(QuoteOptions { limit: bound.then_some(limit), snippets: live.snippets.clone() })
}

#[derive(Clone)]
struct TakeOver {
    actor: Actor,
    id: QuoteId,
}

impl Command for TakeOver {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let scope = visible(&self.actor)?;
        let chain = head_in(tx, self.id, &scope).await?.chain;
        store::quotes::lock_chain(tx, chain).await?;
        let head = head_in(tx, self.id, &scope).await?;
        need(&self.actor, Right::QuoteWrite, &head)?;
        need(&self.actor, Right::QuoteIssue, &head)?;
        head.state.must_be_draft()?;
        let by = self.actor.person;
        let from = head.taken_by.as_ref().map_or(head.owner, |(person, _)| *person);
        if from == by {
            return Ok(());
        }
        let now = events::moment(tx).await?.now;
        if !store::quotes::take_over(tx, self.id, by, now).await? {
            return Err(QuoteRefused::WrongState { state: head.state }.into());
        }
        let facts = json!({
            "customer_id": head.customer.0, "number": head.number, "revision": head.revision,
            "from": from.0, "net": head.amounts.net.to_yuan(),
        });
        log(tx, now, by, "quote.taken_over", self.id, facts).await
    }
}
