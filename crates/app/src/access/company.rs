//! The company: what anybody may know of it, and what stands on its documents.

use domain::access::{Actor, Company, Right};
use domain::base::{FieldFault, Invalid, visible};
use domain::words::documents as words;
use serde_json::json;
use store::events;
use store::{Command, Tx, access, files};

use crate::{AppError, Ctx};

/// One account for each role is named on the sign-in page of a demo company.
const DEMO_ACCOUNTS_MAX: u32 = 20;
/// Longest line of the company on its documents.
pub(super) const LINE_LETTERS_MAX: usize = 120;
/// A quotation is valid for a year at most.
const VALID_DAYS_MAX: u32 = 365;
/// A seal needs transparency.
const SEAL_MIME: &str = "image/png";

/// What the sign-in page shows.
#[derive(Clone, Debug, Default)]
pub struct PublicCompany {
    pub name: String,
    pub demo: bool,
    pub set_up: bool,
    /// Account, name and role; in a demo company only.
    pub demo_accounts: Vec<(String, String, String)>,
}

/// What changes about the company; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct CompanyChange {
    pub name: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub tax_no: Option<String>,
    pub bank_name: Option<String>,
    pub bank_account: Option<String>,
    pub quote_valid_days: Option<u32>,
    /// A PNG that the actor has handed in, or nothing.
    pub seal_file: Option<Option<String>>,
}

/// What anybody may know of the company, signed in or not.
pub async fn public_company(ctx: &Ctx) -> Result<PublicCompany, AppError> {
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let Some((company, _)) = access::company(tx).await? else {
                    return Ok(PublicCompany::default());
                };
                let demo_accounts = match company.demo {
                    true => access::demo_accounts(tx, DEMO_ACCOUNTS_MAX).await?,
                    false => Vec::new(),
                };
                Ok(PublicCompany { name: company.name, demo: company.demo, set_up: true, demo_accounts })
            })
        })
        .await
}

/// The company as it stands on its documents, and the version of what is written.
pub async fn company(ctx: &Ctx) -> Result<(Company, i64), AppError> {
    let found = ctx.store.read(|tx| Box::pin(async move { access::company(tx).await })).await?;
    found.ok_or(AppError::Access(domain::access::AccessRefused::NotFound))
}

/// The seal's picture (PNG) in use, for those who may change it; not found while there is none.
pub async fn seal(ctx: &Ctx, actor: &Actor) -> Result<Vec<u8>, AppError> {
    actor.need(Right::CompanyWrite)?;
    let missing = || AppError::Access(domain::access::AccessRefused::NotFound);
    let file = company(ctx).await?.0.seal_file.ok_or_else(missing)?;
    Ok(files::whole(&ctx.store, &file).await?)
}

/// Changes what the company's documents say of it, on the `version` that the actor saw.
pub async fn change_company(
    ctx: &Ctx,
    actor: &Actor,
    version: i64,
    change: CompanyChange,
) -> Result<(Company, i64), AppError> {
    actor.need(Right::CompanyWrite)?;
    // The present one may stay whatever it is: nothing changes.
    if let Some(Some(hash)) = &change.seal_file
        && company(ctx).await?.0.seal_file.as_ref() != Some(hash)
    {
        check_seal(ctx, actor, "seal_file", hash).await?;
    }
    ctx.write(Change { actor: actor.clone(), version, change }).await
}

#[derive(Clone)]
struct Change {
    actor: Actor,
    version: i64,
    change: CompanyChange,
}

impl Command for Change {
    type Out = (Company, i64);
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(Company, i64), AppError> {
        let found = access::company(tx).await?;
        let (before, version) = found.ok_or(domain::access::AccessRefused::NotFound)?;
        if version != self.version {
            return Err(AppError::Stale { version });
        }
        let after = changed(&before, self.change)?;
        if !access::update_company(tx, &after, version).await? {
            return Err(AppError::Stale { version });
        }
        let now = events::moment(tx).await?.now;
        let facts = json!({"before": before, "after": after});
        let by = (now, self.actor.person);
        crate::events::note(tx, by, "company.changed", ("company", 1), facts).await?;
        Ok((after, version + 1))
    }
}

/// The seal must be a picture that the actor handed in, or that was the company's before, and that can be printed.
/// `path` is the field that a refusal names.
pub(crate) async fn check_seal(ctx: &Ctx, actor: &Actor, path: &str, hash: &str) -> Result<(), AppError> {
    let wrong = |fault| AppError::from(Invalid::one(path, fault));
    let (file, person) = (hash.to_string(), actor.person);
    let found = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                match access::was_seal(tx, &file).await? {
                    true => files::facts(tx, &file).await,
                    false => files::uploaded_by(tx, &file, person).await,
                }
            })
        })
        .await?;
    let found = found.ok_or_else(|| wrong(FieldFault::NoSuchRecord))?;
    if found.mime != SEAL_MIME {
        return Err(wrong(FieldFault::Said(words::SEAL_NEEDS_PNG.to_string())));
    }
    let content = files::whole(&ctx.store, hash).await?;
    match crate::documents::check_seal(ctx, content).await? {
        Ok(_) => Ok(()),
        Err(refused) => Err(wrong(FieldFault::Said(words::seal_refused(&refused)))),
    }
}

fn changed(before: &Company, change: CompanyChange) -> Result<Company, Invalid> {
    let mut faults = Invalid::default();
    // What stands there already is not looked at again.
    let name = match change.name {
        Some(new) if visible(&new) != before.name => faults.name("name", &new, LINE_LETTERS_MAX),
        Some(_) | None => before.name.clone(),
    };
    let mut line = |path: &str, new: Option<String>, old: &String| match new {
        Some(new) if visible(&new) != *old => faults.line(path, &new, LINE_LETTERS_MAX),
        Some(_) | None => old.clone(),
    };
    let after = Company {
        name,
        address: line("address", change.address, &before.address),
        phone: line("phone", change.phone, &before.phone),
        tax_no: line("tax_no", change.tax_no, &before.tax_no),
        bank_name: line("bank_name", change.bank_name, &before.bank_name),
        bank_account: line("bank_account", change.bank_account, &before.bank_account),
        seal_file: change.seal_file.unwrap_or_else(|| before.seal_file.clone()),
        quote_valid_days: change.quote_valid_days.unwrap_or(before.quote_valid_days),
        ..before.clone()
    };
    if !(1..=VALID_DAYS_MAX).contains(&after.quote_valid_days) {
        faults.add("quote_valid_days", FieldFault::NotInRange { min: 1, max: i64::from(VALID_DAYS_MAX) });
    }
    faults.or_go_on()?;
    Ok(after)
}
