//! What happened since the clock last looked: timers are armed and moved, tasks end or go with their record.

use std::collections::{BTreeMap, BTreeSet};

use domain::automation::{DemandedBy, Happened, Subject, WatchedEvent, on_event};
use domain::base::{CustomerId, Instant, Watched};
use serde_json::{Value, json};
use store::automation::{self, QuoteSubject, Unlooked};
use store::events::{self, Event};
use store::tasks::OpenTask;
use store::timers::{self, NewTimer};
use store::{Command, StoreError, Tx, notices, tasks};

use super::Parts;
use super::about::About;
use super::demand::{demand, fire_key};
use super::rules::{Rules, rules_of, stamp};
use crate::AppError;

/// Events looked at in one transaction.
pub(super) const EVENTS_MAX: u32 = 200;

/// Looks at the oldest events that nobody has looked at, or at one of them; says how many there were.
#[derive(Clone)]
pub(super) struct Look {
    pub only: Option<i64>,
    pub parts: Parts,
}

impl Command for Look {
    type Out = usize;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<usize, AppError> {
        let unlooked = match self.only {
            Some(id) => automation::unlooked_one(tx, id).await?,
            None => automation::unlooked(tx, EVENTS_MAX).await?,
        };
        if unlooked.is_empty() {
            return Ok(0);
        }
        let now = events::moment(tx).await?.now;
        let stamp = stamp(tx, now).await?;
        let working = self.parts.working(tx, stamp).await?;
        let (today, place) = (self.parts.day(now), self.parts.place(&working));
        let rules = rules_of(tx, stamp).await?;
        let touched = Touched::by(&unlooked);
        let ids: Vec<i64> = touched.quotes.iter().copied().collect();
        let subjects = automation::subjects(tx, &ids, today).await?;
        demand(tx, now, &rules, (&ids, &subjects), &place).await?;
        start(tx, now, &rules, &unlooked).await?;
        let open = tasks::open_of(tx, About::Quote.key(), &ids).await?;
        for (id, open) in &open {
            let progressed = touched.progressed.contains(id);
            tend(tx, now, &rules, (*id, subjects.get(id), open), progressed).await?;
        }
        let customers: Vec<CustomerId> = touched.customers.into_iter().map(CustomerId).collect();
        // Asked after the quotations were tended: what ended there is not open any more.
        let subjects = automation::subjects_with_tasks(tx, &customers, today).await?;
        let open = tasks::open_of(tx, About::Quote.key(), &ids_of(&subjects)).await?;
        for (id, open) in &open {
            tend(tx, now, &rules, (*id, subjects.get(id), open), false).await?;
        }
        crate::webhooks::hear(tx, now, &unlooked).await?;
        automation::mark_looked(tx, &unlooked).await?;
        Ok(unlooked.len())
    }
}

/// An event that cannot be looked at holds up no other.
#[derive(Clone)]
pub(super) struct SetAside {
    pub event: i64,
}

impl Command for SetAside {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        Ok(automation::set_aside(tx, self.event).await?)
    }
}

/// The records that events are about, as far as timers or tasks depend on them.
#[derive(Default)]
struct Touched {
    quotes: BTreeSet<i64>,
    /// Those of them that moved on.
    progressed: BTreeSet<i64>,
    /// Tasks about a customer's quotations go with him.
    customers: BTreeSet<i64>,
}

impl Touched {
    fn by(events: &[Unlooked]) -> Touched {
        let mut touched = Touched::default();
        for event in events {
            let Some(kind) = Watched::from_key(&event.entity) else { continue };
            match kind {
                Watched::Quote => {
                    touched.quotes.insert(event.entity_id);
                    if Subject::PROGRESS.contains(&event.kind.as_str()) {
                        touched.progressed.insert(event.entity_id);
                    }
                }
                Watched::Customer => {
                    touched.customers.insert(event.entity_id);
                }
                // No rule is about them.
                Watched::Order | Watched::Task => {}
            }
        }
        touched
    }
}

/// Arms the rules that wait for what happened.
async fn start(
    tx: &mut Tx<'_>,
    now: Instant,
    rules: &Rules,
    unlooked: &[Unlooked],
) -> Result<(), StoreError> {
    let mut armed = Vec::new();
    for event in unlooked {
        let Some(about) = About::of(&event.entity) else { continue };
        let Some(happened) = happened(event) else { continue };
        for rule in &rules.rules {
            let Some(timer) = on_event(rule, &happened) else { continue };
            armed.push(NewTimer {
                fire_key: fire_key(&rule.key, about.key(), event.entity_id, timer.epoch),
                rule: rule.key.clone(),
                entity: about.key(),
                entity_id: event.entity_id,
                epoch: timer.epoch,
                due: timer.due,
                depth: i64::from(happened.depth),
                unknown_year: None,
            });
        }
    }
    timers::arm(tx, now, &armed).await?;
    Ok(())
}

/// What happened, and which rule did it.
fn happened(event: &Unlooked) -> Option<Happened> {
    let cause = event.facts.get("cause");
    let rule = cause.and_then(|cause| cause.get("rule")).and_then(Value::as_str).map(str::to_string);
    let depth = cause.and_then(|cause| cause.get("depth")).and_then(Value::as_u64).unwrap_or(0);
    Some(Happened {
        id: event.id,
        at: event.at,
        event: WatchedEvent::from_logged(&event.kind)?,
        rule,
        depth: u32::try_from(depth).unwrap_or(u32::MAX),
    })
}

/// Ends the open tasks of a quotation that moved on, and gives the others to its owner.
async fn tend(
    tx: &mut Tx<'_>,
    now: Instant,
    rules: &Rules,
    (id, subject, open): (i64, Option<&QuoteSubject>, &[OpenTask]),
    progressed: bool,
) -> Result<(), StoreError> {
    let mut logged = Vec::new();
    for task in open {
        let rule = rules.of_key(&task.rule);
        // What cannot be read here is not judged here; a rule that was taken away left the state to say.
        let waits_for_state = rule.map_or(!rules.is_unreadable(&task.rule), waits_for_state);
        let left = subject.is_none_or(|it| it.subject.state.is_none()) && waits_for_state;
        let settled = progressed && rule.is_some_and(|rule| rule.ends_on_progress);
        if left || settled {
            if tasks::end(tx, now, task.id).await? {
                // What brought it is no news any more, as when its holder settles it.
                notices::mark_task_read(tx, (task.person, task.id), now).await?;
                let why = if left { "state_left" } else { "progress" };
                logged.push(told("task.over", task.id.0, json!({"quote_id": id, "why": why})));
            }
        } else if let Some(owner) = subject.map(|it| it.owner).filter(|it| *it != task.person)
            && task.for_owner
            && tasks::follow_owner(tx, task.id, owner).await?
        {
            let facts = json!({"quote_id": id, "from": task.person.0, "to": owner.0});
            logged.push(told("task.followed", task.id.0, facts));
        }
    }
    events::append_many(tx, now, &logged).await
}

/// Whether a task of this rule is about a state that the record can leave; what happened is not undone by time.
fn waits_for_state(rule: &domain::automation::Rule) -> bool {
    rule.trigger.demanded_by() == DemandedBy::State
}

fn told(kind: &'static str, task: i64, facts: Value) -> Event {
    Event { actor: None, kind, entity: "task", entity_id: task, facts }
}

/// The ids of a map, for callers that hold subjects only.
pub(super) fn ids_of(subjects: &BTreeMap<i64, QuoteSubject>) -> Vec<i64> {
    subjects.keys().copied().collect()
}
