//! Taking a draft over, and what one finds beside it: the own limit and the texts kept ready.

use domain::access::{Actor, Right};
use domain::base::QuoteId;
use domain::pricing::LimitRow;
use domain::quotes::QuoteRefused;
use serde_json::json;
use store::Tx;

use super::price::limit_of;
use super::step::{Held, Step, Told, take_and_show};
use super::view::QuoteView;
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
    take_and_show(ctx, actor, id, TakeOver).await
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
struct TakeOver;

impl Step for TakeOver {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite, Right::QuoteIssue];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let head = &held.head;
        head.state.must_be_draft()?;
        let from = head.taken_by.as_ref().map_or(head.owner, |(person, _)| *person);
        if from == held.by {
            return Ok(((), None));
        }
        if !store::quotes::take_over(tx, head.id, held.by, held.now()).await? {
            return Err(QuoteRefused::WrongState { state: head.state }.into());
        }
        let facts = json!({"from": from.0, "net": head.amounts.net.to_yuan()});
        Ok(((), Some(Told { kind: "quote.taken_over", facts })))
    }
}
