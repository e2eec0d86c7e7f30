//! Why a line cannot be priced.

use serde::Serialize;

use crate::base::{Date, ItemId, OutOfRange, ProductId};

/// Code and facts; the sentence is rendered by `words::pricing`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PricingRefused {
    /// No entry answers and the product has no list price.
    NoPrice {
        product: ProductId,
        on: Date,
    },
    /// A formula asks the cost, and the product has none.
    NoCost {
        product: ProductId,
        list: ItemId,
        on: Date,
    },
    /// The product is not sold in this unit.
    UnknownUnit {
        product: ProductId,
        unit: String,
    },
    /// Lists that name each other as base, or categories that lie within each other.
    Cycle {
        product: ProductId,
        list: Option<ItemId>,
    },
    UnknownProduct {
        product: ProductId,
    },
    NegativeQty {
        product: ProductId,
    },
    /// A figure leaves the range that can be counted exactly.
    TooLarge {
        product: ProductId,
    },
}

/// A document is refused at its first line that cannot be priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineRefused {
    /// Position of the line, from 0.
    pub line: usize,
    pub refused: PricingRefused,
}

impl PricingRefused {
    pub fn code(&self) -> &'static str {
        match self {
            PricingRefused::NoPrice { .. } => "no_price",
            PricingRefused::NoCost { .. } => "no_cost",
            PricingRefused::UnknownUnit { .. } => "unknown_unit",
            PricingRefused::Cycle { .. } => "cycle",
            PricingRefused::UnknownProduct { .. } => "unknown_product",
            PricingRefused::NegativeQty { .. } => "negative_qty",
            PricingRefused::TooLarge { .. } => "too_large",
        }
    }

    pub fn product(&self) -> ProductId {
        match self {
            PricingRefused::NoPrice { product, .. }
            | PricingRefused::NoCost { product, .. }
            | PricingRefused::UnknownUnit { product, .. }
            | PricingRefused::Cycle { product, .. }
            | PricingRefused::UnknownProduct { product }
            | PricingRefused::NegativeQty { product }
            | PricingRefused::TooLarge { product } => *product,
        }
    }

    pub(super) fn too_large(product: ProductId) -> impl Fn(OutOfRange) -> PricingRefused {
        move |OutOfRange| PricingRefused::TooLarge { product }
    }
}
