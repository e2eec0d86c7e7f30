//! The tiers of customers: which are in force, which may be given, and that none goes while somebody has it.

use domain::base::Instant;
use domain::config::{ConfigRefused, Kind};
use domain::pricing::{Revision, Tier, tiers_of_rows};
use store::config::Draft;
use store::{StoreError, Tx};

use crate::AppError;

/// The tiers that customers are priced with at `at`.
pub(super) async fn tiers_in_force(tx: &mut Tx<'_>, at: Instant) -> Result<Vec<Tier>, StoreError> {
    let mut tiers = Vec::new();
    for head in store::config::in_force(tx, at).await? {
        if head.kind == Kind::Tier {
            tiers.extend(tiers_of(tx, Revision { item: head.item, n: head.n }).await?);
        }
    }
    Ok(tiers)
}

/// The tiers that a customer may be given at `now`: those in force that no queued release takes away.
pub(crate) async fn tiers_to_give(tx: &mut Tx<'_>, now: Instant) -> Result<Vec<Tier>, StoreError> {
    let mut tiers = tiers_in_force(tx, now).await?;
    for item in store::config::items_of_kind(tx, Kind::Tier).await? {
        let history = store::config::history(tx, item).await?;
        for queued in history.queued(now) {
            let stay = tiers_of(tx, Revision { item, n: queued.n }).await?;
            let stays = |tier: &Tier| {
                tier.revision.item != item || stay.iter().any(|staying| staying.name == tier.name)
            };
            tiers.retain(stays);
        }
    }
    Ok(tiers)
}

/// Keeps the tiers as they are until the transaction ends: whoever gives a customer one takes this lock before all
/// others, so that no release takes the tier away meanwhile.
pub(crate) async fn hold_tiers(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let items = store::config::items_of_kind(tx, Kind::Tier).await?;
    store::config::lock_heads(tx, &items).await
}

/// Refuses to publish a draft that takes away a tier which a customer has, also one who got it a moment ago.
///
/// The item is locked: from here on nobody can be given the tier.
pub(super) async fn tiers_stay(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), AppError> {
    if draft.kind != Kind::Tier {
        return Ok(());
    }
    let delta = store::config::delta(tx, draft.id).await?;
    let goes = |tier: &str| delta.iter().any(|row| row.key == tier && row.content.is_none());
    let in_use = store::config::tier_customers(tx).await?;
    match in_use.into_iter().find(|(tier, _)| goes(tier)) {
        Some((tier, customers)) => Err(ConfigRefused::TierInUse { tier, customers }.into()),
        None => Ok(()),
    }
}

async fn tiers_of(tx: &mut Tx<'_>, revision: Revision) -> Result<Vec<Tier>, StoreError> {
    let rows = store::config::rows_of(tx, revision.item, revision.n).await?;
    let rows = rows.iter().map(|(key, content)| (key.as_str(), content.as_str()));
    tiers_of_rows(revision, rows).map_err(|(key, fault)| StoreError::Decode(format!("tier {key}: {fault:?}")))
}
