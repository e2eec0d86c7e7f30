//! The company: what a stranger may know of it, and its first day.

use app::access::{self, SetUp};
use axum::extract::State;
use axum::http::StatusCode;
use domain::access::Company;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, Visitor};
use crate::problem::Problem;

/// How many days a quotation is valid in a new company.
const QUOTE_VALID_DAYS: u32 = 15;

/// What the sign-in page shows.
#[derive(Serialize, ToSchema)]
pub struct PublicCompany {
    pub name: String,
    pub demo: bool,
    /// False until the set-up page has been filled in.
    pub set_up: bool,
    /// Accounts to try, in a demo company only.
    pub demo_accounts: Vec<DemoAccount>,
}

/// An account of the demo company.
#[derive(Serialize, ToSchema)]
pub struct DemoAccount {
    pub account: String,
    pub name: String,
    pub role_name: String,
}

/// What the set-up page asks for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpForm {
    /// The code of the address that the program printed at its start.
    pub code: String,
    pub company: NewCompany,
    pub account: String,
    pub name: String,
    pub password: String,
}

/// A company as it will stand on its documents.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCompany {
    pub name: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub tax_no: String,
    #[serde(default)]
    pub bank_name: String,
    #[serde(default)]
    pub bank_account: String,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(company)).routes(routes!(set_up))
}

/// What anybody may know of the company.
#[utoipa::path(get, path = "/api/company", responses((status = 200, body = PublicCompany)))]
async fn company(who: Visitor) -> Result<Json<PublicCompany>, Problem> {
    let known = access::public_company(&who.ctx).await?;
    let demo_accounts = known.demo_accounts.into_iter();
    Ok(Json(PublicCompany {
        name: known.name,
        demo: known.demo,
        set_up: known.set_up,
        demo_accounts: demo_accounts
            .map(|(account, name, role_name)| DemoAccount { account, name, role_name })
            .collect(),
    }))
}

/// Set the company up, once, with the code that the program printed.
#[utoipa::path(post, path = "/api/setup", responses((status = 204)))]
async fn set_up(
    State(state): State<AppState>,
    who: Visitor,
    Json(body): Json<SetUpForm>,
) -> Result<StatusCode, Problem> {
    let expected = state.options.setup_code.clone().unwrap_or_default();
    let (code, request) = (body.code.clone(), SetUp::from(body));
    access::set_up(&who.ctx, &expected, &code, request).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<SetUpForm> for SetUp {
    fn from(form: SetUpForm) -> SetUp {
        let NewCompany { name, address, phone, tax_no, bank_name, bank_account } = form.company;
        let company = Company {
            name,
            address,
            phone,
            tax_no,
            bank_name,
            bank_account,
            seal_file: None,
            demo: false,
            prices_include_tax: true,
            quote_valid_days: QUOTE_VALID_DAYS,
        };
        SetUp { company, account: form.account, name: form.name, password: form.password }
    }
}
