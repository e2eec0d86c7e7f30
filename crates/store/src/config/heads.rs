//! What is in force: the heads that documents lean on.

use domain::base::{Instant, ItemId, OrgId};
use domain::config::Kind;

use super::sight::{kind_seen, kinds_text};
use crate::{Ask, Row, StoreError, Tx, params};

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

/// What changes of that which is in force, counted by the database itself: equal stamps, equal heads, as long as no
/// queued release comes into force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadStamp {
    /// Releases that were published or cancelled, items that were renamed or went out of use.
    pub history: i64,
    /// Regions and categories, of which lists speak.
    pub world: i64,
}

/// `$column` of the newest release (`fr`, its line `fi`) of `$item` that has come into force at `$at`: what decision 0005
/// calls in force, written once for all SQL. `effective_at` never decreases with the number of the revision, so the
/// history is read from its newest end, and no further than to that one.
macro_rules! newest_in_force {
    ($column:literal, $item:literal, $at:literal) => {
        concat!(
            "(SELECT ",
            $column,
            " FROM release_item fi JOIN release fr ON fr.id = fi.release_id WHERE fi.item_id = ",
            $item,
            " AND fr.state = 'published' AND fr.effective_at <= ",
            $at,
            " ORDER BY fi.rev_n DESC LIMIT 1)"
        )
    };
}
pub(super) use newest_in_force;

const IN_FORCE: &str = concat!(
    "SELECT i.id, i.kind, i.scope_org, i.name, ",
    newest_in_force!("fi.rev_n", "i.id", "$1"),
    " AS n, ",
    newest_in_force!("fr.effective_at", "i.id", "$1"),
    " AS effective_at FROM config_item i WHERE i.archived = 0 ORDER BY i.id"
);
const IN_FORCE_OF: &str = concat!(
    "SELECT i.id, i.kind, i.scope_org, i.name, ",
    newest_in_force!("fi.rev_n", "i.id", "$3"),
    " AS n, ",
    newest_in_force!("fr.effective_at", "i.id", "$3"),
    " AS effective_at FROM config_item i WHERE i.kind IN ($1, $2) AND i.archived = 0 ORDER BY i.id"
);
/// `$2`: the kinds that this program knows.
const UNKNOWN: &str = concat!(
    "SELECT DISTINCT i.kind FROM config_item i WHERE i.archived = 0 AND NOT ",
    kind_seen!("i.kind", "$2"),
    " AND ",
    newest_in_force!("fi.rev_n", "i.id", "$1"),
    " IS NOT NULL ORDER BY i.kind"
);
const NEAREST: &str = concat!(
    "SELECT z.id, z.n FROM (SELECT i.id, o.path, ",
    newest_in_force!("fi.rev_n", "i.id", "$3"),
    " AS n
    FROM org_unit u
    JOIN org_unit o ON u.path LIKE o.path || '%'
    JOIN config_item i ON i.scope_org = o.id
    WHERE u.id = $2 AND i.kind = $1 AND i.archived = 0) z
    WHERE z.n IS NOT NULL
    ORDER BY LENGTH(z.path) DESC, z.id"
);
const STAMP: &str = "
    SELECT h.n AS history, w.n AS world FROM config_stamp h JOIN config_stamp w ON w.id = 2 WHERE h.id = 1";
/// The row of `config_stamp` that counts the history, and the one row of `config_turn`.
const HISTORY: i64 = 1;
const TURN: i64 = 1;
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

/// The revision in force at `at` of every item that has one, by item. Items of a kind that only a newer program knows are
/// left out and left alone: see `unknown_kinds`.
pub async fn in_force(tx: &mut Tx<'_>, at: Instant) -> Result<Vec<InForce>, StoreError> {
    tx.query(IN_FORCE, params![at]).await?.iter().filter_map(|row| read_in_force(row).transpose()).collect()
}

/// The same of the items of two kinds, for whoever has no use for all the others.
pub async fn in_force_of(
    tx: &mut Tx<'_>,
    [one, other]: [Kind; 2],
    at: Instant,
) -> Result<Vec<InForce>, StoreError> {
    let rows = tx.query(IN_FORCE_OF, params![one.key(), other.key(), at]).await?;
    rows.iter().filter_map(|row| read_in_force(row).transpose()).collect()
}

/// Kinds of which something is in force at `at` and that this program does not know: a newer one beside it made them.
pub async fn unknown_kinds(tx: &mut Tx<'_>, at: Instant) -> Result<Vec<String>, StoreError> {
    let rows = tx.query(UNKNOWN, params![at, kinds_text(Kind::ALL)]).await?;
    rows.iter().map(|row| row.text("kind")).collect()
}

/// What has changed of that which is in force, as far as this transaction sees.
pub async fn stamp(tx: &mut Tx<'_>) -> Result<HeadStamp, StoreError> {
    let row = tx.query_one(STAMP, &[]).await?;
    Ok(HeadStamp { history: row.int("history")?, world: row.int("world")? })
}

/// What `stamp` asks, for whoever asks more at once.
pub fn asks_stamp() -> Ask {
    Ask::of(STAMP, &[])
}

/// What `in_force` and `next_change` ask, for whoever asks more at once.
pub fn asks_in_force(at: Instant) -> Vec<Ask> {
    vec![Ask::of(IN_FORCE, params![at]), Ask::of(NEXT_CHANGE, params![at])]
}

/// What `nearest` asks, for whoever asks more at once.
pub fn asks_nearest(kind: Kind, org: OrgId, at: Instant) -> Ask {
    Ask::of(NEAREST, params![kind.key(), org, at])
}

/// What `is_void` asks, for whoever asks more at once.
pub fn asks_void(item: ItemId, n: i64, at: Instant) -> Ask {
    Ask::of(IS_VOID, params![item, n, at])
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

/// What whoever issues holds until it is issued: the histories of these items, and that no release of any other comes
/// into force meanwhile at a moment which the document has behind it. Before everything that is asked beside it.
pub fn asks_held_heads(items: &[ItemId]) -> Vec<Ask> {
    let items: Vec<i64> = items.iter().map(|item| item.0).collect();
    let mut held = vec![Ask::lock_shared("config_stamp", "id", HISTORY)];
    if !items.is_empty() {
        held.insert(0, Ask::lock_all_shared("config_item", &items));
    }
    held
}

/// What whoever publishes or rolls back holds: its turn, its own item alone, and what it was checked against, in the order
/// of all locks. Before everything that is asked beside it.
pub fn asks_held_to_publish(own: ItemId, leaned: &[ItemId]) -> Vec<Ask> {
    let mut others: Vec<i64> = leaned.iter().map(|item| item.0).filter(|id| *id != own.0).collect();
    others.sort_unstable();
    others.dedup();
    let (before, after) = others.split_at(others.partition_point(|id| *id < own.0));
    let mut asks = vec![Ask::lock_row("config_turn", "id", TURN)];
    asks.extend((!before.is_empty()).then(|| Ask::lock_all_shared("config_item", before)));
    asks.push(Ask::lock_row("config_item", "id", own));
    asks.extend((!after.is_empty()).then(|| Ask::lock_all_shared("config_item", after)));
    asks
}

/// Waits until nobody is issuing, and lets nobody begin before this transaction ends: for the last steps of a release, so
/// that the moment which is read after this lies behind nobody who did not find the release.
pub async fn hold_history(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.lock_row("config_stamp", "id", HISTORY).await
}

/// Whether revision `n` of `item` is withdrawn (作废) at `at`.
pub async fn is_void(tx: &mut Tx<'_>, item: ItemId, n: i64, at: Instant) -> Result<bool, StoreError> {
    Ok(tx.query_one(IS_VOID, params![item, n, at]).await?.int("voids")? > 0)
}

/// `None` for an item of which nothing is in force, and for one of a kind that this program does not know.
fn read_in_force(row: &Row) -> Result<Option<InForce>, StoreError> {
    let Some(n) = row.opt_int("n")? else { return Ok(None) };
    let Some(kind) = Kind::from_key(&row.text("kind")?) else { return Ok(None) };
    Ok(Some(InForce {
        item: ItemId(row.int("id")?),
        kind,
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
