//! Writing a company's past: quotations made, issued, signed and ended in the order of time, by the very commands and rules
//! of every day. What does not change meanwhile is read once, and nothing is read back to be shown.

use std::collections::HashMap;

use domain::access::{AccessRefused, Actor, Company, Right};
use domain::base::{CustomerId, Fen, ItemId, PersonId, QuoteId};
use domain::quotes::{
    Draft, DraftLine, KnownNames, LineText, LostText, OrderRef, Seen, ShownFigures, Terms, Whole,
};
use store::quotes::{NewDraft, QuoteCustomer};

use super::after::LoseQuote;
use super::draft::{MakeDraft, World, customer_for, keep_costs, priced_fields};
use super::ending::{CancelQuote, ReviseQuote};
use super::issue::decide_priced;
use super::load::{Loaded, head_in, need, visible};
use super::price::price_loaded;
use super::sign::{SignRequest, sign_looked_at};
use super::step::take;
use super::written_over::Hand;
use crate::{AppError, Ctx};

/// What is known while the past is written. Whoever changes a customer, a person, a role or the company meanwhile begins
/// anew: a quotation that leans on what is no longer so is refused.
#[derive(Debug, Default)]
pub struct Past {
    company: Option<Company>,
    customers: HashMap<(CustomerId, PersonId), QuoteCustomer>,
    roles: HashMap<PersonId, Vec<String>>,
}

/// What was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastIssue {
    pub net: Fen,
    /// The config items on which its prices lean.
    pub items: Vec<ItemId>,
}

/// How a quotation ends without an order.
#[derive(Clone, Debug)]
pub enum PastEnd {
    /// With a reason in words.
    Cancelled(String),
    Lost(LostText),
}

impl Past {
    /// Makes a draft for a customer, as `create_quote` does.
    pub async fn draft(
        &mut self,
        ctx: &Ctx,
        actor: &Actor,
        customer: CustomerId,
        lines: Vec<LineText>,
    ) -> Result<QuoteId, AppError> {
        let mut lines = DraftLine::accept_all(lines, &KnownNames::none())?;
        keep_costs(&mut lines, &[], actor);
        let (facts, world) = self.customer(ctx, actor, customer).await?;
        let (terms, whole) = (Terms::default(), Whole::default());
        let draft = Draft { customer, valid_until: None, notes: String::new(), lines, terms, whole };
        let fields = priced_fields(ctx, &world, &facts, draft).await?;
        let new = NewDraft { chain: None, revision: 1, copied_from: None, by: actor.person, fields };
        Ok(ctx.write(MakeDraft { new }).await?.id)
    }

    /// Issues a draft, as `issue_quote` does.
    pub async fn issue(&mut self, ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<PastIssue, AppError> {
        let loaded = self.load(ctx, actor, id).await?;
        need(actor, Right::QuoteIssue, &loaded.head)?;
        let priced = price_loaded(ctx, &loaded).await?;
        let decided = decide_priced(ctx, actor, loaded, priced, &Seen::default()).await?;
        let issued = PastIssue { net: decided.net(), items: decided.items() };
        ctx.write(decided).await?;
        Ok(issued)
    }

    /// Makes and issues the next version with the same lines at the prices of now; gives it with what it leans on.
    pub async fn revise(
        &mut self,
        ctx: &Ctx,
        actor: &Actor,
        id: QuoteId,
    ) -> Result<(QuoteId, PastIssue), AppError> {
        let loaded = self.load(ctx, actor, id).await?;
        need(actor, Right::QuoteWrite, &loaded.head)?;
        let fields = priced_fields(ctx, &loaded.world(), &loaded.customer, loaded.begun_anew()).await?;
        let next = take(ctx, actor, id, ReviseQuote { fields }).await?;
        let issued = self.issue(ctx, actor, next).await?;
        Ok((next, issued))
    }

    /// Records the consent to an issued version, as `sign_quote` does, on a page that was looked at before.
    pub async fn sign(
        &self,
        ctx: &Ctx,
        actor: &Actor,
        id: QuoteId,
        request: SignRequest,
        items: Vec<ItemId>,
    ) -> Result<OrderRef, AppError> {
        sign_looked_at(ctx, actor, id, request, items).await
    }

    /// Ends an issued version, as `cancel_quote` and `lose_quote` do.
    pub async fn end(&self, ctx: &Ctx, actor: &Actor, id: QuoteId, end: PastEnd) -> Result<(), AppError> {
        match end {
            PastEnd::Cancelled(reason) => take(ctx, actor, id, CancelQuote { reason }).await,
            PastEnd::Lost(text) => take(ctx, actor, id, LoseQuote { text }).await,
        }
    }

    async fn customer(
        &mut self,
        ctx: &Ctx,
        actor: &Actor,
        id: CustomerId,
    ) -> Result<(QuoteCustomer, World), AppError> {
        let (person, key) = (actor.person, (id, actor.person));
        let known = (&self.company, self.roles.get(&person), self.customers.get(&key));
        if let (Some(company), Some(roles), Some(known)) = known {
            let moment = ctx.moment().await?;
            let (company, roles) = (company.clone(), roles.clone());
            let world = World { moment, today: ctx.day(moment.now), company, roles };
            return Ok((known.clone(), world));
        }
        let (found, world) = customer_for(ctx, actor, id).await?;
        self.customers.insert(key, found.clone());
        self.roles.insert(person, world.roles.clone());
        self.company = Some(world.company.clone());
        Ok((found, world))
    }

    /// A quotation of a single number, with what decides about it.
    async fn load(&mut self, ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<Loaded, AppError> {
        let scope = visible(actor)?;
        let read = ctx.store.read(move |tx| {
            Box::pin(async move {
                let moment = store::events::moment(tx).await?;
                let head = head_in(tx, id, &scope).await?;
                let lines = store::quotes::lines(tx, id).await?;
                let products = store::quotes::product_versions(tx, id).await?;
                let chain = store::quotes::chain(tx, head.chain).await?;
                let order = store::quotes::order_of_chain(tx, head.chain).await?;
                Ok::<_, AppError>((moment, head, lines, products, chain, order))
            })
        });
        let (moment, head, lines, products, chain, order) = read.await?;
        // The alternatives of a set are none of a past that is written here.
        if head.option.is_some() {
            return Err(AccessRefused::NotFound.into());
        }
        let (customer, world) = self.customer(ctx, actor, head.customer).await?;
        let (lines, figures) = lines.into_iter().unzip();
        Ok(Loaded {
            moment,
            today: ctx.day(moment.now),
            company: world.company,
            customer,
            shown: ShownFigures { amounts: head.amounts, lines: figures },
            products,
            lines,
            chain,
            options: Vec::new(),
            order,
            issued: None,
            ask: None,
            floor_refused: None,
            hand: Hand::of(actor.person),
            roles: world.roles,
            others: None,
            head,
        })
    }
}
