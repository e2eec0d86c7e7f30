//! Which timers the records demand, against those that are armed: what is missing is armed, what is not is cancelled.

use std::collections::{BTreeMap, BTreeSet};

use domain::automation::{DemandedBy, Place, expected};
use domain::base::Instant;
use store::automation::QuoteSubject;
use store::timers::{self, NewTimer};
use store::{StoreError, Tx};

use super::about::About;
use super::rules::Rules;

/// Makes the timers of these quotations what the rules demand; says how many rows that touched. `ids` are all that were
/// asked for: one that is not among the subjects is gone.
pub(super) async fn demand(
    tx: &mut Tx<'_>,
    now: Instant,
    rules: &Rules,
    (ids, subjects): (&[i64], &BTreeMap<i64, QuoteSubject>),
    place: &Place<'_>,
) -> Result<u64, StoreError> {
    let entity = About::Quote.key();
    let mut wanted = Vec::new();
    for subject in subjects.values() {
        for rule in &rules.rules {
            let Some(timer) = expected(rule, &subject.subject, place) else { continue };
            wanted.push(NewTimer {
                fire_key: fire_key(&rule.key, entity, subject.subject.id, timer.epoch),
                rule: rule.key.clone(),
                entity,
                entity_id: subject.subject.id,
                epoch: timer.epoch,
                due: timer.due,
                depth: 0,
                unknown_year: timer.unknown_year.map(i64::from),
            });
        }
    }
    let keys: BTreeSet<&str> = wanted.iter().map(|timer| timer.fire_key.as_str()).collect();
    // What happened stays armed as long as its rule is on: no state demands it, and of one record there may be any number.
    let happened: Vec<&str> = rules
        .rules
        .iter()
        .filter(|rule| rule.on && rule.trigger.demanded_by() == DemandedBy::Happening)
        .map(|rule| rule.key.as_str())
        .collect();
    let armed = timers::armed_beside(tx, entity, ids, &happened).await?;
    let stale: Vec<i64> = armed
        .iter()
        .filter(|timer| !keys.contains(timer.fire_key.as_str()) && !happened.contains(&timer.rule.as_str()))
        .filter(|timer| !rules.is_unreadable(&timer.rule))
        .map(|timer| timer.id)
        .collect();
    timers::cancel(tx, now, &stale).await?;
    let stand: BTreeSet<(&str, i64)> =
        armed.iter().map(|timer| (timer.fire_key.as_str(), timer.due.0)).collect();
    wanted.retain(|timer| !stand.contains(&(timer.fire_key.as_str(), timer.due.0)));
    let touched = timers::arm(tx, now, &wanted).await?;
    Ok(touched + u64::try_from(stale.len()).unwrap_or(0))
}

/// Arms the next round of every rule that comes round by the calendar, and takes away those that nobody asks for.
pub(super) async fn demand_rounds(
    tx: &mut Tx<'_>,
    now: Instant,
    rules: &Rules,
    place: &Place<'_>,
) -> Result<u64, StoreError> {
    let wanted: Vec<NewTimer> = rules.rules.iter().filter_map(|rule| next_round(rule, now, place)).collect();
    let armed = timers::armed_of(tx, About::Company.key(), &[1]).await?;
    let is_wanted = |key: &str| wanted.iter().any(|timer| timer.fire_key == key);
    // A round that was missed while the program was away is still to be caught up.
    let missed = |timer: &timers::Timer| {
        timer.due <= now
            && rules
                .of_key(&timer.rule)
                .is_some_and(|rule| rule.on && rule.trigger.demanded_by() == DemandedBy::Round)
    };
    let stale: Vec<i64> = armed
        .iter()
        .filter(|timer| !is_wanted(&timer.fire_key) && !missed(timer))
        .filter(|timer| !rules.is_unreadable(&timer.rule))
        .map(|timer| timer.id)
        .collect();
    timers::cancel(tx, now, &stale).await?;
    let touched = timers::arm(tx, now, &wanted).await?;
    Ok(touched + u64::try_from(stale.len()).unwrap_or(0))
}

/// The next round after `after` of a rule that comes round by the calendar and is on.
pub(super) fn next_round(
    rule: &domain::automation::Rule,
    after: Instant,
    place: &Place<'_>,
) -> Option<NewTimer> {
    let due = rule.trigger.next_after(after, place).filter(|_| rule.on)?;
    let entity = About::Company.key();
    Some(NewTimer {
        fire_key: fire_key(&rule.key, entity, 1, due.0),
        rule: rule.key.clone(),
        entity,
        entity_id: 1,
        epoch: due.0,
        due,
        depth: 0,
        unknown_year: None,
    })
}

/// What is never given to two timers: rule, record, and the stay, day or happening.
pub(super) fn fire_key(rule: &str, entity: &str, id: i64, epoch: i64) -> String {
    format!("{rule}:{entity}:{id}:{epoch}")
}
