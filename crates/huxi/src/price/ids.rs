//! The ids of a case are texts, those of the engine numbers: lower numbers stand for lower ids.

use std::cmp::Ordering;
use std::collections::HashMap;

use domain::base::{CategoryId, CustomerId, ItemId, OrgId, ProductId};
use domain::words::pricing::Names;

use crate::strict::At;

/// All ids of a case, and the customer that is priced for.
#[derive(Debug)]
pub struct Ids {
    products: Numbered,
    lists: Numbered,
    categories: Numbered,
    customers: Numbered,
    /// A case knows regions by name: one name is one region.
    regions: Numbered,
    customer: Option<String>,
}

/// Texts in their order; the first has number 1.
#[derive(Debug)]
struct Numbered {
    texts: Vec<String>,
    numbers: HashMap<String, i64>,
}

impl Ids {
    /// Every id that the case names, wherever it stands; what is wrong with it is found later.
    pub fn of(case: &At<'_>) -> Ids {
        let mut products = Vec::new();
        let mut lists = Vec::new();
        let mut categories = Vec::new();
        let mut customers = Vec::new();
        let mut regions = Vec::new();
        let items = |name| case.node.member(name).map(|node| node.items()).unwrap_or_default();
        for product in items("products") {
            products.extend(product.member("id").and_then(|id| id.text()));
            categories.extend(product.member("category").and_then(|id| id.text()));
        }
        for line in items("lines") {
            products.extend(line.member("product").and_then(|id| id.text()));
        }
        for list in items("price_lists") {
            lists.extend(list.member("id").and_then(|id| id.text()));
            lists.extend(list.member("base").and_then(|id| id.text()));
            let named = |what: &str| list.member("for").and_then(|who| who.member(what));
            let texts = |what| named(what).map(|it| it.items()).unwrap_or_default().iter();
            customers.extend(texts("customers").filter_map(|id| id.text()));
            regions.extend(texts("regions").filter_map(|name| name.text()));
            for entry in list.member("entries").map(|node| node.items()).unwrap_or_default() {
                products.extend(entry.member("product").and_then(|id| id.text()));
                categories.extend(entry.member("category").and_then(|id| id.text()));
            }
        }
        for (child, parent) in case.node.member("categories").map(|node| node.members()).unwrap_or_default() {
            categories.push(child.as_str());
            categories.extend(parent.text());
        }
        let about = |what: &str| case.node.member("customer").and_then(|it| it.member(what)?.text());
        let customer = about("id");
        customers.extend(customer);
        regions.extend(about("region"));
        Ids {
            products: Numbered::new(products),
            lists: Numbered::new(lists),
            categories: Numbered::new(categories),
            customers: Numbered::new(customers),
            regions: Numbered::new(regions),
            customer: customer.map(str::to_string),
        }
    }

    pub fn product_id(&self, text: &str) -> ProductId {
        ProductId(self.products.number(text))
    }

    pub fn list_id(&self, text: &str) -> ItemId {
        ItemId(self.lists.number(text))
    }

    pub fn category_id(&self, text: &str) -> CategoryId {
        CategoryId(self.categories.number(text))
    }

    pub fn customer_id(&self, text: &str) -> CustomerId {
        CustomerId(self.customers.number(text))
    }

    pub fn region_id(&self, name: &str) -> OrgId {
        OrgId(self.regions.number(name))
    }
}

impl Names for Ids {
    fn product(&self, id: ProductId) -> String {
        self.products.text(id.0)
    }

    fn list(&self, id: ItemId) -> String {
        self.lists.text(id.0)
    }

    fn category(&self, id: CategoryId) -> String {
        self.categories.text(id.0)
    }

    fn customer(&self) -> Option<String> {
        self.customer.clone()
    }
}

impl Numbered {
    fn new(mut texts: Vec<&str>) -> Numbered {
        texts.sort_by(|a, b| lower(a, b));
        texts.dedup();
        let texts: Vec<String> = texts.into_iter().map(str::to_string).collect();
        let numbers = texts.iter().cloned().zip(1..).collect();
        Numbered { texts, numbers }
    }

    /// Every id was gathered before; 0 stands for none.
    fn number(&self, text: &str) -> i64 {
        self.numbers.get(text).copied().unwrap_or(0)
    }

    fn text(&self, number: i64) -> String {
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        place.and_then(|place| self.texts.get(place)).cloned().unwrap_or_default()
    }
}

/// Which id is the lower one: whole numbers first, by value, then other texts, sign by sign.
fn lower(a: &str, b: &str) -> Ordering {
    let whole =
        |text: &str| text.len() <= 18 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    match (whole(a), whole(b)) {
        (true, true) => value(a).cmp(&value(b)).then_with(|| a.cmp(b)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_lower_than_texts_and_ordered_by_value() {
        let numbered = Numbered::new(vec!["V2", "10", "V10", "9", "9"]);
        assert_eq!(numbered.texts, ["9", "10", "V10", "V2"]);
        assert_eq!(numbered.text(numbered.number("V10")), "V10");
    }
}
