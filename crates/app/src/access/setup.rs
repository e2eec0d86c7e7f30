//! The first start: company, head office, roles and the first account, in one transaction.

use domain::access::{AccountRefused, Company, OrgKind, account_is_sound, account_key, check_new_password};
use domain::base::{FieldFault, Invalid, OrgId, PersonId, RoleId, fold_width, pinyin_initials};
use domain::documents::sha256_hex;
use domain::words;
use serde_json::json;
use store::access::{self, NewPerson};
use store::events::{self, Event};
use store::{Command, Tx};

use super::company::LINE_LETTERS_MAX;
use super::passwords;
use super::shipped::ship_roles;
use crate::{AppError, Ctx};

/// The code under which numbers of the head office run.
const HEAD_OFFICE_CODE: &str = "HQ";
/// Roles of the first account: who sets up may make accounts, products and prices.
const FIRST_ROLES: &[&str] = &["administrator", "hq_operations"];
const NAME_LETTERS_MAX: usize = 80;

/// What the first page asks for.
#[derive(Clone, Debug)]
pub struct SetUp {
    pub company: Company,
    pub account: String,
    pub name: String,
    pub password: String,
}

/// Who and what the set-up made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetUpDone {
    pub head_office: OrgId,
    pub administrator: PersonId,
}

/// Whether the company has been set up.
pub async fn is_set_up(ctx: &Ctx) -> Result<bool, AppError> {
    let found = ctx.store.read(|tx| Box::pin(async move { access::company(tx).await })).await?;
    Ok(found.is_some())
}

/// Sets the company up, once. `given` must be the code printed at the start.
pub async fn set_up(ctx: &Ctx, expected: &str, given: &str, request: SetUp) -> Result<SetUpDone, AppError> {
    // Hashes of equal length are compared, so that the time taken says nothing about the code.
    if sha256_hex(expected.as_bytes()) != sha256_hex(given.trim().as_bytes()) {
        return Err(AppError::refused(AccountRefused::WrongSetupCode));
    }
    let request = checked(request)?;
    let password_hash = passwords::hash(&ctx.random, &request.password).await?;
    ctx.write(WriteSetUp { request, password_hash }).await
}

/// Writes company, head office, the first config items, roles and the first account.
pub async fn write_set_up(
    tx: &mut Tx<'_>,
    request: &SetUp,
    password_hash: &str,
) -> Result<SetUpDone, AppError> {
    if access::company(tx).await?.is_some() {
        return Err(AppError::refused(AccountRefused::AlreadySetUp));
    }
    let now = events::moment(tx).await?.now;
    access::insert_company(tx, &request.company, now).await?;
    let name = words::access::HEAD_OFFICE;
    let head_office = access::insert_org(tx, None, OrgKind::Hq, name, HEAD_OFFICE_CODE).await?;
    crate::config::ship_items(tx, head_office.id, now).await?;
    let first_roles = write_roles(tx).await?;
    let person = NewPerson {
        account: request.account.clone(),
        name: request.name.clone(),
        org: head_office.id,
        password_hash: password_hash.to_string(),
        roles: first_roles,
        search: search_text(&request.name, &request.account),
    };
    let administrator = access::insert_person(tx, &person, now).await?;
    let facts = json!({"company": request.company.name, "account": request.account});
    let event =
        Event { actor: Some(administrator), kind: "company.set_up", entity: "company", entity_id: 1, facts };
    events::append(tx, now, &event).await?;
    Ok(SetUpDone { head_office: head_office.id, administrator })
}

/// Writes the shipped roles, and gives those of the first person.
async fn write_roles(tx: &mut Tx<'_>) -> Result<Vec<RoleId>, AppError> {
    ship_roles(tx).await?;
    let roles = access::roles(tx).await?;
    let first = roles.into_iter().filter(|role| FIRST_ROLES.contains(&role.key.as_str()));
    Ok(first.map(|role| role.id).collect())
}

/// What a search for people looks into.
pub fn search_text(name: &str, account: &str) -> String {
    format!("{} {} {}", fold_width(name).to_lowercase(), account, pinyin_initials(name))
}

fn checked(mut request: SetUp) -> Result<SetUp, AppError> {
    let mut faults = Invalid::default();
    let company = &mut request.company;
    company.name = faults.name("company.name", &company.name, NAME_LETTERS_MAX);
    for (text, field) in [
        (&mut company.address, "address"),
        (&mut company.phone, "phone"),
        (&mut company.tax_no, "tax_no"),
        (&mut company.bank_name, "bank_name"),
        (&mut company.bank_account, "bank_account"),
    ] {
        *text = faults.line(&format!("company.{field}"), text, LINE_LETTERS_MAX);
    }
    request.name = faults.name("name", &request.name, NAME_LETTERS_MAX);
    request.account = account_key(&request.account);
    if !account_is_sound(&request.account) {
        faults.add("account", FieldFault::BadSign);
    }
    if let Err(fault) = check_new_password(&request.account, &request.password) {
        faults.add("password", FieldFault::Said(words::access::password_fault(fault).to_string()));
    }
    faults.or_go_on()?;
    Ok(request)
}

#[derive(Clone)]
struct WriteSetUp {
    request: SetUp,
    password_hash: String,
}

impl Command for WriteSetUp {
    type Out = SetUpDone;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<SetUpDone, AppError> {
        write_set_up(tx, &self.request, &self.password_hash).await
    }
}
