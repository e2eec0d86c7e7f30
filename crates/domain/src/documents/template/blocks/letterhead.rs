//! Letterhead: the company's name and how to reach it on the left, title and number on the right; a line of own text under the name.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: false,
    text_letters_max: 60,
    parts: &["address", "phone", "tax_no"],
    parts_off: &[],
    shipped: true,
    many: false,
    absence: Absence::Warns,
    advised_parts: &[],
};
