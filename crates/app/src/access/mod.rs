//! Accounts, people, the organisation tree and the company.

mod company;
pub mod orgs;
pub mod passwords;
pub mod people;
mod setup;

pub(crate) use company::check_seal;
pub use company::{CompanyChange, PublicCompany, change_company, company, public_company};
pub use setup::{SetUp, SetUpDone, is_set_up, search_text, set_up, write_set_up};
