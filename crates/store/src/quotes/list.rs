//! Lists of quotations: what a person may see of them, by filter, newest first.

use domain::access::Scope;
use domain::base::{CategoryId, CustomerId, Date, Fen, Instant, OrderId, OrgId, PersonId, QuoteId};
use domain::quotes::{LostAsked, OrderRef, QuoteSort, QuoteState, ShownState};

use super::asked::Asked;
use super::head::{opt_day, state_of};
use crate::sums::bounded;
use crate::{Row, StoreError, Tx};

/// What is asked of the list; nothing said asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteFilter {
    /// In lower case and half width.
    pub search: String,
    /// The customers whose code, contact and phone are looked into too: those that the person sees. Of all others only the
    /// name is, which stands on the quotation.
    pub customers: Option<Scope>,
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
    /// There are more than `count`, nobody knows how many, and `net` says nothing.
    pub capped: bool,
}

/// So many quotations are counted; of more it is said that there are more.
pub const COUNTED_MAX: i64 = 10_000;

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

/// Up to `limit` quotations after the place `after`, in the order of the filter. What they come to says which way is the
/// shorter one, and nothing else.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &QuoteFilter,
    today: Date,
    total: &Listed,
    after: Option<QuotePlace>,
    limit: u32,
) -> Result<Vec<QuoteRow>, StoreError> {
    let mut asked = Asked::all(scope, filter, today).behind(after, total.capped);
    let (key, order) = asked.order();
    let place = if asked.is_in_order() { key.to_string() } else { asked.sorted_by(key) };
    let rows = asked.rows(&format!("q.id AS id, {place} AS place"));
    let limit = asked.put(limit);
    // The page first, over the indexes alone; what is shown of it afterwards.
    let page = format!("ORDER BY place {order}, id DESC LIMIT {limit}");
    let ids = format!("ids AS MATERIALIZED ({rows} {page})");
    let sql = format!("WITH {ids} {SHOWN} ORDER BY i.place {order}, i.id DESC");
    tx.query(&sql, &asked.values).await?.iter().map(row_of).collect()
}

const SHOWN: &str = "
    SELECT q.id, k.number, q.revision, q.state, q.valid_until, q.customer_id, c.name AS customer_name, q.owner_id,
        o.name AS owner_name, q.branch_id, b.name AS branch_name, q.net, q.net_ex_tax, q.margin, q.line_count,
        q.first_product, q.issued_at, q.updated_at, q.listed_day, s.id AS order_id, s.number AS order_number
    FROM ids i
    JOIN quote q ON q.id = i.id
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    JOIN person o ON o.id = q.owner_id
    LEFT JOIN sales_order s ON s.quote_id = q.id";

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

/// Number and sum of what the filter finds, as far as it is counted.
pub async fn total(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &QuoteFilter,
    today: Date,
) -> Result<Listed, StoreError> {
    let over = Listed { count: COUNTED_MAX, net: Fen::ZERO, capped: true };
    let mut asked = Asked::all(scope, filter, today);
    if asked.is_wide() && is_beyond(tx, asked.clone()).await? {
        return Ok(over);
    }
    let rows = asked.rows("q.net AS net");
    let one_more = asked.put(COUNTED_MAX + 1);
    let sql = format!("{TOTAL} FROM ({rows} LIMIT {one_more}) q");
    let row = tx.query_one(&sql, &asked.values).await?;
    let count = row.int("count")?;
    if count > COUNTED_MAX {
        return Ok(over);
    }
    Ok(Listed { count, net: Fen(row.int("net")?), capped: false })
}

const TOTAL: &str =
    concat!("SELECT COUNT(*) AS count, CAST(COALESCE(SUM(", bounded!("q.net"), "), 0) AS BIGINT) AS net");

/// Whether there are more than are counted: steps over an index, three times as fast as adding up what stands in it.
async fn is_beyond(tx: &mut Tx<'_>, mut asked: Asked<'_>) -> Result<bool, StoreError> {
    let rows = asked.rows("1 AS one");
    let counted = asked.put(COUNTED_MAX);
    let sql = format!("{rows} LIMIT 1 OFFSET {counted}");
    Ok(!tx.query(&sql, &asked.values).await?.is_empty())
}

impl QuoteFilter {
    /// Whether the indexes of the list know all that is asked, so that looking twice costs little.
    pub(super) fn is_told_by_indexes(&self) -> bool {
        self.search.trim().is_empty() && self.category.is_none() && self.lost.is_none()
    }
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
