//! Signature: where the customer signs, and where the company does and the seal goes.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: false,
    text_letters_max: 0,
    parts: &["customer", "seller"],
    parts_off: &[],
    shipped: true,
    many: false,
    absence: Absence::Warns,
    advised_parts: &["customer", "seller"],
};
