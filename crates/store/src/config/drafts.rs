//! Drafts and what they change: a delta by key on top of the revision that they were made on.

use std::collections::BTreeMap;

use domain::base::{DraftId, Instant, ItemId, OrgId, PersonId, ProductId};
use domain::config::{Counts, Delta, DraftState, Kind};

use super::heads::kind_of;
use super::items::{PersonRef, counts_of, opt_person_of, person_of};
use super::rows::{KEYS_AT_ONCE, RowPage, key_places, with_keys};
use super::sight::{Sight, item_seen};
use crate::{Row, StoreError, Tx, Value, params};

/// A draft without its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    pub item: ItemId,
    pub kind: Kind,
    pub item_name: String,
    pub scope: OrgId,
    pub scope_path: String,
    /// The newest revision when the draft was made or last brought up to date; 0 for none.
    pub base_n: i64,
    /// The newest revision now; 0 for none.
    pub head_n: i64,
    pub title: String,
    pub note: String,
    pub author: PersonRef,
    pub state: DraftState,
    pub effective_at: Option<Instant>,
    pub restores_n: Option<i64>,
    pub voids_n: Option<i64>,
    pub returned: Option<Returned>,
    pub confirmed_by: Option<PersonRef>,
    pub published_n: Option<i64>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// That a draft was given back to its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    pub reason: String,
    pub by: PersonRef,
    pub at: Instant,
}

/// Which drafts are asked for, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftFilter {
    /// Empty: all states.
    pub states: Vec<DraftState>,
    pub item: Option<ItemId>,
    pub before: Option<DraftId>,
}

/// One row of a draft as it is kept: `None` takes the row away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeltaRow {
    pub key: String,
    pub about: Option<ProductId>,
    pub content: Option<String>,
}

/// A row of a draft beside the base's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    pub key: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

const COLUMNS: &str = "
    SELECT d.id, d.item_id, i.kind, i.name AS item_name, i.scope_org, o.path AS scope_path, d.base_n, i.head_n, d.title, d.note,
        d.author, a.name AS author_name, d.state, d.effective_at, d.restores_n, d.voids_n,
        d.returned_reason, d.returned_by, b.name AS returned_name, d.returned_at,
        d.confirmed_by, c.name AS confirmed_name, d.published_n, d.version, d.created_at, d.updated_at
    FROM config_draft d
    JOIN config_item i ON i.id = d.item_id
    JOIN org_unit o ON o.id = i.scope_org
    JOIN person a ON a.id = d.author
    LEFT JOIN person b ON b.id = d.returned_by
    LEFT JOIN person c ON c.id = d.confirmed_by";
const INSERT: &str = "
    INSERT INTO config_draft (item_id, base_n, title, note, author, state, restores_n, version, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, 'editing', $6, 1, $7, $7) RETURNING id";
const SAVE: &str = "
    UPDATE config_draft SET base_n = $2, title = $3, note = $4, state = $5, effective_at = $6, restores_n = $7,
        voids_n = $8, returned_reason = $9, returned_by = $10, returned_at = $11, confirmed_by = $12,
        published_n = $13, version = version + 1, updated_at = $14
    WHERE id = $1";
const OPEN_COUNT: &str = "
    SELECT COUNT(*) AS drafts FROM config_draft
    WHERE item_id = $1 AND state IN ('editing', 'submitted', 'confirmed')";
const PUT_ROW: &str = "
    INSERT INTO config_draft_row (draft_id, row_key, about, content) VALUES ($1, $2, $3, $4)
    ON CONFLICT (draft_id, row_key) DO UPDATE SET about = excluded.about, content = excluded.content";
const DROP_ALL: &str = "DELETE FROM config_draft_row WHERE draft_id = $1";
/// What a draft has as its base has it is no change.
const TRIM_SAME: &str = "
    DELETE FROM config_draft_row WHERE draft_id = $1 AND EXISTS (
        SELECT 1 FROM config_row r JOIN config_draft h ON h.id = $1
        WHERE r.item_id = h.item_id AND r.row_key = config_draft_row.row_key AND r.content = config_draft_row.content
          AND r.rev_from <= h.base_n AND (r.rev_to IS NULL OR h.base_n < r.rev_to))";
const DELTA_ROWS: &str = "SELECT COUNT(*) AS changed FROM config_draft_row WHERE draft_id = $1";
/// Nor is it one to take away what the base does not have.
const TRIM_GONE: &str = "
    DELETE FROM config_draft_row WHERE draft_id = $1 AND content IS NULL AND NOT EXISTS (
        SELECT 1 FROM config_row r JOIN config_draft h ON h.id = $1
        WHERE r.item_id = h.item_id AND r.row_key = config_draft_row.row_key
          AND r.rev_from <= h.base_n AND (r.rev_to IS NULL OR h.base_n < r.rev_to))";
const DELTA: &str =
    "SELECT row_key, about, content FROM config_draft_row WHERE draft_id = $1 ORDER BY row_key";
/// A draft's rows beside those of its base.
const BESIDE: &str = "
    FROM config_draft_row d
    JOIN config_draft h ON h.id = d.draft_id
    LEFT JOIN config_row r ON r.item_id = h.item_id AND r.row_key = d.row_key
        AND r.rev_from <= h.base_n AND (r.rev_to IS NULL OR h.base_n < r.rev_to)
    WHERE d.draft_id = $1";
const HOLDS: &str = r"
    ($2 = '%' OR LOWER(d.row_key) LIKE $2 ESCAPE '\' OR d.about IN (
        SELECT p.id FROM product p WHERE p.search LIKE $2 ESCAPE '\'))";

/// Makes a draft on revision `base_n`.
pub async fn insert_draft(
    tx: &mut Tx<'_>,
    (item, base_n): (ItemId, i64),
    (title, note): (&str, &str),
    author: PersonId,
    restores_n: Option<i64>,
    now: Instant,
) -> Result<DraftId, StoreError> {
    let values = params![item, base_n, title, note, author, restores_n, now];
    Ok(DraftId(tx.insert(INSERT, values).await?))
}

/// The draft, in whatever state.
pub async fn draft(tx: &mut Tx<'_>, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let sql = format!("{COLUMNS} WHERE d.id = $1");
    tx.query_opt(&sql, params![id]).await?.as_ref().map(draft_of).transpose()
}

/// Drafts in sight, newest first.
pub async fn drafts(
    tx: &mut Tx<'_>,
    sight: &Sight,
    filter: &DraftFilter,
    limit: u32,
) -> Result<Vec<Draft>, StoreError> {
    let has = |state: DraftState| filter.states.is_empty() || filter.states.contains(&state);
    let sql = format!(
        "{COLUMNS} WHERE ($1 = 0 OR d.item_id = $2) AND d.id < $3
           AND ((d.state = 'editing' AND $4 = 1) OR (d.state = 'submitted' AND $5 = 1)
             OR (d.state = 'confirmed' AND $6 = 1) OR (d.state = 'published' AND $7 = 1)
             OR (d.state = 'discarded' AND $8 = 1))
           AND {seen}
         ORDER BY d.id DESC LIMIT $12",
        seen = item_seen!("$9", "$10", "$11"),
    );
    let item = filter.item.map_or(0, |item| item.0);
    let before = filter.before.map_or(i64::MAX, |before| before.0);
    let values = params![
        filter.item.is_some(),
        item,
        before,
        has(DraftState::Editing),
        has(DraftState::Submitted),
        has(DraftState::Confirmed),
        has(DraftState::Published),
        has(DraftState::Discarded),
        &sight.like,
        &sight.path,
        sight.kinds_text(),
        limit
    ];
    tx.query(&sql, values).await?.iter().map(draft_of).collect()
}

/// How many drafts of the item are neither published nor discarded.
pub async fn open_drafts(tx: &mut Tx<'_>, item: ItemId) -> Result<i64, StoreError> {
    tx.query_one(OPEN_COUNT, params![item]).await?.int("drafts")
}

/// Writes everything of the draft that may change, as its next version.
pub async fn save_draft(tx: &mut Tx<'_>, draft: &Draft, now: Instant) -> Result<(), StoreError> {
    let returned = draft.returned.as_ref();
    let values = params![
        draft.id,
        draft.base_n,
        &draft.title,
        &draft.note,
        draft.state.key(),
        draft.effective_at,
        draft.restores_n,
        draft.voids_n,
        returned.map(|returned| returned.reason.as_str()),
        returned.map(|returned| returned.by.id),
        returned.map(|returned| returned.at),
        draft.confirmed_by.as_ref().map(|person| person.id),
        draft.published_n,
        now
    ];
    tx.exec(SAVE, values).await?;
    Ok(())
}

/// Puts these rows over what the draft had under their keys, and keeps only what differs from the base.
pub async fn put_delta(tx: &mut Tx<'_>, draft: DraftId, rows: &[DeltaRow]) -> Result<(), StoreError> {
    let values = |row: &DeltaRow| params![draft, &row.key, row.about, row.content.as_deref()].to_vec();
    // Of two under one key the last counts.
    let apart: BTreeMap<&str, &DeltaRow> = rows.iter().map(|row| (row.key.as_str(), row)).collect();
    let sets: Vec<Vec<Value>> = apart.into_values().map(values).collect();
    if sets.is_empty() {
        return Ok(());
    }
    tx.exec_many_apart(PUT_ROW, &sets).await?;
    let keys: Vec<&String> = rows.iter().map(|row| &row.key).collect();
    for trim in [TRIM_SAME, TRIM_GONE] {
        if keys.len() > KEYS_AT_ONCE {
            tx.exec(trim, params![draft]).await?;
        } else {
            // Only these can have become what the base has: a saved cell costs the same in a long draft.
            let sql = format!("{trim} AND row_key IN ({})", key_places(2));
            tx.exec(&sql, &with_keys(params![draft], &keys)).await?;
        }
    }
    Ok(())
}

/// The draft changes these rows and no others.
pub async fn replace_delta(tx: &mut Tx<'_>, draft: DraftId, rows: &[DeltaRow]) -> Result<(), StoreError> {
    tx.exec(DROP_ALL, params![draft]).await?;
    put_delta(tx, draft, rows).await
}

/// All that the draft changes, by key.
pub async fn delta(tx: &mut Tx<'_>, draft: DraftId) -> Result<Vec<DeltaRow>, StoreError> {
    let row = |row: &Row| {
        Ok(DeltaRow {
            key: row.text("row_key")?,
            about: row.opt_int("about")?.map(ProductId),
            content: row.opt_text("content")?,
        })
    };
    tx.query(DELTA, params![draft]).await?.iter().map(row).collect()
}

/// Those of these keys that the draft changes.
pub async fn delta_at_keys(tx: &mut Tx<'_>, draft: DraftId, keys: &[String]) -> Result<Delta, StoreError> {
    let mut found = Delta::new();
    for keys in keys.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "SELECT row_key, content FROM config_draft_row WHERE draft_id = $1 AND row_key IN ({})",
            key_places(2)
        );
        for row in tx.query(&sql, &with_keys(params![draft], keys)).await? {
            found.insert(row.text("row_key")?, row.opt_text("content")?);
        }
    }
    Ok(found)
}

/// How many rows the draft adds, changes and removes together.
pub async fn delta_rows(tx: &mut Tx<'_>, draft: DraftId) -> Result<i64, StoreError> {
    tx.query_one(DELTA_ROWS, params![draft]).await?.int("changed")
}

/// How many rows the draft adds, changes and removes.
pub async fn delta_counts(tx: &mut Tx<'_>, draft: DraftId) -> Result<Counts, StoreError> {
    let sql = format!(
        "SELECT COUNT(CASE WHEN r.row_key IS NULL AND d.content IS NOT NULL THEN 1 END) AS added,
            COUNT(CASE WHEN r.row_key IS NOT NULL AND d.content IS NOT NULL THEN 1 END) AS changed,
            COUNT(CASE WHEN r.row_key IS NOT NULL AND d.content IS NULL THEN 1 END) AS removed
         {BESIDE}"
    );
    counts_of(&tx.query_one(&sql, params![draft]).await?)
}

/// A page of the rows that the draft changes, each beside the base's, by key.
pub async fn changed_rows_page(
    tx: &mut Tx<'_>,
    draft: DraftId,
    page: &RowPage,
) -> Result<Vec<DraftRow>, StoreError> {
    let sql = format!(
        "SELECT d.row_key, d.content AS after, r.content AS before {BESIDE} AND {HOLDS}
           AND ($3 = 0 OR d.row_key > $4) ORDER BY d.row_key LIMIT $5"
    );
    let after = page.after.clone().unwrap_or_default();
    let values = params![draft, &page.pattern, page.after.is_some(), after, page.limit];
    let row = |row: &Row| {
        Ok(DraftRow {
            key: row.text("row_key")?,
            before: row.opt_text("before")?,
            after: row.opt_text("after")?,
        })
    };
    tx.query(&sql, values).await?.iter().map(row).collect()
}

/// How many changed rows hold the pattern, and how many of them the base does not have.
pub async fn changed_rows_count(
    tx: &mut Tx<'_>,
    draft: DraftId,
    pattern: &str,
) -> Result<(i64, i64), StoreError> {
    let sql = format!(
        "SELECT COUNT(*) AS total, COUNT(CASE WHEN r.row_key IS NULL THEN 1 END) AS added {BESIDE} AND {HOLDS}"
    );
    let row = tx.query_one(&sql, params![draft, pattern]).await?;
    Ok((row.int("total")?, row.int("added")?))
}

fn draft_of(row: &Row) -> Result<Draft, StoreError> {
    let state = row.text("state")?;
    let returned = match row.opt_text("returned_reason")? {
        None => None,
        Some(reason) => Some(Returned {
            reason,
            by: person_of(row, "returned_by", "returned_name")?,
            at: Instant(row.int("returned_at")?),
        }),
    };
    Ok(Draft {
        id: DraftId(row.int("id")?),
        item: ItemId(row.int("item_id")?),
        kind: kind_of(row)?,
        item_name: row.text("item_name")?,
        scope: OrgId(row.int("scope_org")?),
        scope_path: row.text("scope_path")?,
        base_n: row.int("base_n")?,
        head_n: row.int("head_n")?,
        title: row.text("title")?,
        note: row.text("note")?,
        author: person_of(row, "author", "author_name")?,
        state: DraftState::from_key(&state)
            .ok_or_else(|| StoreError::Decode(format!("no draft state {state}")))?,
        effective_at: row.opt_int("effective_at")?.map(Instant),
        restores_n: row.opt_int("restores_n")?,
        voids_n: row.opt_int("voids_n")?,
        returned,
        confirmed_by: opt_person_of(row, "confirmed_by", "confirmed_name")?,
        published_n: row.opt_int("published_n")?,
        version: row.int("version")?,
        created_at: Instant(row.int("created_at")?),
        updated_at: Instant(row.int("updated_at")?),
    })
}
