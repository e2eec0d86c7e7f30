//! Config items and the line of their revisions.

use domain::access::{Reach, Right};
use domain::base::{Instant, ItemId, OrgId, PersonId, ReleaseId};
use domain::config::{Counts, History, Kind, RevisionFacts};

use super::heads::kind_of;
use super::sight::{Sight, item_seen};
use crate::{Ask, Row, StoreError, Tx, params};

/// A config item: one thing that people change, with its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub kind: Kind,
    pub scope: OrgId,
    pub scope_name: String,
    /// Path of the scope in the organisation tree.
    pub scope_path: String,
    pub name: String,
    /// Whether every company has it; the others were made by people.
    pub shipped: bool,
}

/// A person as records name one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRef {
    pub id: PersonId,
    pub name: String,
}

/// A 作废 mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidMark {
    pub reason: String,
    pub by: PersonRef,
    pub at: Instant,
    /// At once, or when the release that replaces it comes into force.
    pub from: Instant,
}

/// One revision with the release that brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionRow {
    pub n: i64,
    pub hash: String,
    pub release: ReleaseId,
    pub effective_at: Instant,
    pub cancelled: bool,
    pub author: PersonRef,
    pub confirmed_by: Option<PersonRef>,
    pub note: String,
    pub restores_n: Option<i64>,
    pub void: Option<VoidMark>,
    pub counts: Counts,
    pub row_count: i64,
    pub created_at: Instant,
}

/// The key of the items that every company has.
pub const SHIPPED_KEY: &str = "standard";

const COUNT: &str = "SELECT COUNT(*) AS items FROM config_item WHERE kind = $1 AND scope_org = $2";
const NAMED: &str = "
    SELECT COUNT(*) AS items FROM config_item WHERE kind = $1 AND name = $2 AND archived = 0 AND id <> $3";
const RENAME: &str = "UPDATE config_item SET name = $2 WHERE id = $1 AND archived = 0";
const RETIRE: &str = "UPDATE config_item SET archived = 1 WHERE id = $1 AND archived = 0";
const KEEPERS: &str = "
    SELECT DISTINCT p.id, p.name
    FROM person p
    JOIN person_role h ON h.person_id = p.id
    JOIN role_right g ON g.role_id = h.role_id
    WHERE p.active = 1 AND g.right_key = $1 AND g.reach = $2
    ORDER BY p.id LIMIT $3";
/// So many of those who keep the configuration of head office are named.
const KEEPERS_MAX: i64 = 3;
const INSERT: &str = "
    INSERT INTO config_item (kind, scope_org, item_key, name, head_n, archived, created_at)
    VALUES ($1, $2, $3, $4, 0, 0, $5) RETURNING id";
const AT: &str = "
    SELECT id FROM config_item WHERE kind = $1 AND scope_org = $2 AND item_key = $3 AND archived = 0";
const ONE: &str = "
    SELECT i.id, i.kind, i.scope_org, o.name AS scope_name, o.path AS scope_path, i.name, i.item_key
    FROM config_item i JOIN org_unit o ON o.id = i.scope_org
    WHERE i.id = $1 AND i.archived = 0";
const ALL: &str = concat!(
    "
    SELECT i.id, i.kind, i.scope_org, o.name AS scope_name, o.path AS scope_path, i.name, i.item_key
    FROM config_item i JOIN org_unit o ON o.id = i.scope_org
    WHERE i.archived = 0 AND ",
    item_seen!("$1", "$2", "$3"),
    "
    ORDER BY i.id"
);
const OF_KIND: &str = "SELECT id FROM config_item WHERE kind = $1 AND archived = 0 ORDER BY id";
const HISTORY: &str = "
    SELECT v.n, x.release_id, r.effective_at, r.state, d.from_at
    FROM config_rev v
    JOIN release_item x ON x.item_id = v.item_id AND x.rev_n = v.n
    JOIN release r ON r.id = x.release_id
    LEFT JOIN config_void d ON d.item_id = v.item_id AND d.n = v.n
    WHERE v.item_id = $1 ORDER BY v.n";
const REVISIONS: &str = "
    SELECT v.n, v.hash, v.note, v.restores_n, v.added, v.changed, v.removed, v.row_count, v.created_at,
        x.release_id, r.effective_at, r.state, v.author, a.name AS author_name,
        r.confirmed_by, c.name AS confirmed_name,
        d.reason AS void_reason, d.voided_by, w.name AS voided_name, d.voided_at, d.from_at
    FROM config_rev v
    JOIN release_item x ON x.item_id = v.item_id AND x.rev_n = v.n
    JOIN release r ON r.id = x.release_id
    JOIN person a ON a.id = v.author
    LEFT JOIN person c ON c.id = r.confirmed_by
    LEFT JOIN config_void d ON d.item_id = v.item_id AND d.n = v.n
    LEFT JOIN person w ON w.id = d.voided_by
    WHERE v.item_id = $1 AND v.n < $2 ORDER BY v.n DESC LIMIT $3";
const VOID: &str = "
    INSERT INTO config_void (item_id, n, reason, voided_by, voided_at, from_at, release_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Makes an item without any revision.
pub async fn insert_item(
    tx: &mut Tx<'_>,
    kind: Kind,
    scope: OrgId,
    key: &str,
    name: &str,
    now: Instant,
) -> Result<ItemId, StoreError> {
    Ok(ItemId(tx.insert(INSERT, params![kind.key(), scope, key, name, now]).await?))
}

/// How many items of the kind the scope has had, archived ones too.
pub async fn items_had(tx: &mut Tx<'_>, kind: Kind, scope: OrgId) -> Result<i64, StoreError> {
    tx.query_one(COUNT, params![kind.key(), scope]).await?.int("items")
}

/// Whether an item of the kind, other than `except`, is called so.
pub async fn item_named(
    tx: &mut Tx<'_>,
    kind: Kind,
    name: &str,
    except: Option<ItemId>,
) -> Result<bool, StoreError> {
    let except = except.map_or(0, |item| item.0);
    Ok(tx.query_one(NAMED, params![kind.key(), name, except]).await?.int("items")? > 0)
}

/// Gives the item another name.
pub async fn rename_item(tx: &mut Tx<'_>, id: ItemId, name: &str) -> Result<(), StoreError> {
    tx.exec(RENAME, params![id, name]).await?;
    Ok(())
}

/// Takes the item out of use; its history stays.
pub async fn retire_item(tx: &mut Tx<'_>, id: ItemId) -> Result<(), StoreError> {
    tx.exec(RETIRE, params![id]).await?;
    Ok(())
}

/// Names of some who may change the configuration of head office.
pub async fn keepers(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    let values = params![Right::ConfigEdit.key(), Reach::All.key(), KEEPERS_MAX];
    tx.query(KEEPERS, values).await?.iter().map(|row| row.text("name")).collect()
}

/// The item of a kind that stands at this organisation under this key.
pub async fn item_at(
    tx: &mut Tx<'_>,
    kind: Kind,
    scope: OrgId,
    key: &str,
) -> Result<Option<ItemId>, StoreError> {
    let row = tx.query_opt(AT, params![kind.key(), scope, key]).await?;
    row.map(|row| Ok(ItemId(row.int("id")?))).transpose()
}

/// The item, unless it is archived.
pub async fn item(tx: &mut Tx<'_>, id: ItemId) -> Result<Option<Item>, StoreError> {
    tx.query_opt(ONE, params![id]).await?.as_ref().map(item_of).transpose()
}

/// What `item` asks, for whoever asks more at once.
pub fn asks_item(id: ItemId) -> Ask {
    Ask::of(ONE, params![id])
}

/// All items in sight that are not archived, by id.
pub async fn items(tx: &mut Tx<'_>, sight: &Sight) -> Result<Vec<Item>, StoreError> {
    tx.query(ALL, params![&sight.like, &sight.path, sight.kinds_text()]).await?.iter().map(item_of).collect()
}

/// The items of one kind that are not archived, whoever sees them, by id.
pub async fn items_of_kind(tx: &mut Tx<'_>, kind: Kind) -> Result<Vec<ItemId>, StoreError> {
    let rows = tx.query(OF_KIND, params![kind.key()]).await?;
    rows.iter().map(|row| Ok(ItemId(row.int("id")?))).collect()
}

/// The line of the item's revisions, as the rules read it.
pub async fn history(tx: &mut Tx<'_>, item: ItemId) -> Result<History, StoreError> {
    let rows = tx.query(HISTORY, params![item]).await?;
    let revision = |row: &Row| {
        Ok(RevisionFacts {
            n: row.int("n")?,
            release: ReleaseId(row.int("release_id")?),
            effective_at: Instant(row.int("effective_at")?),
            cancelled: row.text("state")? == "cancelled",
            void_from: row.opt_int("from_at")?.map(Instant),
        })
    };
    Ok(History::new(rows.iter().map(revision).collect::<Result<_, StoreError>>()?))
}

/// Revisions before number `before`, newest first.
pub async fn revisions(
    tx: &mut Tx<'_>,
    item: ItemId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<RevisionRow>, StoreError> {
    let values = params![item, before.unwrap_or(i64::MAX), limit];
    tx.query(REVISIONS, values).await?.iter().map(revision_of).collect()
}

/// One revision, cancelled or not.
pub async fn revision(tx: &mut Tx<'_>, item: ItemId, n: i64) -> Result<Option<RevisionRow>, StoreError> {
    let newest = revisions(tx, item, Some(n.saturating_add(1)), 1).await?;
    Ok(newest.into_iter().find(|revision| revision.n == n))
}

/// Marks revision `n` as withdrawn from `from` on; with `release` the mark goes when that release is cancelled.
pub async fn insert_void(
    tx: &mut Tx<'_>,
    (item, n): (ItemId, i64),
    reason: &str,
    by: PersonId,
    (at, from): (Instant, Instant),
    release: Option<ReleaseId>,
) -> Result<(), StoreError> {
    tx.exec(VOID, params![item, n, reason, by, at, from, release]).await?;
    Ok(())
}

fn item_of(row: &Row) -> Result<Item, StoreError> {
    Ok(Item {
        id: ItemId(row.int("id")?),
        kind: kind_of(row)?,
        scope: OrgId(row.int("scope_org")?),
        scope_name: row.text("scope_name")?,
        scope_path: row.text("scope_path")?,
        name: row.text("name")?,
        shipped: row.text("item_key")? == SHIPPED_KEY,
    })
}

fn revision_of(row: &Row) -> Result<RevisionRow, StoreError> {
    let void = match row.opt_text("void_reason")? {
        None => None,
        Some(reason) => Some(VoidMark {
            reason,
            by: person_of(row, "voided_by", "voided_name")?,
            at: Instant(row.int("voided_at")?),
            from: Instant(row.int("from_at")?),
        }),
    };
    Ok(RevisionRow {
        n: row.int("n")?,
        hash: row.text("hash")?,
        release: ReleaseId(row.int("release_id")?),
        effective_at: Instant(row.int("effective_at")?),
        cancelled: row.text("state")? == "cancelled",
        author: person_of(row, "author", "author_name")?,
        confirmed_by: opt_person_of(row, "confirmed_by", "confirmed_name")?,
        note: row.text("note")?,
        restores_n: row.opt_int("restores_n")?,
        void,
        counts: counts_of(row)?,
        row_count: row.int("row_count")?,
        created_at: Instant(row.int("created_at")?),
    })
}

/// The columns `added`, `changed`, `removed`.
pub(super) fn counts_of(row: &Row) -> Result<Counts, StoreError> {
    Ok(Counts { added: row.int("added")?, changed: row.int("changed")?, removed: row.int("removed")? })
}

/// A person by the columns of id and name.
pub(super) fn person_of(row: &Row, id: &str, name: &str) -> Result<PersonRef, StoreError> {
    Ok(PersonRef { id: PersonId(row.int(id)?), name: row.text(name)? })
}

/// As `person_of`, for a column that may be null.
pub(super) fn opt_person_of(row: &Row, id: &str, name: &str) -> Result<Option<PersonRef>, StoreError> {
    if row.opt_int(id)?.is_none() { Ok(None) } else { person_of(row, id, name).map(Some) }
}
