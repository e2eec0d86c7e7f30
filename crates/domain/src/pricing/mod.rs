//! What a product costs a customer at a moment: price lists, tiers, rounding and tax, each figure with its reasons.

pub mod checks;
pub mod import;

mod alternatives;
mod base_price;
mod book;
mod conflicts;
mod corridor;
mod entered;
mod entry_row;
mod figure;
mod floor;
mod kept_step;
mod limits;
mod list;
mod list_row;
mod manual;
mod moment;
mod price;
mod ratio;
mod refused;
mod room;
mod rows;
mod trace;
mod who;
mod written;

pub use alternatives::{ALTERNATIVES_MAX, Alternative, NotUsed, alternatives};
pub use book::{BookList, BookParts, BookRows, COSTS_INCLUDE_TAX, PriceBook, ProductFacts};
pub use conflicts::{Conflict, Reference, conflicts, overlaps_of};
pub use corridor::{
    Band, Corridor, CorridorRow, Failing, Outside, PriceRange, Surroundings, failing, outside, ranges,
};
pub use entered::{Entered, price_entered};
pub use entry_row::{EntryPoint, EntryRow};
pub use figure::{BREAK_QTY_MAX, FigureFault, read_money, read_percent, read_price, read_qty, read_share};
pub use limits::{LimitRow, PriceLimits, ROUNDING_LIMIT_MAX, limits_of_rows};
pub use list::{EntryGoods, Formula, FormulaOf, Gives, PriceClass, PriceEntry, PriceList, Revision, Tier};
pub use list_row::{CRITERION_WORDS_MAX, ForWhom, ListHead, ListRow, price_list_of_rows};
pub use manual::{
    Above, Depth, Manual, ManualAsk, ManualPart, ManualStep, apply_manual, asked_above, lowered_document,
    lowest_within, spread,
};
pub use moment::{Moment, Window};
pub(crate) use price::with_tax;
pub use price::{
    LineRequest, PricedDocument, PricedLine, PricingContext, Totals, price_document, price_lines, totals,
};
pub use refused::{LineRefused, PricingRefused};
pub use room::{Room, WholeOff};
pub use rows::{
    LIST_ROW_KEY, NOTE_LETTERS_MAX, PriceRow, RowFault, RowField, RowPoint, TIER_NAME_LETTERS_MAX, TierRow,
    tiers_of_rows,
};
pub use trace::{BaseStep, PointGives, PointList, PricePoint, TierStep, TraceStep, replay};
pub use who::{CustomerFacts, Who, WhoRank};

#[cfg(test)]
mod tests;
