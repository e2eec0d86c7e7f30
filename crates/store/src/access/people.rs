//! People and their accounts.

use std::collections::BTreeMap;

use domain::access::Scope;
use domain::base::{Instant, Limit, OrgId, PersonId, RoleId};

use crate::{Row, StoreError, Tx, params};

/// A person with an account, as lists and their own page show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub account: String,
    pub name: String,
    /// Where customers reach the person; empty: nowhere.
    pub phone: String,
    pub org: OrgId,
    pub org_name: String,
    pub org_path: String,
    pub active: bool,
    pub version: i64,
    pub last_seen_at: Option<Instant>,
    /// Key and name of each role.
    pub roles: Vec<(String, String)>,
}

/// What a person has in hand, and keeps in whatever branch they work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InHand {
    /// Customers of whom they are the owner.
    pub customers: i64,
    /// Drafts and issued quotations, expired ones too.
    pub open_quotes: i64,
}

/// What is written down of a new person.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub account: String,
    pub name: String,
    pub org: OrgId,
    pub password_hash: String,
    pub roles: Vec<RoleId>,
    /// Name, account and pinyin initials in lower case.
    pub search: String,
}

/// An account as sign-in needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub person: PersonId,
    pub account: String,
    pub password_hash: String,
    pub active: bool,
}

type RolesOf = BTreeMap<PersonId, Vec<(String, String)>>;

const COLUMNS: &str = "p.id, p.account, p.name, p.phone, p.org_id, o.name AS org_name, o.path, p.active, p.version, p.last_seen_at";
const INSERT: &str = "
    INSERT INTO person (account, name, phone, org_id, password_hash, active, version, created_at, search)
    VALUES ($1, $2, '', $3, $4, 1, 1, $5, $6) RETURNING id";
const GIVE_ROLE: &str = "INSERT INTO person_role (person_id, role_id) VALUES ($1, $2)";
const TAKE_ROLES: &str = "DELETE FROM person_role WHERE person_id = $1";
const UPDATE: &str = "
    UPDATE person SET name = $3, org_id = $4, active = $5, search = $6, phone = $7, version = version + 1
    WHERE id = $1 AND version = $2";
const SET_PHONE: &str = "UPDATE person SET phone = $2 WHERE id = $1";
const SET_PASSWORD: &str = "UPDATE person SET password_hash = $2 WHERE id = $1";
const SEEN: &str = "UPDATE person SET last_seen_at = $2 WHERE id = $1";
const ROLES: &str = "
    SELECT h.person_id, r.role_key, r.name FROM person_role h JOIN role r ON r.id = h.role_id
    WHERE h.person_id >= $1 AND h.person_id <= $2 ORDER BY h.person_id, r.id";
const BY_ACCOUNT: &str = "SELECT id, account, password_hash, active FROM person WHERE account = $1";
const BY_ID: &str = "SELECT id, account, password_hash, active FROM person WHERE id = $1";
const DEMO_ACCOUNTS: &str = "
    SELECT p.account, p.name, r.name AS role_name FROM role r
    JOIN person_role h ON h.role_id = r.id JOIN person p ON p.id = h.person_id
    WHERE p.active = 1 AND (
        SELECT COUNT(*) FROM person q JOIN person_role e ON e.person_id = q.id
        WHERE e.role_id = r.id AND q.active = 1 AND q.id < p.id
    ) < CASE WHEN EXISTS (
        SELECT 1 FROM role_right g WHERE g.role_id = r.id AND g.right_key = 'config.edit'
    ) THEN 2 ELSE 1 END
    ORDER BY r.id, p.id LIMIT $1";
const IN_HAND: &str = "
    SELECT (SELECT COUNT(*) FROM customer WHERE owner_id = $1) AS customers,
        (SELECT COUNT(*) FROM quote WHERE owner_id = $1 AND state IN ('draft', 'issued')) AS open_quotes";
const REF: &str = "SELECT id, name FROM person WHERE id = $1";

/// What the person has in hand.
pub async fn in_hand(tx: &mut Tx<'_>, person: PersonId) -> Result<InHand, StoreError> {
    let row = tx.query_one(IN_HAND, params![person]).await?;
    Ok(InHand { customers: row.int("customers")?, open_quotes: row.int("open_quotes")? })
}

/// Adds a person; an account that is taken breaks the key.
pub async fn insert_person(tx: &mut Tx<'_>, new: &NewPerson, now: Instant) -> Result<PersonId, StoreError> {
    let values = params![&new.account, &new.name, new.org, &new.password_hash, now, &new.search];
    let id = PersonId(tx.insert(INSERT, values).await?);
    give_roles(tx, id, &new.roles).await?;
    Ok(id)
}

/// Changes a person while the row is at `version`; `false` when somebody was first.
pub async fn update_person(tx: &mut Tx<'_>, person: &Person, search: &str) -> Result<bool, StoreError> {
    let values =
        params![person.id, person.version, &person.name, person.org, person.active, search, &person.phone];
    Ok(tx.exec(UPDATE, values).await? == 1)
}

/// Where customers reach a person who was just added.
pub async fn set_phone(tx: &mut Tx<'_>, person: PersonId, phone: &str) -> Result<(), StoreError> {
    tx.exec(SET_PHONE, params![person, phone]).await?;
    Ok(())
}

/// Gives a person these roles and no others.
pub async fn set_roles(tx: &mut Tx<'_>, person: PersonId, roles: &[RoleId]) -> Result<(), StoreError> {
    tx.exec(TAKE_ROLES, params![person]).await?;
    give_roles(tx, person, roles).await
}

async fn give_roles(tx: &mut Tx<'_>, person: PersonId, roles: &[RoleId]) -> Result<(), StoreError> {
    for role in roles {
        tx.exec(GIVE_ROLE, params![person, *role]).await?;
    }
    Ok(())
}

/// Keeps the hash of a new password.
pub async fn set_password(tx: &mut Tx<'_>, person: PersonId, hash: &str) -> Result<(), StoreError> {
    tx.exec(SET_PASSWORD, params![person, hash]).await?;
    Ok(())
}

/// Notes that a person used Huxi.
pub async fn note_seen(tx: &mut Tx<'_>, person: PersonId, now: Instant) -> Result<(), StoreError> {
    tx.exec(SEEN, params![person, now]).await?;
    Ok(())
}

/// The account of that name, as it was written in lower case.
pub async fn account(tx: &mut Tx<'_>, name: &str) -> Result<Option<Account>, StoreError> {
    tx.query_opt(BY_ACCOUNT, params![name]).await?.as_ref().map(account_of).transpose()
}

/// The account of a person.
pub async fn account_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Account>, StoreError> {
    tx.query_opt(BY_ID, params![person]).await?.as_ref().map(account_of).transpose()
}

/// Account, name and role of the first person of each role, and of the second where drafts of configuration are made,
/// since somebody else must confirm them; for the sign-in page of a demo company.
pub async fn demo_accounts(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<(String, String, String)>, StoreError> {
    let rows = tx.query(DEMO_ACCOUNTS, params![limit]).await?;
    rows.iter().map(|row| Ok((row.text("account")?, row.text("name")?, row.text("role_name")?))).collect()
}

/// Name of a person, locked or not.
pub async fn person_name(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<String>, StoreError> {
    tx.query_opt(REF, params![person]).await?.map(|row| row.text("name")).transpose()
}

/// One person inside `scope`.
pub async fn person(tx: &mut Tx<'_>, id: PersonId, scope: &Scope) -> Result<Option<Person>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person p JOIN org_unit o ON o.id = p.org_id
         WHERE p.id = $1 AND (p.id = $2 OR o.path LIKE $3)"
    );
    let row = tx.query_opt(&sql, params![id, scope.person, scope.like()]).await?;
    let Some(row) = row else { return Ok(None) };
    let mut roles = roles_between(tx, id, id).await?;
    person_of(&row, &mut roles).map(Some)
}

/// People inside `scope` whose name, account or initials hold `search` (lower case), by id after `after`.
pub async fn people(
    tx: &mut Tx<'_>,
    scope: &Scope,
    search: &str,
    after: Option<PersonId>,
    limit: Limit,
) -> Result<Vec<Person>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person p JOIN org_unit o ON o.id = p.org_id
         WHERE (p.id = $1 OR o.path LIKE $2) AND p.search LIKE $3 ESCAPE '\\' AND p.id > $4
         ORDER BY p.id LIMIT $5"
    );
    let pattern = crate::search::holds(search);
    let after = after.map_or(0, |id| id.0);
    let values = params![scope.person, scope.like(), pattern, after, limit.and_one()];
    let rows = tx.query(&sql, values).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.int("id")).collect::<Result<_, _>>()?;
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(Vec::new()) };
    let mut roles = roles_between(tx, PersonId(*first), PersonId(*last)).await?;
    rows.iter().map(|row| person_of(row, &mut roles)).collect()
}

/// Key and name of the roles of all people with ids in this range.
async fn roles_between(tx: &mut Tx<'_>, first: PersonId, last: PersonId) -> Result<RolesOf, StoreError> {
    let mut roles = RolesOf::new();
    for row in tx.query(ROLES, params![first, last]).await? {
        let held = roles.entry(PersonId(row.int("person_id")?)).or_default();
        held.push((row.text("role_key")?, row.text("name")?));
    }
    Ok(roles)
}

fn person_of(row: &Row, roles: &mut RolesOf) -> Result<Person, StoreError> {
    let id = PersonId(row.int("id")?);
    Ok(Person {
        id,
        account: row.text("account")?,
        name: row.text("name")?,
        phone: row.text("phone")?,
        org: OrgId(row.int("org_id")?),
        org_name: row.text("org_name")?,
        org_path: row.text("path")?,
        active: row.flag("active")?,
        version: row.int("version")?,
        last_seen_at: row.opt_int("last_seen_at")?.map(Instant),
        roles: roles.remove(&id).unwrap_or_default(),
    })
}

fn account_of(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        person: PersonId(row.int("id")?),
        account: row.text("account")?,
        password_hash: row.text("password_hash")?,
        active: row.flag("active")?,
    })
}
