//! Lists of one's own (常用清单): each belongs to a person and may be shared with an org unit.

use domain::base::{Instant, OrgId, PersonId, ProductId, Qty, QuoteSetId};
use domain::quotes::{NO_PRODUCT, SetLine};

use super::drafts::{json_text, of_json};
use crate::{Row, StoreError, Tx, Value, params};

/// A list without its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetHead {
    pub id: QuoteSetId,
    pub owner: (PersonId, String),
    pub name: String,
    /// For how many 0.001 ㎡ it is.
    pub area: Option<Qty>,
    /// Whose people may use it besides the owner.
    pub shared: Option<SharedWith>,
    pub line_count: i64,
    pub first_product: Option<String>,
    pub version: i64,
    pub deleted: bool,
    pub updated_at: Instant,
}

/// An org unit whose people may use a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedWith {
    pub org: OrgId,
    pub name: String,
    pub path: String,
}

/// What is written of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetFields {
    pub name: String,
    pub area: Option<Qty>,
    pub shared: Option<OrgId>,
}

/// The lines of a list, and what it is told by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetContent {
    pub lines: Vec<SetLine>,
    pub first_product: Option<String>,
}

/// So many shared lists of others are told.
const SHARED_MAX: i64 = 500;

macro_rules! sets {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.owner_id, p.name AS owner_name, t.name, t.area, t.shared_org_id, o.name AS org_name,
        o.path AS org_path, t.line_count, t.first_product, t.version, t.deleted_at, t.updated_at
    FROM quote_set t
    JOIN person p ON p.id = t.owner_id
    LEFT JOIN org_unit o ON o.id = t.shared_org_id ",
            $rest
        )
    };
}

const HEAD: &str = sets!("WHERE t.id = $1");
const OWN: &str = sets!("WHERE t.owner_id = $1 AND t.deleted_at IS NULL ORDER BY t.ord, t.id LIMIT $2");
/// `$2` the reader's node, `$3` the pattern of what else they see.
const SHARED: &str = sets!(
    "WHERE t.owner_id <> $1 AND t.deleted_at IS NULL AND ($2 LIKE o.path || '%' OR o.path LIKE $3)
    ORDER BY t.name, t.id LIMIT $4"
);
const LINES: &str =
    "SELECT product_id, qty, unit, note, extra FROM quote_set_line WHERE set_id = $1 ORDER BY ord";
const INSERT: &str = "
    INSERT INTO quote_set (owner_id, name, area, shared_org_id, ord, line_count, first_product, version, updated_at)
    VALUES ($1, $2, $3, $4, (SELECT COALESCE(MIN(ord), 0) - 1 FROM quote_set WHERE owner_id = $1), $5, $6, 1, $7)
    RETURNING id";
const INSERT_LINE: &str = "
    INSERT INTO quote_set_line (set_id, ord, product_id, qty, unit, note, extra)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const SAVE: &str = "
    UPDATE quote_set SET name = $3, area = $4, shared_org_id = $5, updated_at = $6, version = version + 1
    WHERE id = $1 AND version = $2 AND deleted_at IS NULL";
const TOLD_BY: &str = "UPDATE quote_set SET line_count = $2, first_product = $3 WHERE id = $1";
const FORGET_LINES: &str = "DELETE FROM quote_set_line WHERE set_id = $1";
const MARK: &str = "
    UPDATE quote_set SET deleted_at = $2, updated_at = $3, version = version + 1
    WHERE id = $1 AND (deleted_at IS NULL) <> (CAST($2 AS BIGINT) IS NULL)";
const PLACE: &str = "UPDATE quote_set SET ord = $3 WHERE id = $1 AND owner_id = $2";
const OLD_LINES: &str = "
    DELETE FROM quote_set_line WHERE set_id IN (SELECT id FROM quote_set WHERE owner_id = $1 AND deleted_at < $2)";
const OLD: &str = "DELETE FROM quote_set WHERE owner_id = $1 AND deleted_at < $2";
const HOME: &str = "
    SELECT id FROM org_unit WHERE $1 LIKE path || '%' AND (kind = 'region' OR path = $1)
    ORDER BY CASE WHEN kind = 'region' THEN 0 ELSE 1 END, LENGTH(path) DESC, id LIMIT 1";

/// The list of that number, deleted or not.
pub async fn set_head(tx: &mut Tx<'_>, id: QuoteSetId) -> Result<Option<SetHead>, StoreError> {
    tx.query_opt(HEAD, params![id]).await?.as_ref().map(head_of).transpose()
}

/// A person's own lists in their order.
pub async fn own_sets(tx: &mut Tx<'_>, owner: PersonId) -> Result<Vec<SetHead>, StoreError> {
    let most = i64::try_from(domain::quotes::SETS_MAX).unwrap_or(i64::MAX);
    tx.query(OWN, params![owner, most]).await?.iter().map(head_of).collect()
}

/// The lists of others that are shared with the node at `org_path` or lie within the pattern `reach`, by name.
pub async fn shared_sets(
    tx: &mut Tx<'_>,
    reader: PersonId,
    org_path: &str,
    reach: &str,
) -> Result<Vec<SetHead>, StoreError> {
    tx.query(SHARED, params![reader, org_path, reach, SHARED_MAX]).await?.iter().map(head_of).collect()
}

/// The lines of a list in their order.
pub async fn set_lines(tx: &mut Tx<'_>, id: QuoteSetId) -> Result<Vec<SetLine>, StoreError> {
    tx.query(LINES, params![id]).await?.iter().map(line_of).collect()
}

/// The org unit with which people of the node at `org_path` share: their region, else the node itself.
pub async fn home_of(tx: &mut Tx<'_>, org_path: &str) -> Result<OrgId, StoreError> {
    Ok(OrgId(tx.query_one(HOME, params![org_path]).await?.int("id")?))
}

/// Writes a new list, first in its owner's order.
pub async fn insert_set(
    tx: &mut Tx<'_>,
    owner: PersonId,
    fields: &SetFields,
    content: &SetContent,
    now: Instant,
) -> Result<QuoteSetId, StoreError> {
    let SetFields { name, area, shared } = fields;
    let first = content.first_product.clone();
    let values = params![owner, name, *area, *shared, count(&content.lines), first, now];
    let id = QuoteSetId(tx.insert(INSERT, values).await?);
    insert_lines(tx, id, &content.lines).await?;
    Ok(id)
}

/// Saves a list while it is at `version`, and its lines where there are new ones; `false` when somebody was first.
pub async fn save_set(
    tx: &mut Tx<'_>,
    (id, version): (QuoteSetId, i64),
    fields: &SetFields,
    content: Option<&SetContent>,
    now: Instant,
) -> Result<bool, StoreError> {
    let SetFields { name, area, shared } = fields;
    if tx.exec(SAVE, params![id, version, name, *area, *shared, now]).await? != 1 {
        return Ok(false);
    }
    if let Some(content) = content {
        let first = content.first_product.clone();
        tx.exec(TOLD_BY, params![id, count(&content.lines), first]).await?;
        tx.exec(FORGET_LINES, params![id]).await?;
        insert_lines(tx, id, &content.lines).await?;
    }
    Ok(true)
}

/// Deletes a list, or brings it back with `None`; `false` when it already stands so.
pub async fn mark_set(
    tx: &mut Tx<'_>,
    id: QuoteSetId,
    deleted_at: Option<Instant>,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(MARK, params![id, deleted_at, now]).await? == 1)
}

/// Puts a person's own lists into the order of `ids`.
pub async fn order_sets(tx: &mut Tx<'_>, owner: PersonId, ids: &[QuoteSetId]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let sets: Vec<Vec<Value>> =
        (0_i64..).zip(ids).map(|(ord, id)| params![*id, owner, ord].to_vec()).collect();
    tx.exec_many(PLACE, &sets).await?;
    Ok(())
}

/// Forgets for good what a person deleted before `before`.
pub async fn forget_old_sets(tx: &mut Tx<'_>, owner: PersonId, before: Instant) -> Result<(), StoreError> {
    tx.exec(OLD_LINES, params![owner, before]).await?;
    tx.exec(OLD, params![owner, before]).await?;
    Ok(())
}

async fn insert_lines(tx: &mut Tx<'_>, id: QuoteSetId, lines: &[SetLine]) -> Result<(), StoreError> {
    let sets = (0_i64..).zip(lines).map(|(ord, line)| {
        let SetLine { product, qty, unit, note, extra } = line;
        let product = Some(*product).filter(|product| *product != NO_PRODUCT);
        Ok(params![id, ord, product, *qty, unit, note, json_text(extra)?].to_vec())
    });
    let sets: Vec<Vec<Value>> = sets.collect::<Result<_, StoreError>>()?;
    tx.exec_many(INSERT_LINE, &sets).await?;
    Ok(())
}

fn head_of(row: &Row) -> Result<SetHead, StoreError> {
    let shared = match (row.opt_int("shared_org_id")?, row.opt_text("org_name")?, row.opt_text("org_path")?) {
        (Some(org), Some(name), Some(path)) => Some(SharedWith { org: OrgId(org), name, path }),
        _ => None,
    };
    Ok(SetHead {
        id: QuoteSetId(row.int("id")?),
        owner: (PersonId(row.int("owner_id")?), row.text("owner_name")?),
        name: row.text("name")?,
        area: row.opt_int("area")?.map(Qty),
        shared,
        line_count: row.int("line_count")?,
        first_product: row.opt_text("first_product")?,
        version: row.int("version")?,
        deleted: row.opt_int("deleted_at")?.is_some(),
        updated_at: Instant(row.int("updated_at")?),
    })
}

fn line_of(row: &Row) -> Result<SetLine, StoreError> {
    Ok(SetLine {
        product: row.opt_int("product_id")?.map_or(NO_PRODUCT, ProductId),
        qty: Qty(row.int("qty")?),
        unit: row.text("unit")?,
        note: row.text("note")?,
        extra: of_json(row, "extra")?,
    })
}

fn count(lines: &[SetLine]) -> i64 {
    i64::try_from(lines.len()).unwrap_or(i64::MAX)
}
