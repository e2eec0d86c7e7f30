//! The roles and rights that every company has.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{OrgKind, Reach, Right, shipped_roles};
use domain::base::RoleId;
use domain::words;
use serde_json::json;
use store::events::{self, Event};
use store::{Command, StoreError, Tx, access};

use crate::{AppError, Ctx};

/// A role, by its key, with the rights that it was given.
pub type Shipped = (&'static str, Vec<(Right, Reach)>);

/// Writes the shipped roles that are missing, and gives those that are there the rights that came since.
///
/// Roles are data: what a company has changed about its own stays. So a right counts as new to a database only while
/// nobody at all has it and it was never given out; one that the company took away from everybody stays away, also from
/// a role that comes anew.
pub(super) async fn ship_roles(tx: &mut Tx<'_>) -> Result<Vec<Shipped>, StoreError> {
    let known = access::roles(tx).await?;
    let given = access::rights_given(tx).await?;
    let once = access::rights_shipped(tx).await?;
    let taken_away = |right: Right| once.contains(right.key()) && !given.contains(right.key());
    let mut ids: BTreeMap<&str, RoleId> = BTreeMap::new();
    let mut shipped = Vec::new();
    for role in shipped_roles() {
        let rights: Vec<(Right, Reach)> = match known.iter().find(|found| found.key == role.key) {
            None => {
                let name = words::access::role_name(role.key);
                let rights = role.rights.into_iter().filter(|(right, _)| !taken_away(*right));
                let rights: Vec<(Right, Reach)> = rights.collect();
                ids.insert(role.key, access::insert_role(tx, role.key, name, &rights).await?);
                rights
            }
            Some(found) => {
                ids.insert(role.key, found.id);
                let is_new = |right: Right| !given.contains(right.key()) && !once.contains(right.key());
                let new = role.rights.into_iter().filter(|(right, _)| is_new(*right));
                let new: Vec<(Right, Reach)> = new.collect();
                access::grant(tx, found.id, &new).await?;
                new
            }
        };
        if !rights.is_empty() {
            shipped.push((role.key, rights));
        }
    }
    note(tx, &once).await?;
    let is_new = |key: &str| known.iter().all(|found| found.key != key);
    for role in shipped_roles() {
        for given in role.gives.iter().filter(|given| is_new(role.key) || is_new(given)) {
            if let (Some(role), Some(given)) = (ids.get(role.key), ids.get(given)) {
                access::entrust(tx, *role, *given).await?;
            }
        }
    }
    Ok(shipped)
}

/// Remembers the rights of all shipped roles as given out, beside those that were so before.
async fn note(tx: &mut Tx<'_>, before: &BTreeSet<String>) -> Result<(), StoreError> {
    let all = shipped_roles().into_iter().flat_map(|role| role.rights).map(|(right, _)| right);
    let new: BTreeSet<Right> = all.filter(|right| !before.contains(right.key())).collect();
    for right in new {
        access::note_shipped(tx, right).await?;
    }
    Ok(())
}

/// Gives a company that was set up by an older program the roles and rights that came since; asked at each start.
pub async fn ship_missing(ctx: &Ctx) -> Result<Vec<Shipped>, AppError> {
    ctx.write(ShipMissing).await
}

#[derive(Clone)]
struct ShipMissing;

impl Command for ShipMissing {
    type Out = Vec<Shipped>;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Vec<Shipped>, AppError> {
        let orgs = access::orgs(tx).await?;
        let Some(hq) = orgs.iter().find(|org| org.kind == OrgKind::Hq) else { return Ok(Vec::new()) };
        // Servers that start together take turns.
        tx.lock_row("org_unit", "id", hq.id).await?;
        let shipped = ship_roles(tx).await?;
        let now = events::moment(tx).await?.now;
        for (role, rights) in &shipped {
            let rights: BTreeMap<&str, &str> =
                rights.iter().map(|(right, reach)| (right.key(), reach.key())).collect();
            let facts = json!({ "role": role, "rights": rights });
            let (kind, entity) = ("company.rights_shipped", "company");
            events::append(tx, now, &Event { actor: None, kind, entity, entity_id: 1, facts }).await?;
        }
        Ok(shipped)
    }
}
