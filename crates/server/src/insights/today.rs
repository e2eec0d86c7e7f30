//! 今天: what waits for a person, most money at stake first.

use app::insights::{
    self, AskKind, SignedOrder, StakeKind, TodayAsk, TodayConfig, TodayConfigKind, TodayEntry, TodayQuote,
    Tone,
};
use app::quotes::Listed as Sum;
use domain::base::Date;
use domain::quotes::Margin;
use domain::words::insights as words;
use domain::words::quotes::clock_behind;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, SignedIn};
use crate::problem::Problem;

/// The page.
#[derive(Serialize, ToSchema)]
pub struct TodayBody {
    /// In the order in which they are shown.
    pub items: Vec<TodayItem>,
    pub figures: TodayFigures,
    /// The last valid day of what is counted as expiring.
    pub soon: String,
    /// That the clock of the server stands behind and what waits for it, for those who look after the company; null while
    /// it does not.
    pub clock: Option<String>,
}

/// One entry.
#[derive(Serialize, ToSchema)]
pub struct TodayItem {
    pub kind: String,
    pub tone: String,
    pub sentence: String,
    pub detail: String,
    pub net: Option<String>,
    pub due_day: Option<String>,
    pub at: Option<i64>,
    pub link: TodayLink,
    /// The message that is read by opening it.
    pub notice: Option<i64>,
}

/// What an entry leads to.
#[derive(Serialize, ToSchema)]
pub struct TodayLink {
    pub kind: String,
    pub id: i64,
}

/// The sums at the head of the page.
#[derive(Serialize, ToSchema)]
pub struct TodayFigures {
    pub open: TodaySum,
    pub expiring: TodaySum,
    pub signed_month: TodaySum,
    pub drafts: TodaySum,
}

/// How many there are, and what they come to.
#[derive(Serialize, ToSchema)]
pub struct TodaySum {
    pub count: i64,
    pub net: String,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(today))
}

/// What waits for the person today.
#[utoipa::path(get, path = "/api/today", responses((status = 200, body = TodayBody)))]
async fn today(who: SignedIn) -> Result<Json<TodayBody>, Problem> {
    let page = insights::today(&who.ctx, &who.actor).await?;
    let figures = page.figures;
    Ok(Json(TodayBody {
        items: page.entries.iter().map(|entry| item_of(entry, page.day)).collect(),
        figures: TodayFigures {
            open: sum(figures.open),
            expiring: sum(figures.expiring),
            signed_month: sum(figures.signed_month),
            drafts: sum(figures.drafts),
        },
        soon: page.soon.to_string(),
        clock: page.clock_behind_ms.map(clock_behind),
    }))
}

fn item_of(entry: &TodayEntry, today: Date) -> TodayItem {
    let tone = match entry.tone() {
        Tone::Urgent => "urgent",
        Tone::Waiting => "waiting",
        Tone::Good => "good",
        Tone::Info => "info",
    };
    let item = match entry {
        TodayEntry::Quote(quote) => quote_item(quote, today),
        TodayEntry::Ask(ask) => ask_item(ask),
        TodayEntry::Order(order) => order_item(order),
        TodayEntry::Config(config) => config_item(config),
    };
    let net = entry.net().map(|net| net.to_yuan());
    TodayItem { tone: tone.to_string(), net, ..item }
}

fn quote_item(quote: &TodayQuote, today: Date) -> TodayItem {
    let number = quote.number.as_deref().unwrap_or_default();
    let customer = quote.customer.as_str();
    let hand = quote.hand.as_deref().unwrap_or_default();
    let last = quote.valid_until.unwrap_or(today);
    let (kind, sentence) = match quote.kind {
        StakeKind::Expiring => ("quote_expiring", words::expiring(customer, last, today)),
        StakeKind::Expired => ("quote_expired", words::expired(customer, last)),
        StakeKind::Draft => ("quote_draft", words::draft(customer)),
        StakeKind::Void => ("quote_void", words::void(customer)),
        StakeKind::FollowUp => ("quote_follow_up", follow_up(quote, today)),
        StakeKind::Opened => ("quote_opened", words::opened(customer)),
        StakeKind::TakenOver => ("quote_taken_over", words::taken_over(customer, hand)),
        StakeKind::IssuedByOther => ("quote_issued_by_other", words::issued_by_other(customer, hand)),
    };
    let opened = quote.kind == StakeKind::Opened;
    // What somebody did is news of a moment; everything else is about a day.
    let news = opened || matches!(quote.kind, StakeKind::TakenOver | StakeKind::IssuedByOther);
    TodayItem {
        detail: words::quote_detail(number, &quote.owner, quote.line_count),
        due_day: quote.valid_until.filter(|_| !news).map(|day| day.to_string()),
        at: Some(quote.seen_at.filter(|_| opened).unwrap_or(quote.updated_at).0),
        ..bare(kind, sentence, "quote", quote.id.0)
    }
}

fn ask_item(ask: &TodayAsk) -> TodayItem {
    let customer = ask.customer.as_str();
    let (kind, sentence) = match ask.kind {
        AskKind::ToMe => ("quote_asked", words::asked(customer, &ask.by)),
        AskKind::GivenBack => ("quote_given_back", words::given_back(customer, &ask.to)),
        AskKind::Waiting => ("quote_waits", words::waits_for(customer, &ask.to)),
    };
    let margin = ask.margin.map(|amount| {
        let margin = Margin { amount, of: ask.net_ex_tax };
        (margin.amount.to_yuan(), margin.percent())
    });
    let beyond = domain::words::quotes::beyond(&ask.beyond);
    let changes = ask.changes.as_deref().unwrap_or_default();
    let then = (ask.net != ask.asked_net).then_some(ask.asked_net);
    TodayItem {
        detail: words::ask_detail((&ask.words, changes, &beyond), (ask.changed, then), margin),
        at: Some(ask.at.0),
        ..bare(kind, sentence, "quote", ask.id.0)
    }
}

fn follow_up(quote: &TodayQuote, today: Date) -> String {
    let (day, note) = quote.follow_up.as_ref().map_or((today, ""), |it| (it.day, it.note.as_str()));
    words::follow_up(&quote.customer, day, today, note)
}

fn order_item(order: &SignedOrder) -> TodayItem {
    let (kind, sentence) = match order.unread {
        Some(_) => ("order_accepted", words::accepted(&order.customer)),
        None => ("order_signed", words::signed(&order.customer)),
    };
    TodayItem {
        detail: words::order_detail(&order.number, &order.owner),
        at: Some(order.created_at.0),
        notice: order.unread.map(|notice| notice.0),
        ..bare(kind, sentence, "order", order.id.0)
    }
}

fn config_item(config: &TodayConfig) -> TodayItem {
    let n = config.n.unwrap_or_default();
    let (name, person) = (config.name.as_str(), config.person.as_str());
    let (kind, sentence) = match config.kind {
        TodayConfigKind::Confirm => ("config_confirm", words::to_confirm(name, person)),
        TodayConfigKind::Returned => ("config_returned", words::returned(name, person)),
        TodayConfigKind::Overtaken => ("config_overtaken", words::overtaken(name, n)),
        TodayConfigKind::Upcoming => ("config_upcoming", words::upcoming(name, n)),
        TodayConfigKind::InForce => ("price_changed", words::in_force(name, n)),
    };
    let link = match config.draft {
        Some(draft) => ("draft", draft.0),
        None => ("item", config.item.0),
    };
    TodayItem { detail: config.title.clone(), at: Some(config.at.0), ..bare(kind, sentence, link.0, link.1) }
}

fn bare(kind: &str, sentence: String, link: &str, id: i64) -> TodayItem {
    TodayItem {
        kind: kind.to_string(),
        tone: String::new(),
        sentence,
        detail: String::new(),
        net: None,
        due_day: None,
        at: None,
        link: TodayLink { kind: link.to_string(), id },
        notice: None,
    }
}

fn sum(sum: Sum) -> TodaySum {
    TodaySum { count: sum.count, net: sum.net.to_yuan() }
}
