//! Asking somebody who may (请处理): what goes beyond one's limit waits for them, until they take it over, issue it or give
//! it back, or it is taken back.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Fen, FieldFault, Instant, PersonId, QuoteId};
use domain::quotes::{Ask, AskOutcome, Beyond, QuoteRefused, check_ask, check_reason};
use domain::words::quotes::{ask_ended, ask_instead, asked_of, with_changes};
use jiff::tz::TimeZone;
use serde_json::json;
use store::quotes::NewAsk;
use store::{StoreError, Tx};

use super::hidden_floor::stays_told;
use super::load::{load, need};
use super::price::{price_loaded, rule_to_ask};
use super::step::{Held, Step, Told, take_and_show};
use super::view::{ASKABLE_MAX, QuoteView};
use super::written_over::{changed_in_short, note_asked};
use crate::notices::{Message, key_of, tell};
use crate::{AppError, Ctx};

/// Asks `to` to decide on a draft that goes beyond what the actor may issue; on the version in sight, where it is named.
pub async fn ask_for_quote(
    ctx: &Ctx,
    actor: &Actor,
    (id, seen): (QuoteId, Option<i64>),
    to: PersonId,
    reason: &str,
) -> Result<QuoteView, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
    loaded.head.state.must_be_draft()?;
    loaded.not_taken_by_another(actor)?;
    if seen.is_some_and(|seen| seen != loaded.head.version) {
        return Err(AppError::Stale { version: loaded.head.version });
    }
    if let Some(order) = &loaded.order {
        return Err(QuoteRefused::AlreadySigned { order: order.clone() }.into());
    }
    let reason = check_reason(reason)?;
    let priced = price_loaded(ctx, &loaded).await?;
    let rule = rule_to_ask(ctx, &loaded, &priced, actor).await?;
    let beyond = check_ask(&priced.draft.problems(&rule), rule.sees_floor)?;
    let may = priced.draft.may_be_asked(&rule);
    if !may.iter().any(|decider| decider.person == to) {
        // Those whom the draft offers: issuing may have been refused since the list was looked at.
        let names: Vec<&str> = may.iter().take(ASKABLE_MAX).map(|decider| decider.name.as_str()).collect();
        return Err(QuoteRefused::field("person_id", FieldFault::Said(ask_instead(&names))).into());
    }
    // No hidden floor is looked at: an answer that differed with the price would tell it. Whoever is asked learns of it by
    // issuing.
    let (version, net) = (loaded.head.version, priced.draft.amounts.net);
    take_and_show(ctx, actor, id, AskFor { version, net, beyond, to, reason }).await
}

/// Whoever was asked gives the draft back, with a word, also after taking it over: it is in its owner's hands again.
pub async fn give_back_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    reason: &str,
) -> Result<QuoteView, AppError> {
    take_and_show(ctx, actor, id, GiveBack { reason: reason.to_string() }).await
}

/// Whoever asked takes it back.
pub async fn withdraw_ask(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    take_and_show(ctx, actor, id, WithdrawAsk).await
}

#[derive(Clone)]
struct AskFor {
    version: i64,
    net: Fen,
    beyond: Beyond,
    to: PersonId,
    reason: String,
}

impl Step for AskFor {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let (head, AskFor { version, net, beyond, to, reason }) = (&held.head, self);
        head.state.must_be_draft()?;
        if head.version != version {
            return Err(AppError::Stale { version: head.version });
        }
        if let Some(open) = waiting(tx, head.id).await? {
            return Err(QuoteRefused::AlreadyAsked { to: open.to.1 }.into());
        }
        let to_name = store::access::person_name(tx, to).await?;
        let facts =
            json!({"to": to.0, "to_name": to_name, "net": net.to_yuan(), "reason": reason, "beyond": beyond});
        let now = held.now();
        let ask = NewAsk { quote: head.id, version, net, beyond, by: held.by, to, reason, now };
        store::quotes::insert_ask(tx, &ask).await?;
        // A save that came first is waited for here; one that comes later waits for this ask.
        tx.lock_row("quote", "id", head.id).await?;
        let stands = store::quotes::head(tx, head.id, held.by).await?.ok_or(AccessRefused::NotFound)?;
        if stands.version != version {
            return Err(AppError::Stale { version: stands.version });
        }
        note_asked(tx, (now, held.by), head).await?;
        let by = store::access::person_name(tx, held.by).await?.unwrap_or_default();
        let text = asked_of(&by, &ask.reason);
        let message = Message {
            about: asked(head.id, now),
            kind: "asked",
            text,
            entity: "quote",
            entity_id: head.id.0,
        };
        tell(tx, &[to], message, (now, &held.zone)).await?;
        Ok(((), Some(Told { kind: "quote.asked", facts })))
    }
}

#[derive(Clone)]
struct GiveBack {
    reason: String,
}

impl Step for GiveBack {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteIssue];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let head = &held.head;
        head.state.must_be_draft()?;
        let open = store::quotes::last_ask(tx, head.id).await?.ok_or(QuoteRefused::NotAsked)?;
        let taken = head.taken_by.as_ref().map(|(person, _)| *person);
        open.check_give_back(held.by, taken)?;
        let words = check_reason(&self.reason)?;
        if !open.waits() {
            store::quotes::let_go(tx, head.id, held.by, held.now()).await?;
            stays_told(tx, held).await?;
        }
        store::quotes::give_back(tx, head.id, held.by, held.now(), &words).await?;
        let changed = changed_in_short(tx, head, open.by.0).await?;
        let said = with_changes(&words, changed.as_deref());
        let back = (AskOutcome::GivenBack, said.as_str());
        tell_asker(tx, (head.id, &open), back, held.by, (held.now(), &held.zone)).await?;
        let facts = json!({"to": open.by.0.0, "reason": words});
        Ok(((), Some(Told { kind: "quote.ask_given_back", facts })))
    }
}

#[derive(Clone)]
struct WithdrawAsk;

impl Step for WithdrawAsk {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let head = &held.head;
        head.state.must_be_draft()?;
        let open = waiting(tx, head.id).await?.ok_or(QuoteRefused::NotAsked)?;
        open.check_withdraw(held.by, head.owner)?;
        store::quotes::end_ask(tx, head.id, AskOutcome::Withdrawn, held.by, held.now(), "").await?;
        settle_asked(tx, (head.id, &open), held.now()).await?;
        let facts = json!({"to": open.to.0.0});
        Ok(((), Some(Told { kind: "quote.ask_withdrawn", facts })))
    }
}

/// Tells whoever asked how it ended, when they want to be told: nobody is told of what they did themselves.
pub(super) async fn tell_asker(
    tx: &mut Tx<'_>,
    (quote, ask): (QuoteId, &Ask),
    (outcome, words): (AskOutcome, &str),
    by: PersonId,
    (now, zone): (Instant, &TimeZone),
) -> Result<(), StoreError> {
    settle_asked(tx, (quote, ask), now).await?;
    let person = ask.by.0;
    if person == by {
        return Ok(());
    }
    let name = store::access::person_name(tx, by).await?.unwrap_or_default();
    let Some(text) = ask_ended(outcome, &name, words) else { return Ok(()) };
    let about = format!("ask:{}:{}:{}", quote.0, ask.at.0, outcome.key());
    let message = Message { about, kind: "ask_ended", text, entity: "quote", entity_id: quote.0 };
    tell(tx, &[person], message, (now, zone)).await
}

/// What the message to whoever is asked is about.
fn asked(quote: QuoteId, at: Instant) -> String {
    format!("asked:{}:{}", quote.0, at.0)
}

/// Whoever was asked needs not be told any more.
async fn settle_asked(
    tx: &mut Tx<'_>,
    (quote, ask): (QuoteId, &Ask),
    now: Instant,
) -> Result<(), StoreError> {
    let key = key_of(&asked(quote, ask.at), ask.to.0);
    store::notices::read_by_key(tx, &key, now).await
}

/// The ask of the draft that still waits.
async fn waiting(tx: &mut Tx<'_>, id: QuoteId) -> Result<Option<Ask>, AppError> {
    Ok(store::quotes::last_ask(tx, id).await?.filter(Ask::waits))
}
