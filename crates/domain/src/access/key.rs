//! Keys with which programs work in a person's name, and what somebody sees through another's eyes.

use std::collections::BTreeSet;

use super::{Actor, Right};
use crate::base::{FieldFault, Invalid};

/// Longest name of a key.
pub const KEY_NAME_LETTERS_MAX: usize = 40;
/// A key ends after so many days at the latest.
pub const KEY_DAYS_MAX: i64 = 366;
/// So many keys of one person work at once.
pub const KEYS_MAX: usize = 20;
/// So long an administrator looks through another's eyes without saying so again.
pub const VIEWING_MS: i64 = 30 * 60 * 1_000;

/// Whether keys may carry a right; each is decided here. A key that is lost must not make accounts or other keys, nor
/// send what happens somewhere else, for ever.
fn fits_keys(right: Right) -> bool {
    match right {
        Right::PeopleWrite
        | Right::CompanyWrite
        | Right::KeysWrite
        | Right::ViewAs
        | Right::WebhooksWrite => false,
        Right::CustomerRead
        | Right::CustomerWrite
        | Right::CustomerAssign
        | Right::QuoteRead
        | Right::QuoteWrite
        | Right::QuoteIssue
        | Right::QuoteSign
        | Right::QuoteIssueBelowFloor
        | Right::QuoteReleaseVoid
        | Right::QuoteSetShare
        | Right::OrderRead
        | Right::ProductRead
        | Right::ProductWrite
        | Right::PriceRead
        | Right::PriceCost
        | Right::ConfigRead
        | Right::ConfigEdit
        | Right::ConfigPublish
        | Right::ConfigVoid
        | Right::PeopleRead
        | Right::PeopleAll
        | Right::InsightsRead
        | Right::FilesWrite
        | Right::AuditRead
        | Right::TaskManage => true,
    }
}

/// A key that may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    pub name: String,
    pub rights: BTreeSet<Right>,
    pub days: i64,
}

/// The rights that somebody may give to a key: their own, but for those that no key has.
pub fn rights_for_keys(actor: &Actor) -> impl Iterator<Item = Right> {
    actor.grants.keys().copied().filter(|right| fits_keys(*right))
}

/// Accepts a name, rights by their names, and how many days the key works; everything wrong at once.
pub fn accept_key(actor: &Actor, name: &str, rights: &[String], days: i64) -> Result<NewKey, Invalid> {
    let mut faults = Invalid::default();
    let name = faults.name("name", name, KEY_NAME_LETTERS_MAX);
    let mut given = BTreeSet::new();
    for (place, key) in rights.iter().enumerate() {
        match Right::from_key(key).filter(|right| rights_for_keys(actor).any(|own| own == *right)) {
            Some(right) => {
                given.insert(right);
            }
            None => faults.add(format!("rights[{place}]"), FieldFault::NoChoice),
        }
    }
    if rights.is_empty() {
        faults.add("rights", FieldFault::Missing);
    }
    if !(1..=KEY_DAYS_MAX).contains(&days) {
        faults.add("days", FieldFault::NotInRange { min: 1, max: KEY_DAYS_MAX });
    }
    faults.or_go_on()?;
    Ok(NewKey { name, rights: given, days })
}

/// The person with only those rights that a key was given: what the person lost since, the key has lost too.
pub fn through_key(actor: Actor, rights: &BTreeSet<Right>) -> Actor {
    let mut actor = actor;
    actor.grants.retain(|right, _| rights.contains(right) && fits_keys(*right));
    actor
}

/// Whether a right shows prices or costs, by itself or in what is done with it; each is decided here.
fn shows_money(right: Right) -> bool {
    match right {
        Right::PriceRead
        | Right::PriceCost
        | Right::QuoteRead
        | Right::QuoteWrite
        | Right::QuoteIssue
        | Right::QuoteSign
        | Right::QuoteIssueBelowFloor
        | Right::QuoteReleaseVoid
        | Right::QuoteSetShare => true,
        // Of orders, goods, configuration and the log money is shown by `PriceRead` alone.
        Right::CustomerRead
        | Right::CustomerWrite
        | Right::CustomerAssign
        | Right::OrderRead
        | Right::ProductRead
        | Right::ProductWrite
        | Right::ConfigRead
        | Right::ConfigEdit
        | Right::ConfigPublish
        | Right::ConfigVoid
        | Right::PeopleRead
        | Right::PeopleWrite
        | Right::PeopleAll
        | Right::CompanyWrite
        | Right::InsightsRead
        | Right::FilesWrite
        | Right::AuditRead
        | Right::TaskManage
        | Right::ViewAs
        | Right::KeysWrite
        | Right::WebhooksWrite => false,
    }
}

/// What `viewer` sees through the eyes of `viewed`: all that they see, but for quotations, prices and costs that are not
/// the viewer's to see.
pub fn through_eyes(viewer: &Actor, viewed: Actor) -> Actor {
    let mut viewed = viewed;
    viewed.grants.retain(|right, _| !shows_money(*right) || viewer.has(*right));
    viewed
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Reach;
    use super::*;
    use crate::base::{OrgId, PersonId};

    fn holder(rights: &[Right]) -> Actor {
        let grants: BTreeMap<_, _> = rights.iter().map(|right| (*right, Reach::Org)).collect();
        Actor { person: PersonId(1), name: "财务".into(), org: OrgId(1), org_path: "/1/".into(), grants }
    }

    fn accepted(rights: &[&str], days: i64) -> Result<NewKey, Invalid> {
        let actor = holder(&[Right::OrderRead, Right::PeopleWrite, Right::KeysWrite]);
        let rights: Vec<String> = rights.iter().map(ToString::to_string).collect();
        accept_key(&actor, " 对账 ", &rights, days)
    }

    #[test]
    fn a_key_gets_what_its_maker_has_and_never_the_making_of_accounts_and_keys() {
        assert_eq!(accepted(&["order.read"], 90).unwrap().rights, BTreeSet::from([Right::OrderRead]));
        for right in ["people.write", "keys.write", "quote.read", "everything"] {
            assert!(accepted(&[right], 90).is_err(), "{right}");
        }
        assert!(accepted(&[], 90).is_err());
    }

    #[test]
    fn of_every_right_it_is_decided_whether_keys_carry_it() {
        let all = holder(Right::ALL);
        let given: BTreeSet<Right> = rights_for_keys(&all).collect();
        let never: Vec<_> =
            Right::ALL.iter().filter(|right| !given.contains(right)).map(|it| it.key()).collect();
        assert_eq!(
            never,
            ["people.write", "company.write", "people.view_as", "keys.write", "webhooks.write"]
        );
        let carried = through_key(holder(Right::ALL), &Right::ALL.iter().copied().collect()).grants;
        assert_eq!(carried.into_keys().collect::<BTreeSet<_>>(), given);
    }

    #[test]
    fn a_key_ends_within_a_year() {
        for (days, fine) in [(0, false), (1, true), (366, true), (367, false), (-1, false)] {
            assert_eq!(accepted(&["order.read"], days).is_ok(), fine, "{days}");
        }
    }

    #[test]
    fn what_the_person_lost_the_key_has_lost_too() {
        let rights = BTreeSet::from([Right::OrderRead, Right::QuoteRead]);
        let grants = through_key(holder(&[Right::OrderRead, Right::PriceCost]), &rights).grants;
        assert_eq!(grants.into_keys().collect::<Vec<_>>(), [Right::OrderRead]);
    }

    #[test]
    fn whoever_sees_no_cost_sees_none_through_anothers_eyes() {
        let owner = || holder(&[Right::QuoteRead, Right::PriceCost]);
        assert!(!through_eyes(&holder(&[Right::ViewAs]), owner()).has(Right::PriceCost));
        assert!(through_eyes(&holder(&[Right::ViewAs, Right::PriceCost]), owner()).has(Right::PriceCost));
    }

    #[test]
    fn whoever_sees_no_prices_sees_none_through_anothers_eyes() {
        let seen = through_eyes(&holder(&[Right::ViewAs]), holder(Right::ALL));
        for right in [Right::PriceRead, Right::QuoteRead, Right::QuoteWrite, Right::QuoteIssue] {
            assert!(!seen.has(right), "{right:?}");
        }
        for right in [Right::CustomerRead, Right::OrderRead, Right::ProductRead, Right::ConfigRead] {
            assert!(seen.has(right), "{right:?}");
        }
        let reader = holder(&[Right::ViewAs, Right::QuoteRead]);
        let seen = through_eyes(&reader, holder(Right::ALL));
        assert!(seen.has(Right::QuoteRead) && !seen.has(Right::PriceRead));
    }
}
