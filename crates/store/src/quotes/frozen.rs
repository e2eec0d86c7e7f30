//! The frozen document of an issued version, and the revisions that it leans on.

use domain::base::{Instant, ItemId, PersonId, QuoteId};
use domain::quotes::{LineCost, Snapshot, UsedRevision, VoidRevision};

use super::head::opt_day;
use crate::{Ask, Row, StoreError, Tx, params};

/// A revision that a version leans on, and whether it is withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedState {
    pub revision: UsedRevision,
    pub void: bool,
}

const DOCUMENT: &str = "SELECT document FROM quote_frozen WHERE quote_id = $1";
const FROZEN: &str = "SELECT document, costs FROM quote_frozen WHERE quote_id = $1";
const PROOF: &str = "SELECT hash, verify_code FROM quote WHERE id = $1 AND hash IS NOT NULL";
const ISSUED_BY: &str =
    "SELECT COUNT(*) AS issued FROM (SELECT id FROM quote WHERE issued_by = $1 LIMIT $2) q";
const ISSUER: &str = "
    SELECT p.name AS issuer, q.revision FROM quote q LEFT JOIN person p ON p.id = q.issued_by WHERE q.id = $1";
const COSTS: &str = "SELECT costs FROM quote_frozen WHERE quote_id = $1";
const USED: &str = "
    SELECT r.item_id, i.kind, i.name, r.rev_n,
        (SELECT COUNT(*) FROM config_void v WHERE v.item_id = r.item_id AND v.n = r.rev_n AND v.from_at <= $2) AS void
    FROM quote_revision r JOIN config_item i ON i.id = r.item_id
    WHERE r.quote_id = $1 ORDER BY r.item_id, r.rev_n";
const VOID_OF: &str = "
    SELECT r.item_id, i.name, r.rev_n, v.reason, r.released_until
    FROM quote_revision r
    JOIN config_item i ON i.id = r.item_id
    JOIN config_void v ON v.item_id = r.item_id AND v.n = r.rev_n
    WHERE r.quote_id = $1 AND v.from_at <= $2 ORDER BY r.item_id, r.rev_n";

/// What `frozen` and `used` ask, for whoever asks more at once.
pub fn asks_frozen(id: QuoteId, at: Instant) -> Vec<Ask> {
    vec![Ask::of(FROZEN, params![id]), Ask::of(USED, params![id, at])]
}

/// The document as it was issued; `None` of a draft.
pub async fn document(tx: &mut Tx<'_>, id: QuoteId) -> Result<Option<Snapshot>, StoreError> {
    tx.query_opt(DOCUMENT, params![id]).await?.map(|row| document_of(&row, id)).transpose()
}

/// The document as it was issued, and what its goods cost that day, line by line; `None` of a draft.
pub async fn frozen(tx: &mut Tx<'_>, id: QuoteId) -> Result<Option<(Snapshot, Vec<LineCost>)>, StoreError> {
    let Some(row) = tx.query_opt(FROZEN, params![id]).await? else { return Ok(None) };
    Ok(Some((document_of(&row, id)?, costs_of(&row, id)?)))
}

fn document_of(row: &Row, id: QuoteId) -> Result<Snapshot, StoreError> {
    let read = serde_json::from_str(row.text_ref("document")?);
    read.map_err(|error| StoreError::Decode(format!("document of quote {}: {error}", id.0)))
}

fn costs_of(row: &Row, id: QuoteId) -> Result<Vec<LineCost>, StoreError> {
    let read = serde_json::from_str(row.text_ref("costs")?);
    read.map_err(|error| StoreError::Decode(format!("costs of quote {}: {error}", id.0)))
}

/// Hash and verify code of an issued version.
pub async fn proof(tx: &mut Tx<'_>, id: QuoteId) -> Result<Option<(String, String)>, StoreError> {
    let row = tx.query_opt(PROOF, params![id]).await?;
    row.map(|row| Ok((row.text("hash")?, row.text("verify_code")?))).transpose()
}

/// How many quotations the person has issued, counted up to `most`; a version counts like a first one.
pub async fn issued_by(tx: &mut Tx<'_>, person: PersonId, most: i64) -> Result<i64, StoreError> {
    tx.query_one(ISSUED_BY, params![person, most]).await?.int("issued")
}

/// Who issued the version, and so used the seal, by name; and which version of its number it is.
pub async fn issuer(tx: &mut Tx<'_>, id: QuoteId) -> Result<(Option<String>, i64), StoreError> {
    let row = tx.query_one(ISSUER, params![id]).await?;
    Ok((row.opt_text("issuer")?, row.int("revision")?))
}

/// What the goods of an issued version cost on the day of issue, line by line.
pub async fn line_costs(tx: &mut Tx<'_>, id: QuoteId) -> Result<Vec<LineCost>, StoreError> {
    let row = tx.query_opt(COSTS, params![id]).await?;
    Ok(row.map(|row| costs_of(&row, id)).transpose()?.unwrap_or_default())
}

/// The revisions that an issued version leans on, and which of them are withdrawn at `at`.
pub async fn used(tx: &mut Tx<'_>, id: QuoteId, at: Instant) -> Result<Vec<UsedState>, StoreError> {
    let rows = tx.query(USED, params![id, at]).await?;
    let used = rows.iter().map(|row| {
        let revision = UsedRevision {
            item: ItemId(row.int("item_id")?),
            kind: row.text("kind")?,
            name: row.text("name")?,
            n: row.int("rev_n")?,
        };
        Ok(UsedState { revision, void: row.int("void")? > 0 })
    });
    used.collect()
}

/// The withdrawn revisions among them, with the reasons, and until when head office lets each pass.
pub async fn void_of(tx: &mut Tx<'_>, id: QuoteId, at: Instant) -> Result<Vec<VoidRevision>, StoreError> {
    let rows = tx.query(VOID_OF, params![id, at]).await?;
    let void = rows.iter().map(|row| {
        Ok(VoidRevision {
            item: ItemId(row.int("item_id")?),
            name: row.text("name")?,
            n: row.int("rev_n")?,
            reason: row.text("reason")?,
            released_until: opt_day(row, "released_until")?,
        })
    });
    void.collect()
}
