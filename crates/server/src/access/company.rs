//! The company: what a stranger may know of it, and its first day.

use app::access::{self, CompanyChange, SetUp};
use axum::extract::State;
use axum::http::StatusCode;
use domain::access::{Company, Right};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::documents::{Inline, inline};
use crate::http::{AppState, IfMatch, Json, SignedIn, Versioned, Visitor, changed_by, given, or_current};
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

/// The company as it stands on its documents.
#[derive(Serialize, ToSchema)]
pub struct CompanyProfile {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub tax_no: String,
    pub bank_name: String,
    pub bank_account: String,
    /// How many days a quotation is valid, the day of issue not counted.
    pub quote_valid_days: u32,
    /// sha256 of the seal's picture.
    pub seal_file: Option<String>,
    /// Whether what is issued at the person's own place carries a seal: its region's, or the company's.
    pub sealed: bool,
    /// Whether quotations of that place show pictures of the goods unless they say otherwise.
    pub pictures_usual: bool,
    /// Whether the paper of that place carries pictures.
    pub pictures_printed: bool,
    /// Whether quotations carry the picture that leads to their verify page: the server knows its public address.
    pub verify_link: bool,
    pub version: i64,
    /// `edit`
    pub actions: Vec<&'static str>,
}

/// What changes about the company; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyPatch {
    pub name: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub tax_no: Option<String>,
    pub bank_name: Option<String>,
    pub bank_account: Option<String>,
    pub quote_valid_days: Option<u32>,
    /// A PNG that one has uploaded, or null.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub seal_file: Option<Option<String>>,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(company))
        .routes(routes!(set_up))
        .routes(routes!(profile, change_profile))
        .routes(routes!(seal))
}

/// The company as it stands on its documents.
#[utoipa::path(get, path = "/api/company/profile", responses((status = 200, body = CompanyProfile)))]
async fn profile(who: SignedIn) -> Result<Versioned<CompanyProfile>, Problem> {
    let known = access::company(&who.ctx).await?;
    Ok(Versioned(known.1, shown(&who, known).await?))
}

/// The picture of the seal in use.
#[utoipa::path(get, path = "/api/company/seal",
    responses((status = 200, description = "The picture", content_type = "image/png")))]
async fn seal(who: SignedIn) -> Result<Inline, Problem> {
    let picture = access::seal(&who.ctx, &who.actor).await?;
    Ok(inline(picture, "image/png", "seal.png"))
}

/// Change what the company's documents say of it, or its seal.
#[utoipa::path(patch, path = "/api/company/profile", responses((status = 200, body = CompanyProfile)))]
async fn change_profile(
    who: SignedIn,
    IfMatch(version): IfMatch,
    Json(body): Json<CompanyPatch>,
) -> Result<Versioned<CompanyProfile>, Problem> {
    let change = CompanyChange {
        name: body.name,
        address: body.address,
        phone: body.phone,
        tax_no: body.tax_no,
        bank_name: body.bank_name,
        bank_account: body.bank_account,
        quote_valid_days: body.quote_valid_days,
        seal_file: body.seal_file,
    };
    let outcome = access::change_company(&who.ctx, &who.actor, version, change).await;
    let known = or_current(outcome, async {
        let current = shown(&who, access::company(&who.ctx).await?).await?;
        Ok((current, changed_by(&who.ctx, "company", 1).await?))
    });
    let known = known.await?;
    Ok(Versioned(known.1, shown(&who, known).await?))
}

async fn shown(who: &SignedIn, (company, version): (Company, i64)) -> Result<CompanyProfile, Problem> {
    let paper = app::documents::paper_facts(&who.ctx, who.actor.org).await?;
    let actions = if who.actor.has(Right::CompanyWrite) { vec!["edit"] } else { Vec::new() };
    Ok(CompanyProfile {
        name: company.name,
        address: company.address,
        phone: company.phone,
        tax_no: company.tax_no,
        bank_name: company.bank_name,
        bank_account: company.bank_account,
        quote_valid_days: company.quote_valid_days,
        seal_file: company.seal_file,
        sealed: paper.sealed,
        pictures_usual: paper.pictures_usual,
        pictures_printed: paper.pictures_printed,
        verify_link: who.ctx.printing.public_url.is_some(),
        version,
        actions,
    })
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
