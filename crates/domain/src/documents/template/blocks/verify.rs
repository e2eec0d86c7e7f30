//! Verify: the code picture and the fingerprint by which anybody finds out whether the paper is genuine.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: true,
    text_letters_max: 0,
    parts: &["code", "hash"],
    parts_off: &[],
    shipped: true,
    many: false,
    absence: Absence::Warns,
    advised_parts: &[],
};
