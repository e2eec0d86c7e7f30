//! Finding customers and reading what is known of them.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{CustomerId, Limit, fold_width};
use domain::customers::{Standing, figures_from};
use store::customers::{
    CustomerFilter, CustomerPlace, CustomerRecord, CustomerRow, Figures, Sight, TimelineEntry,
};
use store::{customers as records, events};

use crate::sheets::{EXPORT_ROWS_ASKED, is_too_long, short_enough};
use crate::{AppError, Ctx};

/// What a person may do with a customer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerAction {
    Edit,
    Assign,
    Quote,
}

/// A customer as one person sees him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerView {
    pub record: CustomerRecord,
    pub figures: Figures,
    pub actions: Vec<CustomerAction>,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerPage {
    pub rows: Vec<CustomerRow>,
    /// Where the next page goes on.
    pub next: Option<CustomerPlace>,
    pub total: i64,
}

/// The customers that the person sees, the best fit first, then the newest.
pub async fn customers(
    ctx: &Ctx,
    actor: &Actor,
    filter: CustomerFilter,
    after: Option<CustomerPlace>,
    limit: Limit,
) -> Result<CustomerPage, AppError> {
    customers_after(ctx, actor, filter, (after, None), limit).await
}

/// The same after a place whose page knew how many there are; they are not counted again.
pub async fn customers_after(
    ctx: &Ctx,
    actor: &Actor,
    filter: CustomerFilter,
    (after, known): (Option<CustomerPlace>, Option<i64>),
    limit: Limit,
) -> Result<CustomerPage, AppError> {
    let sight = sight(actor)?;
    let filter = folded(filter);
    let zoned = ctx.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let from = figures_from(zoned.day(events::moment(tx).await?.now));
                let mut rows = records::list(tx, &sight, &filter, from, after, limit.and_one()).await?;
                let more = limit.cut(&mut rows);
                let next = rows.last().filter(|_| more).map(|row| row.place);
                let total = match known {
                    Some(total) => total,
                    None => records::total(tx, &sight.customers, &filter).await?,
                };
                Ok(CustomerPage { rows, next, total })
            })
        })
        .await
}

/// All that the filter finds, in its order, read at once; refused when it is more than an export has.
pub(super) async fn whole_list(
    ctx: &Ctx,
    actor: &Actor,
    filter: CustomerFilter,
) -> Result<Vec<CustomerRow>, AppError> {
    let sight = sight(actor)?;
    let (filter, zoned) = (folded(filter), ctx.clone());
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let from = figures_from(zoned.day(events::moment(tx).await?.now));
            let rows = records::list(tx, &sight, &filter, from, None, EXPORT_ROWS_ASKED).await?;
            if is_too_long(&rows) {
                short_enough(records::total(tx, &sight.customers, &filter).await?, false)?;
            }
            Ok::<_, AppError>(rows)
        })
    });
    read.await
}

fn folded(filter: CustomerFilter) -> CustomerFilter {
    CustomerFilter { search: fold_width(&filter.search).to_lowercase(), ..filter }
}

/// One customer with the figures of his documents.
pub async fn customer(ctx: &Ctx, actor: &Actor, id: CustomerId) -> Result<CustomerView, AppError> {
    let (sight, reader, zoned) = (seeing(actor)?, actor.clone(), ctx.clone());
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let record = records::find(tx, id, reader.person).await?.ok_or(AccessRefused::NotFound)?;
                record.standing().seen_by(&reader)?;
                let today = zoned.day(events::moment(tx).await?.now);
                let figures = records::figures(tx, id, &sight, today, figures_from(today)).await?;
                let actions = actions(&reader, &record.standing());
                Ok(CustomerView { record, figures, actions })
            })
        })
        .await
}

/// What happened to a customer and to those of his documents that the person sees, newest first; and where the next
/// page goes on.
pub async fn customer_timeline(
    ctx: &Ctx,
    actor: &Actor,
    id: CustomerId,
    before: Option<i64>,
    limit: Limit,
) -> Result<(Vec<TimelineEntry>, Option<i64>), AppError> {
    let (sight, reader) = (seeing(actor)?, actor.clone());
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let record = records::find(tx, id, reader.person).await?.ok_or(AccessRefused::NotFound)?;
                record.standing().seen_by(&reader)?;
                let mut entries = records::timeline(tx, id, &sight, before, limit).await?;
                let more = limit.cut(&mut entries);
                let next = entries.last().filter(|_| more).map(|entry| entry.event);
                Ok((entries, next))
            })
        })
        .await
}

/// Who changed the customer last.
pub async fn changed_by(ctx: &Ctx, id: CustomerId) -> Result<Option<String>, AppError> {
    let newest = ctx
        .store
        .read(|tx| Box::pin(async move { events::of_entity(tx, "customer", id.0, None, 1).await }))
        .await?;
    Ok(newest.into_iter().next().and_then(|event| event.actor_name))
}

/// What the person sees of customers and their documents; refuses who sees no customers. Orders are counted here with
/// their sums, so only for those who see prices.
pub fn sight(actor: &Actor) -> Result<Sight, AccessRefused> {
    Ok(Sight {
        customers: actor.scope(Right::CustomerRead)?,
        orders: actor.scope(Right::OrderRead).ok().filter(|_| actor.has(Right::PriceRead)),
        quotes: actor.scope(Right::QuoteRead).ok(),
    })
}

/// For who sees no customers, a single one does not exist.
fn seeing(actor: &Actor) -> Result<Sight, AccessRefused> {
    sight(actor).map_err(|_| AccessRefused::NotFound)
}

fn actions(actor: &Actor, standing: &Standing<'_>) -> Vec<CustomerAction> {
    let all = [
        (CustomerAction::Edit, Right::CustomerWrite),
        (CustomerAction::Assign, Right::CustomerAssign),
        (CustomerAction::Quote, Right::QuoteWrite),
    ];
    all.into_iter().filter(|(_, right)| standing.within(actor, *right)).map(|(action, _)| action).collect()
}
