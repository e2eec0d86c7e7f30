//! The organisation tree and the roles, as people who look after accounts see them.

use std::collections::BTreeSet;

use domain::access::{
    AccessRefused, AccountRefused, Actor, HeldRole, OrgInUse, OrgKind, OrgUnit, Right, may_look_after,
};
use domain::base::{FieldFault, Invalid, OrgId, PersonId, fold_width, visible};
use domain::words::access as words;
use serde_json::json;
use store::access::{self, Role, Staff};
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

/// A node, and who works at it.
#[derive(Clone, Debug)]
pub struct OrgView {
    pub org: OrgUnit,
    pub staff: Staff,
}

/// The part of the tree that the actor may see, in tree order, closed nodes too.
pub async fn orgs(ctx: &Ctx, actor: &Actor) -> Result<Vec<OrgView>, AppError> {
    let scope = actor.scope(Right::PeopleRead)?;
    let read = ctx.store.read(|tx| {
        Box::pin(async move { Ok::<_, StoreError>((access::orgs(tx).await?, access::staff(tx).await?)) })
    });
    let (all, staff) = read.await?;
    let view =
        |org: &OrgUnit| OrgView { org: org.clone(), staff: staff.get(&org.id).copied().unwrap_or_default() };
    Ok(access::orgs_within(&all, &scope).into_iter().map(view).collect())
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
                let nobody = PersonId(0);
                let given = may_look_after(&actor, nobody, &[held], &[&actor.org_path], &BTreeSet::new());
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
    new.name = faults.name("name", &new.name, NAME_LETTERS_MAX);
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
    ctx.write(Rename { actor: actor.clone(), id, name: name.to_string() }).await
}

/// Closes a node on which nothing living hangs; its documents, numbers and history stay.
pub async fn close(ctx: &Ctx, actor: &Actor, id: OrgId) -> Result<OrgUnit, AppError> {
    need_all(actor)?;
    ctx.write(Close { actor: actor.clone(), id, closed: true }).await
}

/// Opens a closed node again.
pub async fn reopen(ctx: &Ctx, actor: &Actor, id: OrgId) -> Result<OrgUnit, AppError> {
    need_all(actor)?;
    ctx.write(Close { actor: actor.clone(), id, closed: false }).await
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
        access::hold_tree(tx).await?;
        let parent = access::org(tx, *parent).await?;
        let fits = |parent: &OrgUnit| match kind {
            OrgKind::Region => parent.kind == OrgKind::Hq,
            OrgKind::Branch | OrgKind::Hq => parent.kind != OrgKind::Branch,
        };
        let parent = parent.filter(fits);
        let parent = parent.ok_or_else(|| Invalid::one("parent_id", FieldFault::NoSuchRecord))?;
        if parent.closed {
            return Err(AppError::refused(AccountRefused::OrgClosed));
        }
        if access::org_code_taken(tx, code).await? {
            return Err(AppError::refused(AccountRefused::OrgCodeTaken));
        }
        // Nobody has the number 0: a new node shares no name with any.
        free_name(tx, name, OrgId(0)).await?;
        let made = access::insert_org(tx, Some(&parent), *kind, name, code).await?;
        let facts = json!({"name": name, "code": code, "kind": kind.key(), "parent": parent.id.0});
        note(tx, &self.actor, made.id, "org.made", facts).await?;
        Ok(made)
    }
}

#[derive(Clone)]
struct Rename {
    actor: Actor,
    id: OrgId,
    /// As it was typed.
    name: String,
}

impl Command for Rename {
    type Out = OrgUnit;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<OrgUnit, AppError> {
        access::hold_tree(tx).await?;
        let before = access::org(tx, self.id).await?.ok_or(AccessRefused::NotFound)?;
        // What stands there already is not looked at again.
        if before.name == visible(&self.name) {
            return Ok(before);
        }
        let mut faults = Invalid::default();
        let name = faults.name("name", &self.name, NAME_LETTERS_MAX);
        faults.or_go_on()?;
        // A closed place keeps a name that a new one was given since, but takes none: in lists they would look alike.
        free_name(tx, &name, self.id).await?;
        access::rename_org(tx, self.id, &name).await?;
        let facts = json!({"before": before.name, "after": name});
        note(tx, &self.actor, self.id, "org.renamed", facts).await?;
        Ok(OrgUnit { name, ..before })
    }
}

#[derive(Clone)]
struct Close {
    actor: Actor,
    id: OrgId,
    /// Else it is opened again.
    closed: bool,
}

impl Command for Close {
    type Out = OrgUnit;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<OrgUnit, AppError> {
        access::hold_tree(tx).await?;
        // Whoever comes to the node holds it: nobody comes between counting and closing.
        tx.lock_row("org_unit", "id", self.id).await?;
        let before = access::org(tx, self.id).await?.ok_or(AccessRefused::NotFound)?;
        if before.closed == self.closed {
            return Ok(before);
        }
        if self.closed {
            nothing_hangs(tx, &before).await?;
        } else {
            may_open(tx, &before).await?;
        }
        let now = events::moment(tx).await?.now;
        access::close_org(tx, self.id, self.closed.then_some(now)).await?;
        let kind = if self.closed { "org.closed" } else { "org.reopened" };
        note(tx, &self.actor, self.id, kind, json!({"name": before.name})).await?;
        Ok(OrgUnit { closed: self.closed, ..before })
    }
}

async fn nothing_hangs(tx: &mut Tx<'_>, org: &OrgUnit) -> Result<(), AppError> {
    if org.kind == OrgKind::Hq {
        return Err(AppError::refused(AccountRefused::HeadOfficeStays));
    }
    let use_of = access::org_in_use(tx, org.id).await?;
    if use_of != OrgInUse::default() {
        return Err(AppError::refused(AccountRefused::OrgInUse(use_of)));
    }
    Ok(())
}

async fn may_open(tx: &mut Tx<'_>, org: &OrgUnit) -> Result<(), AppError> {
    let parent = match org.parent {
        Some(parent) => access::org(tx, parent).await?,
        None => None,
    };
    if parent.is_some_and(|parent| parent.closed) {
        return Err(AppError::refused(AccountRefused::OrgParentClosed));
    }
    free_name(tx, &org.name, org.id).await
}

async fn free_name(tx: &mut Tx<'_>, name: &str, except: OrgId) -> Result<(), AppError> {
    if access::org_name_taken(tx, name, except).await? {
        return Err(AppError::refused(AccountRefused::OrgNameTaken));
    }
    Ok(())
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
