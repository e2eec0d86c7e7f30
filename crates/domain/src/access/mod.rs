//! Who may do what: the organisation tree, rights with a reach, and the scope that every list takes.

mod account;
mod key;
mod list_view;
mod log;
mod org;
mod password;
mod right;
mod role;

pub use account::{
    ACCOUNT_LETTERS_MAX, AccountRefused, HeldRole, account_is_sound, account_key, may_look_after,
};
pub use key::{
    KEY_DAYS_MAX, KEY_NAME_LETTERS_MAX, KEYS_MAX, NewKey, VIEWING_MS, accept_key, rights_for_keys,
    through_eyes, through_key,
};
pub use list_view::{ListName, VIEW_NAME_LETTERS_MAX, VIEWS_MAX, ViewSettings, accept_view};
pub use log::{
    Difference, LoggedAs, LoggedFact, OnLink, bare_facts, difference, logged_beside, logged_fields, on_link,
    record_of, record_right, shown_facts,
};
pub use org::{Company, OrgInUse, OrgKind, OrgUnit};
pub use password::{PasswordFault, check_new_password, sign_in_delay_ms};
pub use right::{Reach, Right};
pub use role::{ShippedRole, shipped_roles};

use std::collections::BTreeMap;

use crate::base::{OrgId, PersonId};

/// Somebody who acts: the person, where they belong, and what their roles give them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    pub name: String,
    pub org: OrgId,
    /// Path of the person's node in the organisation tree: `/1/3/7/`.
    pub org_path: String,
    pub grants: BTreeMap<Right, Reach>,
}

/// What part of the records a right opens: the person's own, and the subtree under `path` where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub person: PersonId,
    /// `None`: own records only. `/` opens everything.
    pub path: Option<String>,
}

/// Why somebody may not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessRefused {
    /// The record does not exist, or not for this person: both look the same.
    #[error("not found")]
    NotFound,
    /// The person sees the record, but may not do this.
    #[error("forbidden: {0:?}")]
    Forbidden(Right),
}

impl Actor {
    /// Whether the person has the right at all, with whatever reach.
    pub fn has(&self, right: Right) -> bool {
        self.grants.contains_key(&right)
    }

    /// Refuses a person without the right.
    pub fn need(&self, right: Right) -> Result<(), AccessRefused> {
        if self.has(right) { Ok(()) } else { Err(AccessRefused::Forbidden(right)) }
    }

    /// What the right opens for this person; refuses a person without the right.
    pub fn scope(&self, right: Right) -> Result<Scope, AccessRefused> {
        let reach = self.grants.get(&right).ok_or(AccessRefused::Forbidden(right))?;
        let path = match reach {
            Reach::Own => None,
            Reach::Org => Some(self.org_path.clone()),
            Reach::All => Some("/".to_string()),
        };
        Ok(Scope { person: self.person, path })
    }
}

impl Scope {
    /// Whether a record of `owner` in the branch at `branch_path` lies inside.
    pub fn holds(&self, owner: PersonId, branch_path: &str) -> bool {
        owner == self.person || self.path.as_deref().is_some_and(|path| branch_path.starts_with(path))
    }

    /// The pattern for `org_unit.path LIKE $n`; empty, and so matching nothing, for own records only.
    pub fn like(&self) -> String {
        self.path.as_ref().map_or(String::new(), |path| format!("{path}%"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seller(reach: Reach) -> Actor {
        let grants = BTreeMap::from([(Right::QuoteRead, reach)]);
        Actor { person: PersonId(7), name: "小陈".into(), org: OrgId(3), org_path: "/1/3/".into(), grants }
    }

    #[test]
    fn a_region_sees_its_subtree_and_no_other() {
        let scope = seller(Reach::Org).scope(Right::QuoteRead).unwrap();
        assert!(scope.holds(PersonId(9), "/1/3/8/"));
        assert!(!scope.holds(PersonId(9), "/1/4/9/"));
        assert!(!scope.holds(PersonId(9), "/1/33/"));
    }

    #[test]
    fn own_reach_sees_own_records_wherever_they_lie() {
        let scope = seller(Reach::Own).scope(Right::QuoteRead).unwrap();
        assert!(scope.holds(PersonId(7), "/1/4/9/"));
        assert!(!scope.holds(PersonId(9), "/1/3/8/"));
        assert_eq!(scope.like(), "");
    }

    #[test]
    fn a_right_not_given_is_refused() {
        let refused = seller(Reach::All).scope(Right::PriceCost);
        assert_eq!(refused, Err(AccessRefused::Forbidden(Right::PriceCost)));
    }
}
