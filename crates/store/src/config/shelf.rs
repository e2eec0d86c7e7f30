//! What people find on the workbench: every item in sight with what is in force and what waits, in a fixed number of
//! statements however many items there are.

use std::collections::HashMap;

use domain::base::{Instant, ItemId, ReleaseId};
use domain::pricing::LIST_ROW_KEY;

use super::heads::newest_in_force;
use super::items::{Item, PersonRef, item, items, person_of};
use super::sight::{Sight, item_seen};
use crate::{StoreError, Tx, Value, params};

/// An item, what is in force of it, and what waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnShelf {
    pub item: Item,
    pub in_force: Option<ShelfHead>,
    /// Revisions that have not come into force, the next one first.
    pub queued: Vec<ShelfQueued>,
    /// How many drafts are neither published nor discarded.
    pub open_drafts: i64,
    /// Of a price list: the row of the whole list in force; before the first is, that of its newest draft.
    pub list_row: Option<String>,
}

/// The revision in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfHead {
    pub n: i64,
    pub effective_at: Instant,
    pub author: PersonRef,
    pub note: String,
    pub row_count: i64,
}

/// A revision that waits for its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShelfQueued {
    pub n: i64,
    pub effective_at: Instant,
    pub release: ReleaseId,
}

/// Items in sight, or the one of them that is asked for: alias `i`, `o` of its scope.
macro_rules! asked {
    () => {
        concat!(
            "i.archived = 0 AND (CAST($4 AS BIGINT) = 0 OR i.id = CAST($4 AS BIGINT)) AND ",
            item_seen!("$1", "$2", "$3")
        )
    };
}

const IN_FORCE: &str = concat!(
    "
    WITH h AS MATERIALIZED (
        SELECT i.id, i.kind, ",
    newest_in_force!("fi.rev_n", "i.id", "$5"),
    " AS n
        FROM config_item i JOIN org_unit o ON o.id = i.scope_org
        WHERE ",
    asked!(),
    ")
    SELECT v.item_id, v.n, r.effective_at, v.author, a.name AS author_name, v.note, v.row_count, c.content
    FROM h
    JOIN config_rev v ON v.item_id = h.id AND v.n = h.n
    JOIN release_item x ON x.item_id = v.item_id AND x.rev_n = v.n
    JOIN release r ON r.id = x.release_id
    JOIN person a ON a.id = v.author
    LEFT JOIN config_row c ON h.kind = 'price_list' AND c.item_id = h.id AND c.row_key = $6
        AND c.rev_from <= h.n AND (c.rev_to IS NULL OR h.n < c.rev_to)"
);
const QUEUED: &str = concat!(
    "
    SELECT x.item_id, x.rev_n, r.effective_at, x.release_id
    FROM release r
    JOIN release_item x ON x.release_id = r.id
    JOIN config_item i ON i.id = x.item_id
    JOIN org_unit o ON o.id = i.scope_org
    WHERE r.state = 'published' AND r.effective_at > $5 AND ",
    asked!(),
    "
    ORDER BY x.item_id, x.rev_n"
);
const OPEN: &str = concat!(
    "
    SELECT d.item_id, COUNT(*) AS drafts
    FROM config_draft d
    JOIN config_item i ON i.id = d.item_id
    JOIN org_unit o ON o.id = i.scope_org
    WHERE d.state IN ('editing', 'submitted', 'confirmed') AND ",
    asked!(),
    "
    GROUP BY d.item_id ORDER BY d.item_id"
);
const DRAFTED: &str = concat!(
    "
    WITH newest AS MATERIALIZED (
        SELECT d.item_id, MAX(d.id) AS id
        FROM config_draft d
        JOIN config_item i ON i.id = d.item_id
        JOIN org_unit o ON o.id = i.scope_org
        WHERE i.kind = 'price_list' AND ",
    asked!(),
    "
        GROUP BY d.item_id)
    SELECT n.item_id, w.content
    FROM newest n JOIN config_draft_row w ON w.draft_id = n.id AND w.row_key = $5
    WHERE w.content IS NOT NULL ORDER BY n.item_id"
);

/// What is asked of every item: the values of `asked!`.
fn asked(sight: &Sight, one: Option<ItemId>) -> Vec<Value> {
    params![&sight.like, &sight.path, sight.kinds_text(), one.map_or(0, |one| one.0)].to_vec()
}

/// All items in sight that are not archived, by id, or the one of them that is asked for, as they stand at `at`.
pub async fn shelf(
    tx: &mut Tx<'_>,
    sight: &Sight,
    one: Option<ItemId>,
    at: Instant,
) -> Result<Vec<OnShelf>, StoreError> {
    let found = match one {
        Some(one) => item(tx, one).await?.into_iter().collect(),
        None => items(tx, sight).await?,
    };
    let values = asked(sight, one);
    let mut in_force = in_force(tx, &values, at).await?;
    let mut queued: HashMap<i64, Vec<ShelfQueued>> = HashMap::new();
    for row in tx.query(QUEUED, &with(&values, params![at])).await? {
        queued.entry(row.int("item_id")?).or_default().push(ShelfQueued {
            n: row.int("rev_n")?,
            effective_at: Instant(row.int("effective_at")?),
            release: ReleaseId(row.int("release_id")?),
        });
    }
    let mut open: HashMap<i64, i64> = HashMap::new();
    for row in tx.query(OPEN, &values).await? {
        open.insert(row.int("item_id")?, row.int("drafts")?);
    }
    let mut drafted: HashMap<i64, String> = HashMap::new();
    for row in tx.query(DRAFTED, &with(&values, params![LIST_ROW_KEY])).await? {
        drafted.insert(row.int("item_id")?, row.text("content")?);
    }
    let on_shelf = |item: Item| {
        let id = item.id.0;
        let (in_force, list_row) = match in_force.remove(&id) {
            Some((head, list_row)) => (Some(head), list_row),
            None => (None, drafted.remove(&id)),
        };
        let open_drafts = open.get(&id).copied().unwrap_or(0);
        OnShelf { item, in_force, queued: queued.remove(&id).unwrap_or_default(), open_drafts, list_row }
    };
    Ok(found.into_iter().map(on_shelf).collect())
}

/// By item: what is in force, and of a price list the row of the whole list.
async fn in_force(
    tx: &mut Tx<'_>,
    values: &[Value],
    at: Instant,
) -> Result<HashMap<i64, (ShelfHead, Option<String>)>, StoreError> {
    let mut found = HashMap::new();
    for row in tx.query(IN_FORCE, &with(values, params![at, LIST_ROW_KEY])).await? {
        let head = ShelfHead {
            n: row.int("n")?,
            effective_at: Instant(row.int("effective_at")?),
            author: person_of(&row, "author", "author_name")?,
            note: row.text("note")?,
            row_count: row.int("row_count")?,
        };
        found.insert(row.int("item_id")?, (head, row.opt_text("content")?));
    }
    Ok(found)
}

fn with(values: &[Value], more: &[Value]) -> Vec<Value> {
    [values, more].concat()
}
