//! Pricing a draft with the snapshot of configuration that is in force.

use std::sync::Arc;

use domain::access::{Actor, Company, Right};
use domain::base::{FieldFault, Instant, Invalid};
use domain::config::kinds::Goods;
use domain::pricing::{CustomerFacts, LimitRow, Moment, PricingContext, Revision};
use domain::quotes::{
    Decider, DraftLine, IssueRule, PricedDraft, QuotedProduct, UsedRevision, VALID_DAYS_MAX, Whole,
    days_after, last_valid_day, price_draft,
};
use jiff::tz::TimeZone;
use store::quotes::{MayIssue, QuoteCustomer};

use super::load::Loaded;
use crate::config::{Live, live};
use crate::{AppError, Ctx};

/// A draft with its prices, and what it was priced with.
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

/// Prices the sheet for the customer at `at`; a product that does not exist is a wrong field.
pub(super) async fn price(
    ctx: &Ctx,
    company: &Company,
    customer: &QuoteCustomer,
    sheet: Sheet<'_>,
    at: Instant,
) -> Result<Priced, AppError> {
    let Sheet { lines, includes_tax, whole } = sheet;
    let live = live(ctx, at).await?;
    let includes_tax = includes_tax.unwrap_or(company.prices_include_tax);
    let context = context_of(includes_tax, customer, at, &ctx.zone);
    let mut faults = Invalid::default();
    let mut known = Vec::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate() {
        if let Some(own) = &line.extra.own {
            known.push((line.clone(), QuotedProduct::of_own(own, &line.unit)));
            continue;
        }
        match live.goods.get(&line.product) {
            Some(goods) => {
                let code = customer.item_codes.get(&line.product).cloned();
                known.push((line.clone(), QuotedProduct { customer_code: code, ..quoted(goods) }));
            }
            None => faults.add(format!("lines[{place}].product_id"), FieldFault::NoSuchRecord),
        }
    }
    faults.or_go_on()?;
    let draft = price_draft(&live.book, &context, &customer.name, known, whole);
    Ok(Priced { draft, context, live })
}

/// The draft as it stands, priced at the moment at which it was loaded.
pub(super) async fn price_loaded(ctx: &Ctx, loaded: &Loaded) -> Result<Priced, AppError> {
    let head = &loaded.head;
    let sheet = Sheet { lines: &loaded.lines, includes_tax: head.terms.includes_tax, whole: &head.whole };
    price(ctx, &loaded.company, &loaded.customer, sheet, loaded.moment.now).await
}

/// What this person may issue of the quotation today.
pub(super) fn rule(loaded: &Loaded, live: &Live, actor: &Actor) -> IssueRule {
    let today = loaded.today;
    IssueRule {
        today,
        valid_until: last_valid_day(loaded.head.valid_until, today, loaded.company.quote_valid_days),
        valid_until_max: days_after(today, VALID_DAYS_MAX),
        may_below_floor: super::load::opens(actor, Right::QuoteIssueBelowFloor, &loaded.head),
        approvers: loaded.approvers.clone(),
        limit: limit_of(&loaded.roles, live),
        deciders: deciders(&loaded.deciders, live),
    }
}

/// What somebody with these roles may take off by hand.
pub(super) fn limit_of(roles: &[String], live: &Live) -> LimitRow {
    live.limits.of_roles(roles.iter().map(String::as_str))
}

/// Who else may issue, and how far they may go.
pub(super) fn deciders(others: &[MayIssue], live: &Live) -> Vec<Decider> {
    let decider = |other: &MayIssue| Decider {
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
        let head = live.heads.iter().find(|head| head.item == revision.item);
        UsedRevision {
            item: revision.item,
            kind: head.map(|head| head.kind.key().to_string()).unwrap_or_default(),
            name: head.map(|head| head.name.clone()).unwrap_or_default(),
            n: revision.n,
        }
    });
    named.collect()
}

fn context_of(includes_tax: bool, customer: &QuoteCustomer, at: Instant, zone: &TimeZone) -> PricingContext {
    PricingContext {
        at: Moment::of(at, zone),
        prices_include_tax: includes_tax,
        customer: CustomerFacts {
            id: Some(customer.id),
            kind: customer.kind.clone(),
            tier: customer.tier.clone(),
            tags: Vec::new(),
            region: customer.region.clone(),
        },
        channel: None,
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
