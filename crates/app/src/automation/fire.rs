//! Timers whose moment has come: taken, looked at again, and settled with their effects in one transaction. Who dies in the
//! middle leaves them to the next one at once.

use std::collections::{BTreeMap, BTreeSet};

use domain::automation::{Action, Rule, Verdict, verdict};
use domain::base::Instant;
use store::automation::{self, QuoteSubject};
use store::events;
use store::timers::{self, NewTimer, Settled, Timer};
use store::{Command, StoreError, Tx};

use super::Parts;
use super::about::About;
use super::circuit;
use super::demand::next_round;
use super::effects::{self, Fired};
use super::rules::{Rules, rules_of, stamp};
use crate::AppError;

/// Timers carried out in one transaction.
pub(super) const BATCH_MAX: u32 = 200;

/// Marks what waits of rules that are paused, and lets go of what waits of rules that go on. Apart from carrying out: no timer
/// is kept from others for it while anything is waited for.
#[derive(Clone)]
pub(super) struct FollowPauses;

impl Command for FollowPauses {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        Ok(timers::follow_pauses(tx, now).await?)
    }
}

/// Carries out what is due, the earliest `BATCH_MAX` or one of them, all or none; says how many it took. The record, the rule
/// and the moment are looked at again, because what was true when a timer was armed need not be so now. What belongs to a rule
/// that this program cannot read is left to one that can.
#[derive(Clone)]
pub(super) struct Fire {
    pub only: Option<i64>,
    pub parts: Parts,
}

impl Command for Fire {
    type Out = usize;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<usize, AppError> {
        let now = events::moment(tx).await?.now;
        let timers = match self.only {
            Some(id) => timers::take_one(tx, now, id).await?,
            None => timers::take_due(tx, now, BATCH_MAX).await?,
        };
        if timers.is_empty() {
            return Ok(0);
        }
        let stamp = stamp(tx, now).await?;
        let working = self.parts.working(tx, stamp).await?;
        let place = self.parts.place(&working);
        let rules = rules_of(tx, stamp).await?;
        let subjects = automation::subjects(tx, &quotes_of(&timers), self.parts.day(now)).await?;
        let (strange, timers): (Vec<Timer>, Vec<Timer>) =
            timers.into_iter().partition(|timer| rules.is_unreadable(&timer.rule));
        let (mut settled, mut moved, mut due) = (Vec::new(), Vec::new(), Vec::new());
        for timer in &timers {
            let rule = rules.of_key(&timer.rule);
            let subject = subject_of(timer, &subjects);
            let of_subject = subject.map(|it| &it.subject);
            match verdict(rule, of_subject, (timer.epoch, timer.due, now), &place) {
                Verdict::Fire { late_ms } => {
                    due.extend(rule.map(|rule| Fired { timer, rule, subject, late_ms }));
                }
                Verdict::Move(to) => moved.push((timer.id, to.due, to.unknown_year.map(i64::from))),
                Verdict::Cancel => settled.push((timer.id, Settled::Cancelled, 0)),
                Verdict::TooLate { late_ms } => settled.push((timer.id, Settled::Late, late_ms)),
            }
        }
        lock_chains(tx, &due).await?;
        let passed = circuit::pass(tx, now, due).await?;
        settled.extend(passed.runs.iter().map(|one| (one.timer.id, Settled::Fired, one.late_ms)));
        moved.extend(passed.waits.iter().map(|one| (one.timer.id, one.timer.due, one.timer.unknown_year)));
        // One order of rows, whoever else changes the same timers.
        settled.sort_unstable_by_key(|(id, ..)| *id);
        moved.sort_unstable_by_key(|(id, ..)| *id);
        let stood = timers::settle(tx, now, &settled).await? && timers::postpone(tx, &moved).await?;
        if !stood {
            return Err(StoreError::Retry("a timer is in other hands".to_string()).into());
        }
        effects::write(tx, now, &passed.runs, &place).await?;
        circuit::pause(tx, now, &passed, (stamp, &place)).await?;
        let rounds = of_timers(&rules, &timers, now).into_iter();
        let next: Vec<NewTimer> =
            rounds.filter_map(|(rule, after)| next_round(rule, after, &place)).collect();
        timers::arm(tx, now, &next).await?;
        let strange: Vec<i64> = strange.iter().map(|timer| timer.id).collect();
        timers::leave_to_others(tx, now, &strange).await?;
        Ok(timers.len() + strange.len())
    }
}

/// The quotations of these timers, each once.
fn quotes_of(timers: &[Timer]) -> Vec<i64> {
    let mut quotes = BTreeSet::new();
    for timer in timers {
        match About::of(&timer.entity) {
            Some(About::Quote) => {
                quotes.insert(timer.entity_id);
            }
            Some(About::Company) | None => {}
        }
    }
    quotes.into_iter().collect()
}

/// The record that a timer is about, as it stands; nothing where it is about none, or about one that no rule knows.
fn subject_of<'s>(timer: &Timer, quotes: &'s BTreeMap<i64, QuoteSubject>) -> Option<&'s QuoteSubject> {
    match About::of(&timer.entity)? {
        About::Quote => quotes.get(&timer.entity_id),
        About::Company => None,
    }
}

/// The rules of these timers with the moments after which they go on at `now`, each once.
fn of_timers<'r>(rules: &'r Rules, timers: &[Timer], now: Instant) -> Vec<(&'r Rule, Instant)> {
    let mut found: BTreeMap<(&str, Instant), &Rule> = BTreeMap::new();
    for timer in timers {
        let Some(rule) = rules.of_key(&timer.rule) else { continue };
        found.insert((rule.key.as_str(), rule.goes_on_after(timer.due, now)), rule);
    }
    found.into_iter().map(|((_, after), rule)| (rule, after)).collect()
}

/// Whoever else changes these quotations waits, or is waited for, in the one order of locks.
async fn lock_chains(tx: &mut Tx<'_>, fired: &[Fired<'_>]) -> Result<(), StoreError> {
    let sets = |one: &&Fired<'_>| one.rule.actions.iter().any(|it| matches!(it, Action::SetField(_)));
    let mut chains: Vec<i64> =
        fired.iter().filter(sets).filter_map(|one| one.subject).map(|subject| subject.chain).collect();
    chains.sort_unstable();
    chains.dedup();
    tx.ahead(chains.into_iter().map(store::quotes::asks_locked_chain).collect()).await
}

/// A timer that could not be carried out.
#[derive(Clone)]
pub(super) struct GiveBack {
    pub timer: Timer,
    pub failure: String,
}

impl Command for GiveBack {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        Ok(timers::failed(tx, now, &self.timer, &self.failure).await?)
    }
}
