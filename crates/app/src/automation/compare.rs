//! All records against their timers: one server does it for all, page by page, so that nothing else waits for it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant as Stopwatch};

use domain::automation::{DateName, EVENT_AGE_MS_MAX};
use domain::base::{Date, Instant};
use store::automation::{Comparison, QuoteSubject};
use store::{Command, StoreError, Tx, automation, events};

use super::Parts;
use super::demand::{demand, demand_rounds};
use super::look::ids_of;
use super::rules::{Rules, Stamp, made_with, rules_of, stamp};
use crate::{AppError, Ctx};

/// Records compared with their timers in one transaction.
const PAGE_MAX: u32 = 200;
/// All records are compared with their timers again after so long, whatever happened.
const COMPARE_EVERY_MS: i64 = 3_600_000;
/// What a server knows of the comparisons of all servers.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparing {
    /// The newest comparison that had been begun when this server looked for the first time: one that was begun later has
    /// to come to its end.
    since: Option<i64>,
    leaned: Option<Leaned>,
    /// What the timers stand for, and until when nobody has to ask again.
    good: Option<(Stamp, Stopwatch)>,
}

/// What is in force of that on which timers lean, and for how long that is known.
#[derive(Clone, Copy, Debug)]
struct Leaned {
    stamp: Stamp,
    /// How the history of configuration stood then.
    history: i64,
    read_at: Instant,
    /// When a queued release comes into force.
    until: Option<Instant>,
}

/// A comparison that this server makes.
#[derive(Clone, Debug)]
pub(super) struct Begun {
    round: i64,
    owner: String,
    stamp: Stamp,
}

/// What is to be done about the comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// What was done is good for so many milliseconds more.
    Done { left_ms: i64 },
    /// Another server is at it.
    Others,
    /// Somebody has to begin.
    Own,
}

impl Comparing {
    /// Begins a comparison, when one is due and no other server makes it: at the start of a server, when other rules or
    /// another calendar are in force, and once an hour.
    pub(super) async fn begin(&mut self, ctx: &Ctx, owner: &str) -> Result<Option<Begun>, AppError> {
        let known = self.leaned;
        let leaned = ctx.store.read(|tx| Box::pin(leaned(tx, known))).await?;
        let stamp = leaned.stamp;
        self.leaned = Some(leaned);
        if self.good.is_some_and(|(of, until)| of == stamp && Stopwatch::now() < until) {
            return Ok(None);
        }
        let (now, found) = ctx.store.read(|tx| Box::pin(standing(tx))).await?;
        let since = *self.since.get_or_insert(found.round);
        match turn(&found, (since, &made_with(stamp), owner), now) {
            Turn::Done { left_ms } => {
                self.good = Some((stamp, Stopwatch::now() + until(left_ms)));
                Ok(None)
            }
            Turn::Others => Ok(None),
            Turn::Own => {
                let begin = Begin { round: found.round, owner: owner.to_string() };
                let begun = Begun { round: found.round + 1, owner: owner.to_string(), stamp };
                Ok(ctx.store.write(begin).await?.then_some(begun))
            }
        }
    }

    /// A comparison of this server has come to its end.
    pub(super) async fn end(&mut self, ctx: &Ctx, begun: Begun) -> Result<(), AppError> {
        let stamp = begun.stamp;
        if ctx.store.write(End { begun }).await? {
            self.good = Some((stamp, Stopwatch::now() + until(COMPARE_EVERY_MS)));
        }
        Ok(())
    }
}

fn until(left_ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(left_ms).unwrap_or(0))
}

/// Asks the stamp of configuration alone, as long as nothing was published and no queued release came into force.
async fn leaned(tx: &mut Tx<'_>, known: Option<Leaned>) -> Result<Leaned, StoreError> {
    let now = events::moment(tx).await?.now;
    let history = store::config::stamp(tx).await?.history;
    let stands = |it: &Leaned| {
        it.history == history && it.read_at <= now && it.until.is_none_or(|change| now < change)
    };
    if let Some(known) = known.filter(stands) {
        return Ok(known);
    }
    let stamp = stamp(tx, now).await?;
    let until = store::config::next_change(tx, now).await?;
    Ok(Leaned { stamp, history, read_at: now, until })
}

async fn standing(tx: &mut Tx<'_>) -> Result<(Instant, Comparison), StoreError> {
    Ok((events::moment(tx).await?.now, automation::comparison(tx).await?))
}

fn turn(found: &Comparison, (since, made_with, owner): (i64, &str, &str), now: Instant) -> Turn {
    let age_ms = now.0 - found.done_at.0;
    let fresh = (0..COMPARE_EVERY_MS).contains(&age_ms);
    if found.done > since && found.made_with == made_with && fresh {
        return Turn::Done { left_ms: COMPARE_EVERY_MS - age_ms };
    }
    if found.is_held(owner, now) { Turn::Others } else { Turn::Own }
}

#[derive(Clone)]
struct Begin {
    round: i64,
    owner: String,
}

impl Command for Begin {
    type Out = bool;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<bool, AppError> {
        let now = events::moment(tx).await?.now;
        Ok(automation::begin_comparison(tx, now, self.round, &self.owner).await?)
    }
}

#[derive(Clone)]
struct End {
    begun: Begun,
}

impl Command for End {
    type Out = bool;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<bool, AppError> {
        let now = events::moment(tx).await?.now;
        let Begun { round, owner, stamp } = &self.begun;
        Ok(automation::end_comparison(tx, now, (*round, owner), &made_with(*stamp)).await?)
    }
}

/// Behind which record a page goes on: its last valid day and its id.
pub(super) type Behind = (Date, i64);

/// What one page of a comparison came to.
pub(super) struct Page {
    pub touched: u64,
    /// Where the next page goes on; `None` after the last, or when another server has taken over.
    pub last: Option<Behind>,
    /// The comparison is still this server's.
    pub held: bool,
}

impl Page {
    /// Another server has taken over.
    const LOST: Page = Page { touched: 0, last: None, held: false };
}

/// What a step of this comparison works with; nothing when another server has taken over.
async fn held(tx: &mut Tx<'_>, begun: &Begun) -> Result<Option<(Instant, Stamp, Rules)>, AppError> {
    let now = events::moment(tx).await?.now;
    if !automation::hold_comparison(tx, now, (begun.round, &begun.owner)).await? {
        return Ok(None);
    }
    let stamp = stamp(tx, now).await?;
    Ok(Some((now, stamp, rules_of(tx, stamp).await?)))
}

/// Compares the next records: those behind `behind`, or the first ones.
#[derive(Clone)]
pub(super) struct ComparePage {
    pub begun: Begun,
    pub behind: Option<Behind>,
    pub parts: Parts,
}

impl Command for ComparePage {
    type Out = Page;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Page, AppError> {
        let Some((now, stamp, rules)) = held(tx, &self.begun).await? else { return Ok(Page::LOST) };
        let today = self.parts.day(now);
        let behind = self.behind.unwrap_or((today, 0));
        let found = automation::subjects_after(tx, behind, today, PAGE_MAX).await?;
        let last = found.last().and_then(place_of);
        let by_id = |subject: QuoteSubject| (subject.subject.id, subject);
        let subjects: BTreeMap<i64, QuoteSubject> = found.into_iter().map(by_id).collect();
        let ids = ids_of(&subjects);
        let working = self.parts.working(tx, stamp).await?;
        let touched = demand(tx, now, &rules, (&ids, &subjects), &self.parts.place(&working)).await?;
        Ok(Page { touched, last, held: true })
    }
}

fn place_of(last: &QuoteSubject) -> Option<Behind> {
    Some((*last.subject.dates.get(&DateName::ValidUntil)?, last.subject.id))
}

/// Compares what comes round by the calendar.
#[derive(Clone)]
pub(super) struct CompareRounds {
    pub begun: Begun,
    pub parts: Parts,
}

impl Command for CompareRounds {
    type Out = Page;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Page, AppError> {
        let Some((now, stamp, rules)) = held(tx, &self.begun).await? else { return Ok(Page::LOST) };
        let working = self.parts.working(tx, stamp).await?;
        automation::skip_history(tx, now.plus_ms(-EVENT_AGE_MS_MAX)).await?;
        let touched = demand_rounds(tx, now, &rules, &self.parts.place(&working)).await?;
        Ok(Page { touched, last: None, held: true })
    }
}

/// Ends the pauses of rules that are not in force any more, so that what waits of them is judged, and cancelled, by whoever
/// carries out timers. Apart from the other steps: it holds no timer while it waits for a standing.
#[derive(Clone)]
pub(super) struct EndPauses {
    pub begun: Begun,
}

impl Command for EndPauses {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let Some((_, _, rules)) = held(tx, &self.begun).await? else { return Ok(()) };
        // By key, as whoever counts runs takes them.
        for (key, _) in automation::paused_rules(tx).await? {
            if rules.of_key(&key).is_none() && !rules.is_unreadable(&key) {
                automation::end_pause(tx, &key).await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use store::automation::LEASE_MS;

    use super::*;

    const NOW: Instant = Instant(1_800_000_000_000);

    fn done(round: i64, at: Instant) -> Comparison {
        Comparison {
            round,
            done: round,
            done_at: at,
            made_with: "7".to_string(),
            owner: String::new(),
            lease_until: Instant(0),
        }
    }

    #[track_caller]
    fn check(found: &Comparison, since: i64, told: Turn) {
        assert_eq!(turn(found, (since, "7", "me"), NOW), told);
    }

    #[test]
    fn what_another_server_has_compared_since_the_start_is_good_for_an_hour() {
        let told = Turn::Done { left_ms: COMPARE_EVERY_MS };
        check(&done(5, NOW), 4, told);
        check(&done(5, NOW), 5, Turn::Own);
        check(&done(5, NOW.plus_ms(1 - COMPARE_EVERY_MS)), 4, Turn::Done { left_ms: 1 });
        check(&done(5, NOW.plus_ms(-COMPARE_EVERY_MS)), 4, Turn::Own);
        check(&done(5, NOW.plus_ms(1)), 4, Turn::Own);
        assert_eq!(turn(&done(5, NOW), (4, "8", "me"), NOW), Turn::Own, "other rules are in force");
    }

    #[test]
    fn whoever_is_at_it_is_left_to_it_until_the_lease_ends() {
        let held = |owner: &str, until: Instant| Comparison {
            round: 6,
            owner: owner.to_string(),
            lease_until: until,
            ..done(5, NOW)
        };
        check(&held("other", NOW.plus_ms(1)), 5, Turn::Others);
        check(&held("other", NOW.plus_ms(LEASE_MS)), 5, Turn::Others);
        check(&held("other", NOW), 5, Turn::Own);
        check(&held("other", NOW.plus_ms(LEASE_MS + 1)), 5, Turn::Own);
        check(&held("me", NOW.plus_ms(1)), 5, Turn::Own);
    }
}
