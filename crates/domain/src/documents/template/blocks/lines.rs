//! Lines: the table of goods with the columns that were chosen; reduced amounts, rates and remarks only where a line has one.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: false,
    text_letters_max: 0,
    parts: &["code", "spec", "unit", "qty", "unit_price", "amount", "net", "tax_rate", "note"],
    shipped: true,
    many: false,
    absence: Absence::Blocks,
    advised_parts: &["unit", "qty", "unit_price", "amount", "net"],
};
