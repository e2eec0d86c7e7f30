//! What the kinds know of the world they configure.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::ProductId;
use crate::pricing::ProductFacts;

/// A product as configuration speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    pub facts: Arc<ProductFacts>,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub archived: bool,
}

/// A role as configuration speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFacts {
    pub key: String,
    pub name: String,
    /// Whether its holders issue quotations.
    pub issues: bool,
}

/// Products by id, how many customers have each tier, and the roles.
#[derive(Clone, Debug, Default)]
pub struct KindFacts {
    goods: HashMap<ProductId, Goods>,
    tier_customers: HashMap<String, i64>,
    roles: Vec<RoleFacts>,
}

impl KindFacts {
    pub fn new(goods: Vec<Goods>, tier_customers: Vec<(String, i64)>) -> KindFacts {
        KindFacts {
            goods: goods.into_iter().map(|goods| (goods.facts.id, goods)).collect(),
            tier_customers: tier_customers.into_iter().collect(),
            roles: Vec::new(),
        }
    }

    /// The same with the roles of the company.
    pub fn with_roles(self, roles: Vec<RoleFacts>) -> KindFacts {
        KindFacts { roles, ..self }
    }

    /// Every role, in the order in which they were made.
    pub fn roles(&self) -> &[RoleFacts] {
        &self.roles
    }

    /// The role of that key.
    pub fn role(&self, key: &str) -> Option<&RoleFacts> {
        self.roles.iter().find(|role| role.key == key)
    }

    /// The product of that id.
    pub fn goods(&self, id: ProductId) -> Option<&Goods> {
        self.goods.get(&id)
    }

    /// How many customers have this tier.
    pub fn customers_of_tier(&self, tier: &str) -> i64 {
        self.tier_customers.get(tier).copied().unwrap_or(0)
    }
}
