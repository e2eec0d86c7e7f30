//! The terms of the customer for whom products are looked up.

use domain::access::Scope;
use domain::base::{CustomerId, OrgId};

use crate::sight::customer_seen;
use crate::{Row, StoreError, Tx, params};

const TERMS: &str = concat!(
    "
    SELECT c.id, c.tier, c.customer_type,
        (SELECT MIN(r.id) FROM org_unit r WHERE r.kind = 'region' AND o.path LIKE r.path || '%') AS region
    FROM customer c JOIN org_unit o ON o.id = c.branch_id
    WHERE c.id = $1 AND ",
    customer_seen!("o.path", "$2", "$3")
);

const TERMS_OF_ALL: &str = concat!(
    "
    SELECT c.id, c.name, c.tier, c.customer_type,
        (SELECT MIN(r.id) FROM org_unit r WHERE r.kind = 'region' AND o.path LIKE r.path || '%') AS region
    FROM customer c JOIN org_unit o ON o.id = c.branch_id
    WHERE ",
    customer_seen!("o.path", "$1", "$2"),
    " ORDER BY c.id"
);

const REGION: &str = "SELECT r.id, r.name FROM org_unit r WHERE r.kind = 'region' AND $1 LIKE r.path || '%' ORDER BY r.id LIMIT 1";

/// What decides the prices of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerTerms {
    pub id: CustomerId,
    pub customer_type: Option<String>,
    pub tier: Option<String>,
    /// The region that the branch lies in.
    pub region: Option<OrgId>,
}

/// The terms of a customer inside `scope`; `None` for any other.
pub async fn customer_terms(
    tx: &mut Tx<'_>,
    id: CustomerId,
    scope: &Scope,
) -> Result<Option<CustomerTerms>, StoreError> {
    let row = tx.query_opt(TERMS, params![id, scope.person, scope.like()]).await?;
    row.as_ref().map(terms_of).transpose()
}

/// The region that the node at `org_path` lies in, with its name; `None` for head office.
pub async fn region_at(tx: &mut Tx<'_>, org_path: &str) -> Result<Option<(OrgId, String)>, StoreError> {
    let row = tx.query_opt(REGION, params![org_path]).await?;
    row.map(|row| Ok((OrgId(row.int("id")?), row.text("name")?))).transpose()
}

/// The terms of every customer inside `scope`, with the name: all of them, so that nobody's price is left out unsaid.
pub async fn terms_of_all(
    tx: &mut Tx<'_>,
    scope: &Scope,
) -> Result<Vec<(CustomerTerms, String)>, StoreError> {
    let rows = tx.query(TERMS_OF_ALL, params![scope.person, scope.like()]).await?;
    rows.iter().map(|row| Ok((terms_of(row)?, row.text("name")?))).collect()
}

fn terms_of(row: &Row) -> Result<CustomerTerms, StoreError> {
    Ok(CustomerTerms {
        id: CustomerId(row.int("id")?),
        customer_type: row.opt_text("customer_type")?,
        tier: row.opt_text("tier")?,
        region: row.opt_int("region")?.map(OrgId),
    })
}
