//! Accounts: their names, who may look after whose, and why something about them is refused.

use std::collections::BTreeMap;

use super::{Actor, PasswordFault, Reach, Right};
use crate::base::{PersonId, fold_width};

/// Longest account name.
pub const ACCOUNT_LETTERS_MAX: usize = 40;

/// Rights that make their holder powerful over others: accounts that carry one are looked after by who may see the log.
const POWERFUL: &[Right] = &[
    Right::PeopleWrite,
    Right::CompanyWrite,
    Right::ConfigPublish,
    Right::QuoteIssueBelowFloor,
    Right::AuditRead,
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
    #[error("company is set up already")]
    AlreadySetUp,
    #[error("wrong set-up code")]
    WrongSetupCode,
    #[error("code of an organisation unit is taken")]
    OrgCodeTaken,
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

/// Whether `actor` may change the account of `person`, who holds `rights` before or after the change.
pub fn may_look_after<'r>(
    actor: &Actor,
    person: PersonId,
    rights: impl IntoIterator<Item = &'r BTreeMap<Right, Reach>>,
) -> Result<(), AccountRefused> {
    if person == actor.person {
        return Err(AccountRefused::OwnAccount);
    }
    let powerful = rights.into_iter().any(|held| POWERFUL.iter().any(|right| held.contains_key(right)));
    if powerful && !actor.has(Right::AuditRead) { Err(AccountRefused::PowerfulAccount) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::OrgId;

    fn holder(rights: &[Right]) -> Actor {
        let grants = rights.iter().map(|right| (*right, Reach::All)).collect();
        Actor { person: PersonId(1), name: "人事".into(), org: OrgId(1), org_path: "/1/".into(), grants }
    }

    fn held(right: Right) -> BTreeMap<Right, Reach> {
        BTreeMap::from([(right, Reach::All)])
    }

    #[test]
    fn personnel_looks_after_sellers_but_not_after_administrators() {
        let personnel = holder(&[Right::PeopleWrite]);
        assert_eq!(may_look_after(&personnel, PersonId(2), [&held(Right::QuoteWrite)]), Ok(()));
        let refused = may_look_after(&personnel, PersonId(2), [&held(Right::PeopleWrite)]);
        assert_eq!(refused, Err(AccountRefused::PowerfulAccount));
        let administrator = holder(&[Right::PeopleWrite, Right::AuditRead]);
        assert_eq!(may_look_after(&administrator, PersonId(2), [&held(Right::PeopleWrite)]), Ok(()));
    }

    #[test]
    fn nobody_changes_their_own_rights() {
        let administrator = holder(&[Right::PeopleWrite, Right::AuditRead]);
        assert_eq!(may_look_after(&administrator, PersonId(1), []), Err(AccountRefused::OwnAccount));
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
