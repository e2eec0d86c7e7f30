//! The company: what anybody may know of it.

use store::access;

use crate::{AppError, Ctx};

/// One account for each role is named on the sign-in page of a demo company.
const DEMO_ACCOUNTS_MAX: u32 = 20;

/// What the sign-in page shows.
#[derive(Clone, Debug, Default)]
pub struct PublicCompany {
    pub name: String,
    pub demo: bool,
    pub set_up: bool,
    /// Account, name and role; in a demo company only.
    pub demo_accounts: Vec<(String, String, String)>,
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
                    true => access::one_account_per_role(tx, DEMO_ACCOUNTS_MAX).await?,
                    false => Vec::new(),
                };
                Ok(PublicCompany { name: company.name, demo: company.demo, set_up: true, demo_accounts })
            })
        })
        .await
}
