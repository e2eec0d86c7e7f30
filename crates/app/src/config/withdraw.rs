//! Taking things back: a queued release out of the queue, an older revision out of use (作废).

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{ItemId, ReleaseId};
use domain::config::{NOTE_LETTERS_MAX, required};
use serde_json::json;
use store::config::Release;
use store::events::Event;
use store::{Command, Tx};

use super::sight::{item_for, need, sees};
use crate::{AppError, Ctx};

/// Withdraws an older revision: nothing more is issued or signed on it. Signed orders stay as they are.
pub async fn void_revision(
    ctx: &Ctx,
    actor: &Actor,
    item: ItemId,
    n: i64,
    reason: &str,
) -> Result<(), AppError> {
    let reason = required(reason, "reason", NOTE_LETTERS_MAX)?;
    let done = ctx.write(VoidRevision { actor: actor.clone(), item, n, reason }).await;
    ctx.live.expire();
    done
}

/// Takes a release out of the queue before it comes into force.
pub async fn cancel_release(
    ctx: &Ctx,
    actor: &Actor,
    release: ReleaseId,
    reason: &str,
) -> Result<(), AppError> {
    let reason = required(reason, "reason", NOTE_LETTERS_MAX)?;
    let done = ctx.write(CancelRelease { actor: actor.clone(), release, reason }).await;
    ctx.live.expire();
    done
}

#[derive(Clone)]
struct VoidRevision {
    actor: Actor,
    item: ItemId,
    n: i64,
    reason: String,
}

impl Command for VoidRevision {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let VoidRevision { actor, item, n, reason } = self;
        tx.lock_row("config_item", "id", item).await?;
        let scope_path = item_for(tx, &actor, item).await?.scope_path;
        let history = store::config::history(tx, item).await?;
        history.revision(n).ok_or(AccessRefused::NotFound)?;
        need(&actor, Right::ConfigVoid, &scope_path)?;
        let now = store::events::moment(tx).await?.now;
        history.may_void(n, now)?;
        store::config::insert_void(tx, (item, n), &reason, actor.person, (now, now), None).await?;
        let facts = json!({ "n": n, "reason": reason });
        let (kind, entity) = ("revision.voided", "config_item");
        let event = Event { actor: Some(actor.person), kind, entity, entity_id: item.0, facts };
        store::events::append(tx, now, &event).await?;
        Ok(())
    }
}

#[derive(Clone)]
struct CancelRelease {
    actor: Actor,
    release: ReleaseId,
    reason: String,
}

impl Command for CancelRelease {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let CancelRelease { actor, release: id, reason } = self;
        let now = store::events::moment(tx).await?.now;
        let release = store::config::release(tx, id, now).await?.ok_or(AccessRefused::NotFound)?;
        if !sees_release(&actor, &release) {
            return Err(AccessRefused::NotFound.into());
        }
        need(&actor, Right::ConfigPublish, &release.scope_path)?;
        for line in &release.items {
            tx.lock_row("config_item", "id", line.item).await?;
        }
        // The moment may have come while this waited for the locks.
        let now = store::events::moment(tx).await?.now;
        for line in &release.items {
            let history = store::config::history(tx, line.item).await?;
            history.may_cancel(line.n, now)?;
            store::config::take_back_rows(tx, line.item, line.n).await?;
            store::config::set_head(tx, line.item, history.standing_below(line.n)).await?;
            let facts = json!({ "release": id, "n": line.n, "reason": reason });
            let (kind, entity) = ("release.cancelled", "config_item");
            let event = Event { actor: Some(actor.person), kind, entity, entity_id: line.item.0, facts };
            store::events::append(tx, now, &event).await?;
        }
        Ok(store::config::cancel_release(tx, id, actor.person, &reason, now).await?)
    }
}

/// Whether the person sees the release: its scope, and one of its items.
pub(super) fn sees_release(actor: &Actor, release: &Release) -> bool {
    release.items.iter().any(|line| sees(actor, &release.scope_path, line.kind))
}
