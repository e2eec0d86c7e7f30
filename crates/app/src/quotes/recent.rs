//! What was quoted lately: by this person, and what this customer bought last, with the price then and now.

use domain::access::Actor;
use domain::base::{CustomerId, Date, ProductId, Qty, UnitPrice};
use domain::quotes::{DraftLine, LineExtra, QuotedProduct, Whole, days_before};

use super::draft::customer_for;
use super::price::{Sheet, price, quoted};
use crate::config::live;
use crate::{AppError, Ctx};

/// So many of each are told.
const TOLD_MAX: u32 = 20;
/// What this person quoted so lately.
const OWN_DAYS: u32 = 90;

/// What this customer bought last, and what this person quoted lately.
#[derive(Clone, Debug)]
pub struct RecentProducts {
    pub bought: Vec<LastBought>,
    pub own: Vec<QuotedProduct>,
}

/// A product as the customer bought it last.
#[derive(Clone, Debug)]
pub struct LastBought {
    pub product: QuotedProduct,
    pub qty: Qty,
    pub unit: String,
    pub then: Option<UnitPrice>,
    pub day: Date,
    /// Number of the quotation.
    pub number: String,
    /// What one of the unit costs this customer now, at the same quantity; none when it has no price.
    pub now: Option<UnitPrice>,
}

/// What was bought and quoted lately, for a quotation to this customer.
pub async fn recent_products(
    ctx: &Ctx,
    actor: &Actor,
    customer: CustomerId,
) -> Result<RecentProducts, AppError> {
    let (facts, world) = customer_for(ctx, actor, customer).await?;
    let (person, since) = (actor.person, days_before(world.today, OWN_DAYS));
    let (bought, own) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let bought = store::quotes::last_bought(tx, customer, TOLD_MAX).await?;
                let own = store::quotes::quoted_lately(tx, person, since, TOLD_MAX).await?;
                Ok::<_, AppError>((bought, own))
            })
        })
        .await?;
    let live = live(ctx, world.moment.now).await?;
    let sold = |id: ProductId| live.goods.get(&id).filter(|goods| !goods.archived);
    let line = |(place, it): (usize, &store::quotes::BoughtLine)| DraftLine {
        id: place.to_string(),
        product: it.product,
        qty: it.qty,
        unit: it.unit.clone(),
        note: String::new(),
        extra: LineExtra::default(),
    };
    let bought: Vec<_> = bought.into_iter().filter(|it| sold(it.product).is_some()).collect();
    let lines: Vec<DraftLine> = bought.iter().enumerate().map(line).collect();
    let sheet = Sheet { lines: &lines, includes_tax: None, whole: &Whole::default() };
    let now = price(ctx, &world.company, &facts, sheet, world.moment.now).await?.draft;
    let told = bought.into_iter().zip(now.lines).map(|(it, priced)| LastBought {
        now: priced.outcome.ok().map(|priced| priced.unit_price),
        product: priced.product,
        qty: it.qty,
        unit: it.unit,
        then: it.unit_price,
        day: it.day,
        number: it.number,
    });
    let own = own.into_iter().filter_map(sold).map(|goods| quoted(goods));
    Ok(RecentProducts { bought: told.collect(), own: own.collect() })
}
