//! Lists of quotations: what a person may see of them, by filter, newest first.

use domain::access::Scope;
use domain::base::{CategoryId, CustomerId, Date, Fen, Instant, OrderId, OrgId, PersonId, QuoteId};
use domain::quotes::{LostAsked, OrderRef, QuoteSort, QuoteState, ShownState};

use super::head::{opt_day, state_of};
use crate::search::all_words;
use crate::sight::document_seen;
use crate::sums::bounded;
use crate::{Row, StoreError, Tx, Value, params};

/// What is asked of the list; nothing said asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteFilter {
    /// In lower case and half width.
    pub search: String,
    pub states: Vec<ShownState>,
    pub customer: Option<CustomerId>,
    pub owner: Option<PersonId>,
    /// A branch, or a region with all its branches.
    pub branch: Option<OrgId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// The last valid day is no later than this.
    pub valid_to: Option<Date>,
    /// Something of this category is quoted.
    pub category: Option<CategoryId>,
    pub lost: Option<LostAsked>,
    pub sort: QuoteSort,
}

/// One quotation of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteRow {
    pub id: QuoteId,
    pub number: Option<String>,
    pub revision: i64,
    pub state: QuoteState,
    pub valid_until: Option<Date>,
    pub customer: (CustomerId, String),
    pub owner: (PersonId, String),
    pub branch: (OrgId, String),
    pub net: Fen,
    pub net_ex_tax: Fen,
    /// What is earned; for those only who see cost. `None` when a cost is not known.
    pub margin: Option<Fen>,
    pub line_count: i64,
    pub first_product: Option<String>,
    pub issued_at: Option<Instant>,
    pub updated_at: Instant,
    pub order: Option<OrderRef>,
    /// Day of issue, of a draft of its last change: the list's order.
    pub listed_day: Date,
}

/// How many there are, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    pub count: i64,
    pub net: Fen,
}

/// `$1` person, `$2` pattern of the reach, `$3` today, `$4` states, `$5` customer, `$6` owner, `$7` branch,
/// `$8`, `$9` days, `$10` … `$13` words, `$14` last valid day, `$15` category,
/// `$16` lost for what. Customer, owner and days are put in their places by `narrowed`.
macro_rules! filter {
    () => {
        concat!(
            "
    WHERE ",
            document_seen!("q", "$1", "$2"),
            "
        AND {customer} AND {owner} AND {from} AND {to}
        AND (CAST($4 AS TEXT) IS NULL OR $4 LIKE '%,' || CASE
            WHEN q.state = 'issued' AND q.valid_until < $3 THEN 'expired' ELSE q.state END || ',%')
        AND (CAST($7 AS BIGINT) IS NULL OR EXISTS (
            SELECT 1 FROM org_unit f WHERE f.id = $7 AND b.path LIKE f.path || '%'))
        AND (CAST($14 AS TEXT) IS NULL OR q.valid_until <= $14)
        AND (CAST($15 AS BIGINT) IS NULL OR EXISTS (
            SELECT 1 FROM quote_line l JOIN product p ON p.id = l.product_id
            WHERE l.quote_id = q.id AND p.category_id = $15))
        AND (CAST($16 AS TEXT) IS NULL OR CASE WHEN q.state <> 'cancelled' THEN 'none'
            WHEN $16 = 'any' AND q.lost_why IS NOT NULL THEN 'any' ELSE COALESCE(q.lost_why, 'no') END = $16)
        AND (q.search LIKE $10 ESCAPE '\\' OR c.search LIKE $10 ESCAPE '\\')
        AND (q.search LIKE $11 ESCAPE '\\' OR c.search LIKE $11 ESCAPE '\\')
        AND (q.search LIKE $12 ESCAPE '\\' OR c.search LIKE $12 ESCAPE '\\')
        AND (q.search LIKE $13 ESCAPE '\\' OR c.search LIKE $13 ESCAPE '\\')"
        )
    };
}

/// `$17`, `$18` where the page before ended, `$19` how many.
macro_rules! list {
    ($key:literal, $after:literal, $order:literal) => {
        concat!(
            "SELECT q.id, k.number, q.revision, q.state, q.valid_until, q.customer_id, c.name AS customer_name,
        q.owner_id, o.name AS owner_name, q.branch_id, b.name AS branch_name, q.net, q.net_ex_tax, q.margin, q.line_count,
        q.first_product,
        q.issued_at, q.updated_at, q.listed_day, s.id AS order_id, s.number AS order_number
    FROM quote q
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    JOIN person o ON o.id = q.owner_id
    LEFT JOIN sales_order s ON s.quote_id = q.id",
            filter!(),
            " AND (",
            $key,
            $after,
            "$17 OR (",
            $key,
            " = $17 AND q.id < $18)) ORDER BY ",
            $key,
            $order,
            ", q.id DESC LIMIT $19"
        )
    };
}

const BY_DAY: &str = list!("q.listed_day", " < ", " DESC");
const BY_NET: &str = list!("q.net", " < ", " DESC");
const BY_END: &str = list!("COALESCE(q.valid_until, '9999-12-31')", " > ", " ASC");
const TOTAL: &str = concat!(
    "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(",
    bounded!("q.net"),
    "), 0) AS BIGINT) AS net
    FROM quote q
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id",
    filter!()
);

/// The statement with what the filter asks of customer, owner and days, written so that their indexes serve it; what it does
/// not ask holds of everything.
fn narrowed(sql: &str, filter: &QuoteFilter) -> String {
    let asked = |is: bool, asks: &'static str, holds: &'static str| if is { asks } else { holds };
    let customer = asked(filter.customer.is_some(), "q.customer_id = $5", "CAST($5 AS BIGINT) IS NULL");
    let owner = asked(filter.owner.is_some(), "q.owner_id = $6", "CAST($6 AS BIGINT) IS NULL");
    let from = asked(filter.from.is_some(), "q.listed_day >= $8", "CAST($8 AS TEXT) IS NULL");
    let to = asked(filter.to.is_some(), "q.listed_day <= $9", "CAST($9 AS TEXT) IS NULL");
    let places = [("{customer}", customer), ("{owner}", owner), ("{from}", from), ("{to}", to)];
    places.iter().fold(sql.to_string(), |sql, (place, condition)| sql.replace(place, condition))
}

/// Later and earlier than any day of a list.
const END_OF_DAYS: &str = "9999-12-31";
const BEFORE_DAYS: &str = "0000-01-01";

/// Where a page ended: what the list is sorted by, and the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotePlace {
    pub key: PlaceKey,
    pub id: QuoteId,
}

/// The day or the money of the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKey {
    Day(Date),
    Net(Fen),
}

/// Up to `limit` quotations after the place `after`, in the order of the filter.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &QuoteFilter,
    today: Date,
    after: Option<QuotePlace>,
    limit: u32,
) -> Result<Vec<QuoteRow>, StoreError> {
    let mut values = values(scope, filter, today);
    let id = after.as_ref().map_or(i64::MAX, |place| place.id.0);
    let key = match after.map(|place| place.key) {
        Some(PlaceKey::Day(day)) => Value::from(day),
        Some(PlaceKey::Net(net)) => Value::from(net),
        None => match filter.sort {
            QuoteSort::Listed => Value::from(END_OF_DAYS),
            QuoteSort::Net => Value::from(i64::MAX),
            QuoteSort::ValidUntil => Value::from(BEFORE_DAYS),
        },
    };
    let sql = match filter.sort {
        QuoteSort::Listed => BY_DAY,
        QuoteSort::Net => BY_NET,
        QuoteSort::ValidUntil => BY_END,
    };
    values.extend_from_slice(params![key, id, limit]);
    tx.query(&narrowed(sql, filter), &values).await?.iter().map(row_of).collect()
}

impl QuoteRow {
    /// Where a list that ends with this row goes on.
    pub fn place(&self, sort: QuoteSort) -> QuotePlace {
        let key = match sort {
            QuoteSort::Listed => PlaceKey::Day(self.listed_day),
            QuoteSort::Net => PlaceKey::Net(self.net),
            QuoteSort::ValidUntil => PlaceKey::Day(self.valid_until.unwrap_or(Date::constant(9999, 12, 31))),
        };
        QuotePlace { key, id: self.id }
    }
}

/// Number and sum of all that the filter finds.
pub async fn total(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &QuoteFilter,
    today: Date,
) -> Result<Listed, StoreError> {
    let row = tx.query_one(&narrowed(TOTAL, filter), &values(scope, filter, today)).await?;
    Ok(Listed { count: row.int("count")?, net: Fen(row.int("net")?) })
}

fn values(scope: &Scope, filter: &QuoteFilter, today: Date) -> Vec<Value> {
    let states = filter.states.iter().map(|state| state.key()).collect::<Vec<_>>().join(",");
    let states = if states.is_empty() { None } else { Some(format!(",{states},")) };
    let [first, second, third, fourth] = all_words(&filter.search);
    params![
        scope.person,
        scope.like(),
        today,
        states,
        filter.customer,
        filter.owner,
        filter.branch,
        filter.from,
        filter.to,
        first,
        second,
        third,
        fourth,
        filter.valid_to,
        filter.category,
        filter.lost.map(LostAsked::key)
    ]
    .to_vec()
}

fn row_of(row: &Row) -> Result<QuoteRow, StoreError> {
    let order = row.opt_int("order_id")?.zip(row.opt_text("order_number")?);
    let listed_day = opt_day(row, "listed_day")?;
    Ok(QuoteRow {
        id: QuoteId(row.int("id")?),
        number: row.opt_text("number")?,
        revision: row.int("revision")?,
        state: state_of(row)?,
        valid_until: opt_day(row, "valid_until")?,
        customer: (CustomerId(row.int("customer_id")?), row.text("customer_name")?),
        owner: (PersonId(row.int("owner_id")?), row.text("owner_name")?),
        branch: (OrgId(row.int("branch_id")?), row.text("branch_name")?),
        net: Fen(row.int("net")?),
        net_ex_tax: Fen(row.int("net_ex_tax")?),
        margin: row.opt_int("margin")?.map(Fen),
        line_count: row.int("line_count")?,
        first_product: row.opt_text("first_product")?,
        issued_at: row.opt_int("issued_at")?.map(Instant),
        updated_at: Instant(row.int("updated_at")?),
        order: order.map(|(id, number)| OrderRef { id: OrderId(id), number }),
        listed_day: listed_day.ok_or_else(|| StoreError::Decode("listed_day is null".to_string()))?,
    })
}
