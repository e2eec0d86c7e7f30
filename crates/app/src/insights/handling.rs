//! The page 处理时长: P50 and P90 of active time, with its sample.

use domain::access::{Actor, Right};
use domain::base::{Date, FieldFault, Instant, Invalid, PersonId, start_of_day};
use domain::insights::{HandlingTime, Measured, drawn, handling_time};
use store::insights::{MeasuredQuote, OPENED_MAX};

use crate::{AppError, Ctx};

/// A period is at most so long.
const DAYS_MAX: u32 = 400;

/// The measure over a period, within the actor's reach.
#[derive(Clone, Debug)]
pub struct HandlingTimes {
    pub figures: HandlingTime,
    pub sample: Vec<MeasuredView>,
    /// Names of the owners in the sample.
    pub owners: Vec<(PersonId, String)>,
}

/// One quotation of the sample.
#[derive(Clone, Debug)]
pub struct MeasuredView {
    pub measured: Measured,
    pub quote: MeasuredQuote,
}

/// Measures quotations issued from `from` to `to`, both days included; `seed` draws the sample.
pub async fn handling_times(
    ctx: &Ctx,
    actor: &Actor,
    from: Date,
    to: Date,
    seed: u64,
) -> Result<HandlingTimes, AppError> {
    let scope = actor.scope(Right::InsightsRead)?;
    // It names quotations and their customers.
    actor.need(Right::QuoteRead)?;
    let (first, end) = period(ctx, from, to)?;
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let opened = store::insights::opened(tx, &scope, first, end).await?;
            let too_many = || Invalid::one("from", FieldFault::TooMany { count_max: OPENED_MAX });
            let opened = opened.ok_or_else(too_many)?;
            let population = opened.len();
            let sample = drawn(opened, |it| it.quote, seed);
            Ok::<_, AppError>((population, store::insights::handled(tx, &sample).await?))
        })
    });
    let (population, handled) = read.await?;
    let figures = HandlingTime { population, ..handling_time(&handled, seed) };
    let drawn = figures.sample.clone();
    let sample = ctx.store.read(|tx| {
        Box::pin(async move {
            let mut sample = Vec::with_capacity(drawn.len());
            for measured in drawn {
                let quote = store::insights::measured_quote(tx, measured.quote).await?;
                sample.push(MeasuredView { measured, quote });
            }
            Ok::<_, store::StoreError>(sample)
        })
    });
    let sample = sample.await?;
    let mut owners: Vec<_> = sample.iter().map(|it| it.quote.owner.clone()).collect();
    owners.sort();
    owners.dedup();
    Ok(HandlingTimes { figures, sample, owners })
}

fn period(ctx: &Ctx, from: Date, to: Date) -> Result<(Instant, Instant), AppError> {
    check_period(from, to)?;
    let after = to.tomorrow().unwrap_or(Date::MAX);
    Ok((start_of_day(from, &ctx.zone), start_of_day(after, &ctx.zone)))
}

/// A period that begins before it ends and is not too long.
pub(super) fn check_period(from: Date, to: Date) -> Result<(), Invalid> {
    if to < from {
        return Err(Invalid::one("to", FieldFault::DayBefore { first: from }));
    }
    let last = domain::quotes::days_after(from, DAYS_MAX);
    if to > last {
        return Err(Invalid::one("to", FieldFault::PeriodTooLong { days_max: DAYS_MAX, last }));
    }
    Ok(())
}
