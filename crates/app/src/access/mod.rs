//! Accounts, people, the organisation tree and the company.

mod company;
pub mod passwords;
mod setup;

pub use company::{PublicCompany, public_company};
pub use setup::{SetUp, SetUpDone, is_set_up, search_text, set_up, write_set_up};
