//! The organisation tree: head office, regions, branches.

use domain::access::{OrgKind, OrgUnit, Scope};
use domain::base::OrgId;

use crate::{Row, StoreError, Tx, params};

const INSERT: &str =
    "INSERT INTO org_unit (parent_id, kind, name, code, path) VALUES ($1, $2, $3, $4, '') RETURNING id";
const SET_PATH: &str = "UPDATE org_unit SET path = $2 WHERE id = $1";
const RENAME: &str = "UPDATE org_unit SET name = $2 WHERE id = $1";
const FIND: &str = "SELECT id, parent_id, kind, name, code, path FROM org_unit WHERE id = $1";
const ALL: &str = "SELECT id, parent_id, kind, name, code, path FROM org_unit ORDER BY path, id LIMIT $1";
const CODE_TAKEN: &str = "SELECT COUNT(*) AS n FROM org_unit WHERE code = $1";

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
    })
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
    })
}
