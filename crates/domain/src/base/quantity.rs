//! Quantities in 0.001 of a unit, and the factor from one unit to another.

use serde::{Deserialize, Serialize};

use super::money::{Fen, OutOfRange, UnitPrice, decimal_text, round_half_away};

/// A quantity in 0.001 of its unit: 60_000 is 60 桶.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Qty(pub i64);

/// How many base units one unit holds, as an exact fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Factor {
    numerator: i64,
    denominator: i64,
}

impl Factor {
    pub const ONE: Factor = Factor { numerator: 1, denominator: 1 };

    /// `None` unless both are positive.
    pub fn new(numerator: i64, denominator: i64) -> Option<Factor> {
        if numerator <= 0 || denominator <= 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator, denominator);
        Some(Factor { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    pub fn numerator(self) -> i64 {
        self.numerator
    }

    pub fn denominator(self) -> i64 {
        self.denominator
    }
}

impl Qty {
    pub const ZERO: Qty = Qty(0);

    /// Whole units.
    pub fn whole(units: i64) -> Qty {
        Qty(units.saturating_mul(1_000))
    }

    /// In base units, rounded to 0.001.
    pub fn in_base(self, factor: Factor) -> Result<Qty, OutOfRange> {
        let exact = i128::from(self.0) * i128::from(factor.numerator);
        round_half_away(exact, i128::from(factor.denominator)).map(Qty)
    }

    /// `unit price × quantity` rounded to the fen, 四舍五入: the amount of a line.
    pub fn times(self, price: UnitPrice) -> Result<Fen, OutOfRange> {
        // 0.001 unit × 0.0001 yuan = 10^-7 yuan = 10^-5 fen.
        round_half_away(i128::from(self.0) * i128::from(price.0), 100_000).map(Fen)
    }

    /// Up to three decimals without trailing zeros: `60`, `2.5`.
    pub fn to_text(self) -> String {
        decimal_text(self.0, 3, 0)
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e1_line_is_quantity_times_price() {
        assert_eq!(Qty::whole(60).times(UnitPrice(1_177_600)), Ok(Fen(706_560)));
    }

    #[test]
    fn four_pails_are_one_box() {
        let factor = Factor::new(4, 1).unwrap();
        assert_eq!(Qty(2_500).in_base(factor), Ok(Qty(10_000)));
        assert_eq!(Factor::new(0, 1), None);
        assert_eq!(Factor::new(6, 4), Factor::new(3, 2));
    }
}
