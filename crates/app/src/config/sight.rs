//! Who sees and changes what of configuration.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{DraftId, ItemId};
use domain::config::Kind;
use store::config::{Draft, Item, Sight};
use store::{StoreError, Tx};

use super::whom::{hidden, hidden_draft, out_of_sight};
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
    let item = item.filter(|item| sees(actor, &item.scope_path, item.kind)).ok_or(AccessRefused::NotFound)?;
    if hidden(tx, actor, (item.id, item.kind), &item.scope_path).await? {
        return Err(AccessRefused::NotFound.into());
    }
    Ok(item)
}

/// The draft, or "no such record" for whoever does not see items there, or for whom it would not be: that is judged by
/// the draft alone, not by what is in force.
pub(crate) async fn draft_for(tx: &mut Tx<'_>, actor: &Actor, id: DraftId) -> Result<Draft, AppError> {
    let draft = store::config::draft(tx, id).await?;
    let draft =
        draft.filter(|draft| sees(actor, &draft.scope_path, draft.kind)).ok_or(AccessRefused::NotFound)?;
    if hidden_draft(tx, actor, &draft).await? {
        return Err(AccessRefused::NotFound.into());
    }
    Ok(draft)
}

/// Whether the person reads what is told of an item: by the draft or the revision that it is about, which lead to pages
/// of their own.
pub(crate) async fn reads(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ItemId,
    (draft, n): (Option<DraftId>, Option<i64>),
) -> Result<bool, StoreError> {
    let item = store::config::item(tx, id).await?;
    if !item.is_some_and(|item| sees(actor, &item.scope_path, item.kind)) {
        return Ok(false);
    }
    Ok(!out_of_sight(tx, actor, id, (draft, n)).await?)
}

/// What the item is called, for a reader of the log who does not see what it says: whoever looks after a place reads of
/// what was published there that it was done, to what and by whom. A list for customers whom the reader does not see stays
/// without a name: it mostly names them.
pub(crate) async fn name_in_log(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ItemId,
    part: (Option<DraftId>, Option<i64>),
) -> Result<Option<String>, StoreError> {
    let item = store::config::item(tx, id).await?;
    let Some(item) = item.filter(|item| may(actor, Right::AuditRead, &item.scope_path)) else {
        return Ok(None);
    };
    let hidden =
        out_of_sight(tx, actor, id, part).await? || out_of_sight(tx, actor, id, (None, None)).await?;
    Ok((!hidden).then_some(item.name))
}

/// Whether the person sees items of this kind in the scope at this path.
pub(super) fn sees(actor: &Actor, scope_path: &str, kind: Kind) -> bool {
    let above = actor.has(Right::ConfigRead) && actor.org_path.starts_with(scope_path);
    (reaches(actor, scope_path) || above) && actor.has(kind.read_right())
}

/// Whether the right to see configuration reaches the scope at this path: it does not reach those above.
pub(super) fn reaches(actor: &Actor, scope_path: &str) -> bool {
    may(actor, Right::ConfigRead, scope_path)
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
