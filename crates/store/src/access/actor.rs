//! Who acts: a person with what their roles give.

use std::collections::BTreeMap;

use domain::access::{Actor, Reach, Right};
use domain::base::{OrgId, PersonId};

use crate::{Row, StoreError, Tx, params};

/// A person who acts, with the names that their own page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub actor: Actor,
    pub account: String,
    pub org_name: String,
    pub role_names: Vec<String>,
}

const PERSON: &str = "
    SELECT p.id, p.name, p.account, p.org_id, o.path, o.name AS org_name
    FROM person p JOIN org_unit o ON o.id = p.org_id
    WHERE p.id = $1 AND p.active = 1";
const GRANTS: &str = "
    SELECT g.right_key, g.reach FROM person_role h JOIN role_right g ON g.role_id = h.role_id
    WHERE h.person_id = $1";
const ROLE_NAMES: &str = "
    SELECT r.name FROM person_role h JOIN role r ON r.id = h.role_id WHERE h.person_id = $1 ORDER BY r.id";

/// The person as somebody who acts; `None` for a locked or unknown account.
pub async fn actor(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Actor>, StoreError> {
    let Some(row) = tx.query_opt(PERSON, params![person]).await? else { return Ok(None) };
    let grants = grants(tx, person).await?;
    Ok(Some(actor_of(&row, grants)?))
}

/// The person with the names of role and place; `None` for a locked or unknown account.
pub async fn identity(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Identity>, StoreError> {
    let Some(row) = tx.query_opt(PERSON, params![person]).await? else { return Ok(None) };
    let grants = grants(tx, person).await?;
    let names = tx.query(ROLE_NAMES, params![person]).await?;
    Ok(Some(Identity {
        actor: actor_of(&row, grants)?,
        account: row.text("account")?,
        org_name: row.text("org_name")?,
        role_names: names.iter().map(|row| row.text("name")).collect::<Result<_, _>>()?,
    }))
}

/// The person of a row with `id`, `name`, `org_id` and `path`.
pub(crate) fn actor_of(row: &Row, grants: BTreeMap<Right, Reach>) -> Result<Actor, StoreError> {
    Ok(Actor {
        person: PersonId(row.int("id")?),
        name: row.text("name")?,
        org: OrgId(row.int("org_id")?),
        org_path: row.text("path")?,
        grants,
    })
}

async fn grants(tx: &mut Tx<'_>, person: PersonId) -> Result<BTreeMap<Right, Reach>, StoreError> {
    grants_of(&tx.query(GRANTS, params![person]).await?)
}

/// The rights of all roles together; of two reaches the wider one. A right that this program no longer knows gives nothing.
pub(crate) fn grants_of(rows: &[Row]) -> Result<BTreeMap<Right, Reach>, StoreError> {
    let mut grants = BTreeMap::new();
    for row in rows {
        let right = Right::from_key(row.text_ref("right_key")?);
        let reach = Reach::from_key(row.text_ref("reach")?);
        if let (Some(right), Some(reach)) = (right, reach) {
            let held = grants.entry(right).or_insert(reach);
            *held = reach.max(*held);
        }
    }
    Ok(grants)
}
