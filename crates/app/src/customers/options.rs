//! What a person may choose from in forms and filters.

use domain::access::{Actor, OrgKind, OrgUnit, Right};
use domain::base::{Limit, OrgId, PersonId};
use domain::words::access::closed_org;
use domain::words::customers::TYPES;
use store::{StoreError, Tx, access, events};

use crate::config::tiers_to_give;
use crate::{AppError, Ctx};

/// The choices of forms and filters, as far as the person's rights reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    pub customer_types: Vec<String>,
    /// Name and percent of the tiers that a customer may be given.
    pub tiers: Vec<(String, String)>,
    pub branches: Vec<(OrgId, String)>,
    /// People who may own customers: id, name, node.
    pub people: Vec<(PersonId, String, OrgId)>,
    /// Base units in use.
    pub units: Vec<String>,
}

/// What this person may choose from.
pub async fn options(ctx: &Ctx, actor: &Actor) -> Result<Options, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let (branches, people) = reached(tx, &actor).await?;
                let tiers = if actor.has(Right::CustomerRead) { tiers(tx).await? } else { Vec::new() };
                let units = store::catalog::units_in_use(tx).await?;
                let customer_types = TYPES.iter().map(|word| (*word).to_string()).collect();
                Ok(Options { customer_types, tiers, branches, people, units })
            })
        })
        .await
}

type Reached = (Vec<(OrgId, String)>, Vec<(PersonId, String, OrgId)>);

/// Branches and people under the reach of the right to see customers; nothing without it.
async fn reached(tx: &mut Tx<'_>, actor: &Actor) -> Result<Reached, StoreError> {
    let Ok(scope) = actor.scope(Right::CustomerRead) else { return Ok((Vec::new(), Vec::new())) };
    let all = access::orgs(tx).await?;
    let within = access::orgs_within(&all, &scope).into_iter().filter(|org| org.kind == OrgKind::Branch);
    let name = |org: &OrgUnit| if org.closed { closed_org(&org.name) } else { org.name.clone() };
    let branches = within.map(|org| (org.id, name(org))).collect();
    let mut people = Vec::new();
    let mut after = None;
    loop {
        let mut page = access::people(tx, &scope, "", after, Limit::USUAL).await?;
        let more = Limit::USUAL.cut(&mut page);
        after = page.last().map(|person| person.id);
        let active = page.into_iter().filter(|person| person.active);
        people.extend(active.map(|person| (person.id, person.name, person.org)));
        if !more {
            return Ok((branches, people));
        }
    }
}

async fn tiers(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, StoreError> {
    let now = events::moment(tx).await?.now;
    let tiers = tiers_to_give(tx, now).await?;
    Ok(tiers.into_iter().map(|tier| (tier.name, tier.percent.to_percent())).collect())
}
