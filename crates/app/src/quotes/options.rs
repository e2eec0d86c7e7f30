//! Alternatives (方案 A, B …): another one beside a quotation, and the end of those that the customer did not choose.

use domain::access::{Actor, Right};
use domain::base::{PersonId, QuoteId};
use domain::quotes::{Draft, FIRST_OPTION, QuoteRefused, next_option};
use domain::words;
use serde_json::json;
use store::quotes::{NewDraft, QuoteHead};
use store::{Command, StoreError, Tx, events};

use super::draft::{MakeDraft, customer_for, log, priced_fields};
use super::load::{head_in, load, need, visible};
use super::view::{QuoteView, read_quote};
use crate::{AppError, Ctx};

/// A draft of the next alternative, with the same customer, lines and terms, at the prices of now.
pub async fn add_option(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
    loaded.not_taken_by_another(actor)?;
    let (customer, world) = customer_for(ctx, actor, loaded.head.customer).await?;
    let draft = Draft {
        customer: customer.id,
        valid_until: None,
        notes: loaded.head.notes.clone(),
        lines: loaded.lines,
        terms: loaded.head.terms.clone(),
        whole: loaded.head.whole,
    };
    let fields = priced_fields(ctx, &world, &customer, draft).await?;
    let new = NewDraft { chain: None, revision: 1, copied_from: Some(id), by: actor.person, fields };
    let made = ctx.write(AddOption { actor: actor.clone(), id, new }).await?;
    read_quote(ctx, actor, made).await
}

#[derive(Clone)]
struct AddOption {
    actor: Actor,
    id: QuoteId,
    new: NewDraft,
}

impl Command for AddOption {
    type Out = QuoteId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<QuoteId, AppError> {
        let scope = visible(&self.actor)?;
        let chain = head_in(tx, self.id, &scope).await?.chain;
        lock_set(tx, chain).await?;
        let head = head_in(tx, self.id, &scope).await?;
        need(&self.actor, Right::QuoteWrite, &head)?;
        if let Some(order) = store::quotes::order_of_chain(tx, chain).await? {
            return Err(QuoteRefused::AlreadySigned { order }.into());
        }
        if head.customer != self.new.fields.customer {
            return Err(QuoteRefused::PricesKeepMoving.into());
        }
        store::quotes::begin_options(tx, chain, FIRST_OPTION).await?;
        let set = store::quotes::option_set(tx, chain).await?.unwrap_or(chain);
        let there = store::quotes::options(tx, set).await?;
        let name = next_option(&there.into_iter().map(|it| it.name).collect::<Vec<_>>())?;
        let made = MakeDraft { new: self.new }.run(tx).await?;
        let own = store::quotes::chain_of(tx, made).await?;
        let own = own.ok_or_else(|| StoreError::Decode(format!("quote {} has no number", made.0)))?;
        store::quotes::join_options(tx, own, set, &name).await?;
        Ok(made)
    }
}

/// Holds the number with all alternatives of its set, the one that began it first: whoever adds an alternative or signs
/// one of them waits. Gives the set; `None`: the number stands alone.
pub(super) async fn lock_set(tx: &mut Tx<'_>, chain: i64) -> Result<Option<i64>, AppError> {
    let first = store::quotes::option_set(tx, chain).await?.unwrap_or(chain);
    store::quotes::lock_chain(tx, first).await?;
    // While the first number is held, none joins its set.
    let set = store::quotes::option_set(tx, chain).await?;
    if let Some(set) = set {
        for option in store::quotes::options(tx, set).await?.into_iter().filter(|it| it.chain != first) {
            store::quotes::lock_chain(tx, option.chain).await?;
        }
    }
    Ok(set)
}

/// Ends what is issued of the other alternatives once the customer has chosen `head`; the set is locked.
pub(super) async fn end_others(
    tx: &mut Tx<'_>,
    by: PersonId,
    set: i64,
    head: &QuoteHead,
    order: &str,
) -> Result<(), AppError> {
    let now = events::moment(tx).await?.now;
    let reason = words::quotes::option_lost(head.option.as_deref().unwrap_or_default(), order);
    for other in store::quotes::issued_options(tx, set, head.chain).await? {
        if store::quotes::cancel(tx, other, by, &reason, now).await? {
            let facts = json!({ "customer_id": head.customer.0, "reason": reason, "chosen": head.id.0 });
            log(tx, now, by, "quote.cancelled", other, facts).await?;
        }
    }
    Ok(())
}
