//! Roles and the rights that they give, as data.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Reach, Right};
use domain::base::{PersonId, RoleId};

use crate::{Row, StoreError, Tx, params};

/// A role without its rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    pub key: String,
    pub name: String,
}

/// Most roles of a company.
pub const ROLES_MAX: u32 = 200;

const INSERT: &str = "INSERT INTO role (role_key, name) VALUES ($1, $2) RETURNING id";
const GRANT: &str = "INSERT INTO role_right (role_id, right_key, reach) VALUES ($1, $2, $3)";
const GIVEN: &str = "SELECT DISTINCT right_key FROM role_right";
const SHIPPED: &str = "SELECT right_key FROM right_shipped";
const NOTE_SHIPPED: &str = "INSERT INTO right_shipped (right_key) VALUES ($1)";
const ALL: &str = "SELECT id, role_key, name FROM role ORDER BY id LIMIT $1";
const ENTRUST: &str = "INSERT INTO role_gives (role_id, gives_role_id) VALUES ($1, $2)";
const ENTRUSTED: &str = "
    SELECT DISTINCT g.gives_role_id AS id FROM role_gives g JOIN person_role h ON h.role_id = g.role_id
    WHERE h.person_id = $1";
const RIGHTS: &str = "SELECT right_key, reach FROM role_right WHERE role_id = $1";

/// Adds a role with its rights.
pub async fn insert_role(
    tx: &mut Tx<'_>,
    key: &str,
    name: &str,
    rights: &[(Right, Reach)],
) -> Result<RoleId, StoreError> {
    let id = tx.insert(INSERT, params![key, name]).await?;
    grant(tx, RoleId(id), rights).await?;
    Ok(RoleId(id))
}

/// Lets a role give these rights, which it does not give yet.
pub async fn grant(tx: &mut Tx<'_>, role: RoleId, rights: &[(Right, Reach)]) -> Result<(), StoreError> {
    for (right, reach) in rights {
        tx.exec(GRANT, params![role, right.key(), reach.key()]).await?;
    }
    Ok(())
}

/// Keys of all rights that any role gives.
pub async fn rights_given(tx: &mut Tx<'_>) -> Result<BTreeSet<String>, StoreError> {
    tx.query(GIVEN, &[]).await?.iter().map(|row| row.text("right_key")).collect()
}

/// Keys of all rights that the program has once given to roles of this company, whatever became of them.
pub async fn rights_shipped(tx: &mut Tx<'_>) -> Result<BTreeSet<String>, StoreError> {
    tx.query(SHIPPED, &[]).await?.iter().map(|row| row.text("right_key")).collect()
}

/// Remembers that the program has given this right, which is not among `rights_shipped` yet.
pub async fn note_shipped(tx: &mut Tx<'_>, right: Right) -> Result<(), StoreError> {
    tx.exec(NOTE_SHIPPED, params![right.key()]).await?;
    Ok(())
}

/// Every role, in the order in which they were made.
pub async fn roles(tx: &mut Tx<'_>) -> Result<Vec<Role>, StoreError> {
    tx.query(ALL, params![ROLES_MAX]).await?.iter().map(role_of).collect()
}

/// What one role gives.
pub async fn rights_of(tx: &mut Tx<'_>, role: RoleId) -> Result<BTreeMap<Right, Reach>, StoreError> {
    let mut rights = BTreeMap::new();
    for row in tx.query(RIGHTS, params![role]).await? {
        let right = Right::from_key(&row.text("right_key")?);
        let reach = Reach::from_key(&row.text("reach")?);
        if let (Some(right), Some(reach)) = (right, reach) {
            rights.insert(right, reach);
        }
    }
    Ok(rights)
}

/// Lets holders of `role` give `given` to others although it goes beyond their own rights.
pub async fn entrust(tx: &mut Tx<'_>, role: RoleId, given: RoleId) -> Result<(), StoreError> {
    tx.exec(ENTRUST, params![role, given]).await?;
    Ok(())
}

/// The roles that a person may give although they go beyond the person's own rights.
pub async fn entrusted_to(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<RoleId>, StoreError> {
    tx.query(ENTRUSTED, params![person]).await?.iter().map(|row| Ok(RoleId(row.int("id")?))).collect()
}

fn role_of(row: &Row) -> Result<Role, StoreError> {
    Ok(Role { id: RoleId(row.int("id")?), key: row.text("role_key")?, name: row.text("name")? })
}
