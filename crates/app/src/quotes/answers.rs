//! What a customer pays for a product now and why, and who pays what for it.

use std::collections::{BTreeMap, HashMap};

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{CustomerId, Date, FieldFault, Invalid, ItemId, ProductId, QTY_MAX, Qty, UnitPrice};
use domain::config::Kind;
use domain::pricing::{
    Alternative, CustomerFacts, LineRequest, Moment, PriceClass, PricingContext, TraceStep, alternatives,
    price_lines,
};
use domain::quotes::{DraftLine, LineExtra, Whole};
use domain::words::price_rows;
use store::catalog::CustomerTerms;

use super::load::company;
use super::price::{Sheet, price};
use super::view::{LineView, line_views};
use crate::{AppError, Ctx};

/// What is asked.
#[derive(Clone, Debug)]
pub struct PriceAsked {
    pub product: ProductId,
    pub customer: CustomerId,
    pub qty: Qty,
    /// `None` is the base unit.
    pub unit: Option<String>,
}

/// Today's price of one line for one customer, and what else his lists say.
#[derive(Clone, Debug)]
pub struct PriceAnswer {
    pub day: Date,
    pub line: LineView,
    pub includes_tax: bool,
    pub alternatives: Vec<OtherPrice>,
}

/// A price that was not used, with its reason in words.
#[derive(Clone, Debug)]
pub struct OtherPrice {
    pub alternative: Alternative,
    pub goods: String,
    pub reason: String,
}

/// One price that some of the customers in sight pay for one base unit today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidPrice {
    /// The list that gives it; `None` when there is none.
    pub list: Option<(ItemId, i64, String)>,
    pub class: PriceClass,
    pub tier: Option<String>,
    pub unit_price: UnitPrice,
    pub customers: i64,
    /// Some of them by name.
    pub examples: Vec<String>,
}

/// Who pays what for one base unit of a product today.
#[derive(Clone, Debug, Default)]
pub struct PaidPrices {
    pub unit: String,
    pub includes_tax: bool,
    /// The most customers first.
    pub prices: Vec<PaidPrice>,
    /// Customers for whom there is no price.
    pub without: i64,
}

/// So many customers are named at one price.
const EXAMPLES_MAX: usize = 3;

/// What the customer pays for so much of the product now, by which rules, and what else his lists say.
pub async fn price_answer(ctx: &Ctx, actor: &Actor, asked: PriceAsked) -> Result<PriceAnswer, AppError> {
    may_ask(actor)?;
    if asked.qty <= Qty::ZERO || asked.qty > QTY_MAX {
        return Err(Invalid::one("qty", FieldFault::Said(price_rows::QTY_WRONG.to_string())).into());
    }
    let (reader, id, product) = (actor.clone(), asked.customer, asked.product);
    let (company, customer, goods) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let record = store::customers::find(tx, id, reader.person).await?;
                record.ok_or(AccessRefused::NotFound)?.standing().seen_by(&reader)?;
                let customer = store::quotes::customer_of(tx, id, reader.person).await?;
                let goods = store::catalog::find(tx, product).await?.ok_or(AccessRefused::NotFound)?;
                let customer = customer.ok_or(AccessRefused::NotFound)?;
                Ok::<_, AppError>((company(tx).await?, customer, goods))
            })
        })
        .await?;
    let now = ctx.moment().await?.now;
    let unit = asked.unit.unwrap_or_else(|| goods.product.units.base().to_string());
    let line = DraftLine {
        id: "1".to_string(),
        product: asked.product,
        qty: asked.qty,
        unit: unit.clone(),
        note: String::new(),
        extra: LineExtra::default(),
    };
    let sheet = Sheet { lines: &[line], includes_tax: None, whole: &Whole::default() };
    let priced = price(ctx, &company, &customer, sheet, now).await?;
    let request = LineRequest { product: asked.product, qty: asked.qty, unit: Some(unit) };
    let others = alternatives(&priced.live.book, &priced.context, &request).unwrap_or_default();
    let facts = ctx.store.read(|tx| {
        Box::pin(async move { store::config::facts_about(tx, Kind::PriceList, &[product], &[]).await })
    });
    let facts = facts.await?;
    let base_unit = goods.product.units.base();
    let other = |alternative: Alternative| OtherPrice {
        goods: price_rows::goods(&alternative.goods, &facts),
        reason: price_rows::not_used(&alternative.why, base_unit),
        alternative,
    };
    let lines = line_views(priced.draft.lines, actor, &customer.name);
    Ok(PriceAnswer {
        day: ctx.day(now),
        line: lines.into_iter().next().ok_or(AccessRefused::NotFound)?,
        includes_tax: company.prices_include_tax,
        alternatives: others.into_iter().map(other).collect(),
    })
}

/// Who pays what for one base unit of the product today, among the customers that the person sees.
pub async fn paid_prices(ctx: &Ctx, actor: &Actor, product: ProductId) -> Result<PaidPrices, AppError> {
    may_ask(actor)?;
    let scope = actor.scope(Right::CustomerRead)?;
    let (company, goods, customers) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let goods = store::catalog::find(tx, product).await?.ok_or(AccessRefused::NotFound)?;
                let customers = store::catalog::terms_of_all(tx, &scope).await?;
                Ok::<_, AppError>((company(tx).await?, goods, customers))
            })
        })
        .await?;
    let now = ctx.moment().await?.now;
    let live = crate::config::live(ctx, now).await?;
    let (at, includes_tax) = (Moment::of(now, &ctx.zone), company.prices_include_tax);
    let unit = goods.product.units.base().to_string();
    let counted = tokio::task::spawn_blocking(move || count(&live, product, (at, includes_tax), customers));
    let (prices, without) = counted.await.map_err(|error| store::StoreError::Decode(error.to_string()))?;
    Ok(PaidPrices { unit, includes_tax, prices, without })
}

fn may_ask(actor: &Actor) -> Result<(), AppError> {
    if !actor.has(Right::ProductRead) {
        return Err(AccessRefused::NotFound.into());
    }
    actor.need(Right::PriceRead)?;
    actor.need(Right::CustomerRead)?;
    Ok(())
}

type Paid = (Option<ItemId>, Option<String>, UnitPrice);

/// Counts the customers at each price. Those whom no list names share a price where all that lists ask of them is the same,
/// so that it is found once for each difference and not for each customer.
fn count(
    live: &crate::config::Live,
    product: ProductId,
    (at, prices_include_tax): (Moment, bool),
    customers: Vec<(CustomerTerms, String)>,
) -> (Vec<PaidPrice>, i64) {
    let mut paid: BTreeMap<Paid, PaidPrice> = BTreeMap::new();
    let mut known: HashMap<CustomerFacts, Option<Paid>> = HashMap::new();
    let mut without = 0;
    for (terms, name) in customers {
        let customer = CustomerFacts {
            id: Some(terms.id).filter(|id| live.book.names(*id)),
            kind: terms.customer_type,
            tier: terms.tier,
            tags: Vec::new(),
            region: terms.region,
        };
        let price = match known.get(&customer) {
            Some(price) => price.clone(),
            None => {
                let context =
                    PricingContext { at, prices_include_tax, customer: customer.clone(), channel: None };
                let found = price_of(live, product, &context);
                let price = found.map(|found| {
                    let key = (found.list.as_ref().map(|list| list.0), found.tier.clone(), found.unit_price);
                    paid.entry(key.clone()).or_insert(found);
                    key
                });
                known.insert(customer, price.clone());
                price
            }
        };
        let Some(found) = price.and_then(|key| paid.get_mut(&key)) else {
            without += 1;
            continue;
        };
        found.customers += 1;
        if found.examples.len() < EXAMPLES_MAX {
            found.examples.push(name);
        }
    }
    let mut prices: Vec<PaidPrice> = paid.into_values().collect();
    prices.sort_by(|a, b| b.customers.cmp(&a.customers).then(b.unit_price.cmp(&a.unit_price)));
    (prices, without)
}

/// What one base unit costs; nobody is counted yet.
fn price_of(live: &crate::config::Live, product: ProductId, context: &PricingContext) -> Option<PaidPrice> {
    let line = [LineRequest { product, qty: Qty::whole(1), unit: None }];
    let priced = price_lines(&live.book, context, &line).pop()?.ok()?;
    let tier = priced.trace.iter().find_map(|step| match step {
        TraceStep::Tier(step) => Some(step.tier.clone()),
        TraceStep::Base(_) | TraceStep::Manual(_) => None,
    });
    Some(PaidPrice {
        class: priced.list.and_then(|list| live.book.class_of(list.item)).unwrap_or_default(),
        list: priced.list.map(|list| (list.item, list.n, live.name_of(list.item))),
        tier,
        unit_price: priced.unit_price,
        customers: 0,
        examples: Vec::new(),
    })
}
