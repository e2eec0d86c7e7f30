//! The terms of the customer for whom products are looked up.

use domain::access::Scope;
use domain::base::CustomerId;

use crate::sight::customer_seen;
use crate::{StoreError, Tx, params};

const TERMS: &str = concat!(
    "
    SELECT c.id, c.tier, c.customer_type FROM customer c JOIN org_unit o ON o.id = c.branch_id
    WHERE c.id = $1 AND ",
    customer_seen!("o.path", "$2", "$3")
);

/// What decides the prices of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerTerms {
    pub id: CustomerId,
    pub customer_type: Option<String>,
    pub tier: Option<String>,
}

/// The terms of a customer inside `scope`; `None` for any other.
pub async fn customer_terms(
    tx: &mut Tx<'_>,
    id: CustomerId,
    scope: &Scope,
) -> Result<Option<CustomerTerms>, StoreError> {
    let row = tx.query_opt(TERMS, params![id, scope.person, scope.like()]).await?;
    row.map(|row| {
        Ok(CustomerTerms {
            id: CustomerId(row.int("id")?),
            customer_type: row.opt_text("customer_type")?,
            tier: row.opt_text("tier")?,
        })
    })
    .transpose()
}
