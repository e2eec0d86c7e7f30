//! Timers whose moment has come: claimed with a lease, looked at again, settled with their effects in one transaction.

use domain::automation::{Action, Verdict, verdict};
use store::automation::{self, QUOTE};
use store::events;
use store::timers::{self, NewTimer, Settled, Timer};
use store::{Command, StoreError, Tx};

use super::Parts;
use super::circuit;
use super::demand::next_round;
use super::effects::{self, Fired};
use super::rules::{rules_of, stamp};
use crate::AppError;

/// Claims what is due.
#[derive(Clone)]
pub(super) struct Claim {
    pub owner: String,
    pub limit: u32,
}

impl Command for Claim {
    type Out = Vec<Timer>;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Vec<Timer>, AppError> {
        let now = events::moment(tx).await?.now;
        Ok(timers::claim(tx, now, &self.owner, self.limit).await?)
    }
}

/// Carries claimed timers out, all or none: the record, the rule and the moment are looked at again, because what was
/// true when the timer was armed need not be so now.
#[derive(Clone)]
pub(super) struct Fire {
    pub owner: String,
    pub timers: Vec<Timer>,
    pub parts: Parts,
}

impl Command for Fire {
    type Out = usize;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<usize, AppError> {
        let now = events::moment(tx).await?.now;
        let stamp = stamp(tx, now).await?;
        let working = self.parts.working(tx, stamp).await?;
        let place = self.parts.place(&working);
        let rules = rules_of(tx, stamp).await?;
        let ids: Vec<i64> =
            self.timers.iter().filter(|timer| timer.entity == QUOTE).map(|timer| timer.entity_id).collect();
        let subjects = automation::subjects(tx, &ids, self.parts.day(now)).await?;
        let (mut settled, mut moved, mut due) = (Vec::new(), Vec::new(), Vec::new());
        for timer in &self.timers {
            let rule = rules.of_key(&timer.rule);
            let subject = subjects.get(&timer.entity_id).filter(|_| timer.entity == QUOTE);
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
        let held = timers::settle(tx, now, &self.owner, &settled).await?
            && timers::postpone(tx, &self.owner, &moved).await?;
        if !held {
            return Err(StoreError::Retry("a timer is in other hands".to_string()).into());
        }
        effects::write(tx, now, &passed.runs, &place).await?;
        circuit::pause(tx, now, &passed, (stamp, &place)).await?;
        let rounds = self.timers.iter().filter_map(|timer| rules.of_key(&timer.rule));
        let next: Vec<NewTimer> = rounds.filter_map(|rule| next_round(rule, now, &place)).collect();
        timers::arm(tx, now, &next).await?;
        Ok(passed.runs.len())
    }
}

/// Whoever else changes these quotations waits, or is waited for, in the one order of locks.
async fn lock_chains(tx: &mut Tx<'_>, fired: &[Fired<'_>]) -> Result<(), StoreError> {
    let sets = |one: &&Fired<'_>| one.rule.actions.iter().any(|it| matches!(it, Action::SetField(_)));
    let mut chains: Vec<i64> =
        fired.iter().filter(sets).filter_map(|one| one.subject).map(|subject| subject.chain).collect();
    chains.sort_unstable();
    chains.dedup();
    for chain in chains {
        store::quotes::lock_chain(tx, chain).await?;
    }
    Ok(())
}

/// A timer that could not be carried out.
#[derive(Clone)]
pub(super) struct GiveBack {
    pub owner: String,
    pub timer: Timer,
    pub failure: String,
}

impl Command for GiveBack {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        Ok(timers::failed(tx, now, &self.owner, &self.timer, &self.failure).await?)
    }
}
