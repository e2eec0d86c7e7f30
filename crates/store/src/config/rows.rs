//! Rows of revisions: a row belongs to every revision from `rev_from` up to, but not including, `rev_to`.

use domain::base::{DraftId, ItemId, ProductId};
use domain::config::{Change, Kind, Rows};

use crate::{Row, StoreError, Tx, Value, params};

/// What part of a list of rows is asked for: those after the key, that hold the pattern, so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPage {
    pub after: Option<String>,
    /// A pattern for `LIKE … ESCAPE '\'` over key, and name, code or initials of the product.
    pub pattern: String,
    pub limit: u32,
}

/// A row that spoke of a product, with the revisions that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    pub item: ItemId,
    pub kind: Kind,
    pub item_name: String,
    /// The revision that brought it.
    pub n: i64,
    /// The first revision without it; `None` while the newest one has it.
    pub until_n: Option<i64>,
    pub content: String,
}

/// What a row said from revision `n` up to, but not including, `until_n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRow {
    pub n: i64,
    pub until_n: Option<i64>,
    pub content: String,
}

impl PastRow {
    /// Whether revision `n` has it.
    pub fn is_of(&self, n: i64) -> bool {
        self.n <= n && self.until_n.is_none_or(|until| n < until)
    }
}

/// So many keys are asked for in one statement.
pub(crate) const KEYS_AT_ONCE: usize = 100;

const ALL_AT: &str = "
    SELECT row_key, content FROM config_row
    WHERE item_id = $1 AND rev_from <= $2 AND (rev_to IS NULL OR $2 < rev_to)
    ORDER BY row_key";
const CHANGES: &str = "
    SELECT k.row_key, a.content AS before, b.content AS after
    FROM (SELECT DISTINCT row_key FROM config_row
          WHERE item_id = $1 AND ((rev_from > $2 AND rev_from <= $3) OR (rev_to > $2 AND rev_to <= $3))) k
    LEFT JOIN config_row a ON a.item_id = $1 AND a.row_key = k.row_key
        AND a.rev_from <= $4 AND (a.rev_to IS NULL OR $4 < a.rev_to)
    LEFT JOIN config_row b ON b.item_id = $1 AND b.row_key = k.row_key
        AND b.rev_from <= $5 AND (b.rev_to IS NULL OR $5 < b.rev_to)
    ORDER BY k.row_key";
const PAGE_AT: &str = r"
    SELECT row_key, content FROM config_row r
    WHERE item_id = $1 AND rev_from <= $2 AND (rev_to IS NULL OR $2 < rev_to)
      AND ($3 = 0 OR row_key > $4)
      AND ($5 = '%' OR LOWER(row_key) LIKE $5 ESCAPE '\' OR about IN (
          SELECT p.id FROM product p WHERE p.search LIKE $5 ESCAPE '\'))
    ORDER BY row_key LIMIT $6";
const COUNT_AT: &str = r"
    SELECT COUNT(*) AS total FROM config_row r
    WHERE item_id = $1 AND rev_from <= $2 AND (rev_to IS NULL OR $2 < rev_to)
      AND ($3 = '%' OR LOWER(row_key) LIKE $3 ESCAPE '\' OR about IN (
          SELECT p.id FROM product p WHERE p.search LIKE $3 ESCAPE '\'))";
const COUNTED: &str = "SELECT row_count FROM config_rev WHERE item_id = $1 AND n = $2";
const END_CHANGED: &str = "
    UPDATE config_row SET rev_to = $2
    WHERE item_id = $1 AND rev_to IS NULL
      AND row_key IN (SELECT row_key FROM config_draft_row WHERE draft_id = $3)";
const BEGIN_CHANGED: &str = "
    INSERT INTO config_row (item_id, row_key, rev_from, rev_to, about, content)
    SELECT CAST($1 AS BIGINT), row_key, CAST($2 AS BIGINT), CAST(NULL AS BIGINT), about, content FROM config_draft_row
    WHERE draft_id = $3 AND content IS NOT NULL";
const TAKE_BACK_BEGUN: &str = "UPDATE config_row SET rev_to = rev_from WHERE item_id = $1 AND rev_from = $2";
const TAKE_BACK_ENDED: &str =
    "UPDATE config_row SET rev_to = NULL WHERE item_id = $1 AND rev_to = $2 AND rev_from < $2";
const SPEAKS_OF: &str = "
    SELECT (SELECT COUNT(*) FROM config_row WHERE item_id = $1 AND content = $2)
        + (SELECT COUNT(*) FROM config_draft_row r JOIN config_draft d ON d.id = r.draft_id
           WHERE d.item_id = $1 AND r.content = $2) AS found";
const OF_PRODUCT: &str = "
    SELECT i.id AS item_id, i.kind, i.name AS item_name, r.rev_from, r.rev_to, r.content
    FROM config_row r
    JOIN config_item i ON i.id = r.item_id
    JOIN release_item x ON x.item_id = r.item_id AND x.rev_n = r.rev_from
    JOIN release b ON b.id = x.release_id
    WHERE r.about = $1 AND b.state = 'published' AND i.archived = 0
    ORDER BY b.effective_at DESC, r.item_id, r.rev_from DESC, r.row_key LIMIT $2";

const OVER_TIME: &str = "
    SELECT rev_from, rev_to, content FROM config_row
    WHERE item_id = $1 AND row_key = $2 ORDER BY rev_from";

/// Whether a row of the item, of whichever revision or open draft, has exactly this content.
pub async fn speaks_of(tx: &mut Tx<'_>, item: ItemId, content: &str) -> Result<bool, StoreError> {
    Ok(tx.query_one(SPEAKS_OF, params![item, content]).await?.int("found")? > 0)
}

/// Key and content of every row of revision `n`, by key.
pub async fn rows_of(tx: &mut Tx<'_>, item: ItemId, n: i64) -> Result<Vec<(String, String)>, StoreError> {
    tx.query(ALL_AT, params![item, n]).await?.iter().map(row_of).collect()
}

/// `rows_of` as the rules read them.
pub async fn rows_map(tx: &mut Tx<'_>, item: ItemId, n: i64) -> Result<Rows, StoreError> {
    Ok(rows_of(tx, item, n).await?.into_iter().collect())
}

/// Those of these keys that revision `n` has.
pub async fn rows_at_keys(
    tx: &mut Tx<'_>,
    item: ItemId,
    n: i64,
    keys: &[String],
) -> Result<Rows, StoreError> {
    let mut found = Rows::new();
    for keys in keys.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "SELECT row_key, content FROM config_row
             WHERE item_id = $1 AND rev_from <= $2 AND (rev_to IS NULL OR $2 < rev_to) AND row_key IN ({})",
            key_places(3)
        );
        for row in tx.query(&sql, &with_keys(params![item, n], keys)).await? {
            found.insert(row.text("row_key")?, row.text("content")?);
        }
    }
    Ok(found)
}

/// What differs between revisions `from` and `to`, by key; 0 is the time before the first.
pub async fn changes(tx: &mut Tx<'_>, item: ItemId, from: i64, to: i64) -> Result<Vec<Change>, StoreError> {
    let rows = tx.query(CHANGES, params![item, from.min(to), from.max(to), from, to]).await?;
    let change = |row: &Row| {
        Ok(Change {
            key: row.text("row_key")?,
            before: row.opt_text("before")?,
            after: row.opt_text("after")?,
        })
    };
    let changes = rows.iter().map(change).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(changes.into_iter().filter(|change| change.before != change.after).collect())
}

/// A page of the rows of revision `n`, by key.
pub async fn rows_page(
    tx: &mut Tx<'_>,
    item: ItemId,
    n: i64,
    page: &RowPage,
) -> Result<Vec<(String, String)>, StoreError> {
    let after = page.after.clone().unwrap_or_default();
    let values = params![item, n, page.after.is_some(), after, &page.pattern, page.limit];
    tx.query(PAGE_AT, values).await?.iter().map(row_of).collect()
}

/// How many rows revision `n` has, as it was counted when it was published; 0 before the first.
pub async fn revision_rows(tx: &mut Tx<'_>, item: ItemId, n: i64) -> Result<i64, StoreError> {
    let row = tx.query_opt(COUNTED, params![item, n]).await?;
    row.map_or(Ok(0), |row| row.int("row_count"))
}

/// How many rows of revision `n` hold the pattern.
pub async fn rows_count(tx: &mut Tx<'_>, item: ItemId, n: i64, pattern: &str) -> Result<i64, StoreError> {
    tx.query_one(COUNT_AT, params![item, n, pattern]).await?.int("total")
}

/// Writes what the draft changes as revision `n`, and nothing else; says how many rows it wrote.
pub async fn publish_rows(tx: &mut Tx<'_>, item: ItemId, n: i64, draft: DraftId) -> Result<u64, StoreError> {
    let ended = tx.exec(END_CHANGED, params![item, n, draft]).await?;
    let begun = tx.exec(BEGIN_CHANGED, params![item, n, draft]).await?;
    Ok(ended + begun)
}

/// Takes revision `n` back, which nobody has built on: what it began never was, what it ended goes on.
pub async fn take_back_rows(tx: &mut Tx<'_>, item: ItemId, n: i64) -> Result<(), StoreError> {
    tx.exec(TAKE_BACK_BEGUN, params![item, n]).await?;
    tx.exec(TAKE_BACK_ENDED, params![item, n]).await?;
    Ok(())
}

/// Every published row that speaks of the product, the youngest first; none of a kind that only a newer program knows.
pub async fn rows_of_product(
    tx: &mut Tx<'_>,
    product: ProductId,
    limit: u32,
) -> Result<Vec<ProductRow>, StoreError> {
    let rows = tx.query(OF_PRODUCT, params![product, limit]).await?;
    let row = |row: &Row| -> Result<Option<ProductRow>, StoreError> {
        let Some(kind) = Kind::from_key(&row.text("kind")?) else { return Ok(None) };
        Ok(Some(ProductRow {
            item: ItemId(row.int("item_id")?),
            kind,
            item_name: row.text("item_name")?,
            n: row.int("rev_from")?,
            until_n: row.opt_int("rev_to")?,
            content: row.text("content")?,
        }))
    };
    rows.iter().filter_map(|it| row(it).transpose()).collect()
}

/// All that the row under the key has ever said, the oldest first; what was taken back is there, and of no revision.
pub async fn row_over_time(tx: &mut Tx<'_>, item: ItemId, key: &str) -> Result<Vec<PastRow>, StoreError> {
    let rows = tx.query(OVER_TIME, params![item, key]).await?;
    let row = |row: &Row| {
        let (n, until_n) = (row.int("rev_from")?, row.opt_int("rev_to")?);
        Ok(PastRow { n, until_n, content: row.text("content")? })
    };
    rows.iter().map(row).collect()
}

fn row_of(row: &Row) -> Result<(String, String), StoreError> {
    Ok((row.text("row_key")?, row.text("content")?))
}

/// `$2, $3 …` for `KEYS_AT_ONCE` keys, so that the statement has one text.
pub(crate) fn key_places(first: usize) -> String {
    let places: Vec<String> = (first..first + KEYS_AT_ONCE).map(|place| format!("${place}")).collect();
    places.join(", ")
}

/// The parameters with the keys behind them; places that are left repeat the last key.
pub(crate) fn with_keys<K: Clone + Into<Value>>(before: &[Value], keys: &[K]) -> Vec<Value> {
    let padding = keys.last().into_iter().cycle();
    let padded = keys.iter().chain(padding).take(KEYS_AT_ONCE).cloned();
    before.iter().cloned().chain(padded.map(Into::into)).collect()
}
