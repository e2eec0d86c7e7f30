//! Who is who: the company, its organisation tree, people, roles and what they give.

mod actor;
mod company;
mod guide;
mod list_views;
mod orgs;
mod people;
mod roles;

pub use actor::{Identity, actor, identity};
pub(crate) use actor::{actor_of, grants_of};
pub use company::{asks_company, company, insert_company, update_company, was_seal};
pub use guide::{guide_off, put_guide_off};
pub use list_views::{ListView, delete_list_view, list_views, put_list_view};
pub use orgs::{
    ORGS_MAX, Staff, close_org, hold_tree, insert_org, org, org_code_taken, org_in_use, org_kept,
    org_name_taken, orgs, orgs_within, rename_org, staff,
};
pub use people::{
    Account, InHand, NewPerson, Person, account, account_of_person, demo_accounts, in_hand, insert_person,
    note_seen, people, person, person_name, set_password, set_phone, set_roles, update_person,
};
pub use roles::{
    ROLES_MAX, Role, entrust, entrusted_to, grant, insert_role, note_shipped, rights_given, rights_of,
    rights_shipped, roles,
};
