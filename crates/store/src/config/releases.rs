//! Releases: revisions that come into force together at one moment.

use domain::base::{Instant, ItemId, OrgId, PersonId, ReleaseId};
use domain::config::{Counts, Kind, RevisionState};

use super::heads::{kind_of, newest_in_force};
use super::items::{PersonRef, opt_person_of, person_of};
use super::sight::{Sight, kind_seen, scope_seen};
use crate::{Row, StoreError, Tx, numbers, params};

/// A revision on its way into the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevision {
    pub item: ItemId,
    pub n: i64,
    pub parent_n: i64,
    pub hash: String,
    pub author: PersonId,
    pub note: String,
    pub restores_n: Option<i64>,
    pub row_count: i64,
    pub counts: Counts,
}

/// The release that brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRelease {
    pub scope: OrgId,
    pub effective_at: Instant,
    pub author: PersonId,
    pub published_by: PersonId,
    pub confirmed_by: Option<PersonId>,
    pub note: String,
}

/// A release with its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    pub id: ReleaseId,
    pub n: i64,
    pub scope: OrgId,
    pub scope_name: String,
    pub scope_path: String,
    pub state: RevisionState,
    pub effective_at: Instant,
    pub published_at: Instant,
    pub author: PersonRef,
    pub confirmed_by: Option<PersonRef>,
    pub note: String,
    pub items: Vec<ReleaseItem>,
}

/// An item of a release and its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseItem {
    pub item: ItemId,
    pub kind: Kind,
    pub name: String,
    pub n: i64,
}

const INSERT_REVISION: &str = "
    INSERT INTO config_rev (item_id, n, parent_n, hash, author, note, restores_n, row_count, added, changed, removed,
        created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const SET_HEAD: &str = "UPDATE config_item SET head_n = $2 WHERE id = $1";
const INSERT_RELEASE: &str = "
    INSERT INTO release (scope_org, n, state, effective_at, published_at, author, published_by, confirmed_by, note)
    VALUES ($1, $2, 'published', $3, $4, $5, $6, $7, $8) RETURNING id";
const INSERT_RELEASE_ITEM: &str = "INSERT INTO release_item (release_id, item_id, rev_n) VALUES ($1, $2, $3)";
const CANCEL: &str = "
    UPDATE release SET state = 'cancelled', cancelled_at = $2, cancelled_by = $3, cancel_reason = $4 WHERE id = $1";
const DROP_PENDING_VOIDS: &str = "DELETE FROM config_void WHERE release_id = $1";
/// Releases with where they stand at `$1`.
const STANDING: &str = concat!(
    "
    SELECT r.id, r.n, r.scope_org, o.name AS scope_name, o.path AS scope_path, r.effective_at, r.published_at,
        r.author, a.name AS author_name, r.confirmed_by, c.name AS confirmed_name, r.note,
        CASE
            WHEN r.state = 'cancelled' THEN 'cancelled'
            WHEN r.effective_at > $1 THEN 'queued'
            WHEN EXISTS (
                SELECT 1 FROM release_item x WHERE x.release_id = r.id AND x.rev_n = ",
    newest_in_force!("fi.rev_n", "x.item_id", "$1"),
    ")
                THEN 'in_force'
            ELSE 'past'
        END AS standing
    FROM release r
    JOIN org_unit o ON o.id = r.scope_org
    JOIN person a ON a.id = r.author
    LEFT JOIN person c ON c.id = r.confirmed_by"
);
const ITEMS: &str = "
    SELECT x.item_id, i.kind, i.name, x.rev_n FROM release_item x JOIN config_item i ON i.id = x.item_id
    WHERE x.release_id = $1 ORDER BY x.item_id";

/// Adds the revision to its item's line; its rows are written by `publish_rows`.
pub async fn insert_revision(
    tx: &mut Tx<'_>,
    revision: &NewRevision,
    now: Instant,
) -> Result<(), StoreError> {
    let Counts { added, changed, removed } = revision.counts;
    let values = params![
        revision.item,
        revision.n,
        revision.parent_n,
        &revision.hash,
        revision.author,
        &revision.note,
        revision.restores_n,
        revision.row_count,
        added,
        changed,
        removed,
        now
    ];
    tx.exec(INSERT_REVISION, values).await?;
    set_head(tx, revision.item, revision.n).await
}

/// The newest revision of the item that is not cancelled.
pub async fn set_head(tx: &mut Tx<'_>, item: ItemId, n: i64) -> Result<(), StoreError> {
    tx.exec(SET_HEAD, params![item, n]).await?;
    Ok(())
}

/// Adds a release of one revision; its number in the scope is taken here, so heads must be locked before.
pub async fn insert_release(
    tx: &mut Tx<'_>,
    release: &NewRelease,
    (item, rev_n): (ItemId, i64),
    now: Instant,
) -> Result<ReleaseId, StoreError> {
    let n = numbers::take_next(tx, &format!("release/{}", release.scope.0)).await?;
    let NewRelease { scope, effective_at, author, published_by, confirmed_by, note } = release;
    let values = params![*scope, n, *effective_at, now, *author, *published_by, *confirmed_by, note];
    let id = ReleaseId(tx.insert(INSERT_RELEASE, values).await?);
    tx.exec(INSERT_RELEASE_ITEM, params![id, item, rev_n]).await?;
    Ok(id)
}

/// Takes a release out of the queue, with the 作废 marks that waited for it.
pub async fn cancel_release(
    tx: &mut Tx<'_>,
    release: ReleaseId,
    by: PersonId,
    reason: &str,
    now: Instant,
) -> Result<(), StoreError> {
    tx.exec(CANCEL, params![release, now, by, reason]).await?;
    tx.exec(DROP_PENDING_VOIDS, params![release]).await?;
    Ok(())
}

/// One release, as it stands at `at`.
pub async fn release(tx: &mut Tx<'_>, id: ReleaseId, at: Instant) -> Result<Option<Release>, StoreError> {
    let row = tx.query_opt(&format!("{STANDING} WHERE r.id = $2"), params![at, id]).await?;
    match row {
        Some(row) => release_of(tx, &row).await.map(Some),
        None => Ok(None),
    }
}

/// Releases in sight before `before`, newest first; of one state, or all.
pub async fn releases(
    tx: &mut Tx<'_>,
    sight: &Sight,
    state: Option<RevisionState>,
    before: Option<ReleaseId>,
    (at, limit): (Instant, u32),
) -> Result<Vec<Release>, StoreError> {
    let sql = format!(
        "SELECT * FROM ({STANDING}) s
         WHERE s.id < $2 AND ($3 = '' OR s.standing = $3) AND {scope}
           AND EXISTS (SELECT 1 FROM release_item z JOIN config_item i ON i.id = z.item_id
                       WHERE z.release_id = s.id AND {kind})
         ORDER BY s.id DESC LIMIT $7",
        scope = scope_seen!("s.scope_path", "$4", "$5"),
        kind = kind_seen!("i.kind", "$6"),
    );
    let before = before.map_or(i64::MAX, |before| before.0);
    let state = state.map_or("", RevisionState::key);
    let values = params![at, before, state, &sight.like, &sight.path, sight.kinds_text(), limit];
    let rows = tx.query(&sql, values).await?;
    let mut releases = Vec::with_capacity(rows.len());
    for row in &rows {
        releases.push(release_of(tx, row).await?);
    }
    Ok(releases)
}

async fn release_of(tx: &mut Tx<'_>, row: &Row) -> Result<Release, StoreError> {
    let id = ReleaseId(row.int("id")?);
    let standing = row.text("standing")?;
    let item = |row: &Row| {
        Ok(ReleaseItem {
            item: ItemId(row.int("item_id")?),
            kind: kind_of(row)?,
            name: row.text("name")?,
            n: row.int("rev_n")?,
        })
    };
    let items = tx.query(ITEMS, params![id]).await?.iter().map(item).collect::<Result<_, StoreError>>()?;
    Ok(Release {
        id,
        n: row.int("n")?,
        scope: OrgId(row.int("scope_org")?),
        scope_name: row.text("scope_name")?,
        scope_path: row.text("scope_path")?,
        state: RevisionState::from_key(&standing)
            .ok_or_else(|| StoreError::Decode(format!("no release state {standing}")))?,
        effective_at: Instant(row.int("effective_at")?),
        published_at: Instant(row.int("published_at")?),
        author: person_of(row, "author", "author_name")?,
        confirmed_by: opt_person_of(row, "confirmed_by", "confirmed_name")?,
        note: row.text("note")?,
        items,
    })
}
