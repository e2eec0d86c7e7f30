//! Releases as a list: what came and comes into force when.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Limit, ReleaseId};
use domain::config::RevisionState;
use store::config::Release;

use super::items::cut;
use super::sight::{may, sight};
use super::whom::of_release;
use super::withdraw::sees_release;
use crate::{AppError, Ctx};

/// A release and what this person may do with it.
#[derive(Clone, Debug)]
pub struct ReleaseView {
    pub release: Release,
    pub actions: Vec<&'static str>,
}

/// Releases that the person sees, newest first; `next` continues.
pub async fn releases(
    ctx: &Ctx,
    actor: &Actor,
    state: Option<RevisionState>,
    before: Option<ReleaseId>,
    limit: Limit,
) -> Result<(Vec<ReleaseView>, Option<ReleaseId>), AppError> {
    let sight = sight(actor)?;
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let now = store::events::moment(tx).await?.now;
                let page = (now, limit.and_one());
                let mut found = store::config::releases(tx, &sight, state, before, page).await?;
                let next = cut(&mut found, limit, |release| release.id);
                let mut views = Vec::with_capacity(found.len());
                for release in found {
                    let release = of_release(tx, &actor, release).await?;
                    if !release.items.is_empty() {
                        views.push(view(&actor, release));
                    }
                }
                Ok((views, next))
            })
        })
        .await
}

/// One release.
pub async fn release(ctx: &Ctx, actor: &Actor, id: ReleaseId) -> Result<ReleaseView, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let now = store::events::moment(tx).await?.now;
                let release = store::config::release(tx, id, now).await?.ok_or(AccessRefused::NotFound)?;
                let release = of_release(tx, &actor, release).await?;
                if sees_release(&actor, &release) {
                    Ok(view(&actor, release))
                } else {
                    Err(AccessRefused::NotFound.into())
                }
            })
        })
        .await
}

/// Only what waits can be cancelled.
fn view(actor: &Actor, release: Release) -> ReleaseView {
    let waits = release.state == RevisionState::Queued;
    let cancels = waits && may(actor, Right::ConfigPublish, &release.scope_path);
    ReleaseView { actions: if cancels { vec!["cancel"] } else { Vec::new() }, release }
}
