//! Who sees and changes what of configuration.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{DraftId, ItemId};
use domain::config::Kind;
use store::Tx;
use store::config::{Draft, Item, Sight};

use crate::AppError;

/// What the person sees: scopes that the right reaches, those above the own place, and kinds by right.
pub(crate) fn sight(actor: &Actor) -> Result<Sight, AccessRefused> {
    let scope = actor.scope(Right::ConfigRead)?;
    let kinds = Kind::ALL.iter().copied().filter(|kind| actor.has(kind.read_right())).collect();
    Ok(Sight { like: scope.like(), path: actor.org_path.clone(), kinds })
}

/// The item, or "no such record" for whoever does not see it.
pub(super) async fn item_for(tx: &mut Tx<'_>, actor: &Actor, id: ItemId) -> Result<Item, AppError> {
    let item = store::config::item(tx, id).await?;
    let seen = match item {
        Some(item) if sees(actor, &item.scope_path, item.kind) => Some(item),
        _ => None,
    };
    Ok(seen.ok_or(AccessRefused::NotFound)?)
}

/// The draft, or "no such record" for whoever does not see its item.
pub(crate) async fn draft_for(tx: &mut Tx<'_>, actor: &Actor, id: DraftId) -> Result<Draft, AppError> {
    let draft = store::config::draft(tx, id).await?;
    let seen = match draft {
        Some(draft) if sees(actor, &draft.scope_path, draft.kind) => Some(draft),
        _ => None,
    };
    Ok(seen.ok_or(AccessRefused::NotFound)?)
}

/// Whether the person sees items of this kind in the scope at this path.
pub(super) fn sees(actor: &Actor, scope_path: &str, kind: Kind) -> bool {
    let Ok(scope) = actor.scope(Right::ConfigRead) else { return false };
    let reached = scope.path.is_some_and(|reach| scope_path.starts_with(&reach));
    let above = actor.org_path.starts_with(scope_path);
    (reached || above) && actor.has(kind.read_right())
}

/// Whether the right reaches the scope at this path.
pub(super) fn may(actor: &Actor, right: Right, scope_path: &str) -> bool {
    let reach = actor.scope(right).ok().and_then(|scope| scope.path);
    reach.is_some_and(|reach| scope_path.starts_with(&reach))
}

/// Refuses one whose right does not reach the scope at this path.
pub(super) fn need(actor: &Actor, right: Right, scope_path: &str) -> Result<(), AccessRefused> {
    if may(actor, right, scope_path) { Ok(()) } else { Err(AccessRefused::Forbidden(right)) }
}
