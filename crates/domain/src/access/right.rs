//! The closed list of rights, and how far one reaches.

use serde::{Deserialize, Serialize};

/// How far a right reaches from the person who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Own records, and those of customers one helps with.
    Own,
    /// Everything under the person's node of the organisation tree.
    Org,
    /// The whole company.
    All,
}

impl Reach {
    /// The name in the database: `own`, `org`, `all`.
    pub fn key(self) -> &'static str {
        match self {
            Reach::Own => "own",
            Reach::Org => "org",
            Reach::All => "all",
        }
    }

    /// The reach of that name.
    pub fn from_key(key: &str) -> Option<Reach> {
        [Reach::Own, Reach::Org, Reach::All].into_iter().find(|reach| reach.key() == key)
    }
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// One thing that a role may allow.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Right { $($(#[$doc])* $name),+ }

        impl Right {
            /// All rights, in the order of the list.
            pub const ALL: &'static [Right] = &[$(Right::$name),+];

            /// The name on the wire and in the database.
            pub fn key(self) -> &'static str {
                match self { $(Right::$name => $key),+ }
            }

            /// The right of that name.
            pub fn from_key(key: &str) -> Option<Right> {
                Right::ALL.iter().copied().find(|right| right.key() == key)
            }
        }
    };
}

rights! {
    /// See customers.
    CustomerRead = "customer.read",
    /// Make customers and change their plain attributes.
    CustomerWrite = "customer.write",
    /// Change tier, type, owner and so the branch of a customer.
    CustomerAssign = "customer.assign",
    /// See quotations.
    QuoteRead = "quote.read",
    /// Draft, copy, revise and cancel quotations.
    QuoteWrite = "quote.write",
    /// Issue quotations, and so use the seal.
    QuoteIssue = "quote.issue",
    /// Record a customer's consent.
    QuoteSign = "quote.sign",
    /// Issue a quotation with a line under its floor price.
    QuoteIssueBelowFloor = "quote.issue_below_floor",
    /// Release one quotation from a withdrawn price list until a day.
    QuoteReleaseVoid = "quote.release_void",
    /// Share lists of one's own (常用清单) with the region, and look after those that are shared.
    QuoteSetShare = "quote_set.share",
    /// See orders.
    OrderRead = "order.read",
    /// See products.
    ProductRead = "product.read",
    /// Make, change and archive products.
    ProductWrite = "product.write",
    /// See prices.
    PriceRead = "price.read",
    /// See cost, floor price and margin.
    PriceCost = "price.cost",
    /// See configuration and its history.
    ConfigRead = "config.read",
    /// Draft changes of configuration.
    ConfigEdit = "config.edit",
    /// Confirm and publish releases.
    ConfigPublish = "config.publish",
    /// Withdraw a revision (作废).
    ConfigVoid = "config.void",
    /// See people and the organisation tree.
    PeopleRead = "people.read",
    /// Make, change and lock accounts.
    PeopleWrite = "people.write",
    /// Look after every account where one keeps accounts, also those whose roles go beyond one's own rights.
    PeopleAll = "people.all",
    /// Change what the company's documents say of it, and its seal.
    CompanyWrite = "company.write",
    /// See measured working time.
    InsightsRead = "insights.read",
    /// Upload files.
    FilesWrite = "files.write",
    /// Read the log of who did what, and nothing else.
    AuditRead = "audit.read",
    /// See the tasks of the people under one's hand, and hand them over.
    TaskManage = "task.manage",
    /// Look through another's eyes, without changing anything.
    ViewAs = "people.view_as",
    /// Make keys with which programs work in one's own name; with the widest reach also see and revoke everybody's.
    KeysWrite = "keys.write",
    /// Keep the addresses of other systems that are told what happens.
    WebhooksWrite = "webhooks.write",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_is_found_by_its_name() {
        for right in Right::ALL {
            assert_eq!(Right::from_key(right.key()), Some(*right));
        }
        assert_eq!(Right::from_key("everything"), None);
    }
}
