//! The tree of categories.

use domain::base::CategoryId;
use domain::catalog::{Category, CategoryTree};

use crate::{Row, StoreError, Tx, params};

/// A category and how many products that are not archived lie directly in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedCategory {
    pub category: Category,
    pub products: i64,
}

const ALL: &str = "
    SELECT c.id, c.parent_id, c.name, COUNT(p.id) AS products
    FROM category c LEFT JOIN product p ON p.category_id = c.id AND p.archived = 0
    GROUP BY c.id, c.parent_id, c.name, c.ord
    ORDER BY c.ord, c.name, c.id";
const INSERT: &str = "INSERT INTO category (parent_id, name, ord) VALUES ($1, $2, $3) RETURNING id";

/// All categories in their order, each with its products.
pub async fn counted_categories(tx: &mut Tx<'_>) -> Result<Vec<CountedCategory>, StoreError> {
    tx.query(ALL, &[]).await?.iter().map(counted).collect()
}

/// The whole tree.
pub async fn tree(tx: &mut Tx<'_>) -> Result<CategoryTree, StoreError> {
    let all = counted_categories(tx).await?.into_iter().map(|counted| counted.category).collect();
    CategoryTree::new(all).map_err(|faults| StoreError::Decode(format!("category tree: {faults:?}")))
}

/// Adds a category and gives its id.
pub async fn insert_category(
    tx: &mut Tx<'_>,
    parent: Option<CategoryId>,
    name: &str,
    place: i64,
) -> Result<CategoryId, StoreError> {
    let parent = parent.map(|parent| parent.0);
    tx.insert(INSERT, params![parent, name, place]).await.map(CategoryId)
}

fn counted(row: &Row) -> Result<CountedCategory, StoreError> {
    let category = Category {
        id: CategoryId(row.int("id")?),
        parent: row.opt_int("parent_id")?.map(CategoryId),
        name: row.text("name")?,
    };
    Ok(CountedCategory { category, products: row.int("products")? })
}
