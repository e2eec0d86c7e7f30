//! Whom a list is for: criteria that must all hold, each a list of words of which one must fit.

use serde::{Deserialize, Serialize};

use crate::base::{CustomerId, OrgId};

/// What pricing knows of the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CustomerFacts {
    pub id: Option<CustomerId>,
    /// 工程商, 分销商 …
    pub kind: Option<String>,
    /// Name of the price tier.
    pub tier: Option<String>,
    /// Fed by cases of `huxi price` only, until customers carry tags.
    pub tags: Vec<String>,
    /// The region that the customer's branch lies in; by its number, for names may change.
    pub region: Option<OrgId>,
}

/// The criteria of `for`. A missing one asks nothing; an empty list fits nobody and is refused at publish.
///
/// Tags and channels are fed by cases of `huxi price` only, until customers carry tags and quotations a channel: no
/// list of a company names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    pub customers: Option<Vec<CustomerId>>,
    pub types: Option<Vec<String>>,
    pub tiers: Option<Vec<String>>,
    pub tags: Option<Vec<String>>,
    pub regions: Option<Vec<OrgId>>,
    pub channels: Option<Vec<String>>,
}

/// How narrowly a list says whom it is for; the narrower wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhoRank {
    Everyone,
    SomeCriterion,
    Customers,
}

impl Who {
    pub fn holds(&self, customer: &CustomerFacts, channel: Option<&str>) -> bool {
        fn named<Id: PartialEq>(listed: &Option<Vec<Id>>, id: Option<Id>) -> bool {
            listed.as_ref().is_none_or(|listed| id.is_some_and(|id| listed.contains(&id)))
        }
        let fits = |words: &Option<Vec<String>>, word: Option<&str>| match words {
            None => true,
            Some(words) => word.is_some_and(|word| words.iter().any(|listed| listed == word)),
        };
        let tags = match &self.tags {
            None => true,
            Some(listed) => customer.tags.iter().any(|tag| listed.contains(tag)),
        };
        named(&self.customers, customer.id)
            && named(&self.regions, customer.region)
            && tags
            && fits(&self.types, customer.kind.as_deref())
            && fits(&self.tiers, customer.tier.as_deref())
            && fits(&self.channels, channel)
    }

    pub fn rank(&self) -> WhoRank {
        if self.customers.is_some() {
            WhoRank::Customers
        } else if self.regions.is_some() || self.word_lists().into_iter().any(|(_, words)| words.is_some()) {
            WhoRank::SomeCriterion
        } else {
            WhoRank::Everyone
        }
    }

    /// Names of the criteria whose list is empty: they would fit nobody.
    pub fn emptied(&self) -> Vec<&'static str> {
        let mut emptied = Vec::new();
        if self.customers.as_ref().is_some_and(Vec::is_empty) {
            emptied.push("customers");
        }
        for (name, words) in self.word_lists() {
            if words.as_ref().is_some_and(Vec::is_empty) {
                emptied.push(name);
            }
        }
        if self.regions.as_ref().is_some_and(Vec::is_empty) {
            emptied.push("regions");
        }
        emptied
    }

    /// Whether one customer may fit both. Only criteria of which a customer has one value can rule that out.
    pub fn may_meet(&self, other: &Who) -> bool {
        fn apart<T: PartialEq>(a: &Option<Vec<T>>, b: &Option<Vec<T>>) -> bool {
            match (a, b) {
                (Some(a), Some(b)) => !a.iter().any(|word| b.contains(word)),
                _ => false,
            }
        }
        !(apart(&self.customers, &other.customers)
            || apart(&self.types, &other.types)
            || apart(&self.tiers, &other.tiers)
            || apart(&self.regions, &other.regions)
            || apart(&self.channels, &other.channels))
    }

    fn word_lists(&self) -> [(&'static str, &Option<Vec<String>>); 4] {
        [("types", &self.types), ("tiers", &self.tiers), ("tags", &self.tags), ("channels", &self.channels)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Option<Vec<String>> {
        Some(words.iter().map(|word| word.to_string()).collect())
    }

    fn builder() -> CustomerFacts {
        CustomerFacts {
            id: Some(CustomerId(1)),
            kind: Some("工程商".to_string()),
            tier: Some("A".to_string()),
            tags: vec!["季节性客户".to_string(), "老客户".to_string()],
            region: Some(OrgId(2)),
        }
    }

    #[track_caller]
    fn check(who: Who, holds: bool) {
        assert_eq!(who.holds(&builder(), Some("柜台")), holds, "{who:?}");
    }

    #[test]
    fn each_criterion_holds_when_one_of_its_words_fits() {
        check(Who::default(), true);
        check(Who { customers: Some(vec![CustomerId(2), CustomerId(1)]), ..Who::default() }, true);
        check(Who { customers: Some(vec![CustomerId(2)]), ..Who::default() }, false);
        check(Who { types: words(&["分销商", "工程商"]), ..Who::default() }, true);
        check(Who { tiers: words(&["B"]), ..Who::default() }, false);
        check(Who { tags: words(&["老客户"]), ..Who::default() }, true);
        check(Who { tags: words(&["新客户"]), ..Who::default() }, false);
        check(Who { regions: Some(vec![OrgId(3), OrgId(2)]), ..Who::default() }, true);
        check(Who { regions: Some(vec![OrgId(3)]), ..Who::default() }, false);
        check(Who { channels: words(&["柜台"]), ..Who::default() }, true);
        check(Who { types: words(&["工程商"]), regions: Some(vec![OrgId(3)]), ..Who::default() }, false);
    }

    #[test]
    fn an_emptied_list_fits_nobody() {
        let nobody = Who { tags: words(&[]), ..Who::default() };
        check(nobody.clone(), false);
        assert_eq!(nobody.emptied(), vec!["tags"]);
    }

    #[test]
    fn customers_are_narrower_than_any_other_criterion() {
        let customers = Who { customers: Some(vec![CustomerId(1)]), ..Who::default() };
        let regions = Who { regions: Some(vec![OrgId(2)]), ..Who::default() };
        assert!(customers.rank() > regions.rank() && regions.rank() > Who::default().rank());
    }

    #[test]
    fn two_lists_meet_unless_a_single_valued_criterion_keeps_them_apart() {
        let suzhou = Who { regions: Some(vec![OrgId(2)]), ..Who::default() };
        let nanjing = Who { regions: Some(vec![OrgId(3)]), ..Who::default() };
        let old = Who { tags: words(&["老客户"]), ..Who::default() };
        let seasonal = Who { tags: words(&["季节性客户"]), ..Who::default() };
        assert!(!suzhou.may_meet(&nanjing));
        assert!(suzhou.may_meet(&old) && old.may_meet(&seasonal));
    }
}
