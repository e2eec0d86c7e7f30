//! Finding products by what people type: all of them in memory, looked through in one pass.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{CategoryId, ProductId};

/// So many words of what was typed are looked at.
const WORDS_MAX: usize = 4;
/// Ranks of a found product, the best first: it is what was typed, its code begins so, its name or its initials begin so,
/// it has all the words somewhere.
const RANKS: usize = 4;

/// A product as it is found. Texts are in lower case and half width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findable {
    pub id: ProductId,
    pub code: String,
    pub name: String,
    /// Pinyin initials of name and specification.
    pub initials: String,
    /// Everything that it is found by: code, name, specification, series, barcodes, initials.
    pub text: String,
    pub category: Option<CategoryId>,
    pub archived: bool,
}

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// In lower case and half width; nothing typed finds every product, by id.
    pub typed: String,
    /// Only of these categories.
    pub categories: Option<BTreeSet<CategoryId>>,
    /// `None` finds both.
    pub archived: Option<bool>,
    /// The product with just this barcode.
    pub barcode: Option<ProductId>,
    /// Products whose code at the customer begins with what was typed, each with whether it is that.
    pub item_codes: BTreeMap<ProductId, bool>,
}

/// Every product, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finder {
    products: Vec<Arc<Findable>>,
}

/// What was found: how many there are, and one page of them by rank, and by id within a rank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub total: usize,
    pub page: Vec<(i64, ProductId)>,
}

impl Finder {
    /// Of these products, in whatever order.
    pub fn new(mut products: Vec<Arc<Findable>>) -> Finder {
        products.sort_by_key(|product| product.id);
        Finder { products }
    }

    /// The products, by id.
    pub fn products(&self) -> &[Arc<Findable>] {
        &self.products
    }

    /// How many fit, and up to `limit` of them after `after` (a rank and a product of it), from the best without it.
    pub fn find(&self, wanted: &Wanted, after: Option<(i64, ProductId)>, limit: usize) -> Found {
        let typed = wanted.typed.trim();
        let words: Vec<&str> = typed.split_whitespace().take(WORDS_MAX).collect();
        let mut total = 0;
        let mut by_rank: [Vec<(i64, ProductId)>; RANKS] = Default::default();
        for product in &self.products {
            let own_code = wanted.item_codes.get(&product.id).filter(|_| !typed.is_empty());
            let fits = own_code.is_some() || words.iter().all(|word| product.text.contains(*word));
            if !fits || !wanted.lets_through(product) {
                continue;
            }
            total += 1;
            let exact = own_code == Some(&true) || wanted.barcode == Some(product.id);
            let rank = rank(product, typed, exact);
            let later = |rank: i64| after.is_none_or(|after| after < (rank, product.id));
            // They come by their ids, so the first ones of a rank are those of the page.
            if let (Some(found), Ok(rank)) = (by_rank.get_mut(rank), i64::try_from(rank))
                && found.len() < limit
                && later(rank)
            {
                found.push((rank, product.id));
            }
        }
        Found { total, page: by_rank.into_iter().flatten().take(limit).collect() }
    }
}

impl Wanted {
    fn lets_through(&self, product: &Findable) -> bool {
        let of_category =
            |within: &BTreeSet<CategoryId>| product.category.is_some_and(|it| within.contains(&it));
        self.categories.as_ref().is_none_or(of_category)
            && self.archived.is_none_or(|it| it == product.archived)
    }
}

fn rank(product: &Findable, typed: &str, exact: bool) -> usize {
    if exact || product.code == typed {
        0
    } else if typed.is_empty() || product.code.starts_with(typed) {
        1
    } else if product.initials.starts_with(typed) || product.name.starts_with(typed) {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(id: i64, code: &str, name: &str, initials: &str) -> Arc<Findable> {
        let text = format!("{code} {name} 20kg 69{id:04} {initials}20kg");
        let (code, name, initials) = (code.to_string(), name.to_string(), initials.to_string());
        Arc::new(Findable {
            id: ProductId(id),
            code,
            name,
            initials,
            text,
            category: Some(CategoryId(id % 2)),
            archived: id == 9,
        })
    }

    fn finder() -> Finder {
        Finder::new(vec![
            product(9, "nq9", "内墙漆旧款", "nqqjk"),
            product(3, "wq1", "外墙乳胶漆", "wqrjq"),
            product(2, "nq10", "抗菌内墙漆", "kjnqq"),
            product(1, "nq1", "净味内墙乳胶漆", "jwnqrjq"),
        ])
    }

    fn ids(wanted: &Wanted) -> Vec<i64> {
        finder().find(wanted, None, 10).page.into_iter().map(|(_, id)| id.0).collect()
    }

    fn typed(text: &str) -> Wanted {
        Wanted { typed: text.to_string(), archived: Some(false), ..Wanted::default() }
    }

    #[test]
    fn the_very_code_comes_first_then_beginnings_then_all_that_has_the_words() {
        assert_eq!(ids(&typed("nq1")), [1, 2]);
        assert_eq!(ids(&typed("内墙")), [1, 2]);
        assert_eq!(ids(&typed("外墙 20kg")), [3]);
        assert_eq!(ids(&typed("乳胶漆")), [1, 3]);
        assert_eq!(ids(&typed("jwnq")), [1]);
        assert_eq!(ids(&typed("nq")), [1, 2]);
        assert_eq!(ids(&typed("690003")), [3]);
        assert_eq!(ids(&typed("100%")), [0_i64; 0]);
    }

    #[test]
    fn nothing_typed_finds_everything_by_id() {
        assert_eq!(ids(&typed("  ")), [1, 2, 3]);
        assert_eq!(ids(&Wanted { archived: None, ..typed("") }), [1, 2, 3, 9]);
        assert_eq!(ids(&Wanted { archived: Some(true), ..typed("内墙") }), [9]);
        let of_category = Wanted { categories: Some(BTreeSet::from([CategoryId(0)])), ..typed("") };
        assert_eq!(ids(&of_category), [2]);
    }

    #[test]
    fn a_barcode_and_a_code_of_the_customer_stand_before_everything_else() {
        let item_codes = BTreeMap::from([(ProductId(3), true), (ProductId(2), false)]);
        assert_eq!(ids(&Wanted { item_codes: item_codes.clone(), ..typed("k-7") }), [3, 2]);
        assert_eq!(ids(&Wanted { item_codes, ..typed("") }), [1, 2, 3], "nothing was typed");
        assert_eq!(ids(&Wanted { barcode: Some(ProductId(3)), ..typed("20kg") }), [3, 1, 2]);
    }

    #[test]
    fn pages_neither_repeat_nor_lose_a_product() {
        let (finder, nq) = (finder(), typed("nq"));
        let first = finder.find(&nq, None, 1);
        assert_eq!((first.total, first.page.as_slice()), (2, [(1, ProductId(1))].as_slice()));
        let second = finder.find(&nq, first.page.last().copied(), 9);
        assert_eq!((second.total, second.page.as_slice()), (2, [(1, ProductId(2))].as_slice()));
        assert!(finder.find(&nq, second.page.last().copied(), 9).page.is_empty());
        let all = finder.find(&typed("乳胶漆"), Some((3, ProductId(1))), 9);
        assert_eq!(all.page, [(3, ProductId(3))]);
    }
}
