//! What a customer has open and what he bought.

use domain::base::{CustomerId, Date, Fen};

use super::list::{Sight, day_of};
use crate::sight::{document_seen, reach_of};
use crate::sums::bounded;
use crate::{Row, StoreError, Tx, params};

/// So many documents, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub count: i64,
    pub net: Fen,
}

/// The documents of a customer in figures, as far as the reader sees them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Issued and not yet past their last valid day.
    pub quotes_open: Counted,
    pub orders_12m: Counted,
    pub last_order_day: Option<Date>,
}

const OPEN: &str = concat!(
    "SELECT COUNT(*) AS found, CAST(COALESCE(SUM(",
    bounded!("q.net"),
    "), 0) AS BIGINT) AS net
    FROM quote q
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    WHERE q.customer_id = $1 AND q.state = 'issued' AND q.valid_until >= $2 AND ",
    document_seen!("q", "$3", "$4")
);
const BOUGHT: &str = concat!(
    "SELECT COALESCE(SUM(CASE WHEN s.signed_day >= $2 THEN 1 ELSE 0 END), 0) AS found,
        CAST(COALESCE(SUM(CASE WHEN s.signed_day >= $2 THEN ",
    bounded!("s.net"),
    " ELSE 0 END), 0) AS BIGINT) AS net,
        MAX(s.signed_day) AS last_day
    FROM sales_order s
    JOIN customer c ON c.id = s.customer_id
    JOIN org_unit b ON b.id = s.branch_id
    WHERE s.customer_id = $1 AND ",
    document_seen!("s", "$3", "$4")
);

/// Figures of one customer: quotations open on `today`, orders from day `from` on.
pub async fn figures(
    tx: &mut Tx<'_>,
    id: CustomerId,
    sight: &Sight,
    today: Date,
    from: Date,
) -> Result<Figures, StoreError> {
    let (reader, reach) = reach_of(sight.quotes.as_ref());
    let open = tx.query_one(OPEN, params![id, today, reader, reach]).await?;
    let (reader, reach) = reach_of(sight.orders.as_ref());
    let bought = tx.query_one(BOUGHT, params![id, from, reader, reach]).await?;
    Ok(Figures {
        quotes_open: counted(&open)?,
        orders_12m: counted(&bought)?,
        last_order_day: day_of(&bought, "last_day")?,
    })
}

fn counted(row: &Row) -> Result<Counted, StoreError> {
    Ok(Counted { count: row.int("found")?, net: Fen(row.int("net")?) })
}
