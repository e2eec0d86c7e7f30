//! A list as it would stand in a draft for one customer, times so many; saves nothing.

use domain::access::Actor;
use domain::base::{CustomerId, FieldFault, Invalid, QuoteSetId};
use domain::quotes::{DraftLine, FillNote, FilledLine, Scale, Whole};
use domain::words::sets as words;

use super::{named, visible_set};
use crate::config::live;
use crate::quotes::draft::customer_for;
use crate::quotes::price::{Sheet, price};
use crate::{AppError, Ctx};

/// For whom, and times what.
#[derive(Clone, Debug)]
pub struct FillAsked {
    pub customer: CustomerId,
    /// So many times the list.
    pub times: Option<String>,
    /// For so many ㎡, where the list says for how many it is.
    pub area: Option<String>,
    /// What was a whole number stays one.
    pub round_up: bool,
}

/// The lines as they would stand in the draft, each with what has to be said about it.
#[derive(Clone, Debug)]
pub struct FilledSet {
    pub customer: String,
    pub lines: Vec<FilledLine>,
}

/// What of the list may go into a draft for the customer; what has changed since is named, nothing is dropped.
pub async fn fill_quote_set(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteSetId,
    asked: FillAsked,
) -> Result<FilledSet, AppError> {
    let reader = actor.clone();
    let (view, kept) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let view = visible_set(tx, &reader, id).await?;
                Ok::<_, AppError>((view, store::quotes::set_lines(tx, id).await?))
            })
        })
        .await?;
    let (facts, world) = customer_for(ctx, actor, asked.customer).await?;
    if asked.area.is_some() && view.head.area.is_none() {
        return Err(Invalid::one("area", FieldFault::Said(words::NO_AREA.to_string())).into());
    }
    let (times, area) = (asked.times.as_deref(), asked.area.as_deref());
    let scale = Scale::accept(times, area, view.head.area, asked.round_up)?;
    let live = live(ctx, world.moment.now).await?;
    let filled = |(place, line): (usize, &domain::quotes::SetLine)| {
        Some(line.filled(place.to_string(), named(line, &live)?, scale))
    };
    let mut lines: Vec<FilledLine> = kept.iter().enumerate().filter_map(filled).collect();
    let asks = |it: &FilledLine| it.usable() && it.line.extra.own.is_none();
    let sold: Vec<DraftLine> = lines.iter().filter(|it| asks(it)).map(|it| it.line.clone()).collect();
    let sheet = Sheet { lines: &sold, includes_tax: None, whole: &Whole::default() };
    let priced = price(ctx, &world.company, &facts, sheet, world.moment.now).await?.draft;
    let mut outcomes = priced.lines.into_iter().map(|line| (line.product, line.outcome));
    for it in lines.iter_mut().filter(|it| asks(it)) {
        let Some((product, outcome)) = outcomes.next() else { break };
        it.product = product;
        if let Err(refusal) = outcome {
            it.said.push(FillNote::NoPrice(refusal));
        }
    }
    Ok(FilledSet { customer: facts.name, lines })
}
