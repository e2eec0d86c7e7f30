//! The roles that Huxi ships; once written to the database they are data like any other.

use super::right::{Reach, Right};

/// A role as it is shipped.
pub struct ShippedRole {
    pub key: &'static str,
    pub rights: Vec<(Right, Reach)>,
    /// Keys of the roles that its holders may give to others although they go beyond their own rights.
    pub gives: &'static [&'static str],
}

const SELLER: &[(Right, Reach)] = &[
    (Right::CustomerRead, Reach::Own),
    (Right::CustomerWrite, Reach::Own),
    (Right::QuoteRead, Reach::Own),
    (Right::QuoteWrite, Reach::Own),
    (Right::QuoteIssue, Reach::Own),
    (Right::QuoteSign, Reach::Own),
    (Right::QuoteSetShare, Reach::Own),
    (Right::OrderRead, Reach::Own),
    (Right::ProductRead, Reach::All),
    (Right::PriceRead, Reach::All),
    (Right::FilesWrite, Reach::All),
    (Right::InsightsRead, Reach::Own),
];

const MANAGER: &[(Right, Reach)] = &[
    (Right::CustomerRead, Reach::Org),
    (Right::CustomerWrite, Reach::Org),
    (Right::CustomerAssign, Reach::Org),
    (Right::QuoteRead, Reach::Org),
    (Right::QuoteWrite, Reach::Org),
    (Right::QuoteIssue, Reach::Org),
    (Right::QuoteSign, Reach::Org),
    (Right::QuoteSetShare, Reach::Org),
    (Right::OrderRead, Reach::Org),
    (Right::ProductRead, Reach::All),
    (Right::PriceRead, Reach::All),
    (Right::PriceCost, Reach::Org),
    (Right::ConfigRead, Reach::Org),
    // The region's own price list; head office confirms and publishes it.
    (Right::ConfigEdit, Reach::Org),
    (Right::PeopleRead, Reach::Org),
    (Right::FilesWrite, Reach::All),
    (Right::InsightsRead, Reach::Org),
    (Right::TaskManage, Reach::Org),
];

const OPERATIONS: &[(Right, Reach)] = &[
    (Right::CustomerRead, Reach::All),
    (Right::CustomerWrite, Reach::All),
    (Right::CustomerAssign, Reach::All),
    (Right::QuoteRead, Reach::All),
    (Right::QuoteReleaseVoid, Reach::All),
    (Right::OrderRead, Reach::All),
    (Right::ProductRead, Reach::All),
    (Right::ProductWrite, Reach::All),
    (Right::PriceRead, Reach::All),
    (Right::PriceCost, Reach::All),
    (Right::ConfigRead, Reach::All),
    (Right::ConfigEdit, Reach::All),
    (Right::ConfigPublish, Reach::All),
    (Right::ConfigVoid, Reach::All),
    (Right::PeopleRead, Reach::All),
    (Right::FilesWrite, Reach::All),
    (Right::InsightsRead, Reach::All),
    (Right::TaskManage, Reach::All),
    (Right::KeysWrite, Reach::Own),
];

const OWNER: &[(Right, Reach)] = &[
    (Right::CustomerRead, Reach::All),
    (Right::QuoteRead, Reach::All),
    (Right::QuoteWrite, Reach::All),
    (Right::QuoteIssue, Reach::All),
    (Right::QuoteSign, Reach::All),
    (Right::QuoteIssueBelowFloor, Reach::All),
    (Right::QuoteReleaseVoid, Reach::All),
    (Right::QuoteSetShare, Reach::All),
    (Right::OrderRead, Reach::All),
    (Right::ProductRead, Reach::All),
    (Right::PriceRead, Reach::All),
    (Right::PriceCost, Reach::All),
    (Right::ConfigRead, Reach::All),
    (Right::ConfigPublish, Reach::All),
    (Right::PeopleRead, Reach::All),
    (Right::PeopleAll, Reach::All),
    (Right::FilesWrite, Reach::All),
    (Right::InsightsRead, Reach::All),
    (Right::AuditRead, Reach::All),
    (Right::TaskManage, Reach::All),
    (Right::KeysWrite, Reach::All),
];

/// Orders, but no prices: keepers see what to pick, never what it costs.
const KEEPER: &[(Right, Reach)] = &[(Right::OrderRead, Reach::All), (Right::ProductRead, Reach::All)];

const FINANCE: &[(Right, Reach)] = &[
    (Right::CustomerRead, Reach::All),
    (Right::QuoteRead, Reach::All),
    (Right::OrderRead, Reach::All),
    (Right::ProductRead, Reach::All),
    (Right::PriceRead, Reach::All),
    (Right::PriceCost, Reach::All),
    (Right::ConfigRead, Reach::All),
    (Right::PeopleRead, Reach::All),
    (Right::FilesWrite, Reach::All),
    (Right::KeysWrite, Reach::Own),
];

const PERSONNEL: &[(Right, Reach)] = &[(Right::PeopleRead, Reach::All), (Right::PeopleWrite, Reach::All)];

const ADMINISTRATOR: &[(Right, Reach)] = &[
    (Right::PeopleRead, Reach::All),
    (Right::PeopleWrite, Reach::All),
    (Right::PeopleAll, Reach::All),
    (Right::CompanyWrite, Reach::All),
    (Right::FilesWrite, Reach::All),
    (Right::AuditRead, Reach::All),
    (Right::ViewAs, Reach::All),
    (Right::KeysWrite, Reach::All),
    (Right::WebhooksWrite, Reach::All),
];

/// Personnel makes the accounts of those who sell, keep and carry; none of them sees cost.
const PERSONNEL_GIVES: &[&str] = &["seller", "new_seller", "warehouse_keeper", "logistics_lead"];

/// The ten roles of the shipped company, as rows for `role` and `role_right`.
pub fn shipped_roles() -> Vec<ShippedRole> {
    [
        ("seller", SELLER),
        ("new_seller", SELLER),
        ("region_manager", MANAGER),
        ("hq_operations", OPERATIONS),
        ("owner", OWNER),
        ("warehouse_keeper", KEEPER),
        ("logistics_lead", KEEPER),
        ("finance", FINANCE),
        ("personnel", PERSONNEL),
        ("administrator", ADMINISTRATOR),
    ]
    .into_iter()
    .map(|(key, rights)| ShippedRole {
        key,
        rights: rights.to_vec(),
        gives: if key == "personnel" { PERSONNEL_GIVES } else { &[] },
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sellers_and_keepers_never_see_cost() {
        for role in shipped_roles() {
            let sees_cost = role.rights.iter().any(|(right, _)| *right == Right::PriceCost);
            let blind =
                ["seller", "new_seller", "warehouse_keeper", "logistics_lead", "personnel", "administrator"];
            assert_eq!(sees_cost, !blind.contains(&role.key), "{}", role.key);
        }
    }

    #[test]
    fn what_a_role_may_give_is_shipped_and_sees_no_cost() {
        let roles = shipped_roles();
        for key in roles.iter().flat_map(|role| role.gives) {
            let given = roles.iter().find(|role| role.key == *key).unwrap();
            assert!(given.rights.iter().all(|(right, _)| *right != Right::PriceCost), "{key}");
        }
    }

    #[test]
    fn who_looks_after_all_accounts_is_named_and_reading_the_log_is_another_right() {
        for role in shipped_roles() {
            let has = |right| role.rights.iter().any(|(given, _)| *given == right);
            let all = ["owner", "administrator"].contains(&role.key);
            assert_eq!((has(Right::PeopleAll), has(Right::AuditRead)), (all, all), "{}", role.key);
        }
    }

    #[test]
    fn the_owner_changes_no_master_data() {
        let owner = shipped_roles().into_iter().find(|role| role.key == "owner").unwrap();
        for right in [Right::ProductWrite, Right::ConfigEdit, Right::CustomerWrite, Right::PeopleWrite] {
            assert!(owner.rights.iter().all(|(given, _)| *given != right), "{right:?}");
        }
    }
}
