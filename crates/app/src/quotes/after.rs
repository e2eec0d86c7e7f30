//! After sending: asking again on a day, and recording what was lost.

use domain::access::{Actor, Right};
use domain::base::{Fen, QuoteId};
use domain::quotes::{FollowUp, Lost, LostText, LostWhy, QuoteRefused, QuoteState};
use domain::words::quotes::lost_why;
use serde_json::json;
use store::{StoreError, Tx};

use super::ending::may_end;
use super::step::{Held, Step, Told, take_and_show};
use super::view::QuoteView;
use crate::{AppError, Ctx};

/// Ends an issued version as lost: why, to whom, at what price.
pub async fn lose_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    text: LostText,
) -> Result<QuoteView, AppError> {
    take_and_show(ctx, actor, id, LoseQuote { text }).await
}

/// Keeps when to ask the customer again, or clears it without a day.
pub async fn follow_up_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    day: Option<String>,
    note: String,
) -> Result<QuoteView, AppError> {
    take_and_show(ctx, actor, id, SetFollowUp { day, note }).await
}

#[derive(Clone)]
pub(super) struct LoseQuote {
    pub text: LostText,
}

impl Step for LoseQuote {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let head = &held.head;
        may_end(tx, held).await?;
        let (lost, words) = Lost::accept(&self.text)?;
        let reason = told(lost.why, &words);
        if !store::quotes::lose(tx, head.id, held.by, &reason, &lost, held.now()).await? {
            return Err(StoreError::Decode(format!("quote {} is not issued", head.id.0)).into());
        }
        let facts = json!({
            "net": head.amounts.net.to_yuan(), "reason": reason, "why": lost.why.key(),
            "competitor": lost.to, "competitor_price": lost.price.map(Fen::to_yuan),
        });
        Ok(((), Some(Told { kind: "quote.lost", facts })))
    }
}

/// What lists and timelines say: the words, or the name of the reason.
fn told(why: LostWhy, words: &str) -> String {
    if words.is_empty() { lost_why(why).to_string() } else { words.to_string() }
}

#[derive(Clone)]
struct SetFollowUp {
    day: Option<String>,
    note: String,
}

impl Step for SetFollowUp {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        match held.head.state {
            QuoteState::Issued => {}
            QuoteState::Draft => return Err(QuoteRefused::NotIssued.into()),
            state => return Err(QuoteRefused::WrongState { state }.into()),
        }
        let follow_up = FollowUp::accept(self.day.as_deref(), &self.note, held.today)?;
        store::quotes::set_follow_up(tx, held.head.chain, follow_up.as_ref(), held.by).await?;
        let facts = json!({
            "day": follow_up.as_ref().map(|it| it.day.to_string()), "note": follow_up.map(|it| it.note),
        });
        Ok(((), Some(Told { kind: "quote.follow_up_set", facts })))
    }
}
