//! Lines: the table of goods with the columns that were chosen; reduced amounts, rates and remarks only where a line has one.
//! Pictures of the goods are off until somebody wants them; every document may decide otherwise.

use super::{Absence, BlockRules};

pub(super) const RULES: BlockRules = BlockRules {
    heading: false,
    text_letters_max: 0,
    parts: &["picture", "code", "spec", "unit", "qty", "unit_price", "amount", "net", "tax_rate", "note"],
    parts_off: &["picture"],
    shipped: true,
    many: false,
    absence: Absence::Blocks,
    advised_parts: &["unit", "qty", "unit_price", "amount", "net"],
};
