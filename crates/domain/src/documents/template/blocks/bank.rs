//! Bank: the account to which the customer pays, under an own heading.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: true,
    text_letters_max: 0,
    parts: &[],
    parts_off: &[],
    shipped: true,
    many: false,
    absence: Absence::Fine,
    advised_parts: &[],
};
