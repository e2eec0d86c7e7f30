//! Alternatives (方案 A, B …): another one beside a quotation, and the end of those that the customer did not choose.

use domain::access::{Actor, Right};
use domain::base::QuoteId;
use domain::quotes::{FIRST_OPTION, QuoteRefused, next_option};
use domain::words;
use serde_json::json;
use store::quotes::{NewDraft, QuoteHead};
use store::{Command, Tx, events};

use super::draft::{MakeDraft, customer_for, log, priced_fields};
use super::load::{load, need};
use super::sign::Consented;
use super::step::{Held, Holds, Step, Told, take};
use super::view::{QuoteView, read_quote};
use crate::{AppError, Ctx};

/// A draft of the next alternative, with the same customer, lines and terms, at the prices of now.
pub async fn add_option(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
    loaded.not_taken_by_another(actor)?;
    let (customer, world) = customer_for(ctx, actor, loaded.head.customer).await?;
    let fields = priced_fields(ctx, &world, &customer, loaded.begun_anew()).await?;
    let new = NewDraft { chain: None, revision: 1, copied_from: Some(id), by: actor.person, fields };
    let made = take(ctx, actor, id, AddOption { new }).await?;
    read_quote(ctx, actor, made).await
}

#[derive(Clone)]
struct AddOption {
    new: NewDraft,
}

impl Step for AddOption {
    type Out = QuoteId;
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];
    const HOLDS: Holds = Holds::Set;

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<(QuoteId, Option<Told>), AppError> {
        let (head, chain) = (&held.head, held.head.chain);
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
        store::quotes::join_options(tx, made.chain, set, &name).await?;
        Ok((made.id, None))
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
    consented: &Consented,
    set: i64,
    head: &QuoteHead,
    order: &str,
) -> Result<(), AppError> {
    let (now, by, share) = (events::moment(tx).await?.now, consented.by, consented.share);
    let reason = words::quotes::option_lost(head.option.as_deref().unwrap_or_default(), order);
    for other in store::quotes::issued_options(tx, set, head.chain).await? {
        if store::quotes::cancel(tx, other, by, &reason, now).await? {
            let facts = json!({
                "customer_id": head.customer.0, "reason": reason, "chosen": head.id.0,
                "share_id": share.map(|share| share.0),
                "signer": share.map(|_| &consented.signature.signer),
            });
            log(tx, now, by, "quote.cancelled", other, facts).await?;
        }
    }
    Ok(())
}
