//! Quotations in flight go with their customer.

use domain::base::{CustomerId, OrgId, PersonId};

use crate::{StoreError, Tx, params};

const HAND_OVER: &str = "
    UPDATE quote SET owner_id = $2, branch_id = $3, taken_by = NULL, taken_at = NULL, version = version + 1
    WHERE customer_id = $1 AND state IN ('draft', 'issued') AND (owner_id <> $2 OR branch_id <> $3)";

/// Gives drafts and issued quotations of a customer to his owner and branch, and says how many.
/// What is signed or over stays with those who made it.
pub async fn hand_over(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    owner: PersonId,
    branch: OrgId,
) -> Result<u64, StoreError> {
    tx.exec(HAND_OVER, params![customer, owner, branch]).await
}
