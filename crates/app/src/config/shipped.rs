//! The config items that every company begins with.

use domain::base::{Instant, ItemId, OrgId};
use domain::config::Kind;
use store::{StoreError, Tx};

/// Makes one item of each kind at head office, without any revision.
pub async fn ship_items(tx: &mut Tx<'_>, hq: OrgId, now: Instant) -> Result<Vec<(Kind, ItemId)>, StoreError> {
    let mut made = Vec::new();
    for kind in Kind::ALL {
        let name = domain::words::config::shipped_name(*kind);
        made.push((*kind, store::config::insert_item(tx, *kind, hq, "standard", name, now).await?));
    }
    Ok(made)
}
