//! Accounts of people: found, made, changed, locked, given a new password.

use std::collections::BTreeSet;

use domain::access::{AccessRefused, Scope};
use domain::access::{
    AccountRefused, Actor, HeldRole, OrgUnit, Right, account_is_sound, account_key, check_new_password,
    may_look_after,
};
use domain::base::{FieldFault, Instant, Invalid, Limit, OrgId, PersonId, RoleId, fold_width};
use domain::words::access::password_fault;
use serde_json::{Value, json};
use store::access::{self, NewPerson};
pub use store::access::{InHand, Person};
use store::events;
use store::{Command, StoreError, Tx, sessions};

use super::passwords;
use super::setup::search_text;
use crate::{AppError, Ctx};

/// Longest name of a person.
pub const NAME_LETTERS_MAX: usize = 40;
/// Most roles of one person.
const ROLES_MAX: usize = 10;
/// Longest phone number of a person, as it is written.
const PHONE_LETTERS_MAX: usize = 40;

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub account: String,
    pub name: String,
    /// Printed for customers; empty: none.
    pub phone: String,
    pub org: OrgId,
    pub role_keys: Vec<String>,
    pub password: String,
}

/// What changes about a person; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct PersonChange {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub org: Option<OrgId>,
    pub role_keys: Option<Vec<String>>,
    pub active: Option<bool>,
}

/// People whom the actor may see, by age of their accounts; `true` when more follow.
pub async fn list(
    ctx: &Ctx,
    actor: &Actor,
    search: &str,
    after: Option<PersonId>,
    limit: Limit,
) -> Result<(Vec<Person>, bool), AppError> {
    let scope = actor.scope(Right::PeopleRead)?;
    let search = fold_width(search).to_lowercase();
    let mut people = ctx
        .store
        .read(|tx| Box::pin(async move { access::people(tx, &scope, &search, after, limit).await }))
        .await?;
    let more = limit.cut(&mut people);
    Ok((people, more))
}

/// One person whom the actor may see.
pub async fn person(ctx: &Ctx, actor: &Actor, id: PersonId) -> Result<Person, AppError> {
    let scope = actor.scope(Right::PeopleRead)?;
    let found = ctx.store.read(|tx| Box::pin(async move { access::person(tx, id, &scope).await })).await?;
    found.ok_or(AppError::Access(AccessRefused::NotFound))
}

/// Makes an account.
pub async fn create(ctx: &Ctx, actor: &Actor, mut new: NewAccount) -> Result<Person, AppError> {
    actor.need(Right::PeopleWrite)?;
    let mut faults = Invalid::default();
    new.account = account_key(&new.account);
    new.name = faults.name("name", &new.name, NAME_LETTERS_MAX);
    new.phone = faults.line("phone", &new.phone, PHONE_LETTERS_MAX);
    if !account_is_sound(&new.account) {
        faults.add("account", FieldFault::BadSign);
    }
    check_roles(&new.role_keys, &mut faults);
    if let Err(fault) = check_new_password(&new.account, &new.password) {
        faults.add("password", FieldFault::Said(password_fault(fault).to_string()));
    }
    faults.or_go_on()?;
    let password_hash = passwords::hash(&ctx.random, &new.password).await?;
    ctx.write(Create { actor: actor.clone(), new, password_hash }).await
}

/// Changes name, place, roles or lock of a person, on the `version` that the actor saw. Whoever was given another place
/// keeps what they had in hand: the answer says how much, so that nobody is surprised.
pub async fn change(
    ctx: &Ctx,
    actor: &Actor,
    id: PersonId,
    version: i64,
    mut change: PersonChange,
) -> Result<(Person, Option<InHand>), AppError> {
    let seen = person(ctx, actor, id).await?;
    actor.need(Right::PeopleWrite)?;
    let mut faults = Invalid::default();
    // What stands there already is not looked at again.
    change.name = change
        .name
        .map(|name| if name == seen.name { name } else { faults.name("name", &name, NAME_LETTERS_MAX) });
    change.phone = change.phone.map(|phone| {
        if phone == seen.phone { phone } else { faults.line("phone", &phone, PHONE_LETTERS_MAX) }
    });
    if let Some(keys) = &change.role_keys {
        check_roles(keys, &mut faults);
    }
    faults.or_go_on()?;
    ctx.write(Change { actor: actor.clone(), id: seen.id, version, change }).await
}

/// Gives a person another password and ends their sessions.
pub async fn set_password(ctx: &Ctx, actor: &Actor, id: PersonId, next: &str) -> Result<(), AppError> {
    let visible = person(ctx, actor, id).await?;
    actor.need(Right::PeopleWrite)?;
    if let Err(fault) = check_new_password(&visible.account, next) {
        return Err(AppError::refused(AccountRefused::WeakPassword(fault)));
    }
    let hash = passwords::hash(&ctx.random, next).await?;
    ctx.write(SetPassword { actor: actor.clone(), id, hash }).await
}

fn check_roles(keys: &[String], faults: &mut Invalid) {
    if keys.is_empty() {
        faults.add("role_ids", FieldFault::Missing);
    }
    if keys.len() > ROLES_MAX {
        faults.add("role_ids", FieldFault::TooMany { count_max: ROLES_MAX });
    }
}

#[derive(Clone)]
struct Create {
    actor: Actor,
    new: NewAccount,
    password_hash: String,
}

impl Command for Create {
    type Out = Person;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Person, AppError> {
        let scope = self.actor.scope(Right::PeopleWrite)?;
        let org = org_within(tx, &scope, self.new.org).await?;
        must_be_open(&org)?;
        let roles = roles_of(tx, &self.new.role_keys).await?;
        // Nobody has the number 0: a new account is never one's own.
        look_after(tx, &self.actor, PersonId(0), &roles, &[&org.path]).await?;
        if access::account(tx, &self.new.account).await?.is_some() {
            return Err(AppError::refused(AccountRefused::AccountTaken));
        }
        let now = events::moment(tx).await?.now;
        let person = NewPerson {
            account: self.new.account.clone(),
            name: self.new.name.clone(),
            org: org.id,
            password_hash: self.password_hash,
            roles,
            search: search_text(&self.new.name, &self.new.account),
        };
        let id = access::insert_person(tx, &person, now).await.map_err(account_taken)?;
        access::set_phone(tx, id, &self.new.phone).await?;
        let facts = json!({"account": self.new.account, "name": self.new.name, "org": org.id.0, "roles": self.new.role_keys});
        note(tx, &self.actor, id, "person.made", facts, now).await?;
        found(tx, id, &scope).await
    }
}

#[derive(Clone)]
struct Change {
    actor: Actor,
    id: PersonId,
    version: i64,
    change: PersonChange,
}

impl Command for Change {
    type Out = (Person, Option<InHand>);
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Self::Out, AppError> {
        let scope = self.actor.scope(Right::PeopleWrite)?;
        let place = self.place(tx, &scope).await?;
        tx.lock_row("person", "id", self.id).await?;
        let before = within(tx, self.id, &scope).await?;
        if before.version != self.version {
            return Err(AppError::Stale { version: before.version });
        }
        let mut after = before.clone();
        if let Some(name) = self.change.name.clone() {
            after.name = name;
        }
        if let Some(phone) = self.change.phone.clone() {
            after.phone = phone;
        }
        after.active = self.change.active.unwrap_or(before.active);
        if after.active && (place.id != before.org || !before.active) {
            must_be_open(&place)?;
        }
        (after.org, after.org_path) = (place.id, place.path);
        let held: Vec<String> = before.roles.iter().map(|(key, _)| key.clone()).collect();
        let wanted = self.change.role_keys.clone().unwrap_or_else(|| held.clone());
        let powers = after.org != before.org || after.active != before.active || wanted != held;
        // The name is what the log, notices and papers show: it is no way to pass as somebody above oneself.
        let named = after.name != before.name || after.phone != before.phone;
        if powers || (named && self.id != self.actor.person) {
            let mut roles = roles_of(tx, &held).await?;
            roles.extend(roles_of(tx, &wanted).await?);
            let places = [before.org_path.as_str(), after.org_path.as_str()];
            look_after(tx, &self.actor, self.id, &roles, &places).await?;
        }
        self.write(tx, &before, &after, (held, wanted)).await?;
        let kept = match after.org == before.org {
            true => None,
            false => Some(access::in_hand(tx, self.id).await?),
        };
        Ok((found(tx, self.id, &scope).await?, kept))
    }
}

impl Change {
    /// Where the person will work, held open. Of a person who stays it is read before the person is locked: whoever moved
    /// them meanwhile has made another version.
    async fn place(&self, tx: &mut Tx<'_>, scope: &Scope) -> Result<OrgUnit, AppError> {
        if let Some(org) = self.change.org {
            return org_within(tx, scope, org).await;
        }
        let stays = within(tx, self.id, scope).await?.org;
        access::org_kept(tx, stays).await?.ok_or(AppError::Access(AccessRefused::NotFound))
    }

    async fn write(
        &self,
        tx: &mut Tx<'_>,
        before: &Person,
        after: &Person,
        (held, wanted): (Vec<String>, Vec<String>),
    ) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        let search = search_text(&after.name, &after.account);
        if !access::update_person(tx, after, &search).await? {
            return Err(AppError::Stale { version: before.version });
        }
        if wanted != held {
            let roles = roles_of(tx, &wanted).await?;
            access::set_roles(tx, self.id, &roles).await?;
        }
        if before.active && !after.active {
            sessions::close_all(tx, self.id, "").await?;
        }
        let facts = json!({
            "before": {"name": before.name, "phone": before.phone, "org": before.org.0, "active": before.active, "roles": held},
            "after": {"name": after.name, "phone": after.phone, "org": after.org.0, "active": after.active, "roles": wanted},
        });
        note(tx, &self.actor, self.id, "person.changed", facts, now).await
    }
}

#[derive(Clone)]
struct SetPassword {
    actor: Actor,
    id: PersonId,
    hash: String,
}

impl Command for SetPassword {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let scope = self.actor.scope(Right::PeopleWrite)?;
        let person = within(tx, self.id, &scope).await?;
        let held: Vec<String> = person.roles.iter().map(|(key, _)| key.clone()).collect();
        let roles = roles_of(tx, &held).await?;
        look_after(tx, &self.actor, self.id, &roles, &[&person.org_path]).await?;
        let now = events::moment(tx).await?.now;
        access::set_password(tx, self.id, &self.hash).await?;
        sessions::close_all(tx, self.id, "").await?;
        crate::sessions::forgive_account(tx, &person.account).await?;
        note(tx, &self.actor, self.id, "person.password_set", json!({}), now).await
    }
}

/// The person, who was visible, when the actor may write there too.
async fn within(tx: &mut Tx<'_>, id: PersonId, scope: &Scope) -> Result<Person, AppError> {
    let person = access::person(tx, id, scope).await?;
    person.ok_or(AppError::Access(AccessRefused::Forbidden(Right::PeopleWrite)))
}

/// The person as written.
async fn found(tx: &mut Tx<'_>, id: PersonId, scope: &Scope) -> Result<Person, AppError> {
    access::person(tx, id, scope).await?.ok_or(AppError::Access(AccessRefused::NotFound))
}

/// The node, held open while somebody comes to it.
async fn org_within(tx: &mut Tx<'_>, scope: &Scope, org: OrgId) -> Result<OrgUnit, AppError> {
    let found = access::org_kept(tx, org).await?;
    let inside = |org: &OrgUnit| scope.path.as_deref().is_some_and(|path| org.path.starts_with(path));
    let found = found.filter(inside);
    found.ok_or_else(|| Invalid::one("org_id", FieldFault::NoSuchRecord).into())
}

fn must_be_open(org: &OrgUnit) -> Result<(), AppError> {
    if org.closed { Err(AppError::refused(AccountRefused::OrgClosed)) } else { Ok(()) }
}

async fn roles_of(tx: &mut Tx<'_>, keys: &[String]) -> Result<Vec<RoleId>, AppError> {
    let all = access::roles(tx).await?;
    let mut roles = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        let role = all.iter().find(|role| role.key == *key);
        let role = role.ok_or_else(|| Invalid::one(format!("role_ids[{at}]"), FieldFault::NoChoice))?;
        if !roles.contains(&role.id) {
            roles.push(role.id);
        }
    }
    Ok(roles)
}

async fn look_after(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: PersonId,
    roles: &[RoleId],
    places: &[&str],
) -> Result<(), AppError> {
    let entrusted = access::entrusted_to(tx, actor.person).await?;
    let mut held = Vec::with_capacity(roles.len());
    for role in roles {
        let rights = access::rights_of(tx, *role).await?;
        held.push(HeldRole { rights, entrusted: entrusted.contains(role) });
    }
    let mut gives = BTreeSet::new();
    for role in &entrusted {
        gives.extend(access::rights_of(tx, *role).await?.into_keys());
    }
    Ok(may_look_after(actor, person, &held, places, &gives)?)
}

/// The key of accounts breaks when two make the same account at once.
fn account_taken(error: StoreError) -> AppError {
    match error {
        StoreError::Constraint(_) => AppError::refused(AccountRefused::AccountTaken),
        other => other.into(),
    }
}

async fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: PersonId,
    kind: &'static str,
    facts: Value,
    now: Instant,
) -> Result<(), AppError> {
    Ok(crate::events::note(tx, (now, actor.person), kind, ("person", person.0), facts).await?)
}
