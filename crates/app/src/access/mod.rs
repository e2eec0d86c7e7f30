//! Accounts, people, the organisation tree and the company.

mod company;
mod list_views;
pub mod orgs;
pub mod passwords;
pub mod people;
mod setup;
mod shipped;

pub(crate) use company::check_seal;
pub use company::{CompanyChange, PublicCompany, change_company, company, public_company, seal};
pub use list_views::{ListView, forget_list_view, keep_list_view, list_views};
pub use setup::{SetUp, SetUpDone, is_set_up, search_text, set_up, write_set_up};
pub use shipped::{Shipped, ship_missing};
