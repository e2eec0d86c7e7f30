//! Orders: what signed quotations became. Keepers see what to pick, never what it costs.

mod export;

pub use export::export_orders;

use domain::access::{AccessRefused, Actor, Right, Scope};
use domain::base::{Fen, Limit, OrderId, fold_width};
use domain::quotes::{Amounts, Margin, Snapshot, Terms};
use store::StoreError;
use store::files::FileFacts;
pub use store::orders::{OrderFilter, OrderHead, OrderRow};
use store::quotes::{Listed, UsedState};

use crate::quotes::{LineView, frozen_lines, line_views, place, read_place, with_total, without_total};
use crate::sheets::{EXPORT_ROWS_ASKED, is_too_long, short_enough};
use crate::{AppError, Ctx};

/// One page.
#[derive(Clone, Debug)]
pub struct OrderListing {
    pub filter: OrderFilter,
    pub limit: Limit,
    pub after: Option<String>,
}

/// A page and what the whole list comes to; money only for those who see prices.
#[derive(Clone, Debug)]
pub struct OrderList {
    pub items: Vec<OrderRow>,
    pub next: Option<String>,
    pub total: Listed,
    pub sees_prices: bool,
}

/// One order, whole.
#[derive(Clone, Debug)]
pub struct OrderView {
    pub head: OrderHead,
    pub lines: Vec<LineView>,
    pub amounts: Amounts,
    pub notes: String,
    pub terms: Terms,
    /// What the order earns, for those who see cost; `Some(None)` where a cost is not known.
    pub margin: Option<Option<Margin>>,
    pub used: Vec<UsedState>,
    pub consent: FileFacts,
    /// Whether figures, revisions and the consent paper, which shows prices, may be shown.
    pub sees_prices: bool,
}

/// The customer's paper.
#[derive(Clone, Debug)]
pub struct Consent {
    pub content: Vec<u8>,
    pub mime: String,
    pub name: String,
}

/// Orders that the actor sees, newest first. What they come to is counted for the first page; the others carry it on.
pub async fn list_orders(ctx: &Ctx, actor: &Actor, listing: OrderListing) -> Result<OrderList, AppError> {
    let scope = actor.scope(Right::OrderRead)?;
    let sees_prices = actor.has(Right::PriceRead);
    let (after, known) = listing.after.as_deref().map_or((None, None), without_total);
    let after = after.map(read_place).transpose()?;
    let after = after.map(|(day, id)| (day, OrderId(id)));
    let limit = listing.limit;
    let filter = folded(actor, listing.filter);
    let (mut items, total) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let items = store::orders::list(tx, &scope, &filter, after, limit.and_one()).await?;
                let total = match known {
                    Some(total) => total,
                    None => store::orders::total(tx, &scope, &filter).await?,
                };
                Ok::<_, StoreError>((items, total))
            })
        })
        .await?;
    let more = limit.cut(&mut items);
    // The place travels through the browser: it tells no money to whoever sees none.
    let carried = if sees_prices { total } else { Listed { net: Fen::ZERO, ..total } };
    let next = items.last().filter(|_| more);
    let next = next.map(|row| with_total(&place(row.signed_day, row.id.0), carried));
    Ok(OrderList { items, next, total, sees_prices })
}

/// All that the filter finds, in its order, read at once; refused when it is more than an export has.
async fn whole_list(ctx: &Ctx, actor: &Actor, filter: OrderFilter) -> Result<Vec<OrderRow>, AppError> {
    let scope = actor.scope(Right::OrderRead)?;
    let filter = folded(actor, filter);
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let rows = store::orders::list(tx, &scope, &filter, None, EXPORT_ROWS_ASKED).await?;
            if is_too_long(&rows) {
                short_enough(store::orders::total(tx, &scope, &filter).await?.count, false)?;
            }
            Ok::<_, AppError>(rows)
        })
    });
    read.await
}

/// The filter as it is asked by this person: nothing is found by what they are not shown.
fn folded(actor: &Actor, filter: OrderFilter) -> OrderFilter {
    let customers = actor.scope(Right::CustomerRead).ok();
    OrderFilter { search: fold_width(&filter.search).to_lowercase(), customers, ..filter }
}

/// The order, for those who see it.
pub async fn read_order(ctx: &Ctx, actor: &Actor, id: OrderId) -> Result<OrderView, AppError> {
    let scope = visible(actor)?;
    let found = ctx.store.read(|tx| {
        Box::pin(async move {
            let head = store::orders::head(tx, id, scope.person).await?.filter(|head| head.within(&scope));
            let head = head.ok_or(AccessRefused::NotFound)?;
            let now = store::events::moment(tx).await?.now;
            let quote = head.row.quote;
            let snapshot = store::quotes::document(tx, quote).await?;
            let costs = store::quotes::line_costs(tx, quote).await?;
            let used = store::quotes::used(tx, quote, now).await?;
            let consent = store::files::facts(tx, &head.consent_file).await?;
            Ok::<_, AppError>((head, snapshot, costs, used, consent))
        })
    });
    let (head, snapshot, costs, used, consent) = found.await?;
    let lost = |what: &str| StoreError::Decode(format!("order {} has no {what}", id.0));
    let snapshot = snapshot.ok_or_else(|| lost("frozen document"))?;
    let consent = consent.ok_or_else(|| lost("consent file"))?;
    let amounts = snapshot.amounts()?;
    let Snapshot { lines, customer, notes, terms, .. } = snapshot;
    let lines = frozen_lines(lines, &costs);
    let margin = actor.has(Right::PriceCost).then(|| Margin::of_lines(&lines));
    let lines = line_views(lines, actor, &customer.name);
    let sees_prices = actor.has(Right::PriceRead);
    Ok(OrderView { head, lines, amounts, notes, terms, margin, used, consent, sees_prices })
}

/// What the order is, without its lines.
pub(crate) async fn read_order_head(ctx: &Ctx, actor: &Actor, id: OrderId) -> Result<OrderHead, AppError> {
    let scope = visible(actor)?;
    let found = ctx.store.read(|tx| {
        Box::pin(async move { store::orders::head(tx, id, scope.person).await.map(|head| (head, scope)) })
    });
    let (head, scope) = found.await?;
    Ok(head.filter(|head| head.within(&scope)).ok_or(AccessRefused::NotFound)?)
}

/// The paper that the customer signed; it shows prices.
pub async fn consent_of_order(ctx: &Ctx, actor: &Actor, id: OrderId) -> Result<Consent, AppError> {
    let order = read_order(ctx, actor, id).await?;
    actor.need(Right::PriceRead)?;
    let content = store::files::whole(&ctx.store, &order.consent.hash).await?;
    Ok(Consent { content, mime: order.consent.mime, name: order.consent.name })
}

fn visible(actor: &Actor) -> Result<Scope, AppError> {
    Ok(actor.scope(Right::OrderRead).map_err(|_| AccessRefused::NotFound)?)
}
