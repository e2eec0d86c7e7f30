//! Who is who: the company, its organisation tree, people, roles and what they give.

mod actor;
mod company;
mod guide;
mod orgs;
mod people;
mod roles;

pub use actor::{Identity, actor, identity};
pub use company::{company, insert_company, update_company};
pub use guide::{guide_off, put_guide_off};
pub use orgs::{ORGS_MAX, insert_org, org, org_code_taken, orgs, orgs_within, rename_org};
pub use people::{
    Account, NewPerson, Person, account, account_of_person, demo_accounts, insert_person, note_seen, people,
    person, person_name, set_password, set_roles, update_person,
};
pub use roles::{ROLES_MAX, Role, entrust, entrusted_to, insert_role, rights_of, roles};
