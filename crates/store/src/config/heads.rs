//! What is in force: the heads that documents lean on.

use domain::base::{Instant, ItemId, OrgId};
use domain::config::Kind;

use crate::{Row, StoreError, Tx, params};

/// The revision of one item that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    pub item: ItemId,
    pub kind: Kind,
    pub scope: OrgId,
    pub name: String,
    pub n: i64,
    pub effective_at: Instant,
}

/// `effective_at` never decreases with `n`, so the highest `n` that has come into force is the one in force: the history
/// of each item is read from its newest end, and no further than to that one.
const IN_FORCE: &str = "
    SELECT i.id, i.kind, i.scope_org, i.name,
        (SELECT x.rev_n FROM release_item x JOIN release r ON r.id = x.release_id
         WHERE x.item_id = i.id AND r.state = 'published' AND r.effective_at <= $1
         ORDER BY x.rev_n DESC LIMIT 1) AS n,
        (SELECT r.effective_at FROM release_item x JOIN release r ON r.id = x.release_id
         WHERE x.item_id = i.id AND r.state = 'published' AND r.effective_at <= $1
         ORDER BY x.rev_n DESC LIMIT 1) AS effective_at
    FROM config_item i
    WHERE i.archived = 0
    ORDER BY i.id";
const NEAREST: &str = "
    SELECT i.id, MAX(x.rev_n) AS n
    FROM org_unit u
    JOIN org_unit o ON u.path LIKE o.path || '%'
    JOIN config_item i ON i.scope_org = o.id
    JOIN release_item x ON x.item_id = i.id
    JOIN release r ON r.id = x.release_id
    WHERE u.id = $2 AND i.kind = $1 AND r.state = 'published' AND r.effective_at <= $3 AND i.archived = 0
    GROUP BY i.id, o.path
    ORDER BY LENGTH(o.path) DESC, i.id";
const NEXT_CHANGE: &str =
    "SELECT MIN(effective_at) AS next_at FROM release WHERE state = 'published' AND effective_at > $1";
const IS_VOID: &str =
    "SELECT COUNT(*) AS voids FROM config_void WHERE item_id = $1 AND n = $2 AND from_at <= $3";

/// The revisions of one kind in force at `at` for an organisation: its own item first, then those above it.
pub async fn nearest(
    tx: &mut Tx<'_>,
    kind: Kind,
    org: OrgId,
    at: Instant,
) -> Result<Vec<(ItemId, i64)>, StoreError> {
    let rows = tx.query(NEAREST, params![kind.key(), org, at]).await?;
    rows.iter().map(|row| Ok((ItemId(row.int("id")?), row.int("n")?))).collect()
}

/// The revision in force at `at` of every item that has one, by item.
pub async fn in_force(tx: &mut Tx<'_>, at: Instant) -> Result<Vec<InForce>, StoreError> {
    tx.query(IN_FORCE, params![at]).await?.iter().filter_map(|row| in_force_of(row).transpose()).collect()
}

/// The first moment after `at` at which a queued release comes into force.
pub async fn next_change(tx: &mut Tx<'_>, at: Instant) -> Result<Option<Instant>, StoreError> {
    Ok(tx.query_one(NEXT_CHANGE, params![at]).await?.opt_int("next_at")?.map(Instant))
}

/// Keeps the histories of these items as they are until the transaction ends: no release, no 作废.
///
/// Lock first, then read `events::moment`, then `in_force` at that moment: so a release that was published while this
/// transaction waited counts. Heads are locked before documents and numbers.
pub async fn lock_heads(tx: &mut Tx<'_>, items: &[ItemId]) -> Result<(), StoreError> {
    let items: Vec<i64> = items.iter().map(|item| item.0).collect();
    tx.lock_all_shared("config_item", &items).await
}

/// Whether revision `n` of `item` is withdrawn (作废) at `at`.
pub async fn is_void(tx: &mut Tx<'_>, item: ItemId, n: i64, at: Instant) -> Result<bool, StoreError> {
    Ok(tx.query_one(IS_VOID, params![item, n, at]).await?.int("voids")? > 0)
}

/// `None` for an item of which nothing is in force.
fn in_force_of(row: &Row) -> Result<Option<InForce>, StoreError> {
    let Some(n) = row.opt_int("n")? else { return Ok(None) };
    Ok(Some(InForce {
        item: ItemId(row.int("id")?),
        kind: kind_of(row)?,
        scope: OrgId(row.int("scope_org")?),
        name: row.text("name")?,
        n,
        effective_at: Instant(row.int("effective_at")?),
    }))
}

/// The column `kind` as one of the closed list.
pub(super) fn kind_of(row: &Row) -> Result<Kind, StoreError> {
    let key = row.text("kind")?;
    Kind::from_key(&key).ok_or_else(|| StoreError::Decode(format!("no kind {key}")))
}
