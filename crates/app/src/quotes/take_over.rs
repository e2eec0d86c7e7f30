//! Taking a draft over.

use domain::access::{Actor, Right};
use domain::base::QuoteId;
use domain::quotes::{AskOutcome, QuoteRefused};
use serde_json::json;
use store::Tx;

use super::ask::tell_asker;
use super::hidden_floor::stays_told;
use super::step::{Held, Step, Told, take_and_show};
use super::view::QuoteView;
use crate::{AppError, Ctx};

/// The draft goes on in the hands of the actor, until somebody else takes it; what is in it stays.
pub async fn take_over_quote(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    take_and_show(ctx, actor, id, TakeOver).await
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
        stays_told(tx, held).await?;
        let ended = AskOutcome::TakenOver;
        if store::quotes::end_ask(tx, head.id, ended, held.by, held.now(), "").await?
            && let Some(ask) = store::quotes::last_ask(tx, head.id).await?
        {
            tell_asker(tx, (head.id, &ask), (ended, ""), held.by, (held.now(), &held.zone)).await?;
        }
        let facts = json!({"from": from.0, "net": head.amounts.net.to_yuan()});
        Ok(((), Some(Told { kind: "quote.taken_over", facts })))
    }
}
