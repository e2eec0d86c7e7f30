//! Lists of quotations, as far as the actor sees them.

use domain::access::{Actor, Right};
use domain::base::{Date, Fen, FieldFault, Invalid, Limit, QuoteId, fold_width, parse_date};
use domain::quotes::{Margin, QuoteSort, ShownState, last_valid_day};
use store::quotes::{Listed, PlaceKey, QuoteFilter, QuotePlace, QuoteRow};

use super::load::company;
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
}

/// Quotations that the actor sees, newest first.
pub async fn list_quotes(ctx: &Ctx, actor: &Actor, listing: QuoteListing) -> Result<QuoteList, AppError> {
    let scope = actor.scope(Right::QuoteRead)?;
    let sort = listing.filter.sort;
    let after = listing.after.as_deref().map(|after| place_of(after, sort)).transpose()?;
    let limit = listing.limit;
    let search = fold_width(&listing.filter.search).to_lowercase();
    let filter = QuoteFilter { search, ..listing.filter };
    let zone = ctx.zone.clone();
    let (mut rows, total, today, company) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let moment = store::events::moment(tx).await?;
                let today = domain::base::company_day(moment.now, &zone);
                let rows = store::quotes::list(tx, &scope, &filter, today, after, limit.and_one()).await?;
                let total = store::quotes::total(tx, &scope, &filter, today).await?;
                Ok::<_, AppError>((rows, total, today, company(tx).await?))
            })
        })
        .await?;
    let more = limit.cut(&mut rows);
    let next = rows.last().filter(|_| more).map(|row| written(&row.place(sort)));
    let sees_cost = actor.has(Right::PriceCost);
    let items = rows.into_iter().map(|row| ListedQuote {
        margin: sees_cost.then(|| row.margin.map(|amount| Margin { amount, of: row.net_ex_tax })),
        state: row.state.shown(row.valid_until, today),
        valid_until: last_valid_day(row.valid_until, today, company.quote_valid_days),
        row,
    });
    Ok(QuoteList { items: items.collect(), next, total })
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
