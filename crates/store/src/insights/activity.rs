//! What browsers say of those who work on a quotation.

use std::collections::HashMap;

use domain::access::Scope;
use domain::base::{CustomerId, Instant, PersonId, QuoteId};
use domain::insights::{Handled, Mark, MarkKind};

use crate::sight::document_seen;
use crate::{Row, StoreError, Tx, params};

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

/// So many quotations of a period are looked at, the newest first.
pub const HANDLED_MAX: u32 = 20_000;
/// And so many marks of them.
const MARKS_MAX: u32 = 1_000_000;

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
/// `$1` person, `$2` pattern of the reach, `$3`, `$4` moments, `$5` how many: the newest measured quotations.
macro_rules! measured {
    () => {
        concat!(
            "
    SELECT q.id, q.owner_id, q.issued_at
    FROM quote q JOIN customer c ON c.id = q.customer_id JOIN org_unit b ON b.id = q.branch_id
    WHERE ",
            document_seen!("q", "$1", "$2"),
            "
        AND q.issued_at >= $3 AND q.issued_at < $4
        AND EXISTS (SELECT 1 FROM activity a WHERE a.quote_id = q.id AND a.kind = 'opened')
    ORDER BY q.issued_at DESC, q.id DESC LIMIT $5"
        )
    };
}
const ISSUED: &str = measured!();
const MARKS: &str = concat!(
    "
    SELECT a.quote_id, a.kind, a.at, a.active_ms
    FROM activity a JOIN (",
    measured!(),
    ") m ON m.id = a.quote_id
    ORDER BY a.quote_id, a.at, a.id LIMIT $6"
);
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

/// Quotations issued from `from` to before `until` that were opened in a browser, with all their marks.
pub async fn handled(
    tx: &mut Tx<'_>,
    scope: &Scope,
    from: Instant,
    until: Instant,
) -> Result<Vec<Handled>, StoreError> {
    let mut marks: HashMap<i64, Vec<Mark>> = HashMap::new();
    for row in
        tx.query(MARKS, params![scope.person, scope.like(), from, until, HANDLED_MAX, MARKS_MAX]).await?
    {
        if let Some(mark) = mark_of(&row)? {
            marks.entry(row.int("quote_id")?).or_default().push(mark);
        }
    }
    let rows = tx.query(ISSUED, params![scope.person, scope.like(), from, until, HANDLED_MAX]).await?;
    let handled = rows.iter().map(|row| {
        let id = row.int("id")?;
        Ok(Handled {
            quote: QuoteId(id),
            owner: PersonId(row.int("owner_id")?),
            issued_at: Instant(row.int("issued_at")?),
            marks: marks.remove(&id).unwrap_or_default(),
        })
    });
    handled.collect()
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
