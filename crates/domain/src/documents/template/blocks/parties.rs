//! Parties: the customer with an own heading, and the days and the salesperson beside it.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: true,
    text_letters_max: 0,
    parts: &["contact", "phone", "address", "valid_until", "salesperson", "price_basis"],
    parts_off: &[],
    shipped: true,
    many: false,
    absence: Absence::Warns,
    advised_parts: &["valid_until"],
};
