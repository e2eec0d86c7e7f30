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

/// Products by id, and how many customers have each tier.
#[derive(Clone, Debug, Default)]
pub struct KindFacts {
    goods: HashMap<ProductId, Goods>,
    tier_customers: HashMap<String, i64>,
}

impl KindFacts {
    pub fn new(goods: Vec<Goods>, tier_customers: Vec<(String, i64)>) -> KindFacts {
        KindFacts {
            goods: goods.into_iter().map(|goods| (goods.facts.id, goods)).collect(),
            tier_customers: tier_customers.into_iter().collect(),
        }
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
