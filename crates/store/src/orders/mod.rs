//! Orders: what signed quotations became.

mod list;

pub use list::{OrderFilter, OrderRow, list, total};

use domain::access::Scope;
use domain::base::{CustomerId, Date, Fen, Instant, OrderId, OrgId, PersonId, QuoteId};
use domain::customers::{DocumentStanding, Standing};

use crate::quotes::opt_day;
use crate::{Ask, Row, StoreError, Tx, params};

/// An order that does not exist yet.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub number: String,
    pub quote: QuoteId,
    pub customer: CustomerId,
    pub branch: OrgId,
    pub owner: PersonId,
    pub signed_day: Date,
    pub signer: String,
    pub consent_file: String,
    pub recorded_by: PersonId,
    pub net: Fen,
    pub line_count: i64,
    pub first_product: Option<String>,
    pub search: String,
    pub now: Instant,
}

/// One order without its lines, which are those of its quotation's frozen document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderHead {
    pub row: OrderRow,
    pub branch_path: String,
    /// Path of the branch that the customer belongs to now.
    pub customer_path: String,
    pub customer_owner: PersonId,
    /// Whoever asked helps with this customer.
    pub helped: bool,
    /// Who recorded the consent; of one given on a link, who handed over its code.
    pub recorded_by: (PersonId, String),
    /// The customer accepted on a link.
    pub by_link: bool,
    pub consent_file: String,
}

const INSERT: &str = "
    INSERT INTO sales_order (number, quote_id, customer_id, branch_id, owner_id, signed_day, signer, consent_file,
        recorded_by, net, line_count, first_product, search, version, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14) RETURNING id";
const HEAD: &str = "
    SELECT s.id, s.number, s.quote_id, k.number AS quote_number, q.revision, s.customer_id, c.name AS customer_name,
        s.owner_id, o.name AS owner_name, s.branch_id, b.name AS branch_name, s.net, s.line_count, s.first_product,
        s.signed_day, s.signer, s.created_at, b.path AS branch_path, c.owner_id AS customer_owner, w.path AS customer_path,
        (SELECT COUNT(*) FROM customer_helper h WHERE h.customer_id = s.customer_id AND h.person_id = $2) AS helped,
        s.recorded_by, r.name AS recorded_by_name, s.consent_file,
        (SELECT COUNT(*) FROM share_link l WHERE l.quote_id = s.quote_id AND l.accepted_at IS NOT NULL) AS by_link
    FROM sales_order s
    JOIN quote q ON q.id = s.quote_id
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = s.customer_id
    JOIN org_unit b ON b.id = s.branch_id
    JOIN org_unit w ON w.id = c.branch_id
    JOIN person o ON o.id = s.owner_id
    JOIN person r ON r.id = s.recorded_by
    WHERE s.id = $1";

const WITH_PAGE: &str = "SELECT id FROM sales_order WHERE consent_file = $1 ORDER BY id LIMIT 1";
const OF_QUOTE: &str = "SELECT id FROM sales_order WHERE quote_id = $1";

/// Writes an order; a second one of the same quotation breaks the key.
pub async fn insert_order(tx: &mut Tx<'_>, new: &NewOrder) -> Result<OrderId, StoreError> {
    let values = params![
        &new.number,
        new.quote,
        new.customer,
        new.branch,
        new.owner,
        new.signed_day,
        &new.signer,
        &new.consent_file,
        new.recorded_by,
        new.net,
        new.line_count,
        new.first_product.clone(),
        &new.search,
        new.now
    ];
    Ok(OrderId(tx.insert(INSERT, values).await?))
}

/// The order as `reader` stands to it.
pub async fn head(tx: &mut Tx<'_>, id: OrderId, reader: PersonId) -> Result<Option<OrderHead>, StoreError> {
    tx.query_opt(HEAD, params![id, reader]).await?.as_ref().map(head_of).transpose()
}

/// The order that this version of a quotation became.
pub async fn head_of_quote(
    tx: &mut Tx<'_>,
    quote: QuoteId,
    reader: PersonId,
) -> Result<Option<OrderHead>, StoreError> {
    let Some(row) = tx.query_opt(OF_QUOTE, params![quote]).await? else { return Ok(None) };
    head(tx, OrderId(row.int("id")?), reader).await
}

/// The first order that stands on the page with this hash.
pub async fn with_page(tx: &mut Tx<'_>, file: &str) -> Result<Option<OrderId>, StoreError> {
    tx.query_opt(WITH_PAGE, params![file]).await?.map(|row| Ok(OrderId(row.int("id")?))).transpose()
}

/// What `head_of_quote` asks first, for whoever asks more at once.
pub fn asks_of_quote(quote: QuoteId) -> Ask {
    Ask::of(OF_QUOTE, params![quote])
}

impl OrderHead {
    /// Whether it lies inside.
    pub fn within(&self, scope: &Scope) -> bool {
        let Self { customer_owner, customer_path, helped, row, branch_path, .. } = self;
        let customer = Standing { owner: *customer_owner, branch_path: customer_path, helped: *helped };
        DocumentStanding { owner: row.owner.0, branch_path, customer }.inside(scope)
    }
}

fn head_of(row: &Row) -> Result<OrderHead, StoreError> {
    Ok(OrderHead {
        row: row_of(row)?,
        branch_path: row.text("branch_path")?,
        customer_path: row.text("customer_path")?,
        customer_owner: PersonId(row.int("customer_owner")?),
        helped: row.int("helped")? > 0,
        recorded_by: (PersonId(row.int("recorded_by")?), row.text("recorded_by_name")?),
        by_link: row.int("by_link")? > 0,
        consent_file: row.text("consent_file")?,
    })
}

fn row_of(row: &Row) -> Result<OrderRow, StoreError> {
    let signed_day = opt_day(row, "signed_day")?;
    Ok(OrderRow {
        id: OrderId(row.int("id")?),
        number: row.text("number")?,
        quote: QuoteId(row.int("quote_id")?),
        quote_number: row.text("quote_number")?,
        revision: row.int("revision")?,
        customer: (CustomerId(row.int("customer_id")?), row.text("customer_name")?),
        owner: (PersonId(row.int("owner_id")?), row.text("owner_name")?),
        branch: (OrgId(row.int("branch_id")?), row.text("branch_name")?),
        net: Fen(row.int("net")?),
        line_count: row.int("line_count")?,
        first_product: row.opt_text("first_product")?,
        signed_day: signed_day.ok_or_else(|| StoreError::Decode("signed_day is null".to_string()))?,
        signer: row.text("signer")?,
        created_at: Instant(row.int("created_at")?),
    })
}
