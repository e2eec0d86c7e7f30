//! The loop of the clock: any number of servers run it, none of them leads.

use std::time::Duration;

use store::StoreError;
use store::events::Moment;
use store::timers::{self, Timer};
use tokio::sync::watch;

use super::Parts;
use super::compare::{ComparePage, CompareRounds, Comparing, EndPauses};
use super::fire::{BATCH_MAX, Fire, FollowPauses, GiveBack};
use super::look::{EVENTS_MAX, Look, SetAside};
use crate::{AppError, Ctx};

/// Full batches carried out in a row before the clock looks at what happened meanwhile.
const BATCHES_MAX: usize = 10;
/// Without work, the clock looks again after so long.
const IDLE: Duration = Duration::from_millis(300);

/// One server's part of the clock.
#[derive(Clone, Debug)]
pub struct Runner {
    /// By which servers that compare are told apart.
    owner: String,
    comparing: Comparing,
    watch: Watch,
    /// Where it is told to stop; `None` where nobody does.
    stop: Option<watch::Receiver<bool>>,
}

/// So often the log says that the clock is behind.
const BEHIND_TOLD_EVERY: Duration = Duration::from_secs(600);

/// Whether the log has been told that the clock is behind, and when.
#[derive(Clone, Debug, Default)]
struct Watch {
    told: Option<std::time::Instant>,
}

impl Watch {
    /// Tells the log when the clock falls behind, every ten minutes as long as it is, and when it is right again: else the
    /// first to hear of it were somebody who issues before a customer.
    fn look(&mut self, moment: Moment) {
        if !moment.clock_is_behind() {
            if self.told.take().is_some() {
                tracing::info!("the clock is right again");
            }
            return;
        }
        if self.told.is_none_or(|told| told.elapsed() >= BEHIND_TOLD_EVERY) {
            let behind_ms = moment.behind_ms;
            tracing::warn!(behind_ms, "the clock is behind: nothing is issued, signed or published");
            self.told = Some(std::time::Instant::now());
        }
    }
}

impl Runner {
    /// A server that has just started: after its start all records are compared with their timers.
    pub fn new(ctx: &Ctx) -> Result<Runner, AppError> {
        let owner = ctx.random.bytes::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Runner { owner, comparing: Comparing::default(), watch: Watch::default(), stop: None })
    }

    /// Told to stop by `stop`, it leaves the rest of what it has begun to whoever comes next.
    pub fn told_by(self, stop: watch::Receiver<bool>) -> Runner {
        Runner { stop: Some(stop), ..self }
    }

    /// Does once what is to be done now; says how many events and timers there were.
    pub async fn tick(&mut self, ctx: &Ctx) -> Result<usize, AppError> {
        let compared = self.compare(ctx).await;
        let looked = look(ctx).await;
        // What is due is carried out whatever became of comparing and looking.
        let fired = self.fire(ctx).await?;
        compared?;
        let looked = looked?;
        let moment = ctx.moment().await?;
        ctx.ticks.beat(moment.now);
        self.watch.look(moment);
        Ok(looked + fired)
    }

    /// Does what is to be done now until nothing is left.
    pub async fn catch_up(&mut self, ctx: &Ctx) -> Result<(), AppError> {
        while self.tick(ctx).await? > 0 {}
        Ok(())
    }

    /// Makes the comparison that is due, if it falls to this server.
    async fn compare(&mut self, ctx: &Ctx) -> Result<(), AppError> {
        let Some(begun) = self.comparing.begin(ctx, &self.owner).await? else { return Ok(()) };
        ctx.store.write(EndPauses { begun: begun.clone() }).await?;
        let mut page = ctx.store.write(CompareRounds { begun: begun.clone(), parts: Parts::of(ctx) }).await?;
        let (mut repaired, mut behind, mut ended) = (page.touched, None, false);
        // Told to stop amid many records, it leaves the rest: like what a killed server has begun, it is begun anew.
        while page.held && !ended && !self.stops() {
            let next = ComparePage { begun: begun.clone(), behind, parts: Parts::of(ctx) };
            page = ctx.store.write(next).await?;
            repaired += page.touched;
            (behind, ended) = (page.last, page.last.is_none());
            // However many records there are: what happens and what is due meanwhile does not wait for the last page.
            ctx.ticks.beat(ctx.moment().await?.now);
            look(ctx).await?;
            self.fire(ctx).await?;
        }
        if repaired > 0 {
            tracing::info!(repaired, "timers were made what the rules demand");
        }
        if page.held && ended { self.comparing.end(ctx, begun).await } else { Ok(()) }
    }

    /// Carries out what is due, batch after batch while they are full; says how many timers there were.
    async fn fire(&self, ctx: &Ctx) -> Result<usize, AppError> {
        let marked = ctx.store.write(FollowPauses).await;
        let mut count = 0;
        for _ in 0..BATCHES_MAX {
            let batch = fire_batch(ctx).await?;
            count += batch;
            if self.stops() || u32::try_from(batch).is_ok_and(|batch| batch < BATCH_MAX) {
                break;
            }
        }
        // Without the marks a look passes by more, and no less is carried out.
        marked?;
        Ok(count)
    }

    fn stops(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| *stop.borrow())
    }
}

/// Carries a batch of due timers out; where that fails, one by one, so that none holds up the others. When the database is
/// away, or its disk is full, nothing is held against a timer, and the next look begins anew.
async fn fire_batch(ctx: &Ctx) -> Result<usize, AppError> {
    let fire = |only| Fire { only, parts: Parts::of(ctx) };
    let error = match ctx.store.write(fire(None)).await {
        Ok(count) => return Ok(count),
        Err(error) if error.is_of_the_machine() => return Err(error),
        Err(error) => error,
    };
    tracing::warn!(?error, "timers could not be carried out together");
    let now = ctx.moment().await?.now;
    let due = ctx.store.read(move |tx| Box::pin(timers::due(tx, now, BATCH_MAX)));
    let due: Result<Vec<Timer>, StoreError> = due.await;
    let due = due?;
    let count = due.len();
    for timer in due {
        let Err(error) = ctx.store.write(fire(Some(timer.id))).await else { continue };
        if error.is_of_the_machine() {
            return Err(error);
        }
        tracing::error!(timer = timer.id, key = %timer.fire_key, ?error, "a timer failed");
        let failure = error.code().to_string();
        ctx.store.write(GiveBack { timer, failure }).await?;
    }
    Ok(count)
}

/// Looks at a batch of what happened; where that fails, at one after the other. What cannot be looked at, itself and not
/// because the machine fails, is set aside until a person has it looked at again, and logged, so that it holds up neither the
/// others nor the timers.
async fn look(ctx: &Ctx) -> Result<usize, AppError> {
    let look = |only| Look { only, parts: Parts::of(ctx) };
    let error = match ctx.store.write(look(None)).await {
        Ok(count) => return Ok(count),
        Err(error) if error.is_of_the_machine() => return Err(error),
        Err(error) => error,
    };
    tracing::warn!(?error, "events could not be looked at together");
    let ids = ctx.store.read(|tx| Box::pin(store::automation::unlooked_ids(tx, EVENTS_MAX)));
    let ids: Result<Vec<i64>, StoreError> = ids.await;
    let ids = ids?;
    for event in &ids {
        let Err(error) = ctx.store.write(look(Some(*event))).await else { continue };
        if error.is_of_the_machine() {
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
        Ok(runner) => runner.told_by(stop.clone()),
        Err(error) => {
            tracing::error!(?error, "the clock does not run");
            return;
        }
    };
    while !*stop.borrow() {
        let done = match runner.tick(&ctx).await {
            Ok(done) => done,
            Err(error) => {
                tracing::error!(?error, "the clock could not be looked at");
                0
            }
        };
        if done == 0 {
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                _ = stop.changed() => return,
            }
        }
    }
}
