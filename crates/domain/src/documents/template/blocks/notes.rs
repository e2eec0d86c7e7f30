//! Notes: what was agreed about delivery and payment (交货与结算) and what else was written on this one document, under an
//! own heading. Switched off, both leave the paper; the checks say so.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: true,
    text_letters_max: 0,
    parts: &[],
    parts_off: &[],
    shipped: true,
    many: false,
    absence: Absence::Warns,
    advised_parts: &[],
};
