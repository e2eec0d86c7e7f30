//! Rules that were paused because they ran too often: what waits of them, and how a person lets them go on.

use domain::access::{AccessRefused, Actor, Reach, Right};
use domain::automation::RuleRefused;
use domain::base::Instant;
use domain::words::automation::{resumed, rule_name};
use serde_json::json;
use store::{Command, StoreError, Tx, automation, events};

use super::circuit::rule_item;
use super::rules::{Rules, rules_of, stamp};
use crate::{AppError, Ctx};

/// A rule that is paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PausedRule {
    pub key: String,
    pub name: String,
    pub paused_at: Instant,
    /// How often it had run within an hour.
    pub fires: i64,
    /// How many of its timers are due and wait.
    pub held: i64,
}

/// The paused rules of the company, and whether the actor may let them go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PausedRules {
    pub items: Vec<PausedRule>,
    pub may_resume: bool,
}

/// What becomes of the timers that are due when a rule goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// They run now, without being counted.
    Run,
    /// They never run, and the log says how many.
    Drop,
}

/// The rules in force that are paused.
pub async fn paused_rules(ctx: &Ctx, actor: &Actor) -> Result<PausedRules, AppError> {
    actor.need(Right::ConfigRead)?;
    let items = ctx.store.read(|tx| Box::pin(paused_in(tx))).await?;
    Ok(PausedRules { items, may_resume: need_publish(actor).is_ok() })
}

/// Lets a paused rule go on; what had been due goes the way of `held`.
pub async fn resume_rule(ctx: &Ctx, actor: &Actor, key: &str, held: Held) -> Result<(), AppError> {
    need_publish(actor)?;
    ctx.write(Resume { actor: actor.clone(), key: key.to_string(), held }).await
}

/// Rules are the whole company's: it takes the right to publish everywhere.
fn need_publish(actor: &Actor) -> Result<(), AccessRefused> {
    match actor.grants.get(&Right::ConfigPublish) {
        Some(Reach::All) => Ok(()),
        Some(Reach::Own | Reach::Org) | None => Err(AccessRefused::Forbidden(Right::ConfigPublish)),
    }
}

async fn paused_in(tx: &mut Tx<'_>) -> Result<Vec<PausedRule>, StoreError> {
    let now = events::moment(tx).await?.now;
    let mut found = Vec::new();
    let paused = automation::paused_rules(tx).await?;
    if paused.is_empty() {
        return Ok(found);
    }
    let rules = rules_now(tx, now).await?;
    for (key, standing) in paused {
        let (Some(rule), Some(paused_at)) = (rules.of_key(&key), standing.paused_at) else { continue };
        let name = rule_name(&key, &rule.name);
        let held = automation::held(tx, now, &key).await?;
        found.push(PausedRule { key, name, paused_at, fires: standing.fires, held });
    }
    Ok(found)
}

async fn rules_now(tx: &mut Tx<'_>, now: Instant) -> Result<Rules, StoreError> {
    let stamp = stamp(tx, now).await?;
    rules_of(tx, stamp).await
}

#[derive(Clone)]
struct Resume {
    actor: Actor,
    key: String,
    held: Held,
}

impl Command for Resume {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        let rules = rules_now(tx, now).await?;
        let rule = rules.of_key(&self.key).ok_or(AccessRefused::NotFound)?;
        let item = rule_item(tx).await?.ok_or(AccessRefused::NotFound)?;
        // Timers before the standing of their rule, in the order of those who carry them out.
        let count = match self.held {
            Held::Run => automation::held(tx, now, &self.key).await?,
            Held::Drop => automation::drop_held(tx, now, &self.key).await?,
        };
        if automation::lock_standing(tx, &self.key).await?.paused_at.is_none() {
            return Err(AppError::refused(RuleRefused::NotPaused));
        }
        automation::resume(tx, now, &self.key).await?;
        let note = resumed(self.held == Held::Run);
        let facts = json!({"name": rule_name(&rule.key, &rule.name), "count": count, "note": note});
        let by = (now, self.actor.person);
        crate::events::note(tx, by, "rule.resumed", ("config_item", item.0), facts).await?;
        Ok(())
    }
}
