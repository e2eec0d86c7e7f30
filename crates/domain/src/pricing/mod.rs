//! What a product costs a customer at a moment: price lists, tiers, rounding and tax, each figure with its reasons.

pub mod import;
