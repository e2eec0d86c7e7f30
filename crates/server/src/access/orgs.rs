//! The organisation tree and the roles.

use app::access::orgs::{self, NewOrg as ToMake, OrgView};
use axum::http::StatusCode;
use domain::access::{OrgKind, OrgUnit};
use domain::base::{FieldFault, Invalid, OrgId};
use domain::words::access::role_about;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, Path, SignedIn};
use crate::problem::Problem;

/// The part of the organisation tree that one may see, in tree order.
#[derive(Serialize, ToSchema)]
pub struct Orgs {
    pub items: Vec<ListedOrg>,
}

/// A node of the tree, and who works at it, not beneath it.
#[derive(Serialize, ToSchema)]
pub struct ListedOrg {
    pub id: i64,
    pub name: String,
    /// Null for the topmost node that one may see.
    pub parent_id: Option<i64>,
    #[schema(value_type = String, example = "branch")]
    pub kind: OrgKind,
    pub depth: usize,
    /// Begins the numbers of its documents.
    pub code: String,
    /// Nobody and nothing new comes there.
    pub closed: bool,
    /// People with an open account.
    pub people: i64,
    /// Those of them who see all quotations of the node and of what lies beneath it.
    pub managers: i64,
}

/// A node: head office, a region or a branch.
#[derive(Serialize, ToSchema)]
pub struct Org {
    pub id: i64,
    pub name: String,
    /// Null for the topmost node that one may see.
    pub parent_id: Option<i64>,
    #[schema(value_type = String, example = "branch")]
    pub kind: OrgKind,
    pub depth: usize,
    /// Begins the numbers of its documents.
    pub code: String,
    /// Nobody and nothing new comes there.
    pub closed: bool,
}

/// A node to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrg {
    pub parent_id: i64,
    /// `region` or `branch`.
    pub kind: String,
    pub name: String,
    /// One to four letters; they begin the numbers of its documents.
    pub code: String,
}

/// Another name for a node.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgName {
    pub name: String,
}

/// Every role.
#[derive(Serialize, ToSchema)]
pub struct Roles {
    pub items: Vec<Role>,
}

/// A role and what it does, in one sentence.
#[derive(Serialize, ToSchema)]
pub struct Role {
    pub id: String,
    pub name: String,
    pub about: String,
    /// Whether the one who asks may give it to others.
    pub may_give: bool,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(rename))
        .routes(routes!(close))
        .routes(routes!(reopen))
        .routes(routes!(roles))
}

/// The organisation tree.
#[utoipa::path(get, path = "/api/orgs", responses((status = 200, body = Orgs)))]
async fn list(who: SignedIn) -> Result<Json<Orgs>, Problem> {
    let found = orgs::orgs(&who.ctx, &who.actor).await?;
    let top = found.first().map_or(0, |first| depth(&first.org.path));
    let shown = |parent: OrgId| found.iter().any(|view| view.org.id == parent);
    let items = found.iter().map(|OrgView { org, staff }| ListedOrg {
        id: org.id.0,
        name: org.name.clone(),
        parent_id: org.parent.filter(|parent| shown(*parent)).map(|parent| parent.0),
        kind: org.kind,
        depth: depth(&org.path).saturating_sub(top),
        code: org.code.clone(),
        closed: org.closed,
        people: staff.people,
        managers: staff.managers,
    });
    Ok(Json(Orgs { items: items.collect() }))
}

/// Add a region or a branch.
#[utoipa::path(post, path = "/api/orgs", responses((status = 201, body = Org)))]
async fn create(who: SignedIn, Json(body): Json<NewOrg>) -> Result<(StatusCode, Json<Org>), Problem> {
    let kind = OrgKind::from_key(&body.kind).ok_or_else(|| Invalid::one("kind", FieldFault::NoChoice))?;
    let new = ToMake { parent: OrgId(body.parent_id), kind, name: body.name, code: body.code };
    let made = orgs::create(&who.ctx, &who.actor, new).await?;
    Ok((StatusCode::CREATED, Json(Org::from(&made))))
}

/// Give a node another name.
#[utoipa::path(post, path = "/api/orgs/{id}/name", responses((status = 200, body = Org)))]
async fn rename(who: SignedIn, Path(id): Path<i64>, Json(body): Json<OrgName>) -> Result<Json<Org>, Problem> {
    let renamed = orgs::rename(&who.ctx, &who.actor, OrgId(id), &body.name).await?;
    Ok(Json(Org::from(&renamed)))
}

/// Close a node on which nothing living hangs.
#[utoipa::path(post, path = "/api/orgs/{id}/close", responses((status = 200, body = Org)))]
async fn close(who: SignedIn, Path(id): Path<i64>) -> Result<Json<Org>, Problem> {
    let closed = orgs::close(&who.ctx, &who.actor, OrgId(id)).await?;
    Ok(Json(Org::from(&closed)))
}

/// Open a closed node again.
#[utoipa::path(post, path = "/api/orgs/{id}/reopen", responses((status = 200, body = Org)))]
async fn reopen(who: SignedIn, Path(id): Path<i64>) -> Result<Json<Org>, Problem> {
    let opened = orgs::reopen(&who.ctx, &who.actor, OrgId(id)).await?;
    Ok(Json(Org::from(&opened)))
}

/// The roles, and which of them the one who asks may give.
#[utoipa::path(get, path = "/api/roles", responses((status = 200, body = Roles)))]
async fn roles(who: SignedIn) -> Result<Json<Roles>, Problem> {
    let found = orgs::roles(&who.ctx, &who.actor).await?;
    let items = found.into_iter().map(|it| Role {
        about: role_about(&it.role.key).to_string(),
        id: it.role.key,
        name: it.role.name,
        may_give: it.may_give,
    });
    Ok(Json(Roles { items: items.collect() }))
}

impl From<&OrgUnit> for Org {
    fn from(org: &OrgUnit) -> Org {
        Org {
            id: org.id.0,
            name: org.name.clone(),
            parent_id: org.parent.map(|parent| parent.0),
            kind: org.kind,
            depth: depth(&org.path).saturating_sub(1),
            code: org.code.clone(),
            closed: org.closed,
        }
    }
}

/// `/1/3/` lies two levels deep.
fn depth(path: &str) -> usize {
    path.split('/').filter(|part| !part.is_empty()).count()
}
