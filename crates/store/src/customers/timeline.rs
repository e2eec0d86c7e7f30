//! What happened to a customer and to his documents, from the event log, newest first.

use domain::base::{CustomerId, Fen, Instant, Limit, OrderId, PersonId, QuoteId};
use domain::customers::{TimelineKind, Told, changes_of};
use serde_json::Value as Json;

use super::list::Sight;
use crate::sight::{document_seen, reach_of};
use crate::{Row, StoreError, Tx, params};

/// One entry, with the document that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// Its number in the log: the place in the list.
    pub event: i64,
    pub at: Instant,
    pub told: Told,
    pub by: Option<(PersonId, String)>,
    pub quote: Option<QuoteId>,
    pub order: Option<OrderId>,
    pub net: Option<Fen>,
}

/// `$4` holds the kinds that a timeline tells, between commas.
const TIMELINE: &str = concat!(
    "
    SELECT e.id, e.at, e.actor, p.name AS actor_name, e.kind, e.facts, d.quote_id, d.number, d.revision, d.net,
        CASE WHEN e.kind = 'quote.signed' THEN s.id END AS order_id,
        CASE WHEN e.kind = 'quote.signed' THEN s.number END AS order_number
    FROM (
        SELECT v.id, CAST(NULL AS BIGINT) AS quote_id, CAST(NULL AS TEXT) AS number,
            CAST(NULL AS BIGINT) AS revision, CAST(NULL AS BIGINT) AS net
        FROM event v
        WHERE v.entity = 'customer' AND v.entity_id = $1 AND v.id < $2 AND $4 LIKE '%,' || v.kind || ',%'
        UNION ALL
        SELECT v.id, q.id AS quote_id, k.number, q.revision, q.net
        FROM quote q
        JOIN event v ON v.entity = 'quote' AND v.entity_id = q.id
        JOIN quote_chain k ON k.id = q.chain_id
        JOIN customer c ON c.id = q.customer_id
        JOIN org_unit b ON b.id = q.branch_id
        WHERE q.customer_id = $1 AND v.id < $2 AND $4 LIKE '%,' || v.kind || ',%'
            AND ",
    document_seen!("q", "$5", "$6"),
    "
        ORDER BY id DESC LIMIT $3
    ) d
    JOIN event e ON e.id = d.id
    LEFT JOIN person p ON p.id = e.actor
    LEFT JOIN sales_order s ON s.quote_id = d.quote_id
    ORDER BY e.id DESC"
);

/// One entry more than the page, before event number `before`.
pub async fn timeline(
    tx: &mut Tx<'_>,
    id: CustomerId,
    sight: &Sight,
    before: Option<i64>,
    limit: Limit,
) -> Result<Vec<TimelineEntry>, StoreError> {
    let kinds: Vec<&str> = TimelineKind::ALL.iter().map(|kind| kind.logged()).collect();
    let kinds = format!(",{},", kinds.join(","));
    let (reader, reach) = reach_of(sight.quotes.as_ref());
    let values = params![id, before.unwrap_or(i64::MAX), limit.and_one(), kinds, reader, reach];
    tx.query(TIMELINE, values).await?.iter().map(entry_of).collect()
}

fn entry_of(row: &Row) -> Result<TimelineEntry, StoreError> {
    let logged = row.text("kind")?;
    let kind = TimelineKind::from_logged(&logged);
    let kind = kind.ok_or_else(|| StoreError::Decode(format!("no timeline tells {logged}")))?;
    let facts: Json = serde_json::from_str(&row.text("facts")?)
        .map_err(|error| StoreError::Decode(format!("facts of an event: {error}")))?;
    let by = row.opt_int("actor")?.map(PersonId).zip(row.opt_text("actor_name")?);
    Ok(TimelineEntry {
        event: row.int("id")?,
        at: Instant(row.int("at")?),
        told: Told {
            kind,
            number: row.opt_text("number")?,
            revision: row.opt_int("revision")?.unwrap_or(1),
            order: row.opt_text("order_number")?,
            reason: facts.get("reason").and_then(Json::as_str).map(String::from),
            changes: changes_of(&facts),
        },
        by,
        quote: row.opt_int("quote_id")?.map(QuoteId),
        order: row.opt_int("order_id")?.map(OrderId),
        net: row.opt_int("net")?.map(Fen),
    })
}
