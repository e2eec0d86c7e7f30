//! Accounts: their names, who may look after whose, and why something about them is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::{Actor, OrgInUse, PasswordFault, Reach, Right};
use crate::base::{PersonId, fold_width};

/// Longest account name.
pub const ACCOUNT_LETTERS_MAX: usize = 40;

/// Rights that make their holder powerful over others: accounts that carry one are looked after by who looks after all.
const POWERFUL: &[Right] = &[
    Right::PeopleWrite,
    Right::CompanyWrite,
    Right::ConfigPublish,
    Right::QuoteIssueBelowFloor,
    Right::PeopleAll,
    Right::ViewAs,
];

/// Why something about an account or a sign-in is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefused {
    /// Account and password do not belong together; which of them is wrong is not said.
    #[error("wrong account or password")]
    WrongPassword,
    /// Too many wrong passwords; none is looked at before the wait is over.
    #[error("wait {retry_after_seconds} s")]
    SlowDown { retry_after_seconds: i64 },
    #[error("weak password: {0}")]
    WeakPassword(PasswordFault),
    #[error("account is taken")]
    AccountTaken,
    /// Nobody changes their own roles, and nobody locks themselves out.
    #[error("not one's own account")]
    OwnAccount,
    /// The account carries rights that only an administrator hands out.
    #[error("powerful account")]
    PowerfulAccount,
    /// The account carries this right further than one's own, and its role is not entrusted to one.
    #[error("above one's own rights: {0:?}")]
    AboveOwn(Right),
    /// The key is unknown, over or revoked; which of them is not said.
    #[error("wrong key")]
    WrongKey,
    /// Too many wrong keys from one address.
    #[error("wait {retry_after_seconds} s before the next key")]
    WrongKeys { retry_after_seconds: i64 },
    /// Nobody looks through their own eyes.
    #[error("own eyes")]
    OwnEyes,
    /// A locked account sees nothing.
    #[error("locked eyes")]
    LockedEyes,
    #[error("company is set up already")]
    AlreadySetUp,
    #[error("wrong set-up code")]
    WrongSetupCode,
    #[error("code of an organisation unit is taken")]
    OrgCodeTaken,
    #[error("name of an organisation unit is taken")]
    OrgNameTaken,
    /// Nothing new comes to a unit that is closed.
    #[error("organisation unit is closed")]
    OrgClosed,
    #[error("the unit above is closed")]
    OrgParentClosed,
    /// What still hangs on a unit is moved or ended before it is closed.
    #[error("organisation unit is in use: {0:?}")]
    OrgInUse(OrgInUse),
    #[error("head office is never closed")]
    HeadOfficeStays,
}

/// An account name as it is kept and compared: half-width, lower case, without spaces around.
pub fn account_key(typed: &str) -> String {
    fold_width(typed).to_lowercase()
}

/// Whether an account name can be kept: letters, digits, `.`, `_`, `-`, `@`, or Chinese; no spaces.
pub fn account_is_sound(account: &str) -> bool {
    let letters = account.chars().count();
    let sound = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-' | '@');
    (1..=ACCOUNT_LETTERS_MAX).contains(&letters) && account.chars().all(sound)
}

/// A role that the account of somebody holds, before or after a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldRole {
    pub rights: BTreeMap<Right, Reach>,
    /// One of the actor's own roles is entrusted with giving this one.
    pub entrusted: bool,
}

/// Whether `actor` may change an account that holds `roles`, before or after, at the nodes `places` of the tree. `gives`
/// are the rights of the roles that are entrusted to the actor: a refusal names one beyond them where there is one, for
/// the others are no reason.
pub fn may_look_after(
    actor: &Actor,
    person: PersonId,
    roles: &[HeldRole],
    places: &[&str],
    gives: &BTreeSet<Right>,
) -> Result<(), AccountRefused> {
    if person == actor.person {
        return Err(AccountRefused::OwnAccount);
    }
    if actor.has(Right::PeopleAll) {
        return Ok(());
    }
    if roles.iter().any(|role| POWERFUL.iter().any(|right| role.rights.contains_key(right))) {
        return Err(AccountRefused::PowerfulAccount);
    }
    let own_to_give = roles.iter().filter(|role| !role.entrusted);
    let above = own_to_give
        .flat_map(|role| &role.rights)
        .filter(|(right, reach)| !places.iter().all(|place| covers(actor, **right, **reach, place)));
    let above: Vec<Right> = above.map(|(right, _)| *right).collect();
    let named = above.iter().find(|right| !gives.contains(*right)).or(above.first());
    named.map_or(Ok(()), |right| Err(AccountRefused::AboveOwn(*right)))
}

/// Whether whatever `right` with `reach` opens for somebody at `place` is open to `actor` already.
fn covers(actor: &Actor, right: Right, reach: Reach, place: &str) -> bool {
    match actor.grants.get(&right) {
        Some(Reach::All) => true,
        Some(Reach::Org) => reach != Reach::All && place.starts_with(&actor.org_path),
        // What somebody else calls their own is not one's own.
        Some(Reach::Own) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::OrgId;

    fn holder(rights: &[Right]) -> Actor {
        let grants = rights.iter().map(|right| (*right, Reach::All)).collect();
        Actor { person: PersonId(1), name: "人事".into(), org: OrgId(1), org_path: "/1/".into(), grants }
    }

    fn held(right: Right) -> HeldRole {
        HeldRole { rights: BTreeMap::from([(right, Reach::All)]), entrusted: false }
    }

    fn look_after(actor: &Actor, role: HeldRole, place: &str) -> &'static str {
        match may_look_after(actor, PersonId(2), &[role], &[place], &BTreeSet::new()) {
            Ok(()) => "may",
            Err(AccountRefused::AboveOwn(_)) => "above own",
            Err(AccountRefused::PowerfulAccount) => "powerful",
            Err(_) => "refused",
        }
    }

    #[test]
    fn personnel_looks_after_what_is_entrusted_to_it_and_not_after_administrators() {
        let personnel = holder(&[Right::PeopleWrite]);
        let entrusted = |right| HeldRole { entrusted: true, ..held(right) };
        assert_eq!(look_after(&personnel, entrusted(Right::QuoteWrite), "/1/"), "may");
        assert_eq!(look_after(&personnel, held(Right::QuoteWrite), "/1/"), "above own");
        assert_eq!(look_after(&personnel, held(Right::PriceCost), "/1/"), "above own");
        assert_eq!(look_after(&personnel, held(Right::PeopleWrite), "/1/"), "powerful");
        assert_eq!(look_after(&personnel, entrusted(Right::PeopleWrite), "/1/"), "powerful");
        let administrator = holder(&[Right::PeopleWrite, Right::PeopleAll]);
        assert_eq!(look_after(&administrator, held(Right::PeopleWrite), "/1/"), "may");
        assert_eq!(look_after(&administrator, held(Right::PriceCost), "/1/"), "may");
    }

    #[test]
    fn a_refusal_names_what_one_may_not_give_and_not_what_one_may() {
        let personnel = holder(&[Right::PeopleWrite]);
        let rights = BTreeMap::from([(Right::CustomerRead, Reach::All), (Right::PriceCost, Reach::All)]);
        let finance = [HeldRole { rights, entrusted: false }];
        let named = |gives: &[Right]| {
            let gives = gives.iter().copied().collect();
            may_look_after(&personnel, PersonId(2), &finance, &["/1/"], &gives)
        };
        assert_eq!(named(&[Right::CustomerRead]), Err(AccountRefused::AboveOwn(Right::PriceCost)));
        assert_eq!(named(&[]), Err(AccountRefused::AboveOwn(Right::CustomerRead)));
        let wider = named(&[Right::CustomerRead, Right::PriceCost]);
        assert_eq!(wider, Err(AccountRefused::AboveOwn(Right::CustomerRead)), "it reaches further");
    }

    #[test]
    fn who_reads_the_log_and_keeps_accounts_is_no_administrator() {
        let auditor = holder(&[Right::PeopleWrite, Right::AuditRead]);
        assert_eq!(look_after(&auditor, held(Right::PeopleAll), "/1/"), "powerful");
        assert_eq!(look_after(&auditor, held(Right::CompanyWrite), "/1/"), "powerful");
        assert_eq!(look_after(&auditor, held(Right::PriceCost), "/1/"), "above own");
    }

    #[test]
    fn a_right_over_a_region_is_given_within_the_region_and_never_wider() {
        let grants = BTreeMap::from([(Right::PriceCost, Reach::Org), (Right::QuoteRead, Reach::Own)]);
        let (name, org_path) = ("经理".into(), "/1/3/".into());
        let manager = Actor { person: PersonId(1), name, org: OrgId(3), org_path, grants };
        let wide = |right, reach| HeldRole { rights: BTreeMap::from([(right, reach)]), entrusted: false };
        assert_eq!(look_after(&manager, wide(Right::PriceCost, Reach::Org), "/1/3/8/"), "may");
        assert_eq!(look_after(&manager, wide(Right::PriceCost, Reach::Org), "/1/"), "above own");
        assert_eq!(look_after(&manager, wide(Right::PriceCost, Reach::Org), "/1/33/"), "above own");
        assert_eq!(look_after(&manager, wide(Right::PriceCost, Reach::All), "/1/3/8/"), "above own");
        assert_eq!(look_after(&manager, wide(Right::QuoteRead, Reach::Own), "/1/3/8/"), "above own");
    }

    #[test]
    fn nobody_changes_their_own_rights() {
        let administrator = holder(&[Right::PeopleWrite, Right::PeopleAll]);
        let refused = may_look_after(&administrator, PersonId(1), &[], &["/1/"], &BTreeSet::new());
        assert_eq!(refused, Err(AccountRefused::OwnAccount));
    }

    #[test]
    fn account_names_fold_and_have_an_end() {
        assert_eq!(account_key(" ＸiaoChen "), "xiaochen");
        assert!(account_is_sound("小陈"));
        assert!(account_is_sound(&"a".repeat(ACCOUNT_LETTERS_MAX)));
        assert!(!account_is_sound(&"a".repeat(ACCOUNT_LETTERS_MAX + 1)));
        assert!(!account_is_sound("a b"));
        assert!(!account_is_sound(""));
    }
}
