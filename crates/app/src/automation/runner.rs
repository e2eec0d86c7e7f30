//! The loop of the clock: any number of servers run it, none of them leads.

use std::collections::BTreeMap;
use std::time::{Duration, Instant as Stopwatch};

use domain::automation::EVENT_AGE_MS_MAX;
use store::automation::QuoteSubject;
use store::events;
use store::{Command, StoreError, Tx};
use tokio::sync::watch;

use super::Parts;
use super::demand::{demand, demand_rounds};
use super::fire::{Claim, Fire, GiveBack};
use super::look::{EVENTS_MAX, Look, SetAside, ids_of};
use super::rules::{Stamp, rules_at, stamp};
use crate::{AppError, Ctx};

/// Timers claimed at once.
const BATCH_MAX: u32 = 100;
/// Without work, the clock looks again after so long.
const IDLE: Duration = Duration::from_millis(300);
/// Records compared with their timers in one transaction.
const PAGE_MAX: u32 = 200;
/// All records are compared with their timers again after so long, whatever happened.
const COMPARE_EVERY: Duration = Duration::from_secs(3_600);

/// One server's part of the clock.
#[derive(Clone, Debug)]
pub struct Runner {
    /// By which leases are told apart.
    owner: String,
    /// The rules and the calendar that the timers were last compared with, and when.
    compared: Option<(Stamp, Stopwatch)>,
}

impl Runner {
    /// A server that has just started: it compares all records with their timers first.
    pub fn new(ctx: &Ctx) -> Result<Runner, AppError> {
        let owner = ctx.random.bytes::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Runner { owner, compared: None })
    }

    /// Does once what is to be done now; says how many events and timers there were.
    pub async fn tick(&mut self, ctx: &Ctx) -> Result<usize, AppError> {
        self.compare(ctx).await?;
        let looked = look(ctx).await;
        // What is due is carried out whatever became of looking.
        let fired = self.fire(ctx).await?;
        let looked = looked?;
        ctx.ticks.beat(ctx.moment().await?.now);
        Ok(looked + fired)
    }

    /// Does what is to be done now until nothing is left.
    pub async fn catch_up(&mut self, ctx: &Ctx) -> Result<(), AppError> {
        while self.tick(ctx).await? > 0 {}
        Ok(())
    }

    /// Compares every record with its timers when the rules or the calendar have changed, at the start, and once an hour.
    async fn compare(&mut self, ctx: &Ctx) -> Result<(), AppError> {
        let now = ctx.moment().await?.now;
        let found = ctx.store.read(|tx| Box::pin(stamp(tx, now))).await?;
        if self.compared.is_some_and(|(known, at)| known == found && at.elapsed() < COMPARE_EVERY) {
            return Ok(());
        }
        let mut after = 0;
        let mut repaired = ctx.store.write(CompareRounds { parts: Parts::of(ctx) }).await?;
        loop {
            let page = ctx.store.write(ComparePage { after, parts: Parts::of(ctx) }).await?;
            repaired += page.touched;
            // However many records there are: what happens and what is due meanwhile does not wait for the last page.
            ctx.ticks.beat(ctx.moment().await?.now);
            look(ctx).await?;
            self.fire(ctx).await?;
            match page.last {
                Some(last) => after = last,
                None => break,
            }
        }
        if repaired > 0 {
            tracing::info!(repaired, rules = ?found, "timers were made what the rules demand");
        }
        self.compared = Some((found, Stopwatch::now()));
        Ok(())
    }

    /// Carries a batch of due timers out; where that fails, one by one, so that none holds up the others.
    async fn fire(&self, ctx: &Ctx) -> Result<usize, AppError> {
        let owner = self.owner.clone();
        let timers = ctx.store.write(Claim { owner, limit: BATCH_MAX }).await?;
        if timers.is_empty() {
            return Ok(0);
        }
        let count = timers.len();
        let fire = |timers| Fire { owner: self.owner.clone(), timers, parts: Parts::of(ctx) };
        let Err(error) = ctx.store.write(fire(timers.clone())).await else { return Ok(count) };
        tracing::warn!(?error, count, "timers could not be carried out together");
        for timer in timers {
            let Err(error) = ctx.store.write(fire(vec![timer.clone()])).await else { continue };
            if error.is_outage() {
                // Its lease runs out, and it is somebody's again.
                continue;
            }
            tracing::error!(timer = timer.id, key = %timer.fire_key, ?error, "a timer failed");
            let failure = error.code().to_string();
            ctx.store.write(GiveBack { owner: self.owner.clone(), timer, failure }).await?;
        }
        Ok(count)
    }
}

/// Looks at a batch of what happened; where that fails, at one after the other. What cannot be looked at is set aside and
/// logged, so that it holds up neither the others nor the timers.
async fn look(ctx: &Ctx) -> Result<usize, AppError> {
    let look = |only| Look { only, parts: Parts::of(ctx) };
    let error = match ctx.store.write(look(None)).await {
        Ok(count) => return Ok(count),
        Err(error) if error.is_outage() => return Err(error),
        Err(error) => error,
    };
    tracing::warn!(?error, "events could not be looked at together");
    let ids = ctx.store.read(|tx| Box::pin(store::automation::unlooked_ids(tx, EVENTS_MAX)));
    let ids: Result<Vec<i64>, StoreError> = ids.await;
    let ids = ids?;
    for event in &ids {
        let Err(error) = ctx.store.write(look(Some(*event))).await else { continue };
        if error.is_outage() {
            return Err(error);
        }
        tracing::error!(event, ?error, "an event cannot be looked at and is set aside");
        ctx.store.write(SetAside { event: *event }).await?;
    }
    Ok(ids.len())
}

/// Runs the clock until `stop` says so.
pub async fn run(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    let mut runner = match Runner::new(&ctx) {
        Ok(runner) => runner,
        Err(error) => {
            tracing::error!(?error, "the clock does not run");
            return;
        }
    };
    loop {
        let done = match runner.tick(&ctx).await {
            Ok(done) => done,
            Err(error) => {
                tracing::error!(?error, "the clock could not be looked at");
                0
            }
        };
        if *stop.borrow() {
            return;
        }
        if done == 0 {
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                _ = stop.changed() => return,
            }
        }
    }
}

/// What one page of a comparison came to; `last` is where the next one goes on.
struct Page {
    touched: u64,
    last: Option<i64>,
}

#[derive(Clone)]
struct ComparePage {
    after: i64,
    parts: Parts,
}

impl Command for ComparePage {
    type Out = Page;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Page, AppError> {
        let now = events::moment(tx).await?.now;
        let rules = rules_at(tx, now).await?;
        let today = self.parts.day(now);
        let found = store::automation::subjects_after(tx, self.after, today, PAGE_MAX).await?;
        let last = found.last().map(|subject| subject.subject.id);
        let by_id = |subject: QuoteSubject| (subject.subject.id, subject);
        let subjects: BTreeMap<i64, QuoteSubject> = found.into_iter().map(by_id).collect();
        let ids = ids_of(&subjects);
        let working = self.parts.working_at(tx, now).await?;
        let touched = demand(tx, now, &rules, (&ids, &subjects), &self.parts.place(&working)).await?;
        Ok(Page { touched, last })
    }
}

#[derive(Clone)]
struct CompareRounds {
    parts: Parts,
}

impl Command for CompareRounds {
    type Out = u64;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<u64, AppError> {
        let now = events::moment(tx).await?.now;
        let rules = rules_at(tx, now).await?;
        let working = self.parts.working_at(tx, now).await?;
        store::automation::skip_history(tx, now.plus_ms(-EVENT_AGE_MS_MAX)).await?;
        Ok(demand_rounds(tx, now, &rules, &self.parts.place(&working)).await?)
    }
}
