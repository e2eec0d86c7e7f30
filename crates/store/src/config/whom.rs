//! Customers that lists name: those that a reader sees, and those that belong to a scope.

use std::collections::BTreeSet;

use domain::access::Scope;
use domain::base::CustomerId;

use super::rows::{KEYS_AT_ONCE, key_places, with_keys};
use crate::sight::customer_seen;
use crate::{Ask, StoreError, Tx, Value, params};

const SEEN: &str = concat!(
    "SELECT c.id FROM customer c JOIN org_unit b ON b.id = c.branch_id WHERE ",
    customer_seen!("b.path", "$1", "$2"),
    " AND c.id IN "
);
const BENEATH: &str =
    "SELECT c.id FROM customer c JOIN org_unit b ON b.id = c.branch_id WHERE b.path LIKE $1 AND c.id IN ";

/// Those of these customers that `scope` sees.
pub async fn customers_seen(
    tx: &mut Tx<'_>,
    customers: &[CustomerId],
    scope: &Scope,
) -> Result<BTreeSet<CustomerId>, StoreError> {
    those(tx, SEEN, params![scope.person, scope.like()], customers).await
}

/// Those of these customers whose branch lies in the subtree under `path`.
pub async fn customers_beneath(
    tx: &mut Tx<'_>,
    customers: &[CustomerId],
    path: &str,
) -> Result<BTreeSet<CustomerId>, StoreError> {
    those(tx, BENEATH, params![format!("{path}%")], customers).await
}

/// Keeps these customers where they are until this transaction ends.
pub async fn hold_customers(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<(), StoreError> {
    if customers.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = customers.iter().map(|customer| customer.0).collect();
    tx.ahead(vec![Ask::lock_all_shared("customer", &ids)]).await
}

async fn those(
    tx: &mut Tx<'_>,
    sql: &str,
    before: &[Value],
    customers: &[CustomerId],
) -> Result<BTreeSet<CustomerId>, StoreError> {
    let mut found = BTreeSet::new();
    let sql = format!("{sql}({}) ORDER BY c.id", key_places(before.len() + 1));
    for ids in customers.chunks(KEYS_AT_ONCE) {
        for row in tx.query(&sql, &with_keys(before, ids)).await? {
            found.insert(CustomerId(row.int("id")?));
        }
    }
    Ok(found)
}
