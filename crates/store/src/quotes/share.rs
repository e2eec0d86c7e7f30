//! Share links: who made them, the codes that were handed over, and the log of looks.

use domain::base::{Date, Instant, PersonId, QuoteId, ShareId};
use domain::quotes::{Device, HandedCode, Looked, VIEWS_MAX};

use super::head::opt_day;
use crate::{Row, StoreError, Tx, params};

/// A link that does not exist yet.
#[derive(Clone, Debug)]
pub struct NewShare {
    pub quote: QuoteId,
    pub token_hash: String,
    pub last_day: Date,
    pub by: PersonId,
    pub now: Instant,
}

/// One link with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub id: ShareId,
    pub quote: QuoteId,
    pub token_hash: String,
    pub last_day: Date,
    pub created_by: (PersonId, String),
    pub created_at: Instant,
    pub withdrawn_at: Option<Instant>,
    pub code: Option<HandedCode>,
    /// Who handed the code over.
    pub code_by: Option<PersonId>,
    pub accepted_at: Option<Instant>,
    pub pages: i64,
    pub pdfs: i64,
    pub seen_at: Option<Instant>,
}

/// One look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareView {
    pub share: ShareId,
    pub at: Instant,
    pub looked: Looked,
    pub device: Device,
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.quote_id, l.token_hash, l.last_day, l.created_by, p.name AS created_by_name, l.created_at,
        l.withdrawn_at, l.code_hash, l.code_until, l.code_by, l.code_tries, l.accepted_at,
        (SELECT COUNT(*) FROM share_view v WHERE v.share_id = l.id AND v.looked = 'page') AS pages,
        (SELECT COUNT(*) FROM share_view v WHERE v.share_id = l.id AND v.looked = 'pdf') AS pdfs,
        (SELECT MAX(v.at) FROM share_view v WHERE v.share_id = l.id) AS seen_at
    FROM share_link l
    JOIN person p ON p.id = l.created_by
    ",
            $rest
        )
    };
}

const INSERT: &str = "
    INSERT INTO share_link (quote_id, token_hash, last_day, created_by, created_at, code_tries)
    VALUES ($1, $2, $3, $4, $5, 0) RETURNING id";
const OF_QUOTE: &str = columns!("WHERE l.quote_id = $1 ORDER BY l.id DESC LIMIT 50");
const BY_TOKEN: &str = columns!("WHERE l.token_hash = $1");
const BY_ID: &str = columns!("WHERE l.id = $1 AND l.quote_id = $2");
const CODED: &str = columns!(
    "WHERE l.quote_id = $1 AND l.code_hash IS NOT NULL ORDER BY l.code_until DESC, l.id DESC LIMIT 1"
);
const WITHDRAW: &str = "
    UPDATE share_link SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL";
const HAND_CODE: &str = "
    UPDATE share_link SET code_hash = $2, code_until = $3, code_by = $4, code_tries = 0 WHERE id = $1";
const FORGET_CODES: &str = "
    UPDATE share_link SET code_hash = NULL, code_until = NULL WHERE quote_id = $1 AND code_hash IS NOT NULL";
const MISS_CODE: &str = "UPDATE share_link SET code_tries = code_tries + 1 WHERE id = $1";
const ACCEPT: &str = "UPDATE share_link SET accepted_at = $2 WHERE id = $1";
/// One statement, so that two looks at once never become more than the log holds.
const NOTE_VIEW: &str = "
    INSERT INTO share_view (share_id, at, looked, device)
    SELECT l.id, CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT) FROM share_link l
    WHERE l.id = $1
        AND NOT EXISTS (
            SELECT 1 FROM share_view v
            WHERE v.share_id = l.id AND v.looked = $3 AND v.device = $4 AND v.at > $5)
        AND (SELECT COUNT(*) FROM share_view v WHERE v.share_id = l.id) < $6";
const VIEWS: &str = "
    SELECT v.share_id, v.at, v.looked, v.device
    FROM share_view v JOIN share_link l ON l.id = v.share_id
    WHERE l.quote_id = $1 ORDER BY v.at DESC, v.id DESC LIMIT $2";

/// Writes a new link.
pub async fn insert_share(tx: &mut Tx<'_>, new: &NewShare) -> Result<ShareId, StoreError> {
    let values = params![new.quote, &new.token_hash, new.last_day, new.by, new.now];
    Ok(ShareId(tx.insert(INSERT, values).await?))
}

/// The links of one version, newest first.
pub async fn shares(tx: &mut Tx<'_>, quote: QuoteId) -> Result<Vec<Share>, StoreError> {
    tx.query(OF_QUOTE, params![quote]).await?.iter().map(share_of_row).collect()
}

/// The link with this token.
pub async fn share_by_token(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<Share>, StoreError> {
    tx.query_opt(BY_TOKEN, params![token_hash]).await?.as_ref().map(share_of_row).transpose()
}

/// One link of one version.
pub async fn share_of(tx: &mut Tx<'_>, quote: QuoteId, id: ShareId) -> Result<Option<Share>, StoreError> {
    tx.query_opt(BY_ID, params![id, quote]).await?.as_ref().map(share_of_row).transpose()
}

/// The link under which the code of a version was handed over last: the code holds on every link of the version that opens.
pub async fn coded_share(tx: &mut Tx<'_>, quote: QuoteId) -> Result<Option<Share>, StoreError> {
    tx.query_opt(CODED, params![quote]).await?.as_ref().map(share_of_row).transpose()
}

/// Takes a link back; `false` when it was taken back before.
pub async fn withdraw_share(
    tx: &mut Tx<'_>,
    id: ShareId,
    by: PersonId,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(WITHDRAW, params![id, now, by]).await? == 1)
}

/// Puts a new code in the place of the one before, whichever link of the version that was handed over under.
pub async fn hand_code(
    tx: &mut Tx<'_>,
    (quote, id): (QuoteId, ShareId),
    hash: &str,
    until: Instant,
    by: PersonId,
) -> Result<(), StoreError> {
    tx.exec(FORGET_CODES, params![quote]).await?;
    tx.exec(HAND_CODE, params![id, hash, until, by]).await?;
    Ok(())
}

/// Counts a mistyped code.
pub async fn miss_code(tx: &mut Tx<'_>, id: ShareId) -> Result<(), StoreError> {
    tx.exec(MISS_CODE, params![id]).await?;
    Ok(())
}

/// The quotation was accepted on this link; the code of the version is used up.
pub async fn mark_accepted(
    tx: &mut Tx<'_>,
    (quote, id): (QuoteId, ShareId),
    now: Instant,
) -> Result<(), StoreError> {
    tx.exec(FORGET_CODES, params![quote]).await?;
    tx.exec(ACCEPT, params![id, now]).await?;
    Ok(())
}

/// Logs a look unless the same sort of device looked after `rest`, or the log is full; says whether it did.
pub async fn note_view(tx: &mut Tx<'_>, view: ShareView, rest: Instant) -> Result<bool, StoreError> {
    let ShareView { share, at, looked, device } = view;
    Ok(tx.exec(NOTE_VIEW, params![share, at, looked.key(), device.key(), rest, VIEWS_MAX]).await? == 1)
}

/// The newest looks at any link of the version.
pub async fn views(tx: &mut Tx<'_>, quote: QuoteId, limit: u32) -> Result<Vec<ShareView>, StoreError> {
    let rows = tx.query(VIEWS, params![quote, limit]).await?;
    let view = |row: &Row| {
        let (looked, device) = (row.text("looked")?, row.text("device")?);
        let wrong = || StoreError::Decode(format!("{looked} or {device} is no kind of look"));
        Ok(ShareView {
            share: ShareId(row.int("share_id")?),
            at: Instant(row.int("at")?),
            looked: Looked::from_key(&looked).ok_or_else(wrong)?,
            device: Device::from_key(&device).ok_or_else(wrong)?,
        })
    };
    rows.iter().map(view).collect()
}

fn share_of_row(row: &Row) -> Result<Share, StoreError> {
    let code = row.opt_text("code_hash")?.zip(row.opt_int("code_until")?);
    let tries = row.int("code_tries")?;
    Ok(Share {
        id: ShareId(row.int("id")?),
        quote: QuoteId(row.int("quote_id")?),
        token_hash: row.text("token_hash")?,
        last_day: opt_day(row, "last_day")?
            .ok_or_else(|| StoreError::Decode("last_day is null".to_string()))?,
        created_by: (PersonId(row.int("created_by")?), row.text("created_by_name")?),
        created_at: Instant(row.int("created_at")?),
        withdrawn_at: row.opt_int("withdrawn_at")?.map(Instant),
        code: code.map(|(hash, until)| HandedCode { hash, until: Instant(until), tries }),
        code_by: row.opt_int("code_by")?.map(PersonId),
        accepted_at: row.opt_int("accepted_at")?.map(Instant),
        pages: row.int("pages")?,
        pdfs: row.int("pdfs")?,
        seen_at: row.opt_int("seen_at")?.map(Instant),
    })
}
