//! Lists of customers: those that a person may see, by filter, the best fit first, then the newest.

use domain::access::Scope;
use domain::base::{CustomerId, Date, Fen, OrgId, PersonId, parse_date};
use domain::customers::name_key;

use crate::search::{all_words, begins};
use crate::sight::{customer_seen, document_seen, reach_of};
use crate::sums::bounded;
use crate::{Row, StoreError, Tx, Value, params};

/// What is asked of the list; nothing said asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// In lower case and half width.
    pub search: String,
    pub tier: Option<String>,
    pub kind: Option<String>,
    pub owner: Option<PersonId>,
    /// A branch, or a region with all its branches.
    pub branch: Option<OrgId>,
}

/// What a person sees: customers, and of their documents those inside a scope of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    pub customers: Scope,
    /// `None`: none at all.
    pub orders: Option<Scope>,
    pub quotes: Option<Scope>,
}

/// Where a customer stands in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerPlace {
    /// 0 is the best fit.
    pub fit: i64,
    pub id: CustomerId,
}

/// One customer of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub place: CustomerPlace,
    pub code: String,
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub city: String,
    pub kind: Option<String>,
    pub tier: Option<String>,
    pub branch: (OrgId, String),
    pub owner: (PersonId, String),
    pub last_order_day: Option<Date>,
    /// Orders of the last twelve months.
    pub net_12m: Fen,
}

/// `$1` person, `$2` pattern of the reach, `$3` tier, `$4` type, `$5` owner, `$6` branch, `$7` … `$10` words,
/// `$11` the whole search as code or name, `$12` its beginning, `$13` its name as it is compared.
macro_rules! matching {
    () => {
        concat!(
            "
    WITH matching AS (
        SELECT c.id, CASE
                WHEN lower(c.code) = $11 OR c.name_key = $13 THEN 0
                WHEN lower(c.name) LIKE $12 ESCAPE '\\' OR c.initials LIKE $12 ESCAPE '\\' THEN 1
                ELSE 2 END AS fit
        FROM customer c JOIN org_unit b ON b.id = c.branch_id
        WHERE ",
            customer_seen!("b.path", "$1", "$2"),
            "
            AND (CAST($3 AS TEXT) IS NULL OR c.tier = $3)
            AND (CAST($4 AS TEXT) IS NULL OR c.customer_type = $4)
            AND (CAST($5 AS BIGINT) IS NULL OR c.owner_id = $5)
            AND (CAST($6 AS BIGINT) IS NULL OR EXISTS (
                SELECT 1 FROM org_unit f WHERE f.id = $6 AND b.path LIKE f.path || '%'))
            AND c.search LIKE $7 ESCAPE '\\' AND c.search LIKE $8 ESCAPE '\\'
            AND c.search LIKE $9 ESCAPE '\\' AND c.search LIKE $10 ESCAPE '\\'
    )"
        )
    };
}

const LIST: &str = concat!(
    matching!(),
    ", page AS (
        SELECT id, fit FROM matching
        WHERE fit > $14 OR (fit = $14 AND id < $15)
        ORDER BY fit, id DESC LIMIT $16
    ), bought AS (
        SELECT s.customer_id, MAX(s.signed_day) AS last_day,
            CAST(COALESCE(SUM(CASE WHEN s.signed_day >= $17 THEN ",
    bounded!("s.net"),
    " ELSE 0 END), 0) AS BIGINT) AS net
        FROM sales_order s
        JOIN page p ON p.id = s.customer_id
        JOIN customer c ON c.id = s.customer_id
        JOIN org_unit b ON b.id = s.branch_id
        WHERE ",
    document_seen!("s", "$18", "$19"),
    "
        GROUP BY s.customer_id
    )
    SELECT p.fit, c.id, c.code, c.name, c.contact, c.phone, c.city, c.customer_type, c.tier,
        c.branch_id, b.name AS branch_name, c.owner_id, o.name AS owner_name,
        t.last_day, COALESCE(t.net, 0) AS net
    FROM page p
    JOIN customer c ON c.id = p.id
    JOIN org_unit b ON b.id = c.branch_id
    JOIN person o ON o.id = c.owner_id
    LEFT JOIN bought t ON t.customer_id = p.id
    ORDER BY p.fit, p.id DESC"
);
const TOTAL: &str = concat!(matching!(), " SELECT COUNT(*) AS found FROM matching");

/// Up to `limit` customers after `after`; figures count orders from day `from` on.
pub async fn list(
    tx: &mut Tx<'_>,
    sight: &Sight,
    filter: &CustomerFilter,
    from: Date,
    after: Option<CustomerPlace>,
    limit: u32,
) -> Result<Vec<CustomerRow>, StoreError> {
    let after = after.unwrap_or(CustomerPlace { fit: -1, id: CustomerId(0) });
    let (reader, reach) = reach_of(sight.orders.as_ref());
    let mut values = values(&sight.customers, filter);
    values.extend_from_slice(params![after.fit, after.id, limit, from, reader, reach]);
    tx.query(LIST, &values).await?.iter().map(row_of).collect()
}

/// How many customers the filter finds.
pub async fn total(tx: &mut Tx<'_>, scope: &Scope, filter: &CustomerFilter) -> Result<i64, StoreError> {
    tx.query_one(TOTAL, &values(scope, filter)).await?.int("found")
}

fn values(scope: &Scope, filter: &CustomerFilter) -> Vec<Value> {
    let [first, second, third, fourth] = all_words(&filter.search);
    let whole = filter.search.trim();
    params![
        scope.person,
        scope.like(),
        filter.tier.clone(),
        filter.kind.clone(),
        filter.owner,
        filter.branch,
        first,
        second,
        third,
        fourth,
        whole,
        begins(whole),
        name_key(whole),
    ]
    .to_vec()
}

fn row_of(row: &Row) -> Result<CustomerRow, StoreError> {
    Ok(CustomerRow {
        place: CustomerPlace { fit: row.int("fit")?, id: CustomerId(row.int("id")?) },
        code: row.text("code")?,
        name: row.text("name")?,
        contact: row.text("contact")?,
        phone: row.text("phone")?,
        city: row.text("city")?,
        kind: row.opt_text("customer_type")?,
        tier: row.opt_text("tier")?,
        branch: (OrgId(row.int("branch_id")?), row.text("branch_name")?),
        owner: (PersonId(row.int("owner_id")?), row.text("owner_name")?),
        last_order_day: day_of(row, "last_day")?,
        net_12m: Fen(row.int("net")?),
    })
}

/// A column with a day or null.
pub(super) fn day_of(row: &Row, name: &str) -> Result<Option<Date>, StoreError> {
    let Some(text) = row.opt_text(name)? else { return Ok(None) };
    parse_date(&text).map(Some).ok_or_else(|| StoreError::Decode(format!("{name} is no day")))
}
