//! After sending: asking again on a day, and recording what was lost.

use domain::access::{Actor, Right};
use domain::base::{QuoteId, company_day};
use domain::quotes::{FollowUp, Lost, LostText, LostWhy, QuoteRefused, QuoteState, check_cancel};
use domain::words::quotes::lost_why;
use jiff::tz::TimeZone;
use serde_json::json;
use store::{Command, StoreError, Tx, events};

use super::draft::log;
use super::load::{head_in, need, visible};
use super::view::{QuoteView, read_quote};
use crate::{AppError, Ctx};

/// Ends an issued version as lost: why, to whom, at what price.
pub async fn lose_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    text: LostText,
) -> Result<QuoteView, AppError> {
    visible(actor)?;
    ctx.write(LoseQuote { actor: actor.clone(), id, text }).await?;
    read_quote(ctx, actor, id).await
}

/// Keeps when to ask the customer again, or clears it without a day.
pub async fn follow_up_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    day: Option<String>,
    note: String,
) -> Result<QuoteView, AppError> {
    visible(actor)?;
    let zone = ctx.zone.clone();
    ctx.write(SetFollowUp { actor: actor.clone(), id, day, note, zone }).await?;
    read_quote(ctx, actor, id).await
}

#[derive(Clone)]
struct LoseQuote {
    actor: Actor,
    id: QuoteId,
    text: LostText,
}

impl Command for LoseQuote {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let scope = visible(&self.actor)?;
        let chain = head_in(tx, self.id, &scope).await?.chain;
        store::quotes::lock_chain(tx, chain).await?;
        let head = head_in(tx, self.id, &scope).await?;
        need(&self.actor, Right::QuoteWrite, &head)?;
        let order = store::quotes::order_of_chain(tx, chain).await?;
        check_cancel(head.state, order.as_ref())?;
        let (lost, words) = Lost::accept(&self.text)?;
        let reason = told(lost.why, &words);
        let (now, by) = (events::moment(tx).await?.now, self.actor.person);
        if !store::quotes::lose(tx, self.id, by, &reason, &lost, now).await? {
            return Err(StoreError::Decode(format!("quote {} is not issued", self.id.0)).into());
        }
        let facts = json!({
            "customer_id": head.customer.0, "number": head.number, "revision": head.revision,
            "net": head.amounts.net.to_yuan(), "reason": reason, "why": lost.why.key(),
            "competitor": lost.to, "competitor_price": lost.price.map(domain::base::Fen::to_yuan),
        });
        log(tx, now, by, "quote.lost", self.id, facts).await
    }
}

/// What lists and timelines say: the words, or the name of the reason.
fn told(why: LostWhy, words: &str) -> String {
    if words.is_empty() { lost_why(why).to_string() } else { words.to_string() }
}

#[derive(Clone)]
struct SetFollowUp {
    actor: Actor,
    id: QuoteId,
    day: Option<String>,
    note: String,
    zone: TimeZone,
}

impl Command for SetFollowUp {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let scope = visible(&self.actor)?;
        let chain = head_in(tx, self.id, &scope).await?.chain;
        store::quotes::lock_chain(tx, chain).await?;
        let head = head_in(tx, self.id, &scope).await?;
        need(&self.actor, Right::QuoteWrite, &head)?;
        match head.state {
            QuoteState::Issued => {}
            QuoteState::Draft => return Err(QuoteRefused::NotIssued.into()),
            state => return Err(QuoteRefused::WrongState { state }.into()),
        }
        let (now, by) = (events::moment(tx).await?.now, self.actor.person);
        let today = company_day(now, &self.zone);
        let follow_up = FollowUp::accept(self.day.as_deref(), &self.note, today)?;
        store::quotes::set_follow_up(tx, chain, follow_up.as_ref(), by).await?;
        let facts = json!({
            "customer_id": head.customer.0, "number": head.number, "revision": head.revision,
            "day": follow_up.as_ref().map(|it| it.day.to_string()), "note": follow_up.map(|it| it.note),
        });
        log(tx, now, by, "quote.follow_up_set", self.id, facts).await
    }
}
