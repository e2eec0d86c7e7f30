//! Conversion within the actor's reach, and in what period.

use domain::access::{Actor, Right};
use domain::base::{Date, company_day};
use domain::insights::ConversionBy;
pub use store::insights::ConversionRow;

use super::handling::check_period;
use crate::{AppError, Ctx};

/// What became of the quotations issued from `from` to `to`, both days included, within the actor's reach.
pub async fn conversion(
    ctx: &Ctx,
    actor: &Actor,
    by: ConversionBy,
    from: Date,
    to: Date,
) -> Result<Vec<ConversionRow>, AppError> {
    let scope = actor.scope(Right::InsightsRead)?;
    actor.need(Right::PriceRead)?;
    check_period(from, to)?;
    let zone = ctx.zone.clone();
    let rows = ctx.store.read(|tx| {
        Box::pin(async move {
            let today = company_day(store::events::moment(tx).await?.now, &zone);
            store::insights::conversion(tx, &scope, by, (from, to), today).await
        })
    });
    let mut rows = rows.await?;
    if by == ConversionBy::Month {
        rows.sort_by(|one, other| other.name.cmp(&one.name));
    }
    Ok(rows)
}
