//! Lists of orders: what a person may see of them, by filter, newest first.

use domain::access::Scope;
use domain::base::{CustomerId, Date, Fen, Instant, OrderId, OrgId, PersonId, QuoteId};

use super::row_of;
use crate::quotes::Listed;
use crate::search::{all_in_names, all_words};
use crate::sight::{customer_seen, document_seen, reach_of};
use crate::sums::bounded;
use crate::{StoreError, Tx, Value, params};

/// What is asked of the list; nothing said asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// In lower case and half width.
    pub search: String,
    /// The customers whose code, contact and phone are looked into too: those that the person sees. Of all others only the
    /// name is, which stands on the order.
    pub customers: Option<Scope>,
    pub customer: Option<CustomerId>,
    pub owner: Option<PersonId>,
    /// A branch, or a region with all its branches.
    pub branch: Option<OrgId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// One order of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    pub quote: QuoteId,
    pub quote_number: String,
    pub revision: i64,
    pub customer: (CustomerId, String),
    pub owner: (PersonId, String),
    pub branch: (OrgId, String),
    pub net: Fen,
    pub line_count: i64,
    pub first_product: Option<String>,
    pub signed_day: Date,
    pub signer: String,
    pub created_at: Instant,
}

/// Whether an order, or what the person may know of its customer, holds a word.
macro_rules! holds_word {
    ($word:literal, $name:literal) => {
        concat!(
            "(s.search LIKE ",
            $word,
            " ESCAPE '\\' OR c.name_key LIKE ",
            $name,
            " ESCAPE '\\' OR c.initials LIKE ",
            $word,
            " ESCAPE '\\' OR (c.search LIKE ",
            $word,
            " ESCAPE '\\' AND ",
            customer_seen!("(SELECT w.path FROM org_unit w WHERE w.id = c.branch_id)", "$16", "$17"),
            "))"
        )
    };
}

/// `$1` person, `$2` pattern of the reach, `$3` customer, `$4` owner, `$5` branch, `$6`, `$7` days, `$8` … `$11` words,
/// `$12` … `$15` the same as they stand in names, `$16` person, `$17` pattern of the customers that are looked into.
macro_rules! filter {
    () => {
        concat!(
            "
    WHERE ",
            document_seen!("s", "$1", "$2"),
            "
        AND (CAST($3 AS BIGINT) IS NULL OR s.customer_id = $3)
        AND (CAST($4 AS BIGINT) IS NULL OR s.owner_id = $4)
        AND (CAST($5 AS BIGINT) IS NULL OR EXISTS (
            SELECT 1 FROM org_unit f WHERE f.id = $5 AND b.path LIKE f.path || '%'))
        AND (CAST($6 AS TEXT) IS NULL OR s.signed_day >= $6)
        AND (CAST($7 AS TEXT) IS NULL OR s.signed_day <= $7)
        AND ",
            holds_word!("$8", "$12"),
            "
        AND ",
            holds_word!("$9", "$13"),
            "
        AND ",
            holds_word!("$10", "$14"),
            "
        AND ",
            holds_word!("$11", "$15")
        )
    };
}

const LIST: &str = concat!(
    "SELECT s.id, s.number, s.quote_id, k.number AS quote_number, q.revision, s.customer_id, c.name AS customer_name,
        s.owner_id, o.name AS owner_name, s.branch_id, b.name AS branch_name, s.net, s.line_count, s.first_product,
        s.signed_day, s.signer, s.created_at
    FROM sales_order s
    JOIN quote q ON q.id = s.quote_id
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = s.customer_id
    JOIN org_unit b ON b.id = s.branch_id
    JOIN person o ON o.id = s.owner_id",
    filter!(),
    "
        AND (s.signed_day < $18 OR (s.signed_day = $18 AND s.id < $19))
    ORDER BY s.signed_day DESC, s.id DESC LIMIT $20"
);
const TOTAL: &str = concat!(
    "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(",
    bounded!("s.net"),
    "), 0) AS BIGINT) AS net
    FROM sales_order s
    JOIN customer c ON c.id = s.customer_id
    JOIN org_unit b ON b.id = s.branch_id",
    filter!()
);

/// Later than any day of a list.
const END_OF_DAYS: &str = "9999-12-31";

/// Up to `limit` orders after the place `after` (day and id), newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &OrderFilter,
    after: Option<(Date, OrderId)>,
    limit: u32,
) -> Result<Vec<OrderRow>, StoreError> {
    let mut values = values(scope, filter);
    let (day, id) = match after {
        Some((day, id)) => (day.to_string(), id.0),
        None => (END_OF_DAYS.to_string(), i64::MAX),
    };
    values.extend_from_slice(params![day, id, limit]);
    tx.query(LIST, &values).await?.iter().map(row_of).collect()
}

/// Number and sum of all that the filter finds.
pub async fn total(tx: &mut Tx<'_>, scope: &Scope, filter: &OrderFilter) -> Result<Listed, StoreError> {
    let row = tx.query_one(TOTAL, &values(scope, filter)).await?;
    Ok(Listed { count: row.int("count")?, net: Fen(row.int("net")?), capped: false })
}

fn values(scope: &Scope, filter: &OrderFilter) -> Vec<Value> {
    let mut values = params![
        scope.person,
        scope.like(),
        filter.customer,
        filter.owner,
        filter.branch,
        filter.from,
        filter.to
    ]
    .to_vec();
    values.extend(all_words(&filter.search).into_iter().map(Value::from));
    values.extend(all_in_names(&filter.search).into_iter().map(Value::from));
    let (reader, reach) = reach_of(filter.customers.as_ref());
    values.extend_from_slice(params![reader, reach]);
    values
}
