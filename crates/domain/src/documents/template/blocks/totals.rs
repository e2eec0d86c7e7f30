//! Totals: what is to be paid, always; sums before it, tax, and the amount in 大写 by choice.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: false,
    text_letters_max: 0,
    parts: &["subtotal", "tax", "capital"],
    parts_off: &[],
    shipped: true,
    many: false,
    absence: Absence::Blocks,
    advised_parts: &["capital"],
};
