//! Some months of quotations, in the order of time: drafted, issued, signed, revised, cancelled, forgotten.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use app::insights::{ACTIVITY_MAX, MarkText, note_activity};
use app::quotes::{SignRequest, cancel_quote, create_quote, issue_quote, revise_quote, sign_quote};
use app::{AppError, Ctx};
use domain::access::{AccessRefused, Actor};
use domain::base::{Instant, QuoteId};
use domain::quotes::{LineText, Seen};
use store::Clock;

use crate::chance::Chance;
use crate::company::{DemoCompany, DemoCustomer};
use crate::time::Calendar;
use crate::{Size, lists, prices, sets};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const DAY_MINUTES: i64 = 24 * 60;

/// The seller whose account the sign-in page offers, and the one who is new.
const OFFERED_SELLER: &str = "xiaochen";
const NEWCOMER: &str = "xinren";

/// Everything that the history plays with.
pub struct World<'w> {
    pub ctx: &'w Ctx,
    pub clock: &'w Clock,
    pub company: &'w DemoCompany,
    pub customers: &'w [DemoCustomer],
    pub calendar: &'w Calendar,
}

/// Something that is to happen; ordered by its moment, then by the order in which it was planned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Rise,
    /// Customer by place, a new quotation.
    Draft {
        customer: usize,
        minutes: i64,
    },
    Sign {
        customer: usize,
        quote: QuoteId,
    },
    Revise {
        customer: usize,
        quote: QuoteId,
    },
    Cancel {
        customer: usize,
        quote: QuoteId,
    },
    Waiting,
}

type Agenda = BinaryHeap<Reverse<(Instant, u64, Step)>>;

impl World<'_> {
    /// Plays the history to its last evening.
    pub async fn play(&self, size: Size, consent: Vec<u8>) -> Result<(), AppError> {
        let mut chance = Chance::named("history");
        let mut agenda = self.plan(size, &mut chance);
        let mut planned = u64::try_from(agenda.len()).unwrap_or(0);
        while let Some(Reverse((at, _, step))) = agenda.pop() {
            if at > self.calendar.end() {
                continue;
            }
            self.clock.set(at);
            for (after_minutes, step) in self.act(step, &mut chance, &consent).await? {
                planned += 1;
                agenda.push(Reverse((at.plus_ms(after_minutes * MINUTE_MS), planned, step)));
            }
        }
        self.clock.set(self.calendar.end());
        Ok(())
    }

    fn plan(&self, size: Size, chance: &mut Chance) -> Agenda {
        let (low, high) = match size {
            Size::Small => (1, 3),
            Size::Full => (4, 8),
        };
        let mut agenda = Agenda::new();
        let mut order = 0;
        let mut put = |at: Instant, step: Step| {
            agenda.push(Reverse((at, order, step)));
            order += 1;
        };
        let mut newcomers = None;
        for day in self.calendar.working_days() {
            for _ in 0..chance.between(low, high) {
                let customer = self.whose(chance);
                // Quotations got quicker over the months, as people got used to it.
                let minutes =
                    chance.between(2, 6) + (self.calendar.length() - day) * chance.between(2, 9) / 60;
                let at = self.calendar.at(day, chance.between(510, 1_060));
                if self.is_newcomers(customer) {
                    newcomers.get_or_insert((customer, minutes));
                } else {
                    put(at, Step::Draft { customer, minutes });
                }
            }
        }
        if let Some((customer, minutes)) = newcomers {
            put(self.calendar.at(self.calendar.length() - 1, 600), Step::Draft { customer, minutes });
        }
        put(self.calendar.at(self.calendar.length() / 2, 500), Step::Rise);
        put(self.calendar.at(self.calendar.length() - 1, 1_090), Step::Waiting);
        agenda
    }

    /// The customer of the next quotation. The seller whose account the sign-in page offers is busier than the others, so
    /// that his screens show something.
    fn whose(&self, chance: &mut Chance) -> usize {
        let any = chance.place(self.customers.len());
        let known: Vec<usize> =
            (0..self.customers.len()).filter(|place| self.is_of(*place, OFFERED_SELLER)).collect();
        if chance.percent(30) { chance.one_of(&known).copied().unwrap_or(any) } else { any }
    }

    /// The newcomer has made one quotation at most, so that whoever signs in as her sees the hints of the first ones.
    fn is_newcomers(&self, place: usize) -> bool {
        self.is_of(place, NEWCOMER)
    }

    fn is_of(&self, place: usize, account: &str) -> bool {
        let owner = self.customers.get(place).map(|customer| customer.owner.person);
        self.company.actor(account).is_ok_and(|actor| Some(actor.person) == owner)
    }

    /// Does one thing, and says what it leads to, so many minutes later.
    async fn act(
        &self,
        step: Step,
        chance: &mut Chance,
        consent: &[u8],
    ) -> Result<Vec<(i64, Step)>, AppError> {
        match step {
            Step::Rise => prices::rise(self.ctx, self.company).await.map(|()| Vec::new()),
            Step::Waiting => {
                lists::beside(self.ctx, self.company, self.customers).await?;
                sets::keep(self.ctx, self.company).await?;
                prices::waiting(self.ctx, self.company).await.map(|()| Vec::new())
            }
            Step::Draft { customer, minutes } => self.quote(customer, minutes, chance).await,
            Step::Sign { customer, quote } => self.sign(customer, quote, consent).await,
            Step::Revise { customer, quote } => self.revise(customer, quote, chance).await,
            Step::Cancel { customer, quote } => {
                let owner = self.owner(customer)?;
                self.settle(cancel_quote(self.ctx, owner, quote, "客户改从厂家直接采购").await.map(drop))
            }
        }
    }

    fn owner(&self, customer: usize) -> Result<&Actor, AppError> {
        let known = self.customers.get(customer).ok_or(AccessRefused::NotFound)?;
        Ok(&known.owner)
    }

    async fn quote(
        &self,
        place: usize,
        minutes: i64,
        chance: &mut Chance,
    ) -> Result<Vec<(i64, Step)>, AppError> {
        let Some(customer) = self.customers.get(place) else { return Ok(Vec::new()) };
        let owner = &customer.owner;
        let opened = self.ctx.moment().await?.now;
        let draft = create_quote(self.ctx, owner, customer.id, self.lines(chance)).await?;
        let quote = draft.head.id;
        if chance.percent(6) {
            return Ok(Vec::new());
        }
        let issued = opened.plus_ms(minutes * MINUTE_MS + chance.between(5, 55) * SECOND_MS);
        self.clock.set(issued);
        for some in marks(quote, opened, issued).chunks(ACTIVITY_MAX) {
            note_activity(self.ctx, owner, some.to_vec()).await?;
        }
        let problems = issue_quote(self.ctx, owner, quote, None, &Seen::default()).await.map(drop);
        self.settle(problems)?;
        if self.is_newcomers(place) {
            return Ok(Vec::new());
        }
        let customer = place;
        let days = chance.between(0, 5) * DAY_MINUTES + chance.between(30, 240);
        Ok(match chance.between(1, 100) {
            1..=46 => vec![(days, Step::Sign { customer, quote })],
            47..=58 => vec![(days, Step::Revise { customer, quote })],
            59..=64 => vec![(days, Step::Cancel { customer, quote })],
            _ => Vec::new(),
        })
    }

    async fn sign(
        &self,
        customer: usize,
        quote: QuoteId,
        consent: &[u8],
    ) -> Result<Vec<(i64, Step)>, AppError> {
        let owner = self.owner(customer)?;
        let now = self.ctx.moment().await?.now;
        let file = store::files::put(
            &self.ctx.store,
            consent.to_vec(),
            "image/png",
            "签字页.png",
            Some(owner.person),
            now,
        )
        .await?;
        let signed_day = self.ctx.day(now).to_string();
        let signer = self.customers.get(customer).map(|known| known.contact.clone()).unwrap_or_default();
        let request = SignRequest { signed_day, signer, file: file.hash };
        self.settle(sign_quote(self.ctx, owner, quote, request).await.map(drop))
    }

    async fn revise(
        &self,
        customer: usize,
        quote: QuoteId,
        chance: &mut Chance,
    ) -> Result<Vec<(i64, Step)>, AppError> {
        let owner = self.owner(customer)?;
        let revised = revise_quote(self.ctx, owner, quote).await;
        let Ok(draft) = revised else { return self.settle(revised.map(drop)) };
        let next = draft.head.id;
        let issued = issue_quote(self.ctx, owner, next, None, &Seen::default()).await;
        if issued.is_err() {
            return self.settle(issued.map(drop));
        }
        let signs = chance.percent(60);
        Ok(if signs {
            vec![(chance.between(60, 3_000), Step::Sign { customer, quote: next })]
        } else {
            Vec::new()
        })
    }

    /// What a rule refuses belongs to the story (a quotation that expired meanwhile); anything else stops it.
    fn settle(&self, outcome: Result<(), AppError>) -> Result<Vec<(i64, Step)>, AppError> {
        match outcome {
            Ok(()) | Err(AppError::Refused(_)) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    fn lines(&self, chance: &mut Chance) -> Vec<LineText> {
        let count = chance.between(2, 11);
        let mut lines: Vec<LineText> = Vec::new();
        for _ in 0..count {
            let Some((product, goods)) = chance.one_of(&self.company.products) else { continue };
            if lines.iter().any(|line| line.product == *product) {
                continue;
            }
            let other =
                goods.units.first().filter(|(unit, _)| *unit != "吨" && *unit != "㎡").map(|(unit, _)| *unit);
            let unit = if chance.percent(25) { other.unwrap_or(goods.base_unit) } else { goods.base_unit };
            let qty = if unit == goods.base_unit { chance.between(1, 24) * 5 } else { chance.between(1, 12) };
            lines.push(LineText {
                id: format!("l{}", lines.len() + 1),
                product: *product,
                qty: qty.to_string(),
                unit: unit.to_string(),
                note: String::new(),
                extra: Default::default(),
            });
        }
        lines
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
