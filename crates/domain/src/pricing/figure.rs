//! Prices, quantities and percents as people type them, within the limits of a price list.

use serde::Serialize;

use crate::base::{BasisPoints, Fen, NumberFault, Qty, UNIT_PRICE_MAX, UnitPrice, parse_decimal};

/// Highest quantity of a break: a billion units.
pub const BREAK_QTY_MAX: Qty = Qty(1_000_000_000_000);

/// Why a text is not the figure that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FigureFault {
    Missing,
    NotANumber,
    TooManyDecimals { decimals_max: u8 },
    Negative,
    TooLarge { max: String },
}

/// A price of one unit, with at most four decimals.
pub fn read_price(text: &str) -> Result<UnitPrice, FigureFault> {
    read(text, 4, UNIT_PRICE_MAX.0, || UNIT_PRICE_MAX.to_yuan()).map(UnitPrice)
}

/// A quantity, with at most three decimals.
pub fn read_qty(text: &str) -> Result<Qty, FigureFault> {
    read(text, 3, BREAK_QTY_MAX.0, || BREAK_QTY_MAX.to_text()).map(Qty)
}

/// A percent of a tier, with at most two decimals: `92` or `92%`.
pub fn read_percent(text: &str) -> Result<BasisPoints, FigureFault> {
    let folded = crate::base::fold_width(text);
    let bare = folded.trim_end_matches('%');
    let max = || "1000".to_string();
    let value = read(bare, 2, 100_000, max)?;
    let value = u32::try_from(value).ok().and_then(BasisPoints::of_markup);
    value.ok_or_else(|| FigureFault::TooLarge { max: max() })
}

/// A share of a whole, with at most two decimals: `5` or `5%`, at most 100.
pub fn read_share(text: &str) -> Result<BasisPoints, FigureFault> {
    let share = read_percent(text)?;
    BasisPoints::of_whole(share.get()).ok_or_else(|| FigureFault::TooLarge { max: "100".to_string() })
}

/// An amount of money from nothing to `max`, with at most two decimals.
pub fn read_money(text: &str, max: Fen) -> Result<Fen, FigureFault> {
    read(text, 2, max.0, || max.to_yuan()).map(Fen)
}

fn read(text: &str, scale: u8, highest: i64, max: impl Fn() -> String) -> Result<i64, FigureFault> {
    let value = parse_decimal(text, scale).map_err(|fault| match fault {
        NumberFault::Empty => FigureFault::Missing,
        NumberFault::NotANumber => FigureFault::NotANumber,
        NumberFault::TooManyDecimals(decimals_max) => FigureFault::TooManyDecimals { decimals_max },
        NumberFault::TooLarge => FigureFault::TooLarge { max: max() },
    })?;
    if value < 0 {
        return Err(FigureFault::Negative);
    }
    if value > highest { Err(FigureFault::TooLarge { max: max() }) } else { Ok(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_end_at_their_limits() {
        assert_eq!(read_price("100,000,000"), Ok(UNIT_PRICE_MAX));
        assert_eq!(
            read_price("100000000.0001"),
            Err(FigureFault::TooLarge { max: "100000000.00".to_string() })
        );
        assert_eq!(read_price("-0.01"), Err(FigureFault::Negative));
        assert_eq!(read_price("1.23456"), Err(FigureFault::TooManyDecimals { decimals_max: 4 }));
        assert_eq!(read_qty("1.5"), Ok(Qty(1_500)));
        assert_eq!(read_qty(" "), Err(FigureFault::Missing));
        assert_eq!(read_percent("92%").map(BasisPoints::get), Ok(9_200));
        assert_eq!(read_percent("1000").map(BasisPoints::get), Ok(100_000));
        assert_eq!(read_percent("1000.01"), Err(FigureFault::TooLarge { max: "1000".to_string() }));
    }
}
