//! Pricing a draft with the snapshot of configuration that is in force.

use std::sync::Arc;

use domain::access::{Actor, Company, Right};
use domain::base::{FieldFault, Instant, Invalid, ProductId};
use domain::config::kinds::Goods;
use domain::pricing::{CustomerFacts, LimitRow, Moment, PricingContext, Revision};
use domain::quotes::{
    Decider, Draft, DraftLine, IssueRule, PricedDraft, QuotedProduct, Repriced, UsedRevision, VALID_DAYS_MAX,
    Whole, days_after, last_valid_day, price_draft,
};
use jiff::tz::TimeZone;
use store::StoreError;
use store::quotes::{MayIssue, QuoteCustomer, ShownDraft};

use super::load::Loaded;
use crate::config::{Live, live, live_with};
use crate::{AppError, Ctx};

/// A draft with its prices, and what it was priced with.
#[derive(Debug)]
pub(super) struct Priced {
    pub draft: PricedDraft,
    pub context: PricingContext,
    pub live: Arc<Live>,
}

/// What is priced: the lines, on which tax basis (`None`: as the company quotes), and what is taken off the whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet<'a> {
    pub lines: &'a [DraftLine],
    pub includes_tax: Option<bool>,
    pub whole: &'a Whole,
}

impl<'a> Sheet<'a> {
    /// What is priced of a draft.
    pub fn of(draft: &'a Draft) -> Sheet<'a> {
        Sheet { lines: &draft.lines, includes_tax: draft.terms.includes_tax, whole: &draft.whole }
    }
}

/// Prices the sheet for the customer at `at`; a product that does not exist is a wrong field.
pub(super) async fn price(
    ctx: &Ctx,
    company: &Company,
    customer: &QuoteCustomer,
    sheet: Sheet<'_>,
    at: Instant,
) -> Result<Priced, AppError> {
    let live = prepared(live(ctx, at).await?, sheet.lines).await?;
    price_with(live, (company, &ctx.zone), customer, sheet, at)
}

/// The snapshot, ready for lines outside the catalogue: what these are held against takes CPU time once after each change
/// of a product, which must hold up neither the writer nor those who only read.
pub(super) async fn prepared(live: Arc<Live>, lines: &[DraftLine]) -> Result<Arc<Live>, AppError> {
    if live.has_sold() || lines.iter().all(|line| line.extra.own.is_none()) {
        return Ok(live);
    }
    let made = tokio::task::spawn_blocking(move || {
        live.sold();
        live
    });
    Ok(made.await.map_err(|error| StoreError::Decode(error.to_string()))?)
}

/// The same with this snapshot.
pub(super) fn price_with(
    live: Arc<Live>,
    (company, zone): (&Company, &TimeZone),
    customer: &QuoteCustomer,
    sheet: Sheet<'_>,
    at: Instant,
) -> Result<Priced, AppError> {
    let Sheet { lines, includes_tax, whole } = sheet;
    let includes_tax = includes_tax.unwrap_or(company.prices_include_tax);
    let context = context_of(includes_tax, facts_of(customer), at, zone);
    let mut faults = Invalid::default();
    let mut known = Vec::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate() {
        match product_of(&live, line) {
            Some(product) => {
                let customer_code = customer.item_codes.get(&line.product).cloned();
                known.push((line.clone(), QuotedProduct { customer_code, ..product }));
            }
            None => {
                let text = line.product.0.to_string();
                faults.add(format!("lines[{place}].product_id"), FieldFault::NoSuch { text });
            }
        }
    }
    faults.or_go_on()?;
    let mut draft = price_draft(&live.book, &context, &customer.name, known, whole);
    hold_against_catalogue(&mut draft, &live, customer, &context);
    Ok(Priced { draft, context, live })
}

/// Notes which lines outside the catalogue are goods of it; a draft that has none asks nothing.
fn hold_against_catalogue(
    draft: &mut PricedDraft,
    live: &Live,
    customer: &QuoteCustomer,
    context: &PricingContext,
) {
    if draft.lines.iter().all(|line| line.line.extra.own.is_none()) {
        return;
    }
    let product = |id: ProductId| {
        let customer_code = customer.item_codes.get(&id).cloned();
        live.goods.get(&id).map(|goods| QuotedProduct { customer_code, ..quoted(goods) })
    };
    draft.hold_against(live.sold(), product, (&live.book, context));
}

/// What the line names, in the catalogue or outside it; `None` for a product that the snapshot does not have.
fn product_of(live: &Live, line: &DraftLine) -> Option<QuotedProduct> {
    match &line.extra.own {
        Some(own) => Some(QuotedProduct::of_own(own, &line.unit)),
        None => live.goods.get(&line.product).map(|goods| quoted(goods)),
    }
}

/// Whether the draft comes to something else with this snapshot than when it was last saved.
pub(super) fn is_repriced(
    live: &Live,
    company: &Company,
    draft: &ShownDraft,
    (at, zone): (Instant, &TimeZone),
) -> bool {
    let includes_tax = draft.terms.includes_tax.unwrap_or(company.prices_include_tax);
    let context = context_of(includes_tax, draft.customer.clone(), at, zone);
    let known = draft.lines.iter().map(|line| Some((line.clone(), product_of(live, line)?)));
    // A product that came after the snapshot was looked up has no other price yet.
    let Some(known) = known.collect::<Option<Vec<_>>>() else { return false };
    let now = price_draft(&live.book, &context, "", known, &draft.whole);
    Repriced::moved(&draft.shown, &now).is_some()
}

/// The draft as it stands, priced at the moment at which it was loaded.
pub(super) async fn price_loaded(ctx: &Ctx, loaded: &Loaded) -> Result<Priced, AppError> {
    let head = &loaded.head;
    let sheet = Sheet { lines: &loaded.lines, includes_tax: head.terms.includes_tax, whole: &head.whole };
    price(ctx, &loaded.company, &loaded.customer, sheet, loaded.moment.now).await
}

/// The same with a snapshot that holds its very products and all that is in force now: what is issued leans on it.
pub(super) async fn price_to_issue(ctx: &Ctx, loaded: &Loaded) -> Result<Priced, AppError> {
    let (head, at) = (&loaded.head, loaded.moment.now);
    let sheet = Sheet { lines: &loaded.lines, includes_tax: head.terms.includes_tax, whole: &head.whole };
    // Of its own products it knows the newest; which others a line may be is looked at as when it was read.
    if loaded.lines.iter().any(|line| line.extra.own.is_some()) {
        live(ctx, at).await?;
    }
    let live = prepared(live_with(ctx, at, &loaded.products).await?, &loaded.lines).await?;
    price_with(live, (&loaded.company, &ctx.zone), &loaded.customer, sheet, at)
}

/// What this person may issue of the quotation today.
pub(super) async fn rule(
    ctx: &Ctx,
    loaded: &Loaded,
    priced: &Priced,
    actor: &Actor,
) -> Result<IssueRule, AppError> {
    with_others(ctx, own_rule(loaded, priced, actor), priced, &loaded.head.branch_path, actor).await
}

/// The same without anybody else.
fn own_rule(loaded: &Loaded, priced: &Priced, actor: &Actor) -> IssueRule {
    let today = loaded.today;
    IssueRule {
        person: actor.person,
        today,
        valid_until: last_valid_day(loaded.head.valid_until, today, loaded.company.quote_valid_days),
        valid_until_max: days_after(today, VALID_DAYS_MAX),
        delivery_day: loaded.head.terms.delivery_day,
        deposit: loaded.head.terms.deposit_amount(),
        may_below_floor: super::load::opens(actor, Right::QuoteIssueBelowFloor, &loaded.head),
        sees_floor: actor.has(Right::PriceCost),
        floor_told: false,
        approvers: Vec::new(),
        limit: limit_of(&loaded.roles, &priced.live),
        deciders: Vec::new(),
    }
}

/// The same where somebody may be asked: whoever does not see the floor may ask for a decision on any draft that says
/// something. Once issuing it as it stands was refused for the floor, that counts for whoever is offered.
pub(super) async fn rule_to_ask(
    ctx: &Ctx,
    loaded: &Loaded,
    priced: &Priced,
    actor: &Actor,
) -> Result<IssueRule, AppError> {
    let floor_told = loaded.floor_refused == Some(loaded.head.version);
    let rule = IssueRule { floor_told, ..own_rule(loaded, priced, actor) };
    let branch_path = &loaded.head.branch_path;
    match &loaded.others {
        _ if rule.sees_floor || loaded.lines.is_empty() => {
            with_others(ctx, rule, priced, branch_path, actor).await
        }
        Some(others) => Ok(naming(rule, others, priced)),
        None => named(ctx, rule, priced, branch_path, actor).await,
    }
}

/// The rule with those who may do what this person may not; they are looked for only where a problem will name them.
pub(super) async fn with_others(
    ctx: &Ctx,
    rule: IssueRule,
    priced: &Priced,
    branch_path: &str,
    actor: &Actor,
) -> Result<IssueRule, AppError> {
    let alone = priced.draft.problems(&rule).iter().all(|problem| !problem.kind.names_others());
    if alone {
        return Ok(rule);
    }
    named(ctx, rule, priced, branch_path, actor).await
}

async fn named(
    ctx: &Ctx,
    rule: IssueRule,
    priced: &Priced,
    branch_path: &str,
    actor: &Actor,
) -> Result<IssueRule, AppError> {
    let (branch_path, person) = (branch_path.to_string(), actor.person);
    let others = ctx
        .store
        .read(|tx| Box::pin(async move { store::quotes::deciders(tx, &branch_path, person).await }))
        .await?;
    Ok(naming(rule, &others, priced))
}

/// The rule with these others.
fn naming(rule: IssueRule, others: &[MayIssue], priced: &Priced) -> IssueRule {
    let approvers = store::quotes::names_below_floor(others);
    IssueRule { approvers, deciders: deciders(others, &priced.live), ..rule }
}

/// What somebody with these roles may take off by hand.
pub(super) fn limit_of(roles: &[String], live: &Live) -> LimitRow {
    live.limits.of_roles(roles.iter().map(String::as_str))
}

/// Who else may issue, and how far they may go.
fn deciders(others: &[MayIssue], live: &Live) -> Vec<Decider> {
    let decider = |other: &MayIssue| Decider {
        person: other.person,
        name: other.name.clone(),
        limit: limit_of(&other.roles, live),
        below_floor: other.below_floor,
    };
    others.iter().map(decider).collect()
}

/// The revisions that the prices lean on, by the names under which people know them.
pub(super) fn used(draft: &PricedDraft, live: &Live) -> Vec<UsedRevision> {
    let priced = draft.lines.iter().filter_map(|line| line.outcome.as_ref().ok());
    let mut revisions: Vec<Revision> = priced.flat_map(|line| line.used.iter().copied()).collect();
    revisions.sort_unstable();
    revisions.dedup();
    let named = revisions.into_iter().map(|revision| {
        let head = live.head(revision.item);
        UsedRevision {
            item: revision.item,
            kind: head.map(|head| head.kind.key().to_string()).unwrap_or_default(),
            name: head.map(|head| head.name.clone()).unwrap_or_default(),
            n: revision.n,
        }
    });
    named.collect()
}

fn context_of(includes_tax: bool, customer: CustomerFacts, at: Instant, zone: &TimeZone) -> PricingContext {
    PricingContext { at: Moment::of(at, zone), prices_include_tax: includes_tax, customer, channel: None }
}

fn facts_of(customer: &QuoteCustomer) -> CustomerFacts {
    CustomerFacts {
        id: Some(customer.id),
        kind: customer.kind.clone(),
        tier: customer.tier.clone(),
        tags: Vec::new(),
        region: customer.region,
    }
}

/// A product as a line of a quotation names it.
pub(super) fn quoted(goods: &Goods) -> QuotedProduct {
    QuotedProduct {
        id: goods.facts.id,
        code: goods.code.clone(),
        name: goods.name.clone(),
        spec: goods.spec.clone(),
        units: goods.facts.units.clone(),
        tax_rate: goods.facts.tax_rate,
        archived: goods.archived,
        customer_code: None,
    }
}
