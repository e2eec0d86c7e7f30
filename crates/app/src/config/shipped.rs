//! The config items that every company has.

use domain::access::OrgKind;
use domain::base::{Instant, ItemId, OrgId};
use domain::config::Kind;
use store::config::SHIPPED_KEY;
use store::{Command, StoreError, Tx};

use crate::{AppError, Ctx};

/// Makes one item of each kind that has none yet at head office, without any revision.
pub async fn ship_items(tx: &mut Tx<'_>, hq: OrgId, now: Instant) -> Result<Vec<(Kind, ItemId)>, StoreError> {
    let mut made = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| kind.shipped()) {
        if store::config::item_at(tx, *kind, hq, SHIPPED_KEY).await?.is_some() {
            continue;
        }
        let name = domain::words::config::shipped_name(*kind);
        made.push((*kind, store::config::insert_item(tx, *kind, hq, SHIPPED_KEY, name, now).await?));
    }
    Ok(made)
}

/// Gives a company that was set up by an older program the items of the kinds that came since; asked at each start.
pub async fn ship_missing(ctx: &Ctx) -> Result<Vec<(Kind, ItemId)>, AppError> {
    ctx.write(ShipMissing).await
}

#[derive(Clone)]
struct ShipMissing;

impl Command for ShipMissing {
    type Out = Vec<(Kind, ItemId)>;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Vec<(Kind, ItemId)>, AppError> {
        let orgs = store::access::orgs(tx).await?;
        let Some(hq) = orgs.iter().find(|org| org.kind == OrgKind::Hq) else { return Ok(Vec::new()) };
        // Servers that start together take turns.
        tx.lock_row("org_unit", "id", hq.id).await?;
        let now = store::events::moment(tx).await?.now;
        Ok(ship_items(tx, hq.id, now).await?)
    }
}
