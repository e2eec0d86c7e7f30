//! Making, changing and assigning customers.

use domain::access::{AccessRefused, AccountRefused, Actor, Right};
use domain::base::{CustomerId, FieldFault, Instant, Invalid, OrgId, PersonId};
use domain::customers::{
    Attributes, Change, Choices, CustomerEdit, CustomerRefused, Field, accept, changed, changes_logged,
    reads_alike,
};
use domain::words::customers::TYPES;
use serde_json::{Value, json};
use store::access;
use store::customers::{self as records, CustomerRecord};
use store::events;
use store::{Command, Tx};

use crate::config::{hold_tiers, tiers_to_give};
use crate::{AppError, Ctx};

/// Makes a customer; his owner is whoever makes him unless another is named, his branch that of his owner.
pub async fn create_customer(ctx: &Ctx, actor: &Actor, new: CustomerEdit) -> Result<CustomerId, AppError> {
    actor.need(Right::CustomerWrite)?;
    let of_another = new.owner.is_some_and(|owner| owner != actor.person);
    let assigns = of_another || named(&new.kind) || named(&new.tier) || new.branch.is_some();
    if assigns {
        actor.need(Right::CustomerAssign)?;
    }
    ctx.write(CreateCustomer { actor: actor.clone(), new }).await
}

/// Changes a customer that is still at `version`.
pub async fn update_customer(
    ctx: &Ctx,
    actor: &Actor,
    id: CustomerId,
    version: i64,
    edit: CustomerEdit,
) -> Result<(), AppError> {
    ctx.write(UpdateCustomer { actor: actor.clone(), id, version, edit }).await
}

fn named(choice: &Option<Option<String>>) -> bool {
    choice.as_ref().is_some_and(|chosen| chosen.as_ref().is_some_and(|text| !text.trim().is_empty()))
}

#[derive(Clone)]
struct CreateCustomer {
    actor: Actor,
    new: CustomerEdit,
}

impl Command for CreateCustomer {
    type Out = CustomerId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<CustomerId, AppError> {
        hold_branch(tx, self.new.branch).await?;
        if named(&self.new.tier) {
            hold_tiers(tx).await?;
        }
        // The number comes before the rest here: who holds the series is alone in comparing names.
        let code = records::next_code(tx).await?;
        let now = events::moment(tx).await?.now;
        let mut new = self.new;
        new.owner = new.owner.or(Some(self.actor.person));
        let placed = place(tx, &self.actor, None, new).await?;
        let blank = Attributes::blank(self.actor.person, self.actor.org);
        let attributes = accept(&blank, placed, &choices(tx, now).await?)?;
        refuse_twin(tx, &self.actor, &attributes.name, None).await?;
        let id = records::insert(tx, &code, &attributes, self.actor.person, now).await?;
        let facts = json!({"code": code, "name": attributes.name});
        log(tx, now, self.actor.person, "customer.made", id, facts).await?;
        Ok(id)
    }
}

#[derive(Clone)]
struct UpdateCustomer {
    actor: Actor,
    id: CustomerId,
    version: i64,
    edit: CustomerEdit,
}

impl Command for UpdateCustomer {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        hold_branch(tx, self.edit.branch).await?;
        if named(&self.edit.tier) {
            hold_tiers(tx).await?;
        }
        tx.lock_row("customer", "id", self.id).await?;
        let now = events::moment(tx).await?.now;
        let before = records::find(tx, self.id, self.actor.person).await?.ok_or(AccessRefused::NotFound)?;
        may_change(&self.actor, &before, &self.edit)?;
        if before.version != self.version {
            return Err(AppError::Stale { version: before.version });
        }
        let placed = place(tx, &self.actor, Some(&before.attributes), self.edit).await?;
        let after = accept(&before.attributes, placed, &choices(tx, now).await?)?;
        let changes = changed(&before.attributes, &after);
        if changes.is_empty() {
            return Ok(());
        }
        if !reads_alike(&before.attributes.name, &after.name) {
            records::hold_names(tx).await?;
            refuse_twin(tx, &self.actor, &after.name, Some(self.id)).await?;
        }
        if !records::update(tx, &before, &after, now).await? {
            return Err(AppError::Stale { version: before.version });
        }
        let changes = with_names(tx, &before, changes, &after).await?;
        let mut facts = changes_logged(&changes);
        if (before.attributes.owner, before.attributes.branch) != (after.owner, after.branch) {
            let quotes = store::quotes::hand_over(tx, self.id, after.owner, after.branch).await?;
            facts["quotes_handed_over"] = quotes.into();
        }
        log(tx, now, self.actor.person, "customer.changed", self.id, facts).await
    }
}

/// Plain attributes need one right, what decides about prices and sight another.
fn may_change(actor: &Actor, before: &CustomerRecord, edit: &CustomerEdit) -> Result<(), AccessRefused> {
    let standing = before.standing();
    standing.seen_by(actor)?;
    let assigns = edit.assigns(&before.attributes);
    if assigns {
        standing.need(actor, Right::CustomerAssign)?;
    }
    if !assigns || edit.writes() {
        standing.need(actor, Right::CustomerWrite)?;
    }
    Ok(())
}

/// Nobody closes the branch that a customer comes to. The branch of an owner has him, and so is not closed.
async fn hold_branch(tx: &mut Tx<'_>, branch: Option<OrgId>) -> Result<(), AppError> {
    if let Some(branch) = branch {
        access::org_kept(tx, branch).await?;
    }
    Ok(())
}

/// The edit with the branch that its owner brings along; owner and branch must lie where the person may assign.
async fn place(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<&Attributes>,
    edit: CustomerEdit,
) -> Result<CustomerEdit, AppError> {
    let refused = |path: &str| AppError::from(Invalid::one(path, FieldFault::NoSuchRecord));
    let mut placed = edit;
    let mut brought = None;
    if let Some(owner) = placed.owner.filter(|owner| before.is_none_or(|it| it.owner != *owner)) {
        brought = Some(org_of(tx, actor, owner).await?.ok_or_else(|| refused("owner_id"))?);
    }
    let kept = before.map(|it| it.branch);
    match placed.branch {
        Some(branch) if Some(branch) != brought && Some(branch) != kept => {
            let found = access::org(tx, branch).await?.ok_or_else(|| refused("branch_id"))?;
            let reach = actor.scope(Right::CustomerAssign)?.path;
            if !reach.is_some_and(|reach| found.path.starts_with(&reach)) {
                return Err(refused("branch_id"));
            }
            if found.closed {
                return Err(AppError::refused(AccountRefused::OrgClosed));
            }
        }
        Some(_) => {}
        None => placed.branch = brought,
    }
    Ok(placed)
}

/// Where a person works whom `actor` may make the owner of a customer: oneself, or an open account within reach.
async fn org_of(tx: &mut Tx<'_>, actor: &Actor, owner: PersonId) -> Result<Option<OrgId>, AppError> {
    if owner == actor.person {
        return Ok(Some(actor.org));
    }
    let found = access::person(tx, owner, &actor.scope(Right::CustomerAssign)?).await?;
    Ok(found.filter(|person| person.active).map(|person| person.org))
}

/// The closed list of types, and the tiers that may be given now.
async fn choices(tx: &mut Tx<'_>, now: Instant) -> Result<Choices, AppError> {
    let tiers = tiers_to_give(tx, now).await?.into_iter().map(|tier| tier.name).collect();
    Ok(Choices { kinds: TYPES.iter().map(|kind| kind.to_string()).collect(), tiers })
}

async fn refuse_twin(
    tx: &mut Tx<'_>,
    actor: &Actor,
    name: &str,
    except: Option<CustomerId>,
) -> Result<(), AppError> {
    let scope = actor.scope(Right::CustomerRead)?;
    match records::named_alike(tx, name, except, &scope).await? {
        Some((customer, name)) => Err(CustomerRefused::Exists { customer, name }.into()),
        None => Ok(()),
    }
}

/// The log keeps the names of people and branches as they were then.
async fn with_names(
    tx: &mut Tx<'_>,
    before: &CustomerRecord,
    changes: Vec<Change>,
    after: &Attributes,
) -> Result<Vec<Change>, AppError> {
    let mut named = changes;
    for change in &mut named {
        if change.field == Field::Owner {
            change.before.clone_from(&before.owner_name);
            change.after = access::person_name(tx, after.owner).await?.unwrap_or_default();
        }
        if change.field == Field::Branch {
            change.before.clone_from(&before.branch_name);
            change.after = access::org(tx, after.branch).await?.map(|org| org.name).unwrap_or_default();
        }
    }
    Ok(named)
}

async fn log(
    tx: &mut Tx<'_>,
    now: Instant,
    by: PersonId,
    kind: &'static str,
    id: CustomerId,
    facts: Value,
) -> Result<(), AppError> {
    Ok(crate::events::note(tx, (now, by), kind, ("customer", id.0), facts).await?)
}
