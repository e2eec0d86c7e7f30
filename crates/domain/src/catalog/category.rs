//! The tree of categories: a category belongs to at most one parent, and to no circle.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::base::CategoryId;

/// Deepest level of the tree.
pub const CATEGORY_DEPTH_MAX: usize = 8;
/// Longest name of a category.
pub const CATEGORY_NAME_LETTERS_MAX: usize = 40;

/// One category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: CategoryId,
    pub parent: Option<CategoryId>,
    pub name: String,
}

/// Why a category is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CategoryFault {
    NameMissing { category: CategoryId },
    NameTooLong { category: CategoryId, letters_max: usize },
    NameTaken { category: CategoryId, name: String },
    Repeated { category: CategoryId },
    UnknownParent { category: CategoryId, parent: CategoryId },
    Circle { category: CategoryId },
    TooDeep { category: CategoryId, depth_max: usize },
}

/// All categories, checked: every parent exists, no circle, at most `CATEGORY_DEPTH_MAX` levels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CategoryTree {
    by_id: HashMap<CategoryId, Category>,
}

impl CategoryTree {
    /// The tree, or every fault in it by id.
    pub fn new(categories: Vec<Category>) -> Result<CategoryTree, Vec<CategoryFault>> {
        let mut faults = Vec::new();
        let mut by_id = HashMap::with_capacity(categories.len());
        let mut names = HashMap::with_capacity(categories.len());
        let mut order = Vec::with_capacity(categories.len());
        for category in categories {
            name_faults(&category, &mut faults);
            let place = (category.parent, category.name.trim().to_string());
            if names.insert(place, category.id).is_some() {
                faults.push(CategoryFault::NameTaken { category: category.id, name: category.name.clone() });
            }
            order.push(category.id);
            let id = category.id;
            if by_id.insert(id, category).is_some() {
                faults.push(CategoryFault::Repeated { category: id });
            }
        }
        let tree = CategoryTree { by_id };
        order.sort();
        order.dedup();
        faults.extend(order.into_iter().filter_map(|id| tree.place_fault(id)));
        if faults.is_empty() { Ok(tree) } else { Err(faults) }
    }

    pub fn get(&self, id: CategoryId) -> Option<&Category> {
        self.by_id.get(&id)
    }

    /// The category itself, then its parent, up to the root; empty when it is unknown.
    pub fn upward(&self, id: CategoryId) -> Vec<CategoryId> {
        let mut chain = Vec::new();
        let mut next = self.by_id.get(&id);
        while let Some(category) = next {
            chain.push(category.id);
            if chain.len() > CATEGORY_DEPTH_MAX {
                break;
            }
            next = category.parent.and_then(|parent| self.by_id.get(&parent));
        }
        chain
    }

    /// Child → parent, for the price book.
    pub fn parents(&self) -> impl Iterator<Item = (CategoryId, CategoryId)> {
        self.by_id.values().filter_map(|category| category.parent.map(|parent| (category.id, parent)))
    }

    fn place_fault(&self, id: CategoryId) -> Option<CategoryFault> {
        let mut seen = vec![id];
        let mut at = self.by_id.get(&id)?;
        while let Some(parent) = at.parent {
            if seen.contains(&parent) {
                return Some(CategoryFault::Circle { category: id });
            }
            if seen.len() == CATEGORY_DEPTH_MAX {
                return Some(CategoryFault::TooDeep { category: id, depth_max: CATEGORY_DEPTH_MAX });
            }
            seen.push(parent);
            match self.by_id.get(&parent) {
                Some(category) => at = category,
                None => return Some(CategoryFault::UnknownParent { category: at.id, parent }),
            }
        }
        None
    }
}

fn name_faults(category: &Category, faults: &mut Vec<CategoryFault>) {
    let letters = category.name.trim().chars().count();
    if letters == 0 {
        faults.push(CategoryFault::NameMissing { category: category.id });
    }
    if letters > CATEGORY_NAME_LETTERS_MAX {
        let letters_max = CATEGORY_NAME_LETTERS_MAX;
        faults.push(CategoryFault::NameTooLong { category: category.id, letters_max });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: i64, parent: Option<i64>) -> Category {
        Category { id: CategoryId(id), parent: parent.map(CategoryId), name: format!("类{id}") }
    }

    fn chain(levels: i64) -> Vec<Category> {
        (1..=levels).map(|id| category(id, if id == 1 { None } else { Some(id - 1) })).collect()
    }

    #[test]
    fn a_category_lies_within_all_above_it() {
        let tree =
            CategoryTree::new(vec![category(1, None), category(2, Some(1)), category(3, Some(2))]).unwrap();
        assert_eq!(tree.upward(CategoryId(3)), vec![CategoryId(3), CategoryId(2), CategoryId(1)]);
        assert_eq!(tree.upward(CategoryId(9)), vec![]);
    }

    #[test]
    fn a_circle_is_refused() {
        let faults = CategoryTree::new(vec![category(1, Some(2)), category(2, Some(1))]).unwrap_err();
        assert_eq!(
            faults,
            vec![
                CategoryFault::Circle { category: CategoryId(1) },
                CategoryFault::Circle { category: CategoryId(2) }
            ]
        );
    }

    #[test]
    fn eight_levels_are_the_deepest() {
        assert!(CategoryTree::new(chain(8)).is_ok());
        let faults = CategoryTree::new(chain(9)).unwrap_err();
        assert_eq!(faults, vec![CategoryFault::TooDeep { category: CategoryId(9), depth_max: 8 }]);
    }

    #[test]
    fn an_unknown_parent_and_a_missing_name_are_named() {
        let nameless = Category { id: CategoryId(1), parent: Some(CategoryId(7)), name: " ".to_string() };
        let faults = CategoryTree::new(vec![nameless]).unwrap_err();
        assert_eq!(
            faults,
            vec![
                CategoryFault::NameMissing { category: CategoryId(1) },
                CategoryFault::UnknownParent { category: CategoryId(1), parent: CategoryId(7) }
            ]
        );
    }

    #[test]
    fn two_children_of_one_parent_differ_in_name() {
        let twin = Category { name: "类2".to_string(), ..category(3, Some(1)) };
        let faults = CategoryTree::new(vec![category(1, None), category(2, Some(1)), twin]).unwrap_err();
        assert!(matches!(faults.as_slice(), [CategoryFault::NameTaken { .. }]));
    }
}
