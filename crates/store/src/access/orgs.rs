//! The organisation tree: head office, regions, branches.

use std::collections::BTreeMap;

use domain::access::{OrgInUse, OrgKind, OrgUnit, Scope};
use domain::base::{Instant, OrgId};

use crate::{Row, StoreError, Tx, params};

const INSERT: &str =
    "INSERT INTO org_unit (parent_id, kind, name, code, path) VALUES ($1, $2, $3, $4, '') RETURNING id";
const SET_PATH: &str = "UPDATE org_unit SET path = $2 WHERE id = $1";
const RENAME: &str = "UPDATE org_unit SET name = $2 WHERE id = $1";
const FIND: &str = "SELECT id, parent_id, kind, name, code, path, closed_at FROM org_unit WHERE id = $1";
const ALL: &str =
    "SELECT id, parent_id, kind, name, code, path, closed_at FROM org_unit ORDER BY path, id LIMIT $1";
const CODE_TAKEN: &str = "SELECT COUNT(*) AS n FROM org_unit WHERE code = $1";
const NAME_TAKEN: &str =
    "SELECT COUNT(*) AS n FROM org_unit WHERE name = $1 AND id <> $2 AND closed_at IS NULL";
const ROOT: &str = "SELECT id FROM org_unit WHERE kind = 'hq' ORDER BY id LIMIT 1";
const CLOSE: &str = "UPDATE org_unit SET closed_at = $2 WHERE id = $1";
const IN_USE: &str = "
    SELECT (SELECT COUNT(*) FROM org_unit WHERE parent_id = $1 AND closed_at IS NULL) AS orgs,
        (SELECT COUNT(*) FROM person WHERE org_id = $1 AND active = 1) AS people,
        (SELECT COUNT(*) FROM customer WHERE branch_id = $1) AS customers,
        (SELECT COUNT(*) FROM quote WHERE branch_id = $1 AND state IN ('draft', 'issued')) AS open_quotes,
        (SELECT COUNT(*) FROM config_item
         WHERE scope_org = $1 AND kind = 'price_list' AND archived = 0) AS price_lists";
const STAFF: &str = "
    SELECT p.org_id, COUNT(*) AS people,
        COUNT(CASE WHEN EXISTS (
            SELECT 1 FROM person_role h JOIN role_right g ON g.role_id = h.role_id
            WHERE h.person_id = p.id AND g.right_key = 'quote.read' AND g.reach = 'org'
        ) THEN 1 END) AS managers
    FROM person p WHERE p.active = 1 GROUP BY p.org_id";

/// Most nodes of the tree.
pub const ORGS_MAX: u32 = 2_000;

/// Adds a node beneath `parent`.
pub async fn insert_org(
    tx: &mut Tx<'_>,
    parent: Option<&OrgUnit>,
    kind: OrgKind,
    name: &str,
    code: &str,
) -> Result<OrgUnit, StoreError> {
    let parent_id = parent.map(|parent| parent.id);
    let id = tx.insert(INSERT, params![parent_id, kind.key(), name, code]).await?;
    let path = format!("{}{id}/", parent.map_or("/", |parent| parent.path.as_str()));
    tx.exec(SET_PATH, params![id, &path]).await?;
    Ok(OrgUnit {
        id: OrgId(id),
        parent: parent_id,
        kind,
        name: name.to_string(),
        code: code.to_string(),
        path,
        closed: false,
    })
}

/// Those who change the tree take turns: names and codes are compared after this.
pub async fn hold_tree(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if let Some(root) = tx.query_opt(ROOT, &[]).await? {
        tx.lock_row("org_unit", "id", root.int("id")?).await?;
    }
    Ok(())
}

/// The node, which nobody closes until this transaction ends. Whatever comes to a node asks for it so.
pub async fn org_kept(tx: &mut Tx<'_>, id: OrgId) -> Result<Option<OrgUnit>, StoreError> {
    tx.lock_shared("org_unit", "id", id).await?;
    org(tx, id).await
}

/// Closes a node at a moment, or opens it again; a name that an open one has breaks the key.
pub async fn close_org(tx: &mut Tx<'_>, id: OrgId, at: Option<Instant>) -> Result<(), StoreError> {
    tx.exec(CLOSE, params![id, at.map(|at| at.0)]).await?;
    Ok(())
}

/// What still hangs on the node.
pub async fn org_in_use(tx: &mut Tx<'_>, id: OrgId) -> Result<OrgInUse, StoreError> {
    let row = tx.query_one(IN_USE, params![id]).await?;
    Ok(OrgInUse {
        orgs: row.int("orgs")?,
        people: row.int("people")?,
        customers: row.int("customers")?,
        open_quotes: row.int("open_quotes")?,
        price_lists: row.int("price_lists")?,
    })
}

/// Who works at a node itself, not beneath it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// People with an open account.
    pub people: i64,
    /// Those of them who see all quotations of the node and of what lies beneath it.
    pub managers: i64,
}

/// Who works at each node at which anybody does.
pub async fn staff(tx: &mut Tx<'_>) -> Result<BTreeMap<OrgId, Staff>, StoreError> {
    let of = |row: &Row| {
        let staff = Staff { people: row.int("people")?, managers: row.int("managers")? };
        Ok((OrgId(row.int("org_id")?), staff))
    };
    tx.query(STAFF, &[]).await?.iter().map(of).collect()
}

/// Gives a node another name.
pub async fn rename_org(tx: &mut Tx<'_>, id: OrgId, name: &str) -> Result<(), StoreError> {
    tx.exec(RENAME, params![id, name]).await?;
    Ok(())
}

/// One node.
pub async fn org(tx: &mut Tx<'_>, id: OrgId) -> Result<Option<OrgUnit>, StoreError> {
    tx.query_opt(FIND, params![id]).await?.as_ref().map(org_of).transpose()
}

/// The node with the code of its documents' numbers.
pub async fn org_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, StoreError> {
    Ok(tx.query_one(CODE_TAKEN, params![code]).await?.int("n")? > 0)
}

/// Whether another node that is open has the name.
pub async fn org_name_taken(tx: &mut Tx<'_>, name: &str, except: OrgId) -> Result<bool, StoreError> {
    Ok(tx.query_one(NAME_TAKEN, params![name, except]).await?.int("n")? > 0)
}

/// Every node, parents before their children, brothers by age.
pub async fn orgs(tx: &mut Tx<'_>) -> Result<Vec<OrgUnit>, StoreError> {
    let all: Vec<OrgUnit> =
        tx.query(ALL, params![ORGS_MAX]).await?.iter().map(org_of).collect::<Result<_, _>>()?;
    let mut ordered = Vec::with_capacity(all.len());
    push_children(&all, None, &mut ordered);
    Ok(ordered)
}

/// The nodes of `orgs` whose records `scope` may hold: its subtree.
pub fn orgs_within<'o>(orgs: &'o [OrgUnit], scope: &Scope) -> Vec<&'o OrgUnit> {
    orgs.iter().filter(|org| scope.path.as_deref().is_some_and(|path| org.path.starts_with(path))).collect()
}

fn push_children(all: &[OrgUnit], parent: Option<OrgId>, ordered: &mut Vec<OrgUnit>) {
    let mut children: Vec<&OrgUnit> = all.iter().filter(|org| org.parent == parent).collect();
    children.sort_by_key(|org| org.id);
    for child in children {
        ordered.push(child.clone());
        push_children(all, Some(child.id), ordered);
    }
}

fn org_of(row: &Row) -> Result<OrgUnit, StoreError> {
    let kind = row.text("kind")?;
    let kind = OrgKind::from_key(&kind).ok_or_else(|| StoreError::Decode(format!("org kind {kind}")))?;
    Ok(OrgUnit {
        id: OrgId(row.int("id")?),
        parent: row.opt_int("parent_id")?.map(OrgId),
        kind,
        name: row.text("name")?,
        code: row.text("code")?,
        path: row.text("path")?,
        closed: row.opt_int("closed_at")?.is_some(),
    })
}
