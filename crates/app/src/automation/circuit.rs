//! How often a rule may run: before it runs too often in an hour it is paused, and what is left waits for a person.

use std::collections::BTreeMap;

use domain::automation::{Counted, HOUR_MS, Passage, Place, Rule};
use domain::base::{Instant, ItemId};
use domain::config::Kind;
use domain::words::automation::{paused, rule_name};
use serde_json::json;
use store::automation;
use store::events::{self, Event};
use store::{StoreError, Tx};

use super::effects::Fired;
use super::rules::Stamp;
use crate::notices::{Message, tell};

/// So many runs below its limit a rule is counted without taking turns: no set of servers has so many on their way.
const FAR_BELOW: i64 = 4_000;

/// Timers that would run, by whether they may.
#[derive(Default)]
pub(super) struct Passed<'a> {
    pub runs: Vec<Fired<'a>>,
    /// They stay armed.
    pub waits: Vec<Fired<'a>>,
    /// Rules that reached their limit just now, and how often they had run.
    stopped: Vec<(&'a Rule, i64)>,
}

/// Lets those timers run that their rules may still carry out in this hour.
pub(super) async fn pass<'a>(
    tx: &mut Tx<'_>,
    now: Instant,
    due: Vec<Fired<'a>>,
) -> Result<Passed<'a>, StoreError> {
    let mut by_rule: BTreeMap<&str, Vec<Fired<'a>>> = BTreeMap::new();
    for one in due {
        by_rule.entry(one.rule.key.as_str()).or_default().push(one);
    }
    let mut passed = Passed::default();
    // By key: whoever else counts the same rules takes them in the same order.
    for fired in by_rule.into_values() {
        let Some(rule) = fired.first().map(|one| one.rule) else { continue };
        let Some(mut counted) = count(tx, now, rule).await? else {
            passed.waits.extend(fired);
            continue;
        };
        let waiting = passed.waits.len();
        for one in fired {
            match counted.passes(one.timer.due) {
                Passage::Runs => passed.runs.push(one),
                Passage::Stops => passed.waits.push(one),
            }
        }
        if passed.waits.len() > waiting {
            passed.stopped.push((rule, counted.fires));
        }
    }
    Ok(passed)
}

/// How often the rule has run within the last hour; `None` while it is paused.
async fn count(tx: &mut Tx<'_>, now: Instant, rule: &Rule) -> Result<Option<Counted>, StoreError> {
    let since = now.plus_ms(-HOUR_MS);
    let mut standing = automation::standing(tx, &rule.key).await?;
    let mut fires = automation::fires_since(tx, &rule.key, since, standing.counts_from).await?;
    if fires + FAR_BELOW > rule.hour_max {
        standing = automation::lock_standing(tx, &rule.key).await?;
        fires = automation::fires_since(tx, &rule.key, since, standing.counts_from).await?;
    }
    let counted = Counted { fires, hour_max: rule.hour_max, counts_from: standing.counts_from };
    Ok(standing.paused_at.is_none().then_some(counted))
}

/// Pauses the rules that reached their limit, and tells whoever looks after rules.
pub(super) async fn pause(
    tx: &mut Tx<'_>,
    now: Instant,
    passed: &Passed<'_>,
    (stamp, place): (Stamp, &Place<'_>),
) -> Result<(), StoreError> {
    for (rule, fires) in &passed.stopped {
        automation::pause(tx, now, &rule.key, *fires).await?;
        told(tx, now, (rule, *fires), (stamp, place)).await?;
    }
    Ok(())
}

async fn told(
    tx: &mut Tx<'_>,
    now: Instant,
    (rule, fires): (&Rule, i64),
    (stamp, place): (Stamp, &Place<'_>),
) -> Result<(), StoreError> {
    // As long as nothing was published, the item stands there without a revision.
    let [(_, n), _] = stamp;
    let Some(item) = rule_item(tx).await? else { return Ok(()) };
    let keepers = automation::keepers_of_rules(tx, (item, n)).await?;
    let name = rule_name(&rule.key, &rule.name);
    let facts = json!({"name": name, "count": fires});
    let (kind, entity) = ("rule.paused", "config_item");
    events::append(tx, now, &Event { actor: None, kind, entity, entity_id: item.0, facts }).await?;
    let (about, text) = (format!("paused:{}:{}", rule.key, now.0), paused(&name, rule.hour_max));
    let message = Message { about, kind: "notice", text, entity, entity_id: item.0 };
    tell(tx, &keepers, message, (now, place.zone)).await
}

/// The item under which the rules of the company are kept.
pub(super) async fn rule_item(tx: &mut Tx<'_>) -> Result<Option<ItemId>, StoreError> {
    Ok(store::config::items_of_kind(tx, Kind::Rule).await?.first().copied())
}
