//! Copying, revising, cancelling, and releasing one quotation from withdrawn prices.

use domain::access::{Actor, Right};
use domain::base::{CustomerId, FieldFault, Invalid, QuoteId};
use domain::quotes::{
    Draft, QuoteRefused, Terms, Whole, check_cancel, check_copies, check_reason, check_release, check_revise,
};
use serde_json::json;
use store::quotes::{DraftFields, NewDraft};
use store::{Command, StoreError, Tx};

use super::draft::{MakeDraft, customer_for, priced_fields};
use super::load::{Loaded, load, need, newer};
use super::step::{Held, Step, Told, take, take_and_show};
use super::view::{QuoteView, read_quote};
use crate::{AppError, Ctx};

/// A new draft with the same customer and lines, at the prices of now.
pub async fn copy_quote(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
    let (customer, world) = customer_for(ctx, actor, loaded.head.customer).await?;
    let fields = priced_fields(ctx, &world, &customer, loaded.begun_anew()).await?;
    let new = NewDraft { chain: None, revision: 1, copied_from: Some(id), by: actor.person, fields };
    let copy = ctx.write(MakeDraft { new }).await?;
    read_quote(ctx, actor, copy.id).await
}

/// A draft that was made for a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedQuote {
    pub id: QuoteId,
    pub customer: (CustomerId, String),
}

/// New drafts with the same lines for several customers, each at their own prices; all of them or none.
pub async fn copy_for_customers(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    customers: Vec<CustomerId>,
) -> Result<Vec<CopiedQuote>, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
    check_copies(&customers)?;
    let (mut drafts, mut told) = (Vec::new(), Vec::new());
    for (place, customer) in customers.into_iter().enumerate() {
        let found = customer_for(ctx, actor, customer).await;
        let (customer, world) = found.map_err(|error| match error {
            AppError::Access(_) => {
                Invalid::one(format!("customer_ids[{place}]"), FieldFault::NoSuchRecord).into()
            }
            other => other,
        })?;
        let draft = for_another(&loaded, customer.id);
        let fields = priced_fields(ctx, &world, &customer, draft).await?;
        drafts.push(NewDraft { chain: None, revision: 1, copied_from: Some(id), by: actor.person, fields });
        told.push((customer.id, customer.name));
    }
    let made = ctx.write(MakeDrafts { drafts }).await?;
    Ok(made.into_iter().zip(told).map(|(id, customer)| CopiedQuote { id, customer }).collect())
}

/// The same goods for somebody else: what was agreed with the first customer (prices by hand, site, payment) stays his.
fn for_another(loaded: &Loaded, customer: CustomerId) -> Draft {
    let mut draft = loaded.begun_anew();
    draft.lines.iter_mut().for_each(|line| line.extra.manual = None);
    let Terms { includes_tax, pictures, .. } = loaded.head.terms;
    let terms = Terms { includes_tax, pictures, ..Terms::default() };
    Draft { customer, terms, whole: Whole::default(), ..draft }
}

/// The draft of the next version: the one that is open already, or a new one with the same lines.
pub async fn revise_quote(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
    let world = loaded.world();
    let fields = priced_fields(ctx, &world, &loaded.customer, loaded.begun_anew()).await?;
    let open = take(ctx, actor, id, ReviseQuote { fields }).await?;
    read_quote(ctx, actor, open).await
}

/// Ends an issued version, with a reason.
pub async fn cancel_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    reason: &str,
) -> Result<QuoteView, AppError> {
    take_and_show(ctx, actor, id, CancelQuote { reason: reason.to_string() }).await
}

/// Lets one quotation be signed on withdrawn prices until the end of a day.
pub async fn release_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    until: &str,
    reason: &str,
) -> Result<QuoteView, AppError> {
    let step = ReleaseQuote { until: until.to_string(), reason: reason.to_string() };
    take_and_show(ctx, actor, id, step).await
}

#[derive(Clone)]
struct MakeDrafts {
    drafts: Vec<NewDraft>,
}

impl Command for MakeDrafts {
    type Out = Vec<QuoteId>;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Vec<QuoteId>, AppError> {
        // Every command takes customers in the order of their numbers, so that two of them never wait for each other.
        let mut places: Vec<(usize, NewDraft)> = self.drafts.into_iter().enumerate().collect();
        places.sort_by_key(|(_, new)| new.fields.customer);
        let mut made = Vec::with_capacity(places.len());
        for (place, new) in places {
            made.push((place, MakeDraft { new }.run(tx).await?.id));
        }
        made.sort_unstable();
        Ok(made.into_iter().map(|(_, id)| id).collect())
    }
}

#[derive(Clone)]
pub(super) struct ReviseQuote {
    pub fields: DraftFields,
}

impl Step for ReviseQuote {
    type Out = QuoteId;
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<(QuoteId, Option<Told>), AppError> {
        let head = &held.head;
        let chain = store::quotes::chain(tx, head.chain).await?;
        let order = store::quotes::order_of_chain(tx, head.chain).await?;
        check_revise(head.state, newer(&chain, head.revision), order.as_ref())?;
        if let Some(open) = store::quotes::open_draft(tx, head.chain).await? {
            return Ok((open.id, None));
        }
        let newest = chain.last().map_or(head.revision, |it| it.revision);
        let new = NewDraft {
            chain: Some(head.chain),
            revision: newest + 1,
            copied_from: Some(head.id),
            by: held.by,
            fields: self.fields,
        };
        Ok((MakeDraft { new }.run(tx).await?.id, None))
    }
}

/// What is signed does not end.
pub(super) async fn may_end(tx: &mut Tx<'_>, held: &Held) -> Result<(), AppError> {
    let order = store::quotes::order_of_chain(tx, held.head.chain).await?;
    Ok(check_cancel(held.head.state, order.as_ref())?)
}

#[derive(Clone)]
pub(super) struct CancelQuote {
    pub reason: String,
}

impl Step for CancelQuote {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let head = &held.head;
        may_end(tx, held).await?;
        let reason = check_reason(&self.reason)?;
        if !store::quotes::cancel(tx, head.id, held.by, &reason, held.now()).await? {
            return Err(StoreError::Decode(format!("quote {} is not issued", head.id.0)).into());
        }
        let facts = json!({"net": head.amounts.net.to_yuan(), "reason": reason});
        Ok(((), Some(Told { kind: "quote.cancelled", facts })))
    }
}

#[derive(Clone)]
struct ReleaseQuote {
    until: String,
    reason: String,
}

impl Step for ReleaseQuote {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteReleaseVoid];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let (head, now, today) = (&held.head, held.now(), held.today);
        let void = store::quotes::void_of(tx, head.id, now).await?;
        let valid_until = head.valid_until.unwrap_or(today);
        let until = check_release(head.state, &self.until, &void, valid_until, today)?;
        let reason = check_reason(&self.reason)?;
        if !store::quotes::release(tx, (head.id, void.as_slice()), held.by, until, now).await? {
            return Err(QuoteRefused::WrongState { state: head.state }.into());
        }
        let revisions: Vec<_> = void.iter().map(|it| json!({"item_id": it.item.0, "n": it.n})).collect();
        let facts = json!({"until": until.to_string(), "reason": reason, "revisions": revisions});
        Ok(((), Some(Told { kind: "quote.released", facts })))
    }
}
