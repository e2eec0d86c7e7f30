//! The organisation tree and the roles, as people who look after accounts see them.

use domain::access::{
    AccessRefused, AccountRefused, Actor, HeldRole, OrgKind, OrgUnit, Right, may_look_after,
};
use domain::base::{FieldFault, Invalid, OrgId, PersonId, fold_width};
use domain::words::access as words;
use serde_json::json;
use store::access::{self, Role};
use store::events;
use store::{Command, StoreError, Tx};

use crate::{AppError, Ctx};

const NAME_LETTERS_MAX: usize = 40;
const CODE_LETTERS_MAX: usize = 4;

/// A role, and whether this person may give it to others where they look after accounts.
#[derive(Clone, Debug)]
pub struct RoleView {
    pub role: Role,
    pub may_give: bool,
}

/// A node to be added. `code` begins the numbers of its documents.
#[derive(Clone, Debug)]
pub struct NewOrg {
    pub parent: OrgId,
    pub kind: OrgKind,
    pub name: String,
    pub code: String,
}

/// The part of the tree that the actor may see, in tree order.
pub async fn orgs(ctx: &Ctx, actor: &Actor) -> Result<Vec<OrgUnit>, AppError> {
    let scope = actor.scope(Right::PeopleRead)?;
    let all = ctx.store.read(|tx| Box::pin(async move { access::orgs(tx).await })).await?;
    Ok(access::orgs_within(&all, &scope).into_iter().cloned().collect())
}

/// Every role that can be given.
pub async fn roles(ctx: &Ctx, actor: &Actor) -> Result<Vec<RoleView>, AppError> {
    actor.need(Right::PeopleRead)?;
    let actor = actor.clone();
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let entrusted = access::entrusted_to(tx, actor.person).await?;
            let mut views = Vec::new();
            for role in access::roles(tx).await? {
                let rights = access::rights_of(tx, role.id).await?;
                let held = HeldRole { rights, entrusted: entrusted.contains(&role.id) };
                // Nobody has the number 0: what is asked is whether another one may be given it.
                let given = may_look_after(&actor, PersonId(0), &[held], &[&actor.org_path]);
                let may_give = actor.has(Right::PeopleWrite) && given.is_ok();
                views.push(RoleView { role, may_give });
            }
            Ok::<_, StoreError>(views)
        })
    });
    Ok(read.await?)
}

/// Adds a region beneath head office or a branch beneath a region or head office.
pub async fn create(ctx: &Ctx, actor: &Actor, mut new: NewOrg) -> Result<OrgUnit, AppError> {
    need_all(actor)?;
    let mut faults = Invalid::default();
    new.name = faults.required("name", &new.name, NAME_LETTERS_MAX);
    new.code = fold_width(&new.code).to_uppercase();
    let sound = (1..=CODE_LETTERS_MAX).contains(&new.code.len())
        && new.code.bytes().all(|sign| sign.is_ascii_uppercase());
    if !sound {
        let letters = words::org_code_letters(CODE_LETTERS_MAX);
        faults.add("code", FieldFault::Said(letters));
    }
    if new.kind == OrgKind::Hq {
        faults.add("kind", FieldFault::NoChoice);
    }
    faults.or_go_on()?;
    ctx.write(Create { actor: actor.clone(), new }).await
}

/// Gives a node another name.
pub async fn rename(ctx: &Ctx, actor: &Actor, id: OrgId, name: &str) -> Result<OrgUnit, AppError> {
    need_all(actor)?;
    let mut faults = Invalid::default();
    let name = faults.required("name", name, NAME_LETTERS_MAX);
    faults.or_go_on()?;
    ctx.write(Rename { actor: actor.clone(), id, name }).await
}

/// The tree is the whole company's: it takes a right that reaches everywhere.
fn need_all(actor: &Actor) -> Result<(), AppError> {
    let scope = actor.scope(Right::PeopleWrite)?;
    let everywhere = scope.path.as_deref() == Some("/");
    if everywhere { Ok(()) } else { Err(AccessRefused::Forbidden(Right::PeopleWrite).into()) }
}

#[derive(Clone)]
struct Create {
    actor: Actor,
    new: NewOrg,
}

impl Command for Create {
    type Out = OrgUnit;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<OrgUnit, AppError> {
        let NewOrg { parent, kind, name, code } = &self.new;
        let parent = access::org(tx, *parent).await?;
        let fits = |parent: &OrgUnit| match kind {
            OrgKind::Region => parent.kind == OrgKind::Hq,
            OrgKind::Branch | OrgKind::Hq => parent.kind != OrgKind::Branch,
        };
        let parent = parent.filter(fits);
        let parent = parent.ok_or_else(|| Invalid::one("parent_id", FieldFault::NoSuchRecord))?;
        if access::org_code_taken(tx, code).await? {
            return Err(AppError::refused(AccountRefused::OrgCodeTaken));
        }
        let made = access::insert_org(tx, Some(&parent), *kind, name, code).await.map_err(code_taken)?;
        let facts = json!({"name": name, "code": code, "kind": kind.key(), "parent": parent.id.0});
        note(tx, &self.actor, made.id, "org.made", facts).await?;
        Ok(made)
    }
}

#[derive(Clone)]
struct Rename {
    actor: Actor,
    id: OrgId,
    name: String,
}

impl Command for Rename {
    type Out = OrgUnit;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<OrgUnit, AppError> {
        let before = access::org(tx, self.id).await?.ok_or(AccessRefused::NotFound)?;
        access::rename_org(tx, self.id, &self.name).await?;
        let facts = json!({"before": before.name, "after": self.name});
        note(tx, &self.actor, self.id, "org.renamed", facts).await?;
        Ok(OrgUnit { name: self.name, ..before })
    }
}

fn code_taken(error: StoreError) -> AppError {
    match error {
        StoreError::Constraint(_) => AppError::refused(AccountRefused::OrgCodeTaken),
        other => other.into(),
    }
}

async fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    org: OrgId,
    kind: &'static str,
    facts: serde_json::Value,
) -> Result<(), AppError> {
    let now = events::moment(tx).await?.now;
    Ok(crate::events::note(tx, (now, actor.person), kind, ("org_unit", org.0), facts).await?)
}
