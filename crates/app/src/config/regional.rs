//! What a region has of its own beside head office: made once for each kind, then changed like any other.

use domain::access::{AccessRefused, AccountRefused, Actor, OrgKind, Right};
use domain::base::{FieldFault, Instant, Invalid, ItemId, OrgId};
use domain::config::{ConfigRefused, Kind};
use domain::pricing::PriceClass;
use serde_json::json;
use store::config::{DeltaRow, Item};
use store::events::Event;
use store::{Command, StoreError, Tx, access};

use super::sight::may;
use crate::{AppError, Ctx};

/// The one item of a kind that a region was given; every company has those of `SHIPPED_KEY`, not this.
const ITEM_KEY: &str = "regional";

/// Makes the region's own item of this kind; the one that it has already is given back.
pub async fn create_regional(
    ctx: &Ctx,
    actor: &Actor,
    kind: Kind,
    region: OrgId,
) -> Result<ItemId, AppError> {
    ctx.write(CreateRegional { actor: actor.clone(), kind, region }).await
}

#[derive(Clone)]
struct CreateRegional {
    actor: Actor,
    kind: Kind,
    region: OrgId,
}

impl Command for CreateRegional {
    type Out = ItemId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<ItemId, AppError> {
        let CreateRegional { actor, kind, region } = self;
        actor.need(Right::ConfigRead)?;
        // Two who make it at once take turns, and the second finds the first one's.
        tx.lock_row("org_unit", "id", region).await?;
        let org = access::org(tx, region).await?;
        let org =
            org.filter(|org| super::sight::sees(&actor, &org.path, kind)).ok_or(AccessRefused::NotFound)?;
        // Whoever drafts prices for one region alone gives it nothing of its own: head office does.
        let hq = access::orgs(tx).await?.into_iter().find(|org| org.kind == OrgKind::Hq);
        actor.need(Right::ConfigEdit)?;
        if !may(&actor, Right::ConfigEdit, hq.as_ref().map_or(&org.path, |hq| &hq.path)) {
            return Err(ConfigRefused::HeadOfficeOnly.into());
        }
        if !kind.regional() {
            return Err(Invalid::one("kind", FieldFault::NoChoice).into());
        }
        if org.kind != OrgKind::Region {
            return Err(Invalid::one("org_id", FieldFault::NoChoice).into());
        }
        if org.closed {
            return Err(AppError::refused(AccountRefused::OrgClosed));
        }
        if let Some(known) = store::config::item_at(tx, kind, region, ITEM_KEY).await? {
            return Ok(known);
        }
        let now = store::events::moment(tx).await?.now;
        let name = domain::words::config::regional_name(kind, &org.name);
        let id = store::config::insert_item(tx, kind, region, ITEM_KEY, &name, now).await?;
        let facts = json!({ "kind": kind.key(), "scope": region.0 });
        let made = Event {
            actor: Some(actor.person),
            kind: "item.created",
            entity: "config_item",
            entity_id: id.0,
            facts,
        };
        store::events::append(tx, now, &made).await?;
        Ok(id)
    }
}

/// What the very first draft of an item begins with: of a region what holds for it now, else what the kind says.
pub(super) async fn starting_rows(
    tx: &mut Tx<'_>,
    item: &Item,
    now: Instant,
) -> Result<Vec<DeltaRow>, StoreError> {
    if item.kind == Kind::Template
        && let Some((above, n)) = store::config::nearest(tx, item.kind, item.scope, now).await?.first()
    {
        let rows = store::config::rows_of(tx, *above, *n).await?.into_iter();
        return Ok(rows
            .map(|(key, content)| DeltaRow { key, about: None, content: Some(content) })
            .collect());
    }
    let rows = item.kind.starting_rows(class_of_scope(tx, item.scope).await?).into_iter();
    Ok(rows.map(|row| DeltaRow { key: row.key, about: row.about, content: Some(row.content) }).collect())
}

/// A list that lies in a region is the region's.
async fn class_of_scope(tx: &mut Tx<'_>, scope: OrgId) -> Result<PriceClass, StoreError> {
    let of_region = store::config::regions(tx).await?.contains_key(&scope);
    Ok(if of_region { PriceClass::Region } else { PriceClass::List })
}
