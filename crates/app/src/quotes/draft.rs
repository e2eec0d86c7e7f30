//! Pricing what is typed, what a draft is made of, and deleting one.

use std::collections::{HashMap, HashSet};

use domain::access::{AccessRefused, Actor, Company, Right};
use domain::base::{CustomerId, Date, Instant, Invalid, PersonId, QuoteId, fold_width};
use domain::quotes::{
    Draft, DraftLine, IssueRule, KnownNames, LineText, Margin, OwnItem, PricedDraft, QuoteRefused,
    ShownFigures, VALID_DAYS_MAX, Whole, WholeText, days_after, last_valid_day,
};
use jiff::tz::TimeZone;
use serde_json::json;
use store::events::{self, Moment};
use store::quotes::{DraftFields, NewDraft, QuoteCustomer};
use store::{Ask, Command, Tx};

use super::load::company;
use super::price::{Sheet, limit_of, price, with_others};
use super::step::{Held, Step, Told, take};
use super::view::{PricedView, line_views, with_room};
use crate::{AppError, Ctx};

/// What was entered as cost stays with its line when it is saved by somebody who does not see it.
pub(super) fn keep_costs(lines: &mut [DraftLine], before: &[DraftLine], actor: &Actor) {
    let by = sight(actor);
    let known: HashMap<&str, &OwnItem> =
        before.iter().filter_map(|line| Some((line.id.as_str(), line.extra.own.as_ref()?))).collect();
    for line in lines {
        if let Some(own) = &mut line.extra.own {
            own.keep_cost(known.get(line.id.as_str()).copied(), by);
        }
    }
}

/// Who writes, and whether they see costs that others entered.
pub(super) fn sight(actor: &Actor) -> (PersonId, bool) {
    (actor.person, actor.has(Right::PriceCost))
}

/// Deletes a draft that is still at `version`: what somebody has saved since stays.
pub async fn delete_quote(ctx: &Ctx, actor: &Actor, id: QuoteId, version: i64) -> Result<(), AppError> {
    take(ctx, actor, id, DeleteDraft { version }).await
}

/// What is priced while it is typed: the lines, on which tax basis (`None`: as the company quotes), and what is taken
/// off the whole.
#[derive(Clone, Debug)]
pub struct PriceText {
    pub customer: CustomerId,
    pub lines: Vec<LineText>,
    pub includes_tax: Option<bool>,
    pub whole: WholeText,
}

/// Prices lines as they are typed; saves nothing.
pub async fn price_quote(ctx: &Ctx, actor: &Actor, text: PriceText) -> Result<PricedView, AppError> {
    let mut lines = DraftLine::accept_all(text.lines, &KnownNames::All)?;
    let mut faults = Invalid::default();
    let whole = Whole::accept(&text.whole, &mut faults);
    faults.or_go_on()?;
    keep_costs(&mut lines, &[], actor);
    let (facts, world) = customer_for(ctx, actor, text.customer).await?;
    let sheet = Sheet { lines: &lines, includes_tax: text.includes_tax, whole: &whole };
    let priced = price(ctx, &world.company, &facts, sheet, world.moment.now).await?;
    let below = actor.scope(Right::QuoteIssueBelowFloor).is_ok_and(|scope| facts.within(&scope));
    let rule = IssueRule {
        person: actor.person,
        today: world.today,
        valid_until: last_valid_day(None, world.today, world.company.quote_valid_days),
        valid_until_max: days_after(world.today, VALID_DAYS_MAX),
        delivery_day: None,
        deposit: None,
        may_below_floor: below,
        sees_floor: actor.has(Right::PriceCost),
        floor_told: false,
        approvers: Vec::new(),
        limit: limit_of(&world.roles, &priced.live),
        deciders: Vec::new(),
    };
    let rule = with_others(ctx, rule, &priced, &facts.branch_path, actor).await?;
    let problems = priced.draft.problems(&rule);
    let (amounts, whole_off) = (priced.draft.amounts, priced.draft.whole_off());
    let lines = line_views(priced.draft.lines, actor, &facts.name);
    let lines = with_room(lines, (!rule.may_below_floor).then_some(rule.limit), &whole);
    Ok(PricedView { lines, amounts, whole_off, problems, priced_at: world.moment.now })
}

/// Now, today, the company, and the keys of the roles of whoever asks.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub moment: Moment,
    pub today: Date,
    pub company: Company,
    pub roles: Vec<String>,
}

/// A customer for whom the actor may quote.
pub(super) async fn customer_for(
    ctx: &Ctx,
    actor: &Actor,
    customer: CustomerId,
) -> Result<(QuoteCustomer, World), AppError> {
    let (actor, zone) = (actor.clone(), ctx.zone.clone());
    let found = ctx.store.read(|tx| {
        Box::pin(async move {
            tx.ahead(asks_customer_in(customer, actor.person)).await?;
            customer_in(tx, &actor, customer, &zone).await
        })
    });
    found.await
}

/// The same inside a transaction.
pub(super) async fn customer_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: CustomerId,
    zone: &TimeZone,
) -> Result<(QuoteCustomer, World), AppError> {
    let write = actor.scope(Right::QuoteWrite)?;
    let sees = actor.scope(Right::CustomerRead).map_err(|_| AccessRefused::NotFound)?;
    let moment = events::moment(tx).await?;
    let today = domain::base::company_day(moment.now, zone);
    let roles = store::quotes::role_keys(tx, actor.person).await?;
    let world = World { moment, today, company: company(tx).await?, roles };
    let found = store::quotes::customer_of(tx, customer, actor.person).await?;
    let found = found.filter(|found| found.within(&sees)).ok_or(AccessRefused::NotFound)?;
    if !found.within(&write) {
        return Err(AccessRefused::Forbidden(Right::QuoteWrite).into());
    }
    Ok((found, world))
}

/// What `customer_in` asks, for whoever asks more at once.
pub(super) fn asks_customer_in(customer: CustomerId, person: PersonId) -> Vec<Ask> {
    let own = vec![store::quotes::asks_role_keys(person), store::access::asks_company()];
    [events::asks_moment(), own, store::quotes::asks_customer(customer, person)].concat()
}

/// The draft as it is saved: for the customer's owner and branch, with what the lines cost now.
pub(super) async fn priced_fields(
    ctx: &Ctx,
    world: &World,
    customer: &QuoteCustomer,
    draft: Draft,
) -> Result<DraftFields, AppError> {
    let sheet = Sheet::of(&draft);
    let priced = price(ctx, &world.company, customer, sheet, world.moment.now).await?;
    Ok(fields_of(&priced.draft, (world.moment.now, world.today), customer, draft))
}

/// The same of what it comes to.
pub(super) fn fields_of(
    priced: &PricedDraft,
    (now, today): (Instant, Date),
    customer: &QuoteCustomer,
    draft: Draft,
) -> DraftFields {
    DraftFields {
        customer: customer.id,
        owner: customer.owner,
        branch: customer.branch,
        valid_until: draft.valid_until,
        notes: draft.notes,
        shown: ShownFigures::of(priced),
        first_product: priced.lines.first().map(|line| line.product.name.clone()),
        search: search_text(None, priced),
        margin: Margin::of_lines(&priced.lines).map(|margin| margin.amount),
        lines: draft.lines,
        terms: draft.terms,
        whole: draft.whole,
        today,
        now,
    }
}

/// What a search for quotations looks into, besides the customer: the number and all that is quoted, each thing once.
pub(super) fn search_text(number: Option<&str>, priced: &PricedDraft) -> String {
    let mut text = number.unwrap_or_default().to_string();
    let mut told = HashSet::new();
    for line in &priced.lines {
        if told.insert((&line.product.code, &line.product.name)) {
            text.push(' ');
            text.push_str(&line.product.code);
            text.push(' ');
            text.push_str(&line.product.name);
        }
    }
    fold_width(&text).to_lowercase()
}

#[derive(Clone)]
pub(super) struct MakeDraft {
    pub new: NewDraft,
}

/// A draft that was written, with its number and the customer as he was then.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub id: QuoteId,
    pub chain: i64,
    pub customer: QuoteCustomer,
}

impl Command for MakeDraft {
    type Out = Made;
    type Error = AppError;

    async fn run(mut self, tx: &mut Tx<'_>) -> Result<Made, AppError> {
        // The customer may have been given to somebody else since his prices were looked up.
        let (customer, fields) = (self.new.fields.customer, &mut self.new.fields);
        let held = vec![Ask::lock_shared("customer", "id", customer)];
        let his = store::quotes::asks_customer(customer, self.new.by);
        tx.ahead([held, events::asks_moment(), his].concat()).await?;
        let now = events::moment(tx).await?.now;
        let customer = store::quotes::customer_of(tx, customer, self.new.by).await?;
        let customer = customer.ok_or(AccessRefused::NotFound)?;
        (fields.owner, fields.branch) = (customer.owner, customer.branch);
        let (id, chain) = insert(tx, &self.new, now).await?;
        Ok(Made { id, chain, customer })
    }
}

/// Writes a new draft and logs it; its id, and that of its number.
pub(super) async fn insert(
    tx: &mut Tx<'_>,
    new: &NewDraft,
    now: Instant,
) -> Result<(QuoteId, i64), AppError> {
    let (id, chain) = store::quotes::insert_draft(tx, new).await?;
    let copied_from = new.copied_from.map(|id| id.0);
    let facts = json!({
        "customer_id": new.fields.customer.0, "revision": new.revision, "copied_from": copied_from,
    });
    log(tx, now, new.by, "quote.drafted", id, facts).await?;
    Ok((id, chain))
}

#[derive(Clone)]
struct DeleteDraft {
    version: i64,
}

impl Step for DeleteDraft {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let head = &held.head;
        head.state.must_be_draft()?;
        if let Some((_, by)) = head.taken_by.clone().filter(|(person, _)| *person != held.by) {
            return Err(QuoteRefused::TakenOver { by }.into());
        }
        if !store::quotes::delete_draft(tx, (head.id, self.version), head.chain).await? {
            let head = store::quotes::head(tx, head.id, held.by).await?.ok_or(AccessRefused::NotFound)?;
            head.state.must_be_draft()?;
            return Err(AppError::Stale { version: head.version });
        }
        Ok(((), Some(Told { kind: "quote.deleted", facts: json!({}) })))
    }
}

/// Logs what happened to a quotation.
pub(super) async fn log(
    tx: &mut Tx<'_>,
    now: Instant,
    by: PersonId,
    kind: &'static str,
    id: QuoteId,
    facts: serde_json::Value,
) -> Result<(), AppError> {
    Ok(crate::events::note(tx, (now, by), kind, ("quote", id.0), facts).await?)
}
