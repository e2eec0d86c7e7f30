//! What every area counts with: money, quantity, dates, identifiers.

mod bounds;
mod days;
mod hex;
mod ids;
mod invalid;
mod limit;
mod misfit;
mod money;
mod quantity;
mod refusal;
mod text;
mod watched;

pub use bounds::{NET_MAX, QTY_MAX, UNIT_PRICE_MAX};
pub use days::{Date, Instant, company_day, company_stamp, moment_of_stamp, parse_date, start_of_day};
pub use hex::hex;
pub use ids::*;
pub use invalid::{FieldFault, Invalid, Judge, line_fault, name_fault};
pub use limit::Limit;
pub use misfit::{Misfit, Wanted, read_fields};
pub(crate) use money::decimal_text;
pub use money::{BasisPoints, Fen, OutOfRange, UnitPrice, round_half_away};
pub use quantity::{Factor, Qty};
pub use refusal::{Refusal, RefusalSort};
pub use text::{
    NumberFault, fold_width, is_control, is_hidden, is_turning, parse_decimal, pinyin_initials, visible,
};
pub use watched::Watched;
