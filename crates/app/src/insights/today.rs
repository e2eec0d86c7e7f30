//! 今天: what waits for a person, most money at stake first.

use domain::access::{Actor, Right, Scope};
use domain::base::{Date, Fen, Instant, company_day};
use domain::quotes::{days_after, days_before};
use store::Tx;
use store::insights::{
    AskKind, Figures, SignedOrder, StakeKind, TodayAsk, TodayConfig, TodayConfigKind, TodayQuote,
};

use crate::{AppError, Ctx};

/// A quotation whose last valid day is so near stands on the page.
const EXPIRING_DAYS: u32 = 3;
/// One that expired so lately, too.
const EXPIRED_DAYS: u32 = 7;
/// A draft that was touched so lately.
const DRAFT_DAYS: u32 = 30;
/// Another's draft that was not touched for so long.
const LEFT_MS: i64 = 86_400_000;
/// A day to ask again that passed so long ago still counts.
const FOLLOW_DAYS: u32 = 60;
/// What a customer opened so lately.
const OPENED_MS: i64 = 7 * 86_400_000;
/// What somebody else took over or issued so lately.
const HANDS_MS: i64 = 7 * 86_400_000;
/// What came back so lately from whom it was asked of.
const GIVEN_BACK_MS: i64 = 7 * 86_400_000;
/// An order so fresh.
const ORDER_MS: i64 = 2 * 86_400_000;
/// Changes of prices in so many days before and after.
const CHANGE_MS: i64 = 3 * 86_400_000;
/// So many of each kind are looked at, and so many stand on the page.
const OF_KIND_MAX: u32 = 20;
const ITEMS_MAX: usize = 50;

/// How pressing an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    Urgent,
    Waiting,
    Good,
    Info,
}

/// One entry of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TodayEntry {
    Quote(TodayQuote),
    Ask(TodayAsk),
    Order(SignedOrder),
    Config(TodayConfig),
}

/// The page.
#[derive(Clone, Debug)]
pub struct Today {
    pub day: Date,
    /// The last day that counts as soon.
    pub soon: Date,
    pub entries: Vec<TodayEntry>,
    pub figures: Figures,
    /// How far the clock stands behind, so that nothing is issued, signed or published; only for those who look after the
    /// company, and `None` while it does not.
    pub clock_behind_ms: Option<i64>,
}

/// What waits for the actor today. What somebody has no right to see is not looked for.
pub async fn today(ctx: &Ctx, actor: &Actor) -> Result<Today, AppError> {
    let (actor, zone) = (actor.clone(), ctx.zone.clone());
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let moment = store::events::moment(tx).await?;
            let now = moment.now;
            let looks_after = actor.has(Right::CompanyWrite) || actor.has(Right::AuditRead);
            let clock_behind_ms = (looks_after && moment.clock_is_behind()).then_some(moment.behind_ms);
            let day = company_day(now, &zone);
            let mut entries = Vec::new();
            let mut figures = Figures::default();
            let soon = days_after(day, EXPIRING_DAYS);
            let sees_prices = actor.has(Right::PriceRead);
            if let (Ok(scope), true) = (actor.scope(Right::QuoteRead), sees_prices) {
                figures = store::insights::figures(tx, &scope, day, soon).await?;
                asks(tx, (&actor, &scope), now, &mut entries).await?;
                quotes(tx, &scope, day, now, &mut entries).await?;
            }
            if let (Ok(scope), true) = (actor.scope(Right::OrderRead), sees_prices) {
                let month = day.first_of_month();
                figures.signed_month = store::insights::signed_between(tx, &scope, month, day).await?;
                orders(tx, &scope, now, &mut entries).await?;
            }
            config(tx, &actor, now, &mut entries).await?;
            Ok::<_, AppError>(Today { day, soon, entries: ordered(entries), figures, clock_behind_ms })
        })
    });
    read.await
}

impl TodayEntry {
    pub fn tone(&self) -> Tone {
        match self {
            TodayEntry::Quote(quote) => match quote.kind {
                StakeKind::Void | StakeKind::Expiring | StakeKind::FollowUp => Tone::Urgent,
                StakeKind::Draft
                | StakeKind::Expired
                | StakeKind::Opened
                | StakeKind::TakenOver
                | StakeKind::IssuedByOther => Tone::Waiting,
            },
            TodayEntry::Ask(ask) => match ask.kind {
                AskKind::ToMe | AskKind::GivenBack => Tone::Urgent,
                AskKind::Waiting => Tone::Waiting,
            },
            TodayEntry::Order(_) => Tone::Good,
            TodayEntry::Config(config) => match config.kind {
                // Everybody's prices wait for it.
                TodayConfigKind::Confirm | TodayConfigKind::Overtaken => Tone::Urgent,
                TodayConfigKind::Returned => Tone::Waiting,
                TodayConfigKind::Upcoming | TodayConfigKind::InForce => Tone::Info,
            },
        }
    }

    /// Money at stake; `None` where none is. Of what was asked that of now.
    pub fn net(&self) -> Option<Fen> {
        match self {
            TodayEntry::Quote(quote) => Some(quote.net),
            TodayEntry::Ask(ask) => Some(ask.net),
            TodayEntry::Order(order) => Some(order.net),
            TodayEntry::Config(_) => None,
        }
    }

    /// The last valid day of what is about to end.
    fn ends(&self) -> Option<Date> {
        match self {
            TodayEntry::Quote(quote) if quote.kind == StakeKind::Expiring => quote.valid_until,
            TodayEntry::Quote(_) | TodayEntry::Ask(_) | TodayEntry::Order(_) | TodayEntry::Config(_) => None,
        }
    }

    fn at(&self) -> Instant {
        match self {
            TodayEntry::Quote(quote) => quote.updated_at,
            TodayEntry::Ask(ask) => ask.at,
            TodayEntry::Order(order) => order.created_at,
            TodayEntry::Config(config) => config.at,
        }
    }
}

/// What was asked, for whoever was asked and whoever asks; what it earns only for those who see cost.
async fn asks(
    tx: &mut Tx<'_>,
    (actor, scope): (&Actor, &Scope),
    now: Instant,
    entries: &mut Vec<TodayEntry>,
) -> Result<(), AppError> {
    let sees_cost = actor.has(Right::PriceCost);
    for kind in [AskKind::ToMe, AskKind::GivenBack, AskKind::Waiting] {
        let since = now.plus_ms(-GIVEN_BACK_MS);
        for ask in store::insights::asks(tx, scope, kind, since, OF_KIND_MAX).await? {
            let margin = ask.margin.filter(|_| sees_cost);
            let changes = match kind {
                AskKind::GivenBack => crate::quotes::changed_since(tx, ask.id, actor.person).await?,
                AskKind::ToMe | AskKind::Waiting => None,
            };
            entries.push(TodayEntry::Ask(TodayAsk { margin, changes, ..ask }));
        }
    }
    Ok(())
}

async fn quotes(
    tx: &mut Tx<'_>,
    scope: &Scope,
    day: Date,
    now: Instant,
    entries: &mut Vec<TodayEntry>,
) -> Result<(), AppError> {
    // A draft that was asked for is told as such, and not once more as one that nobody issued.
    let asked = |entry: &TodayEntry| match entry {
        TodayEntry::Ask(ask) => Some(ask.id),
        TodayEntry::Quote(_) | TodayEntry::Order(_) | TodayEntry::Config(_) => None,
    };
    let mut seen: Vec<_> = entries.iter().filter_map(asked).collect();
    // What was withdrawn comes first: such a quotation is not listed again for its last valid day.
    for (kind, edge, moment) in [
        (StakeKind::Void, day, now),
        (StakeKind::FollowUp, days_before(day, FOLLOW_DAYS), now),
        (StakeKind::Expiring, days_after(day, EXPIRING_DAYS), now),
        (StakeKind::Opened, day, now.plus_ms(-OPENED_MS)),
        (StakeKind::IssuedByOther, day, now.plus_ms(-HANDS_MS)),
        (StakeKind::Expired, days_before(day, EXPIRED_DAYS), now),
        (StakeKind::TakenOver, day, now.plus_ms(-HANDS_MS)),
        (StakeKind::Draft, days_before(day, DRAFT_DAYS), now.plus_ms(-LEFT_MS)),
    ] {
        let found = store::insights::quotes_at_stake(tx, scope, kind, day, edge, moment, OF_KIND_MAX).await?;
        for quote in found {
            if !seen.contains(&quote.id) {
                seen.push(quote.id);
                entries.push(TodayEntry::Quote(quote));
            }
        }
    }
    Ok(())
}

/// What customers accepted on a link and the person has not read of, and what was signed lately besides.
async fn orders(
    tx: &mut Tx<'_>,
    scope: &Scope,
    now: Instant,
    entries: &mut Vec<TodayEntry>,
) -> Result<(), AppError> {
    let since = now.plus_ms(-ORDER_MS);
    let accepted = store::insights::accepted_orders(tx, scope, now, OF_KIND_MAX).await?;
    let told: Vec<_> = accepted.iter().map(|order| order.id).collect();
    let signed = store::insights::signed_orders(tx, scope, since, OF_KIND_MAX).await?;
    let signed = signed.into_iter().filter(|order| !told.contains(&order.id));
    entries.extend(accepted.into_iter().chain(signed).map(TodayEntry::Order));
    Ok(())
}

async fn config(
    tx: &mut Tx<'_>,
    actor: &Actor,
    now: Instant,
    entries: &mut Vec<TodayEntry>,
) -> Result<(), AppError> {
    let Ok(sight) = crate::config::sight(actor) else { return Ok(()) };
    let confirms = actor.scope(Right::ConfigPublish).ok().map(|scope| scope.like());
    let waiting =
        store::insights::config_waiting(tx, &sight, actor.person, confirms.as_deref(), OF_KIND_MAX).await?;
    let (since, until) = (now.plus_ms(-CHANGE_MS), now.plus_ms(CHANGE_MS));
    let changes = store::insights::price_changes(tx, &sight, since, now, until, OF_KIND_MAX).await?;
    for entry in waiting.into_iter().chain(changes) {
        if !crate::config::out_of_sight(tx, actor, entry.item, (entry.draft, entry.n)).await? {
            entries.push(TodayEntry::Config(entry));
        }
    }
    Ok(())
}

/// What a customer has just accepted comes first, until it is read. Then what presses; of that what concerns everybody's
/// prices or waits for this person alone, then the most money, then the newest.
fn ordered(mut entries: Vec<TodayEntry>) -> Vec<TodayEntry> {
    entries.sort_by_key(|entry| {
        let accepted = matches!(entry, TodayEntry::Order(order) if order.unread.is_some());
        let alone = matches!(entry, TodayEntry::Ask(ask) if ask.kind == AskKind::ToMe);
        let money = entry.net().filter(|_| !alone && !accepted).map_or(i64::MAX, |net| net.0);
        (!accepted, entry.tone(), std::cmp::Reverse(money), std::cmp::Reverse(entry.at()))
    });
    first_to_end_first(&mut entries);
    entries.truncate(ITEMS_MAX);
    entries
}

/// In the places that what is about to end has by its money, the first to end stands first: it is never cut off for
/// what ends later.
fn first_to_end_first(entries: &mut [TodayEntry]) {
    let mut ending: Vec<TodayEntry> =
        entries.iter().filter(|entry| entry.ends().is_some()).cloned().collect();
    ending.sort_by_key(TodayEntry::ends);
    let places = entries.iter_mut().filter(|entry| entry.ends().is_some());
    for (place, entry) in places.zip(ending) {
        *place = entry;
    }
}
