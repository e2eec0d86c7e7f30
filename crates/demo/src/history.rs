//! Quotations in the order of time: drafted, issued, signed, revised, lost, cancelled, forgotten.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use app::insights::{ACTIVITY_MAX, MarkText, note_activity};
use app::quotes::{Past, PastEnd, PastIssue, SignRequest};
use app::{AppError, Ctx};
use domain::access::{AccessRefused, Actor};
use domain::base::{Fen, Instant, ItemId, PersonId, QuoteId};
use store::Clock;

use crate::chance::Chance;
use crate::company::{DemoCompany, DemoCustomer};
use crate::demand::Demand;
use crate::outcome::{Loss, Next, Outcomes};
use crate::scale::Scale;
use crate::time::Calendar;
use crate::{lists, prices, releases, sets};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// Browsers have said how long quotations took for so many days.
const MEASURED_DAYS: i64 = 150;
/// Drafts that nobody issued are so many days old at most.
const DRAFT_DAYS: i64 = 12;

/// The seller who is new.
const NEWCOMER: &str = "xinren";

/// Everything that the history plays with.
pub struct World<'w> {
    pub ctx: &'w Ctx,
    pub clock: &'w Clock,
    pub company: &'w DemoCompany,
    pub customers: &'w [DemoCustomer],
    pub calendar: &'w Calendar,
    pub scale: Scale,
}

/// Something that is to happen; ordered by its moment, then by the order in which it was planned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// The one rise of a company of some weeks.
    Rise,
    /// The release of that place.
    Release(usize),
    /// Customer by place, a new quotation, and the minutes that it takes.
    Draft {
        customer: usize,
        minutes: i64,
    },
    Issue {
        customer: usize,
        quote: QuoteId,
        opened: Instant,
        premium: bool,
    },
    Sign {
        customer: usize,
        quote: QuoteId,
        items: Vec<ItemId>,
    },
    Revise {
        customer: usize,
        quote: QuoteId,
        signs: bool,
    },
    Cancel {
        customer: usize,
        quote: QuoteId,
    },
    Lose {
        customer: usize,
        quote: QuoteId,
        net: Fen,
        loss: Loss,
    },
    Waiting,
}

type Agenda = BinaryHeap<Reverse<(Instant, u64, Step)>>;
type After = Vec<(Instant, Step)>;

/// What is carried from one step to the next.
struct Play<'p> {
    demand: Demand<'p>,
    chance: Chance,
    outcomes: Outcomes,
    past: Past,
    consent: Consent,
    /// Whether a quotation was revised already.
    revised: bool,
}

/// The page that customers have signed, and who has handed it in.
struct Consent {
    page: Vec<u8>,
    handed_in: HashSet<PersonId>,
}

impl World<'_> {
    /// Plays the history to its last evening.
    pub async fn play(&self, page: Vec<u8>) -> Result<(), AppError> {
        let mut play = Play {
            demand: Demand::of(self.company, self.customers, self.scale),
            chance: Chance::named("history"),
            outcomes: Outcomes::default(),
            past: Past::default(),
            consent: Consent { page, handed_in: HashSet::new() },
            revised: false,
        };
        let mut agenda = self.plan(&mut play);
        let mut planned = u64::try_from(agenda.len()).unwrap_or(0);
        while let Some(Reverse((at, _, step))) = agenda.pop() {
            if at > self.calendar.end() {
                continue;
            }
            self.clock.set(at);
            for (then, step) in self.act(at, step, &mut play).await? {
                planned += 1;
                agenda.push(Reverse((then, planned, step)));
            }
        }
        self.clock.set(self.calendar.end());
        Ok(())
    }

    fn plan(&self, play: &mut Play<'_>) -> Agenda {
        let calendar = self.calendar;
        let mut steps: Vec<(Instant, Step)> = Vec::new();
        let mut newcomers = None;
        for asked in play.demand.all(calendar, &mut play.chance) {
            if self.is_newcomers(asked.customer) {
                newcomers.get_or_insert((asked.customer, asked.minutes));
                continue;
            }
            let step = Step::Draft { customer: asked.customer, minutes: asked.minutes };
            steps.push((calendar.at(asked.day, asked.at), step));
        }
        if let Some((customer, minutes)) = newcomers {
            let last = calendar.at(calendar.length() - 1, 600);
            steps.push((last, Step::Draft { customer, minutes }));
        }
        if self.scale.long {
            for (place, release) in releases::RELEASES.iter().enumerate() {
                let day = calendar.length() - release.days_before;
                steps.push((calendar.at(day, 500), Step::Release(place)));
            }
        } else {
            steps.push((calendar.at(calendar.length() / 2, 500), Step::Rise));
        }
        steps.push((calendar.at(calendar.length() - 1, 1_090), Step::Waiting));
        (0_u64..).zip(steps).map(|(order, (at, step))| Reverse((at, order, step))).collect()
    }

    /// The newcomer has made one quotation at most, so that whoever signs in as her sees the hints of the first ones.
    fn is_newcomers(&self, place: usize) -> bool {
        let owner = self.customers.get(place).map(|customer| customer.owner.person);
        self.company.actor(NEWCOMER).is_ok_and(|actor| Some(actor.person) == owner)
    }

    /// Does one thing, and says what it leads to, and when.
    async fn act(&self, at: Instant, step: Step, play: &mut Play<'_>) -> Result<After, AppError> {
        match step {
            Step::Rise => prices::rise(self.ctx, self.company).await?,
            Step::Release(place) => releases::publish(self.ctx, self.company, place).await?,
            Step::Waiting => {
                lists::beside(self.ctx, self.company, self.customers).await?;
                sets::keep(self.ctx, self.company).await?;
                prices::waiting(self.ctx, self.company).await?;
            }
            Step::Draft { customer, minutes } => return self.draft(at, (customer, minutes), play).await,
            Step::Issue { customer, quote, opened, premium } => {
                return self.issue(at, customer, (quote, opened, premium), play).await;
            }
            Step::Sign { customer, quote, items } => self.sign(at, customer, (quote, items), play).await?,
            Step::Revise { customer, quote, signs } => {
                return self.revise(at, customer, (quote, signs), play).await;
            }
            Step::Cancel { customer, quote } => {
                let end = PastEnd::Cancelled("客户改从厂家直接采购".to_string());
                let owner = self.owner(customer)?;
                settle(play.past.end(self.ctx, owner, quote, end).await)?;
            }
            Step::Lose { customer, quote, net, loss } => {
                self.lose(customer, (quote, net), loss, play).await?
            }
        }
        Ok(Vec::new())
    }

    fn customer(&self, place: usize) -> Result<&DemoCustomer, AppError> {
        self.customers.get(place).ok_or_else(|| AccessRefused::NotFound.into())
    }

    fn owner(&self, customer: usize) -> Result<&Actor, AppError> {
        Ok(&self.customer(customer)?.owner)
    }

    async fn draft(
        &self,
        at: Instant,
        (place, minutes): (usize, i64),
        play: &mut Play<'_>,
    ) -> Result<After, AppError> {
        let customer = self.customer(place)?;
        let Play { demand, chance, past, .. } = play;
        let premium = demand.wants_premium(customer.region, chance);
        let mut lines = demand.lines(self.ctx.day(at), premium, chance);
        demand.give_away(customer, &mut lines, chance);
        let quote = past.draft(self.ctx, &customer.owner, customer.id, lines).await?;
        // In years of business old drafts have been thrown away.
        let young = !self.scale.long || self.calendar.days_before_today(at) <= DRAFT_DAYS;
        let forgotten = chance.percent(6) && young;
        if forgotten {
            return Ok(Vec::new());
        }
        let issued = at.plus_ms(minutes * MINUTE_MS + chance.between(5, 55) * SECOND_MS);
        Ok(vec![(issued, Step::Issue { customer: place, quote, opened: at, premium })])
    }

    async fn issue(
        &self,
        at: Instant,
        place: usize,
        (quote, opened, premium): (QuoteId, Instant, bool),
        play: &mut Play<'_>,
    ) -> Result<After, AppError> {
        let customer = self.customer(place)?;
        let owner = &customer.owner;
        if self.calendar.days_before_today(at) <= MEASURED_DAYS {
            for some in marks(quote, opened, at).chunks(ACTIVITY_MAX) {
                note_activity(self.ctx, owner, some.to_vec()).await?;
            }
        }
        let PastIssue { net, items } = match play.past.issue(self.ctx, owner, quote).await {
            Ok(issued) => issued,
            refused => return settle(refused.map(drop)).map(|()| Vec::new()),
        };
        if self.is_newcomers(place) {
            return Ok(Vec::new());
        }
        let (minutes, next) = play.outcomes.of(customer.region, premium, &mut play.chance);
        // However few weeks a company has, one quotation of it was revised.
        let first = !self.scale.long && !play.revised;
        play.revised = true;
        let next = if first { Next::Revise { signs: false } } else { next };
        let then = self.soon(at, minutes);
        let customer = place;
        Ok(match next {
            Next::Sign => vec![(then, Step::Sign { customer, quote, items })],
            Next::Revise { signs } => vec![(then, Step::Revise { customer, quote, signs })],
            Next::Cancel => vec![(then, Step::Cancel { customer, quote })],
            Next::Lose(loss) => vec![(then, Step::Lose { customer, quote, net, loss })],
            Next::Nothing => Vec::new(),
        })
    }

    /// So many minutes later, in working hours; over a long holiday people answer at home.
    fn soon(&self, at: Instant, minutes: i64) -> Instant {
        let then = at.plus_ms(minutes * MINUTE_MS);
        let opening = self.calendar.next_work(then);
        if opening.0 - at.0 < 5 * DAY_MS { opening } else { then }
    }

    async fn sign(
        &self,
        at: Instant,
        place: usize,
        (quote, items): (QuoteId, Vec<ItemId>),
        play: &mut Play<'_>,
    ) -> Result<(), AppError> {
        let customer = self.customer(place)?;
        let owner = &customer.owner;
        let consent = &mut play.consent;
        if consent.handed_in.insert(owner.person) {
            let (page, by) = (consent.page.clone(), Some(owner.person));
            store::files::put(&self.ctx.store, page, "image/png", "签字页.png", by, at).await?;
        }
        let file = store::files::hash_of(&consent.page);
        let signed_day = self.ctx.day(at).to_string();
        let request = SignRequest { signed_day, signer: customer.contact.clone(), file };
        settle(play.past.sign(self.ctx, owner, quote, request, items).await.map(drop))
    }

    async fn revise(
        &self,
        at: Instant,
        place: usize,
        (quote, signs): (QuoteId, bool),
        play: &mut Play<'_>,
    ) -> Result<After, AppError> {
        let owner = self.owner(place)?;
        let (quote, PastIssue { items, .. }) = match play.past.revise(self.ctx, owner, quote).await {
            Ok(next) => next,
            refused => return settle(refused.map(drop)).map(|()| Vec::new()),
        };
        let then = self.soon(at, play.chance.between(60, 3_000));
        Ok(if signs { vec![(then, Step::Sign { customer: place, quote, items })] } else { Vec::new() })
    }

    async fn lose(
        &self,
        place: usize,
        (quote, net): (QuoteId, Fen),
        loss: Loss,
        play: &mut Play<'_>,
    ) -> Result<(), AppError> {
        let customer = self.customer(place)?;
        let text = loss.text(customer.region, net, &mut play.chance);
        settle(play.past.end(self.ctx, &customer.owner, quote, PastEnd::Lost(text)).await)
    }
}

/// What a rule refuses belongs to the story (a quotation that expired meanwhile); anything else stops it.
fn settle(outcome: Result<(), AppError>) -> Result<(), AppError> {
    match outcome {
        Ok(()) | Err(AppError::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What the browser would have said of one quotation: opened, first key, one span of work.
fn marks(quote: QuoteId, opened: Instant, issued: Instant) -> Vec<MarkText> {
    let mark = |kind: &str, at: Instant, active_ms: Option<i64>| MarkText {
        key: format!("demo-{}-{kind}", quote.0),
        kind: kind.to_string(),
        quote,
        at,
        active_ms,
    };
    let mut marks =
        vec![mark("opened", opened, None), mark("first_input", opened.plus_ms(8 * SECOND_MS), None)];
    let mut from = opened;
    while from < issued {
        // A browser says every minute how much of it was work.
        let to = from.plus_ms(MINUTE_MS).min(issued);
        let spans = marks.len();
        let key = format!("demo-{}-active-{spans}", quote.0);
        marks.push(MarkText { key, ..mark("active", to, Some(to.0 - from.0)) });
        from = to;
    }
    marks
}
