//! What the kinds know of the world they configure.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::base::{CategoryId, CustomerId, ItemId, OrgId, ProductId};
use crate::pricing::{BookRows, EntryGoods, ProductFacts};

/// A product as configuration speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    pub facts: Arc<ProductFacts>,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub barcodes: Vec<String>,
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

/// A category with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryFacts {
    pub id: CategoryId,
    pub parent: Option<CategoryId>,
    pub name: String,
}

/// Names of what rows speak of by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub categories: Vec<CategoryFacts>,
    /// Regions by id.
    pub regions: BTreeMap<OrgId, String>,
    /// Price lists by id.
    pub lists: BTreeMap<ItemId, String>,
    /// Of customers only those that were asked for.
    pub customers: BTreeMap<CustomerId, String>,
}

/// Products by id, how many customers have each tier, the roles, and names.
#[derive(Clone, Debug, Default)]
pub struct KindFacts {
    goods: HashMap<ProductId, Goods>,
    tier_customers: HashMap<String, i64>,
    roles: Vec<RoleFacts>,
    categories: HashMap<CategoryId, CategoryFacts>,
    names: Names,
}

impl KindFacts {
    pub fn new(goods: Vec<Goods>, tier_customers: Vec<(String, i64)>) -> KindFacts {
        KindFacts {
            goods: goods.into_iter().map(|goods| (goods.facts.id, goods)).collect(),
            tier_customers: tier_customers.into_iter().collect(),
            ..KindFacts::default()
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

    /// These facts, with the names of what rows speak of.
    pub fn with_names(mut self, names: Names) -> KindFacts {
        self.categories = names.categories.iter().map(|it| (it.id, it.clone())).collect();
        self.names = names;
        self
    }

    /// The product of that id.
    pub fn goods(&self, id: ProductId) -> Option<&Goods> {
        self.goods.get(&id)
    }

    /// The product with this code, in whatever case.
    pub fn goods_by_code(&self, code: &str) -> Option<&Goods> {
        let code = code.to_lowercase();
        self.goods
            .values()
            .filter(|goods| goods.code.to_lowercase() == code)
            .min_by_key(|goods| goods.facts.id)
    }

    /// How many customers have this tier.
    pub fn customers_of_tier(&self, tier: &str) -> i64 {
        self.tier_customers.get(tier).copied().unwrap_or(0)
    }

    pub fn category(&self, id: CategoryId) -> Option<&CategoryFacts> {
        self.categories.get(&id)
    }

    pub fn categories(&self) -> &[CategoryFacts] {
        &self.names.categories
    }

    /// Whether some product is of this series.
    pub fn has_series(&self, series: &str) -> bool {
        self.goods.values().any(|goods| goods.facts.series.as_deref() == Some(series))
    }

    /// Regions by id.
    pub fn regions(&self) -> &BTreeMap<OrgId, String> {
        &self.names.regions
    }

    /// Without the names of these price lists.
    pub fn without_lists(mut self, strange: &BTreeSet<ItemId>) -> KindFacts {
        self.names.lists.retain(|id, _| !strange.contains(id));
        self
    }

    /// What people call the price list.
    pub fn list_named(&self, id: ItemId) -> Option<&str> {
        self.names.lists.get(&id).map(String::as_str)
    }

    /// What people call the customer, when it was asked for.
    pub fn customer_named(&self, id: CustomerId) -> Option<&str> {
        self.names.customers.get(&id).map(String::as_str)
    }

    /// What people call the product.
    pub fn named(&self, product: ProductId) -> String {
        self.goods(product).map(|goods| goods.name.clone()).unwrap_or_default()
    }

    /// From the top of the tree down to the category.
    pub fn category_path(&self, id: CategoryId) -> Vec<String> {
        let mut path = Vec::new();
        let mut at = self.category(id);
        while let Some(category) = at.filter(|_| path.len() <= self.categories.len()) {
            path.insert(0, category.name.clone());
            at = category.parent.and_then(|parent| self.category(parent));
        }
        path
    }

    /// What an entry is for: the product or series by name, the category by its path; nothing for all goods.
    pub fn goods_named(&self, goods: &EntryGoods) -> String {
        match goods {
            EntryGoods::Product(id) => self.named(*id),
            EntryGoods::Series(series) => series.clone(),
            EntryGoods::Category(id) => self.category_path(*id).join(" / "),
            EntryGoods::All => String::new(),
        }
    }

    /// Products that are sold, and the categories they lie in, without any list.
    pub fn book_rows(&self) -> BookRows {
        let sold = self.goods.values().filter(|goods| !goods.archived);
        let parents = self.categories.values().filter_map(|it| it.parent.map(|parent| (it.id, parent)));
        BookRows {
            products: sold.map(|goods| (*goods.facts).clone()).collect(),
            category_parents: parents.collect(),
            ..BookRows::default()
        }
    }
}
