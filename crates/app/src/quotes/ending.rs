//! Copying, revising, cancelling, and releasing one quotation from withdrawn prices.

use domain::access::{Actor, Right};
use domain::base::{CustomerId, FieldFault, Invalid, QuoteId, company_day};
use domain::quotes::{
    Draft, QuoteRefused, Terms, Whole, check_cancel, check_copies, check_reason, check_release, check_revise,
};
use jiff::tz::TimeZone;
use serde_json::json;
use store::quotes::{DraftFields, NewDraft};
use store::{Command, StoreError, Tx, events};

use super::draft::{MakeDraft, customer_for, log, priced_fields};
use super::load::{Loaded, head_in, load, need, newer, visible};
use super::view::{QuoteView, read_quote};
use crate::{AppError, Ctx};

/// A new draft with the same customer and lines, at the prices of now.
pub async fn copy_quote(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
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
    let copy = ctx.write(MakeDraft { new }).await?;
    read_quote(ctx, actor, copy).await
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
    let mut lines = loaded.lines.clone();
    lines.iter_mut().for_each(|line| line.extra.manual = None);
    let includes_tax = loaded.head.terms.includes_tax;
    Draft {
        customer,
        valid_until: None,
        notes: loaded.head.notes.clone(),
        lines,
        terms: Terms { includes_tax, ..Terms::default() },
        whole: Whole::default(),
    }
}

/// The draft of the next version: the one that is open already, or a new one with the same lines.
pub async fn revise_quote(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
    let world = loaded.world();
    let draft = Draft {
        customer: loaded.customer.id,
        valid_until: None,
        notes: loaded.head.notes.clone(),
        lines: loaded.lines.clone(),
        terms: loaded.head.terms.clone(),
        whole: loaded.head.whole,
    };
    let fields = priced_fields(ctx, &world, &loaded.customer, draft).await?;
    let open = ctx.write(ReviseQuote { actor: actor.clone(), id, fields }).await?;
    read_quote(ctx, actor, open).await
}

/// Ends an issued version, with a reason.
pub async fn cancel_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    reason: &str,
) -> Result<QuoteView, AppError> {
    visible(actor)?;
    ctx.write(CancelQuote { actor: actor.clone(), id, reason: reason.to_string() }).await?;
    read_quote(ctx, actor, id).await
}

/// Lets one quotation be signed on withdrawn prices until the end of a day.
pub async fn release_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    until: &str,
    reason: &str,
) -> Result<QuoteView, AppError> {
    visible(actor)?;
    let (until, reason) = (until.to_string(), reason.to_string());
    ctx.write(ReleaseQuote { actor: actor.clone(), id, until, reason, zone: ctx.zone.clone() }).await?;
    read_quote(ctx, actor, id).await
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
            made.push((place, MakeDraft { new }.run(tx).await?));
        }
        made.sort_unstable();
        Ok(made.into_iter().map(|(_, id)| id).collect())
    }
}

#[derive(Clone)]
struct ReviseQuote {
    actor: Actor,
    id: QuoteId,
    fields: DraftFields,
}

impl Command for ReviseQuote {
    type Out = QuoteId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<QuoteId, AppError> {
        let head = head_in(tx, self.id, &visible(&self.actor)?).await?;
        store::quotes::lock_chain(tx, head.chain).await?;
        let head = head_in(tx, self.id, &visible(&self.actor)?).await?;
        need(&self.actor, Right::QuoteWrite, &head)?;
        let chain = store::quotes::chain(tx, head.chain).await?;
        let order = store::quotes::order_of_chain(tx, head.chain).await?;
        check_revise(head.state, newer(&chain, head.revision), order.as_ref())?;
        if let Some(open) = store::quotes::open_draft(tx, head.chain).await? {
            return Ok(open.id);
        }
        let newest = chain.last().map_or(head.revision, |it| it.revision);
        let new = NewDraft {
            chain: Some(head.chain),
            revision: newest + 1,
            copied_from: Some(self.id),
            by: self.actor.person,
            fields: self.fields,
        };
        MakeDraft { new }.run(tx).await
    }
}

#[derive(Clone)]
struct CancelQuote {
    actor: Actor,
    id: QuoteId,
    reason: String,
}

impl Command for CancelQuote {
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
        let reason = check_reason(&self.reason)?;
        let (now, by) = (events::moment(tx).await?.now, self.actor.person);
        if !store::quotes::cancel(tx, self.id, by, &reason, now).await? {
            return Err(StoreError::Decode(format!("quote {} is not issued", self.id.0)).into());
        }
        let facts = json!({
            "customer_id": head.customer.0, "number": head.number, "revision": head.revision,
            "net": head.amounts.net.to_yuan(), "reason": reason,
        });
        log(tx, now, by, "quote.cancelled", self.id, facts).await
    }
}

#[derive(Clone)]
struct ReleaseQuote {
    actor: Actor,
    id: QuoteId,
    until: String,
    reason: String,
    zone: TimeZone,
}

impl Command for ReleaseQuote {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let scope = visible(&self.actor)?;
        let chain = head_in(tx, self.id, &scope).await?.chain;
        store::quotes::lock_chain(tx, chain).await?;
        let head = head_in(tx, self.id, &scope).await?;
        need(&self.actor, Right::QuoteReleaseVoid, &head)?;
        let (now, by) = (events::moment(tx).await?.now, self.actor.person);
        let today = company_day(now, &self.zone);
        let void = store::quotes::void_of(tx, self.id, now).await?;
        let valid_until = head.valid_until.unwrap_or(today);
        let until = check_release(head.state, &self.until, &void, valid_until, today)?;
        let reason = check_reason(&self.reason)?;
        if !store::quotes::release(tx, self.id, by, until, now).await? {
            return Err(QuoteRefused::WrongState { state: head.state }.into());
        }
        let revisions: Vec<_> = void.iter().map(|it| json!({"item_id": it.item.0, "n": it.n})).collect();
        let facts = json!({
            "customer_id": head.customer.0, "number": head.number, "revision": head.revision,
            "until": until.to_string(), "reason": reason, "revisions": revisions,
        });
        log(tx, now, by, "quote.released", self.id, facts).await
    }
}
