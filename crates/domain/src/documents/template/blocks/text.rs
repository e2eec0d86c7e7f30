//! Text: what the company says on every document, as often as it needs; not in the shipped template.

use super::{Absence, BlockRules};

/// Longest own text of a block.
pub const TEXT_LETTERS_MAX: usize = 1_000;

pub(super) const RULES: BlockRules = BlockRules {
    heading: true,
    text_letters_max: TEXT_LETTERS_MAX,
    parts: &[],
    parts_off: &[],
    shipped: false,
    many: true,
    absence: Absence::Fine,
    advised_parts: &[],
};
