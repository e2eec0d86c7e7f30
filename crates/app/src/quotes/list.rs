//! Lists of quotations, as far as the actor sees them.

use std::collections::BTreeSet;

use domain::access::{Actor, Company, Right};
use domain::base::{Date, Fen, FieldFault, Instant, Invalid, Limit, QuoteId, fold_width, parse_date};
use domain::quotes::{Margin, QuoteSort, QuoteState, ShownState, last_valid_day};
use store::quotes::{Listed, PlaceKey, QuoteFilter, QuotePlace, QuoteRow, ShownDraft};

use super::load::company;
use super::price::is_repriced;
use crate::config::live;
use crate::sheets::{EXPORT_ROWS_ASKED, short_enough};
use crate::{AppError, Ctx};

/// One page.
#[derive(Clone, Debug)]
pub struct QuoteListing {
    pub filter: QuoteFilter,
    pub limit: Limit,
    pub after: Option<String>,
}

/// A page and what the whole list comes to.
#[derive(Clone, Debug)]
pub struct QuoteList {
    pub items: Vec<ListedQuote>,
    pub next: Option<String>,
    pub total: Listed,
}

/// A quotation of the list as it stands today.
#[derive(Clone, Debug)]
pub struct ListedQuote {
    pub row: QuoteRow,
    pub state: ShownState,
    /// Of a draft what issuing today would write.
    pub valid_until: Date,
    /// What it earns, for those who see cost; `Some(None)` where a cost is not known.
    pub margin: Option<Option<Margin>>,
    /// Of a draft on a page: what it comes to now differs from what it came to when it was last saved, as the draft itself
    /// tells whoever opens it.
    pub repriced: bool,
}

/// Quotations that the actor sees, newest first. What they come to is counted for the first page; the others carry it on.
pub async fn list_quotes(ctx: &Ctx, actor: &Actor, listing: QuoteListing) -> Result<QuoteList, AppError> {
    let scope = actor.scope(Right::QuoteRead)?;
    let sort = listing.filter.sort;
    let (after, known) = listing.after.as_deref().map_or((None, None), without_total);
    let after = after.map(|after| place_of(after, sort)).transpose()?;
    let limit = listing.limit;
    let filter = folded(actor, listing.filter);
    let zone = ctx.zone.clone();
    let (mut rows, drafts, now, total, today, company) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let moment = store::events::moment(tx).await?;
                let today = domain::base::company_day(moment.now, &zone);
                let total = match known {
                    Some(total) => total,
                    None => store::quotes::total(tx, &scope, &filter, today).await?,
                };
                // What was not found when it was counted, a moment ago in the same look, is not looked for again.
                let rows = if total.count == 0 {
                    Vec::new()
                } else {
                    let asked = limit.and_one();
                    store::quotes::list(tx, &scope, &filter, today, &total, after, asked).await?
                };
                let drafts = rows.iter().filter(|row| row.state == QuoteState::Draft);
                let drafts: Vec<QuoteId> = drafts.map(|row| row.id).collect();
                let drafts = store::quotes::shown_drafts(tx, &drafts).await?;
                Ok::<_, AppError>((rows, drafts, moment.now, total, today, company(tx).await?))
            })
        })
        .await?;
    let repriced = repriced(ctx, &company, drafts, now).await?;
    let more = limit.cut(&mut rows);
    let next = rows.last().filter(|_| more).map(|row| with_total(&written(&row.place(sort)), total));
    let item = |row: QuoteRow| {
        let repriced = repriced.contains(&row.id);
        ListedQuote { repriced, ..listed(row, actor, today, &company) }
    };
    Ok(QuoteList { items: rows.into_iter().map(item).collect(), next, total })
}

/// Those of these drafts whose figures are others at `now` than when they were last saved. They are priced, as opening them
/// would: nothing but what concerns their customer and their goods marks them.
async fn repriced(
    ctx: &Ctx,
    company: &Company,
    drafts: Vec<ShownDraft>,
    now: Instant,
) -> Result<BTreeSet<QuoteId>, AppError> {
    if drafts.is_empty() {
        return Ok(BTreeSet::new());
    }
    let live = live(ctx, now).await?;
    let moved = drafts.iter().filter(|draft| is_repriced(&live, company, draft, (now, &ctx.zone)));
    Ok(moved.map(|draft| draft.id).collect())
}

/// All that the filter finds, in its order, read at once; refused when it is more than an export has.
pub(super) async fn whole_list(
    ctx: &Ctx,
    actor: &Actor,
    filter: QuoteFilter,
) -> Result<Vec<ListedQuote>, AppError> {
    let scope = actor.scope(Right::QuoteRead)?;
    let (filter, zone) = (folded(actor, filter), ctx.zone.clone());
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let today = domain::base::company_day(store::events::moment(tx).await?.now, &zone);
            let total = store::quotes::total(tx, &scope, &filter, today).await?;
            short_enough(total.count, total.capped)?;
            let all = EXPORT_ROWS_ASKED;
            let rows = store::quotes::list(tx, &scope, &filter, today, &total, None, all).await?;
            Ok::<_, AppError>((rows, today, company(tx).await?))
        })
    });
    let (rows, today, company) = read.await?;
    Ok(rows.into_iter().map(|row| listed(row, actor, today, &company)).collect())
}

/// The filter as it is asked by this person: nothing is found by what they are not shown.
fn folded(actor: &Actor, filter: QuoteFilter) -> QuoteFilter {
    let customers = actor.scope(Right::CustomerRead).ok();
    QuoteFilter { search: fold_width(&filter.search).to_lowercase(), customers, ..filter }
}

fn listed(row: QuoteRow, actor: &Actor, today: Date, company: &Company) -> ListedQuote {
    let sees_cost = actor.has(Right::PriceCost);
    ListedQuote {
        margin: sees_cost.then(|| row.margin.map(|amount| Margin { amount, of: row.net_ex_tax })),
        state: row.state.shown(row.valid_until, today),
        valid_until: last_valid_day(row.valid_until, today, company.quote_valid_days),
        repriced: false,
        row,
    }
}

/// Stands for the sum where there are more than are counted.
const MORE: &str = "more";

/// Where a page ends, with what the whole list comes to, so that the next page need not count it again.
pub(crate) fn with_total(place: &str, total: Listed) -> String {
    if total.capped {
        return format!("{place}~{}~{MORE}", total.count);
    }
    format!("{place}~{}~{}", total.count, total.net.0)
}

/// The place, and the total that it carries; without one it is counted.
pub(crate) fn without_total(after: &str) -> (Option<&str>, Option<Listed>) {
    let mut parts = after.split('~');
    let place = parts.next();
    let number = |text: &str| text.parse::<i64>().ok();
    let count = parts.next().and_then(number);
    let total = count.zip(parts.next()).and_then(|(count, net)| match net {
        MORE => Some(Listed { count, net: Fen::ZERO, capped: true }),
        net => number(net).map(|net| Listed { count, net: Fen(net), capped: false }),
    });
    (place, total)
}

/// Where a page ends: day and id.
pub(crate) fn place(day: Date, id: i64) -> String {
    format!("{day}_{id}")
}

/// The place that `place` wrote.
pub(crate) fn read_place(text: &str) -> Result<(Date, i64), Invalid> {
    let wrong = || Invalid::one("after", FieldFault::NoMark);
    let (day, id) = text.split_once('_').ok_or_else(wrong)?;
    // Drafts without a last valid day of their own stand at the end of days.
    let end = (day == "9999-12-31").then_some(Date::constant(9999, 12, 31));
    Ok((end.or_else(|| parse_date(day)).ok_or_else(wrong)?, id.parse().map_err(|_| wrong())?))
}

fn written(place: &QuotePlace) -> String {
    match place.key {
        PlaceKey::Day(day) => self::place(day, place.id.0),
        PlaceKey::Net(net) => format!("{}_{}", net.0, place.id.0),
    }
}

fn place_of(text: &str, sort: QuoteSort) -> Result<QuotePlace, Invalid> {
    match sort {
        QuoteSort::Listed | QuoteSort::ValidUntil => {
            let (day, id) = read_place(text)?;
            Ok(QuotePlace { key: PlaceKey::Day(day), id: QuoteId(id) })
        }
        QuoteSort::Net => {
            let wrong = || Invalid::one("after", FieldFault::NoMark);
            let (net, id) = text.split_once('_').ok_or_else(wrong)?;
            let number = |text: &str| text.parse::<i64>().map_err(|_| wrong());
            Ok(QuotePlace { key: PlaceKey::Net(Fen(number(net)?)), id: QuoteId(number(id)?) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_carries_what_the_list_comes_to_and_that_there_is_more() {
        let some = Listed { count: 7, net: Fen(-5), capped: false };
        let more = Listed { count: 10_000, net: Fen::ZERO, capped: true };
        for total in [some, more] {
            assert_eq!(
                without_total(&with_total("2026-11-24_9", total)),
                (Some("2026-11-24_9"), Some(total))
            );
        }
        for place in ["2026-11-24_9", "2026-11-24_9~7", "2026-11-24_9~7~x", "2026-11-24_9~x~more"] {
            assert_eq!(without_total(place), (Some("2026-11-24_9"), None), "{place}");
        }
    }
}
