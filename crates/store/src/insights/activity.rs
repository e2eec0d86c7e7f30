//! What browsers say of those who work on a quotation.

use domain::access::Scope;
use domain::base::{CustomerId, Instant, PersonId, QuoteId};
use domain::insights::{Handled, Mark, MarkKind};

use crate::sight::document_seen;
use crate::{Ask, Row, StoreError, Tx, params};

/// One mark as a browser sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityMark {
    /// Made by the browser; the same key twice is one mark.
    pub key: String,
    pub quote: QuoteId,
    pub mark: Mark,
}

/// What a measured quotation is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredQuote {
    pub number: Option<String>,
    pub customer: (CustomerId, String),
    pub owner: (PersonId, String),
    pub line_count: i64,
}

/// An issued quotation that was opened in a browser before it was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenedQuote {
    pub quote: QuoteId,
    pub owner: PersonId,
    pub issued_at: Instant,
}

/// Most quotations of a period: one row each.
pub const OPENED_MAX: usize = 200_000;

/// A mark of an unknown quotation, or of one outside the person's reach, is nobody's mark.
const NOTE: &str = concat!(
    "
    INSERT INTO activity (event_key, quote_id, person_id, kind, at, active_ms, received_at)
    SELECT CAST($1 AS TEXT), q.id, CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT), CAST($6 AS BIGINT),
        CAST($7 AS BIGINT)
    FROM quote q JOIN customer c ON c.id = q.customer_id JOIN org_unit b ON b.id = q.branch_id
    WHERE q.id = $2 AND ",
    document_seen!("q", "$3", "$8"),
    "
    ON CONFLICT (event_key) DO NOTHING"
);
/// `$1` person, `$2` pattern of the reach, `$3`, `$4` moments, `$5` how many.
const OPENED: &str = concat!(
    "
    SELECT q.id, q.owner_id, q.issued_at
    FROM quote q JOIN customer c ON c.id = q.customer_id JOIN org_unit b ON b.id = q.branch_id
    WHERE ",
    document_seen!("q", "$1", "$2"),
    "
        AND q.issued_at >= $3 AND q.issued_at < $4
        AND EXISTS (
            SELECT 1 FROM activity a WHERE a.quote_id = q.id AND a.kind = 'opened' AND a.at <= q.issued_at)
    ORDER BY q.id LIMIT $5"
);
const MARKS: &str = "SELECT kind, at, active_ms FROM activity WHERE quote_id = $1 ORDER BY at, id";
/// Only the oldest are looked at.
const FORGET: &str = "
    DELETE FROM activity WHERE id IN (
        SELECT a.id FROM (SELECT id, received_at FROM activity ORDER BY id LIMIT $2) a WHERE a.received_at < $1)";
const MEASURED: &str = "
    SELECT k.number, q.customer_id, c.name AS customer_name, q.owner_id, o.name AS owner_name, q.line_count
    FROM quote q
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = q.customer_id
    JOIN person o ON o.id = q.owner_id
    WHERE q.id = $1";

/// Keeps the marks of a person; unknown quotations and keys that came before are left out.
pub async fn note(
    tx: &mut Tx<'_>,
    scope: &Scope,
    marks: &[ActivityMark],
    received: Instant,
) -> Result<(), StoreError> {
    let sets: Vec<_> = marks
        .iter()
        .map(|it| {
            params![
                &it.key,
                it.quote,
                scope.person,
                it.mark.kind.key(),
                it.mark.at,
                it.mark.active_ms,
                received,
                scope.like()
            ]
            .to_vec()
        })
        .collect();
    if !sets.is_empty() {
        tx.exec_many(NOTE, &sets).await?;
    }
    Ok(())
}

/// Quotations issued from `from` to before `until` that were opened in a browser before; `None`: more than `OPENED_MAX`.
pub async fn opened(
    tx: &mut Tx<'_>,
    scope: &Scope,
    from: Instant,
    until: Instant,
) -> Result<Option<Vec<OpenedQuote>>, StoreError> {
    let most = i64::try_from(OPENED_MAX).unwrap_or(i64::MAX).saturating_add(1);
    let rows = tx.query(OPENED, params![scope.person, scope.like(), from, until, most]).await?;
    if rows.len() > OPENED_MAX {
        return Ok(None);
    }
    let opened = |row: &Row| {
        let (quote, owner) = (QuoteId(row.int("id")?), PersonId(row.int("owner_id")?));
        Ok(OpenedQuote { quote, owner, issued_at: Instant(row.int("issued_at")?) })
    };
    rows.iter().map(opened).collect::<Result<_, StoreError>>().map(Some)
}

/// These quotations with all their marks, in the same order.
pub async fn handled(tx: &mut Tx<'_>, quotes: &[OpenedQuote]) -> Result<Vec<Handled>, StoreError> {
    tx.ahead(quotes.iter().map(|it| Ask::of(MARKS, params![it.quote])).collect()).await?;
    let mut handled = Vec::with_capacity(quotes.len());
    for OpenedQuote { quote, owner, issued_at } in quotes.iter().copied() {
        let rows = tx.query(MARKS, params![quote]).await?;
        let marks: Result<Vec<_>, StoreError> =
            rows.iter().filter_map(|row| mark_of(row).transpose()).collect();
        handled.push(Handled { quote, owner, issued_at, marks: marks? });
    }
    Ok(handled)
}

/// Forgets marks that came before `before`, among the oldest `look_at`; says how many.
pub async fn forget_marks(tx: &mut Tx<'_>, before: Instant, look_at: u32) -> Result<u64, StoreError> {
    tx.exec(FORGET, params![before, look_at]).await
}

/// What a measured quotation is called.
pub async fn measured_quote(tx: &mut Tx<'_>, id: QuoteId) -> Result<MeasuredQuote, StoreError> {
    let row = tx.query_one(MEASURED, params![id]).await?;
    Ok(MeasuredQuote {
        number: row.opt_text("number")?,
        customer: (CustomerId(row.int("customer_id")?), row.text("customer_name")?),
        owner: (PersonId(row.int("owner_id")?), row.text("owner_name")?),
        line_count: row.int("line_count")?,
    })
}

/// A kind that this program no longer knows is no mark.
fn mark_of(row: &Row) -> Result<Option<Mark>, StoreError> {
    let Some(kind) = MarkKind::from_key(&row.text("kind")?) else { return Ok(None) };
    let (at, active_ms) = (Instant(row.int("at")?), row.int("active_ms")?);
    Ok(Some(Mark { kind, at, active_ms }))
}
