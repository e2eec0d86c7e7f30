//! What is told of suppliers whose price files are remembered.

use app::config::{Supplier, SupplierView};
use domain::words::price_import as words;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Ref;

/// So many products of one supplier are listed; all are counted.
const LISTED_MAX: usize = 500;

/// The suppliers that are remembered in places in sight.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportSupplierList {
    pub items: Vec<ImportSupplier>,
}

/// A supplier whose price files are remembered in one place.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportSupplier {
    pub id: i64,
    pub name: String,
    /// The place of the lists that it was taught for.
    pub scope: Ref,
    /// That place is head office, which lends what it knows to all regions.
    pub head_office: bool,
    /// Whether this person may forget it.
    pub editable: bool,
    /// So many files were taken over.
    pub files: i64,
    pub heads: i64,
    pub units: i64,
    pub products: i64,
    pub updated_at: i64,
}

/// What the files of a supplier have taught.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierMemory {
    pub supplier: ImportSupplier,
    pub heads: Vec<RememberedPair>,
    pub units: Vec<RememberedPair>,
    /// The first of them.
    pub products: Vec<RememberedPair>,
}

/// What stands in the files, and what is meant by it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RememberedPair {
    pub written: String,
    pub meant: String,
}

impl From<(Supplier, bool)> for ImportSupplier {
    fn from((supplier, editable): (Supplier, bool)) -> ImportSupplier {
        ImportSupplier {
            id: supplier.id.0,
            name: supplier.name,
            scope: Ref { id: supplier.scope.0, name: supplier.scope_name },
            head_office: supplier.head_office,
            editable,
            files: supplier.files,
            heads: supplier.heads,
            units: supplier.units,
            products: supplier.products,
            updated_at: supplier.updated_at.0,
        }
    }
}

impl From<SupplierView> for SupplierMemory {
    fn from(view: SupplierView) -> SupplierMemory {
        let pair = |written: String, meant: String| RememberedPair { written, meant };
        let heads = view.memory.heads.into_iter();
        let products = view.memory.products.into_iter().take(LISTED_MAX);
        SupplierMemory {
            supplier: (view.supplier, view.editable).into(),
            heads: heads.map(|(head, meaning)| pair(head, words::meaning(meaning).to_string())).collect(),
            units: view.memory.units.into_iter().map(|(text, unit)| pair(text, unit)).collect(),
            products: products
                .map(|(said, product)| {
                    let meant = view.products.get(&product.0).cloned();
                    pair(words::said(&said), meant.unwrap_or_else(|| words::PRODUCT_GONE.to_string()))
                })
                .collect(),
        }
    }
}
