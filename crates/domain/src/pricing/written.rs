//! Figures of findings as they go out: decimal text, never a whole number of their smallest part
//! (`docs/decisions/0004`).

use serde::Serializer;

use crate::base::{BasisPoints, UnitPrice, decimal_text};

pub(super) fn yuan<S: Serializer>(price: &UnitPrice, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&price.to_yuan())
}

pub(super) fn maybe_yuan<S: Serializer>(price: &Option<UnitPrice>, to: S) -> Result<S::Ok, S::Error> {
    match price {
        Some(price) => yuan(price, to),
        None => to.serialize_none(),
    }
}

pub(super) fn percent<S: Serializer>(share: &BasisPoints, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&share.to_percent())
}

/// Basis points with their sign.
pub(super) fn signed_percent<S: Serializer>(share: &i64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&decimal_text(*share, 2, 0))
}
