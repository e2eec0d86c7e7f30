//! Whether a person still wants the hints of the first quotations.

use domain::base::PersonId;

use crate::{StoreError, Tx, params};

const OFF: &str = "SELECT guide_off FROM person WHERE id = $1";
const PUT: &str = "UPDATE person SET guide_off = $2 WHERE id = $1";

/// Whether the person has put the hints away.
pub async fn guide_off(tx: &mut Tx<'_>, person: PersonId) -> Result<bool, StoreError> {
    tx.query_one(OFF, params![person]).await?.flag("guide_off")
}

/// Puts the hints away, or takes them out again.
pub async fn put_guide_off(tx: &mut Tx<'_>, person: PersonId, off: bool) -> Result<(), StoreError> {
    tx.exec(PUT, params![person, off]).await?;
    Ok(())
}
